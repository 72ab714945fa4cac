"""How this package introduces itself to the server."""

from __future__ import annotations

import os
import sys

from eigenpal._version import __version__


def user_agent_headers() -> dict[str, str]:
    """Return the headers that tell the server which SDK is calling, and from what kind of machine."""
    runtime = _runtime()
    system = _system()
    return {
        "User-Agent": f"eigenpal-sdk-python/{__version__} ({runtime}; {system})",
        "X-Eigenpal-Sdk": "python",
        "X-Eigenpal-Sdk-Version": __version__,
        "X-Eigenpal-Sdk-Runtime": runtime,
        "X-Eigenpal-Sdk-Os": system,
    }


def _runtime() -> str:
    implementation = sys.implementation
    name = "python" if implementation.name == "cpython" else implementation.name
    version = sys.version_info if implementation.name == "cpython" else implementation.version
    return _printable(f"{name}-{version.major}.{version.minor}.{version.micro}")


def _system() -> str:
    # Not by the platform module: on Windows it asks the management service, which may take seconds.
    if sys.platform == "win32":
        machine = os.environ.get("PROCESSOR_ARCHITECTURE", "unknown")
        return _printable(f"windows-{machine}".lower())
    return _printable(f"{sys.platform}-{os.uname().machine}".lower())


def _printable(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else "_" for character in text)
