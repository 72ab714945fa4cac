"""The rules of waiting for a run, without I/O: what to do next, given what came of the last thing.

A `Wait` yields actions; the drivers (``_follow.py``) carry them out and throw the errors of requests back in, so one
set of rules serves both clients. One deadline bounds everything: the start with its upload, every look at the run and
every pause between.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Callable, Generator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from eigenpal._logging import logger
from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalError,
    EigenpalResponseError,
    EigenpalRunFailedError,
    EigenpalTimeoutError,
)
from eigenpal_generated.api.runs import get as get_run
from eigenpal_generated.runtime import Request, Response

if TYPE_CHECKING:
    from eigenpal_generated.models import Run, RunAccepted


class SendRequest(NamedTuple):
    """Call an operation, and give it up at a time of the clock; comes back as what ``parse`` makes of the answer."""

    request: Request
    parse: Callable[[Response], Any]
    deadline: float | None


class Sleep(NamedTuple):
    """Do nothing for so many seconds."""

    seconds: float


class StatusChanged(NamedTuple):
    """Tell whoever watches that the run has another status."""

    run: Run


Action: TypeAlias = "SendRequest | Sleep | StatusChanged"
Actions: TypeAlias = Generator[Action, Any, None]

DEFAULT_TIMEOUT_SECONDS = 300.0
_FIRST_INTERVAL_SECONDS = 2.0
_LONGEST_INTERVAL_SECONDS = 15.0
# An unchosen interval grows so that looking rarely enough costs at most this share of the run's own time.
_GROWTH = 0.05
# As long as a start may take to be known to every server that could be asked about the run.
_REPLICATION_SECONDS = 10.0
_LONGEST_RETRY_AFTER_SECONDS = 60.0
# The least time kept back for a last look at the run before the deadline; with less there is none.
_LAST_POLL_SECONDS = 0.1

_FOREVER = 1e9
"""Seconds that nobody lives to see end, and fewer than the most a sleep can take."""

_UNFINISHED = ("created", "pending", "running", "waiting", "finalizing")
_TERMINAL = ("completed", "failed", "cancelled", "rejected")


def seconds(name: str, value: object) -> float:
    """Check an argument that is a time to wait."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    # Compared first: there are integers that no float can hold.
    if not value > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {value!r}")
    return float(value) if value < _FOREVER else math.inf


def is_finished(run: Run) -> bool:
    """Tell whether a run has come to its end.

    The server's word for it is ``finished``; a status this version does not know is no end by itself, and neither is
    ``finished`` beside a status that says otherwise.
    """
    return run.finished is True and run.execution.status not in _UNFINISHED


