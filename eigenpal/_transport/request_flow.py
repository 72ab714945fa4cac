"""The flow of a request: attempts, redirects, deadline, decoding.

It makes the decisions for both clients, and can be tested without a network or a clock.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from logging import DEBUG
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from urllib.parse import quote, urlencode

from eigenpal import _hooks, errors
from eigenpal._clock import monotonic
from eigenpal._logging import add_note, logger
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, RunInThread, SendRequest, Sleep
from eigenpal._transport.decoding import UndecodableResponseError, decode_response, may_be_truncated
from eigenpal._transport.error_mapping import (
    describe_unknown_outcome,
    error_from_decoding,
    error_from_failure,
    error_from_response,
    find_request_id,
    find_run_id,
    mark_outcome_unknown,
)
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure
from eigenpal._transport.redaction import make_printable, redact, redact_result, withhold_content
from eigenpal._transport.redirects import (
    REDIRECT_STATUSES,
    RedirectRefusedError,
    check_query,
    format_origin,
    may_send_credentials,
    parse_origin,
    resolve_redirect,
)
from eigenpal._transport.request_body import encode_body, is_streamed, open_body
from eigenpal._transport.request_trace import RequestTrace
from eigenpal._transport.retry import (
    MAX_RETRY_AFTER,
    compute_backoff,
    is_retryable,
    may_have_taken_effect,
    parse_retry_after,
)
from eigenpal_generated.decoding import DecodeError, ResponseContext
from eigenpal_generated.runtime import Request, Response

if TYPE_CHECKING:
    from eigenpal._response_info import ResponseInfo
    from eigenpal._uploads.upload_body import UploadBody

T = TypeVar("T")

RANGE_STATUSES = frozenset((206, 304, 412, 416))
"""The statuses, besides success, that a request for the rest of a file can have where one for all of it succeeds."""

# httpx and most servers reject longer URLs.
_MAX_URL_LENGTH = 32 * 1024
_MAX_LOGGED_PROBLEMS = 5


class Environment(NamedTuple):
    """The clocks and random numbers that decisions depend on; tests replace them."""

    monotonic: Callable[[], float] = monotonic
    time: Callable[[], float] = time.time
    random: Callable[[], float] = random.random


class TransportConfig:
    """Values computed once from the options of a transport."""

    __slots__ = (
        "has_http_client",
        "options",
        "origin",
        "origin_text",
        "query",
        "timeouts",
    )

    def __init__(self, options: ClientOptions, *, has_http_client: bool = False) -> None:
        self.options: ClientOptions = options
        self.has_http_client: bool = has_http_client
        self.origin: tuple[str, str, int] = parse_origin(options.base_url)
        self.origin_text: str = format_origin(options.base_url)
        self.query: tuple[tuple[str, str], ...] = tuple((name, value.reveal()) for name, value in options.default_query)
        phases: tuple[str, ...] = ("connect", "read", "write", "pool")
        self.timeouts: dict[str, float] = dict.fromkeys(phases, options.timeout_seconds)

    def add_idempotency_key(self, request: Request) -> Request:
        """Return a request that has an idempotency key if it is a POST: its own, that of the options, or a random one.

        All attempts have the same, so that the server can detect retries.
        """
        if request.method != "POST" or find_idempotency_key(request) is not None:
            return request
        key: str | None = os.urandom(16).hex()
        for name, value in self.options.default_headers:
            if name.lower() == "idempotency-key":
                key = None if value is None else value.reveal()
        return request if key is None else request._replace(headers=(*request.headers, ("Idempotency-Key", key)))


class RequestFlow:
    """One request and the state of its attempts."""

    __slots__ = (
        "_attempts",
        "_began",
        "_config",
        "_content",
        "_deadline",
        "_environment",
        "_headers",
        "_last_response",
        "_may_have_taken_effect",
        "_redirected_to",
        "_renewed_retries",
        "_request",
        "_retries",
        "_timeouts",
        "_url",
    )

    def __init__(
        self, request: Request, config: TransportConfig, environment: Environment, deadline: float | None = None
    ) -> None:
        self._request = request = config.add_idempotency_key(request)
        self._config = config
        self._environment = environment
        self._deadline = deadline
        self._retries = 0
        # How many of them do not count, because the file continued after them.
        self._renewed_retries = 0
        self._attempts = 0
        self._began = environment.monotonic()
        self._last_response: RawResponse | None = None
        self._may_have_taken_effect = False
        self._redirected_to: str | None = None
        self._timeouts: dict[str, float] = config.timeouts
        self._content: bytes | UploadBody | None = None
        headers = request.headers
        if request.accept:
            headers = (*headers, ("Accept", request.accept))
        body = encode_body(request)
        if body is not None:
            self._content, content_type = body
            headers = (*headers, ("Content-Type", content_type))
        self._headers = headers
        self._url = _make_url(config.options.base_url, request, config.query)

    @property
    def has_files(self) -> bool:
        """Whether the body is read from files while it is sent."""
        return is_streamed(self._request)

    @property
    def url_hash(self) -> str | None:
        """A hash of the URL, which itself may contain secrets; None if the method is not GET."""
        return sha256(self._url.encode()).hexdigest() if self._request.method == "GET" else None

    # Errors are raised outside the flows, so that tracebacks do not contain the retry loop. Results that leave a flow
    # are redacted, because tracebacks may include local variables, and servers may repeat the API key.

    def execute(self) -> Flow[Response | SendResult]:
        """Send the request and return the decoded response, or the failed result."""
        while True:
            result = yield from self.send_with_retries()
            if not isinstance(result, RawResponse) or not result.is_success:
                return result
            try:
                return decode_response(self._request, result)
            except UndecodableResponseError as error:
                failure = self._redact(TransportFailure("undecodable", str(error), response=result))
            if not may_be_truncated(result):
                return failure
            truncated = TransportFailure("connection_lost", "the response is truncated")
            if not (yield from self.wait_before_retry(truncated)):
                return failure

    def parse_or_raise(self, result: Response | SendResult, parse: Callable[[Response], T]) -> T:
        """Return the parsed response, or raise the error for a failed result."""
        if not isinstance(result, Response):
            raise self.make_error(result)
        context = ResponseContext()
        try:
            parsed = parse(Response(result.status, result.headers, result.data, context))
        except DecodeError as error:
            field, reason = error.field, error.describe(quoted=not self._request.confidential)
        except errors.EigenpalMissingFieldError as error:
            # Something that the operation itself needs, such as the rows of a page.
            field, reason = error.field or "", error.message
        except RecursionError:
            field, reason = "", "it is nested too deeply"
        else:
            if context.problems:
                self._report_problems(context, result)
            return parsed
        secrets = self._config.options.secrets
        reason = redact(reason, secrets)
        data = None if self._request.confidential else redact(result.data, secrets)
        result = Response(result.status, redact(dict(result.headers), secrets), data)
        raise self._mark_outcome(error_from_decoding(self._request, result, field, reason))

    def _report_problems(self, context: ResponseContext, response: Response) -> None:
        """Log what of a response could not be decoded, and complete the errors for reading it."""
        request, secrets = self._request, self._config.options.secrets
        problems = [problem.describe() for problem in context.problems]
        context.quoted = not request.confidential and redact(problems, secrets) == problems
        context.make_error = partial(
            errors.make_missing_field_error,
            operation=request.operation,
            status=response.status,
            request_id=redact(response.headers.get("x-request-id"), secrets),
            run_id=find_run_id(response.data) if request.starts_run else None,
        )
        listed = [problem.describe(quoted=False) for problem in context.problems[:_MAX_LOGGED_PROBLEMS]]
        more = len(problems) - len(listed)
        logger.warning(
            "%s: parts of the response do not match the API and cannot be read: %s%s",
            request.operation,
            make_printable(redact("; ".join(listed), secrets)),
            f"; and {more} more" if more else "",
        )

    def send_with_retries(
        self, range_headers: tuple[tuple[str, str], ...] = (), *, streaming: bool = False
    ) -> Flow[SendResult]:
        """Send the request until it succeeds or must not be retried.

        With ``range_headers``, the statuses that only requests for a part can have are returned like a success.
        """
        request = self._request
        if self._content is None and is_streamed(request):
            make_body = partial(open_body, request)
            has_files = request.files or request.content is not None
            body: UploadBody = (yield RunInThread(make_body, may_hang=True)) if has_files else make_body()
            self._content = body
            self._headers = (*self._headers, ("Content-Type", body.content_type))
        while True:
            result = yield from self._send_following_redirects(range_headers, streaming)
            if isinstance(result, RawResponse):
                if range_headers and result.status in RANGE_STATUSES:
                    return result
                if result.status == 206:
                    result = TransportFailure(
                        "unexpected_response", "is partial content, which was not requested", response=result
                    )
                elif result.is_success:
                    return result
            if not (yield from self.wait_before_retry(result)):
                return self._redact(result)

    def wait_before_retry(self, result: SendResult) -> Flow[bool]:
        """Sleep and return True if the request may be retried; otherwise return False."""
        delay = None if self._is_max_retries_reached else self._compute_delay(result)
        if delay is None:
            return False
        self._retries += 1
        logger.info(
            "%s %s: %s; retrying in %.2f s (attempt %d)",
            self._request.method,
            self._request.path,
            result.status if isinstance(result, RawResponse) else result.kind,
            delay,
            self._retries + 1,
        )
        yield Sleep(delay)
        return True

    def monotonic(self) -> float:
        """Return the time on the clock of the deadline."""
        return self._environment.monotonic()

    def renew_retries(self) -> None:
        """Allow ``max_retries`` more retries, starting with the shortest delay."""
        self._renewed_retries = self._retries

    @property
    def _is_max_retries_reached(self) -> bool:
        return self._retries - self._renewed_retries >= self._config.options.max_retries

    def _compute_delay(self, result: SendResult) -> float | None:
        """Return the seconds to wait before another attempt; None if there must not be one."""
        if not is_retryable(result, self._request.idempotent):
            return None
        content = self._content
        if content is not None and not isinstance(content, bytes) and not content.replayable:
            return None
        retry_after = None
        if isinstance(result, RawResponse):
            headers = result.headers
            retry_after = parse_retry_after(headers.get("retry-after"), headers.get("date"), self._environment.time())
            if retry_after is not None and retry_after > MAX_RETRY_AFTER:
                return None
        delay = (
            compute_backoff(self._retries - self._renewed_retries, self._environment.random())
            if retry_after is None
            else retry_after
        )
        remaining = self._remaining()
        return None if remaining is not None and delay >= remaining else delay

    # --- one attempt --------------------------------------------------------------------------------------------------

    def _send_following_redirects(
        self, range_headers: tuple[tuple[str, str], ...], streaming: bool
    ) -> Flow[SendResult]:
        """Send the request once, and again for each redirect."""
        request = self._request
        environment = self._environment
        content = self._content
        headers = self._headers + range_headers
        url = self._url
        with_credentials = True
        hops = 0
        self._redirected_to = None
        while True:
            timeouts = self._compute_timeouts()
            if timeouts is None:
                return TransportFailure("deadline_exceeded", "", sent=False)
            self._timeouts = timeouts
            if _hooks.before_send is not None:
                _hooks.before_send(request.method, url)
            began = environment.monotonic()
            trace = RequestTrace(timeouts, self._deadline, environment.monotonic)
            try:
                result: SendResult = yield SendRequest(
                    request.method,
                    url,
                    headers,
                    content,
                    with_credentials,
                    request.credential,
                    request.response_kind,
                    timeouts,
                    self._deadline,
                    streaming,
                    trace,
                )
            except GeneratorExit:
                # The driver was interrupted, for example by Ctrl-C.
                self._may_have_taken_effect = trace.may_have_been_sent
                raise
            self._may_have_taken_effect = may_have_taken_effect(result)
            self._log(result, environment.monotonic() - began)
            if self._config.options.on_response is not None:
                self._note_response(result, is_attempt=hops == 0)
            if not isinstance(result, RawResponse) or result.status not in REDIRECT_STATUSES:
                return result
            try:
                url = resolve_redirect(
                    request.method, url, result.headers.get("location"), hops, has_body=content is not None
                )
                is_foreign = not may_send_credentials(url, self._config.origin)
                if is_foreign and request.credential is not None and request.credential.kind == "query":
                    check_query(url, self._config.options.api_key)
            except RedirectRefusedError as error:
                return TransportFailure("unexpected_response", f"{error}; base_url may be wrong", response=result)
            hops += 1
            if with_credentials and is_foreign:
                with_credentials = False
                self._redirected_to = redact(format_origin(url), self._config.options.secrets)
                # Only the range applies to the new origin; the other headers are meant for the API.
                headers = range_headers

    def _compute_timeouts(self) -> dict[str, float] | None:
        """Return the seconds for each phase of the next request; None if the deadline has passed."""
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
        request_id = "-"
        if isinstance(result, RawResponse):
            request_id = redact(result.headers.get("x-request-id", "-"), self._config.options.secrets)
        logger.debug(
            "%s %s: %s, attempt %d, %.3f s, request id %s",
            self._request.method,
            self._request.path,
            result.status if isinstance(result, RawResponse) else result.kind,
            self._retries + 1,
            seconds,
            make_printable(request_id)[:100],
        )

    # --- on_response --------------------------------------------------------------------------------------------------

    def _note_response(self, result: SendResult, *, is_attempt: bool) -> None:
        self._attempts += is_attempt
        response = result if isinstance(result, RawResponse) else result.response
        if response is not None and response.is_success:
            # Only the body of an error is needed, and that of a success may be large.
            response = response._replace(body=b"", stream=None)
        self._last_response = response

    def make_response_info(self) -> ResponseInfo | None:
        """Describe the response of the last attempt; None if there was none."""
        if self._last_response is None:
            return None
        from eigenpal._response_info import ResponseInfo  # here, because it is rarely needed

        request, secrets = self._request, self._config.options.secrets
        response = cast("RawResponse", self._redact(self._last_response))
        return ResponseInfo(
            operation=request.operation,
            method=request.method,
            path=redact(request.path, secrets),
            status=response.status,
            headers=response.headers,
            request_id=find_request_id(response, secrets),
            attempts=self._attempts,
            seconds=self._environment.monotonic() - self._began,
        )

    # --- errors -------------------------------------------------------------------------------------------------------

    def _redact(self, result: SendResult) -> SendResult:
        if self._request.confidential:
            result = withhold_content(result)
        return redact_result(result, self._config.options.secrets)

    def make_error(self, result: SendResult) -> errors.EigenpalError:
        """Make the error for a result that is not a success."""
        request = self._request
        # Failures of streamed bodies have not been redacted by a flow.
        result = self._redact(result)
        self._may_have_taken_effect = may_have_taken_effect(result)
        if isinstance(result, RawResponse):
            error = error_from_response(
                request,
                result,
                self._config.options.secrets,
                self._environment.time(),
                is_outcome_unknown=self._is_outcome_unknown,
                is_limited_by_max_retries=self._is_limited_by_max_retries(result),
            )
            if self._redirected_to is not None and result.status in (401, 403):
                error.hint = (
                    f"The request was redirected to {self._redirected_to}, to which the API key is not sent; "
                    "if that is the URL of the deployment, use it as base_url."
                )
        else:
            error = error_from_failure(
                request,
                result,
                origin=self._redirected_to or self._config.origin_text,
                timeout=self._timeouts["read" if result.sent else "connect"],
                attempts=self._retries + 1,
                was_redirected=self._redirected_to is not None,
                has_http_client=self._config.has_http_client,
            )
        return self._mark_outcome(error)

    def note_interruption(self, error: BaseException) -> None:
        """Add to an exception that ended the call what is needed to repeat it.

        To an error, the idempotency key that was sent; to any other exception, such as KeyboardInterrupt, a note if
        the outcome is unknown.
        """
        if isinstance(error, errors.EigenpalError):
            error.idempotency_key = find_idempotency_key(self._request) or error.idempotency_key
        elif self._is_outcome_unknown:
            add_note(error, describe_unknown_outcome(self._request))

    @property
    def _is_outcome_unknown(self) -> bool:
        return self._may_have_taken_effect and not self._request.idempotent

    def _is_limited_by_max_retries(self, response: RawResponse) -> bool:
        return self._is_max_retries_reached and self._compute_delay(response) is not None

    def _mark_outcome(self, error: errors.EigenpalError) -> errors.EigenpalError:
        if self._is_outcome_unknown:
            mark_outcome_unknown(self._request, error)
        return error


def find_idempotency_key(request: Request) -> str | None:
    """Return the idempotency key of a request that has one."""
    return next((value for name, value in request.headers if name.lower() == "idempotency-key"), None)


def _make_url(base_url: str, request: Request, default_query: tuple[tuple[str, str], ...]) -> str:
    url = base_url + request.path
    query = request.query
    if default_query:
        own = {name for name, _ in query}
        query = (*query, *((name, value) for name, value in default_query if name not in own))
    if query:
        try:
            url += "?" + urlencode(query, quote_via=quote, safe="")
        except UnicodeEncodeError:
            names = ", ".join(name for name, value in query if not value.isprintable())
            raise ValueError(f"the query value of {names} is not valid Unicode text") from None
    if len(url) > _MAX_URL_LENGTH:
        raise ValueError(
            f"the arguments are too long: the URL has {len(url)} characters, the maximum is {_MAX_URL_LENGTH}"
        )
    return url
