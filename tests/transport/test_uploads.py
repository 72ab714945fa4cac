"""Multipart bodies: the bytes on the wire, for every attempt."""

from __future__ import annotations

import asyncio
import io
import threading
import time
import tracemalloc
from pathlib import Path

import httpx
import pytest
from hypothesis import given, strategies as st

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport
from eigenpal._uploads.file_arguments import base_name
from eigenpal._uploads.multipart import Multipart
from eigenpal_generated.runtime import FileContent, FileInput
from tests.support.event_loop import Kind
from tests.support.multipart import parse_multipart
from tests.support.script import Script, error_response, ok
from tests.uploads.test_files import Unseekable, make_named_stream

from .harness import EitherTransport, make_options, make_upload


def test_bytes_on_the_wire(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF-1.7 ...")
    handle = make_named_stream(b"skipped,a,b", "/x/table.csv")
    handle.seek(8)
    memory = {"content": b"\x00\xff", "filename": "ä.bin", "mime_type": "application/x-own"}
    script = Script(ok())
    EitherTransport(kind, script).call(make_upload(contract=path, table=handle, memory=memory))
    request, body = script.requests[0], script.bodies[0]
    boundary = request.headers["content-type"].partition("boundary=")[2]
    assert int(request.headers["content-length"]) == len(body)
    assert body.decode("utf-8", "surrogateescape") == (
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="target"\r\n\r\nworkflows.x\r\n'
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="input"\r\n\r\n{}\r\n'
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="files.contract"; filename="contract.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n%PDF-1.7 ...\r\n"
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="files.table"; filename="table.csv"\r\n'
        "Content-Type: text/csv\r\n\r\na,b\r\n"
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="files.memory"; filename="ä.bin"\r\n'
        "Content-Type: application/x-own\r\n\r\n\x00\udcff\r\n"
        f"--{boundary}--\r\n"
    )
    assert not handle.closed


def test_every_body_has_a_boundary_of_its_own() -> None:
    types = {Multipart((), ()).content_type for _ in range(10)}
    assert len(types) == 10


def test_retries_send_the_same_bytes(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789" * 100_000)
    handle = make_named_stream(b"abc", "b.bin")
    handle.read(1)
    script = Script(error_response(503), error_response(429), ok())
    EitherTransport(kind, script).call(make_upload(path=path, handle=handle))
    assert len(script.bodies) == 3
    assert len(set(script.bodies)) == 1
    assert len({request.headers["Idempotency-Key"] for request in script.requests}) == 1


def test_a_body_that_cannot_be_replayed_is_sent_once(kind: Kind) -> None:
    script = Script(error_response(503, "later", headers={"Retry-After": "1"}), ok())
    transport = EitherTransport(kind, script)
    with pytest.raises(errors.EigenpalServerError, match="later") as caught:
        transport.call(make_upload(pipe=io.BufferedReader(Unseekable(b"abc"))))
    assert caught.value.retry_after == 1.0
    assert len(script.bodies) == 1
    assert b"abc" in script.bodies[0]
    assert script.requests[0].headers["transfer-encoding"] == "chunked"
    assert "content-length" not in script.requests[0].headers


def test_a_body_of_which_nothing_was_read_is_sent_again(kind: Kind) -> None:
    attempts: list[int] = []

    def refuse_twice(request: httpx.Request) -> httpx.Response:
        attempts.append(1)
        if len(attempts) < 3:
            raise httpx.ConnectError("refused")
        return ok()

    class Untouched(httpx.MockTransport):
        """Fails before it reads the body, as a connection does."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = self.handler(request)
            request.read()
            assert isinstance(response, httpx.Response)
            return response

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = self.handler(request)
            await request.aread()
            assert isinstance(response, httpx.Response)
            return response

    pipe = make_upload(pipe=io.BufferedReader(Unseekable(b"abc")))
    transport = EitherTransport(kind, refuse_twice)
    transport.mock = Untouched
    transport.call(pipe)
    assert len(attempts) == 3


@pytest.mark.parametrize("change", [b"short", b"much longer than before", None])
def test_a_file_that_changes_before_it_is_sent_again(kind: Kind, tmp_path: Path, change: bytes | None) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789")

    def fail(request: httpx.Request) -> httpx.Response:
        if change is None:
            path.unlink()
        else:
            path.write_bytes(change)
        return error_response(503)

    script = Script(fail, ok())
    with pytest.raises(errors.EigenpalError, match=r"run was not sent completely: files\.a \(a\.bin\)") as caught:
        EitherTransport(kind, script).call(make_upload(a=path))
    assert len(script.bodies) == 1
    assert not caught.value.outcome_unknown
    assert not isinstance(caught.value, OSError)


def test_files_are_checked_before_anything_is_sent(kind: Kind, tmp_path: Path) -> None:
    script = Script(ok())
    transport = EitherTransport(kind, script)
    for value, expected in (
        (tmp_path / "missing.pdf", FileNotFoundError),
        (tmp_path, IsADirectoryError),
        (io.StringIO("x"), TypeError),
        ("a.pdf", TypeError),
    ):
        with pytest.raises(expected, match=r"files\.contract"):
            transport.call(make_upload(contract=value))
    assert script.requests == []


def test_a_body_without_files(kind: Kind) -> None:
    script = Script(ok())
    EitherTransport(kind, script).call(make_upload())
    parts = parse_multipart(script.bodies[0], script.requests[0].headers["content-type"])
    assert parts == [("target", None, None, b"workflows.x"), ("input", None, None, b"{}")]


def test_a_body_without_parts() -> None:
    assert b"".join(Multipart((), ()).chunks()).startswith(b"--")


nasty = st.text(st.one_of(st.characters(), st.sampled_from('"\\\r\n;=%/\x00\x7fé€😀'))).filter(str.strip)


@given(st.lists(st.tuples(nasty, st.text()), max_size=4), nasty, nasty.filter(base_name), st.binary())
def test_no_name_or_content_breaks_out_of_its_part(
    texts: list[tuple[str, str]], name: str, filename: str, content: bytes
) -> None:
    file: FileContent = {"content": content, "filename": filename}
    body = Multipart(texts, [(name, file)])
    sent = b"".join(body.chunks())
    assert len(sent) == body.size
    boundary = body.content_type.partition("boundary=")[2].encode()
    parts = sent.split(b"--" + boundary)
    assert len(parts) == len(texts) + 3
    assert (parts[0], parts[-1]) == (b"", b"--\r\n")
    head, _, rest = parts[-2].partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    assert len(lines) == 3
    assert lines[1].count('"') == 4
    assert not any(character < " " or character == "\x7f" for line in lines for character in line)
    assert rest == content + b"\r\n"
    for (_, text), part in zip(texts, parts[1:], strict=False):
        assert part.partition(b"\r\n\r\n")[2] == text.encode("utf-8", "replace") + b"\r\n"


@pytest.mark.parametrize("filename", ["invoice.pdf", "Rechnung März.pdf", "請求書.pdf", "a b;c=d.pdf", "'x'.pdf"])
def test_filenames_arrive_unchanged(filename: str) -> None:
    file: FileContent = {"content": b"abc", "filename": filename}
    body = Multipart((("a", "b"),), [("files.contract", file)])
    _, part = parse_multipart(b"".join(body.chunks()), body.content_type)
    assert (part.name, part.filename, part.content) == ("files.contract", filename, b"abc")


def test_filenames_that_are_not_text() -> None:
    file: FileContent = {"content": b"", "filename": "a\udcff.pdf"}
    body = Multipart((), [("a", file)])
    assert b'filename="a?.pdf"' in b"".join(body.chunks())


def test_large_files_take_constant_memory(kind: Kind, tmp_path: Path) -> None:
    size = 96 * 2**20
    path = tmp_path / "large.bin"
    with path.open("wb") as handle:
        handle.truncate(size)
    received = 0

    class Counting(httpx.MockTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal received
            assert isinstance(request.stream, httpx.SyncByteStream)
            for chunk in request.stream:
                received += len(chunk)
            return ok()

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal received
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for chunk in request.stream:
                received += len(chunk)
            return ok()

    transport = EitherTransport(kind, lambda request: ok())
    transport.mock = Counting
    tracemalloc.start()
    try:
        transport.call(make_upload(large=path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert received > size
    assert peak < 16 * 2**20


def test_an_event_loop_is_not_blocked_by_a_slow_file() -> None:
    class Slow(io.BytesIO):
        name = "slow.bin"

        def read(self, size: int | None = -1, /) -> bytes:
            if size:
                assert threading.current_thread() is not threading.main_thread()
                time.sleep(0.02)
            return super().read(10 if size else 0)

    class Handle:
        """A handle that is not known to be in memory."""

        name = "slow.bin"

        def __init__(self) -> None:
            self._inner = Slow(b"x" * 100)
            self.read = self._inner.read
            self.seek = self._inner.seek
            self.tell = self._inner.tell
            self.seekable = self._inner.seekable

    async def main() -> int:
        client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: ok()))
        async with client:
            transport = AsyncHttpxTransport(make_options(), http_client=client)
            call = asyncio.create_task(transport.call(make_upload(slow=Handle()), lambda response: response.data))
            ticks = 0
            while not call.done():
                await asyncio.sleep(0.001)
                ticks += 1
            await call
        return ticks

    assert asyncio.run(main()) > 20


@pytest.mark.parametrize("is_blocking", [True, False])
def test_progress_is_reported_for_every_attempt(kind: Kind, tmp_path: Path, is_blocking: bool) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789" * 100_000)
    file: FileInput = path if is_blocking else {"content": path.read_bytes(), "filename": "a.bin"}
    reports: list[tuple[int, int | None]] = []

    def report(sent: int, total: int | None) -> None:
        assert threading.current_thread() is threading.main_thread()
        reports.append((sent, total))

    script = Script(error_response(503), ok())
    EitherTransport(kind, script).call(make_upload(a=file)._replace(progress=report))
    size = len(script.bodies[0])
    assert {total for _, total in reports} == {size}
    first, second = reports[: len(reports) // 2], reports[len(reports) // 2 :]
    assert first == second
    assert first == sorted(first)
    assert len(first) > 3
    assert first[-1] == (size, size)


def test_progress_of_a_body_of_unknown_size(kind: Kind) -> None:
    reports: list[tuple[int, int | None]] = []

    def report(sent: int, total: int | None) -> None:
        reports.append((sent, total))

    script = Script(ok())
    upload = make_upload(pipe=io.BufferedReader(Unseekable(b"abc")))
    EitherTransport(kind, script).call(upload._replace(progress=report))
    assert reports[-1] == (len(script.bodies[0]), None)


def test_an_error_of_a_progress_callback_ends_the_call(kind: Kind) -> None:
    def stop(sent: int, total: int | None) -> None:
        raise LookupError("enough")

    script = Script(ok())
    with pytest.raises(LookupError, match="enough"):
        EitherTransport(kind, script).call(make_upload(a=("a", b"abc"))._replace(progress=stop))


class AsyncHandle:
    """A handle of aiofiles, anyio or trio; which of its methods are asynchronous differs."""

    name = "/x/a.bin"

    def __init__(self, content: bytes) -> None:
        self.inner = io.BytesIO(content)
        self.seekable = self.inner.seekable

    async def read(self, size: int = -1) -> bytes:
        assert threading.current_thread() is threading.main_thread(), "it belongs to the event loop"
        await asyncio.sleep(0)
        return self.inner.read(size)

    async def seek(self, offset: int, whence: int = 0) -> int:
        return self.inner.seek(offset, whence)

    async def tell(self) -> int:
        return self.inner.tell()


def test_an_asynchronous_handle_is_read_by_the_asynchronous_client_alone(kind: Kind) -> None:
    script = Script(error_response(503), ok())
    transport = EitherTransport(kind, script)
    handle = AsyncHandle(b"skipped" + b"0123456789" * 100_000)
    handle.inner.seek(7)
    upload = make_upload(a=handle)
    if kind == "sync":
        with pytest.raises(
            TypeError, match=r"^files\.a is an asynchronous file handle, .* with open\(\.\.\., 'rb'\), or"
        ):
            transport.call(upload)
        assert script.requests == []
        return
    transport.call(upload)
    assert script.bodies[0] == script.bodies[1]
    part = parse_multipart(script.bodies[0], script.requests[0].headers["content-type"])[-1]
    assert (part.filename, part.content) == ("a.bin", b"0123456789" * 100_000)
    assert int(script.requests[0].headers["content-length"]) == len(script.bodies[0])


def test_an_asynchronous_handle_that_never_returns_is_abandoned_by_a_cancelled_call() -> None:
    reading = asyncio.Event()

    class Stuck(AsyncHandle):
        async def read(self, size: int = -1) -> bytes:
            if size > 1:
                reading.set()
                await asyncio.Event().wait()
            return b""

    async def main() -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: ok()))
        async with client:
            transport = AsyncHttpxTransport(make_options(), http_client=client)
            call = asyncio.create_task(transport.call(make_upload(a=Stuck(b"abc")), lambda response: response.data))
            await reading.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    asyncio.run(main())
