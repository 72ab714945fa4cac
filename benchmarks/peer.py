"""A small, fast HTTP server with fixed responses, run in its own process: ``python -m benchmarks.peer``.

It parses only what it needs, so that measurements show the client. Paths with ``slow`` are answered after 20 ms.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "tests/contract/examples"
RUN = json.loads((EXAMPLES / "Run.json").read_text(encoding="utf-8"))
PAGE = json.loads((EXAMPLES / "RunsListResponse.json").read_text(encoding="utf-8"))
PAGE["runs"] *= 50  # a workflow run and an agent run, alternating
FILE_SIZE = 512 * 1024 * 1024
DELAY_SECONDS = 0.02
_CHUNK = bytes(1024 * 1024)
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_LAST_CHUNK = b"\r\n0\r\n\r\n"


def _make_head(content_type: str, length: int, status: str) -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n".encode()


_JSON = json.dumps(RUN).encode()
_READ = _make_head("application/json", len(_JSON), "200 OK") + _JSON
_STARTED = _make_head("application/json", len(_JSON), "201 Created") + _JSON


class _Peer(asyncio.Protocol):
    """One connection. Requests are not pipelined."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._download: asyncio.Task[None] | None = None
        self._line = b""
        """The first line of the request whose body is being received."""
        self._unreceived: int | None = 0
        """The number of bytes of the body that are to come; None for a chunked body."""
        self._buffer = b""

    def pause_writing(self) -> None:
        self._may_write.clear()

    def resume_writing(self) -> None:
        self._may_write.set()

    def data_received(self, data: bytes) -> None:
        if not self._line:
            head, end, data = (self._buffer + data).partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            self._line = head.partition(b"\r\n")[0]
            length = _LENGTH.search(head)
            self._unreceived = int(length[1]) if length else None if b"chunked" in head.lower() else 0
            self._buffer = b"\r\n"
        if self._unreceived is None:
            self._buffer = (self._buffer + data)[-len(_LAST_CHUNK) :]
            is_complete = self._buffer == _LAST_CHUNK
        else:
            self._unreceived -= len(data)
            is_complete = self._unreceived <= 0
        if is_complete:
            line, self._line, self._buffer = self._line, b"", b""
            self._respond(line)

    def _respond(self, line: bytes) -> None:
        if b"/artifacts/" in line:
            self._download = self._loop.create_task(self._send_file())
            return
        response = _STARTED if line.startswith(b"POST") else _READ
        if b"slow" in line:
            self._loop.call_later(DELAY_SECONDS, self._transport.write, response)
        else:
            self._transport.write(response)

    async def _send_file(self) -> None:
        self._transport.write(_make_head("application/pdf", FILE_SIZE, "200 OK"))
        for _ in range(FILE_SIZE // len(_CHUNK)):
            self._transport.write(_CHUNK)
            await self._may_write.wait()


async def main() -> None:
    """Serve until the process is killed; the first printed line is the URL."""
    server = await asyncio.get_running_loop().create_server(_Peer, "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


@contextmanager
def running() -> Generator[str, None, None]:
    """Run the server in another process and yield its URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.peer"],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    asyncio.run(main())
