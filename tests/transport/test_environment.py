"""Certificates from the environment, which are read when a client sends its first request."""

from __future__ import annotations

from pathlib import Path

import pytest

from eigenpal._transport.certificates import find_certificate_sources
from eigenpal.errors import EigenpalConnectionError, EigenpalError
from tests.support.certificates import make_certificate, make_server_context
from tests.support.event_loop import Kind
from tests.support.faulty_server import FaultyServer, encode_response, reject_plain_http, respond

from .harness import GET, EitherTransport

VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


def test_the_variables_that_are_set() -> None:
    assert find_certificate_sources({"SSL_CERT_FILE": ""}) == []
    found = find_certificate_sources({name: f"/{name}" for name in VARIABLES})
    assert [(source.variable, source.path) for source in found] == [(name, f"/{name}") for name in VARIABLES]


def test_all_variables_count(kind: Kind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES[:2] + VARIABLES[3:]:
        monkeypatch.setenv(name, str(tmp_path if name.endswith("DIR") else make_certificate(tmp_path / name)))
    path = make_certificate(tmp_path / "server.pem")
    with FaultyServer(respond(), tls=make_server_context(path)) as server:
        with pytest.raises(EigenpalConnectionError, match="SSL_CERT_FILE and SSL_CERT_DIR and CURL_CA_BUNDLE"):
            EitherTransport(kind, base_url=server.url).call(GET)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
        assert EitherTransport(kind, base_url=server.url).call(GET)["id"] == "run_1"


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_file_of_certificates_is_followed(
    kind: Kind, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = make_certificate(tmp_path / "server.pem")
    with FaultyServer(respond(), tls=make_server_context(path)) as server:
        monkeypatch.setenv(name, str(path))
        assert EitherTransport(kind, base_url=server.url).call(GET)["id"] == "run_1"


@pytest.mark.parametrize("name", ["SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_certificate_that_is_not_trusted_names_the_variables(
    kind: Kind, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = make_certificate(tmp_path / "server.pem")
    with FaultyServer(respond(), tls=make_server_context(path)) as server:
        # A folder, in which nothing is found by its hash.
        monkeypatch.setenv(name, str(tmp_path))
        with pytest.raises(EigenpalConnectionError) as caught:
            EitherTransport(kind, base_url=server.url).call(GET)
        monkeypatch.delenv(name)
        with pytest.raises(EigenpalConnectionError) as without:
            EitherTransport(kind, base_url=server.url).call(GET)
    assert f"It was checked with the certificates in {name}." in str(caught.value)
    assert "It was checked" not in str(without.value)
    for error in (caught.value, without.value):
        assert "set SSL_CERT_FILE or REQUESTS_CA_BUNDLE to a file" in str(error)
        assert error.is_tls_failure


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SSL_CERT_FILE", "missing.pem", "No such file or directory"),
        ("SSL_CERT_FILE", "folder", "Is a directory"),
        ("SSL_CERT_FILE", "empty.pem", "it has no certificates in PEM format"),
        ("SSL_CERT_DIR", "missing", "there is no such folder"),
        ("SSL_CERT_DIR", "empty.pem", "there is no such folder"),
        ("REQUESTS_CA_BUNDLE", "missing.pem", "No such file or directory"),
        ("CURL_CA_BUNDLE", "empty.pem", "it has no certificates in PEM format"),
        ("SSLKEYLOGFILE", "missing/keys.log", "it cannot be written: No such file or directory"),
    ],
)
def test_a_variable_that_cannot_be_used(
    kind: Kind, name: str, value: str, problem: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.pem").write_text("no certificate")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(EigenpalError) as caught:
        EitherTransport(kind, base_url="https://127.0.0.1:1").call(GET)
    assert str(caught.value) == f"TLS cannot be set up: {name} is {value!r}, but {problem}"
    assert caught.value.__context__ is None
    assert not caught.value.outcome_unknown


def test_https_to_a_port_of_plain_http_says_so(kind: Kind) -> None:
    with FaultyServer(reject_plain_http) as server, pytest.raises(EigenpalConnectionError) as caught:
        EitherTransport(kind, base_url=server.url.replace("http:", "https:")).call(GET)
    assert "The server does not speak TLS on this port; if it serves plain HTTP, use http:// in base_url." in str(
        caught.value
    )
    assert "certificate" not in str(caught.value)


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSLKEYLOGFILE"])
def test_certificates_are_not_read_for_plain_http(kind: Kind, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "missing/file")
    with FaultyServer(respond()) as server:
        assert EitherTransport(kind, base_url=server.url).call(GET)["id"] == "run_1"


def test_certificates_are_read_when_a_redirect_leads_to_https(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "missing.pem")
    redirect = respond(encode_response(b"", "302 Found", Location="https://127.0.0.1:1/"))
    with FaultyServer(redirect) as server, pytest.raises(EigenpalError) as caught:
        EitherTransport(kind, base_url=server.url).call(GET)
    assert str(caught.value).startswith("TLS cannot be set up: SSL_CERT_FILE is 'missing.pem'")
