"""Proxies from the environment, and the exceptions to them in ``NO_PROXY``.

httpx reads these variables too, but fails on networks and brackets in ``NO_PROXY``, with or without a proxy:
https://github.com/encode/httpx/discussions/3221.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from ipaddress import ip_network
from typing import NamedTuple

from eigenpal._addresses import is_local_host, parse_address
from eigenpal._hooks import find_embedded_server
from eigenpal._transport.redaction import make_printable
from eigenpal._transport.redirects import parse_origin
from eigenpal.errors import EigenpalError

_SCHEMES = ("http", "https", "all")
_SYSTEM = "the proxy settings of the system"

# The groups are an address or network, its prefix length, and a port.
_BRACKETED = r"\[([^\[\]]*)\](/\d+)?(?::(\d+|\*))?"
_NAMED = r"([^:]*)(?::(\d+|\*))?"
_HOST_PATTERN = r"[\w.*-]+"
_NUMBERS = r"[\d.]+"
# The beginning of an address, as in 192.168.
_PREFIX = r"(\d{1,3}\.){1,3}"


class EnvironmentProxy(NamedTuple):
    """A proxy and the variable that sets it."""

    url: str
    """May contain a password."""
    source: str


class ProxySettings(NamedTuple):
    """The proxies of the environment."""

    by_scheme: Mapping[str, EnvironmentProxy]
    exceptions: tuple[str, ...] = ()
    """The entries of ``NO_PROXY``."""
    exceptions_source: str = "NO_PROXY"

    def select(self, url: str) -> EnvironmentProxy | None:
        """Return the proxy for a URL; None to connect directly, as always to this machine.

        Raises:
            EigenpalError: No entry of ``NO_PROXY`` matches, but one cannot be read.
        """
        scheme, host, port = parse_origin(url)
        proxy = self.by_scheme.get(scheme) or self.by_scheme.get("all")
        if proxy is None or is_local_host(host) or find_embedded_server((scheme, host, port)) is not None:
            return None
        unreadable: list[str] = []
        for entry in self.exceptions:
            matches = _match_entry(entry, scheme, host.rstrip("."), port)
            if matches:
                return None
            if matches is None:
                unreadable.append(entry)
        if unreadable:
            raise EigenpalError(
                f"{self.exceptions_source} has the entry {make_printable(unreadable[0])[:100]!r}, which is invalid; "
                "an entry is a host name, an IP address, a network such as 10.0.0.0/8 or fd00::/8, or *"
            )
        return proxy


def read_proxy_settings(environ: Mapping[str, str], proxies: Mapping[str, str]) -> ProxySettings:
    """Return the proxy settings of the environment.

    Args:
        environ: The environment variables.
        proxies: What ``urllib.request.getproxies`` makes of them, or of the settings of the system.
    """
    by_scheme = {
        scheme: EnvironmentProxy(url if "://" in url else f"http://{url}", _find_variable(environ, scheme, _SYSTEM))
        for scheme in _SCHEMES
        if (url := proxies.get(scheme, "").strip())
    }
    entries = proxies.get("no", "").replace(",", " ").split()
    return ProxySettings(by_scheme, tuple(entries), _find_variable(environ, "no", "NO_PROXY"))


def _find_variable(environ: Mapping[str, str], scheme: str, default: str) -> str:
    # In lower case it has precedence.
    names = sorted((name for name in environ if name.lower() == f"{scheme}_proxy"), key=str.isupper)
    return names[0] if names else default


def _match_entry(entry: str, scheme: str, host: str, port: int) -> bool | None:
    """Return whether an entry of ``NO_PROXY`` matches; None if it cannot be read."""
    entry_scheme, separator, rest = entry.lower().rpartition("://")
    if separator:
        rest = rest.rstrip("/")
    bracketed = re.fullmatch(_BRACKETED, rest)
    named = re.fullmatch(_NAMED, rest)
    if bracketed is not None:
        name, length, entry_port = bracketed.groups()
        matches = _match_network(name + (length or ""), host)
    elif rest.count(":") > 1:
        matches, entry_port = _match_network(rest, host), None
    elif named is not None:
        name, entry_port = named.groups()
        matches = _match_network(name, host) if "/" in name else _match_name(name, host)
    else:
        return None
    if not matches or entry_scheme not in ("", "all", scheme):
        return matches and False
    return entry_port in (None, "*") or int(entry_port) == port


def _match_network(text: str, host: str) -> bool | None:
    own = parse_address(host)
    address, slash, length = text.partition("/")
    if not slash:
        single = parse_address(address)
        return None if single is None else single == own
    try:
        network = ip_network(f"{address.partition('%')[0]}/{length}", strict=False)
    except ValueError:
        return None
    return own is not None and own.version == network.version and own in network


def _match_name(name: str, host: str) -> bool | None:
    if name == "<local>":
        return "." not in host and ":" not in host
    if re.fullmatch(_PREFIX, name):
        name += "*"
    elif re.fullmatch(_NUMBERS, name):
        return _match_network(name, host)
    if name == "*":
        return True
    if not re.fullmatch(_HOST_PATTERN, name):
        return None
    name = re.sub(r"^\*?\.|^\*(?=.)", "", name).rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return None
    if "*" in name:
        return fnmatchcase(host, name)
    return bool(name) and (host == name or host.endswith(f".{name}"))
