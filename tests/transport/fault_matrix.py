"""Every fault, in every kind of operation, through both clients, on real sockets.

``python -m tests.transport.fault_matrix`` prints the tables; ``--write`` puts them into docs/reliability.md.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
import tempfile
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError

from .lossy import (
    Behaviour,
    Line,
    LossyServer,
    Seen,
    closes_early,
    keeps_silent,
    reads_nothing,
    resets_early,
    response,
    unanswered,
    unconnectable,
)

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "reliability.md"
RUN: dict[str, Any] = json.loads((ROOT / "tests" / "contract" / "examples" / "Run.json").read_text())
FILE = bytes(range(256)) * 400

Kind = Literal["sync", "async"]
OPERATIONS = ("get", "start", "upload", "download", "poll")
TIMEOUT = 0.4


def healthy(seen: Seen) -> bytes:
    """Return what a server without faults answers."""
    if seen.method == "POST":
        return response(json.dumps({"id": "run_1", "type": "workflow", "finished": False}).encode(), "201 Created")
    if "/artifacts/" not in seen.path:
        return response(json.dumps({**RUN, "id": "run_1"}).encode())
    start = int(seen.headers.get("range", "bytes=0-")[6:-1])
    if start == 0:
        return response(FILE, content_type="application/pdf", ETag='"v1"')
    return response(
        FILE[start:],
        "206 Partial Content",
        "application/pdf",
        ETag='"v1"',
        Content_Range=f"bytes {start}-{len(FILE) - 1}/{len(FILE)}",
    )


def answers_well(line: Line, server: LossyServer) -> bool:
    line.send(healthy(server.read(line)))
    return True


# --- faults -----------------------------------------------------------------------------------------------------------


class Fault(NamedTuple):
    """Something that goes wrong, and where it can."""

    name: str
    behaviour: Behaviour | None
    operations: tuple[str, ...] = OPERATIONS
    place: Callable[[], tuple[str, list[socket.socket]]] | None = None
    """Where to send to instead, for faults that need no server of ours, and what has to be kept for that."""
    tls: Literal["none", "missing", "untrusted"] = "none"

    @property
    def happens_once(self) -> bool:
        """Whether it can be there once and gone the next time."""
        return self.behaviour is not None and self.tls == "none"


def then(write: Callable[[Seen], bytes], end: Callable[[Line], None] = Line.close) -> Behaviour:
    """Read the request, write something, and end the connection."""

    def behave(line: Line, server: LossyServer) -> bool:
        data = write(server.read(line))
        if data:
            line.send(data)
        # A reset throws away what the other side has not read yet.
        server.is_finished.wait(0.02 * server.pace)
        end(line)
        return False

    return behave


def framed(write: Callable[[Seen], bytes]) -> Behaviour:
    """Read the request and answer it with something whole, on a connection that goes on."""

    def behave(line: Line, server: LossyServer) -> bool:
        line.send(write(server.read(line)))
        return True

    return behave


def part_of_body(seen: Seen) -> bytes:
    head, _, body = healthy(seen).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]


def cut_chunked(seen: Seen) -> bytes:
    head, _, body = healthy(seen).partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n28\r\n" + body[:40] + b"\r\n"


def truncated_json(seen: Seen) -> bytes:
    body = healthy(seen).partition(b"\r\n\r\n")[2]
    return response(body[: len(body) // 2])


def noisy(seen: Seen) -> bytes:
    return b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + b"HTTP/1.1 102 Processing\r\n\r\n" + healthy(seen)


def drips(line: Line, server: LossyServer) -> bool:
    head, _, body = healthy(server.read(line)).partition(b"\r\n\r\n")
    line.send(head + b"\r\n\r\n")
    for place in range(len(body)):
        if server.is_finished.wait(0.03 * server.pace):
            break
        line.send(body[place : place + 1])
    return True


def error(status: str, **headers: str) -> Behaviour:
    envelope = json.dumps({"issues": [{"field": "<root>", "message": "no", "code": "x"}], "requestId": "r"}).encode()
    return framed(lambda seen: response(envelope, status, **headers))


def page(status: str) -> Behaviour:
    return framed(lambda seen: response(b"<html><title>Sorry</title></html>", status, "text/html"))


def loop(seen: Seen) -> bytes:
    return response(b"moved", "302 Found", "text/plain", Location=seen.path)


def then_nothing(line: Line, server: LossyServer) -> bool:
    line.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    return False


def no_such_host() -> tuple[str, list[socket.socket]]:
    return "http://eigenpal.invalid", []


JSON_OPERATIONS = ("get", "start", "upload", "poll")

FAULTS = (
    Fault("connection refused", None, place=unanswered),
    Fault("no such host", None, place=no_such_host),
    Fault("connecting takes too long", None, place=unconnectable),
    Fault("no TLS where it is expected", then_nothing, tls="missing"),
    Fault("an untrusted certificate", closes_early, tls="untrusted"),
    Fault("reset while the request is sent", resets_early),
    Fault("closed while the request is sent", closes_early),
    Fault("reset before the answer", then(lambda seen: b"", Line.reset)),
    Fault("closed before the answer", then(lambda seen: b"")),
    Fault("reset in the headers", then(lambda seen: b"HTTP/1.1 200 OK\r\nContent-Le", Line.reset)),
    Fault("reset in the body", then(part_of_body, Line.reset)),
    Fault("closed in the body", then(part_of_body)),
    Fault("chunks cut short", then(cut_chunked)),
    Fault("nobody reads the request", reads_nothing),
    Fault("no answer", keeps_silent),
    Fault("a byte now and then", drips),
    Fault("not HTTP", then(lambda seen: b"SSH-2.0-OpenSSH_9.6\r\n\r\n")),
    Fault("half of the JSON", framed(truncated_json), JSON_OPERATIONS),
    Fault("an empty answer", framed(lambda seen: response(b"")), JSON_OPERATIONS),
    Fault("another content type", framed(lambda seen: response(b"fine", content_type="text/plain")), JSON_OPERATIONS),
    Fault("a page of HTML", page("200 OK"), JSON_OPERATIONS),
    Fault("a page of HTML with 502", page("502 Bad Gateway")),
    Fault("429", error("429 Too Many Requests", Retry_After="0")),
    Fault("500", error("500 Internal Server Error")),
    Fault("503", error("503 Service Unavailable")),
    Fault("504", error("504 Gateway Timeout")),
    Fault("redirected in a circle", framed(loop)),
    Fault("informational noise", framed(noisy)),
)


# --- one cell ---------------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """What came of one operation."""

    outcome: str
    starts_seen: int
    leftovers: tuple[str, ...]


def cell(fault: Fault, operation: str, kind: Kind, *, stays: bool, pace: float) -> Cell:
    """Carry out an operation while a fault happens, once or every time."""
    with tempfile.TemporaryDirectory() as folder, served(fault, stays=stays, pace=pace) as (url, server):
        inside = Path(folder)
        source, target = inside / "contract.pdf", inside / "out.pdf"
        # More than the buffers of any socket hold.
        source.write_bytes(bytes(16 * 2**20) if fault.behaviour is reads_nothing else b"%PDF")
        run = _sync if kind == "sync" else _async
        outcome = run(operation, _options(url, pace), source, target, 0.8 * pace if stays else 10.0 * pace)
        if outcome == "answered" and operation == "download" and target.read_bytes() != FILE:
            outcome = "HALF A FILE"
        left = tuple(sorted(path.name for path in inside.iterdir() if path != source))
        starts = sum(seen.method == "POST" for seen in server.seen) if server is not None else 0
    return Cell(outcome, starts, left)


@contextmanager
def served(fault: Fault, *, stays: bool, pace: float) -> Generator[tuple[str, LossyServer | None]]:
    if fault.behaviour is None:
        assert fault.place is not None
        url, kept = fault.place()
        yield url, None
        for holder in kept:
            holder.close()
        return
    behaviours = [fault.behaviour] if stays else [fault.behaviour, answers_well]
    tls = self_signed() if fault.tls == "untrusted" else None
    with LossyServer(*behaviours, tls=tls, pace=pace) as server:
        yield server.url.replace("http:", "https:") if fault.tls == "missing" else server.url, server


@cache
def self_signed() -> ssl.SSLContext:
    """Return the side of a server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        file.flush()
        context.load_cert_chain(file.name)
    return context


