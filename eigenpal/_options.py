"""The options of a client: checked once, when it is made, so that no request has to.

No message of this module shows a key: not the value of an argument that holds one, and not a base URL that may be a
key in the wrong place.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast
from urllib.parse import SplitResult, urlsplit

from eigenpal_generated import DEFAULT_SERVER

if TYPE_CHECKING:
    import ssl

KEY_VARIABLE = "EIGENPAL_API_KEY"
URL_VARIABLE = "EIGENPAL_BASE_URL"

DEFAULT_BASE_URL = DEFAULT_SERVER

DEFAULT_TIMEOUT_SECONDS = 60.0
DEFAULT_MAX_RETRIES = 3

_API_ROOT = "/api/v1"
# Sockets take no more than a few thousand million seconds; a week is far above what anybody means.
_LONGEST_TIMEOUT = 7 * 24 * 3600.0

_HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?|")
# What of a header's value may be a credential: shorter ones are words, which an error may hold by chance.
_CREDENTIAL = re.compile(r"[^\s,;=\"\\/]{16,}")
_HOST = re.compile(r"(?=.{1,253}\.?$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?")

# What the client itself must decide for a request to be right, and why nobody else can.
_RESERVED_HEADERS = {
    "authorization": "it carries the API key; pass api_key instead",
    "content-type": "it belongs to the body of each request",
    "content-length": "it belongs to the body of each request",
    "transfer-encoding": "it belongs to the body of each request",
    "accept-encoding": "the client asks for what it can decode safely",
    "range": "it is how the client continues a download",
    "if-range": "it is how the client continues a download",
}


class Secret:
    """Text that no repr, log, traceback or pickle shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "'***'"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied; read it where it is needed")


