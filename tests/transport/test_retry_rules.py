"""Retry rules: backoff, Retry-After, and what is retried."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given, strategies as st

from eigenpal._transport.outcomes import FailureKind, TransportFailure
from eigenpal._transport.retry import MAX_DELAY, compute_backoff, is_retryable, parse_retry_after

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("20", 20.0),
        (" 20 ", 20.0),
        ("0", 0.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("3600", 3600.0),
        (None, None),
        ("", None),
        ("-10", None),
        ("+10", None),
        ("nan", None),
        ("inf", None),
        ("1e3", None),
        ("1_0", None),
        ("٣", None),
        ("9" * 400, None),
        ("soon", None),
        ("1, 2", None),
        (formatdate(NOW - 60, usegmt=True), 0.0),
        (formatdate(NOW + 30, usegmt=True), 30.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253402300799.0 - NOW),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Fri, 99 Dec 2024 99:59:59 GMT", None),
        ("Tue, 14 Nov 2023 22:13:50", 30.0),
        ("Tue, 14 Nov 2023 22:13:50 -0000", 30.0),
        ("2023-11-14T22:13:50Z", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, None, NOW) == seconds


def test_a_retry_after_date_is_relative_to_the_clock_of_the_server() -> None:
    sent, then = formatdate(NOW - 5000, usegmt=True), formatdate(NOW - 4990, usegmt=True)
    assert parse_retry_after(then, sent, NOW) == 10.0
    assert parse_retry_after(then, "nonsense", NOW) == 0.0


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=60)))
def test_any_header_is_parsed_or_ignored(value: str, date: str | None) -> None:
    seconds = parse_retry_after(value, date, NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_backoff_doubles_within_its_bounds(retries: int, random: float) -> None:
    full = min(0.25 * 2 ** min(retries, 10), MAX_DELAY)
    assert full / 2 <= compute_backoff(retries, random) <= full


@pytest.mark.parametrize(
    ("kind", "sent", "idempotent", "expected"),
    [
        ("connect_error", False, False, True),
        ("connect_timeout", False, False, True),
        ("timeout", True, False, False),
        ("connection_lost", True, False, False),
        ("timeout", True, True, True),
        ("connection_lost", True, True, True),
        ("tls", False, True, False),
        ("tls", True, True, False),
        ("encoding", True, True, False),
        ("too_large", True, True, False),
        ("unexpected_response", True, True, False),
        ("file", True, True, False),
    ],
)
def test_failures_that_are_retried(kind: FailureKind, sent: bool, idempotent: bool, expected: bool) -> None:
    assert is_retryable(TransportFailure(kind, "", sent), idempotent) is expected
