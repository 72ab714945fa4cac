"""API keys and other secrets do not leak, and hostile responses do no harm."""

from __future__ import annotations

import gc
import gzip
import io
import logging
import pickle
import traceback
import tracemalloc
import types
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal_generated.decoding import DecodeError
from eigenpal_generated.runtime import Request, Response
from tests.support.event_loop import Kind
from tests.support.faulty_server import Connection, FaultyServer, respond, send_then
from tests.support.script import Script, error_response, ok

from .harness import FILE, GET, KEY, START, EitherTransport, make_options, make_upload

SECRET = "gateway-secret-0123456789"
KEY_WITH_QUOTES = "sk_'a\"\\quoted"

FAILURES: dict[str, Any] = {
    "401 that repeats the key": error_response(401, f"unknown key {KEY}"),
    "500": error_response(500),
    "html": httpx.Response(200, html=f"<html>{KEY}"),
    "broken json": httpx.Response(200, content=f'{{"{KEY}'.encode(), headers={"Content-Type": "application/json"}),
    "an respond_with_path of the request": httpx.Response(200, json={"headers": [{"Authorization": f"Bearer {KEY}"}]}),
    "the key as a name": httpx.Response(200, json={"headers": [{KEY: 1}]}),
    "the key with escapes": httpx.Response(
        401, content=f'{{"error": "unknown key {KEY.replace("_", "&")}"}}'.replace("&", "\\u005f").encode()
    ),
    "a part of the key": httpx.Response(200, content=b"", headers={"Content-Encoding": "x" * 40 + KEY}),
    "a request id that repeats the key": httpx.Response(400, json={}, headers={"X-Request-Id": KEY}),
    "401 that repeats a header": error_response(401, f"unknown gateway key {SECRET}"),
    "html that repeats a header": httpx.Response(200, html=f"<html>{SECRET}"),
    "an respond_with_path of a header": httpx.Response(200, json={"headers": [{"X-Gateway": SECRET}]}),
    "a request id that repeats a header": httpx.Response(400, json={}, headers={"X-Request-Id": SECRET}),
    "the same of a success": httpx.Response(200, json={}, headers={"X-Request-Id": KEY}),
    "refused": httpx.ConnectError("refused"),
    "timeout": httpx.ReadTimeout("timeout"),
    "redirect": httpx.Response(302, headers={"Location": "http://elsewhere.test/"}),
}


def decode_error(response: Response) -> None:
    raise DecodeError("headers", "an object", str(response.data))


