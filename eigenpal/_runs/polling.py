"""The rules for waiting for a run, without I/O.

A `Wait` yields actions. The run pollers, one for each client, carry them out and throw the errors of requests back in,
so both clients follow the same rules. One deadline bounds everything: the start with its upload, every poll and every
sleep between polls. Only a wait that was held up past it, because the computer was suspended or the caller was busy
with an update, polls once more: otherwise it would report as unfinished a run that finished long ago.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from eigenpal._logging import add_note, logger
from eigenpal._runs.recent_starts import REPLICATION_SECONDS, RecentStarts
from eigenpal._transport.actions import Sleep
from eigenpal._transport.request_flow import find_idempotency_key
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
    """Call an operation; the result is what ``parse`` returns for the response."""

    request: Request
    parse: Callable[[Response], Any]
    deadline: float | None
    """When to give up, on the monotonic clock."""


class StatusChanged(NamedTuple):
    """Report that the status of the run has changed."""

    run: Run


WaitAction: TypeAlias = "SendRequest | Sleep | StatusChanged"
WaitFlow: TypeAlias = Generator[WaitAction, Any, None]

DEFAULT_TIMEOUT_SECONDS = 300.0
_FIRST_INTERVAL_SECONDS = 0.2
# The interval of short runs grows by this share of the time polled so far, up to _SHORT_RUN_INTERVAL_SECONDS.
_SHORT_RUN_GROWTH = 0.25
_SHORT_RUN_INTERVAL_SECONDS = 2.0
# The interval of long runs is this share of the time polled so far, so waiting adds at most 5 %.
_LONG_RUN_GROWTH = 0.05
_MAX_INTERVAL_SECONDS = 15.0
_MAX_RETRY_AFTER_SECONDS = 60.0
# The minimum time for a last poll before the deadline.
_LAST_POLL_SECONDS = 0.1
# How long a poll may take that could not be sent before the deadline.
_LATE_POLL_SECONDS = 10.0
# A wait that is later than this was held up; clocks and busy computers delay it by less.
_HELD_UP_SECONDS = 1.0
# More than 30 years count as no limit. The operating system cannot sleep for arbitrarily long.
_NO_LIMIT_SECONDS = 1e9

UNFINISHED_STATUSES = ("created", "pending", "running", "waiting", "finalizing")
_FINAL_STATUSES = ("completed", "failed", "cancelled", "rejected")


def check_seconds(name: str, value: object) -> float:
    """Return an argument that is a number of seconds as a float."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    # Compared before the conversion, because large integers overflow a float.
    if not value > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {value!r}")
    return float(value) if value < _NO_LIMIT_SECONDS else math.inf


def is_finished(run: Run) -> bool:
    """Return whether a run has finished.

    ``finished`` is authoritative, because new statuses may be added. A run with a known unfinished status never counts
    as finished.
    """
    return run.finished is True and run.execution.status not in UNFINISHED_STATUSES


def compute_interval(elapsed: float) -> float:
    """Return the default number of seconds until the next poll, ``elapsed`` seconds after the first one."""
    interval = min(_FIRST_INTERVAL_SECONDS + _SHORT_RUN_GROWTH * elapsed, _SHORT_RUN_INTERVAL_SECONDS)
    return min(max(interval, _LONG_RUN_GROWTH * elapsed), _MAX_INTERVAL_SECONDS)


class WaitOptions(NamedTuple):
    """The arguments of all methods that wait for a run."""

    poll_interval_seconds: float | None = None
    timeout_seconds: float | None = DEFAULT_TIMEOUT_SECONDS
    raise_on_failure: bool = False
    on_update: Callable[[Run], object] | None = None