def _options(url: str, pace: float) -> dict[str, Any]:
    return {"api_key": "sk_matrix", "base_url": url, "timeout_seconds": TIMEOUT * pace, "max_retries": 1}


def without_pauses(client: Any, pause: Callable[[float], object]) -> None:
    """Let a client repeat at once."""
    client._transport._sleep = pause


def _sync(operation: str, options: dict[str, Any], source: Path, target: Path, patience: float) -> str:
    with EigenpalClient(**options) as client:
        without_pauses(client, lambda seconds: None)
        try:
            if operation == "get":
                client.runs.get("run_1")
            elif operation == "start":
                client.run("workflows.x", {"a": 1})
            elif operation == "upload":
                client.run("workflows.x", {"contract": source})
            elif operation == "download":
                client.runs.artifacts.download("run_1", "output/a.pdf", to=target)
            else:
                client.runs.wait("run_1", poll_interval_seconds=0.02, timeout_seconds=patience)
        except EigenpalError as failure:
            return _told(failure)
    return "answered"


async def no_pause(seconds: float) -> None:
    """Pause for no time."""


def _async(operation: str, options: dict[str, Any], source: Path, target: Path, patience: float) -> str:
    async def main() -> str:
        async with AsyncEigenpalClient(**options) as client:
            without_pauses(client, no_pause)
            try:
                if operation == "get":
                    await client.runs.get("run_1")
                elif operation == "start":
                    await client.run("workflows.x", {"a": 1})
                elif operation == "upload":
                    await client.run("workflows.x", {"contract": source})
                elif operation == "download":
                    await client.runs.artifacts.download("run_1", "output/a.pdf", to=target)
                else:
                    await client.runs.wait("run_1", poll_interval_seconds=0.02, timeout_seconds=patience)
            except EigenpalError as failure:
                return _told(failure)
        return "answered"

    return asyncio.run(main())


