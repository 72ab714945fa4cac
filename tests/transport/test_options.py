"""The options of a client: what is refused, and that no message shows a key."""

from __future__ import annotations

import copy
import pickle
import ssl
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from eigenpal._options import DEFAULT_BASE_URL, Secret, replace_options, resolve_options

from .harness import KEY


def resolve(**given: Any) -> Any:
    given.setdefault("api_key", KEY)
    return resolve_options(**given)


def test_defaults() -> None:
    options = resolve()
    assert options.api_key.reveal() == KEY
    assert options.base_url == DEFAULT_BASE_URL == "https://app.eigenpal.com"
    assert (options.timeout_seconds, options.verify_ssl, options.max_retries) == (60.0, True, 3)
    assert options.default_headers == ()


# --- the key ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("argument", [None, ""])
def test_the_key_comes_from_the_environment(argument: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIGENPAL_API_KEY", "sk_environment")
    assert resolve_options(api_key=argument).api_key.reveal() == "sk_environment"
    assert resolve_options(api_key="sk_argument").api_key.reveal() == "sk_argument"


@pytest.mark.parametrize("variable", [None, "", "  ", "\n"])
@pytest.mark.parametrize("argument", [None, ""])
def test_without_a_key(argument: str | None, variable: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if variable is not None:
        monkeypatch.setenv("EIGENPAL_API_KEY", variable)
    with pytest.raises(ValueError, match=r"api_key=.* EIGENPAL_API_KEY"):
        resolve_options(api_key=argument)


WRONG_KEYS = [
    ("sk_secret\n", "ends with a newline.*strip"),
    ("sk_secret\r\n", "ends with a newline"),
    (" sk_secret", "begins with a space;"),
    ("sk_secret ", "ends with a space;"),
    ("sk_sec\nret", "newline"),
    ("sk_sec ret", "space"),
    ("sk_sec\x00ret", "control"),
    ("sk_secrét", "ASCII"),
    ("sk_secret\u200b", "ASCII"),
    ("Bearer sk_secret", "Bearer"),
    ("   ", "is blank"),
]


@pytest.mark.parametrize(("key", "message"), WRONG_KEYS)
def test_keys_that_cannot_be_right(key: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        resolve_options(api_key=key)
    assert "secr" not in str(caught.value).replace("it is a secret", "")
    assert str(caught.value).startswith("api_key ")
    if key.strip() and "\x00" not in key:
        monkeypatch.setenv("EIGENPAL_API_KEY", key)
        with pytest.raises(ValueError, match=message) as caught:
            resolve_options()
        assert str(caught.value).startswith("EIGENPAL_API_KEY ")


@pytest.mark.parametrize("key", [b"sk_secret", 7, ["sk_secret"], object()])
def test_keys_of_the_wrong_type(key: Any) -> None:
    with pytest.raises(TypeError, match="api_key must be a str, not") as caught:
        resolve_options(api_key=key)
    assert "secret" not in str(caught.value)


@given(st.text(min_size=1))
def test_no_message_shows_a_key(key: str) -> None:
    shown = ""
    try:
        shown = repr(resolve_options(api_key=f"sk_{key}_9f8e7d"))
    except ValueError as error:
        shown = str(error)
    assert shown
    assert "9f8e7d" not in shown


# --- the address ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_url", "base_url"),
    [
        ("https://app.eigenpal.com", "https://app.eigenpal.com"),
        ("https://app.eigenpal.com/", "https://app.eigenpal.com"),
        ("https://app.eigenpal.com///", "https://app.eigenpal.com"),
        ("https://host/eigenpal", "https://host/eigenpal"),
        ("https://host/eigenpal/", "https://host/eigenpal"),
        ("https://host/api/v1", "https://host"),
        ("https://host/api/v1/", "https://host"),
        ("https://host/eigenpal/api/v1", "https://host/eigenpal"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("HTTP://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://[::1]:8787/x", "http://[::1]:8787/x"),
        ("https://host:", "https://host"),
        ("https://@host", "https://host"),
        ("https://HOST", "https://host"),
        ("https://my_service.internal.", "https://my_service.internal."),
        ("https://xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de"),
        ("", DEFAULT_BASE_URL),
        (None, DEFAULT_BASE_URL),
    ],
)
def test_base_urls(given_url: str | None, base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve(base_url=given_url).base_url == base_url
    monkeypatch.setenv("EIGENPAL_BASE_URL", given_url or "")
    assert resolve().base_url == base_url
    assert resolve(base_url="https://argument").base_url == "https://argument"


@pytest.mark.parametrize(
    ("given_url", "message"),
    [
        ("app.eigenpal.com", "does not begin with https:// or http://"),
        ("ftp://app.eigenpal.com", "does not begin with https:// or http://"),
        ("//app.eigenpal.com", "does not begin with https:// or http://"),
        ("https:app.eigenpal.com", "has no host;"),
        ("https://", "has no host;"),
        ("https:///path", "has no host;"),
        ("https://app.eigenpal.com\n", "newline"),
        ("https://app.eigen\npal.com", "newline"),
        ("https://app.eigenpal.com /x", "space"),
        (" https://app.eigenpal.com", "space"),
        ("https://app.eigenpal.com\x00", "control"),
        ("https://app.eigenpal.com\\x", "backslash"),
        ("https://münchen.de", "xn--"),
        ("https://host?x=1", "query"),
        ("https://host?", "query"),
        ("https://host#x", "fragment"),
        ("https://user:pass@host", "user name"),
        ("https://user@host", "user name"),
        ("https://host:99999", "port"),
        ("https://host:x", "port"),
        ("https://host:0", "port"),
        ("https://host:+80", "port"),
        ("https://host:8_0/x", "port"),
        ("https://a..b", "malformed host"),
        ("https://.a", "malformed host"),
        ("https://-a.b", "malformed host"),
        ("https://" + "a" * 64 + ".com", "malformed host"),
        ("https://a*b", "malformed host"),
        ("https://[::1", "malformed host"),
        ("https://[::g]", "malformed host"),
        ("https://xn--a.de", "malformed host"),
        ("   ", "is blank"),
    ],
)
def test_base_urls_that_cannot_be_right(given_url: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        resolve(base_url=given_url)
    assert str(caught.value).endswith("; it must be a URL such as https://app.eigenpal.com")
    assert "pass@" not in str(caught.value)


@pytest.mark.parametrize("value", [b"https://host", 7, object()])
def test_base_urls_of_the_wrong_type(value: Any) -> None:
    with pytest.raises(TypeError, match="base_url must be a str"):
        resolve(base_url=value)


def test_a_key_in_the_place_of_the_address_is_not_shown() -> None:
    for wrong in (
        KEY,
        "sk_another_key",
        f"{KEY}/x.y",
        f"https://{KEY}@host",
        f"https://host/?key={KEY}",
        f"https://host:{KEY}",
    ):
        with pytest.raises(ValueError, match="base_url") as caught:
            resolve(base_url=wrong)
        assert KEY not in str(caught.value)
        assert "another" not in str(caught.value)


# --- the rest ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), -0.0, 1e12])
def test_timeouts_that_make_no_sense(seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout_seconds"):
        resolve(timeout_seconds=seconds)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout_seconds", "60"),
        ("timeout_seconds", None),
        ("timeout_seconds", True),
        ("max_retries", 1.0),
        ("max_retries", True),
        ("max_retries", "3"),
        ("max_retries", None),
        ("max_connections", 1.0),
        ("max_connections", True),
        ("max_connections", None),
        ("verify_ssl", None),
        ("verify_ssl", 1),
        ("verify_ssl", "/etc/ssl/ca.pem"),
        ("default_headers", [("a", "b")]),
        ("default_headers", {"a": b"b"}),
        ("default_headers", {1: "b"}),
    ],
)
def test_wrong_types(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=name):
        resolve(**{name: value})


def test_a_negative_number_of_retries() -> None:
    with pytest.raises(ValueError, match="max_retries must be 0"):
        resolve(max_retries=-1)


def test_no_connections() -> None:
    with pytest.raises(ValueError, match="max_connections must be 1 or more, not 0"):
        resolve(max_connections=0)


def test_an_own_certificate_authority() -> None:
    context = ssl.create_default_context()
    assert resolve(verify_ssl=context).verify_ssl is context


@pytest.mark.parametrize(
    "name", ["Authorization", "authorization", "Content-Type", "content-length", "Range", "Accept-Encoding"]
)
def test_headers_that_belong_to_the_client(name: str) -> None:
    with pytest.raises(ValueError, match=f"must not set {name}"):
        resolve(default_headers={name: "secret"})


def test_authorization_points_to_api_key() -> None:
    with pytest.raises(ValueError, match="pass api_key instead"):
        resolve(default_headers={"Authorization": "Bearer x"})


@pytest.mark.parametrize("name", ["", "a b", "a:", "a\n", "ü", "a\x00"])
def test_header_names_that_cannot_be(name: str) -> None:
    with pytest.raises(ValueError, match="not a valid HTTP header name"):
        resolve(default_headers={name: "x"})


@pytest.mark.parametrize("value", ["secret\nX: y", "secret\r", "secrét", " secret", "secret ", "sec\x00ret", "\t"])
def test_header_values_that_cannot_be(value: str) -> None:
    with pytest.raises(ValueError, match=r"default_headers.*printable ASCII") as caught:
        resolve(default_headers={"X-Own": value})
    assert "secr" not in str(caught.value).replace("a secret", "")


def test_header_values_that_can() -> None:
    headers = resolve(
        default_headers={"X-A": "", "X-B": "a b\tc", "x-a": "last wins", "User-Agent": None}
    ).default_headers
    assert headers == (("x-a", Secret("last wins")), ("X-B", Secret("a b\tc")), ("User-Agent", None))


def test_no_secret_is_shown_pickled_or_copied() -> None:
    options = resolve(default_headers={"X-Gateway-Key": "gateway-secret"})
    assert KEY not in repr(options)
    assert "gateway-secret" not in repr(options)
    assert KEY not in str(options.api_key)
    for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            refuse(options.api_key)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(options)


def test_changed_options() -> None:
    options = resolve(default_headers={"X-A": "1", "X-B": "2"})
    changed = replace_options(
        options, timeout_seconds=5, max_retries=0, verify_ssl=False, default_headers={"x-a": "3", "X-C": None}
    )
    assert (changed.timeout_seconds, changed.max_retries, changed.verify_ssl) == (5.0, 0, False)
    assert changed.default_headers == (("X-B", Secret("2")), ("x-a", Secret("3")), ("X-C", None))
    assert (changed.api_key, changed.base_url) == (options.api_key, options.base_url)
    assert replace_options(options) == options
    other = replace_options(options, api_key="sk_other", base_url="https://other/api/v1")
    assert (other.api_key.reveal(), other.base_url) == ("sk_other", "https://other")


@pytest.mark.parametrize(
    "change",
    [
        {"timeout_seconds": 0},
        {"max_retries": -1},
        {"base_url": "x"},
        {"api_key": "a b"},
        {"default_headers": {"a b": "c"}},
    ],
)
def test_changes_are_checked_as_well(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        replace_options(resolve(), **cast("Any", change))
