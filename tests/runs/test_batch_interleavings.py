"""Whatever the server does, and in whatever order the flows of a batch go on: it ends, and starts nothing twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings, strategies as st

from eigenpal._runs.many.results import RunResult
from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalRateLimitError,
    EigenpalServerError,
    EigenpalValidationError,
)
from eigenpal_generated.runtime import Request

from .batch_driver import BatchDriver, FakeServer

FAULTS: dict[str, Callable[[], EigenpalError | None]] = {
    "none": lambda: None,
    "lost before": lambda: EigenpalConnectionError("reset", outcome_unknown=True),
    "lost after": lambda: EigenpalConnectionError("reset", outcome_unknown=True),
    "busy": lambda: EigenpalRateLimitError("busy", status=429),
    "busy for long": lambda: EigenpalServerError("down", status=503, retry_after=20.0),
    "unreachable": lambda: EigenpalConnectionError("refused"),
    "invalid": lambda: EigenpalValidationError("no", status=400),
    "not allowed": lambda: EigenpalAuthError("no", status=401),
}


class SearchableServer(FakeServer):
    """A server whose runs can be searched for. It does not honor idempotency keys."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__()
        self.run_seconds = lambda number: (0.0, 3.0, 50.0)[number % 3]
        self.names = list(faults)
        self.marks: dict[str, str] = {}
        self._created: dict[str, float] = {}

    def respond(self, request: Request) -> Any:
        query = dict(request.query)
        if request.operation == "run":
            return self._start(request)
        if request.operation == "runs.list" and "ids" not in query:
            return {"runs": [self._add_facts(self._make_row(name), name) for name in self.started], "nextCursor": None}
        response = super().respond(request)
        if request.operation == "runs.get":
            run_id = str(response["id"])
            response["input"] = {"args": {}, "metadata": {"eigenpal_idempotency_key": self.marks[run_id]}}
            return self._add_facts(response, run_id)
        return response

    def _start(self, request: Request) -> Any:
        name = self.names.pop(0) if self.names else "none"
        error = FAULTS[name]()
        if error is not None:
            error.operation = "run"
            if name != "lost after":
                raise error
        response = super().respond(request)
        self.marks[response["id"]] = request.json["metadata"]["eigenpal_idempotency_key"]
        self._created[response["id"]] = self.now
        if error is not None:
            raise error
        return response

    def _add_facts(self, run: dict[str, Any], run_id: str) -> dict[str, Any]:
        created = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=self._created[run_id])
        return {**run, "timing": {**run["timing"], "createdAt": created.isoformat()}}


@settings(max_examples=200, deadline=None)
@given(
    faults=st.lists(st.sampled_from(list(FAULTS)), max_size=12),
    count=st.integers(0, 15),
    concurrency=st.integers(1, 5),
    in_order=st.booleans(),
    report=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_every_batch_ends_and_starts_nothing_twice(
    faults: list[str], count: int, concurrency: int, in_order: bool, report: bool, seed: int
) -> None:
    draw = random.Random(seed)
    server = SearchableServer(faults)
    driver = BatchDriver(
        server,
        latency=0.1,
        in_order=in_order,
        draw=draw,
        concurrency=concurrency,
        on_unknown="report" if report else "restart",
    )

    def go_on() -> None:
        """Other flows go on while the iterable, or the loop over the results, takes its time."""
        for _ in range(draw.choice([0, 0, 1, 30])):
            if driver.can_step:
                driver.step()

    def read_inputs() -> Iterator[dict[str, Any]]:
        for number in range(count):
            go_on()
            yield {"n": number}
        go_on()

    results: list[RunResult] = []
    has_failed = False
    try:
        for result in driver.run(read_inputs()):
            results.append(result)
            go_on()
    except EigenpalAuthError:
        has_failed = True
        assert "not allowed" in faults
    except EigenpalConnectionError:
        has_failed = True
        assert {*faults[:4]} == {"unreachable"}
    assert not [mark for mark, starts in Counter(server.marks.values()).items() if starts > 1]
    indexes = [result.index for result in results]
    assert not in_order or indexes == sorted(indexes)
    assert has_failed or sorted(indexes) == list(range(count))
    assert has_failed or "not allowed" not in faults[: len(faults) - len(server.names)]
    started = {mark.rpartition("/")[2] for mark in server.marks.values()}
    for result in results:
        if isinstance(result.error, EigenpalError) and not result.error.outcome_unknown:
            assert result.run_id is not None or result.key not in started
