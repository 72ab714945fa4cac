"""The caller's own httpx client: used for sending, and neither closed nor changed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport

from .faulty_server import FaultyServer, encode_json_response, respond
from .harness import BASE_URL, GET, KEY, START, EitherTransport, Kind, Script, get_data, make_options, ok


def test_a_borrowed_client_is_not_changed_and_changes_nothing() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        headers = [
            ("Set-Cookie", "session=ours; Path=/"),
            ("Set-Cookie", "kept=; Max-Age=0; Path=/"),
            ("Set-Cookie", "both=ours; Path=/"),
        ]
        return httpx.Response(200, json={}, headers=headers)

    client = httpx.Client(
        transport=httpx.MockTransport(handler),
        headers={"Authorization": "Basic theirs", "X-Theirs": "1", "Accept": "text/html"},
        params={"theirs": "1"},
        auth=("user", "password"),
        base_url="https://theirs.test",
        timeout=1.0,
        follow_redirects=True,
    )
    client.cookies.set("kept", "1", domain="eigenpal.test")
    client.cookies.set("both", "theirs", domain="eigenpal.test")
    before = (dict(client.headers), {cookie.name: cookie.value for cookie in client.cookies.jar}, client.base_url)
    transport = HttpxTransport(make_options(), http_client=client)
    transport.call(GET, get_data)
    transport.call(START, get_data)
    assert (
        dict(client.headers),
        {cookie.name: cookie.value for cookie in client.cookies.jar},
        client.base_url,
    ) == before
    for request in seen:
        assert str(request.url).startswith(BASE_URL)
        assert request.url.query == b""
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        assert "X-Theirs" not in request.headers
        assert "Cookie" not in request.headers
        assert request.extensions["timeout"]["read"] == 60.0
    assert KEY not in repr(client.headers.raw)
    client.close()


def test_hooks_of_a_borrowed_client_that_raise_for_a_status() -> None:
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


def test_hooks_of_a_borrowed_client_that_read() -> None:
    with FaultyServer(respond()) as server:
        with httpx.Client(event_hooks={"response": [httpx.Response.read]}) as client:
            found = HttpxTransport(make_options(base_url=server.url), http_client=client).call(GET, get_data)
        assert found["id"] == "run_1"


def test_hooks_that_fail_in_their_own_way() -> None:
    def fail(request: httpx.Request) -> None:
        raise LookupError("of the caller's own")

    with httpx.Client(event_hooks={"request": [fail]}) as client, pytest.raises(LookupError, match="own"):
        HttpxTransport(make_options(), http_client=client).call(GET, get_data)


def test_a_borrowed_client_stays_open() -> None:
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
            r"an httpx\.Client, not httpx\.AsyncClient; pass that one to AsyncEigenpal",
        ),
        (
            AsyncHttpxTransport,
            httpx.Client,
            r"an httpx\.AsyncClient, not httpx\.Client; pass that one to EigenpalClient",
        ),
        (HttpxTransport, object, r"must be an httpx\.Client, not builtins\.object"),
    ],
)
def test_the_wrong_kind_of_http_client(kind: Any, wrong: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        kind(make_options(), http_client=wrong())


@pytest.mark.parametrize("error", [httpx.RequestError("odd"), httpx.HTTPError("odd"), OSError("odd")], ids=repr)
def test_transports_that_fail_in_general_terms(kind: Kind, error: Exception) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match="odd") as caught:
        EitherTransport(kind, Script(error)).call(START)
    assert caught.value.outcome_unknown
