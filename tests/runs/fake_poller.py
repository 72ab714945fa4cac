"""Carries out a wait on a fake clock, against polls that a test scripts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from eigenpal._runs.polling import SendRequest, StatusChanged, Wait, WaitAction, WaitFlow, WaitOptions
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._transport.actions import Sleep
from eigenpal.errors import EigenpalError, EigenpalTimeoutError
from eigenpal_generated.models import Run, RunAccepted
from eigenpal_generated.runtime import Request, Response
from tests.support.examples import FINAL, load_example

START = Request("run", "POST", "/api/v1/runs", starts_run=True, idempotent=False)
RUNNING = load_example("Run.running")
ACCEPTED = {"id": "run_1", "type": "workflow", "finished": False}


def run(status: str = "running", finished: bool | None = None, **changes: Any) -> Run:
    is_finished = status in FINAL if finished is None else finished
    execution = {**RUNNING["execution"], "status": status}
    return Run.from_dict({**RUNNING, "id": "run_1", "finished": is_finished, "execution": execution, **changes})


def parse_accepted(response: Response) -> RunAccepted:
    return RunAccepted.from_dict(response.data)


PollResult = Run | EigenpalError | None
"""What a poll returns or raises; None for one without a response before the deadline."""


class FakePoller:
    """Carries out the actions of a wait; only they move its clock."""

    def __init__(self, *polls: PollResult, response_seconds: float = 0.0, start_seconds: float = 0.0) -> None:
        self.now = 1000.0
        self.response_seconds = response_seconds
        self.start_seconds = start_seconds
        self.polls: Iterator[PollResult] | Callable[[float], PollResult] = iter(polls)
        self.polled_at: list[float] = []
        self.sleeps: list[float] = []
        self.statuses: list[str] = []
        self.deadlines: set[float | None] = set()
        self.recent_starts = RecentStarts()
        self.hold_up: Callable[[WaitAction], float] = lambda _: 0.0
        """Returns the seconds by which an action takes longer, like that of a computer that is suspended."""

    @property
    def elapsed(self) -> float:
        return self.now - 1000

    def make_wait(self, **options: Any) -> Wait:
        return Wait(WaitOptions(**options), self.recent_starts, lambda: self.now)

    def follow(self, wait: Wait) -> Run:
        return self.carry_out(wait, wait.poll("run_1"))

    def start(self, wait: Wait) -> Run:
        return self.carry_out(wait, wait.start(START, parse_accepted))

    def carry_out(self, wait: Wait, flow: WaitFlow) -> Run:
        result: Any = None
        error: EigenpalError | None = None
        with wait:
            while True:
                try:
                    action = flow.send(result) if error is None else flow.throw(error)
                except StopIteration:
                    return wait.result()
                result, error = None, None
                if isinstance(action, StatusChanged):
                    self.statuses.append(action.run.execution.status)
                elif isinstance(action, Sleep):
                    assert action.seconds >= 0
                    assert math.isfinite(action.seconds)
                    self.sleeps.append(action.seconds)
                    self.now += action.seconds
                else:
                    result, error = self.respond(action)
                self.now += self.hold_up(action)

    def respond(self, action: SendRequest) -> tuple[Any, EigenpalError | None]:
        self.deadlines.add(action.deadline)
        if action.request.method == "POST":
            self.now += self.start_seconds
            return action.parse(Response(201, {}, ACCEPTED)), None
        self.polled_at.append(self.elapsed)
        assert len(self.polled_at) < 20_000, "the wait polls without end"
        found = self.polls(self.elapsed) if callable(self.polls) else next(self.polls)
        remaining = math.inf if action.deadline is None else action.deadline - self.now
        if found is None or self.response_seconds > remaining:
            assert action.deadline is not None
            self.now = max(action.deadline, self.now)
            return None, EigenpalTimeoutError("there was no response to runs.get")
        self.now += self.response_seconds
        return (found, None) if isinstance(found, Run) else (None, found)
