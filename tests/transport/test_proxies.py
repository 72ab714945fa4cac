"""Proxies on real sockets, of the environment and of the user's own client."""

from __future__ import annotations

import os
import ssl
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal_generated.runtime import Request
from tests.support.certificates import make_certificate, make_server_context
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    Connection,
    ConnectionHandler,
    FaultyServer,
    encode_response,
    make_refusing_address,
    make_unconnectable_address,
    never_respond,
    reject_plain_http,
    reset_early,
    respond,
    send_then,
)
from tests.support.proxy import forward

from .harness import GET, KEY, START, get_data, make_options, no_async_sleep, no_sleep

# No name server knows them: only the proxy can reach them.
PLAIN = "http://api.invalid"
SECURE = "https://api.invalid"

Libraries = pytest.mark.parametrize("source", ["environment", "httpx", "httpx2"])


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


class Caller(NamedTuple):
    """Calls through a proxy that is set in the environment or in a client of the user."""

    kind: Kind
    source: str
    monkeypatch: pytest.MonkeyPatch

    def call(self, proxy: str, url: str, request: Request = GET, *, cafile: Path | None = None, **options: Any) -> Any:
        settings: dict[str, Any] = {"sleep": no_sleep if self.kind == "sync" else no_async_sleep}
        if self.source == "environment":
            self.monkeypatch.setenv(self.variable(url), proxy)
            if cafile is not None:
                self.monkeypatch.setenv("SSL_CERT_FILE", str(cafile))
        else:
            library = pytest.importorskip(self.source)
            verify = True if cafile is None else ssl.create_default_context(cafile=cafile)
            create = library.Client if self.kind == "sync" else library.AsyncClient
            settings["http_client"] = create(proxy=proxy, verify=verify)
        make: Any = HttpxTransport if self.kind == "sync" else AsyncHttpxTransport
        transport = make(make_options(base_url=url, **{"max_retries": 1, "timeout_seconds": 5, **options}), **settings)
        with EventLoop() as loop:
            try:
                return loop.complete(transport.call(request, get_data))
            finally:
                loop.complete(transport.close() if self.kind == "sync" else transport.aclose())
                if "http_client" in settings:
                    client = settings["http_client"]
                    loop.complete(client.close() if self.kind == "sync" else client.aclose())

    def fail(self, proxy: str, url: str, request: Request = START, **options: Any) -> errors.EigenpalError:
        with pytest.raises(errors.EigenpalError) as caught:
            self.call(proxy, url, request, **options)
        assert "secret" not in str(caught.value)
        return caught.value

    def variable(self, url: str) -> str:
        return "HTTP_PROXY" if url.startswith("http:") else "HTTPS_PROXY"

    def describe(self, proxy: str, url: str) -> str:
        source = self.variable(url) if self.source == "environment" else "http_client"
        return f"the proxy {proxy} ({source})"


