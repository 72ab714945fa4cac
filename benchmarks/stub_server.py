"""A minimal HTTP server with fixed responses, run in its own process: ``python -m benchmarks.stub_server``."""

from __future__ import annotations

import asyncio
import json
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
_CHUNK = bytes(1024 * 1024)
_JSON = json.dumps(RUN).encode()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while line := await reader.readline():
            method, target, _ = line.decode().split(" ", 2)
            headers: dict[str, str] = {}
            while (header := await reader.readline()) not in (b"\r\n", b""):
                name, _, value = header.decode().partition(":")
                headers[name.strip().lower()] = value.strip()
            await _discard(reader, headers)
            if "/artifacts/" in target:
                writer.write(_make_head("application/pdf", FILE_SIZE))
                for _ in range(FILE_SIZE // len(_CHUNK)):
                    writer.write(_CHUNK)
                    await writer.drain()
            else:
                if "slow" in target:
                    await asyncio.sleep(0.02)
                writer.write(_make_head("application/json", len(_JSON), 201 if method == "POST" else 200) + _JSON)
                await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass  # the client disconnects at the end of a measurement
    finally:
        writer.close()


async def _discard(reader: asyncio.StreamReader, headers: dict[str, str]) -> None:
    if "content-length" in headers:
        left = int(headers["content-length"])
        while left:
            left -= len(await reader.read(min(left, len(_CHUNK))))
    elif headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()


def _make_head(content_type: str, length: int, status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} OK\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n".encode()


async def main() -> None:
    """Serve until the process is killed; the first printed line is the URL."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, limit=4 * len(_CHUNK), backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


@contextmanager
def run_server() -> Generator[str, None, None]:
    """Run the server in another process and yield its URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stub_server"],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    asyncio.run(main())
