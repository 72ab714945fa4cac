"""What ``on_response`` is called with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

_MAX_SHOWN = 100


def _shorten(value: str | None) -> str:
    return repr(value if value is None or len(value) <= _MAX_SHOWN else f"{value[:_MAX_SHOWN]}...")


class _Headers(Mapping[str, str]):
    """Headers with names in lower case, which are looked up in any case."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name.lower(): value for name, value in values.items()}

    def __getitem__(self, name: str, /) -> str:
        return self._values[name.lower()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        # Cookies may be credentials of a gateway.
        return repr({name: "***" if name == "set-cookie" else value for name, value in self._values.items()})


@frozen(kw_only=True)
class ResponseInfo:
    """What ``on_response`` is called with: facts about one call and the response that ended it.

    It can be copied and pickled, and contains no credentials of the client, no query and no body.
    """

    operation: str
    """Name of the called method in the client tree, such as ``runs.get``; of ``client.request``, ``request``."""
    method: str
    """HTTP method, such as ``GET``."""
    path: str = field(repr=_shorten)
    """Percent-encoded path of the request, without the query."""
    status: int
    """HTTP status code of the last response, after retries and redirects."""
    headers: Mapping[str, str] = field(repr=False, hash=False, converter=_Headers)
    """Headers of that response, as a read-only mapping. Names are looked up in any case, as in
    ``info.headers["X-Request-Id"]``. The values of a repeated header are joined with a comma."""
    request_id: str | None = field(repr=_shorten)
    """Id of the request, the same as in an error. Include it when you contact support."""
    attempts: int
    """Number of attempts, including the first one. Redirects do not count."""
    seconds: float = field(repr="{:.3f}".format)
    """Duration of the call in seconds, including retries and the pauses between them."""
