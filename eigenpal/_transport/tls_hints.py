"""What to do about a TLS failure, or about a server that does not speak the protocol of ``base_url``."""

from __future__ import annotations

import re

from eigenpal._transport.network_hints import describe_proxy
from eigenpal._transport.outcomes import TransportFailure

_PLAIN_HTTP_HINT = "The server does not speak TLS on this port; if it serves plain HTTP, use http:// in base_url."
TLS_EXPECTED_HINT = "The server does not speak plain HTTP on this port; if it expects TLS, use https:// in base_url."
_AUTHORITY_HINT = (
    "Check the certificate of {origin}.{used} For a certificate signed by your own authority, {own_authority}; "
    "for a self-signed development host, {no_verification}."
)

# By a part of the message of OpenSSL; the first that fits counts.
_HINTS = {
    "certificate has expired": "The certificate of {origin} must be renewed, or the clock of this machine is wrong.",
    "not yet valid": "Check the clock of this machine; the certificate of {origin} is not valid yet.",
    "mismatch": "The certificate of {origin} is for another host; check the host in base_url.",
    "CERTIFICATE_VERIFY_FAILED": _AUTHORITY_HINT,
    "WRONG_VERSION_NUMBER": _PLAIN_HTTP_HINT,
    "HTTP_REQUEST": _PLAIN_HTTP_HINT,
    "PACKET_LENGTH_TOO_LONG": _PLAIN_HTTP_HINT,
    "RECORD_LAYER_FAILURE": _PLAIN_HTTP_HINT,
    "RECORD_OVERFLOW": _PLAIN_HTTP_HINT,
    "UNKNOWN_PROTOCOL": _PLAIN_HTTP_HINT,
    "CERTIFICATE_REQUIRED": "The server requires a client certificate; {client_certificate}.",
    "HANDSHAKE_FAILURE": "The server accepts none of the offered ciphers, or requires a client certificate.",
    "PROTOCOL": "The server and this version of Python have no version of TLS in common.",
    "UNRECOGNIZED_NAME": "The server does not know this host; check the host in base_url.",
}
_OPTIONS = {
    "own_authority": "set SSL_CERT_FILE or REQUESTS_CA_BUNDLE to a file with the certificate of that authority, or "
    "pass verify_ssl=ssl.create_default_context(cafile=...)",
    "no_verification": "verify_ssl=False",
    "client_certificate": "pass verify_ssl=context, an ssl.SSLContext on which you have called load_cert_chain",
}
# With these, verify_ssl is refused.
_OPTIONS_OF_HTTP_CLIENT = {
    "own_authority": "create your http_client with verify=ssl.create_default_context(cafile=...)",
    "no_verification": "with verify=False",
    "client_certificate": "create your http_client with verify=context, on which you have called load_cert_chain",
}
# A TLS alert, as h11 and aiohttp report it. Other servers say it in a sentence.
_TLS_ALERT = r"(?i)illegal request line|\\x15\\x03|HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)"


def find_tls_hint(failure: TransportFailure, origin: str, *, has_http_client: bool) -> str | None:
    """Return the hint for a TLS failure, or None if its reason is unknown.

    Args:
        failure: The failure; its reason is the message of OpenSSL.
        origin: The scheme, host and port of the server.
        has_http_client: Whether the user's own HTTP client was used.
    """
    hint = next((hint for part, hint in _HINTS.items() if part.lower() in failure.reason.lower()), None)
    if hint is None:
        return None
    options = _OPTIONS_OF_HTTP_CLIENT if has_http_client else _OPTIONS
    used = f" It was checked with the certificates in {failure.certificates}." if failure.certificates else ""
    hint = hint.format(origin=origin, used="" if has_http_client else used, **options)
    if failure.is_proxy_failure:
        where = "the proxy" if failure.proxy is None else failure.proxy.source
        hint = hint.replace("base_url", where).replace(origin, describe_proxy(failure.proxy))
    return hint


def is_sign_of_tls(text: str) -> bool:
    """Return whether the text of a failure or response means that the server expected TLS."""
    return re.search(_TLS_ALERT, text) is not None