class ClientOptions(NamedTuple):
    """What a client was told, checked. The values of headers are kept as secrets, for gateways take keys in them."""

    api_key: Secret
    base_url: str
    """Scheme, host and the path before ``/api/v1``, without a slash at the end."""
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    verify_ssl: bool | ssl.SSLContext = True
    max_retries: int = DEFAULT_MAX_RETRIES
    default_headers: tuple[tuple[str, Secret | None], ...] = ()
    """Applied over the client's own headers; None takes one of those away."""

    def has_default_header(self, name: str) -> bool:
        """Tell whether ``default_headers`` says something about a header, given in lower case."""
        return any(own.lower() == name for own, _ in self.default_headers)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What no error may show, though a server may repeat it: the API key, and what may be one in a header."""
        values = [value.reveal() for _, value in self.default_headers if value is not None]
        return (self.api_key, *(Secret(part) for value in values for part in _CREDENTIAL.findall(value)))


def resolve_options(
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    verify_ssl: bool | ssl.SSLContext = True,
    max_retries: int = DEFAULT_MAX_RETRIES,
    default_headers: Mapping[str, str | None] | None = None,
) -> ClientOptions:
    """Check the options of a client and take what is missing from the environment.

    Raises:
        TypeError: An option is of the wrong type.
        ValueError: There is no API key, or an option cannot be used. The text never shows a key.
    """
    key = _api_key(api_key)
    return ClientOptions(
        api_key=key,
        base_url=_base_url(base_url, key),
        timeout_seconds=_timeout_seconds(timeout_seconds),
        verify_ssl=_verify_ssl(verify_ssl),
        max_retries=_max_retries(max_retries),
        default_headers=_default_headers({} if default_headers is None else default_headers),
    )


def check_unused_options(verify_ssl: object, http_client: object) -> None:
    """Refuse a way to check certificates that nothing would follow.

    Raises:
        ValueError: There is an HTTP client of the user's, which checks them in its own way.
    """
    if http_client is not None and verify_ssl not in (None, True):
        raise ValueError(
            "verify_ssl has no effect on an http_client of your own, which checks certificates in its own way; "
            "pass verify=... to that one instead"
        )


def replace_options(
    options: ClientOptions,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout_seconds: float | None = None,
    verify_ssl: bool | ssl.SSLContext | None = None,
    max_retries: int | None = None,
    default_headers: Mapping[str, str | None] | None = None,
) -> ClientOptions:
    """Return options with some of them changed; None leaves one as it is, and headers are added to those there are."""
    changes: dict[str, Any] = {}
    if api_key is not None:
        changes["api_key"] = _checked_key(api_key, "api_key")
    if base_url is not None:
        changes["base_url"] = _checked_url(base_url, "base_url", changes.get("api_key", options.api_key))
    if timeout_seconds is not None:
        changes["timeout_seconds"] = _timeout_seconds(timeout_seconds)
    if verify_ssl is not None:
        changes["verify_ssl"] = _verify_ssl(verify_ssl)
    if max_retries is not None:
        changes["max_retries"] = _max_retries(max_retries)
    if default_headers is not None:
        added = _default_headers(default_headers)
        names = {name.lower() for name, _ in added}
        kept = tuple(pair for pair in options.default_headers if pair[0].lower() not in names)
        changes["default_headers"] = kept + added
    return options._replace(**changes)


# --- the key ----------------------------------------------------------------------------------------------------------


def _api_key(argument: object) -> Secret:
    if argument is not None and argument != "":
        return _checked_key(argument, "api_key")
    found = os.environ.get(KEY_VARIABLE, "")
    if not found.strip():
        raise ValueError(
            f"no API key: pass api_key=... or set the environment variable {KEY_VARIABLE} "
            "(keys are made in the dashboard, under API keys)"
        )
    return _checked_key(found, KEY_VARIABLE)


def _checked_key(value: object, source: str) -> Secret:
    if not isinstance(value, str):
        raise TypeError(f"{source} must be a str, not {type(value).__name__}")
    problem = _key_problem(value)
    if problem is not None:
        raise ValueError(f"{source} {problem} (the value is not shown here, because it is a secret)")
    return Secret(value)


def _key_problem(value: str) -> str | None:
    if not value.strip():
        return "is blank"
    if value != value.strip():
        end = "newline" if value[-1] in "\r\n" else "blank"
        side = "ends with" if value != value.rstrip() else "begins with"
        return f"{side} a {end}, as when it was read from a file; use the text without it: key.strip()"
    if value[:7].lower() == "bearer ":
        return "begins with the word Bearer, which the client puts there itself; pass the key alone"
    if not value.isascii():
        return "holds characters outside ASCII, which no API key does; was it copied from a formatted text?"
    if not value.isprintable() or " " in value:
        return "holds a newline, a blank or a control character, which no API key does"
    return None


# --- the address ------------------------------------------------------------------------------------------------------


def _base_url(argument: object, key: Secret) -> str:
    if argument is not None and argument != "":
        return _checked_url(argument, "base_url", key)
    found = os.environ.get(URL_VARIABLE, "")
    if not found.strip():
        return DEFAULT_BASE_URL
    return _checked_url(found, URL_VARIABLE, key)


def _checked_url(value: object, source: str, key: Secret) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{source} must be a str, not {type(value).__name__}")
    parts, problem = _split_url(value)
    if parts is None or problem is not None:
        raise ValueError(
            f"{source} {problem}; it must be an address such as {DEFAULT_BASE_URL}{_shown_url(value, parts, key)}"
        )
    path = parts.path.rstrip("/")
    if path.endswith(_API_ROOT):
        # Addresses are often copied with the part that every request adds by itself.
        path = path[: -len(_API_ROOT)].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _split_url(value: str) -> tuple[SplitResult | None, str | None]:
    """Take an address apart; return what is wrong with it as well."""
    if not value.strip():
        return None, "is blank"
    if not value.isascii():
        return None, "holds characters outside ASCII (write an international host in its xn-- form)"
    if not value.isprintable() or " " in value or "\\" in value:
        return None, "holds a newline, a blank, a control character or a backslash"
    try:
        parts = urlsplit(value)
    except ValueError:
        return None, "has a malformed host"
    if parts.scheme not in ("http", "https"):
        return None, "has no scheme: it begins with neither https:// nor http://"
    return parts, _parts_problem(value, parts)


def _parts_problem(value: str, parts: SplitResult) -> str | None:
    if "@" in parts.netloc:
        return "holds a user name or password, which Eigenpal does not use"
    if "?" in value or "#" in value:
        return "holds a query or a fragment"
    try:
        port = parts.port
    except ValueError:
        return "has a port that is not a number up to 65535"
    if port == 0 or parts.netloc.endswith(":"):
        return "has no usable port after the colon"
    if not parts.hostname:
        return "has no host"
    if parts.netloc.startswith("["):
        return None if _is_ip_literal(parts.hostname) else "has a malformed host"
    if _HOST.fullmatch(parts.hostname) is None:
        return "has a malformed host"
    return None


def _is_ip_literal(host: str) -> bool:
    import ipaddress

    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _shown_url(value: str, parts: SplitResult | None, key: Secret) -> str:
    if key.reveal() in value or (parts is not None and "@" in parts.netloc):
        return ""
    if parts is None and "." not in value and "/" not in value and "localhost" not in value:
        # Nothing about it looks like an address: it may be a key in the wrong place.
        return ""
    return f", not {value[:200]!r}"


# --- the rest ---------------------------------------------------------------------------------------------------------


def _timeout_seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"timeout_seconds must be a number of seconds, not {type(value).__name__}")
    if math.isnan(value) or not 0 < value <= _LONGEST_TIMEOUT:
        raise ValueError(f"timeout_seconds must be more than 0 and at most {_LONGEST_TIMEOUT:.0f}, not {value!r}")
    return float(value)


def _max_retries(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"max_retries must be an int, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"max_retries must be 0 (never repeat) or more, not {value}")
    return value


def _verify_ssl(value: object) -> bool | ssl.SSLContext:
    if isinstance(value, bool):
        return value
    # Where nobody has imported ssl, nobody can have made a context.
    module = sys.modules.get("ssl")
    if module is not None and isinstance(value, module.SSLContext):
        return cast("ssl.SSLContext", value)
    raise TypeError(
        f"verify_ssl must be a bool or an ssl.SSLContext, not {type(value).__name__}; "
        "for a certificate authority of your own pass ssl.create_default_context(cafile=...)"
    )


def _default_headers(value: object) -> tuple[tuple[str, Secret | None], ...]:
    if not isinstance(value, Mapping):
        raise TypeError(f"default_headers must be a mapping of names to values, not {type(value).__name__}")
    headers: dict[str, tuple[str, Secret | None]] = {}
    for name, text in cast("Mapping[object, object]", value).items():
        if not isinstance(name, str):
            raise TypeError(f"default_headers has a name of type {type(name).__name__}: header names are str")
        if _HEADER_NAME.fullmatch(name) is None:
            raise ValueError(f"default_headers has the name {name!r}, which no HTTP header can have")
        lowered = name.lower()
        if lowered in _RESERVED_HEADERS:
            raise ValueError(f"default_headers must not set {name}: {_RESERVED_HEADERS[lowered]}")
        headers[lowered] = (name, _header_value(name, text))
    return tuple(headers.values())


def _header_value(name: str, value: object) -> Secret | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"default_headers[{name!r}] must be a str or None, not {type(value).__name__}")
    if _HEADER_VALUE.fullmatch(value) is None:
        raise ValueError(
            f"default_headers[{name!r}] must be printable ASCII without blanks at its ends "
            "(the value is not shown here, because it may be a secret)"
        )
    return Secret(value)
