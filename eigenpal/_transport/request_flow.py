"""What to do to have a request answered: the decisions, as generators without I/O.

A generator yields what it wants done (`Send`, `Pause`, `Work`, `Receive`) and is sent what came of it. Two drivers, one
for each client, do nothing but carry that out; so everything that matters is decided here, once, and can be tested
without a network or a clock.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Generator
from functools import partial
from logging import DEBUG
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote, urlencode

from eigenpal import errors
from eigenpal._logging import logger
from eigenpal._options import ClientOptions
from eigenpal._transport.body_reader import Intake
from eigenpal._transport.failures import fault_error, mark_unknown
from eigenpal._transport.outcomes import Answer, Fault, Outcome, may_repeat
from eigenpal._transport.redirects import REDIRECTS, RedirectRefused, origin_of, redirect_target
from eigenpal._transport.responses import (
    error_of,
    masked,
    masked_fault,
    may_be_cut,
    response_of,
    undecodable,
    unpromised,
)
from eigenpal._transport.retry import LONGEST_RETRY_AFTER, backoff, retry_after, status_may_repeat
from eigenpal._uploads.multipart import Multipart
from eigenpal_generated.runtime import UNSET, Answer as Promise, DecodeError, Progress, Request, Response

if TYPE_CHECKING:
    from eigenpal._downloads.writers import Sink

T = TypeVar("T")

# What the HTTP library takes as one address; longer ones no server would accept either.
_LONGEST_ADDRESS = 32 * 1024

_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


# --- what is yielded --------------------------------------------------------------------------------------------------


class Send(NamedTuple):
    """Send a request once; comes back as an `Outcome`, an `Answer` of whatever status or a `Fault`."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """Beside those that every request has."""
    content: bytes | Multipart | None
    """JSON, a multipart body or nothing."""
    is_own: bool
    """Whether it goes to the origin of ``base_url``: only then with the key and the default headers."""
    wants: Promise
    """What a success holds."""
    timeouts: dict[str, float]
    deadline: float | None
    """When to give up reading the answer, by the clock."""
    streaming: bool
    """Whether the body of a success stays unread, for `Receive`."""


class Pause(NamedTuple):
    """Do nothing for so many seconds; comes back as None."""

    seconds: float


class Work(NamedTuple):
    """Do something that may block; comes back as what it returns."""

    function: Callable[[], Any]


class Receive(NamedTuple):
    """Write the rest of a streamed answer into a sink; comes back as None, or as the `Fault` that cut it short."""

    answer: Answer
    sink: Sink
    progress: Progress | None
    size: int | None
    """Of the whole file, where the server told."""
    seconds: float
    """The read timeout."""

    def intake(self, clock: Callable[[], float]) -> Intake:
        """Return what judges the pieces."""
        answer = self.answer
        return Intake(answer.status, answer.headers, "bytes", self.seconds, None, clock, streaming=True)

    def tell(self) -> None:
        """Tell the caller how much is written."""
        if self.progress is not None:
            self.progress(self.sink.written, self.size)


Effect: TypeAlias = "Send | Pause | Work | Receive"
Steps: TypeAlias = Generator[Effect, Any, T]


class World(NamedTuple):
    """What a decision may depend on beside its arguments; tests give their own."""

    clock: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


class Settings:
    """What a transport works out once from its options, so that no request has to."""

    __slots__ = ("options", "origin", "sends_own_key", "timeouts", "where")

    def __init__(self, options: ClientOptions) -> None:
        self.options: ClientOptions = options
        self.origin: tuple[str, str, int] = origin_of(options.base_url)
        self.where: str = where_of(options.base_url)
        self.sends_own_key: bool = options.names_header("idempotency-key")
        phases: tuple[str, ...] = ("connect", "read", "write", "pool")
        self.timeouts: dict[str, float] = dict.fromkeys(phases, options.timeout_seconds)


def where_of(url: str) -> str:
    """Return scheme, host and port of an address, which is all of it that messages show."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


# --- one call ---------------------------------------------------------------------------------------------------------


