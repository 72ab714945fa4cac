"""Faults on demand: answers that fail, come late, break off or never come, for the requests a test chooses."""

from __future__ import annotations

import difflib
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

FaultType = Literal["status", "reset", "truncate", "hang", "garbage", "duplicate", "latency"]
FaultTiming = Literal["before", "after"]

GARBAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class InjectedFault:
    """One planned fault; `Faults.add` makes it.

    Attributes:
        kind: What happens.
        operation: The operationId it is for; None for every one.
        remaining: How many times it is still to happen; None without end.
        happened: How many times it has happened.
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
        where = "" if self.timing == "before" else " after the work was done"
        return f"{what}{where}"


class FaultInjector:
    """The faults planned for a server.

    Several may be planned; for each request the oldest one that applies is played, so they happen in the order they
    were added. Latency goes together with any other.

    Args:
        operations: The operationIds there are; any name is taken, if left out.

    Example:
        >>> server.faults.add(operation="runs.get", status=503, times=2, retry_after=1)  # doctest: +SKIP
    """

    def __init__(self, operations: Collection[str] = ()) -> None:
        self._operations = operations
        # A condition may ask for the faults, or change them, while they are gone through.
        self._lock = threading.RLock()
        self._planned: list[InjectedFault] = []
        self._random = random.Random(0)  # noqa: S311 - repeatable on purpose

    def seed(self, seed: int) -> None:
        """Start the dice of ``probability`` anew.

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
            operation: The operationId it is for, such as ``"runs.get"``; every operation, if left out.
            status: Answer with this status, in the documented envelope or with ``body``.
            times: How often it happens; None without end.
            skip: How many matching requests pass in peace first.
            retry_after: The ``Retry-After`` of the answer: seconds, or a moment, sent as an HTTP date.
            message: The message in the envelope.
            body: A body in place of the envelope; ``content-type`` is ``text/html`` unless ``headers`` say otherwise.
            headers: Further headers of the answer.
            latency: Seconds of real time that pass before the answer; alone, the answer is late but right.
            reset: Cut the connection instead of answering.
            truncate: Promise the whole answer, send half of it and close the connection.
            hang: Never answer, until the client gives up or the server stops.
            garbage: Answer 200 with the HTML page of a proxy (or ``body``) where JSON was promised.
            duplicate: Do the work twice, as a network that delivers a request twice would, and answer once.
            after: Do the work first, so that only the answer is lost.
            probability: How likely it is for each request; the dice are seeded, see `seed`.
            when: Called with the request; the fault is only for those it returns True for.

        Returns:
            The planned fault; its ``happened`` counts.

        Raises:
            TypeError: ``body`` is neither bytes nor text.
            ValueError: More than one kind was asked for, or none, there is no such operation, or no such answer can be
                sent.

        Example:
            >>> server.faults.add("run", reset=True, after=True)  # doctest: +SKIP
        """
        if operation is not None and self._operations and operation not in self._operations:
            near = difflib.get_close_matches(operation, self._operations, n=3, cutoff=0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ValueError(f"there is no operation {operation!r}{hint}")
        requested: list[FaultType] = []
        if status is not None:
            requested.append("status")
        choices: tuple[tuple[bool, FaultType], ...] = (
            (reset, "reset"),
            (truncate, "truncate"),
            (hang, "hang"),
            (garbage, "garbage"),
            (duplicate, "duplicate"),
        )
        requested.extend(kind for chosen, kind in choices if chosen)
        if not requested and latency > 0:
            requested.append("latency")
        if len(requested) != 1:
            raise ValueError(
                f"a fault is exactly one of status, reset, truncate, hang, garbage, duplicate or latency; "
                f"this would be {' and '.join(requested) or 'nothing'}"
            )
        if status is not None and not 200 <= status <= 599:
            raise ValueError(f"no answer has the status {status!r}; it is 200 to 599")
        if body is not None and not isinstance(cast("object", body), (bytes, str)):
            raise TypeError(f"the body of a fault is bytes or text, not {type(body).__name__}")
        for name, number in (("times", times or 0), ("skip", skip), ("latency", latency)):
            if not 0 <= number < math.inf:
                raise ValueError(f"{name} must be a number and not negative, got {number!r}")
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
        """Forget every planned fault."""
        with self._lock:
            self._planned.clear()

    def match(self, request: RecordedRequest) -> InjectedFault | None:
        """Return the fault to play for this request, counted as happened."""
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
        # Among them what pytest.fail raises, which is no Exception.
        raise RuntimeError(f"the condition of a fault raised {type(error).__name__}: {error}") from error


def _check_header(name: str, value: str) -> None:
    if name in ("content-length", "transfer-encoding"):
        raise ValueError(f"{name} belongs to the answer itself; truncate and reset play a broken one")
    if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
        raise ValueError(f"{name}: {value!r} cannot be sent as a header")


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")


def _format_retry_after(value: float | datetime | str) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("retry_after has no time zone; write datetime(..., tzinfo=timezone.utc)")
        return format_datetime(value.astimezone(timezone.utc), usegmt=True)
    return value if isinstance(value, str) else f"{value:g}"
