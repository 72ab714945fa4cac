"""A world in which a wait is carried out, with a clock that only the simulation moves."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eigenpal._runs.polling import Actions, RecentStarts, SendRequest, Sleep, StatusChanged, Wait
from eigenpal.errors import EigenpalError, EigenpalTimeoutError
from eigenpal_generated.models import Run, RunAccepted
from eigenpal_generated.runtime import Request, Response

EXAMPLES = Path(__file__).parents[1] / "contract" / "examples"
START = Request("run", "POST", "/api/v1/runs", starts_run=True, idempotent=False)
RUNNING = json.loads((EXAMPLES / "Run.running.json").read_text(encoding="utf-8"))
ACCEPTED = {"id": "run_1", "type": "workflow", "finished": False}


def run(status: str = "running", finished: bool | None = None, **changes: Any) -> Run:
    over = status in ("completed", "failed", "cancelled", "rejected") if finished is None else finished
    execution = {**RUNNING["execution"], "status": status}
    return Run.from_dict({**RUNNING, "id": "run_1", "finished": over, "execution": execution, **changes})


def parse_accepted(response: Response) -> RunAccepted:
    return RunAccepted.from_dict(response.data)


Look = Run | EigenpalError | None
"""What a look comes to; None for one that is not answered before the deadline."""


class Simulation:
    """Carries out what a wait wants, in no time but the clock's own."""

    def __init__(self, *looks: Look, takes: float = 0.0, start_takes: float = 0.0) -> None:
        self.now = 1000.0
        self.takes = takes
        self.start_takes = start_takes
        self.looks: Iterator[Look] | Callable[[float], Look] = iter(looks)
        self.looked: list[float] = []
        self.rested: list[float] = []
        self.statuses: list[str] = []
        self.deadlines: set[float | None] = set()
        self.starts = RecentStarts(self.clock)

    def clock(self) -> float:
        return self.now

    def wait(self, **options: Any) -> Wait:
        return Wait(self.clock, **options)

    def follow(self, wait: Wait, *, started: bool = False) -> Run:
        if started:
            self.starts.add("run_1")
        return self.carry_out(wait, wait.follow("run_1", self.starts))

    def start(self, wait: Wait) -> Run:
        return self.carry_out(wait, wait.start(START, parse_accepted, self.starts))

    def carry_out(self, wait: Wait, actions: Actions) -> Run:
        answer: Any = None
        fault: EigenpalError | None = None
        with wait:
            while True:
                try:
                    action = actions.send(answer) if fault is None else actions.throw(fault)
                except StopIteration:
                    return wait.outcome()
                answer, fault = None, None
                if isinstance(action, StatusChanged):
                    self.statuses.append(action.run.execution.status)
                elif isinstance(action, Sleep):
                    assert action.seconds >= 0
                    assert math.isfinite(action.seconds)
                    self.rested.append(action.seconds)
                    self.now += action.seconds
                else:
                    answer, fault = self.ask(action)

    def ask(self, action: SendRequest) -> tuple[Any, EigenpalError | None]:
        self.deadlines.add(action.deadline)
        if action.request.method == "POST":
            self.now += self.start_takes
            return action.parse(Response(201, {}, ACCEPTED)), None
        self.looked.append(self.now - 1000)
        look = self.looks(self.now - 1000) if callable(self.looks) else next(self.looks)
        remaining = math.inf if action.deadline is None else action.deadline - self.now
        if look is None or self.takes > remaining:
            assert action.deadline is not None
            self.now = max(action.deadline, self.now)
            return None, EigenpalTimeoutError("runs.get was not answered")
        self.now += self.takes
        return (look, None) if isinstance(look, Run) else (None, look)