@pytest.fixture
def caller(kind: Kind, source: str, monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(kind, source, monkeypatch)


@Libraries
def test_plain_requests_go_through_the_proxy(caller: Caller) -> None:
    with FaultyServer(forward()) as proxy:
        assert caller.call(f"http://user:pass%2Fword@127.0.0.1:{proxy.port}", PLAIN)["id"] == "run_1"
    assert proxy.requests[0].path == f"{PLAIN}/api/v1/runs/run_1"
    assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize("proxy_scheme", ["http", "https"])
@Libraries
def test_tunnels(caller: Caller, proxy_scheme: str, tmp_path: Path) -> None:
    path = make_certificate(tmp_path / "server.pem", "api.invalid")
    if proxy_scheme == "https" and caller.source != "environment":
        pytest.skip("the user's client has its own certificate settings for proxies")
    tls = make_server_context(path) if proxy_scheme == "https" else None
    with (
        FaultyServer(respond(), tls=make_server_context(path)) as server,
        FaultyServer(forward(server.port), tls=tls) as proxy,
    ):
        assert caller.call(f"{proxy_scheme}://127.0.0.1:{proxy.port}", SECURE, START, cafile=path)["id"] == "run_1"
    (connect,) = proxy.requests
    assert (connect.method, connect.path) == ("CONNECT", "api.invalid:443")
    assert KEY not in str(connect)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


# --- failures of the proxy ----------------------------------------------------------------------------------------

# Before the tunnel is open, nothing was sent to the server, and a start may be sent again.
BROKEN: Mapping[str, tuple[ConnectionHandler, type[errors.EigenpalError], str]] = {
    "reset": (reset_early, errors.EigenpalConnectionError, "could not connect to {proxy}: "),
    "closed": (send_then(b""), errors.EigenpalConnectionError, "could not connect to {proxy}: "),
    "not HTTP": (send_then(b"SSH-2.0\r\n\r\n"), errors.EigenpalConnectionError, "could not connect to {proxy}: "),
    "silent": (never_respond, errors.EigenpalTimeoutError, "could not connect to {proxy} within "),
}


@pytest.mark.parametrize("fault", BROKEN)
@Libraries
def test_a_proxy_that_fails_before_the_tunnel_is_open(caller: Caller, fault: str) -> None:
    handler, expected, message = BROKEN[fault]
    with FaultyServer(handler) as proxy:
        error = caller.fail(proxy.url, SECURE, timeout_seconds=0.1 if fault == "silent" else 5)
        assert proxy.connection_count == 2
    assert type(error) is expected
    assert str(error).startswith(message.format(proxy=caller.describe(proxy.url, SECURE)))
    assert "(2 attempts)" in str(error)
    assert "base_url" not in str(error)
    assert not error.outcome_unknown


PLACES: Mapping[str, Callable[[], tuple[str, list[Any]]]] = {
    "refused": make_refusing_address,
    "unreachable": make_unconnectable_address,
    "unknown host": lambda: ("http://proxy.invalid:3128", []),
}


@pytest.mark.parametrize("url", [PLAIN, SECURE])
@pytest.mark.parametrize("place", PLACES)
@Libraries
def test_a_proxy_that_cannot_be_connected_to(caller: Caller, place: str, url: str) -> None:
    proxy, kept = PLACES[place]()
    try:
        error = caller.fail(proxy, url, timeout_seconds=0.1 if place == "unreachable" else 5)
    finally:  # also if the library is not installed and the test is skipped
        for holder in kept:
            holder.close()
    assert str(error).startswith(f"could not connect to {caller.describe(proxy, url)}")
    assert "Check the address of the proxy, and that it can be reached. It is set in " in str(error)
    assert ("hosts in NO_PROXY are connected to directly" in str(error)) == (caller.source == "environment")
    assert not error.outcome_unknown


@pytest.mark.parametrize(
    ("status", "attempts", "hint"),
    [
        ("407 Proxy Authentication Required", 1, "The proxy requires credentials"),
        ("403 Forbidden", 1, "The proxy does not allow this connection"),
        ("502 Bad Gateway", 2, "Check base_url, and that the proxy can reach it"),
        ("429 Too Many Requests", 2, "Check base_url, and that the proxy can reach it"),
    ],
)
@Libraries
def test_a_proxy_that_refuses_the_tunnel(caller: Caller, status: str, attempts: int, hint: str) -> None:
    with FaultyServer(respond(encode_response(b"no", status), keep_alive=False)) as proxy:
        error = caller.fail(proxy.url.replace("//", "//user:secret@"), SECURE)
    assert isinstance(error, errors.EigenpalConnectionError)
    assert str(error).startswith(f"{caller.describe(proxy.url, SECURE)} did not connect to {SECURE}: {status}")
    assert hint in str(error)
    assert not error.outcome_unknown
    assert error.is_proxy_refusal == (attempts == 1)
    assert len(proxy.requests) == attempts


@Libraries
def test_a_proxy_that_wants_credentials_for_plain_http(caller: Caller) -> None:
    with FaultyServer(respond(encode_response(b"<html>no", "407 x", "text/html"))) as proxy:
        error = caller.fail(proxy.url, PLAIN)
    assert "The proxy requires credentials" in str(error)
    assert ("set HTTP_PROXY to http://user:" if caller.source == "environment" else "to http_client") in str(error)
    assert len(proxy.requests) == 1
    assert error.status == 407
    assert not error.outcome_unknown


@pytest.mark.parametrize(("status", "is_unknown"), [("502 Bad Gateway", True), ("403 Forbidden", False)])
@Libraries
def test_an_error_response_that_may_be_of_the_proxy_names_it(caller: Caller, status: str, is_unknown: bool) -> None:
    with FaultyServer(respond(encode_response(b"<html>no", status, "text/html"))) as proxy:
        error = caller.fail(proxy.url, PLAIN)
    assert f"through {caller.describe(proxy.url, PLAIN)}, which may have sent this response" in str(error)
    assert "API key" not in str(error)
    assert error.outcome_unknown == is_unknown


@Libraries
def test_a_proxy_that_does_not_speak_tls(caller: Caller) -> None:
    with FaultyServer(reject_plain_http) as proxy:
        address = f"https://127.0.0.1:{proxy.port}"
        error = caller.fail(address, SECURE)
        assert proxy.connection_count == 1
    assert str(error).startswith(f"could not establish a secure connection to {caller.describe(address, SECURE)}")
    whose = "HTTPS_PROXY" if caller.source == "environment" else "http_client"
    assert f"if it serves plain HTTP, use http:// in {whose}." in str(error)


@Libraries
def test_a_proxy_with_an_untrusted_certificate(caller: Caller, tmp_path: Path) -> None:
    with FaultyServer(respond(), tls=make_server_context(make_certificate(tmp_path / "proxy.pem"))) as proxy:
        error = caller.fail(proxy.url, SECURE)
    assert str(error).startswith(f"could not establish a secure connection to {caller.describe(proxy.url, SECURE)}")
    assert not error.outcome_unknown


# --- failures beyond the proxy ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("handler", "message", "is_unknown"),
    [
        (send_then(b""), "the connection to https://api.invalid through {proxy} was lost", True),
        (never_respond, "run timed out: no complete response from https://api.invalid through {proxy} within", True),
    ],
)
@Libraries
def test_a_server_that_fails_behind_a_tunnel(
    caller: Caller, handler: ConnectionHandler, message: str, is_unknown: bool, tmp_path: Path
) -> None:
    path = make_certificate(tmp_path / "server.pem", "api.invalid")
    with (
        FaultyServer(handler, tls=make_server_context(path)) as server,
        FaultyServer(forward(server.port)) as proxy,
    ):
        error = caller.fail(proxy.url, SECURE, cafile=path, timeout_seconds=0.5)
        assert len(server.requests) == 1
    assert str(error).startswith(message.format(proxy=caller.describe(proxy.url, SECURE)))
    assert error.outcome_unknown == is_unknown


