"""The rules of `run_many`, without threads, sleeping or HTTP: order, brake, shared polls, memory."""

from __future__ import annotations

import gc
import itertools
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from eigenpal._runs.many import state as state_module
from eigenpal._runs.many.results import RunResult
from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalForbiddenError,
    EigenpalNotFoundError,
    EigenpalRateLimitError,
    EigenpalResponseError,
    EigenpalServerError,
    EigenpalTimeoutError,
    EigenpalValidationError,
)
from eigenpal_generated.runtime import Request

from .batch_driver import BatchDriver, FakeServer


def make_inputs(count: int) -> Iterator[dict[str, Any]]:
    return ({"n": number} for number in range(count))


def refuse(seconds: float | None = None, status: int = 429) -> EigenpalError:
    kind = EigenpalRateLimitError if status == 429 else EigenpalServerError
    return kind("Slow down", status=status, retry_after=seconds)


# --- inputs and order -------------------------------------------------------------------------------------------------


def test_an_iterable_without_an_end_is_read_only_as_far_as_needed() -> None:
    taken: list[int] = []

    def endless() -> Iterator[dict[str, Any]]:
        for number in itertools.count():
            taken.append(number)
            yield {"n": number}

    server = FakeServer(run_seconds=5)
    driver = BatchDriver(server, concurrency=3)
    results = driver.run(endless())
    for _ in range(10):
        next(results)
    # Those that have a result, those in flight, and as many again.
    assert len(taken) <= 10 + 3 + 3
    assert driver.most_in_flight <= 3


def test_results_in_order_hold_back_starts() -> None:
    server = FakeServer()
    server.run_seconds = lambda number: 1000.0 if number == 0 else 1.0
    driver = BatchDriver(server, concurrency=2, in_order=True, timeout_seconds=None)
    results = driver.run(make_inputs(40))
    assert next(results).index == 0
    # Everything else was started only 4 times the concurrency ahead of the slow run.
    assert len(server.started) == 8
    assert [result.index for result in results] == list(range(1, 40))


def test_results_as_they_finish() -> None:
    server = FakeServer()
    server.run_seconds = lambda number: 1000.0 if number == 0 else 1.0
    results = list(BatchDriver(server, concurrency=2, timeout_seconds=None).run(make_inputs(40)))
    assert results[-1].index == 0
    assert sorted(result.index for result in results) == list(range(40))


class ForgetfulServer(FakeServer):
    """Keeps nothing of a run that was read."""

    def respond(self, request: Request) -> Any:
        response = super().respond(request)
        self.requests.clear()
        if request.operation == "runs.get":
            del self.started[response["id"]]
        return response


def test_memory_does_not_grow_by_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "RECENT_STARTS", 100)
    driver = BatchDriver(ForgetfulServer(), latency=1)
    results = driver.run({"text": "x" * 1000, "n": number} for number in itertools.count())
    sizes: list[int] = []
    tracemalloc.start()
    try:
        for count in (1000, 3000):
            assert all(result.ok for result in itertools.islice(results, count))
            gc.collect()
            # Other tests may have left something behind that ends meanwhile.
            ours = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, "*/eigenpal*")])
            sizes.append(sum(trace.size for trace in ours.traces))
    finally:
        tracemalloc.stop()
    assert (sizes[1] - sizes[0]) / 3000 <= 100


# --- the brake --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_holds_all_starts(status: int) -> None:
    server = FakeServer()
    server.faults.extend([None] * 8 + [refuse(30, status)])
    results = list(BatchDriver(server, latency=0.1).run(make_inputs(40)))
    assert all(result.ok for result in results)
    starts = [time for time, operation in server.requests if operation == "run"]
    refused = starts[8] + 0.1
    # Those that were already on their way arrived; no other did for 30 seconds.
    assert [time for time in starts if refused + 0.1 < time < refused + 29.9] == []
    assert len(server.started) == 40


def test_the_concurrency_falls_and_recovers() -> None:
    server = FakeServer(run_seconds=1)
    driver = BatchDriver(server, latency=0.1, concurrency=16)
    server.faults.extend([refuse()] * 16)
    in_flight: list[int] = []
    for result in driver.run(make_inputs(300)):
        assert result.ok
        progress = driver.batch.report_progress()
        assert progress is not None
        in_flight.append(progress.running)
    assert min(in_flight[:10]) <= 10
    assert max(in_flight) == 16


