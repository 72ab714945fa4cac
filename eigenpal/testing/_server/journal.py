"""The journal: the requests a server has received, with credentials redacted."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast, overload

from eigenpal.testing._server.operation_names import check_operation

REDACTED = "<hidden>"
ResponseSource = Literal["implementation", "example", "schema"]
"""What a success was made from."""

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})


@dataclass
class RecordedFile:
    """A file part of a recorded request, without its bytes. The function of a workflow gets those, in ``files``.

    Attributes:
        part: Name of the form field, such as ``"files.invoice"``.
        filename: Name it was uploaded under, without folders.
        content_type: Media type it was uploaded with, or one guessed from its name.
        size: Number of bytes.
        sha256: SHA-256 digest of the bytes, in hex.
    """

    part: str
    filename: str
    content_type: str
    size: int
    sha256: str


@dataclass
class RecordedRequest:
    """A request and the outcome of its response.

    Attributes:
        operation: operationId, such as ``"runs.get"``, or None for an unknown path.
        method: HTTP method.
        path: Percent-encoded path, without the query.
        query: Query as pairs of decoded names and values.
        headers: Headers by lower-case name; credentials are replaced by ``<hidden>``.
        json: Decoded JSON body, or the decoded text parts of a form; secrets are replaced.
        files: File parts of a form.
        at: Time of arrival on the server's clock.
        status: Status of the response; None until there is one, or if a fault broke it.
        response_source: What a success was made from: ``"implementation"`` for an operation that the server implements;
            for any other, an ``"example"`` of the document, or a sample of its ``"schema"``. None for an error.
        request_id: Request id that was sent with the response.
        seconds: Real time until the response was sent.
        fault: Description of the injected fault, or None.
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
    response_source: ResponseSource | None = None
    seconds: float | None = None
    fault: str | None = None


class Journal(Sequence[RecordedRequest]):
    """The requests a server has received, oldest first. The last 10,000 are kept.

    Args:
        max_requests: Number of requests to keep.
        operations: Known operationIds. By default any name is accepted.

    Examples:
        >>> server.requests[-1].operation  # doctest: +SKIP
        'runs.get'
        >>> len(server.requests.of("run"))  # doctest: +SKIP
        1
    """

    def __init__(self, max_requests: int = 10_000, operations: Collection[str] = ()) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._entries: deque[RecordedRequest] = deque(maxlen=max_requests)

    def add(self, entry: RecordedRequest) -> None:
        """Append a request."""
        with self._lock:
            self._entries.append(entry)

    def of(self, operation: str) -> list[RecordedRequest]:
        """Return the requests for one operation.

        Args:
            operation: operationId, such as ``"run"`` or ``"runs.get"``.

        Returns:
            The requests, oldest first.

        Raises:
            ValueError: The operation does not exist.
        """
        check_operation(operation, self._operations)
        return [entry for entry in self if entry.operation == operation]

    @property
    def operations(self) -> list[str | None]:
        """The operationIds of all requests, oldest first."""
        return [entry.operation for entry in self]

    def clear(self) -> None:
        """Remove all requests."""
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
    """Return headers without credentials."""
    return {
        name: REDACTED if name in _SECRET_HEADERS else value.replace(api_key, REDACTED) if api_key else value
        for name, value in headers.items()
    }


def redact_body(value: Any, names: frozenset[str], api_key: str) -> Any:
    """Return a body without the values of ``names`` and without the API key, at any depth."""
    if isinstance(value, dict):
        return {
            name: REDACTED if name in names and item is not None else redact_body(item, names, api_key)
            for name, item in cast("dict[str, Any]", value).items()
        }
    if isinstance(value, list):
        return [redact_body(entry, names, api_key) for entry in cast("list[Any]", value)]
    if isinstance(value, str) and api_key in value:
        return value.replace(api_key, REDACTED)
    return value
