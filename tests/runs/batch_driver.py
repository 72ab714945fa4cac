"""Carries out a `Batch` without threads, sleeping or HTTP, against a server that is a few functions."""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import formatdate
from typing import Any, cast

from eigenpal._runs.many.actions import BatchFlow, Call, Pause
from eigenpal._runs.many.arguments import make_batch_options
from eigenpal._runs.many.batch import Batch
from eigenpal._runs.many.inputs import parse_input
from eigenpal._runs.many.options import Environment
from eigenpal._runs.many.results import RunResult
from eigenpal._runs.polling import WaitOptions
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._runs.start import StartOptions
from eigenpal._transport.actions import RunInThread
from eigenpal.errors import EigenpalError
from eigenpal_generated.runtime import Request, Response
from tests.support.examples import load_example

Respond = Callable[[Request], Any]


class FakeEvent:
    """An event; the driver looks at it again whenever it has nothing else to do."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        self._is_set = True

    def is_set(self) -> bool:
        return self._is_set


class FakeServer:
    """Runs that take `run_seconds`; `faults` are raised by the next starts, or are functions of the request."""

    def __init__(self, run_seconds: float = 0.0) -> None:
        self.run_seconds: Callable[[int], float] = lambda _: run_seconds
        self.now = 0.0
        self._numbers = itertools.count()
        self.started: dict[str, float] = {}
        self.requests: list[tuple[float, str]] = []
        self.faults: deque[EigenpalError | None] = deque()
        self.list_fault: EigenpalError | None = None
        self.ignores_ids = False
        self.read_clock: Callable[[], float] = lambda: self.now
        """What the `Date` of responses shows."""
        self.hidden: set[str] = set()
        """Runs that lists leave out."""

    def respond(self, request: Request) -> Any:
        run_id = request.path.rpartition("/")[2]
        self.requests.append((self.now, request.operation))
        if request.operation == "run":
            fault = self.faults.popleft() if self.faults else None
            if fault is not None:
                fault.operation = "run"
                raise fault
            number = next(self._numbers)
            run_id = f"run_{number}"
            self.started[run_id] = self.now + self.run_seconds(number)
            return {**load_example("RunStartResponse.accepted"), "id": run_id}
        if request.operation == "runs.get":
            return self._make_run("Run" if self.now >= self.started[run_id] else "Run.running", run_id)
        if self.list_fault is not None:
            raise self.list_fault
        ids: str | None = dict(request.query).get("ids")
        wanted = list(self.started) if ids is None else ids.split(",")
        assert len(wanted) <= 50
        names = list(self.started)[:50] if self.ignores_ids else wanted
        return {"runs": [self._make_row(name) for name in names if name not in self.hidden], "nextCursor": None}

    def _make_run(self, example: str, run_id: str) -> dict[str, Any]:
        return {**load_example(example), "id": run_id}

    def _make_row(self, run_id: str) -> dict[str, Any]:
        run = self._make_run("Run" if self.now >= self.started[run_id] else "Run.running", run_id)
        return {name: value for name, value in run.items() if name not in ("output", "files")}

    def count(self, operation: str) -> int:
        return sum(name == operation for _, name in self.requests)


class BatchDriver:
    """Runs a batch. Time passes when every flow waits, and with each request by `latency`.

    Flows go on in the order in which they could, or in one that is drawn.
    """

    def __init__(
        self,
        server: FakeServer,
        *,
        latency: float = 0.0,
        in_order: bool = False,
        draw: random.Random | None = None,
        **options: Any,
    ) -> None:
        self._draw = draw
        self.server = server
        self._latency = latency
        chosen: dict[str, Any] = {
            "concurrency": 8,
            "journal": None,
            "on_unknown": "restart",
            "retry_failed": False,
            "skip_finished": False,
            "raise_on_failure": False,
            "max_retries": 3,
            **options,
        }
        wait = WaitOptions(chosen.pop("poll_interval_seconds", None), chosen.pop("timeout_seconds", 300.0))
        made = make_batch_options("workflows.x", None, StartOptions(), wait, **chosen)
        environment = Environment(
            lambda: server.now, FakeEvent, self._spawn, lambda: None, RecentStarts(), lambda: 1.0, lambda: server.now
        )
        self.batch = Batch(made, environment, None)
        if in_order:
            self.batch.use_order()
        self.in_flight = 0
        self.most_in_flight = 0
        self._ready: deque[tuple[BatchFlow[None], Any, Exception | None]] = deque()
        self._waiting: list[tuple[BatchFlow[None], FakeEvent, float]] = []
        self._arriving: list[tuple[float, int, BatchFlow[None], Call]] = []
        self._number = itertools.count()

    def run(self, inputs: Iterable[Mapping[str, Any]]) -> Iterator[RunResult]:
        """Yield the results; nothing happens while the caller has one."""
        given = iter(inputs)
        self.batch.begin()
        while True:
            while self.batch.wants_input:
                try:
                    self.batch.add_input(parse_input(self.batch.next_input_index, next(given)))
                except StopIteration:
                    self.batch.end_inputs()
            result = self.batch.take_result()
            if result is not None:
                yield result
            elif self.batch.is_over:
                self.batch.raise_failure()
                return
            else:
                self.step()

    def _spawn(self, flow: BatchFlow[None]) -> None:
        self._ready.append((flow, None, None))

    @property
    def can_step(self) -> bool:
        """Whether there is a flow that does not wait for another one."""
        return bool(self._ready or self._arriving or any(due < 1e9 for _, _, due in self._waiting))

    def step(self) -> None:
        """Let one flow go on, after as much time as needed."""
        if self._draw is not None:
            self._ready += [(flow, None, None) for flow, event, _ in self._waiting if event.is_set()]
            self._waiting = [entry for entry in self._waiting if not entry[1].is_set()]
            self._ready.rotate(self._draw.randrange(len(self._ready) + 1))
        if self._ready:
            self._advance(*self._ready.popleft())
            return
        for entry in self._waiting:
            flow, event, _ = entry
            if event.is_set():
                self._waiting.remove(entry)
                self._advance(flow, None, None)
                return
        times = [due for _, _, due in self._waiting]
        if self._arriving:
            times.append(self._arriving[0][0])
        assert times and min(times) < 1e9, "every flow waits for another one"
        self.server.now = max(self.server.now, min(times))
        if self._arriving and self._arriving[0][0] <= self.server.now:
            _, _, flow, call = heapq.heappop(self._arriving)
            self.in_flight -= 1
            self._answer(flow, call)
            return
        entry = min(self._waiting, key=lambda waiting: waiting[2])
        self._waiting.remove(entry)
        self._advance(entry[0], None, None)

    def _answer(self, flow: BatchFlow[None], call: Call) -> None:
        try:
            data = self.server.respond(call.request)
            headers = {"date": formatdate(self.server.read_clock(), usegmt=True)}
            value = call.parse(Response(200, headers, data))
        except EigenpalError as error:
            self._ready.append((flow, None, error))
        else:
            self._ready.append((flow, value, None))

    def _advance(self, flow: BatchFlow[None], value: Any, error: Exception | None) -> None:
        try:
            action = flow.send(value) if error is None else flow.throw(error)
        except StopIteration:
            return
        if isinstance(action, Call):
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            heapq.heappush(self._arriving, (self.server.now + self._latency, next(self._number), flow, action))
        elif isinstance(action, Pause):
            due = 1e9 if action.seconds is None else self.server.now + action.seconds
            self._waiting.append((flow, cast("FakeEvent", action.event), due))
        else:
            assert isinstance(action, RunInThread)
            self._ready.append((flow, action.function(), None))