@Libraries
def test_a_server_with_an_untrusted_certificate_behind_a_tunnel(caller: Caller, tmp_path: Path) -> None:
    context = make_server_context(make_certificate(tmp_path / "server.pem", "api.invalid"))
    with FaultyServer(respond(), tls=context) as server, FaultyServer(forward(server.port)) as proxy:
        error = caller.fail(proxy.url, SECURE)
    proxy_text = caller.describe(proxy.url, SECURE)
    assert str(error).startswith(f"could not establish a secure connection to {SECURE} through {proxy_text}")
    assert f"Check the certificate of {SECURE}." in str(error)
    assert not error.outcome_unknown


@Libraries
def test_a_server_that_closes_in_the_handshake_behind_a_tunnel(caller: Caller) -> None:
    def close(connection: Connection, server: FaultyServer) -> bool:
        connection.socket.recv(1)
        return False

    with FaultyServer(close) as server, FaultyServer(forward(server.port)) as proxy:
        error = caller.fail(proxy.url, SECURE)
        assert server.connection_count == 2
    assert str(error).startswith(f"could not connect to {SECURE} through {caller.describe(proxy.url, SECURE)}")
    assert not error.outcome_unknown


# --- SOCKS --------------------------------------------------------------------------------------------------------

SOCKS: Mapping[str, tuple[list[bytes], str]] = {
    "closed": ([], "could not connect to {proxy}: "),
    "refused": (
        [b"\x05\x00", b"\x05\x05\x00\x01" + bytes(6)],
        "{proxy} did not connect to https://api.invalid: Proxy Server",
    ),
    "credentials": ([b"\x05\xff"], "{proxy} did not connect to https://api.invalid: Requested NO AUTHENTICATION"),
    "not SOCKS": ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], "could not connect to {proxy}: "),
}