class Wait:
    """The options and the state of one wait for a run.

    As a context manager, it adds the id of the run to any exception that ends the wait early, so that the wait
    can be resumed.
    """

    def __init__(self, options: WaitOptions, recent_starts: RecentStarts, monotonic: Callable[[], float]) -> None:
        on_update, raise_on_failure = options.on_update, cast("object", options.raise_on_failure)
        if on_update is not None and not callable(on_update):
            raise TypeError(f"on_update must be callable, not {type(on_update).__name__}")
        if not isinstance(raise_on_failure, bool):
            raise TypeError(f"raise_on_failure must be a bool, not {type(raise_on_failure).__name__}")
        self.on_update = on_update
        self._raise_on_failure = raise_on_failure
        self._interval: float | None = None
        if options.poll_interval_seconds is not None:
            self._interval = check_seconds("poll_interval_seconds", options.poll_interval_seconds)
            if math.isinf(self._interval):
                raise ValueError("poll_interval_seconds must be finite; omit it for an interval that backs off")
        self._timeout = math.inf
        if options.timeout_seconds is not None:
            self._timeout = check_seconds("timeout_seconds", options.timeout_seconds)
        self._recent_starts = recent_starts
        self._monotonic = monotonic
        self._deadline = monotonic() + self._timeout
        self._request_deadline = None if math.isinf(self._deadline) else self._deadline
        self._last_error: EigenpalError | None = None
        self._last_status: str | None = None
        self._idempotency_key: str | None = None
        self.run_id: str | None = None
        self.last_run: Run | None = None

    @property
    def deadline(self) -> float:
        """When to give up, on the monotonic clock; infinite without a time limit."""
        return self._deadline

    # --- actions ------------------------------------------------------------------------------------------------------

    def start(self, request: Request, parse: Callable[[Response], Run | RunAccepted]) -> WaitFlow:
        """Start a run, then wait for it to finish."""
        self._idempotency_key = find_idempotency_key(request)
        try:
            run: Run | RunAccepted = yield SendRequest(request, parse, self._request_deadline)
            self._recent_starts.add(run.id, self._monotonic())
            try:
                polls = self.poll(run.id)
            except ValueError as error:
                problem = f"the run was started, but the server returned an invalid id: {error}"
                raise EigenpalResponseError(
                    problem, body=run.to_dict(), field="id", operation=request.operation, outcome_unknown=True
                ) from None
            yield from polls
        except EigenpalError as error:
            error.idempotency_key = self._idempotency_key
            raise

    def poll(self, run_id: object) -> WaitFlow:
        """Wait for an existing run to finish.

        Raises:
            TypeError: The id is not a string.
            ValueError: The id is invalid.
        """
        if not isinstance(run_id, str):
            hint = "; pass its id" if hasattr(run_id, "id") else ""
            raise TypeError(f"id must be a str, not {type(run_id).__name__}{hint}")
        request = get_run.request(run_id)
        self.run_id = run_id
        return self._poll(request, self._recent_starts.find_start_time(run_id))

    def _poll(self, request: Request, started: float | None) -> WaitFlow:
        first_poll = self._monotonic()
        deadline = self._request_deadline
        is_last = False
        while True:
            sent = self._monotonic()
            retry_after = 0.0
            try:
                run: Run = yield SendRequest(request, self._parse_run, deadline)
            except EigenpalError as error:
                if not self._is_transient(error, started):
                    raise
                logger.info("polling run %s failed: %s; retrying", self.run_id, type(error).__name__)
                if not self._is_caused_by_deadline(error):
                    self._last_error = error
                retry_after = min(error.retry_after or 0.0, _MAX_RETRY_AFTER_SECONDS)
                responded = self._monotonic()
            else:
                responded = self._monotonic()
                self._last_error = None
                self.last_run = run
                if self._is_status_change(run):
                    yield StatusChanged(run)
                if is_finished(run):
                    return
            if is_last:
                raise self._make_timeout_error() from self._last_error
            interval = self._interval or compute_interval(responded - first_poll)
            is_last = yield from self._sleep(interval, sent, responded, retry_after)
            if is_last:
                deadline = self._monotonic() + min(self._timeout, _LATE_POLL_SECONDS)

    def _sleep(
        self, interval: float, sent: float, responded: float, retry_after: float
    ) -> Generator[Sleep, None, bool]:
        """Sleep until the next poll; return whether that is the last one, because the wait was held up.

        Args:
            interval: Seconds to sleep.
            sent: When the last poll was sent.
            responded: When its response arrived.
            retry_after: The least time to sleep, as requested by the server.

        Raises:
            EigenpalTimeoutError: There is no time for another poll.
        """
        now = self._monotonic()
        remaining = self._deadline - now
        if remaining <= _LAST_POLL_SECONDS < self._deadline - responded:
            return True  # the caller took its time with the new status
        # The last poll is sent early enough for its response to arrive before the deadline.
        reserved = min(max(_LAST_POLL_SECONDS, 2 * (responded - sent)), remaining / 2)
        delay = max(min(interval, remaining - reserved), retry_after)
        if delay < remaining and remaining > _LAST_POLL_SECONDS:
            yield Sleep(delay)
            return self._monotonic() >= self._deadline
        yield Sleep(max(remaining, 0.0))
        if self._monotonic() < max(self._deadline + _HELD_UP_SECONDS, now + retry_after):
            raise self._make_timeout_error() from self._last_error
        return True

    def _parse_run(self, response: Response) -> Run:
        run = get_run.parse(response)
        if run.id != self.run_id:
            raise EigenpalResponseError(
                f"the response to runs.get is about the run {run.id[:100]!r}, not {self.run_id!r}",
                body=response.data,
                field="id",
                status=response.status,
                request_id=response.headers.get("x-request-id"),
                operation="runs.get",
                hint="A cache or proxy may have responded instead of the server.",
            )
        return run

    def result(self) -> Run:
        """Return the finished run, or raise if it failed and ``raise_on_failure`` is set."""
        run = self.last_run
        if run is None or not is_finished(run):
            raise RuntimeError("the run has not finished yet")
        if self._raise_on_failure and run.execution.status != "completed":
            raise EigenpalRunFailedError(run, idempotency_key=self._idempotency_key)
        return run

    def _is_caused_by_deadline(self, error: EigenpalError) -> bool:
        """Return whether a poll failed only because the deadline passed."""
        is_over = self._monotonic() >= self._deadline
        return is_over and isinstance(error, EigenpalTimeoutError) and self.last_run is not None

    def _is_status_change(self, run: Run) -> bool:
        """Return whether to report the status: it has changed, and is not final before the run has finished."""
        status = run.execution.status
        if status == self._last_status or (status in _FINAL_STATUSES and not is_finished(run)):
            return False
        self._last_status = status
        return True

    def _is_transient(self, error: EigenpalError, started: float | None) -> bool:
        """Return whether polling again may succeed."""
        was_reached = started is not None or self.last_run is not None
        if isinstance(error, EigenpalResponseError):
            # HTML or truncated JSON is likely a failing gateway if the API has responded before, otherwise a wrong
            # base_url. A field of the wrong type is permanent.
            return error.field is None and was_reached
        if isinstance(error, EigenpalConnectionError) and (error.is_tls_failure or error.is_proxy_refusal):
            return False
        if isinstance(error, (EigenpalConnectionError, EigenpalTimeoutError)):
            # Without a time limit, a server that does not exist would be polled forever.
            return was_reached or self._request_deadline is not None
        if error.status == 404:
            return started is not None and self._monotonic() - started < REPLICATION_SECONDS
        return error.status in (408, 429) or error.status >= 500

    def _make_timeout_error(self) -> EigenpalTimeoutError:
        run = self.last_run
        state = "its status is unknown" if run is None else f"its last known status is {run.execution.status}"
        progress = "may still be" if run is None else "is still"
        problem = "" if self._last_error is None else f", and the last poll failed: {self._last_error.message}"
        return EigenpalTimeoutError(
            f"the run {self.run_id} did not finish within {self._timeout:.10g} s; {state}{problem}",
            run_id=self.run_id,
            last_run=run,
            operation="runs.get",
            hint=f"The run {progress} in progress; resume with client.runs.wait({self.run_id!r}).",
        )

    # --- early exit ---------------------------------------------------------------------------------------------------

    def __enter__(self) -> Wait:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # GeneratorExit: leaving a loop over `watch` is not an error.
        if error is None or isinstance(error, (GeneratorExit, EigenpalRunFailedError)):
            return
        if isinstance(error, EigenpalTimeoutError) and error.run_id is not None:
            return
        if self.run_id is not None and isinstance(error, EigenpalError):
            add_note(error, f"Raised while waiting for the run {self.run_id}.")
        elif self.run_id is not None:
            add_note(
                error,
                f"The wait for the run {self.run_id} was interrupted, but the run was not stopped; "
                f"resume with client.runs.wait({self.run_id!r}).",
            )
