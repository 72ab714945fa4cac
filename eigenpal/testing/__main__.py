"""``python -m eigenpal.testing``: runs the server on its own, until Ctrl-C."""

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
    """The value of ``--app`` does not refer to a server."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the process receives SIGINT or SIGTERM.

    Args:
        arguments: Command-line arguments without the program name. Defaults to those of the process.

    Returns:
        The exit code: 0 after a clean stop, 2 if the server could not start.
    """
    parser = argparse.ArgumentParser(
        prog="python -m eigenpal.testing",
        description="Emulate the Eigenpal API on this machine, with the built-in workflow echo and those of --app.",
    )
    parser.add_argument(
        "--app",
        metavar="MODULE:NAME",
        help="serve this EigenpalServer, with its workflows, agents and options, such as my_workflows:server",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8787, help="port to listen on, or 0 for a free one (default: 8787)")
    parser.add_argument(
        "--key", dest="api_key", metavar="KEY", help="API key that clients must send (default: ep_test_key)"
    )
    parser.add_argument("--state", metavar="FILE", help="SQLite file that stores all state across restarts")
    parser.add_argument(
        "--run-seconds", type=float, metavar="SECONDS", help="duration of each run in seconds (default: 0)"
    )
    parser.add_argument(
        "--no-idempotency",
        dest="idempotency",
        action="store_const",
        const=False,
        help="ignore the header Idempotency-Key, so that a repeated start is a second run",
    )
    options = parser.parse_args(arguments)
    chosen = {name: getattr(options, name) for name in ("api_key", "state", "run_seconds", "idempotency")}
    server_options = {name: value for name, value in chosen.items() if value is not None}
    if options.app is not None and server_options:
        parser.error(
            "--key, --state, --run-seconds and --no-idempotency cannot be combined with --app; pass them to its "
            "EigenpalServer"
        )

    # Before anything is imported, so that Ctrl-C stops cleanly from the start. A second one is ignored.
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, stop)
    try:
        app = None if options.app is None else load_server(options.app)
    except (AppNotFoundError, ModuleNotFoundError) as error:
        return _fail(str(error))
    try:
        from eigenpal.testing import EigenpalServer

        server = EigenpalServer(**server_options) if app is None else app
        server.start(host=options.host, port=options.port)
    except OSError as error:
        return _fail(f"cannot serve on {options.host}:{options.port}: {error}")
    except RuntimeError as error:
        if app is None:
            raise
        return _fail(f"--app {options.app}: {error}")
    except (ModuleNotFoundError, ValueError) as error:
        return _fail(str(error))
    exports = "".join(f"  export {name}={shlex.quote(value)}\n" for name, value in server.environment.items())
    unimplemented = server.unimplemented_operations
    note = f"Not implemented, answered from the API document: {', '.join(unimplemented)}\n\n" if unimplemented else ""
    bearer = shlex.quote(f"Authorization: Bearer {server.api_key}")
    _write(
        sys.stdout,
        f"Serving the Eigenpal API at {server.url}; stop with Ctrl-C.\n\n"
        f"{note}"
        f"{exports}\n"
        f"  curl -H {bearer} {server.url}/api/v1/workflows\n",
    )
    # On Windows, a wait without a timeout does not let signals through.
    while not stopped.wait(0.2):
        pass
    server.stop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        # At exit, Python restores the default action of signals with a handler, which would kill the process.
        signal.signal(signal_number, signal.SIG_IGN)
    _write(sys.stdout, "Stopped.\n")
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
    if not module_name or not name or module_name.startswith("."):
        raise AppNotFoundError(f"--app must be MODULE:NAME, such as my_workflows:server, not {target!r}")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise AppNotFoundError(f"--app {target}: {error}; modules are also searched for in {folder}") from None
    if not hasattr(module, name):
        raise AppNotFoundError(f"--app {target}: module {module_name!r} has no attribute {name!r}")
    server: object = getattr(module, name)
    if not isinstance(server, EigenpalServer):
        raise AppNotFoundError(f"--app {target}: expected an EigenpalServer, got {type(server).__name__}")
    return server


def _fail(message: str) -> int:
    _write(sys.stderr, f"{message}\n")
    return 2


def _write(stream: TextIO | None, text: str) -> None:
    """Write to a stream, if it is not missing or closed: the server can run without a terminal."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        # Otherwise Python would flush the buffer at exit and report the failure.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
