"""Errors as values: what they carry, how they read, and that they travel between processes."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from eigenpal import errors

ENVELOPE = {
    "issues": [
        {"field": "input.contract", "message": "must be a PDF", "code": "invalid_value", "severity": "error"},
        {"field": "<root>", "message": "and there is more", "code": "x", "extra": 1},
        "a bare text",
        17,
    ],
    "requestId": "req_1",
}

RUN = cast("Any", SimpleNamespace(id="run_1", error="no such page", execution=SimpleNamespace(status="failed")))

ALL: list[errors.EigenpalError] = [
    kind(
        "what happened",
        status=418,
        request_id="req_1",
        envelope=ENVELOPE,
        retry_after=1.5,
        operation="runs.get",
        hint="Do it.",
    )
    for kind in (
        errors.EigenpalError,
        errors.EigenpalValidationError,
        errors.EigenpalAuthError,
        errors.EigenpalForbiddenError,
        errors.EigenpalNotFoundError,
        errors.EigenpalRateLimitError,
        errors.EigenpalServerError,
        errors.EigenpalTimeoutError,
        errors.EigenpalConnectionError,
        errors.EigenpalResponseError,
    )
]
ALL.append(errors.EigenpalTimeoutError("too long", run_id="run_1", last_run=cast("Any", {"id": "run_1"})))
ALL.append(errors.EigenpalResponseError("not JSON", body=b"<html>", field="timing.createdAt"))
ALL.append(errors.EigenpalRunFailedError(RUN))


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_are_pickled_with_all_they_carry(error: errors.EigenpalError, protocol: int) -> None:
    if sys.version_info >= (3, 11):
        error.add_note("a note")
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert twin.args == error.args
        assert twin.__dict__ == error.__dict__
        assert str(twin) == str(error)


class OwnError(errors.EigenpalNotFoundError):
    def __init__(self) -> None:
        super().__init__("mine", status=404)


def test_errors_of_the_callers_own_are_pickled_too() -> None:
    twin = pickle.loads(pickle.dumps(OwnError()))
    assert type(twin) is OwnError
    assert (twin.message, twin.status) == ("mine", 404)


def test_the_text_ends_with_hint_and_request_id() -> None:
    error = errors.EigenpalError("Run not found", status=404, request_id="req_9", hint="Check the id.")
    assert str(error) == "Run not found. Check the id. (HTTP 404, request id req_9)"
    assert str(errors.EigenpalError("closed")) == "closed"
    assert str(errors.EigenpalError("Really?", hint="Yes.")) == "Really? Yes."
    assert repr(error) == "EigenpalError('Run not found', status=404, request_id='req_9')"


def test_issues_can_be_read_as_attributes_and_as_a_dict() -> None:
    error = errors.EigenpalValidationError("x", status=400, envelope=ENVELOPE)
    first, second, third = error.issues
    assert (first.field, first.message, first.code, first.severity) == (
        "input.contract",
        "must be a PDF",
        "invalid_value",
        "error",
    )
    assert first["field"] == "input.contract"
    assert second == {"field": "<root>", "message": "and there is more", "code": "x", "extra": 1}
    assert second.severity is None
    assert (third.field, third.message) == ("<root>", "a bare text")


@pytest.mark.parametrize(
    "envelope", [None, {}, {"issues": None}, {"issues": "text"}, {"issues": {}}, {"issues": [None]}]
)
def test_issues_are_empty_where_there_are_none(envelope: Any) -> None:
    assert errors.EigenpalValidationError("x", envelope=envelope).issues == []


def test_timeouts_and_lost_connections_are_also_what_python_calls_so() -> None:
    assert issubclass(errors.EigenpalTimeoutError, TimeoutError)
    assert issubclass(errors.EigenpalConnectionError, ConnectionError)
    for name in errors.__all__:
        if name != "Issue":
            assert issubclass(getattr(errors, name), errors.EigenpalError)


def test_a_failed_run_tells_its_reason() -> None:
    error = errors.EigenpalRunFailedError(RUN)
    assert error.run is RUN
    assert str(error) == "the run run_1 ended with status failed: no such page"


def test_the_envelope_is_a_copy() -> None:
    given: dict[str, Any] = {"issues": []}
    assert errors.EigenpalError("x", envelope=given).envelope is not given


def test_importing_the_errors_loads_neither_httpx_nor_attrs() -> None:
    program = "import sys, eigenpal.errors; print(sorted({'httpx', 'attr', 'attrs', 'anyio'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
