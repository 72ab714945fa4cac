"""The options of a client, checked once when the client is created.

Error messages of this module never contain an API key, a header value, or a base URL, which may be a misplaced API key.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast

from eigenpal_generated import DEFAULT_SERVER

if TYPE_CHECKING:
    import ssl

    from eigenpal._response_info import ResponseInfo

KEY_VARIABLE = "EIGENPAL_API_KEY"
URL_VARIABLE = "EIGENPAL_BASE_URL"

DEFAULT_BASE_URL = DEFAULT_SERVER

DEFAULT_MAX_CONNECTIONS = 100

API_ROOT = "/api/v1"
# Sockets reject timeouts of more than a few billion seconds.
_MAX_TIMEOUT = 7 * 24 * 3600.0
_MAX_PORT = 65535

_HEADER_NAME = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_HEADER_VALUE = r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?|"
# httpx parses ports with int(), which also accepts +80 and 8_0.
_LENIENT_PORT = r"[^/]*//[^/]*:[0-9_]*[+_]"
# Parts of a header value that may be credentials. Shorter parts may be ordinary words.
_CREDENTIAL = r"[^\s,;=\"\\/]{16,}"
_AFTER_COLON = r"(?<=:).{8,}"
# Shorter keys, such as those of tests, may be parts of ordinary words.
_MIN_KEY_LENGTH = 12
_HOST_NAME = r"(?!-)[\w-]{1,63}(\.(?!-)[\w-]{1,63})*\.?"

# Headers that only the client can set, and why.
RESERVED_HEADERS = {
    "authorization": "it contains the API key; pass api_key instead",
    "content-type": "it depends on the body of each request",
    "content-length": "it depends on the body of each request",
    "transfer-encoding": "it depends on the body of each request",
    "accept-encoding": "the client accepts the encodings it can decode safely",
    "range": "the client uses it to resume downloads",
    "if-range": "the client uses it to resume downloads",
}


class Secret:
    """Text that is not shown by repr, logs or tracebacks, and cannot be pickled."""

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
        raise TypeError("a secret cannot be pickled or copied; create a new one")


class ClientOptions(NamedTuple):
    """The checked options of a client. Header values are secrets, because they may contain the API key of a gateway."""

    api_key: Secret
    base_url: str
    """Scheme, host and the path before ``/api/v1``, without a trailing slash."""
    timeout_seconds: float = 60.0
    verify_ssl: bool | ssl.SSLContext = True
    max_retries: int = 3
    max_connections: int = DEFAULT_MAX_CONNECTIONS
    default_headers: tuple[tuple[str, Secret | None], ...] = ()
    """Applied over the client's own headers; None removes one of those."""
    default_query: tuple[tuple[str, Secret], ...] = ()
    """Sent with every request, unless the operation sends a parameter of that name."""
    on_response: Callable[[ResponseInfo], object] | None = None
    """Called with the last response of each call."""

    def has_default_header(self, name: str) -> bool:
        """Return whether ``default_headers`` sets or removes a header; pass its name in lower case."""
        return any(own.lower() == name for own, _ in self.default_headers)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Values to redact in errors, because servers may repeat them: the API key, and other credentials."""
        pairs = (*self.default_headers, *self.default_query)
        values = [value.reveal() for _, value in pairs if value is not None]
        parts = [part for value in values for part in re.findall(_CREDENTIAL, value)]
        key = self.api_key.reveal()
        # The password of Basic credentials.
        parts += re.findall(_AFTER_COLON, key)
        return tuple(map(Secret, [key, *parts] if len(key) >= _MIN_KEY_LENGTH else parts))


def resolve_options(
    *, api_key: object = None, base_url: object = None, default_headers: object = None, **others: object
) -> ClientOptions:
    """Check the options of a new client. The API key and base URL default to environment variables.

    Raises:
        TypeError: An option has the wrong type.
        ValueError: There is no API key, or an option is invalid.
    """
    if default_headers is not None:
        others["default_headers"] = default_headers
    return ClientOptions(
        api_key=_resolve_api_key(api_key),
        base_url=_resolve_base_url(base_url),
        **{name: _CHECKS[name](value) for name, value in others.items()},
    )


def replace_options(options: ClientOptions, **changes: object) -> ClientOptions:
    """Return a copy of options with some of them changed. None keeps an option; headers are added.

    False removes ``on_response``.

    Raises:
        TypeError: An option has the wrong type.
        ValueError: An option is invalid.
    """
    checked = {name: _CHECKS[name](value) for name, value in changes.items() if value is not None}
    if "default_headers" in checked:
        names = {name.lower() for name, _ in checked["default_headers"]}
        kept = tuple(pair for pair in options.default_headers if pair[0].lower() not in names)
        checked["default_headers"] = kept + checked["default_headers"]
    return options._replace(**checked)


def check_http_client_conflicts(
    http_client: object, *, verify_ssl: object, max_connections: object = DEFAULT_MAX_CONNECTIONS
) -> None:
    """Check that no option is given together with an HTTP client whose own settings apply.

    Raises:
        ValueError: One is given.
    """
    if http_client is None:
        return
    if verify_ssl not in (None, True):
        raise ValueError(
            "verify_ssl cannot be combined with http_client, which has its own certificate settings; "
            "pass verify=... to that client instead"
        )
    if max_connections != DEFAULT_MAX_CONNECTIONS:
        raise ValueError(
            "max_connections cannot be combined with http_client, which has its own limits; "
            "pass limits=httpx.Limits(max_connections=...) to that client instead"
        )


# --- API key ----------------------------------------------------------------------------------------------------------


def _resolve_api_key(argument: object) -> Secret:
    if argument is not None and argument != "":
        return _check_api_key(argument)
    from_environment = os.environ.get(KEY_VARIABLE, "")
    if not from_environment.strip():
        raise ValueError(
            f"no API key: pass api_key=... or set the {KEY_VARIABLE} environment variable "
            "(create a key in the dashboard, under API keys)"
        )
    return _check_api_key(from_environment, KEY_VARIABLE)


def _check_api_key(value: object, source: str = "api_key") -> Secret:
    if not isinstance(value, str):
        raise TypeError(f"{source} must be a str, not {type(value).__name__}")
    problem = _find_key_problem(value)
    if problem is not None:
        raise ValueError(f"{source} {problem} (the value is not shown, because it is a secret)")
    return Secret(value)


def _find_key_problem(value: str) -> str | None:
    if not value.strip():
        return "is blank"
    if value != value.strip():
        end = "newline" if value[-1] in "\r\n" else "space"
        side = "ends with" if value != value.rstrip() else "begins with"
        return f"{side} a {end}; remove it with key.strip()"
    if value[:7].lower() == "bearer ":
        return "begins with 'Bearer', which the client adds itself; pass only the key"
    if not value.isascii():
        return "contains non-ASCII characters, which are not allowed; it may have been copied from formatted text"
    if not value.isprintable() or " " in value:
        return "contains a newline, a space or a control character, which are not allowed"
    return None


# --- base URL ---------------------------------------------------------------------------------------------------------


def _resolve_base_url(argument: object) -> str:
    if argument is not None and argument != "":
        return _check_base_url(argument)
    from_environment = os.environ.get(URL_VARIABLE, "")
    return _check_base_url(from_environment, URL_VARIABLE) if from_environment.strip() else DEFAULT_BASE_URL


def _check_base_url(value: object, source: str = "base_url") -> str:
    if not isinstance(value, str):
        raise TypeError(f"{source} must be a str, not {type(value).__name__}")
    problem = _find_url_problem(value)
    if problem is not None:
        raise ValueError(f"{source} {problem}; it must be a URL such as {DEFAULT_BASE_URL}")
    from httpx import URL  # here, because importing the client must not load httpx

    # URLs are often copied together with the path that every request adds.
    return str(URL(value)).rstrip("/").removesuffix(API_ROOT).rstrip("/")


def _find_url_problem(value: str) -> str | None:
    if not value.strip():
        return "is blank"
    if not value.isascii():
        return "contains non-ASCII characters (write an international host name in its xn-- form)"
    if not value.isprintable() or " " in value or "\\" in value:
        return "contains a newline, a space, a control character or a backslash"
    from httpx import URL, InvalidURL

    try:
        url = URL(value)
        host = url.host
    except (InvalidURL, UnicodeError):
        return "has a malformed host or port"
    if url.scheme not in ("http", "https"):
        return "does not begin with https:// or http://"
    if url.userinfo:
        return "contains a user name or password, which are not supported"
    if "?" in value or "#" in value:
        return "contains a query or a fragment"
    if not host:
        return "has no host"
    if ":" not in host and re.fullmatch(_HOST_NAME, host) is None:
        return "has a malformed host"
    if re.match(_LENIENT_PORT, value):
        return "has a malformed host or port"
    if url.port is not None and not 0 < url.port <= _MAX_PORT:
        return "has a port that is not between 1 and 65535"
    return None


# --- other options ----------------------------------------------------------------------------------------------------


def _check_timeout(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"timeout_seconds must be a number of seconds, not {type(value).__name__}")
    if math.isnan(value) or not 0 < value <= _MAX_TIMEOUT:
        raise ValueError(f"timeout_seconds must be more than 0 and at most {_MAX_TIMEOUT:.0f}, not {value!r}")
    return float(value)


def _check_max_retries(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"max_retries must be an int, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"max_retries must be 0 (no retries) or more, not {value}")
    return value


def _check_max_connections(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"max_connections must be an int, not {type(value).__name__}")
    if value < 1:
        raise ValueError(f"max_connections must be 1 or more, not {value}")
    return value


def _check_verify_ssl(value: object) -> bool | ssl.SSLContext:
    if isinstance(value, bool):
        return value
    # If ssl has not been imported, the value cannot be a context.
    module = sys.modules.get("ssl")
    if module is not None and isinstance(value, module.SSLContext):
        return cast("ssl.SSLContext", value)
    raise TypeError(
        f"verify_ssl must be a bool or an ssl.SSLContext, not {type(value).__name__}; "
        "to trust your own certificate authority, pass ssl.create_default_context(cafile=...)"
    )


def _check_default_headers(value: object) -> tuple[tuple[str, Secret | None], ...]:
    return tuple(
        (name, None if text is None else Secret(check_header_value("default_headers", name, text)))
        for name, text in check_header_names("default_headers", value)
    )


def check_header_names(source: str, value: object) -> list[tuple[str, object]]:
    """Return the names and values of a mapping of headers; of names that differ only in case, the last one.

    Raises:
        TypeError: It is not a mapping, or a name is not a str.
        ValueError: A name is invalid, or of a header that only the client can set.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"{source} must be a mapping of names to values, not {type(value).__name__}")
    headers: dict[str, tuple[str, object]] = {}
    for name, text in cast("Mapping[object, object]", value).items():
        if not isinstance(name, str):
            raise TypeError(f"header names in {source} must be str, not {type(name).__name__}")
        if re.fullmatch(_HEADER_NAME, name) is None:
            raise ValueError(f"{source} has the name {name!r}, which is not a valid HTTP header name")
        lowered = name.lower()
        if lowered in RESERVED_HEADERS:
            raise ValueError(f"{source} must not set {name}: {RESERVED_HEADERS[lowered]}")
        headers[lowered] = (name, text)
    return list(headers.values())


def check_header_value(source: str, name: str, value: object) -> str:
    """Return the value of a header.

    Raises:
        TypeError: It is not a str.
        ValueError: It cannot be sent.
    """
    if not isinstance(value, str):
        expected = "a str or None" if source == "default_headers" else "a str"
        raise TypeError(f"{source}[{name!r}] must be {expected}, not {type(value).__name__}")
    if re.fullmatch(_HEADER_VALUE, value) is None:
        raise ValueError(
            f"{source}[{name!r}] must be printable ASCII without leading or trailing spaces "
            "(the value is not shown, because it may be a secret)"
        )
    return value


def _check_on_response(value: object) -> Callable[[ResponseInfo], object] | None:
    if value is None or value is False:
        return None
    if not callable(value):
        raise TypeError(f"on_response must be callable, not {type(value).__name__}")
    return value


_CHECKS: dict[str, Callable[[object], Any]] = {
    "api_key": _check_api_key,
    "base_url": _check_base_url,
    "timeout_seconds": _check_timeout,
    "verify_ssl": _check_verify_ssl,
    "max_retries": _check_max_retries,
    "max_connections": _check_max_connections,
    "default_headers": _check_default_headers,
    "on_response": _check_on_response,
}
