"""``python -m benchmarks.embedded_server``: measures startup, throughput and listings of the embedded server.

The server runs in its own process. Requests are written to plain sockets, so that the client does not count.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measurement import format_ms

ROOT = Path(__file__).parents[1]
CONNECTIONS = 8
REQUESTS = 200
LENGTH = re.compile(rb"content-length: (\d+)")

START = """
import time
from eigenpal.testing import EigenpalServer
began = time.perf_counter()
server = EigenpalServer().start()
started = time.perf_counter()
server.stop()
print(started - began)
"""

FILLED = """
import sys, threading
from eigenpal.testing import EigenpalServer
with EigenpalServer() as server:
    for number in range(int(sys.argv[1])):
        status = "rejected" if number % 500 == 0 else ("completed", "failed")[number % 2]
        server.add_run("workflows.echo", status=status, batch_id=f"bat_{number % 100}", seconds=1)
    print(server.port, flush=True)
    threading.Event().wait()
"""


def request(method: str, path: str, body: Any = None) -> bytes:
    """Return an HTTP request as bytes."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ep_test_key\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + b"\r\n" + content


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> bytes:
    """Send a request and return the body of the response."""
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    body = await reader.readexactly(int(length[1]) if length else 0)
    if not head.startswith(b"HTTP/1.1 20"):
        raise RuntimeError(f"the embedded server responded {head + body!r}")
    return body


async def per_second(port: int, sent: bytes, requests: int = REQUESTS) -> float:
    """Return the requests per second."""

    async def talk() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(requests):
            await exchange(reader, writer, sent)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(CONNECTIONS)))
    return CONNECTIONS * requests / (time.perf_counter() - began)


async def fastest(port: int, sent: bytes) -> float:
    """Return the shortest time of a request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    for _ in range(20):
        began = time.perf_counter()
        await exchange(reader, writer, sent)
        times.append(time.perf_counter() - began)
    writer.close()
    return min(times)


def serve(*arguments: str) -> tuple[subprocess.Popen[str], int]:
    """Start a program that prints a port, and return both."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline() if process.stdout is not None else ""
    port = re.search(r"(\d+);?[^\d]*$", line)
    if port is None:
        process.kill()
        raise RuntimeError(f"the embedded server did not start: {line!r}")
    return process, int(port[1])


async def measure_requests(port: int) -> None:
    """Print the requests per second for each kind of request."""
    start = request("POST", "/runs", {"target": "workflows.echo", "input": {"a": 1}})
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    run_id = json.loads(await exchange(reader, writer, start))["id"]
    writer.close()
    kinds = {
        "start a run": start,
        "read a run": request("GET", f"/runs/{run_id}"),
        "read a run with all sections": request("GET", f"/runs/{run_id}?expand=input,usage,execution,debug"),
        "list workflows": request("GET", "/workflows"),
        "list 50 runs": request("GET", "/runs?limit=50"),
    }
    for name, sent in kinds.items():
        print(f"{name:<44} {await per_second(port, sent):>8.0f} requests/s")


async def listing_times(port: int) -> dict[str, float]:
    """Return the time for each kind of listing."""
    kinds = {
        "newest": "",
        "one status": "&status=rejected",
        "two statuses": "&status=completed,rejected",
        "one batch": "&batchId=bat_7",
        "since an hour": "&from=now()-1h",
        "nothing found": "&exampleIdContains=nothing",
    }
    return {name: await fastest(port, request("GET", f"/runs?limit=20{query}")) for name, query in kinds.items()}


def main() -> None:
    """Measure and print."""
    began = min(
        float(
            subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        for _ in range(3)
    )
    print(f"{'start':<44} {format_ms(began):>17}")
    process, port = serve("-m", "eigenpal.testing", "--port", "0")
    try:
        asyncio.run(measure_requests(port))
    finally:
        process.kill()
        process.communicate()
    times: list[dict[str, float]] = []
    for count in (1_000, 100_000):
        process, port = serve("-c", FILLED, str(count))
        try:
            times.append(asyncio.run(listing_times(port)))
        finally:
            process.kill()
            process.communicate()
    few, many = times
    for name, seconds in many.items():
        times_text = f"{format_ms(seconds):>12}, with 1,000: {format_ms(few[name])}"
        print(f"{'list among 100,000 runs: ' + name:<44} {times_text}")


if __name__ == "__main__":
    main()
