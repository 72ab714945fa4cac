"""How the API key is sent, to which origins, and that it is shown nowhere."""

from __future__ import annotations

import base64
import logging
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal_generated.runtime import BEARER, Credential, Request
from tests.support.event_loop import Kind
from tests.support.script import BASE_URL, Script, error_response, ok

from .harness import FILE, GET, EitherTransport

KEY = "user:p+ss/w&rd=%"
QUOTED = "user%3Ap%2Bss%2Fw%26rd%3D%25"
BASIC = base64.b64encode(KEY.encode()).decode()

SENT: list[tuple[Credential | None, dict[str, str], str]] = [
    (BEARER, {"authorization": f"Bearer {KEY}"}, ""),
    (Credential("basic"), {"authorization": f"Basic {BASIC}"}, ""),
    (Credential("header", "X-API-Key"), {"x-api-key": KEY}, ""),
    (Credential("cookie", "session"), {"cookie": "own=1; session=user:p+ss/w&rd=%25; theme=dark"}, ""),
    (Credential("query", "api key"), {}, f"&api%20key={QUOTED}"),
    (None, {}, ""),
]
NAMES = ("authorization", "x-api-key")
CREDENTIALS = [credential for credential, _, _ in SENT]


def make_request(credential: Credential | None, **changes: Any) -> Request:
    return GET._replace(credential=credential, query=(("q", "a b"),), headers=(("Cookie", "theme=dark"),), **changes)


@pytest.mark.parametrize(("credential", "headers", "query"), SENT)
def test_the_key_is_sent_as_the_operation_says(
    kind: Kind, credential: Credential | None, headers: dict[str, str], query: str
) -> None:
    script = Script(error_response(503), ok())
    EitherTransport(kind, script, api_key=KEY, default_headers={"Cookie": "own=1"}).call(make_request(credential))
    for request in script.requests:
        found = dict(request.headers)
        assert {name: found[name] for name in (*NAMES, "cookie") if name in found} == {
            "cookie": "own=1; theme=dark",
            **headers,
        }
        assert str(request.url) == f"{BASE_URL}{GET.path}?q=a%20b{query}"
    assert len(script.requests) == 2


def test_a_basic_key_without_a_colon_is_a_user_without_a_password(kind: Kind) -> None:
    script = Script(ok())
    EitherTransport(kind, script, api_key="sk_1").call(make_request(Credential("basic")))
    assert script.requests[0].headers["authorization"] == f"Basic {base64.b64encode(b'sk_1:').decode()}"


@pytest.mark.parametrize("credential", CREDENTIALS)
@pytest.mark.parametrize("is_foreign", [False, True])
def test_a_redirect_keeps_the_key_only_within_the_origin(
    kind: Kind, credential: Credential | None, is_foreign: bool
) -> None:
    location = ("https://elsewhere.test" if is_foreign else BASE_URL) + "/moved?x=1"
    script = Script(httpx.Response(307, headers={"Location": location}), ok())
    EitherTransport(kind, script, api_key=KEY).call(make_request(credential))
    first, second = script.requests
    if is_foreign:
        assert str(second.url) == location
        assert not any(name in second.headers for name in (*NAMES, "cookie"))
    else:
        assert str(second.url) == location + str(first.url).partition("a%20b")[2]
        assert [second.headers.get(name) for name in NAMES] == [first.headers.get(name) for name in NAMES]
        assert second.headers["cookie"] == first.headers["cookie"]


def test_a_redirect_within_the_origin_that_repeats_the_key_has_it_once(kind: Kind) -> None:
    location = f"{BASE_URL}/moved?key={QUOTED}&x=1"
    script = Script(httpx.Response(307, headers={"Location": location}), ok())
    EitherTransport(kind, script, api_key=KEY).call(make_request(Credential("query", "key")))
    assert str(script.requests[1].url) == location


@pytest.mark.parametrize("query", [f"key={QUOTED}", f"next=%2Fa%3Fkey%3D{QUOTED.replace('%', '%25')}"])
def test_a_redirect_that_takes_the_key_to_another_origin_is_refused(kind: Kind, query: str) -> None:
    script = Script(httpx.Response(307, headers={"Location": f"https://elsewhere.test/?{query}"}), ok())
    with pytest.raises(errors.EigenpalResponseError, match=r"to https://elsewhere.test with the API key in the URL"):
        EitherTransport(kind, script, api_key=KEY).call(make_request(Credential("query", "key")))
    assert len(script.requests) == 1


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_the_key_is_neither_logged_nor_shown(
    kind: Kind, credential: Credential | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def repeat(request: httpx.Request) -> httpx.Response:
        return error_response(404, f"no {request.url} with {dict(request.headers)}, nor {KEY}")

    with pytest.raises(errors.EigenpalNotFoundError) as caught:
        EitherTransport(kind, repeat, api_key=KEY).call(make_request(credential))
    failed = httpx.ConnectError(f"cannot reach /?key={QUOTED}")
    with pytest.raises(errors.EigenpalConnectionError) as broken:
        EitherTransport(kind, Script(failed), api_key=KEY, max_retries=0).call(make_request(credential))
    shown = f"{caught.value} {caught.value.envelope} {broken.value} {caplog.text}"
    assert "HTTP Request: GET" in shown
    for secret in (KEY, QUOTED, BASIC, "p+ss/w&rd"):
        assert secret not in shown


def test_a_download_carries_the_key_as_well(kind: Kind) -> None:
    script = Script(httpx.Response(200, content=b"abc"))
    assert EitherTransport(kind, script, api_key=KEY).call(FILE._replace(credential=Credential("query", "k"))) == b"abc"
    assert script.requests[0].url.query == f"k={QUOTED}".encode()
