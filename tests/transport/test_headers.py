"""The headers of every request."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from eigenpal._version import __version__
from eigenpal_generated.runtime import Request
from tests.support.event_loop import Kind
from tests.support.script import Script, ok

from .harness import FILE, GET, KEY, START, EitherTransport, make_upload


def get_sent_headers(kind: Kind, request: Request = GET, **options: Any) -> dict[str, str]:
    script = Script(ok())
    EitherTransport(kind, script, **options).call(request)
    return dict(script.requests[0].headers)


def test_every_request_identifies_the_sdk(kind: Kind) -> None:
    headers = get_sent_headers(kind)
    version = ".".join(map(str, sys.version_info[:3]))
    assert headers["x-eigenpal-sdk"] == "python"
    assert headers["x-eigenpal-sdk-version"] == __version__
    assert headers["x-eigenpal-sdk-runtime"] == f"python-{version}"
    assert re.fullmatch(r"[a-z0-9]+-[a-z0-9_]+", headers["x-eigenpal-sdk-os"])
    assert headers["user-agent"] == (
        f"eigenpal-sdk-python/{__version__} (python-{version}; {headers['x-eigenpal-sdk-os']})"
    )
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == "eigenpal.test"
    assert "content-type" not in headers
    assert "content-length" not in headers


def test_bodies_have_type_and_length(kind: Kind) -> None:
    headers = get_sent_headers(kind, START)
    assert headers["content-type"] == "application/json"
    assert int(headers["content-length"]) == len('{"target":"workflows.x","input":{}}')
    empty = get_sent_headers(kind, GET._replace(method="POST"))
    assert empty["content-length"] == "0"
    assert "content-type" not in empty
    multipart = get_sent_headers(kind, make_upload())
    assert multipart["content-type"].startswith("multipart/form-data; boundary=")
    assert "transfer-encoding" not in multipart


def test_files_are_requested_uncompressed(kind: Kind) -> None:
    headers = get_sent_headers(kind, FILE)
    assert (headers["accept"], headers["accept-encoding"]) == ("*/*", "identity")


def test_default_headers_are_applied_last(kind: Kind) -> None:
    own = {
        "X-Own": "1",
        "user-agent": "mine",
        "X-EIGENPAL-SDK": None,
        "Accept": "application/vnd+json",
        "Host": "other",
    }
    headers = get_sent_headers(kind, default_headers=own)
    assert headers["x-own"] == "1"
    assert headers["user-agent"] == "mine"
    assert headers["accept"] == "application/vnd+json"
    assert headers["host"] == "other"
    assert "x-eigenpal-sdk" not in headers
    assert "x-eigenpal-sdk-version" in headers


def test_headers_of_a_call_override_default_headers(kind: Kind) -> None:
    request = START._replace(headers=(("X-Eigenpal-Trigger", "cli"),))
    headers = get_sent_headers(kind, request, default_headers={"X-Eigenpal-Trigger": "api"})
    assert headers["x-eigenpal-trigger"] == "cli"


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8787", "http://[::1]:8787", "https://host:443"])
def test_host(kind: Kind, base_url: str) -> None:
    assert get_sent_headers(kind, base_url=base_url)["host"] == base_url.partition("//")[2].removesuffix(":443")


def test_urls(kind: Kind) -> None:
    script = Script(ok())
    request = GET._replace(query=(("status", "a,b"), ("search", "ä b&c=d/e?#%+"), ("empty", "")))
    EitherTransport(kind, script, base_url="https://host/eigenpal").call(request)
    url = script.requests[0].url
    assert url.path == "/eigenpal/api/v1/runs/run_1"
    assert url.raw_path == (
        b"/eigenpal/api/v1/runs/run_1?status=a%2Cb&search=%C3%A4%20b%26c%3Dd%2Fe%3F%23%25%2B&empty="
    )
    assert dict(url.params) == dict(request.query)


def test_arguments_that_do_not_fit_a_url(kind: Kind) -> None:
    script = Script(ok())
    with pytest.raises(ValueError, match="search"):
        EitherTransport(kind, script).call(GET._replace(query=(("search", "\ud800"),)))
    with pytest.raises(ValueError, match="the URL has 1000"):
        EitherTransport(kind, script).call(GET._replace(query=(("search", "x" * 100_000),)))
    assert script.requests == []


def test_bodies_that_cannot_be_json(kind: Kind) -> None:
    script = Script(ok())
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    for body, message in (
        ({"a": "\ud800"}, "surrogate"),
        ({"a": nested}, "too deeply"),
        ({"a": float("nan")}, "Out of range"),
    ):
        with pytest.raises(ValueError, match=message):
            EitherTransport(kind, script).call(START._replace(json=body))
    assert script.requests == []


def test_text_is_sent_as_utf_8(kind: Kind) -> None:
    script = Script(ok())
    EitherTransport(kind, script).call(START._replace(json={"a": "ü€😀\x00"}))
    assert script.bodies[0] == '{"a":"ü€😀\\u0000"}'.encode()
