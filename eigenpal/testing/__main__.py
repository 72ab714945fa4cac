"""``python -m eigenpal.testing``: the server on its own, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import TextIO


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the process is told to stop.

    Args:
        arguments: The command line without the program; that of the process, if left out.

    Returns:
        The exit code: 0 after a clean stop, 2 if the server could not start.
    """
    parser = argparse.ArgumentParser(
        prog="python -m eigenpal.testing",
        description="Serve the whole Eigenpal API on this machine, with the workflows echo and extract-invoice.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--port", type=int, default=8787, help="on which port; 0 for a free one (default: 8787)")
    parser.add_argument("--key", default="ep_test_key", help="the API key clients must send (default: ep_test_key)")
    parser.add_argument("--state", metavar="FILE", help="keep everything over restarts in this SQLite file")
    parser.add_argument(
        "--takes", type=float, default=0.0, metavar="SECONDS", help="how long each run takes (default: no time at all)"
    )
    given = parser.parse_args(arguments)

    # Before anything is loaded, so that Ctrl-C is a clean stop from the first moment on. While the server stops, which
    # takes a moment at most, another one changes nothing.
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    try:
        from eigenpal.testing import EigenpalServer

        server = EigenpalServer(
            api_key=given.key, host=given.host, port=given.port, state=given.state, takes=given.takes
        ).start()
    except OSError as error:
        return _fail(f"cannot serve on {given.host}:{given.port}: {error}")
    except (ModuleNotFoundError, ValueError) as error:
        return _fail(str(error))
    exports = "".join(f"  export {name}={shlex.quote(value)}\n" for name, value in server.environment.items())
    bearer = shlex.quote(f"Authorization: Bearer {given.key}")
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
