"""Which redirects are followed, and which headers they keep."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given, strategies as st

from eigenpal import errors
from eigenpal._transport.redirects import RedirectRefusedError, resolve_redirect
from eigenpal_generated.runtime import Request
from tests.support.event_loop import Kind
from tests.support.script import BASE_URL, Script, ok

from .harness import CANCEL, FILE, GET, KEY, PATCH, START, EitherTransport

HERE = f"{BASE_URL}/api/v1/runs/run_1"
SECRETS = ("authorization", "x-own", "x-eigenpal-sdk", "x-eigenpal-sdk-os", "idempotency-key")


class Site:
    """Redirects by a table of URLs and records the requests."""

    def __init__(self, status: int, table: dict[str, str]) -> None:
        self._status = status
        self._table = table
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        target = self._table.get(str(request.url))
        if target is None:
            return ok({"at": str(request.url)})
        return httpx.Response(self._status, headers={"Location": target}, content=b"moved")


def make_transport(kind: Kind, site: Any) -> EitherTransport:
    return EitherTransport(kind, site, default_headers={"X-Own": "gateway-secret"}, max_retries=1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_", [GET, FILE])
def test_a_redirect_within_the_origin_keeps_the_key(kind: Kind, status: int, request_: Request) -> None:
    site = Site(status, {BASE_URL + request_.path: "/elsewhere?x=1"})
    make_transport(kind, site).call(request_)
    first, second = site.requests
    assert str(second.url) == f"{BASE_URL}/elsewhere?x=1"
    assert second.method == "GET"
    assert second.headers["Authorization"] == first.headers["Authorization"] == f"Bearer {KEY}"
    assert second.headers["X-Own"] == "gateway-secret"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_", [GET, FILE])
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://file_server.test/a",
        "https://eigenpal.test:8443/a",
        "https://sub.eigenpal.test/a",
        "https://eigenpal.test.evil.test/a",
        "//file_server.test/a",
        "HTTPS://STORAGE.test/a",
    ],
)
def test_a_redirect_to_another_origin_loses_key_and_default_headers(
    kind: Kind, status: int, request_: Request, elsewhere: str
) -> None:
    site = Site(status, {BASE_URL + request_.path: elsewhere})
    make_transport(kind, site).call(request_)
    second = site.requests[1]
    assert not any(name in second.headers for name in SECRETS)
    assert KEY not in str(second.headers.raw)
    assert "gateway-secret" not in str(second.headers.raw)
    assert second.headers["Host"] == second.url.netloc.decode()


def test_a_redirect_back_to_the_origin_does_not_restore_them(kind: Kind) -> None:
    site = Site(302, {HERE: "https://file_server.test/a", "https://file_server.test/a": f"{BASE_URL}/back"})
    make_transport(kind, site).call(GET)
    assert [urlsplit(str(request.url)).netloc for request in site.requests] == [
        "eigenpal.test",
        "file_server.test",
        "eigenpal.test",
    ]
    assert not any(name in site.requests[2].headers for name in SECRETS)


def test_a_retry_starts_at_the_original_url(kind: Kind) -> None:
    script = Script(
        httpx.Response(302, headers={"Location": "https://file_server.test/a"}),
        httpx.Response(503),
        httpx.Response(302, headers={"Location": "https://file_server.test/b"}),
        ok({"at": "b"}),
    )
    assert make_transport(kind, script).call(GET) == {"at": "b"}
    assert [str(request.url) for request in script.requests] == [
        HERE,
        "https://file_server.test/a",
        HERE,
        "https://file_server.test/b",
    ]
    assert script.requests[2].headers["Authorization"] == f"Bearer {KEY}"


def test_the_default_port_is_the_same_origin(kind: Kind) -> None:
    site = Site(302, {HERE: "https://EIGENPAL.test:443/a"})
    make_transport(kind, site).call(GET)
    assert site.requests[1].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_", [START, CANCEL, PATCH, GET._replace(method="DELETE"), GET._replace(method="PUT")])
def test_other_methods_are_not_redirected(kind: Kind, status: int, request_: Request) -> None:
    site = Site(status, {BASE_URL + request_.path: "/elsewhere"})
    with pytest.raises(errors.EigenpalResponseError, match=f"redirects a {request_.method} to {BASE_URL}") as caught:
        make_transport(kind, site).call(request_)
    assert len(site.requests) == 1
    assert caught.value.status == status
    assert "base_url may be wrong" in str(caught.value)
    # With "See Other" a server may have processed the request; with the others it has not.
    assert caught.value.outcome_unknown is (request_ is START and status in (302, 303))


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://eigenpal.test/a", "from https to http://eigenpal.test, which is not encrypted"),
        ("http://file_server.test/a", "not encrypted"),
        ("", "without a Location header"),
        ("ftp://file_server.test/a", "not allowed"),
        ("file:///etc/passwd", "not allowed"),
        ("javascript:alert(1)", "an invalid URL"),
        ("https://user:pass@file_server.test/a", "not allowed"),
        ("https://user@eigenpal.test/a", "not allowed"),
        ("https://a b/c", "not allowed"),
        ("https://file_server.test\\@eigenpal.test/", "not allowed"),
        ("https://[::1", "an invalid URL"),
        ("https://file_server.test:x/", "an invalid URL"),
        ("https://file_server.test:99999/", "malformed"),
    ],
)
def test_redirects_that_are_not_followed(kind: Kind, location: str, message: str) -> None:
    site = Site(302, {HERE: location})
    with pytest.raises(errors.EigenpalResponseError, match=message) as caught:
        make_transport(kind, site).call(GET)
    assert len(site.requests) == 1
    assert caught.value.status in (302, 0)
    assert "pass" not in str(caught.value)


def test_a_redirect_without_location(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalResponseError, match="without a Location header"):
        make_transport(kind, Script(httpx.Response(302))).call(GET)


def test_a_loop_ends(kind: Kind) -> None:
    site = Site(302, {HERE: HERE})
    with pytest.raises(errors.EigenpalResponseError, match="more than 10 times"):
        make_transport(kind, site).call(GET)
    assert len(site.requests) == 11


def test_urls_that_only_the_http_library_refuses(kind: Kind) -> None:
    for location in ("https://" + "\xfc" * 70 + ".de/", "https://xn--/a", "/" + "a" * 70_000, "https://a..b/"):
        site = Script(httpx.Response(302, headers=[(b"Location", location.encode())]), ConnectionError("no such host"))
        with pytest.raises(errors.EigenpalError):
            make_transport(kind, site).call(GET)


def test_being_refused_by_another_origin_hints_at_base_url(kind: Kind) -> None:
    script = Script(
        httpx.Response(301, headers={"Location": "https://studio.test/api/v1/runs/run_1"}), httpx.Response(401)
    )
    with pytest.raises(
        errors.EigenpalAuthError, match=r"redirected to https://studio\.test, to which the API key is not sent"
    ):
        make_transport(kind, script).call(GET)


@pytest.mark.parametrize(
    ("last", "message"),
    [
        (httpx.Response(401), "runs.get failed with 401 Unauthorized. Check the API key"),
        (httpx.ConnectError("refused"), "could not connect to https://eigenpal.test: refused"),
    ],
)
def test_an_error_does_not_mention_the_redirect_of_an_earlier_attempt(
    kind: Kind, last: httpx.Response | Exception, message: str
) -> None:
    script = Script(httpx.Response(302, headers={"Location": "https://storage.test/a"}), httpx.Response(503), last)
    with pytest.raises(errors.EigenpalError) as caught:
        make_transport(kind, script).call(GET)
    assert len(script.requests) == 3
    assert str(caught.value).startswith(message)
    assert "storage.test" not in str(caught.value)


@pytest.mark.parametrize("failure", [httpx.Response(401), httpx.ConnectError("refused")])
@pytest.mark.parametrize("elsewhere", [f"https://{KEY}.test/a", f"https://file_server.test?signature={KEY}"])
def test_an_error_shows_nothing_secret_of_a_redirect(
    kind: Kind, elsewhere: str, failure: httpx.Response | Exception
) -> None:
    redirect = httpx.Response(302, headers={"Location": elsewhere})
    script = Script(redirect, failure, redirect, failure)
    with pytest.raises(errors.EigenpalError, match=r"https://(\*\*\*|file_server)\.test[,:]") as caught:
        make_transport(kind, script).call(GET)
    assert KEY not in str(caught.value)
    assert "signature" not in str(caught.value)


def test_from_http_to_https_is_followed_without_the_key(kind: Kind) -> None:
    site = Site(308, {"http://eigenpal.test/api/v1/runs/run_1": HERE})
    EitherTransport(kind, site, base_url="http://eigenpal.test").call(GET)
    assert str(site.requests[1].url) == HERE
    assert "Authorization" not in site.requests[1].headers


@given(st.text(max_size=100))
def test_any_location_is_resolved_or_refused(location: str) -> None:
    target = HERE
    with contextlib.suppress(RedirectRefusedError):
        target = resolve_redirect("GET", HERE, location, 0)
    parts = urlsplit(target)
    assert parts.scheme == "https"
    assert parts.hostname
    assert parts.fragment == ""
