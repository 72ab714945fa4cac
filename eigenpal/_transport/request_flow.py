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
from collections.abc import Callable
from functools import partial
from logging import DEBUG
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from eigenpal import errors
from eigenpal._logging import logger
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, RunInThread, SendRequest, Sleep
from eigenpal._transport.decoding import decode_response, may_be_truncated, unpromised
from eigenpal._transport.error_mapping import (
    decode_error,
    error_from_failure,
    error_from_response,
    mark_outcome_unknown,
    redact,
    redact_failure,
)
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure, is_retryable
from eigenpal._transport.redirects import REDIRECT_STATUSES, RedirectRefusedError, parse_origin, resolve_redirect
from eigenpal._transport.retry import MAX_RETRY_AFTER, backoff, is_retryable_status, retry_after
from eigenpal._uploads.multipart import Multipart
from eigenpal_generated.runtime import UNSET, DecodeError, Request, Response

if TYPE_CHECKING:
    pass

T = TypeVar("T")

# What the HTTP library takes as one address; longer ones no server would accept either.
_MAX_URL_LENGTH = 32 * 1024

_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Environment(NamedTuple):
    """What a decision may depend on beside its arguments; tests give their own."""

    monotonic: Callable[[], float] = time.monotonic
    time: Callable[[], float] = time.time
    random: Callable[[], float] = random.random


class TransportConfig:
    """What a transport works out once from its options, so that no request has to."""

    __slots__ = ("options", "origin", "sends_own_key", "timeouts", "where")

    def __init__(self, options: ClientOptions) -> None:
        self.options: ClientOptions = options
        self.origin: tuple[str, str, int] = parse_origin(options.base_url)
        self.where: str = format_origin(options.base_url)
        self.sends_own_key: bool = options.has_default_header("idempotency-key")
        phases: tuple[str, ...] = ("connect", "read", "write", "pool")
        self.timeouts: dict[str, float] = dict.fromkeys(phases, options.timeout_seconds)


