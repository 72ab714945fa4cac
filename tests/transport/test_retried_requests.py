"""When requests are retried, and the error if they are not."""

from __future__ import annotations

import ssl
from email.utils import formatdate
from typing import Any

import h11
import httpcore
import httpx
import pytest

from eigenpal import errors
from eigenpal_generated.runtime import Request
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock
from tests.support.script import Script, error_response, ok

from .harness import CANCEL, FILE, GET, PATCH, POST, START, EitherTransport


def set_cause(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


class TooManyStreamsError(Exception):
    """Like the error of h2, before which no byte of the request is sent."""


class StreamClosedError(Exception):
    """Like the error of h2 for a request of which a part has been sent."""


def make_local_error(cause: Exception) -> Exception:
    """Return an error as httpx raises it for one of h2 or h11."""
    inner = httpcore.LocalProtocolError(cause)
    inner.__context__ = cause
    return set_cause(httpx.LocalProtocolError(str(cause)), inner)


def make_closing_error(message: str) -> Exception:
    """Return an error as httpx raises it for one of h2 after a GOAWAY."""
    inner = httpcore.RemoteProtocolError("<ConnectionTerminated error_code:0, last_stream_id:1>")
    inner.__context__ = set_cause(Exception(message), KeyError("CLOSED"))
    return set_cause(httpx.RemoteProtocolError(str(inner)), inner)


TRANSIENT: list[httpx.Response | Exception] = [
    error_response(408),
    error_response(429),
    error_response(500),
    error_response(501),
    error_response(502),
    error_response(503),
    error_response(504),
    error_response(520),
    httpx.Response(599),
    httpx.Response(502, html="<title>Bad gateway</title>"),
    httpx.ConnectError("[Errno 111] Connection refused"),
    httpx.ConnectError("[Errno -2] Name or service not known"),
    httpx.ConnectTimeout("timed out"),
    httpx.PoolTimeout("no connection"),
    httpx.ProxyError("502 Bad Gateway"),
    httpx.ReadTimeout("timed out"),
    httpx.WriteTimeout("timed out"),
    httpx.ReadError("[Errno 104] Connection reset by peer"),
    httpx.WriteError("[Errno 32] Broken pipe"),
    httpx.RemoteProtocolError("Server disconnected without sending a response."),
    set_cause(httpx.ConnectError("EOF"), ssl.SSLEOFError(8, "EOF occurred in violation of protocol")),
    ConnectionResetError(104, "reset"),
]

PERMANENT: list[httpx.Response | Exception] = [
    *(error_response(status) for status in (400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 425, 451)),
    set_cause(httpx.ConnectError("bad"), ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed")),
    set_cause(httpx.ReadError("bad"), ssl.SSLError(1, "tlsv13 alert certificate required")),
]

NOT_PROCESSED: list[httpx.Response | Exception] = [
    error_response(429),
    error_response(503),
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("timed out"),
    httpx.PoolTimeout("no connection"),
    httpx.ProxyError("502 Bad Gateway"),
    make_local_error(TooManyStreamsError("too many")),
    httpx.LocalProtocolError("Max outbound streams is 100, 100 open"),
    make_closing_error("Invalid input ConnectionInputs.SEND_HEADERS in state ConnectionState.CLOSED"),
    make_local_error(h11.LocalProtocolError("Illegal header value b'\\n'")),
]

MAYBE_PROCESSED: list[httpx.Response | Exception] = [
    error_response(408),
    error_response(500),
    error_response(502),
    error_response(504),
    httpx.Response(599),
    httpx.ReadTimeout("timed out"),
    httpx.WriteTimeout("timed out"),
    httpx.ReadError("reset"),
    httpx.WriteError("broken pipe"),
    httpx.RemoteProtocolError("cut"),
    make_local_error(StreamClosedError("the stream 5 is closed")),
    httpx.LocalProtocolError("Invalid input StreamInputs.SEND_DATA in state 5"),
    make_closing_error("Invalid input ConnectionInputs.SEND_DATA in state ConnectionState.CLOSED"),
    ConnectionResetError(104, "reset"),
]


def name(value: Any) -> str:
    if isinstance(value, Request):
        return value.operation
    if isinstance(value, httpx.Response):
        return str(value.status_code)
    return f"{type(value).__name__}-{str(value)[:20]}" if isinstance(value, Exception) else str(value)


@pytest.mark.parametrize(
    "request_", [GET, CANCEL, PATCH, FILE, GET._replace(method="PUT"), GET._replace(method="DELETE")], ids=name
)
@pytest.mark.parametrize("failure", TRANSIENT, ids=name)
def test_idempotent_requests_are_retried(kind: Kind, request_: Request, failure: httpx.Response | Exception) -> None:
    script = Script(failure, failure, ok({"id": "run_1"}))
    transport = EitherTransport(kind, script)
    assert transport.call(request_) in ({"id": "run_1"}, b'{"id":"run_1"}')
    assert transport.sleeps == [0.25, 0.5]
    assert len({request.headers.get("Idempotency-Key") for request in script.requests}) == 1


@pytest.mark.parametrize("request_", [GET, START], ids=name)
@pytest.mark.parametrize("failure", PERMANENT, ids=name)
def test_permanent_failures_are_raised_at_once(
    kind: Kind, request_: Request, failure: httpx.Response | Exception
) -> None:
    script = Script(failure)
    transport = EitherTransport(kind, script)
    with pytest.raises(errors.EigenpalError):
        transport.call(request_)
    assert transport.sleeps == []
    assert len(script.requests) == 1


@pytest.mark.parametrize("failure", NOT_PROCESSED, ids=name)
@pytest.mark.parametrize("request_", [START, POST], ids=name)
def test_a_start_is_retried_if_it_was_certainly_not_processed(
    kind: Kind, request_: Request, failure: httpx.Response | Exception
) -> None:
    script = Script(failure, failure, failure, ok())
    transport = EitherTransport(kind, script)
    assert transport.call(request_) == {"id": "run_1"}
    keys = {request.headers["Idempotency-Key"] for request in script.requests}
    assert len(script.requests) == 4
    assert len(keys) == 1


@pytest.mark.parametrize("failure", NOT_PROCESSED, ids=name)
def test_a_start_that_was_not_processed_has_a_known_outcome(kind: Kind, failure: httpx.Response | Exception) -> None:
    with pytest.raises(errors.EigenpalError) as caught:
        EitherTransport(kind, Script(failure)).call(START)
    assert not caught.value.outcome_unknown
    assert "may have" not in str(caught.value)


@pytest.mark.parametrize("failure", MAYBE_PROCESSED, ids=name)
def test_a_start_is_never_sent_twice(kind: Kind, failure: httpx.Response | Exception) -> None:
    script = Script(failure, ok())
    transport = EitherTransport(kind, script)
    with pytest.raises(errors.EigenpalError) as caught:
        transport.call(START)
    assert len(script.requests) == 1
    assert transport.sleeps == []
    assert caught.value.outcome_unknown
    assert "The run may have started; look for it with client.runs.list() before starting it again." in str(
        caught.value
    )


@pytest.mark.parametrize("failure", MAYBE_PROCESSED, ids=name)
def test_other_requests_that_are_not_idempotent(kind: Kind, failure: httpx.Response | Exception) -> None:
    with pytest.raises(errors.EigenpalError, match="The request may have taken effect; check before") as caught:
        EitherTransport(kind, Script(failure, ok())).call(POST)
    assert caught.value.outcome_unknown


def test_a_start_with_a_broken_response_may_have_started(kind: Kind) -> None:
    script = Script(httpx.Response(201, content=b'{"id": "run_', headers={"Content-Type": "application/json"}))
    with pytest.raises(errors.EigenpalResponseError, match="The run may have started") as caught:
        EitherTransport(kind, script).call(START)
    assert len(script.requests) == 1
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("max_retries", [0, 1, 3, 5])
def test_the_number_of_retries(kind: Kind, max_retries: int) -> None:
    script = Script(error_response(500, "the last word"))
    transport = EitherTransport(kind, script, max_retries=max_retries)
    with pytest.raises(errors.EigenpalServerError, match="the last word"):
        transport.call(GET)
    assert len(script.requests) == 1 + max_retries
    assert transport.sleeps == [0.25, 0.5, 1.0, 2.0, 4.0][:max_retries]


def test_delays_stop_growing_at_eight_seconds(kind: Kind) -> None:
    transport = EitherTransport(kind, Script(error_response(500)), max_retries=9)
    with pytest.raises(errors.EigenpalServerError):
        transport.call(GET)
    assert transport.sleeps == [0.25, 0.5, 1, 2, 4, 8, 8, 8, 8]


def test_jitter_shortens_delays_to_no_less_than_half(kind: Kind) -> None:
    transport = EitherTransport(kind, Script(error_response(500)), time=FakeClock(random=0.0))
    with pytest.raises(errors.EigenpalServerError):
        transport.call(GET)
    assert transport.sleeps == [0.125, 0.25, 0.5]


@pytest.mark.parametrize(
    ("header", "sleep"),
    [
        ("20", 20.0),
        ("0", 0.0),
        ("60", 60.0),
        ("junk", 0.25),
        (formatdate(1_700_000_000 + 1000 + 7, usegmt=True), 7.0),
        (formatdate(1_600_000_000, usegmt=True), 0.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(kind: Kind, header: str, sleep: float, status: int) -> None:
    transport = EitherTransport(kind, Script(error_response(status, headers={"Retry-After": header}), ok()))
    transport.call(START)
    assert transport.sleeps == [sleep]


def test_a_retry_after_date_is_relative_to_the_date_of_the_response(kind: Kind) -> None:
    """The clock of the server is an hour ahead of ours."""
    server_time = 1_700_000_000 + 1000 + 3600
    headers = {"Date": formatdate(server_time, usegmt=True), "Retry-After": formatdate(server_time + 7, usegmt=True)}
    transport = EitherTransport(kind, Script(error_response(503, headers=headers), ok()))
    transport.call(START)
    assert transport.sleeps == [7.0]


@pytest.mark.parametrize("header", ["61", "3600", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_of_minutes_is_raised_at_once(kind: Kind, header: str) -> None:
    script = Script(error_response(429, headers={"Retry-After": header}))
    transport = EitherTransport(kind, script)
    with pytest.raises(errors.EigenpalRateLimitError) as caught:
        transport.call(GET)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 60
    assert len(script.requests) == 1


def test_an_idempotency_key_for_every_post_and_no_other_request(kind: Kind) -> None:
    script = Script(ok())
    transport = EitherTransport(kind, script)
    for request in (GET, PATCH, GET._replace(method="PUT"), GET._replace(method="DELETE"), FILE):
        transport.call(request)
    assert not any("Idempotency-Key" in request.headers for request in script.requests)
    script.requests.clear()
    for request in (START, POST, CANCEL, START):
        transport.call(request)
    keys = [request.headers["Idempotency-Key"] for request in script.requests]
    assert len(set(keys)) == 4
    assert all(len(key) >= 32 for key in keys)


def test_an_idempotency_key_in_default_headers_is_kept(kind: Kind) -> None:
    script = Script(ok())
    EitherTransport(kind, script, default_headers={"idempotency-key": "mine"}).call(START)
    assert script.requests[0].headers.get_list("Idempotency-Key") == ["mine"]


def test_server_wait_lengthens_the_read_timeout_on_every_attempt(kind: Kind) -> None:
    script = Script(error_response(503), error_response(429), ok())
    EitherTransport(kind, script, timeout_seconds=7.0).call(START._replace(server_wait_seconds=30.0))
    assert [request.extensions["timeout"] for request in script.requests] == [
        {"connect": 7.0, "read": 37.0, "write": 7.0, "pool": 7.0}
    ] * 3


def test_the_exception_being_handled_is_not_mistaken_for_the_cause(kind: Kind) -> None:
    script = Script(httpx.ReadError("reset"), ok())
    try:
        raise ssl.SSLCertVerificationError(1, "of something else")
    except ssl.SSLError:
        assert EitherTransport(kind, script).call(GET) == {"id": "run_1"}


# --- deadlines --------------------------------------------------------------------------------------------------------


def test_a_deadline_bounds_every_phase(kind: Kind) -> None:
    script = Script(error_response(503), ok())
    transport = EitherTransport(kind, script)
    transport.call(GET._replace(server_wait_seconds=30.0), deadline=transport.time.now + 2.0)
    assert script.timeouts == [
        dict.fromkeys(("connect", "read", "write", "pool"), 2.0),
        dict.fromkeys(("connect", "read", "write", "pool"), 1.75),
    ]


def test_no_sleep_exceeds_a_deadline(kind: Kind) -> None:
    transport = EitherTransport(kind, Script(error_response(503, headers={"Retry-After": "3"})))
    with pytest.raises(errors.EigenpalServerError) as caught:
        transport.call(GET, deadline=transport.time.now + 2.0)
    assert caught.value.retry_after == 3.0
    assert transport.sleeps == []


def test_nothing_is_sent_after_a_deadline(kind: Kind) -> None:
    script = Script(ok())
    transport = EitherTransport(kind, script)
    with pytest.raises(errors.EigenpalTimeoutError) as caught:
        transport.call(START, deadline=transport.time.now)
    assert script.requests == []
    assert not caught.value.outcome_unknown


def test_a_timeout_under_a_deadline_names_the_remaining_time(kind: Kind) -> None:
    transport = EitherTransport(kind, Script(httpx.ReadTimeout("timed out")), max_retries=0)
    with pytest.raises(errors.EigenpalTimeoutError, match=r"within 1\.5 s"):
        transport.call(GET, deadline=transport.time.now + 1.5)


# --- responses that end with the connection ---------------------------------------------------------------------------


def make_unframed_response(body: bytes) -> Any:
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "application/json"}, stream=httpx.ByteStream(body))

    return handler


def test_broken_json_that_ends_with_the_connection_is_retried(kind: Kind) -> None:
    script = Script(make_unframed_response(b'{"id": "ru'), ok())
    assert EitherTransport(kind, script).call(GET) == {"id": "run_1"}
    assert len(script.requests) == 2


def test_broken_json_that_ends_with_the_connection_is_raised_after_retries(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalResponseError) as caught:
        EitherTransport(kind, Script(make_unframed_response(b'{"id": "ru'))).call(GET)
    assert caught.value.body == b'{"id": "ru'