class Call:
    """One call of one operation: what is sent, how often it was, and what may still be done."""

    __slots__ = (
        "_content",
        "_deadline",
        "_headers",
        "_left_for",
        "_repeats",
        "_request",
        "_settings",
        "_url",
        "_world",
        "given",
    )

    def __init__(self, request: Request, settings: Settings, world: World, deadline: float | None = None) -> None:
        self._request = request
        self._settings = settings
        self._world = world
        self._deadline = deadline
        self._repeats = 0
        self._left_for: str | None = None
        self.given: dict[str, float] = settings.timeouts
        self._content: bytes | Multipart | None = None
        headers = request.headers
        if request.method == "POST" and not settings.sends_own_key and not _has(headers, "idempotency-key"):
            # The same on every attempt, so that a server which knows such keys can tell a repeat from a second call.
            headers = (*headers, ("Idempotency-Key", os.urandom(16).hex()))
        if request.json is not UNSET:
            self._content = _json_content(request.json)
        self._headers = headers
        self._url = _url(settings.options.base_url, request)

    def response(self) -> Steps[Response]:
        """Have the request answered, and the answer read and decoded."""
        while True:
            answer = yield from self.answered()
            try:
                return response_of(self._request, answer)
            except errors.EigenpalResponseError:
                answer = masked(answer, self._settings.options.secrets)
            problem = unpromised(self._request, answer)
            if not self._request.repeatable:
                mark_unknown(self._request, problem)
            if not may_be_cut(answer):
                raise problem
            yield from self.again(Fault("lost", "the answer ends in the middle"), problem)

    def answered(self, more_headers: tuple[tuple[str, str], ...] = (), *, streaming: bool = False) -> Steps[Answer]:
        """Have the request answered with a success, repeating it as often as that is allowed and helps.

        With ``more_headers`` that ask for a part of a file, it and an answer that there is none are returned as well.
        """
        if self._request.multipart and self._content is None:
            body = partial(Multipart, self._request.form, self._request.files)
            self._content = (yield Work(body)) if self._request.files else body()
        while True:
            outcome = yield from self._sent(more_headers, streaming)
            if isinstance(outcome, Answer):
                if outcome.status in (206, 416) and _has(more_headers, "range"):
                    return outcome
                if outcome.status == 206:
                    raise self.error(
                        Fault("unpromised", "brings only a part, though all of it was asked for", status=206)
                    )
                if 200 <= outcome.status < 300:
                    return outcome
            yield from self.again(outcome)

    def again(self, outcome: Outcome, problem: errors.EigenpalError | None = None) -> Steps[None]:
        """Get ready to send the request once more after an outcome that is no success, or raise its error."""
        delay = self._delay(outcome)
        if delay is None:
            raise problem or self.error(outcome)
        self._repeats += 1
        logger.info(
            "%s %s: %s; attempt %d follows in %.2f s",
            self._request.method,
            self._request.path,
            outcome.status if isinstance(outcome, Answer) else outcome.kind,
            self._repeats + 1,
            delay,
        )
        yield Pause(delay)

    def _delay(self, outcome: Outcome) -> float | None:
        """Return the seconds to wait before the next attempt; None where there is none."""
        if self._repeats >= self._settings.options.max_retries:
            return None
        if isinstance(self._content, Multipart) and not self._content.replayable:
            return None
        asked = None
        if isinstance(outcome, Answer):
            if not status_may_repeat(outcome.status, self._request.repeatable):
                return None
            headers = outcome.headers
            asked = retry_after(headers.get("retry-after"), headers.get("date"), self._world.today())
            if asked is not None and asked > LONGEST_RETRY_AFTER:
                return None
        elif not may_repeat(outcome, self._request.repeatable):
            return None
        delay = backoff(self._repeats, self._world.chance()) if asked is None else asked
        remaining = self._remaining()
        return None if remaining is not None and delay >= remaining else delay

    # --- one attempt --------------------------------------------------------------------------------------------------

    def _sent(self, more_headers: tuple[tuple[str, str], ...], streaming: bool) -> Steps[Outcome]:
        """Send the request once, and once more for every redirect."""
        request = self._request
        settings = self._settings
        world = self._world
        headers = self._headers
        content = self._content
        if more_headers:
            headers += more_headers
        if isinstance(content, Multipart):
            headers += (("Content-Type", content.content_type),)
        url = self._url
        is_own = True
        hops = 0
        self._left_for = None
        while True:
            timeouts = self._timeouts()
            if timeouts is None:
                return Fault("late", "", sent=False)
            self.given = timeouts
            began = world.clock()
            outcome: Outcome = yield Send(
                request.method,
                url,
                headers,
                content,
                is_own,
                request.answer,
                timeouts,
                self._deadline,
                streaming,
            )
            self._log(outcome, world.clock() - began)
            if isinstance(outcome, Answer) and outcome.status >= 400:
                return masked(outcome, settings.options.secrets)
            if not isinstance(outcome, Answer) or outcome.status not in REDIRECTS:
                return outcome
            try:
                url = redirect_target(request.method, url, outcome.headers.get("location"), hops)
            except RedirectRefused as refused:
                return Fault("unpromised", f"{refused}; base_url may be wrong", status=outcome.status)
            hops += 1
            if is_own and origin_of(url) != settings.origin:
                is_own = False
                self._left_for = where_of(url)
                # What is asked of a file goes along; what belongs to this client and its server does not.
                headers = more_headers

    def _timeouts(self) -> dict[str, float] | None:
        """Return how long each phase of the next sending may take; None where the deadline is over."""
        timeouts = self._settings.timeouts
        waits = self._request.server_wait_seconds
        if waits:
            timeouts = {**timeouts, "read": timeouts["read"] + waits}
        remaining = self._remaining()
        if remaining is None:
            return timeouts
        if remaining <= 0:
            return None
        return {phase: min(seconds, remaining) for phase, seconds in timeouts.items()}

    def _remaining(self) -> float | None:
        return None if self._deadline is None else self._deadline - self._world.clock()

    def _log(self, outcome: Outcome, seconds: float) -> None:
        if not logger.isEnabledFor(DEBUG):
            return
        request = self._request
        if isinstance(outcome, Answer):
            what: str = str(outcome.status)
            request_id = masked(outcome, self._settings.options.secrets).headers.get("x-request-id", "-")
        else:
            what, request_id = outcome.kind, "-"
        logger.debug(
            "%s %s: %s, attempt %d, %.3f s, request id %s",
            request.method,
            request.path,
            what,
            self._repeats + 1,
            seconds,
            "".join(character for character in request_id if character.isprintable())[:100],
        )

    # --- how it ends --------------------------------------------------------------------------------------------------

    def error(self, outcome: Outcome) -> errors.EigenpalError:
        """Make the error for an outcome that is no success."""
        request = self._request
        if isinstance(outcome, Answer):
            error = error_of(request, outcome, self._world.today())
            if self._left_for is not None and outcome.status in (401, 403):
                error.hint = (
                    f"The request was redirected to {self._left_for}, which is not given the API key; "
                    "if that is where Eigenpal is, use it as base_url."
                )
            was_taken = outcome.status == 408 or (outcome.status >= 500 and outcome.status != 503)
        else:
            error = fault_error(
                request,
                masked_fault(outcome, self._settings.options.secrets),
                where=self._left_for or self._settings.where,
                timeout=self.given["read" if outcome.sent else "connect"],
                attempts=self._repeats + 1,
            )
            # Of the redirects, these say that the server did nothing else.
            was_taken = outcome.sent and outcome.kind != "file" and outcome.status not in (301, 307, 308)
        if was_taken and not request.repeatable:
            mark_unknown(request, error)
        return error


