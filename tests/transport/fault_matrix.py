"""Every fault in every kind of operation, with both clients, on real sockets.

``python -m tests.transport.fault_matrix`` prints the tables; ``--write`` writes them into the
documentation.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import tempfile
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError
from tests.support.certificates import make_certificate, make_server_context
from tests.support.event_loop import EventLoop, Kind
from tests.support.examples import load_example
from tests.support.faulty_server import (
    Connection,
    ConnectionHandler,
    FaultyServer,
    ReceivedRequest,
    close_early,
    drip,
    encode_response,
    make_refusing_address,
    make_unconnectable_address,
    never_read,
    never_respond,
    reject_plain_http,
    reset_early,
    respond,
    send_then,
)

from .harness import no_async_sleep, no_sleep

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "explanation" / "retries.md"
ARTIFACT = bytes(range(256)) * 400

OPERATIONS = ("get", "start", "upload", "download", "poll")
TIMEOUT = 0.4

Library = Literal["package", "httpx", "httpx2", "aiohttp"]
"""What sends the requests: a client of the package, or that of a user; aiohttp by the transport of httpx-aiohttp."""


def make_healthy_response(request: ReceivedRequest) -> bytes:
    """Return the response of a server without faults."""
    if request.method == "POST":
        return encode_response(
            json.dumps({"id": "run_1", "type": "workflow", "finished": False}).encode(), "201 Created"
        )
    if "/artifacts/" not in request.path:
        return encode_response(json.dumps({**load_example("Run"), "id": "run_1"}).encode())
    start = int(request.headers.get("range", "bytes=0-")[6:-1])
    if start == 0:
        return encode_response(ARTIFACT, content_type="application/pdf", ETag='"v1"')
    return encode_response(
        ARTIFACT[start:],
        "206 Partial Content",
        "application/pdf",
        ETag='"v1"',
        Content_Range=f"bytes {start}-{len(ARTIFACT) - 1}/{len(ARTIFACT)}",
    )


# --- faults -----------------------------------------------------------------------------------------------------------


class FaultCase(NamedTuple):
    """Something that goes wrong, and the operations where it can."""

    name: str
    handler: ConnectionHandler | None
    operations: tuple[str, ...] = OPERATIONS
    make_address: Callable[[], tuple[str, list[socket.socket]]] | None = None
    """For faults without a server: returns a URL, and the sockets to keep open for it."""
    tls: Literal["none", "missing", "untrusted"] = "none"

    @property
    def can_pass(self) -> bool:
        """Whether it can happen once and be gone the next time."""
        return self.handler is not None and self.tls == "none"


def cut_body(request: ReceivedRequest) -> bytes:
    head, _, body = make_healthy_response(request).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]


def cut_chunked(request: ReceivedRequest) -> bytes:
    head, _, body = make_healthy_response(request).partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n28\r\n" + body[:40] + b"\r\n"


def truncated_json(request: ReceivedRequest) -> bytes:
    body = make_healthy_response(request).partition(b"\r\n\r\n")[2]
    return encode_response(body[: len(body) // 2])


def send_informational_responses(request: ReceivedRequest) -> bytes:
    return (
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3
        + b"HTTP/1.1 102 Processing\r\n\r\n"
        + make_healthy_response(request)
    )


def respond_with_error(status: str, **headers: str) -> ConnectionHandler:
    envelope = json.dumps({"issues": [{"field": "<root>", "message": "no", "code": "x"}], "requestId": "r"}).encode()
    return respond(encode_response(envelope, status, **headers))


def respond_with_html(status: str) -> ConnectionHandler:
    return respond(encode_response(b"<html><title>Sorry</title></html>", status, "text/html"))


def redirect_to_itself(request: ReceivedRequest) -> bytes:
    return encode_response(b"moved", "302 Found", "text/plain", Location=request.path)


def make_unknown_host_address() -> tuple[str, list[socket.socket]]:
    return "http://eigenpal.invalid", []


JSON_OPERATIONS = ("get", "start", "upload", "poll")

FAULTS = (
    FaultCase("connection refused", None, make_address=make_refusing_address),
    FaultCase("unknown host", None, make_address=make_unknown_host_address),
    FaultCase("connect timeout", None, make_address=make_unconnectable_address),
    FaultCase("plain HTTP instead of TLS", reject_plain_http, tls="missing"),
    FaultCase("untrusted certificate", close_early, tls="untrusted"),
    FaultCase("reset while the request is sent", reset_early),
    FaultCase("closed while the request is sent", close_early),
    FaultCase("reset before the response", send_then(b"", Connection.reset)),
    FaultCase("closed before the response", send_then(b"")),
    FaultCase("reset in the headers", send_then(b"HTTP/1.1 200 OK\r\nContent-Le", Connection.reset)),
    FaultCase("reset in the body", send_then(cut_body, Connection.reset)),
    FaultCase("closed in the body", send_then(cut_body)),
    FaultCase("truncated chunked body", send_then(cut_chunked)),
    FaultCase("request not read", never_read),
    FaultCase("no response", never_respond),
    FaultCase("a byte at a time", drip(make_healthy_response)),
    FaultCase("not HTTP", send_then(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")),
    FaultCase("truncated JSON", respond(truncated_json), JSON_OPERATIONS),
    FaultCase("empty body", respond(encode_response(b"")), JSON_OPERATIONS),
    FaultCase(
        "other content type",
        respond(encode_response(b"fine", content_type="text/plain")),
        JSON_OPERATIONS,
    ),
    FaultCase("HTML page", respond_with_html("200 OK"), JSON_OPERATIONS),
    FaultCase("HTML page with 502", respond_with_html("502 Bad Gateway")),
    FaultCase("429", respond_with_error("429 Too Many Requests", Retry_After="0")),
    FaultCase("500", respond_with_error("500 Internal Server Error")),
    FaultCase("503", respond_with_error("503 Service Unavailable")),
    FaultCase("504", respond_with_error("504 Gateway Timeout")),
    FaultCase("redirect loop", respond(redirect_to_itself)),
    FaultCase("informational responses", respond(send_informational_responses)),
)


# --- one cell ---------------------------------------------------------------------------------------------------------


class FaultOutcome(NamedTuple):
    """What became of one operation."""

    outcome: str
    starts_seen: int
    leftovers: tuple[str, ...]


def run_cell(
    fault: FaultCase, operation: str, kind: Kind, *, stays: bool, slowdown: float, library: Library
) -> FaultOutcome:
    """Carry out an operation while a fault happens, once or every time."""
    with tempfile.TemporaryDirectory() as folder, serve_fault(fault, stays=stays, slowdown=slowdown) as (url, server):
        inside = Path(folder)
        source, target = inside / "contract.pdf", inside / "out.pdf"
        # More than the buffers of any socket hold.
        source.write_bytes(bytes(16 * 2**20) if fault.handler is never_read else b"%PDF")
        outcome = "success"
        with open_client(kind, url, slowdown, library) as (client, loop):
            try:
                loop.complete(_call(operation, client, source, target, 0.8 * slowdown if stays else 10.0 * slowdown))
            except EigenpalError as failure:
                outcome = _describe(failure)
        if outcome == "success" and operation == "download" and target.read_bytes() != ARTIFACT:
            outcome = "HALF A FILE"
        leftovers = tuple(sorted(path.name for path in inside.iterdir() if path != source))
        starts = sum(request.method == "POST" for request in server.requests) if server is not None else 0
    return FaultOutcome(outcome, starts, leftovers)


@contextmanager
def serve_fault(fault: FaultCase, *, stays: bool, slowdown: float) -> Generator[tuple[str, FaultyServer | None]]:
    if fault.handler is None:
        assert fault.make_address is not None
        url, sockets = fault.make_address()
        yield url, None
        for reserved in sockets:
            reserved.close()
        return
    handlers = [fault.handler] if stays else [fault.handler, respond(make_healthy_response)]
    tls = make_self_signed_context() if fault.tls == "untrusted" else None
    with FaultyServer(*handlers, tls=tls, slowdown=slowdown) as server:
        yield server.url.replace("http:", "https:") if fault.tls == "missing" else server.url, server


@cache
def make_self_signed_context() -> ssl.SSLContext:
    """Return the TLS context of a server whose certificate is not trusted."""
    with tempfile.TemporaryDirectory() as folder:
        return make_server_context(make_certificate(Path(folder, "server.pem")))


@contextmanager
def open_client(
    kind: Kind, url: str, slowdown: float, library: Library
) -> Generator[tuple[Any, EventLoop], None, None]:
    """Open a client that retries at once, and its event loop."""
    create = EigenpalClient if kind == "sync" else AsyncEigenpalClient
    with EventLoop() as loop:
        http_client = loop.complete(make_http_client(kind, library))
        client: Any = create(
            api_key="sk_matrix",
            base_url=url,
            timeout_seconds=TIMEOUT * slowdown,
            max_retries=1,
            http_client=http_client,
        )
        client._transport._sleep = no_sleep if kind == "sync" else no_async_sleep
        try:
            yield client, loop
        finally:
            for opened in (client, http_client):
                if opened is not None:
                    loop.complete(opened.close() if kind == "sync" else opened.aclose())


async def make_http_client(kind: Kind, library: Library) -> Any:
    """Make the HTTP client of a user; None for that of the package."""
    if library == "package":
        return None
    if library == "aiohttp":
        return import_module("httpx_aiohttp").HttpxAiohttpClient()
    module = import_module(library)
    return module.Client() if kind == "sync" else module.AsyncClient()


def _call(operation: str, client: Any, source: Path, target: Path, wait_seconds: float) -> Any:
    if operation == "get":
        return client.runs.get("run_1")
    if operation == "start":
        return client.run("workflows.x", {"a": 1})
    if operation == "upload":
        return client.run("workflows.x", {"contract": source})
    if operation == "download":
        return client.runs.artifacts.download("run_1", "output/a.pdf", to=target)
    return client.runs.wait("run_1", poll_interval_seconds=0.02, timeout_seconds=wait_seconds)


def _describe(failure: EigenpalError) -> str:
    name = type(failure).__name__.removeprefix("Eigenpal")
    return f"{name}, outcome unknown" if failure.outcome_unknown else name


# --- the tables -------------------------------------------------------------------------------------------------------


def run_cells(
    fault: FaultCase, kind: Kind, slowdown: float = 1.0, library: Library = "package"
) -> dict[tuple[bool, str], FaultOutcome]:
    """Return the cells of a fault, by whether it stays and by operation; ``slowdown`` gives slow machines more time."""
    keys = [(stays, operation) for stays in (False, True) if stays or fault.can_pass for operation in fault.operations]

    def run_key(key: tuple[bool, str]) -> FaultOutcome:
        stays, operation = key
        return run_cell(fault, operation, kind, stays=stays, slowdown=slowdown, library=library)

    # Concurrently, because nearly all of their time is spent waiting.
    with ThreadPoolExecutor(len(keys)) as pool:
        return dict(zip(keys, pool.map(run_key, keys), strict=True))


def format_row(fault: FaultCase, stays: bool, cells: dict[tuple[bool, str], FaultOutcome]) -> str:
    """Return the row of a table for a fault."""
    outcomes = [cells[stays, operation].outcome if (stays, operation) in cells else "" for operation in OPERATIONS]
    return f"| {fault.name} | {' | '.join(outcomes)} |"


HEADER = f"| fault | {' | '.join(OPERATIONS)} |\n|---{'|---' * len(OPERATIONS)}|"
MARKS = {False: "<!-- happens once -->", True: "<!-- stays -->"}


def find_rows(text: str, stays: bool) -> list[str]:
    """Return the rows of a table in the document, without its header."""
    _, _, rest = text.partition(MARKS[stays])
    table = rest.partition("\n\n")[0].strip().splitlines()
    return table[2:]


def main() -> None:
    """Print the tables, or write them into the document."""
    tables: dict[bool, list[str]] = {False: [], True: []}
    for fault in FAULTS:
        cells = run_cells(fault, "sync")
        others = run_cells(fault, "async")
        for stays in (False, True):
            row = format_row(fault, stays, cells)
            if row != format_row(fault, stays, others):
                sys.exit(f"the clients differ:\n{row}\n{format_row(fault, stays, others)}")
            if any(key[0] == stays for key in cells):
                tables[stays].append(row)
    for stays, title in ((False, "The fault happens once"), (True, "The fault stays")):
        print(f"{title}\n\n{HEADER}")
        print("\n".join(tables[stays]) + "\n")
    if "--write" in sys.argv:
        text = DOCUMENT.read_text()
        for stays, table in tables.items():
            before, _, rest = text.partition(MARKS[stays])
            _, _, after = rest.partition("\n\n")
            text = f"{before}{MARKS[stays]}\n" + "\n".join([HEADER, *table]) + f"\n\n{after}"
        DOCUMENT.write_text(text)


if __name__ == "__main__":
    main()
