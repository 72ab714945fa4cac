"""``python -m eigenpal.testing``: the server on its own, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import shlex
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from eigenpal.testing import EigenpalServer


class AppNotFoundError(Exception):
    """The value of ``--app`` does not lead to a server."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the process is told to stop.

    Args:
        arguments: The command line without the program; that of the process, if left out.

    Returns:
        The exit code: 0 after a clean stop, 2 if the server could not start.
    """
    parser = argparse.ArgumentParser(
        prog="python -m eigenpal.testing",
        description="Serve the Eigenpal API on this machine, with the workflow echo and those of --app.",
    )
    parser.add_argument(
        "--app",
        metavar="MODULE:NAME",
        help="serve this EigenpalServer, with its workflows, agents and options, such as my_workflows:server",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8787, help="port to listen on, or 0 for a free one (default: 8787)")
    parser.add_argument("--key", dest="api_key", help="API key that clients must send (default: ep_test_key)")
    parser.add_argument("--state", metavar="FILE", help="SQLite file that keeps everything across restarts")
    parser.add_argument("--run-seconds", type=float, metavar="SECONDS", help="how long each run takes (default: 0)")
    given = parser.parse_args(arguments)
    options = {name: getattr(given, name) for name in ("api_key", "state", "run_seconds")}
    options = {name: value for name, value in options.items() if value is not None}
    if given.app is not None and options:
        parser.error("--key, --state and --run-seconds cannot be combined with --app; pass them to its EigenpalServer")

    # Before anything is loaded, so that Ctrl-C is a clean stop from the first moment on. While the server stops, which
    # takes a moment at most, another one changes nothing.
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    try:
        app = None if given.app is None else load_server(given.app)
    except (AppNotFoundError, ModuleNotFoundError) as error:
        return _fail(str(error))
    try:
        from eigenpal.testing import EigenpalServer

        server = EigenpalServer(**options) if app is None else app
        server.start(host=given.host, port=given.port)
    except OSError as error:
        return _fail(f"cannot serve on {given.host}:{given.port}: {error}")
    except (ModuleNotFoundError, ValueError) as error:
        return _fail(str(error))
    exports = "".join(f"  export {name}={shlex.quote(value)}\n" for name, value in server.environment.items())
    bearer = shlex.quote(f"Authorization: Bearer {server.api_key}")
    _tell(
        sys.stdout,
        f"Eigenpal is served at {server.url}; stop it with Ctrl-C.\n\n"
        f"{exports}\n"
        f"  curl -H {bearer} {server.url}/api/v1/workflows\n",
    )
    # Waiting in short turns lets signals through on every platform.
    while not stopped.wait(0.2):
        pass
    server.stop()
    _tell(sys.stdout, "Stopped.\n")
    return 0


def load_server(target: str) -> EigenpalServer:
    """Import a server.

    Args:
        target: Module and name, such as ``"examples.invoices:server"``. The current directory can be imported from.

    Raises:
        AppNotFoundError: The target is not ``module:name``, there is no such module or attribute, the attribute is not
            an `EigenpalServer`, or the module imports something that is not installed.
        ModuleNotFoundError: The extra ``testing`` is not installed.
    """
    from eigenpal.testing import EigenpalServer

    module_name, _, name = target.partition(":")
    if not module_name or not name:
        raise AppNotFoundError(f"--app must be MODULE:NAME, such as my_workflows:server, not {target!r}")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise AppNotFoundError(f"--app {target}: {error}; modules are looked for in {folder} too") from None
    if not hasattr(module, name):
        raise AppNotFoundError(f"--app {target}: module {module_name!r} has no attribute {name!r}")
    server: object = getattr(module, name)
    if not isinstance(server, EigenpalServer):
        raise AppNotFoundError(f"--app {target}: expected an EigenpalServer, got {type(server).__name__}")
    return server


def _fail(message: str) -> int:
    _tell(sys.stderr, f"{message}\n")
    return 2


def _tell(stream: TextIO | None, text: str) -> None:
    """Write for whoever reads; a server without a terminal, or with one that is gone, serves all the same."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        # What is left in the buffer would be tried once more, and complained about, when the process ends.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