def _told(failure: EigenpalError) -> str:
    name = type(failure).__name__.removeprefix("Eigenpal")
    return f"{name}, outcome unknown" if failure.outcome_unknown else name


# --- the tables -------------------------------------------------------------------------------------------------------


def rows(fault: Fault, kind: Kind, pace: float = 1.0) -> dict[tuple[bool, str], Cell]:
    """Return the cells of a fault, by whether it stays and operation; ``pace`` gives slow machines more time."""
    places = [
        (stays, operation) for stays in (False, True) if stays or fault.happens_once for operation in fault.operations
    ]

    def carried_out(place: tuple[bool, str]) -> Cell:
        stays, operation = place
        return cell(fault, operation, kind, stays=stays, pace=pace)

    # Side by side, because nearly all of their time is waiting for what does not come.
    with ThreadPoolExecutor(len(places)) as pool:
        return dict(zip(places, pool.map(carried_out, places), strict=True))


def line_of(fault: Fault, stays: bool, cells: dict[tuple[bool, str], Cell]) -> str:
    """Return the line of a table for a fault."""
    shown = [cells[stays, operation].outcome if (stays, operation) in cells else "" for operation in OPERATIONS]
    return f"| {fault.name} | {' | '.join(shown)} |"


HEADER = f"| fault | {' | '.join(OPERATIONS)} |\n|---{'|---' * len(OPERATIONS)}|"
MARKS = {False: "<!-- happens once -->", True: "<!-- stays -->"}


def documented(text: str, stays: bool) -> list[str]:
    """Return the lines of a table in the document, without its head."""
    _, _, rest = text.partition(MARKS[stays])
    table = rest.partition("\n\n")[0].strip().splitlines()
    return table[2:]


def main() -> None:
    """Print the tables of both clients, or put them into the document."""
    tables: dict[bool, list[str]] = {False: [], True: []}
    for fault in FAULTS:
        cells = rows(fault, "sync")
        others = rows(fault, "async")
        for stays in (False, True):
            line = line_of(fault, stays, cells)
            if line != line_of(fault, stays, others):
                sys.exit(f"the clients differ:\n{line}\n{line_of(fault, stays, others)}")
            if any(held == stays for held, _ in cells):
                tables[stays].append(line)
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
