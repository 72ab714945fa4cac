"""What errors advise: the cause is the right one, the advice can be followed, and no two sentences contradict."""

from __future__ import annotations

import io
import json
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from eigenpal import errors
from eigenpal._transport.error_mapping import error_from_failure
from eigenpal._transport.outcomes import TransportFailure
from eigenpal_generated.runtime import Request
from tests.support.event_loop import Kind
from tests.support.faulty_server import Connection, FaultyServer, reject_plain_http, respond
from tests.support.script import Script, error_response

from .harness import FILE, GET, POST, START, EitherTransport

ORIGIN = "https://eigenpal.test"


def call_and_fail(kind: Kind, request: Request, *responses: Any, **options: Any) -> errors.EigenpalError:
    with pytest.raises(errors.EigenpalError) as caught:
        EitherTransport(kind, Script(*responses), **options).call(request)
    return caught.value


# --- outcome unknown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("request_", [START, POST])
@pytest.mark.parametrize("status", [408, 500, 502, 504])
@pytest.mark.parametrize("hint", [None, "Please try again in a minute."])
def test_an_unknown_outcome_comes_with_no_advice_to_repeat(
    kind: Kind, request_: Request, status: int, hint: str | None
) -> None:
    response = error_response(status, hint=hint, docsUrl="https://docs.test", headers={"Retry-After": "1"})
    error = call_and_fail(kind, request_, response)
    assert error.outcome_unknown
    assert error.hint is not None
    assert "before" in error.hint
    assert not any(words in str(error).lower() for words in ("try again", "retry", "wait"))
    # What the server said is not lost.
    assert error.envelope is not None
    assert error.envelope["hint"] == hint
    assert error.hint.endswith("See https://docs.test")


@pytest.mark.parametrize("status", [400, 409, 429, 503])
def test_the_hint_of_the_server_is_shown_where_the_outcome_is_known(kind: Kind, status: int) -> None:
    error = call_and_fail(kind, START, error_response(status, hint="Please try again."), max_retries=0)
    assert not error.outcome_unknown
    assert error.hint == "Please try again."


@pytest.mark.parametrize("status", [401, 403, 413])
@pytest.mark.parametrize(
    ("message", "own"),
    [
        ("{}", None),
        ("{0}", "{0}"),
        ("Refused: {}", None),
        ("Refused.", "refused"),
    ],
)
def test_nothing_is_said_twice(kind: Kind, status: int, message: str, own: str | None) -> None:
    default = call_and_fail(kind, GET, error_response(status, error="x", issues=[])).hint or ""
    hint = None if own is None else own.format(default)
    error = call_and_fail(kind, GET, error_response(status, error=message.format(default), issues=[], hint=hint))
    assert (error.message, error.hint) == (message.format(default), None)


# --- statuses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "max_retries", "hint"),
    [
        (None, 0, "increase max_retries"),
        ("5", 1, "increase max_retries"),
        # These would not be waited for.
        ("61", 0, "Wait 61 s, as requested by the server, before the next request."),
        ("3600", 3, "Wait 3600 s, as requested by the server, before the next request."),
    ],
)
def test_max_retries_is_advised_only_where_it_helps(
    kind: Kind, status: int, retry_after: str | None, max_retries: int, hint: str
) -> None:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    error = call_and_fail(kind, START, error_response(status, headers=headers), max_retries=max_retries)
    assert hint in str(error)
    assert ("max_retries" in str(error)) is ("max_retries" in hint)


