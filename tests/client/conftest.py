"""A test of this folder that uses `make_client` runs twice, once with each client."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import eigenpal._runs.async_run_poller
import eigenpal._runs.sync_run_poller

from .client_pair import EitherClient, Handler

MakeClient = Callable[..., EitherClient]


@pytest.fixture(params=["sync", "async"])
def make_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MakeClient:
    monkeypatch.delenv("EIGENPAL_API_KEY", raising=False)
    monkeypatch.delenv("EIGENPAL_BASE_URL", raising=False)

    def make(handler: Handler, **options: Any) -> EitherClient:
        return EitherClient(request.param, handler, **options)

    return make


class FakeClock:
    """A clock that polls move forward instead of sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.error: BaseException | None = None
        """Raised by the next sleep, like an interrupt."""

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.error is not None:
            raise self.error

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    clock = FakeClock()
    fake_time = SimpleNamespace(sleep=clock.sleep, monotonic=clock.monotonic)
    monkeypatch.setattr(eigenpal._runs.sync_run_poller, "time", fake_time)
    monkeypatch.setattr(eigenpal._runs.async_run_poller, "time", fake_time)
    monkeypatch.setattr(eigenpal._runs.async_run_poller, "anyio", SimpleNamespace(sleep=clock.sleep_async))
    return clock
