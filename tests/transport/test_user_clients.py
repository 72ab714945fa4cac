"""The user's own httpx client: it is used for sending, and neither closed nor changed."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    Connection,
    FaultyServer,
    encode_json_response,
    encode_response,
    reset_early,
    respond,
    send_then,
)
from tests.support.script import BASE_URL, Script, error_response, ok

from .harness import FILE, GET, KEY, START, EitherTransport, get_data, make_options, make_upload

LIBRARIES = pytest.mark.parametrize("name", ["httpx", "httpx2"])


def open_http_client(library: Any, kind: Kind, handler: Callable[[Any], Any], **settings: Any) -> Any:
    create = library.Client if kind == "sync" else library.AsyncClient
    return create(transport=library.MockTransport(handler), **settings)


def open_transport(kind: Kind, client: Any, **options: Any) -> Any:
    return (HttpxTransport if kind == "sync" else AsyncHttpxTransport)(make_options(**options), http_client=client)


@LIBRARIES
def test_the_users_client_is_not_changed(kind: Kind, name: str) -> None:
    library = pytest.importorskip(name)
    requests: list[Any] = []

    def handler(request: Any) -> Any:
        requests.append(request)
        headers = [
            ("Set-Cookie", "session=ours; Path=/"),
            ("Set-Cookie", "kept=; Max-Age=0; Path=/"),
            ("Set-Cookie", "both=ours; Path=/"),
        ]
        return library.Response(200, json={}, headers=headers)

    client = open_http_client(library, kind, handler, timeout=1.0, follow_redirects=True)
    client.cookies.set("kept", "1", domain="eigenpal.test")
    client.cookies.set("both", "theirs", domain="eigenpal.test")
    client.cookies.set("other", "secret", domain="other.test")

    def get_state() -> Any:
        cookies = {cookie.name: cookie.value for cookie in client.cookies.jar}
        return dict(client.headers), cookies, client.base_url, client.is_closed

    before = get_state()
    transport = open_transport(kind, client)
    with EventLoop() as loop:
        loop.complete(transport.call(GET, get_data))
        loop.complete(transport.call(START, get_data))
        assert get_state() == before
        loop.complete(client.close() if kind == "sync" else client.aclose())
    assert len(requests) == 2
    for request in requests:
        assert str(request.url).startswith(BASE_URL)
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        assert sorted(request.headers["Cookie"].split("; ")) == ["both=theirs", "kept=1"]
        assert request.extensions["timeout"]["read"] == 60.0
    assert KEY not in repr(client.headers.raw)


@LIBRARIES
def test_headers_and_params_of_the_users_client_are_sent(kind: Kind, name: str) -> None:
    library = pytest.importorskip(name)
    requests: list[Any] = []

    def handler(request: Any) -> Any:
        requests.append(request)
        if len(requests) == 2:
            return library.Response(302, headers={"Location": "https://elsewhere.test/x"})
        return library.Response(200, json={"id": "run_1"})

    headers = [("X-Theirs", "1"), ("X-Theirs", "2"), ("User-Agent", "theirs/1"), ("X-Both", "theirs")]
    client = open_http_client(library, kind, handler, headers=headers, params={"tenant": "a b", "search": "theirs"})
    transport = open_transport(kind, client, default_headers={"X-Both": "ours"})
    with EventLoop() as loop:
        loop.complete(transport.call(GET._replace(query=(("search", "ours"),)), get_data))
        # They may change at any time, and copies follow them too.
        client.headers["X-Theirs"] = "3"
        client.params = {"tenant": "c"}
        copy = transport.with_options(transport.options._replace(timeout_seconds=5.0))
        loop.complete(copy.call(GET, get_data))
        client.headers["X-Theirs"] = "4"
        loop.complete(copy.call(GET, get_data))
        loop.complete(client.close() if kind == "sync" else client.aclose())
    first, second, redirected, last = requests
    assert first.url.query == b"search=ours&tenant=a%20b"
    assert [first.headers[header] for header in ("X-Theirs", "User-Agent", "X-Both")] == ["1, 2", "theirs/1", "ours"]
    assert first.headers["Authorization"] == f"Bearer {KEY}"
    assert first.headers["Accept"] == "application/json"
    assert (second.url.query, second.headers["X-Theirs"]) == (b"tenant=c", "3")
    assert redirected.url.query == b""
    assert "X-Theirs" not in redirected.headers
    assert not redirected.headers["User-Agent"].startswith("theirs")
    assert last.headers["X-Theirs"] == "4"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "auth": ({"auth": ("user", "secret")}, "http_client has auth, which would replace the API key; pass the key as "),
    "header": ({"headers": {"Authorization": "Basic secret"}}, "http_client must not set the header Authorization: "),
    "encoding": ({"headers": {"Accept-Encoding": "br"}}, "http_client must not set the header Accept-Encoding: "),
    "base_url": ({"base_url": "https://secret.test"}, "http_client has a base_url of its own, which is not used; "),
}


@pytest.mark.parametrize("setting", REFUSED)
@LIBRARIES
def test_settings_that_cannot_be_used_are_refused(kind: Kind, name: str, setting: str) -> None:
    library = pytest.importorskip(name)
    settings, message = REFUSED[setting]
    requests: list[Any] = []
    with EventLoop() as loop:
        client = open_http_client(library, kind, requests.append, **settings)
        with pytest.raises(ValueError, match=message) as caught:
            open_transport(kind, client)
        assert "secret" not in str(caught.value)
        loop.complete(client.close() if kind == "sync" else client.aclose())
        # The same if it is set later.
        client = open_http_client(library, kind, requests.append)
        transport = open_transport(kind, client)
        for attribute, value in settings.items():
            setattr(client, attribute, value)
        with pytest.raises(ValueError, match=message):
            loop.complete(transport.call(GET, get_data))
        loop.complete(client.close() if kind == "sync" else client.aclose())
    assert requests == []


@pytest.mark.parametrize("base_url", [BASE_URL, f"{BASE_URL}/", f"{BASE_URL}/api/v1"])
def test_the_same_base_url_is_no_contradiction(kind: Kind, base_url: str) -> None:
    transport = EitherTransport(kind, Script(ok()), http={"base_url": base_url})
    assert transport.call(GET)["id"] == "run_1"


def test_secrets_of_the_users_client_are_redacted(kind: Kind) -> None:
    secret = "gateway-secret-0123456789"
    for http in ({"headers": {"X-Gateway": secret}}, {"params": {"key": secret}}, {"cookies": {"session": secret}}):
        script = Script(error_response(401, f"unknown {secret}"))
        with pytest.raises(errors.EigenpalAuthError, match=r"unknown \*\*\*"):
            EitherTransport(kind, script, http=http).call(GET)
        assert secret in str(script.requests[0].url) + str(script.requests[0].headers.raw)


@LIBRARIES
def test_real_calls_uploads_downloads_and_failures(kind: Kind, name: str, tmp_path: Path) -> None:
    library = pytest.importorskip(name)
    source = tmp_path / "contract.pdf"
    source.write_bytes(b"%PDF" * 100_000)
    content = bytes(range(256)) * 1000
    file = respond(encode_response(content, content_type="x/y"))
    failing = send_then(b"", Connection.reset)
    with FaultyServer(respond(), respond(), file, reset_early, respond(), failing) as server, EventLoop() as loop:
        client = (library.Client if kind == "sync" else library.AsyncClient)()
        transport = open_transport(kind, client, base_url=server.url)
        assert loop.complete(transport.call(START, get_data))["id"] == "run_1"
        assert loop.complete(transport.call(make_upload(contract=source), get_data))["id"] == "run_1"
        loop.complete(transport.download(FILE, tmp_path / "out", None))
        loop.complete(client.close() if kind == "sync" else client.aclose())
        client = (library.Client if kind == "sync" else library.AsyncClient)()
        transport = open_transport(kind, client, base_url=server.url)
        assert loop.complete(transport.call(GET, get_data))["id"] == "run_1"
        with pytest.raises(errors.EigenpalConnectionError, match="was lost before the response to run") as caught:
            loop.complete(transport.call(START, get_data))
        loop.complete(client.close() if kind == "sync" else client.aclose())
    assert caught.value.outcome_unknown
    assert b"%PDF" * 100_000 in server.requests[1].body
    assert (tmp_path / "out").read_bytes() == content


def test_a_subclass_keeps_its_own_state(kind: Kind) -> None:
    class CountingClient(httpx.Client):
        calls = 0

        def send(self, *args: Any, **options: Any) -> httpx.Response:
            self.calls += 1
            return super().send(*args, **options)

    class AsyncCountingClient(httpx.AsyncClient):
        calls = 0

        async def send(self, *args: Any, **options: Any) -> httpx.Response:
            self.calls += 1
            return await super().send(*args, **options)

    mock = httpx.MockTransport(Script(ok()))
    if kind == "sync":
        with CountingClient(transport=mock) as client:
            HttpxTransport(make_options(), http_client=client).call(GET, get_data)
            assert client.calls == 1
        return

    async def main() -> None:
        async with AsyncCountingClient(transport=mock) as client:
            await AsyncHttpxTransport(make_options(), http_client=client).call(GET, get_data)
            assert client.calls == 1

    asyncio.run(main())


def test_a_subclass_that_closes_itself_registers_itself_and_sets_cookies(kind: Kind) -> None:
    registered: list[type] = []

    class Client(httpx.Client):
        def __init_subclass__(cls, *, name: str) -> None:
            registered.append(cls)

        def __del__(self) -> None:
            self.close()

        def send(self, *args: Any, **options: Any) -> httpx.Response:
            self.cookies = {"theirs": "1"}
            return super().send(*args, **options)

    class AsyncClient(httpx.AsyncClient):
        def __init_subclass__(cls, *, name: str) -> None:
            registered.append(cls)

        def __del__(self) -> None:
            self._state = type(self._state).CLOSED

        async def send(self, *args: Any, **options: Any) -> httpx.Response:
            self.cookies = {"theirs": "1"}
            return await super().send(*args, **options)

    mock = httpx.MockTransport(Script(ok(**{"Set-Cookie": "ours=1"})))

    def check(client: httpx.Client | httpx.AsyncClient) -> None:
        gc.collect()
        assert not client.is_closed
        assert dict(client.cookies) == {"theirs": "1"}
        assert registered == []

    if kind == "sync":
        with Client(transport=mock) as client:
            HttpxTransport(make_options(), http_client=client).call(GET, get_data)
            check(client)
            client.get(BASE_URL)
        return

    async def main() -> None:
        async with AsyncClient(transport=mock) as client:
            await AsyncHttpxTransport(make_options(), http_client=client).call(GET, get_data)
            check(client)
            await client.get(BASE_URL)

    asyncio.run(main())


def test_event_hooks_that_raise_for_a_status() -> None:
    def with_body(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    def without_body(response: httpx.Response) -> None:
        response.raise_for_status()

    for hook, message in ((with_body, "no such run"), (without_body, "404 Not Found")):
        with FaultyServer(
            respond(encode_json_response({"issues": [{"message": "no such run"}]}, status="404 Not Found"))
        ) as server:
            client = httpx.Client(event_hooks={"response": [hook]})
            with client, pytest.raises(errors.EigenpalNotFoundError, match=message):
                HttpxTransport(make_options(base_url=server.url), http_client=client).call(GET, get_data)


def test_event_hooks_that_read() -> None:
    with FaultyServer(respond()) as server:
        with httpx.Client(event_hooks={"response": [httpx.Response.read]}) as client:
            run = HttpxTransport(make_options(base_url=server.url), http_client=client).call(GET, get_data)
        assert run["id"] == "run_1"


def test_exceptions_of_event_hooks_pass_through() -> None:
    def fail(request: httpx.Request) -> None:
        raise LookupError("from the hook")

    with (
        httpx.Client(event_hooks={"request": [fail]}) as client,
        pytest.raises(LookupError, match="from the hook"),
    ):
        HttpxTransport(make_options(), http_client=client).call(GET, get_data)


def test_the_users_client_stays_open() -> None:
    client = httpx.Client(transport=httpx.MockTransport(Script(ok())))
    transport = HttpxTransport(make_options(), http_client=client)
    transport.call(GET, get_data)
    transport.close()
    assert not client.is_closed
    other = HttpxTransport(make_options(), http_client=client)
    client.close()
    with pytest.raises(errors.EigenpalError, match="the http_client that was passed to this client is closed"):
        other.call(GET, get_data)


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        (
            HttpxTransport,
            httpx.AsyncClient,
            r"an httpx\.Client or httpx2\.Client, not httpx\.AsyncClient; use it with AsyncEigenpalClient$",
        ),
        (
            AsyncHttpxTransport,
            httpx.Client,
            r"an httpx\.AsyncClient or httpx2\.AsyncClient, not httpx\.Client; use it with EigenpalClient$",
        ),
        (HttpxTransport, object, r"must be an httpx\.Client or httpx2\.Client, not builtins\.object"),
    ],
)
def test_wrong_types_of_http_client(kind: Any, wrong: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        kind(make_options(), http_client=wrong())


@pytest.mark.parametrize("error", [httpx.RequestError("odd"), httpx.HTTPError("odd"), OSError("odd")], ids=repr)
def test_general_exceptions_of_transports(kind: Kind, error: Exception) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match="odd") as caught:
        EitherTransport(kind, Script(error)).call(START)
    assert caught.value.outcome_unknown
