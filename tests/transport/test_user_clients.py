"""The user's own httpx client: it is used for sending, and neither closed nor changed."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import FaultyServer, encode_json_response, respond
from tests.support.script import BASE_URL, Script, ok

from .harness import GET, KEY, START, EitherTransport, get_data, make_options


def test_the_users_client_is_not_changed_and_changes_nothing(kind: Kind) -> None:
    requests: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        headers = [
            ("Set-Cookie", "session=ours; Path=/"),
            ("Set-Cookie", "kept=; Max-Age=0; Path=/"),
            ("Set-Cookie", "both=ours; Path=/"),
        ]
        return httpx.Response(200, json={}, headers=headers)

    settings: dict[str, Any] = {
        "transport": httpx.MockTransport(handler),
        "headers": {"Authorization": "Basic theirs", "X-Theirs": "1", "Accept": "text/html"},
        "params": {"theirs": "1"},
        "auth": ("user", "password"),
        "base_url": "https://theirs.test",
        "timeout": 1.0,
        "follow_redirects": True,
    }
    client: Any = httpx.Client(**settings) if kind == "sync" else httpx.AsyncClient(**settings)
    client.cookies.set("kept", "1", domain="eigenpal.test")
    client.cookies.set("both", "theirs", domain="eigenpal.test")

    def get_state() -> Any:
        cookies = {cookie.name: cookie.value for cookie in client.cookies.jar}
        return dict(client.headers), cookies, client.base_url, client.is_closed

    before = get_state()
    transport: Any = (HttpxTransport if kind == "sync" else AsyncHttpxTransport)(make_options(), http_client=client)
    with EventLoop() as loop:
        loop.complete(transport.call(GET, get_data))
        loop.complete(transport.call(START, get_data))
        assert get_state() == before
        loop.complete(client.close() if kind == "sync" else client.aclose())
    assert len(requests) == 2
    for request in requests:
        assert str(request.url).startswith(BASE_URL)
        assert request.url.query == b""
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        assert "X-Theirs" not in request.headers
        assert "Cookie" not in request.headers
        assert request.extensions["timeout"]["read"] == 60.0
    assert KEY not in repr(client.headers.raw)


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
    with pytest.raises(errors.EigenpalError, match="the http_client of this client is closed"):
        other.call(GET, get_data)


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        (
            HttpxTransport,
            httpx.AsyncClient,
            r"an httpx\.Client, not httpx\.AsyncClient; use it with AsyncEigenpalClient$",
        ),
        (
            AsyncHttpxTransport,
            httpx.Client,
            r"an httpx\.AsyncClient, not httpx\.Client; use it with EigenpalClient$",
        ),
        (HttpxTransport, object, r"must be an httpx\.Client, not builtins\.object"),
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
