"""Proxies and certificates from the environment, which httpx reads when a client sends its first request."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eigenpal.errors import EigenpalError
from tests.support.event_loop import Kind

from .harness import GET, EitherTransport

_PROXIES = "check HTTP_PROXY"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ALL_PROXY", "carrier-pigeon://user:secret@proxy.test", _PROXIES),
        ("HTTP_PROXY", "http://user:secret/word@proxy.test", _PROXIES),
        ("HTTPS_PROXY", "http://proxy.test:port", _PROXIES),
        ("NO_PROXY", "localhost,[::1]", _PROXIES),
        ("SSL_CERT_FILE", "missing.pem", "check SSL_CERT_FILE"),
        ("SSLKEYLOGFILE", "missing/keys.log", "the file to log TLS keys to cannot be opened.* check SSLKEYLOGFILE"),
    ],
)
def test_invalid_settings_raise_a_clear_error(
    kind: Kind, name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(EigenpalError, match=message) as caught:
        EitherTransport(kind, base_url="https://127.0.0.1:1").call(GET)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
    assert not caught.value.outcome_unknown


def test_a_certificate_file_without_certificates(kind: Kind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "empty.pem"
    path.write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(EigenpalError, match="cannot be read"):
        EitherTransport(kind, base_url="https://127.0.0.1:1").call(GET)


def test_a_proxy_that_needs_another_package(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(EigenpalError, match="socksio"):
        EitherTransport(kind, base_url="https://127.0.0.1:1").call(GET)