def iter_frames(error: BaseException) -> Iterator[types.FrameType]:
    """Yield the frames of our code in the traceback, whose local variables a tool may print."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        for frame, _ in traceback.walk_tb(current.__traceback__):
            if "eigenpal" in Path(frame.f_code.co_filename).parts or "eigenpal/" in frame.f_code.co_filename:
                yield frame
        waiting += [current.__cause__, current.__context__]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("request_", [GET, START, FILE])
def test_no_error_shows_the_key(
    kind: Kind, failure: str, request_: Request, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    transport = EitherTransport(kind, Script(FAILURES[failure]), default_headers={"X-Gateway": SECRET}, max_retries=1)
    calls: list[Callable[[], object]] = [lambda: transport.call(request_, parse=decode_error)]
    if request_ is FILE:
        calls.append(lambda: transport.download(request_, tmp_path / "out"))
        calls.append(lambda: transport.stream(request_))
    for call in calls:
        raised: BaseException | None = None
        try:
            call()
        except errors.EigenpalError as error:
            raised = error
        if raised is None:
            continue
        shown = [str(raised), repr(raised), repr(raised.__dict__), "".join(traceback.format_exception(raised))]
        shown += [repr(value) for frame in iter_frames(raised) for value in frame.f_locals.values()]
        shown.append(repr(pickle.dumps(raised)))
        assert raised.__cause__ is None
        assert raised.__context__ is None
        for text in shown:
            assert KEY[:15] not in text
            assert SECRET not in text
    assert KEY not in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("value", "message", "shown"),
    [
        ("gateway-secret-0123456789", "bad gateway-secret-0123456789", "bad ***"),
        ("Bearer 0123456789abcdef", "bad token 0123456789abcdef", "bad token ***"),
        ("session=0123456789abcdef; theme=dark", "bad session 0123456789abcdef", "bad session ***"),
        # A word that messages may contain anyway.
        ("production", "not allowed in production", "not allowed in production"),
        ("", "no tenant", "no tenant"),
        ("", f"unknown key {KEY}", "unknown key ***"),
    ],
)
def test_credentials_are_redacted(kind: Kind, value: str, message: str, shown: str) -> None:
    transport = EitherTransport(
        kind, Script(error_response(401, message)), default_headers={"X-Gateway": value, "X-None": None}
    )
    with pytest.raises(errors.EigenpalAuthError) as caught:
        transport.call(GET)
    assert caught.value.issues[0].message == shown
    assert str(caught.value).startswith(shown)


@pytest.mark.parametrize("key", ["k", "key", "ids", "workflow", "x:y"])
def test_a_key_that_may_be_part_of_a_word_is_not_redacted(kind: Kind, key: str) -> None:
    sent = {"ids": "run_1", "type": "workflow", "key": f"{key} of x:y"}
    responses = (httpx.Response(200, json=sent), httpx.Response(500, json={"error": "no key", **sent}))
    for response in responses:
        with pytest.raises(errors.EigenpalError) as caught:
            EitherTransport(kind, Script(response), api_key=key, max_retries=0).call(GET, decode_error)
        assert (getattr(caught.value, "body", None) or caught.value.envelope or {}).items() >= sent.items()
        assert "***" not in str(caught.value)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(401, json={"error": KEY_WITH_QUOTES}),
        httpx.Response(401, json=[KEY_WITH_QUOTES]),
        httpx.Response(200, content=b"x", headers={"Content-Type": f"text/{KEY_WITH_QUOTES}"}),
        httpx.Response(200, content=b"", headers={"Content-Encoding": KEY_WITH_QUOTES}),
    ],
)
def test_a_key_with_quotes_is_redacted_where_it_is_quoted(kind: Kind, failure: httpx.Response) -> None:
    transport = EitherTransport(kind, Script(failure), api_key=KEY_WITH_QUOTES, max_retries=0)
    with pytest.raises(errors.EigenpalError) as caught:
        transport.call(GET)
    assert "quoted" not in str(caught.value)
    assert "quoted" not in repr(caught.value.__dict__)
    assert "***" in str(caught.value)


@pytest.mark.parametrize("secret", [KEY, SECRET])
def test_errors_about_malformed_http_do_not_show_the_key(kind: Kind, secret: str) -> None:
    """The HTTP library quotes malformed lines."""
    respond_with_path = f"HTTP/1.1 200 OK\r\nX Y: {'x' * 80} {secret} {secret}\r\n\r\n".encode()
    with FaultyServer(respond(respond_with_path)) as server:
        transport = EitherTransport(kind, base_url=server.url, max_retries=0, default_headers={"X-Gateway": SECRET})
        with pytest.raises(errors.EigenpalConnectionError, match="illegal header line") as caught:
            transport.call(GET)
    # Not even a part of it.
    assert secret[:10] not in str(caught.value)


def test_no_repr_shows_the_key() -> None:
    transport = HttpxTransport(make_options(default_headers={"X-Gateway": SECRET}))
    asynchronous = AsyncHttpxTransport(make_options(default_headers={"X-Gateway": SECRET}))
    for value in (transport, asynchronous, transport.options, transport.config, transport.request_builder):
        assert KEY not in repr(value)
        assert SECRET not in repr(value)
    assert repr(transport) == "<HttpxTransport to https://eigenpal.test>"


def test_errors_hold_nothing_of_the_connection(kind: Kind) -> None:
    """An error keeps neither a request nor a response of httpx alive."""
    with FaultyServer(send_then(b"", Connection.reset)) as server:
        with pytest.raises(errors.EigenpalConnectionError) as caught:
            EitherTransport(kind, base_url=server.url, max_retries=0).call(GET)
        error = caught.value
        del caught
        error.__traceback__ = None
        gc.collect()
        reachable: list[Any] = [error]
        known: set[int] = set()
        while reachable:
            value = reachable.pop()
            if id(value) in known or isinstance(value, (type, types.ModuleType, types.FunctionType)):
                continue
            known.add(id(value))
            assert not type(value).__module__.startswith(("httpx", "httpcore", "anyio"))
            reachable += gc.get_referents(value)


def test_debug_logs_of_all_libraries_hold_no_key(kind: Kind, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the content of the file")
    with FaultyServer(respond()) as server:
        transport = EitherTransport(kind, base_url=server.url, default_headers={"X-Gateway": SECRET})
        transport.call(GET)
        transport.call(START)
        transport.call(make_upload(a=path))
        transport.download(FILE, tmp_path / "out")
    assert caplog.text
    for secret in (KEY, SECRET, "the content of the file"):
        assert secret not in caplog.text


# --- hostile responses ------------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as zipped:
        zipped.write(b'"')
        for _ in range(size // 2**20):
            zipped.write(b"x" * 2**20)
        zipped.write(b'"')
    return out.getvalue()


@pytest.mark.parametrize("request_", [GET, FILE])
def test_decompression_bombs(kind: Kind, request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eigenpal._transport.body_reader.MAX_JSON_BYTES", 8 * 2**20)
    packed = bomb(200 * 2**20)
    assert len(packed) < 2**20
    with FaultyServer(respond(encode_compressed_response(packed))) as server:
        tracemalloc.start()
        try:
            with pytest.raises(
                errors.EigenpalResponseError, match="the maximum for a response in memory is 8,388,608 bytes"
            ):
                EitherTransport(kind, base_url=server.url).call(request_)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        # Not retried, because the next response would be the same.
        assert len(server.requests) == 1
    # One read of 64 KB can decompress to a thousand times as much before it is counted.
    assert peak < 150 * 2**20


def encode_compressed_response(packed: bytes, encoding: str = "gzip") -> bytes:
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\n"
        f"Content-Length: {len(packed)}\r\n\r\n"
    ).encode() + packed


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_responses(kind: Kind, encoding: str) -> None:
    packed = gzip.compress(b'{"a": 1}') if encoding == "gzip" else zlib.compress(b'{"a": 1}')
    with FaultyServer(respond(encode_compressed_response(packed, encoding))) as server:
        assert EitherTransport(kind, base_url=server.url).call(GET) == {"a": 1}


@pytest.mark.parametrize("packed", [b"not compressed at all", gzip.compress(b'{"a": 1}' * 100, mtime=0)[:30]])
def test_broken_compression(kind: Kind, packed: bytes) -> None:
    with (
        FaultyServer(respond(encode_compressed_response(packed))) as server,
        pytest.raises(errors.EigenpalResponseError),
    ):
        EitherTransport(kind, base_url=server.url).call(GET)


def test_endless_headers(kind: Kind) -> None:
    def endless(connection: Any, server: FaultyServer) -> bool:
        server.read(connection)
        connection.send(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            connection.send(f"X-{number}: {'x' * 100}\r\n".encode())
        return False

    with FaultyServer(endless) as server, pytest.raises(errors.EigenpalConnectionError):
        EitherTransport(kind, base_url=server.url, max_retries=0).call(GET)


def test_paths_reach_the_wire_as_they_were_encoded(kind: Kind) -> None:
    from eigenpal_generated.encoding import encode_path, encode_path_segment

    hostile = ["../..", "a/b", "a?b", "a#b", "%2F", "%2e%2e", "a\\b", "a\x00b\r\nc", "ü€😀", "..;", "...", " ", "~"]
    with FaultyServer(respond()) as server:
        transport = EitherTransport(kind, base_url=server.url)
        for value in hostile:
            transport.call(GET._replace(path=f"/api/v1/runs/{encode_path_segment('id', value)}/x"))
        seen = [request.path for request in server.requests]
    for value, path in zip(hostile, seen, strict=True):
        assert path.count("/") == 5, path
        assert httpx.URL(f"http://x{path}").path == f"/api/v1/runs/{value}/x"
    script = Script(ok())
    EitherTransport(kind, script).call(GET._replace(path=f"/api/v1/x/{encode_path('path', 'output/a b.pdf')}"))
    assert script.requests[0].url.raw_path == b"/api/v1/x/output/a%20b.pdf"
