"""What must work wherever the package is installed. `make build` runs it with no other file of the project in reach.

Usage: python -I smoke_test.py VERSION
"""

from __future__ import annotations

import asyncio
import re
import sys
from importlib.metadata import entry_points, metadata
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import eigenpal
import eigenpal_generated
from eigenpal import AsyncEigenpalClient
from eigenpal.errors import EigenpalNotFoundError
from eigenpal.testing import EigenpalServer, UploadedFile


def main(version: str) -> None:
    """Run it.

    Raises:
        AssertionError: Something does not work.
    """
    for package in (eigenpal, eigenpal_generated):
        assert Path(package.__file__ or "").is_relative_to(sys.prefix), f"{package} is not the installed one"
        assert (files(package) / "py.typed").is_file(), f"{package} has no py.typed"
    check_metadata(version)
    server = EigenpalServer()
    server.workflow("count")(count_bytes)
    inputs = {"document": {"content": BytesIO(b"text"), "filename": "document.txt"}}
    with server, server.client() as client:
        run = client.run_and_wait("workflows.count", inputs)
        assert run.output == {"bytes": 4}, run
        try:
            client.runs.get("run_0")
        except EigenpalNotFoundError as error:
            print(f"As expected: {error}")
        else:
            raise AssertionError("a run that does not exist was found")
        assert asyncio.run(list_runs(server)) == [run.id]


def count_bytes(input: dict[str, Any], files: dict[str, UploadedFile]) -> dict[str, int]:
    """Stand in for a workflow."""
    return {"bytes": len(files["document"].content)}


def check_metadata(version: str) -> None:
    """Check what package indexes and tools read."""
    installed = metadata("eigenpal")
    assert installed["Version"] == eigenpal.__version__ == version, installed["Version"]
    assert installed["License-Expression"] == "MIT"
    text = installed.json["description"]
    assert isinstance(text, str)
    assert text.startswith("# Eigenpal for Python\n"), text[:80]
    relative = re.findall(r"\]\((?!https://|#)[^)]*\)", text)
    assert not relative, f"links that lead nowhere on the package index: {relative}"
    plugins = {point.name: point for group in ("pytest11", "pyinstaller40") for point in entry_points(group=group)}
    assert callable(plugins["hook-dirs"].load())
    assert plugins["eigenpal"].value == "eigenpal.testing.plugin"


async def list_runs(server: EigenpalServer) -> list[str]:
    """Return the ids of all runs, as the asynchronous client sees them."""
    async with AsyncEigenpalClient(api_key=server.api_key, base_url=server.url) as client:
        return [run.id async for run in client.runs.iter()]


if __name__ == "__main__":
    main(*sys.argv[1:])
