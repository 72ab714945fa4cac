"""Fault injection: error statuses, delays, broken connections and more, for the requests a test chooses."""

from __future__ import annotations

import math
import random
import re
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Literal, cast

from eigenpal.testing._server.journal import RecordedRequest
from eigenpal.testing._server.operation_names import check_operation

FaultType = Literal["status", "reset", "truncate", "hang", "garbage", "duplicate", "latency"]
FaultTiming = Literal["before", "after"]

GARBAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class InjectedFault:
    """A planned fault, created by `FaultInjector.add`.

    Attributes:
        kind: What happens.
        operation: operationId it applies to, or None for all.
        remaining: How many more times it happens, or None for no limit.
        count: How many times it has happened.
    """

    kind: FaultType
    operation: str | None = None
    remaining: int | None = None
    skip: int = 0
    latency: float = 0.0
    status: int = 500
    message: str | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    timing: FaultTiming = "before"
    probability: float = 1.0
    when: Callable[[RecordedRequest], bool] | None = None
    count: int = 0

    def __str__(self) -> str:
        what = f"status {self.status}" if self.kind == "status" else self.kind
        where = "" if self.timing == "before" else " after the request was handled"
        return f"{what}{where}"


class FaultInjector:
    """The faults planned for a server.

    For each request, the first planned fault that applies is injected, so faults happen in the order they were added.
    ``latency`` can be combined with any other kind.

    Args:
        operations: Known operationIds. By default any name is accepted.

    Examples:
        >>> server.faults.add(operation="runs.get", status=503, times=2, retry_after=1)  # doctest: +SKIP
    """

    def __init__(self, operations: Collection[str] = ()) -> None:
        self._operations = operations
        # Reentrant, because a predicate may read or change the faults.
        self._lock = threading.RLock()
        self._planned: list[InjectedFault] = []
        self._random = random.Random(0)  # noqa: S311 - reproducible on purpose

    def seed(self, seed: int) -> None:
        """Seed the random numbers for ``probability``.

        Args:
            seed: The same seed gives the same faults for the same requests.
        """
        with self._lock:
            self._random.seed(seed)

    def add(
        self,
        operation: str | None = None,
        *,
        status: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        retry_after: float | datetime | str | None = None,
        message: str | None = None,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        latency: float = 0.0,
        reset: bool = False,
        truncate: bool = False,
        hang: bool = False,
        garbage: bool = False,
        duplicate: bool = False,
        after: bool = False,
        probability: float = 1.0,
        when: Callable[[RecordedRequest], bool] | None = None,
    ) -> InjectedFault:
        """Plan a fault.

        Args:
            operation: operationId it applies to, such as ``"runs.get"``. Defaults to every operation.
            status: Respond with this status, with the documented error envelope or ``body``.
            times: How many times it happens, or None for no limit.
            skip: Number of matching requests to let through first.
            retry_after: ``Retry-After`` header: seconds, or a datetime, which is sent as an HTTP date.
            message: Message in the error envelope.
            body: Body to send instead of the envelope; its ``content-type`` is ``text/html`` unless given in
                ``headers``.
            headers: Further headers of the response.
            latency: Seconds of real time before the response. On its own, the response is late but correct.
            reset: Reset the connection instead of responding.
            truncate: Send the headers and half of the body, then close the connection.
            hang: Do not respond until the client gives up or the server stops.
            garbage: Respond 200 with the HTML page of a proxy (or ``body``) instead of JSON.
            duplicate: Handle the request twice, as if the network delivered it twice, and respond once.
            after: Handle the request first, so that only the response is lost.
            probability: Probability for each request; random numbers are seeded, see `seed`.
            when: Predicate of the request; the fault applies only where it returns True.

        Returns:
            The planned fault; its ``count`` is kept up to date.

        Raises:
            TypeError: ``body`` is neither bytes nor text.
            ValueError: Not exactly one kind was given, the operation does not exist, or a value is out of range or
                not valid in a header.

        Examples:
            >>> server.faults.add("run", reset=True, after=True)  # doctest: +SKIP
        """
        if operation is not None:
            check_operation(operation, self._operations)
        kinds: dict[FaultType, bool] = {
            "status": status is not None,
            "reset": reset,
            "truncate": truncate,
            "hang": hang,
            "garbage": garbage,
            "duplicate": duplicate,
        }
        requested: list[FaultType] = [kind for kind, is_requested in kinds.items() if is_requested]
        if not requested and latency > 0:
            requested = ["latency"]
        if len(requested) != 1:
            raise ValueError(
                "a fault needs exactly one of status, reset, truncate, hang, garbage, duplicate or latency, "
                f"not {' and '.join(requested) or 'none'}"
            )
        if status is not None and not 200 <= status <= 599:
            raise ValueError(f"status must be between 200 and 599, not {status!r}")
        if body is not None and not isinstance(cast("object", body), (bytes, str)):
            raise TypeError(f"body must be bytes or str, not {type(body).__name__}")
        for name, number in (("times", times or 0), ("skip", skip), ("latency", latency)):
            if not 0 <= number < math.inf:
                raise ValueError(f"{name} must be 0 or more, got {number!r}")
        all_headers = {name.lower(): value for name, value in (headers or {}).items()}
        if retry_after is not None:
            all_headers["retry-after"] = _format_retry_after(retry_after)
        for name, value in all_headers.items():
            _check_header(name, value)
        fault = InjectedFault(
            kind=requested[0],
            operation=operation,
            remaining=times,
            skip=skip,
            latency=latency,
            status=status or (200 if garbage else 500),
            message=message,
            body=body.encode() if isinstance(body, str) else body,
            headers=all_headers,
            timing="after" if after else "before",
            probability=probability,
            when=when,
        )
        with self._lock:
            self._planned.append(fault)
        return fault

    def clear(self) -> None:
        """Remove all planned faults."""
        with self._lock:
            self._planned.clear()

    def match(self, request: RecordedRequest) -> InjectedFault | None:
        """Return the fault to inject for a request, and count it."""
        with self._lock:
            for fault in list(self._planned):
                if fault.operation not in (None, request.operation) or fault.remaining == 0:
                    continue
                if fault.when is not None and not _call_condition(fault.when, request):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.probability < 1.0 and self._random.random() >= fault.probability:
                    continue
                fault.count += 1
                if fault.remaining is not None:
                    fault.remaining -= 1
                return fault
        return None

    def __len__(self) -> int:
        return len(self._planned)

    def __iter__(self) -> Iterator[InjectedFault]:
        return iter(list(self._planned))


def _call_condition(when: Callable[[RecordedRequest], bool], request: RecordedRequest) -> bool:
    try:
        return when(request)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # BaseException, because pytest.fail does not raise an Exception.
        raise RuntimeError(f"the `when` of a fault raised {type(error).__name__}: {error}") from error


def _check_header(name: str, value: str) -> None:
    if name in ("content-length", "transfer-encoding"):
        raise ValueError(f"{name} cannot be set; use truncate or reset for a broken response")
    if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
        raise ValueError(f"{name}: {value!r} is not a valid header")


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")


def _format_retry_after(value: float | datetime | str) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("retry_after needs a time zone, such as datetime(..., tzinfo=timezone.utc)")
        return format_datetime(value.astimezone(timezone.utc), usegmt=True)
    return value if isinstance(value, str) else f"{value:g}"
