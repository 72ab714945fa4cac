"""Which URLs are sent through the proxy of the environment."""

from __future__ import annotations

import pytest

from eigenpal import _hooks
from eigenpal._hooks import EmbeddedServer
from eigenpal._transport.proxies import ProxySettings, read_proxy_settings
from eigenpal.errors import EigenpalError

PROXY = "http://proxy.test:3128"


def is_direct(url: str, no_proxy: str) -> bool:
    settings = read_proxy_settings({"NO_PROXY": no_proxy}, {"all": PROXY, "no": no_proxy})
    return settings.select(url) is None


@pytest.mark.parametrize(
    ("entry", "direct", "proxied"),
    [
        ("*", ["https://a.test", "http://10.0.0.1"], []),
        (
            "a.test",
            ["https://a.test", "https://b.a.test", "https://A.TEST.", "http://a.test:8080"],
            ["https://ba.test"],
        ),
        (".a.test", ["https://a.test", "https://b.a.test"], ["https://ba.test"]),
        ("*.A.test.", ["https://a.test", "https://b.a.test"], ["https://ba.test"]),
        ("*a.test", ["https://a.test", "https://b.a.test"], ["https://c.test"]),
        ("api-*.a.test", ["https://api-1.a.test"], ["https://a.test", "https://web.a.test"]),
        ("a.test:8443", ["https://a.test:8443", "https://b.a.test:8443"], ["https://a.test", "http://a.test"]),
        ("a.test:443", ["https://a.test"], ["http://a.test"]),
        ("a.test:*", ["https://a.test:1"], ["https://b.test:1"]),
        ("https://a.test", ["https://a.test"], ["http://a.test"]),
        ("all://a.test/", ["https://a.test", "http://a.test"], ["http://b.test"]),
        ("b\u00fccher.test", ["https://xn--bcher-kva.test"], ["https://bcher.test"]),
        ("<local>", ["https://intranet"], ["https://a.test", "https://[fd00::1]"]),
        ("10.1.2.3", ["https://10.1.2.3", "https://[::ffff:10.1.2.3]"], ["https://10.1.2.30", "https://110.1.2.3"]),
        ("10.1.2.3:8443", ["https://10.1.2.3:8443"], ["https://10.1.2.3"]),
        ("10.0.0.0/8", ["https://10.255.0.1", "https://[::ffff:10.1.2.3]"], ["https://11.0.0.1", "https://a.test"]),
        ("10.1.2.3/8", ["https://10.255.0.1"], ["https://11.0.0.1"]),
        ("10.0.0.0/255.0.0.0", ["https://10.255.0.1"], ["https://11.0.0.1"]),
        ("10.0.0.0/8:8443", ["https://10.0.0.1:8443"], ["https://10.0.0.1"]),
        ("192.168.", ["https://192.168.7.1"], ["https://192.169.7.1"]),
        ("192.168.*", ["https://192.168.7.1"], ["https://192.169.7.1"]),
        ("fd00::1", ["https://[fd00::1]", "https://[FD00:0::1]:8443"], ["https://[fd00::10]"]),
        ("[fd00::1]", ["https://[fd00::1]"], ["https://[fd00::10]"]),
        ("[fd00::1]:8443", ["https://[fd00::1]:8443"], ["https://[fd00::1]"]),
        ("fe80::1%eth0", ["https://[fe80::1]"], ["https://[fe80::2]"]),
        ("fd07:b51a:cc66:f0::/64", ["https://[fd07:b51a:cc66:f0::9]"], ["https://[fd07:b51a:cc66:f1::9]"]),
        ("[fd00::]/8", ["https://[fd12::1]"], ["https://[fe80::1]", "https://10.0.0.1"]),
        ("[fd00::/8]:443", ["https://[fd12::1]"], ["https://[fd12::1]:8443"]),
    ],
)
def test_an_entry_of_no_proxy(entry: str, direct: list[str], proxied: list[str]) -> None:
    assert [is_direct(url, entry) for url in direct] == [True] * len(direct)
    assert [is_direct(url, entry) for url in proxied] == [False] * len(proxied)
    # Among others, however they are separated.
    for value in (f"localhost, {entry} ,x.test", f"x.test {entry}", f",,{entry},"):
        assert all(is_direct(url, value) for url in direct)


@pytest.mark.parametrize("name", ["localhost", "api.localhost", "127.0.0.1", "127.8.8.8", "[::1]", "0.0.0.0", "[::]"])
def test_this_machine_is_never_reached_through_a_proxy(name: str) -> None:
    assert is_direct(f"http://{name}:8787", "")
    assert is_direct(f"http://{name}:8787", "10.0.0.0/99")


@pytest.mark.parametrize(
    "entry", ["10.0.0.0/33", "fd00::/129", "[::1", "::1]", "10.0.0.256", "a.test:port", "a.test/24", "a:b:c", "a|b"]
)
def test_an_entry_that_cannot_be_read(entry: str) -> None:
    with pytest.raises(EigenpalError) as caught:
        is_direct("https://a.example", f"x.test,{entry}")
    assert f"NO_PROXY has the entry {entry!r}, which is invalid" in str(caught.value)
    # It is no obstacle where it decides nothing.
    assert is_direct("https://a.example", f"{entry},a.example")
    assert ProxySettings({}, (entry,)).select("https://a.example") is None


@pytest.mark.parametrize(
    ("environ", "proxies", "url", "expected"),
    [
        ({"HTTPS_PROXY": PROXY}, {"https": PROXY}, "https://a.test", (PROXY, "HTTPS_PROXY")),
        ({"HTTPS_PROXY": PROXY}, {"https": PROXY}, "http://a.test", None),
        # In lower case it has precedence.
        ({"HTTP_PROXY": "x", "http_proxy": PROXY}, {"http": PROXY}, "http://a.test", (PROXY, "http_proxy")),
        ({"ALL_PROXY": PROXY}, {"all": PROXY}, "http://a.test", (PROXY, "ALL_PROXY")),
        ({"ALL_PROXY": "x", "HTTP_PROXY": PROXY}, {"all": "x", "http": PROXY}, "http://a.test", (PROXY, "HTTP_PROXY")),
        (
            {"HTTP_PROXY": "p.test:1"},
            {"http": "p.test:1"},
            "http://a.test",
            ("http://p.test:1", "HTTP_PROXY"),
        ),
        ({}, {"http": PROXY}, "http://a.test", (PROXY, "the proxy settings of the system")),
        ({"HTTP_PROXY": " "}, {"http": " "}, "http://a.test", None),
        ({}, {}, "http://a.test", None),
    ],
)
def test_the_variable_of_a_proxy(
    environ: dict[str, str], proxies: dict[str, str], url: str, expected: tuple[str, str] | None
) -> None:
    assert read_proxy_settings(environ, proxies).select(url) == expected


def test_an_embedded_server_of_this_process_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_proxy_settings({"HTTP_PROXY": PROXY}, {"http": PROXY, "https": PROXY})
    server = EmbeddedServer("10.1.2.3", lambda: False, list[float]().append)
    monkeypatch.setitem(_hooks.embedded_servers, 8787, server)
    assert settings.select("http://10.1.2.3:8787") is None
    for other in ("http://10.1.2.3:8788", "http://10.1.2.4:8787", "https://10.1.2.3:8787"):
        assert settings.select(other) is not None