class Unseekable(io.BytesIO):
    """A file handle that cannot be read again."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation


def test_max_retries_is_not_advised_for_an_upload_that_cannot_be_repeated(kind: Kind) -> None:
    from .harness import make_upload

    handle: Any = Unseekable(b"content")
    handle.name = "a.bin"
    error = call_and_fail(kind, make_upload(a=handle), error_response(429), max_retries=0)
    assert error.hint == "Wait before the next request."


def test_a_refusal_that_is_not_from_the_api_says_nothing_about_the_key(kind: Kind) -> None:
    error = call_and_fail(kind, GET, httpx.Response(403, html="<title>Blocked by policy</title>"))
    assert "gateway, proxy or firewall" in str(error)
    assert "key" not in str(error)
    assert "The API key is valid" in str(call_and_fail(kind, GET, error_response(403)))


# --- connections ------------------------------------------------------------------------------------------------------


def test_the_origin_of_a_redirect_is_not_that_of_base_url(kind: Kind) -> None:
    redirect = httpx.Response(302, headers={"Location": "https://storage.test/a.pdf"})
    failures = [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("timeout"),
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch"),
    ]
    for failure in failures:
        error = call_and_fail(kind, FILE, redirect, failure, max_retries=0)
        assert "https://storage.test" in str(error)
        assert "base_url" not in str(error)


def test_a_reason_that_is_a_sentence(kind: Kind) -> None:
    failure = httpx.RemoteProtocolError("Server disconnected without sending a response.")
    error = call_and_fail(kind, GET, failure, max_retries=1)
    assert error.message.endswith("was complete: Server disconnected without sending a response (2 attempts)")


def test_a_pool_without_a_free_connection(kind: Kind) -> None:
    error = call_and_fail(kind, START, httpx.PoolTimeout("timeout"))
    assert type(error) is errors.EigenpalTimeoutError
    assert not error.outcome_unknown
    assert error.message == "no connection to https://eigenpal.test was free within 60 s (4 attempts)"
    assert error.hint == "Raise the limits of your http_client, or send fewer requests at a time."


# --- TLS --------------------------------------------------------------------------------------------------------------

_VERIFY = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {} (_ssl.c:1006)"


@pytest.mark.parametrize(
    ("reason", "expected", "forbidden"),
    [
        (_VERIFY.format("self-signed certificate"), "verify_ssl=ssl.create_default_context(cafile=...)", "http://"),
        (_VERIFY.format("unable to get local issuer certificate"), "verify_ssl=False", "http://"),
        (_VERIFY.format("certificate has expired"), "renewed, or the clock", "verify_ssl"),
        (_VERIFY.format("certificate is not yet valid"), "Check the clock", "verify_ssl"),
        (_VERIFY.format("Hostname mismatch, certificate is not valid for 'a'"), "for another host", "verify_ssl"),
        (_VERIFY.format("IP address mismatch, certificate is not valid for '::1'"), "for another host", "verify_ssl"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "use http:// in base_url", "certificate"),
        ("[SSL: RECORD_LAYER_FAILURE] record layer failure", "use http:// in base_url", "certificate"),
        ("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert", "load_cert_chain", "cafile"),
        ("[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] handshake failure", "none of the offered ciphers", "cafile"),
        ("[SSL: TLSV1_ALERT_PROTOCOL_VERSION] protocol version", "no version of TLS in common", "certificate"),
        ("[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol", "no version of TLS in common", "certificate"),
        ("[SSL: TLSV1_UNRECOGNIZED_NAME] unrecognized name", "does not know this host", "certificate"),
        ("[SSL: TLSV1_ALERT_INTERNAL_ERROR] internal error", "Check base_url and the network.", "certificate"),
    ],
)
def test_each_tls_failure_has_its_own_remedy(reason: str, expected: str, forbidden: str) -> None:
    failure = TransportFailure("tls", reason, sent=False)
    error = error_from_failure(GET, failure, origin=ORIGIN, timeout=1.0, attempts=1)
    assert isinstance(error, errors.EigenpalConnectionError)
    assert error.is_tls_failure
    assert error.hint is not None
    assert expected in error.hint
    assert forbidden not in error.hint
    of_user = error_from_failure(GET, failure, origin=ORIGIN, timeout=1.0, attempts=1, has_http_client=True)
    # It is refused together with http_client.
    assert "verify_ssl" not in str(of_user)
    if "verify_ssl" in expected:
        assert "create your http_client with verify=" in str(of_user)


@contextmanager
def serve_tls(certificate: tuple[ssl.SSLContext, Path]) -> Generator[str]:
    with FaultyServer(respond(), tls=certificate[0]) as server:
        yield server.url


@pytest.mark.parametrize(
    ("name", "is_trusted", "is_expired", "hint"),
    [
        ("127.0.0.1", False, False, "For a certificate signed by your own authority"),
        ("127.0.0.1", True, True, "must be renewed"),
        ("127.0.0.2", True, False, "is for another host"),
    ],
)
def test_real_certificates(
    kind: Kind, name: str, is_trusted: bool, is_expired: bool, hint: str, tmp_path: Path
) -> None:
    certificate = make_certificate(tmp_path, name, is_expired=is_expired)
    with serve_tls(certificate) as url:
        verify: Any = ssl.create_default_context(cafile=certificate[1]) if is_trusted else True
        with pytest.raises(errors.EigenpalConnectionError, match="certificate") as caught:
            EitherTransport(kind, base_url=url, verify_ssl=verify).call(GET)
    assert caught.value.is_tls_failure
    assert hint in str(caught.value)
    assert url in str(caught.value)


def make_certificate(folder: Path, name: str, *, is_expired: bool = False) -> tuple[ssl.SSLContext, Path]:
    """Return the TLS context of a server with a self-signed certificate, and the path of the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=-1 if is_expired else 1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, path


def test_https_to_a_server_without_tls(kind: Kind) -> None:
    with FaultyServer(reject_plain_http) as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(errors.EigenpalConnectionError, match="use http:// in base_url"):
            EitherTransport(kind, base_url=url).call(GET)


def test_http_to_a_tls_server_that_sends_an_alert(kind: Kind) -> None:
    def alert(connection: Connection, server: FaultyServer) -> bool:
        server.read(connection)
        connection.send(b"\x15\x03\x03\x00\x02\x02\x46")
        return False

    with FaultyServer(alert) as server, pytest.raises(errors.EigenpalConnectionError, match="use https:// in base_url"):
        EitherTransport(kind, base_url=server.url, max_retries=0).call(GET)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(400, html="<title>400 The plain HTTP request was sent to HTTPS port</title>"),
        httpx.Response(400, text="Client sent an HTTP request to an HTTPS server.\n"),
    ],
)
def test_http_to_a_tls_server_that_explains_it(kind: Kind, response: httpx.Response) -> None:
    assert "if it expects TLS, use https:// in base_url" in str(call_and_fail(kind, GET, response))


def test_a_json_body_that_cannot_be_decoded_is_not_called_invalid(kind: Kind) -> None:
    for content, problem in ((b"9" * 5000, "has a number with more digits"), (b"\xff\xff", "is not valid Unicode")):
        error = call_and_fail(kind, GET, httpx.Response(200, content=content))
        assert problem in str(error)
    assert json.loads(b"9" * 4000)