def test_refusals_without_progress_end_in_errors() -> None:
    server = FakeServer()
    server.faults.extend([refuse()] * 1000)
    results = list(BatchDriver(server, max_retries=2, concurrency=4).run(make_inputs(6)))
    assert [type(result.error) for result in results] == [EigenpalRateLimitError] * 6
    assert server.count("run") == 6 * 3
    # Far less often than without a brake.
    assert server.now > 60


def test_a_server_that_was_never_reached_ends_the_batch() -> None:
    server = FakeServer()
    server.faults.extend([EigenpalConnectionError("unknown host")] * 1000)
    results: list[RunResult] = []
    with pytest.raises(EigenpalConnectionError):
        results.extend(BatchDriver(server).run(make_inputs(500)))
    assert all(isinstance(result.error, EigenpalConnectionError) for result in results)
    assert server.now < 60


@pytest.mark.parametrize("before", [None, refuse(), EigenpalServerError("bad gateway", status=502)])
def test_an_outage_later_does_not(before: EigenpalError | None) -> None:
    server = FakeServer()
    server.faults.extend([before, *[EigenpalConnectionError("no route")] * 20])
    results = list(BatchDriver(server, concurrency=1).run(make_inputs(50)))
    assert 43 <= sum(result.ok for result in results) <= 45


def test_refused_starts_take_turns() -> None:
    server = FakeServer()
    server.faults.extend([refuse()] * 8 * 3)
    results = list(BatchDriver(server, max_retries=3).run(make_inputs(20)))
    assert all(result.ok for result in results)


def test_a_long_retry_after_ends_the_batch() -> None:
    server = FakeServer(run_seconds=5)
    server.faults.extend([None, refuse(10), refuse(86400)])
    results: list[RunResult] = []
    with pytest.raises(EigenpalRateLimitError):
        results.extend(BatchDriver(server, concurrency=3).run(make_inputs(50)))
    # The run in flight was waited for; the start that waited for its turn was given up.
    assert sorted(result.ok for result in results) == [False, True]
    assert server.count("run") == 3
    assert server.now < 60


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (EigenpalConnectionError("refused"), 3),
        (EigenpalTimeoutError("no connection"), 3),
        (EigenpalConnectionError("certificate", is_tls_failure=True), 1),
        (EigenpalConnectionError("the proxy requires credentials", is_proxy_refusal=True), 1),
        (EigenpalValidationError("no", status=400), 1),
        (EigenpalError("too large", status=413), 1),
    ],
    ids=["no connection", "connect timeout", "TLS", "proxy", "400", "413"],
)
def test_only_what_was_surely_not_taken_is_sent_again(error: EigenpalError, tries: int) -> None:
    server = FakeServer()
    server.faults.extend([None, *[error] * tries])
    _, result = BatchDriver(server, max_retries=2, concurrency=1).run(make_inputs(2))
    assert result.error is error
    assert server.count("run") == 1 + tries


@pytest.mark.parametrize(
    "error",
    [
        EigenpalAuthError("no", status=401),
        EigenpalForbiddenError("no", status=403),
        EigenpalNotFoundError("no", status=404),
        EigenpalError("the proxy requires credentials", status=407),
        EigenpalResponseError("redirected to https", status=308),
        EigenpalConnectionError("certificate", is_tls_failure=True),
        EigenpalConnectionError("the proxy requires credentials", is_proxy_refusal=True),
    ],
)
def test_an_error_of_all_starts_ends_the_batch(error: EigenpalError) -> None:
    server = FakeServer()
    server.faults.extend([error] * 1000)
    results: list[Any] = []
    with pytest.raises(type(error)):
        results.extend(BatchDriver(server, concurrency=4, latency=0.1).run(make_inputs(50)))
    assert server.count("run") == 4


@pytest.mark.parametrize("in_order", [False, True])
def test_a_batch_that_fails_while_an_input_is_taken_ends(in_order: bool) -> None:
    server = FakeServer()
    server.faults.append(EigenpalAuthError("no", status=401))
    driver = BatchDriver(server, in_order=in_order)

    def read_slowly() -> Iterator[dict[str, Any]]:
        yield {"n": 0}
        while driver.batch.wants_input:
            driver.step()
        yield {"n": 1}

    results: list[RunResult] = []
    with pytest.raises(EigenpalAuthError):
        results.extend(driver.run(read_slowly()))
    assert server.count("run") == 1