def parsed(
    request: Request, response: Response, parse: Callable[[Response], T], settings: Settings
) -> T | errors.EigenpalResponseError:
    """Return what ``parse`` makes of a success, or the error for one that does not hold what the operation promises.

    Returned rather than raised, so that no frame of the traceback holds the answer, which may repeat the API key.
    """
    try:
        return parse(response)
    except DecodeError as error:
        problem = undecodable(request, response, error, settings.options.secrets)
    if not request.repeatable:
        mark_unknown(request, problem)
    return problem


def _has(headers: tuple[tuple[str, str], ...], name: str) -> bool:
    return any(own.lower() == name for own, _ in headers)


def _json_content(value: Any) -> bytes:
    try:
        return _encode_json(value).encode()
    except UnicodeEncodeError:
        problem = "the body holds half of a surrogate pair, which is no text and cannot be sent"
    except RecursionError:
        problem = "the body is nested too deep to be sent as JSON, or holds itself"
    raise ValueError(problem)


def _url(base_url: str, request: Request) -> str:
    url = base_url + request.path
    if request.query:
        try:
            url += "?" + urlencode(request.query, quote_via=quote, safe="")
        except UnicodeEncodeError:
            names = ", ".join(name for name, value in request.query if not value.isprintable())
            raise ValueError(f"a query value is no text that can be sent: {names}") from None
    if len(url) > _LONGEST_ADDRESS:
        raise ValueError(f"the arguments make an address of {len(url)} characters, more than any server takes")
    return url
