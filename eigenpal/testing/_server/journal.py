"""What was asked of a server: every request it saw, in order, without any credentials."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast, overload

REDACTED = "<hidden>"
_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})


@dataclass
class RecordedFile:
    """A file part of a recorded request; its bytes are with the run."""

    part: str
    filename: str
    content_type: str
    size: int


@dataclass
class RecordedRequest:
    """One request, and how it was answered.

    Attributes:
        operation: The operationId, such as ``"runs.get"``; None if the path led nowhere.
        method: The HTTP method.
        path: The path as it was sent, percent-encoded, without the query.
        query: The query as pairs of decoded names and values.
        headers: The headers by lower-case name; credentials are replaced by ``<hidden>``.
        json: The decoded JSON body, or the decoded text parts of a form; secrets are replaced.
        files: The file parts of a form.
        at: When it arrived, by the server's clock.
        status: The status of the answer; None while there is none, or if a fault cut it off.
        request_id: The id the answer carried.
        seconds: How long the answer took in real time.
        fault: The fault that was played, in words; None in peace.
    """

    operation: str | None
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    at: datetime
    request_id: str
    json: Any = None
    files: tuple[RecordedFile, ...] = ()
    path_values: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    status: int | None = None
    seconds: float | None = None
    fault: str | None = None


class Journal(Sequence[RecordedRequest]):
    """The requests a server saw, oldest first; it keeps the last 10,000.

    Example:
        >>> server.requests[-1].operation  # doctest: +SKIP
        'runs.get'
        >>> len(server.requests.of("run"))  # doctest: +SKIP
        1
    """

    def __init__(self, max_requests: int = 10_000) -> None:
        self._lock = threading.Lock()
        self._entries: deque[RecordedRequest] = deque(maxlen=max_requests)

    def add(self, entry: RecordedRequest) -> None:
        """Append a request."""
        with self._lock:
            self._entries.append(entry)

    def for_operation(self, operation: str) -> list[RecordedRequest]:
        """Return the requests of one operation.

        Args:
            operation: An operationId, such as ``"run"`` or ``"runs.get"``.

        Returns:
            The requests, oldest first.
        """
        return [entry for entry in self if entry.operation == operation]

    @property
    def operations(self) -> list[str | None]:
        """The operationIds of all requests, oldest first."""
        return [entry.operation for entry in self]

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> RecordedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> list[RecordedRequest]: ...
    def __getitem__(self, index: int | slice) -> RecordedRequest | list[RecordedRequest]:
        with self._lock:
            if isinstance(index, slice):
                return list(self._entries)[index]
            return self._entries[index]

    def __iter__(self) -> Iterator[RecordedRequest]:
        with self._lock:
            return iter(list(self._entries))

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} requests>"


def redact_headers(headers: Mapping[str, str], api_key: str) -> dict[str, str]:
    """Return headers that may be kept: credentials replaced, wherever they stand."""
    return {
        name: REDACTED if name in _SECRET_HEADERS else value.replace(api_key, REDACTED) if api_key else value
        for name, value in headers.items()
    }


def redact_body(value: Any, names: frozenset[str], api_key: str) -> Any:
    """Return a body that may be kept: the values of ``names`` and the key replaced, at any depth."""
    if isinstance(value, dict):
        return {
            name: REDACTED if name in names and one is not None else redact_body(one, names, api_key)
            for name, one in cast("dict[str, Any]", value).items()
        }
    if isinstance(value, list):
        return [redact_body(one, names, api_key) for one in cast("list[Any]", value)]
    if isinstance(value, str) and api_key in value:
        return value.replace(api_key, REDACTED)
    return value