def test_an_error_of_all_starts_ends_the_search_for_others() -> None:
    server = FakeServer(run_seconds=5)
    lost = EigenpalConnectionError("reset", outcome_unknown=True)
    server.faults.extend([None, lost, EigenpalAuthError("no", status=401)])
    results: list[RunResult] = []
    with pytest.raises(EigenpalAuthError):
        results.extend(BatchDriver(server, concurrency=3).run(make_inputs(9)))
    errors = [type(result.error) for result in results if not result.ok]
    assert sorted(errors, key=repr) == [EigenpalAuthError, EigenpalConnectionError]
    assert any(result.ok for result in results)
    assert server.count("runs.list") == 0


@pytest.mark.parametrize("is_set_back", [False, True])
def test_a_search_does_not_wait_for_a_clock_that_does_not_go_on(is_set_back: bool) -> None:
    server = FakeServer()
    server.read_clock = lambda: 5e8 + (server.now - 86400.0 * (server.now > 0.5) if is_set_back else 0.0)
    server.faults.extend([None, EigenpalConnectionError("reset", outcome_unknown=True)])
    results = list(BatchDriver(server).run(make_inputs(3)))
    [error] = [result.error for result in results if result.error is not None]
    assert isinstance(error, EigenpalError) and error.outcome_unknown
    assert "the clock of the server, in its responses, does not go on" in (error.hint or "")
    assert server.now < 1500


def test_an_error_of_one_start_does_not() -> None:
    server = FakeServer()
    server.faults.extend([None, EigenpalNotFoundError("no such file", status=404)])
    results = list(BatchDriver(server, concurrency=1).run(make_inputs(4)))
    assert [result.ok for result in results] == [True, False, True, True]


# --- polls ------------------------------------------------------------------------------------------------------------


def test_a_short_run_takes_two_requests() -> None:
    server = FakeServer()
    assert all(result.ok for result in BatchDriver(server).run(make_inputs(50)))
    assert len(server.requests) == 100


def test_long_runs_are_polled_together() -> None:
    server = FakeServer(run_seconds=60)
    results = list(BatchDriver(server, concurrency=50, latency=0.01).run(make_inputs(200)))
    assert all(result.ok for result in results)
    assert server.count("runs.get") <= 2 * 200 + 20
    assert server.count("runs.list") <= 150
    # No run was noticed later than the interval at its age.
    assert server.now < 4 * 63


@pytest.mark.parametrize("ignores_ids", [True, False])
def test_a_server_that_cannot_list_ids(ignores_ids: bool) -> None:
    server = FakeServer(run_seconds=20)
    server.ignores_ids = ignores_ids
    server.list_fault = None if ignores_ids else EigenpalValidationError("unknown parameter ids", status=400)
    # One that ended long ago, and is not among those asked for.
    server.started["run_foreign"] = 0.0
    assert all(result.ok for result in BatchDriver(server, latency=0.01).run(make_inputs(16)))
    assert server.count("runs.list") == 1


def test_a_run_that_is_missing_in_the_list_is_read() -> None:
    server = FakeServer(run_seconds=20)
    server.hidden = {"run_3", "run_4"}
    results = list(BatchDriver(server, latency=0.01).run(make_inputs(8)))
    assert all(result.ok for result in results)
    assert server.now < 25
    assert server.count("runs.list") > 3


def test_lists_that_fail_for_a_while() -> None:
    server = FakeServer(run_seconds=30)
    server.list_fault = EigenpalServerError("down", status=502)
    driver = BatchDriver(server, latency=0.01)
    original = server.respond

    def respond(request: Any) -> Any:
        if server.now > 10:
            server.list_fault = None
        return original(request)

    server.respond = respond  # type: ignore[method-assign]
    assert all(result.ok for result in driver.run(make_inputs(8)))
    assert server.now < 36


def test_the_time_limit_is_that_of_each_run() -> None:
    server = FakeServer()
    server.run_seconds = lambda number: 1000.0 if number == 3 else 20.0
    results = list(BatchDriver(server, timeout_seconds=30, latency=0.01).run(make_inputs(24)))
    (late,) = [result for result in results if not result.ok]
    assert isinstance(late.error, EigenpalTimeoutError)
    assert (late.index, late.run_id, late.run) == (3, "run_3", None)
    assert 29 < late.seconds < 31