class RecentStarts:
    """Remembers for a few seconds which runs were started, because not every server knows of them at once.

    Shared by threads without a lock, which a fork could leave locked for ever: the worst that comes of a race is that a
    start is forgotten early.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._moments: dict[str, float] = {}
        self._in_order: deque[tuple[float, str]] = deque()

    def add(self, run_id: str) -> None:
        """Remember that a run was started just now."""
        now = self._clock()
        self._moments[run_id] = now
        self._in_order.append((now, run_id))
        with suppress(IndexError):  # another thread has forgotten the last of them
            while now - self._in_order[0][0] >= _REPLICATION_SECONDS:
                self._moments.pop(self._in_order.popleft()[1], None)

    def find_start_time(self, run_id: str) -> float | None:
        """Return when the run was started, by the clock; None if that is not known or long ago."""
        return self._moments.get(run_id)


class Wait:
    """One wait for one run: what was asked for, and what is known so far.

    As a context manager it puts the id of the run on whatever ends the wait early, so that nobody loses a run to an
    interrupt.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = DEFAULT_TIMEOUT_SECONDS,
        raise_on_failure: object = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> None:
        if on_update is not None and not callable(on_update):
            raise TypeError(f"on_update must be callable with a run, not {type(on_update).__name__}")
        if not isinstance(raise_on_failure, bool):
            raise TypeError(f"raise_on_failure must be a bool, not {type(raise_on_failure).__name__}")
        self.on_update = on_update
        self._clock = clock
        self._interval = (
            None if poll_interval_seconds is None else seconds("poll_interval_seconds", poll_interval_seconds)
        )
        if self._interval is not None and math.isinf(self._interval):
            raise ValueError(
                "poll_interval_seconds must be finite; leave it out for an interval that grows with the run"
            )
        self._timeout = None if timeout_seconds is None else seconds("timeout_seconds", timeout_seconds)
        if self._timeout == math.inf:
            self._timeout = None
        self._raise_on_failure = raise_on_failure is True
        self._began = clock()
        self._deadline = None if self._timeout is None else self._began + self._timeout
        self._fault: EigenpalError | None = None
        self._told: str | None = None
        self._starting = False
        self.run_id: str | None = None
        self.last_run: Run | None = None

    # --- what to do next ----------------------------------------------------------------------------------------------

    def start(self, request: Request, parse: Callable[[Response], Run | RunAccepted], starts: RecentStarts) -> Actions:
        """Start a run, then wait for it."""
        self._starting = True
        run: Run | RunAccepted = yield SendRequest(request, parse, self._deadline)
        self._starting = False
        starts.add(run.id)
        try:
            looks = self.follow(run.id, starts)
        except ValueError as error:
            problem = f"the run was started, but the id the server gave it cannot be used: {error}"
            raise EigenpalResponseError(problem, body=run.to_dict(), field="id", operation=request.operation) from None
        yield from looks

    def follow(self, run_id: object, starts: RecentStarts) -> Actions:
        """Wait for a run that was started before.

        Raises:
            TypeError: It is no id.
            ValueError: There can be no run of that id.
        """
        if not isinstance(run_id, str):
            hint = "; give its id" if hasattr(run_id, "id") else ""
            raise TypeError(f"id must be a str, not {type(run_id).__name__}{hint}")
        request = get_run.request(run_id)
        self.run_id = run_id
        return self._looks(request, starts.find_start_time(run_id))

    def _looks(self, request: Request, started: float | None) -> Actions:
        while True:
            began = self._clock()
            not_before = 0.0
            try:
                run: Run = yield SendRequest(request, get_run.parse, self._deadline)
            except EigenpalError as error:
                if not self._is_transient(error, started):
                    raise
                logger.info("looking at run %s failed, and will be tried again: %s", self.run_id, type(error).__name__)
                if not self._was_cut_short(error):
                    self._fault = error
                not_before = min(error.retry_after or 0.0, _LONGEST_RETRY_AFTER_SECONDS)
            else:
                self._fault = None
                self.last_run = run
                if self._is_news(run):
                    yield StatusChanged(run)
                if is_finished(run):
                    return
            now = self._clock()
            remaining = math.inf if self._deadline is None else self._deadline - now
            # A look that is due too late is taken just early enough to be answered before the deadline.
            kept_back = min(max(_LAST_POLL_SECONDS, 2 * (now - began)), remaining / 2)
            pause = max(min(self._usual_pause(now), remaining - kept_back), not_before)
            if pause >= remaining or remaining <= _LAST_POLL_SECONDS:
                yield Sleep(max(remaining, 0.0))
                raise self._timed_out() from self._fault
            yield Sleep(pause)

    def outcome(self) -> Run:
        """Return the run at its end, or raise for a failed one where that was asked for."""
        run = self.last_run
        if run is None or not is_finished(run):
            raise RuntimeError("the run is not over yet")
        if self._raise_on_failure and run.execution.status != "completed":
            raise EigenpalRunFailedError(run)
        return run

    def _usual_pause(self, now: float) -> float:
        if self._interval is not None:
            return self._interval
        return min(max(_FIRST_INTERVAL_SECONDS, _GROWTH * (now - self._began)), _LONGEST_INTERVAL_SECONDS)

    def _was_cut_short(self, error: EigenpalError) -> bool:
        """Tell whether a look failed only because the deadline came, which is not what went wrong."""
        is_finished = self._deadline is not None and self._clock() >= self._deadline
        return is_finished and isinstance(error, EigenpalTimeoutError) and self.last_run is not None

    def _is_news(self, run: Run) -> bool:
        """Tell whether the status is another than the one told last; an end is told only when it is final."""
        status = run.execution.status
        if status == self._told or (status in _TERMINAL and not is_finished(run)):
            return False
        self._told = status
        return True

    def _is_transient(self, error: EigenpalError, started: float | None) -> bool:
        """Tell whether a failed look may be a passing failure, so that another one is worth it."""
        was_heard = started is not None or self.last_run is not None
        if isinstance(error, EigenpalResponseError):
            # A page of HTML or half an answer: the mark of a gateway in trouble where the API itself was heard before,
            # and of a wrong base_url where it never was. A raise_type_error field stays raise_type_error.
            return error.field is None and was_heard
        if isinstance(error, EigenpalConnectionError) and error.is_tls_failure:
            return False
        if isinstance(error, (EigenpalConnectionError, EigenpalTimeoutError)):
            # Nobody would learn of a server that never was there from a wait without an end.
            return was_heard or self._deadline is not None
        if error.status == 404:
            return started is not None and self._clock() - started < _REPLICATION_SECONDS
        return error.status in (408, 429) or error.status >= 500

    def _timed_out(self) -> EigenpalTimeoutError:
        seen = "was never seen" if self.last_run is None else f"was last seen as {self.last_run.execution.status}"
        trouble = "" if self._fault is None else f", and the last look at it failed: {self._fault.message}"
        return EigenpalTimeoutError(
            f"the run {self.run_id} did not finish within {self._timeout:.10g} s; it {seen}{trouble}",
            run_id=self.run_id,
            last_run=self.last_run,
            operation="runs.get",
            hint=f"It goes on: client.runs.wait({self.run_id!r}) waits for it again.",
        )

    # --- what ends it early -------------------------------------------------------------------------------------------

    def __enter__(self) -> Wait:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # Closing a generator that watches is how a caller says that it has seen enough.
        if error is None or isinstance(error, GeneratorExit):
            return
        names_the_run = isinstance(error, EigenpalRunFailedError) or (
            isinstance(error, EigenpalTimeoutError) and error.run_id is not None
        )
        if names_the_run:
            return
        if self.run_id is not None and isinstance(error, EigenpalError):
            _add_note(error, f"This came up while waiting for the run {self.run_id}.")
        elif self.run_id is not None:
            _add_note(
                error,
                f"This ended the wait for the run {self.run_id}, not the run: client.runs.wait({self.run_id!r}) "
                "waits for it again.",
            )
        elif self._starting and not isinstance(error, Exception):
            _add_note(error, "A run was being started, and may have been: client.runs.list() shows the latest.")


def _add_note(error: BaseException, text: str) -> None:
    if sys.version_info >= (3, 11):
        error.add_note(text)
        if isinstance(error, Exception):
            return
        # Few see the exception of a cancelled task: groups, time limits and asyncio.run take it and raise their own.
    logger.warning("%s: %s", type(error).__name__, text)