def format_origin(url: str) -> str:
    """Return scheme, host and port of an address, which is all of it that messages show."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


# --- one call ---------------------------------------------------------------------------------------------------------


class RequestFlow:
    """One call of one operation: what is sent, how often it was, and what may still be done."""

    __slots__ = (
        "_config",
        "_content",
        "_deadline",
        "_environment",
        "_headers",
        "_redirected_to",
        "_request",
        "_retries",
        "_url",
        "timeouts",
    )

    def __init__(
        self, request: Request, config: TransportConfig, environment: Environment, deadline: float | None = None
    ) -> None:
        self._request = request
        self._config = config
        self._environment = environment
        self._deadline = deadline
        self._retries = 0
        self._redirected_to: str | None = None
        self.timeouts: dict[str, float] = config.timeouts
        self._content: bytes | Multipart | None = None
        headers = request.headers
        if request.method == "POST" and not config.sends_own_key and not _has(headers, "idempotency-key"):
            # The same on every attempt, so that a server which knows such keys can tell a repeat from a second call.
            headers = (*headers, ("Idempotency-Key", os.urandom(16).hex()))
        if request.json is not UNSET:
            self._content = _json_content(request.json)
        self._headers = headers
        self._url = _url(config.options.base_url, request)

    def execute(self) -> Flow[Response]:
        """Have the request answered, and the answer read and decoded."""
        while True:
            answer = yield from self.send_with_retries()
            try:
                return decode_response(self._request, answer)
            except errors.EigenpalResponseError:
                answer = redact(answer, self._config.options.secrets)
            problem = unpromised(self._request, answer)
            if not self._request.idempotent:
                mark_outcome_unknown(self._request, problem)
            if not may_be_truncated(answer):
                raise problem
            yield from self.retry_or_raise(
                TransportFailure("connection_lost", "the answer ends in the middle"), problem
            )

    def send_with_retries(
        self, more_headers: tuple[tuple[str, str], ...] = (), *, streaming: bool = False
    ) -> Flow[RawResponse]:
        """Have the request answered with a success, repeating it as often as that is allowed and helps.

        With ``more_headers`` that ask for a part of a file, it and an answer that there is none are returned as well.
        """
        if self._request.multipart and self._content is None:
            body = partial(Multipart, self._request.form, self._request.files)
            self._content = (yield RunInThread(body)) if self._request.files else body()
        while True:
            result = yield from self._send_following_redirects(more_headers, streaming)
            if isinstance(result, RawResponse):
                if result.status in (206, 416) and _has(more_headers, "range"):
                    return result
                if result.status == 206:
                    raise self.error(
                        TransportFailure(
                            "unexpected_response", "brings only a part, though all of it was asked for", status=206
                        )
                    )
                if 200 <= result.status < 300:
                    return result
            yield from self.retry_or_raise(result)

    def retry_or_raise(self, result: SendResult, problem: errors.EigenpalError | None = None) -> Flow[None]:
        """Get ready to send the request once more after an result that is no success, or raise its error."""
        delay = self._delay(result)
        if delay is None:
            raise problem or self.error(result)
        self._retries += 1
        logger.info(
            "%s %s: %s; attempt %d follows in %.2f s",
            self._request.method,
            self._request.path,
            result.status if isinstance(result, RawResponse) else result.kind,
            self._retries + 1,
            delay,
        )
        yield Sleep(delay)

    def _delay(self, result: SendResult) -> float | None:
        """Return the seconds to wait before the next attempt; None where there is none."""
        if self._retries >= self._config.options.max_retries:
            return None
        if isinstance(self._content, Multipart) and not self._content.replayable:
            return None
        asked = None
        if isinstance(result, RawResponse):
            if not is_retryable_status(result.status, self._request.idempotent):
                return None
            headers = result.headers
            asked = retry_after(headers.get("retry-after"), headers.get("date"), self._environment.time())
            if asked is not None and asked > MAX_RETRY_AFTER:
                return None
        elif not is_retryable(result, self._request.idempotent):
            return None
        delay = backoff(self._retries, self._environment.random()) if asked is None else asked
        remaining = self._remaining()
        return None if remaining is not None and delay >= remaining else delay

    # --- one attempt --------------------------------------------------------------------------------------------------

    def _send_following_redirects(self, more_headers: tuple[tuple[str, str], ...], streaming: bool) -> Flow[SendResult]:
        """Send the request once, and once more for every redirect."""
        request = self._request
        config = self._config
        environment = self._environment
        headers = self._headers
        content = self._content
        if more_headers:
            headers += more_headers
        if isinstance(content, Multipart):
            headers += (("Content-Type", content.content_type),)
        url = self._url
        is_own = True
        hops = 0
        self._redirected_to = None
        while True:
            timeouts = self._timeouts()
            if timeouts is None:
                return TransportFailure("deadline_exceeded", "", sent=False)
            self.timeouts = timeouts
            began = environment.monotonic()
            result: SendResult = yield SendRequest(
                request.method,
                url,
                headers,
                content,
                is_own,
                request.response_kind,
                timeouts,
                self._deadline,
                streaming,
            )
            self._log(result, environment.monotonic() - began)
            if isinstance(result, RawResponse) and result.status >= 400:
                return redact(result, config.options.secrets)
            if not isinstance(result, RawResponse) or result.status not in REDIRECT_STATUSES:
                return result
            try:
                url = resolve_redirect(request.method, url, result.headers.get("location"), hops)
            except RedirectRefusedError as refused:
                return TransportFailure(
                    "unexpected_response", f"{refused}; base_url may be wrong", status=result.status
                )
            hops += 1
            if is_own and parse_origin(url) != config.origin:
                is_own = False
                self._redirected_to = format_origin(url)
                # What is asked of a file goes along; what belongs to this client and its server does not.
                headers = more_headers

    def _timeouts(self) -> dict[str, float] | None:
        """Return how long each phase of the next sending may take; None where the deadline is over."""
        timeouts = self._config.timeouts
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
        return None if self._deadline is None else self._deadline - self._environment.monotonic()

    def _log(self, result: SendResult, seconds: float) -> None:
        if not logger.isEnabledFor(DEBUG):
            return
        request = self._request
        if isinstance(result, RawResponse):
            what: str = str(result.status)
            request_id = redact(result, self._config.options.secrets).headers.get("x-request-id", "-")
        else:
            what, request_id = result.kind, "-"
        logger.debug(
            "%s %s: %s, attempt %d, %.3f s, request id %s",
            request.method,
            request.path,
            what,
            self._retries + 1,
            seconds,
            "".join(character for character in request_id if character.isprintable())[:100],
        )

    # --- how it ends --------------------------------------------------------------------------------------------------

    def error(self, result: SendResult) -> errors.EigenpalError:
        """Make the error for an result that is no success."""
        request = self._request
        if isinstance(result, RawResponse):
            error = error_from_response(request, result, self._environment.time())
            if self._redirected_to is not None and result.status in (401, 403):
                error.hint = (
                    f"The request was redirected to {self._redirected_to}, which is not given the API key; "
                    "if that is where Eigenpal is, use it as base_url."
                )
            was_taken = result.status == 408 or (result.status >= 500 and result.status != 503)
        else:
            error = error_from_failure(
                request,
                redact_failure(result, self._config.options.secrets),
                where=self._redirected_to or self._config.where,
                timeout=self.timeouts["read" if result.sent else "connect"],
                attempts=self._retries + 1,
            )
            # Of the redirects, these say that the server did nothing else.
            was_taken = result.sent and result.kind != "file" and result.status not in (301, 307, 308)
        if was_taken and not request.idempotent:
            mark_outcome_unknown(request, error)
        return error


def parse_response(
    request: Request, response: Response, parse: Callable[[Response], T], config: TransportConfig
) -> T | errors.EigenpalResponseError:
    """Return what ``parse`` makes of a success, or the error for one that does not hold what the operation promises.

    Returned rather than raised, so that no frame of the traceback holds the answer, which may repeat the API key.
    """
    try:
        return parse(response)
    except DecodeError as error:
        problem = decode_error(request, response, error, config.options.secrets)
    if not request.idempotent:
        mark_outcome_unknown(request, problem)
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
    if len(url) > _MAX_URL_LENGTH:
        raise ValueError(f"the arguments make an address of {len(url)} characters, more than any server takes")
    return url