@pytest.mark.parametrize("fault", SOCKS)
@Libraries
def test_socks_proxies_that_fail(caller: Caller, fault: str) -> None:
    pytest.importorskip("socksio")
    replies, message = SOCKS[fault]

    def answer(connection: Connection, server: FaultyServer) -> bool:
        for reply in replies:
            connection.socket.recv(100)
            connection.send(reply)
        connection.socket.recv(100)
        return False

    with FaultyServer(answer) as proxy:
        address = f"socks5://127.0.0.1:{proxy.port}"
        error = caller.fail(address, SECURE)
        assert proxy.connection_count == 2
    assert isinstance(error, errors.EigenpalConnectionError)
    assert str(error).startswith(message.format(proxy=caller.describe(address, SECURE)))
    assert not error.outcome_unknown


# --- settings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "carrier-pigeon://user:secret@proxy.test",
        "http://user:secret/word@proxy.test",
        "http://user:secret@proxy.test:port",
        "http://",
        "user:secret@",
    ],
)
def test_a_proxy_that_cannot_be_read(kind: Kind, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    error = Caller(kind, "environment", monkeypatch).fail(value, SECURE)
    assert str(error).startswith("the proxy in HTTPS_PROXY cannot be used: it ")
    assert error.__context__ is None
    assert not error.outcome_unknown


def test_a_proxy_that_needs_another_package(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    error = Caller(kind, "environment", monkeypatch).fail("socks5://127.0.0.1:1", SECURE)
    assert "the proxy in HTTPS_PROXY cannot be used" in str(error)
    assert "socksio" in str(error)


def test_no_proxy_is_followed_for_each_request(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redirects lead to other hosts, for which the proxy may be another."""
    target = f"{PLAIN}/file"
    redirect = respond(encode_response(b"", "302 x", Location=target))
    with FaultyServer(redirect) as server, FaultyServer(forward()) as proxy:
        monkeypatch.setenv("NO_PROXY", "fd00::/8,10.0.0.0/8,[::1]")
        caller = Caller(kind, "environment", monkeypatch)
        assert caller.call(proxy.url, server.url)["id"] == "run_1"
    assert [request.path for request in server.requests] == ["/api/v1/runs/run_1"]
    assert [request.path for request in proxy.requests] == [target]
    assert KEY not in str(proxy.requests)


def test_an_entry_of_no_proxy_that_cannot_be_read(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost,10.0.0.0/33")
    error = Caller(kind, "environment", monkeypatch).fail("http://127.0.0.1:1", SECURE)
    assert "NO_PROXY has the entry '10.0.0.0/33', which is invalid" in str(error)


def test_a_reused_connection_knows_its_proxy(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(forward(), respond(encode_response(b"no", "407 x"))) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        make: Any = HttpxTransport if kind == "sync" else AsyncHttpxTransport
        transport = make(make_options(base_url=PLAIN))
        with EventLoop() as loop:
            loop.complete(transport.call(GET, get_data))
            with pytest.raises(errors.EigenpalError, match="set HTTP_PROXY to http://user:"):
                loop.complete(transport.call(GET, get_data))
            loop.complete(transport.close() if kind == "sync" else transport.aclose())
        assert proxy.connection_count == 1


def test_a_client_of_httpx_shows_its_proxy() -> None:
    """Fails when httpx renames what `add_route` reads; then errors no longer name the proxy of an ``http_client``."""
    from eigenpal._transport.connections import add_route
    from eigenpal._transport.request_trace import RequestTrace

    trace = RequestTrace({}, None, time.monotonic)
    with httpx.Client(proxy="http://user:password@proxy.test:3128") as client:
        add_route(client, httpx.URL(SECURE), trace)
    assert str(trace.proxy) == "http://proxy.test:3128 (http_client)"
