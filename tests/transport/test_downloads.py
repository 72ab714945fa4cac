"""Downloads: complete, written once, and resumed where they broke off."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import download_flow
from eigenpal._transport.outcomes import RawResponse
from eigenpal._transport.ranges import find_validator, make_resume_headers, parse_byte_range
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock
from tests.support.script import Script

from .file_server import CONTENT, Body, FileServer
from .harness import FILE, EitherTransport


@pytest.fixture(params=["path", "text", "handle", "file"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    """Return a target for a download, and a function that reads it back."""
    path = tmp_path / "out.pdf"
    if request.param == "handle":
        stream = io.BytesIO()
        yield stream, stream.getvalue
    elif request.param == "file":
        with path.open("w+b") as handle:
            yield handle, path.read_bytes
    else:
        yield (path if request.param == "path" else str(path)), path.read_bytes


@pytest.mark.parametrize("content", [CONTENT, b"", b"x"], ids=len)
@pytest.mark.parametrize("sends_length", [True, False])
def test_a_download(kind: Kind, target: tuple[Any, Any], content: bytes, sends_length: bool) -> None:
    to, read = target
    reports: list[tuple[int, int | None]] = []
    file_server = FileServer(content=content, sends_length=sends_length)
    size = EitherTransport(kind, file_server).download(FILE, to, lambda done, total: reports.append((done, total)))
    assert size == len(content)
    assert read() == content
    total = len(content) if sends_length else None
    assert reports[-1] == (len(content), total if content else 0)
    assert [done for done, _ in reports] == sorted({done for done, _ in reports})
    assert all(body.is_closed for body in file_server.bodies)


def test_a_download_is_resumed_where_it_broke_off(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    reports: list[tuple[int, int | None]] = []
    file_server = FileServer(100_000, 50_000)
    transport = EitherTransport(kind, file_server)
    assert transport.download(FILE, to, lambda done, total: reports.append((done, total))) == len(CONTENT)
    assert read() == CONTENT
    assert file_server.ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert file_server.requests[1].headers["If-Range"] == '"v1"'
    assert transport.sleeps == [0.25, 0.25]
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert {total for _, total in reports} == {len(CONTENT)}
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert all(body.is_closed for body in file_server.bodies)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ETag": 'W/"weak"'},
        {"ETag": '"v1"', "Accept-Ranges": "none"},
        {"ETag": "unquoted"},
    ],
)
def test_a_download_starts_over_if_the_file_may_have_changed(
    kind: Kind, target: tuple[Any, Any], headers: dict[str, str]
) -> None:
    to, read = target
    file_server = FileServer(100_000, headers=headers)
    assert EitherTransport(kind, file_server).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT
    assert file_server.ranges == [None, None]


def test_a_download_is_resumed_by_date_without_an_etag(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    date = "Tue, 14 Nov 2023 22:13:50 GMT"
    file_server = FileServer(100_000, headers={"Last-Modified": date})
    EitherTransport(kind, file_server).download(FILE, to)
    assert file_server.requests[1].headers["If-Range"] == date
    assert read() == CONTENT


def test_a_server_that_ignores_the_range(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    file_server = FileServer(100_000, ranges=False)
    assert EitherTransport(kind, file_server).download(FILE, to) == len(CONTENT)
    assert file_server.ranges == [None, "bytes=100000-"]
    assert read() == CONTENT


class OddRangeServer(FileServer):
    """Responds to a range request in an unusual way."""

    def __init__(self, status: int, content_range: str | None, part: bytes) -> None:
        super().__init__(100_000)
        self._range_response = status, content_range, part

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if "Range" not in request.headers:
            return super().__call__(request)
        self.requests.append(request)
        status, content_range, part = self._range_response
        return httpx.Response(
            status, headers={} if content_range is None else {"Content-Range": content_range}, content=part
        )


@pytest.mark.parametrize(
    ("status", "content_range", "part"),
    [
        (416, "bytes */300000", b""),
        (206, None, b"x"),
        (206, "bytes 0-9/300000", b"0123456789"),
        (206, "bytes 100000-100009/200000", b"0123456789"),
        (206, "bytes 100000-299999/300000", b"too short"),
        (206, "bytes 100001-299999/300000", CONTENT[100_001:]),
        (206, "bytes 9-5/300000", b"x"),
        (206, "chapters 1-2/3", b"x"),
        (206, "bytes 100000-300000/300000", b"x"),
        (204, None, b""),
        (304, None, b""),
        (412, None, b""),
    ],
)
def test_servers_that_respond_to_ranges_in_odd_ways(
    kind: Kind, target: tuple[Any, Any], status: int, content_range: str | None, part: bytes
) -> None:
    to, read = target
    file_server = OddRangeServer(status, content_range, part)
    assert EitherTransport(kind, file_server).download(FILE, to) == len(CONTENT)
    assert file_server.ranges == [None, "bytes=100000-", None]
    assert read() == CONTENT


def test_a_part_of_another_version_is_not_used(kind: Kind, target: tuple[Any, Any]) -> None:
    """Some servers ignore If-Range."""
    to, read = target
    changed = CONTENT[::-1]

    def handler(request: httpx.Request) -> httpx.Response:
        if not file_server.requests:
            return file_server(request)
        file_server.requests.append(request)
        headers = {"ETag": '"v2"', "Content-Range": f"bytes 100000-{len(changed) - 1}/{len(changed)}"}
        if "Range" in request.headers:
            return httpx.Response(206, headers=headers, content=changed[100_000:])
        return httpx.Response(200, headers={"ETag": '"v2"'}, content=changed)

    file_server = FileServer(100_000)
    assert EitherTransport(kind, handler).download(FILE, to) == len(changed)
    assert file_server.ranges == [None, "bytes=100000-", None]
    assert read() == changed


def test_a_file_of_unknown_size_ends_where_the_server_says_so(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target

    def handler(request: httpx.Request) -> httpx.Response:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        part = Body(CONTENT[start : start + 100_000], breaks_with=httpx.ReadError("") if start == 0 else None)
        if not start:
            return httpx.Response(200, headers={"ETag": '"v1"'}, stream=part)
        if start >= len(CONTENT):
            return httpx.Response(416, headers={"Content-Range": f"bytes */{len(CONTENT)}"})
        headers = {"Content-Range": f"bytes {start}-{start + 99_999}/*"}
        return httpx.Response(206, headers=headers, stream=part)

    assert EitherTransport(kind, handler).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT


def test_a_connection_that_is_lost_after_the_last_byte(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    file_server = FileServer(len(CONTENT))
    assert EitherTransport(kind, file_server, max_retries=0).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT


# --- retries ----------------------------------------------------------------------------------------------------------


def test_progress_renews_the_retries(kind: Kind, target: tuple[Any, Any]) -> None:
    """A gateway that limits each connection, as nginx does for buffered responses, needs many."""
    to, read = target
    file_server = FileServer(*[10_000] * 29)
    transport = EitherTransport(kind, file_server, max_retries=1)
    assert transport.download(FILE, to) == len(CONTENT)
    assert read() == CONTENT
    assert transport.sleeps == [0.25] * 29


def test_without_progress_the_retries_end(kind: Kind, target: tuple[Any, Any]) -> None:
    to, _ = target
    file_server = FileServer(1000, 1000, *[0] * 9)
    transport = EitherTransport(kind, file_server)
    with pytest.raises(errors.EigenpalConnectionError, match=r"\(5 attempts\)"):
        transport.download(FILE, to)
    # The second attempt has brought bytes, so three more follow.
    assert transport.sleeps == [0.25, 0.25, 0.5, 1.0]


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"v1"'}])
def test_the_same_bytes_again_are_no_progress(kind: Kind, target: tuple[Any, Any], headers: dict[str, str]) -> None:
    to, _ = target
    file_server = FileServer(*range(1000, 2000, 10), headers=headers)
    with pytest.raises(errors.EigenpalConnectionError, match="4 attempts"):
        EitherTransport(kind, file_server).download(FILE, to)


def test_a_server_that_ignores_every_range(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match="4 attempts"):
        EitherTransport(kind, FileServer(*[1000] * 9, ranges=False)).download(FILE, tmp_path / "out")


def test_a_byte_now_and_then_is_no_progress(kind: Kind, tmp_path: Path) -> None:
    class SlowBody(Body):
        def __iter__(self) -> Iterator[bytes]:
            fake.now += 50.0
            return super().__iter__()

    def handler(request: httpx.Request) -> httpx.Response:
        response = file_server(request)
        stream = SlowBody(CONTENT[:10], breaks_with=httpx.ReadError("reset"))
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)

    fake, file_server = FakeClock(), FileServer()
    with pytest.raises(errors.EigenpalConnectionError, match="4 attempts"):
        EitherTransport(kind, handler, time=fake).download(FILE, tmp_path / "out")


def test_a_byte_per_connection_ends(kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_flow, "_FREE_RENEWALS", 20)
    file_server = FileServer(*[1] * 99)
    with pytest.raises(errors.EigenpalConnectionError, match=r"\(23 attempts\)"):
        EitherTransport(kind, file_server).download(FILE, tmp_path / "out")


def test_a_range_that_is_smaller_than_requested_is_resumed(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target

    def handler(request: httpx.Request) -> httpx.Response:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        if start == 0:
            return httpx.Response(
                200,
                headers={"ETag": '"v1"', "Content-Length": str(len(CONTENT))},
                stream=Body(CONTENT[:1000], breaks_with=httpx.ReadError("")),
            )
        end = min(start + 149_999, len(CONTENT) - 1)
        headers = {"Content-Range": f"bytes {start}-{end}/{len(CONTENT)}", "ETag": '"v1"'}
        return httpx.Response(206, headers=headers, content=CONTENT[start : end + 1])

    assert EitherTransport(kind, handler).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT


def test_a_range_that_was_not_requested(kind: Kind, target: tuple[Any, Any]) -> None:
    to, _ = target
    script = Script(httpx.Response(206, headers={"Content-Range": "bytes 0-2/9"}, content=b"abc"))
    with pytest.raises(errors.EigenpalResponseError, match="is partial content, which was not requested"):
        EitherTransport(kind, script).download(FILE, to)


def test_a_range_that_was_not_requested_in_memory_and_in_a_stream(kind: Kind) -> None:
    script = Script(httpx.Response(206, headers={"Content-Range": "bytes 0-2/9"}, content=b"abc"))
    for send in (EitherTransport(kind, script).call, EitherTransport(kind, script).stream):
        with pytest.raises(errors.EigenpalResponseError, match="is partial content, which was not requested"):
            send(FILE)


def test_a_file_that_changes_between_attempts(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    file_server = FileServer(100_000)

    def handler(request: httpx.Request) -> httpx.Response:
        if file_server.requests:
            file_server.content = b"another file"
            file_server.headers = {"ETag": '"v2"'}
        return file_server(request)

    assert EitherTransport(kind, handler).download(FILE, to) == len(b"another file")
    assert read() == b"another file"


# --- lengths ----------------------------------------------------------------------------------------------------------


def short(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Length": "10"}, stream=Body(b"12345"))


def test_a_truncated_body_that_the_http_library_does_not_detect(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match=r"5 of 10 bytes received \(4 attempts\)"):
        EitherTransport(kind, short).download(FILE, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_truncated_streams_and_files_in_memory(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match="5 of 10 bytes received"):
        EitherTransport(kind, short).stream(FILE)
    with pytest.raises(errors.EigenpalConnectionError, match="5 of 10 bytes received"):
        EitherTransport(kind, short).call(FILE)


def test_compressed_files_are_decompressed(kind: Kind, tmp_path: Path) -> None:
    import gzip

    compressed = gzip.compress(CONTENT)

    def handler(request: httpx.Request) -> httpx.Response:
        headers = {"Content-Encoding": "gzip", "Content-Length": str(len(compressed)), "ETag": '"v1"'}
        return httpx.Response(200, headers=headers, stream=Body(compressed))

    assert EitherTransport(kind, handler).download(FILE, tmp_path / "out") == len(CONTENT)
    assert (tmp_path / "out").read_bytes() == CONTENT


def test_files_in_memory(kind: Kind) -> None:
    file_server = FileServer(100_000)
    assert EitherTransport(kind, file_server).call(FILE) == CONTENT


def test_byte_ranges() -> None:
    def parse(status: int = 206, **headers: str) -> Any:
        result = parse_byte_range(
            RawResponse(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"")
        )
        return None if result is None else tuple(result)

    assert parse(200, content_length="5") == (0, 5, 5)
    assert parse(200) == (0, None, None)
    # No content, whatever its Content-Length.
    assert parse(204, content_length="5") == (0, None, None)
    assert parse(200, content_length="5", content_encoding="gzip") == (0, None, None)
    assert parse(200, content_length="-5") == (0, None, None)
    assert parse(content_range="bytes 3-6/9") == (3, 4, 9)
    assert parse(content_range="bytes 3-6/*") == (3, 4, None)
    assert parse(content_range="bytes 3-6/9", content_length="5") is None
    assert parse(content_range="bytes 3-9/9") is None
    assert parse(content_range="bytes 3-6/9", content_encoding="gzip") is None


def test_validators() -> None:
    def find(**headers: str) -> str | None:
        return find_validator(RawResponse(200, {name.replace("_", "-"): value for name, value in headers.items()}, b""))

    assert find(etag='"a"', last_modified="x") == '"a"'
    assert find(etag='W/"a"', last_modified="x") == "x"
    assert find(etag='"ä"') is None
    assert find(etag='"a"', content_encoding="gzip") is None
    assert make_resume_headers('"a"', 5) == (("Range", "bytes=5-"), ("If-Range", '"a"'))
    assert make_resume_headers('"a"', 0) == make_resume_headers(None, 5) == ()


# --- slow disks and large files ---------------------------------------------------------------------------------------


def test_a_disk_may_be_slow(kind: Kind, tmp_path: Path) -> None:
    fake = FakeClock()
    transport = EitherTransport(kind, FileServer(), time=fake)
    transport.download(FILE, tmp_path / "out", lambda done, total: fake.sleep(3600.0))
    assert (tmp_path / "out").read_bytes() == CONTENT


class Zeros(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, size: int) -> None:
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(0, self._size, 65536):
            yield bytes(65536)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def test_large_files_take_constant_memory(kind: Kind, tmp_path: Path) -> None:
    size = 96 * 2**20
    transport = EitherTransport(
        kind, lambda request: httpx.Response(200, headers={"Content-Length": str(size)}, stream=Zeros(size))
    )
    tracemalloc.start()
    try:
        assert transport.download(FILE, tmp_path / "out") == size
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out").stat().st_size == size
    assert peak < 16 * 2**20
