"""Every test of this folder that asks for `both` runs twice: for each client."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import eigenpal._async_client
import eigenpal._client
import eigenpal._resources.runs
import eigenpal._resources.workflows
import eigenpal._runs.poll_loops

from .both import Both, Handler

MakeBoth = Callable[..., Both]


@pytest.fixture(params=["sync", "async"])
def both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MakeBoth:
    monkeypatch.delenv("EIGENPAL_API_KEY", raising=False)
    monkeypatch.delenv("EIGENPAL_BASE_URL", raising=False)

    def make(handler: Handler, **options: Any) -> Both:
        return Both(request.param, handler, **options)

    return make


class Rests:
    """Passes the time that is slept without sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.raises: BaseException | None = None

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.raises is not None:
            raise self.raises

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> Rests:
    rests = Rests()
    fake_time = SimpleNamespace(sleep=rests.sleep, monotonic=rests.monotonic)
    clients = (eigenpal._async_client, eigenpal._client)
    for module in (*clients, eigenpal._runs.poll_loops, eigenpal._resources.runs, eigenpal._resources.workflows):
        monkeypatch.setattr(module, "time", fake_time)
    monkeypatch.setattr(eigenpal._runs.poll_loops, "pause", rests.sleep_async)
    return rests
