"""A test of this folder that uses `make_client` runs twice, once with each client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import eigenpal._runs.async_run_poller
import eigenpal._runs.sync_run_poller
from eigenpal._clock import monotonic
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from tests.support.either_client import EitherClient
from tests.support.fake_clock import FakeClock
from tests.support.script import RequestHandler

MakeClient = Callable[..., EitherClient]


@pytest.fixture(params=["sync", "async"])
def make_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MakeClient:
    monkeypatch.delenv("EIGENPAL_API_KEY", raising=False)
    monkeypatch.delenv("EIGENPAL_BASE_URL", raising=False)

    def make(handler: RequestHandler, **options: Any) -> EitherClient:
        return EitherClient(request.param, handler, **options)

    return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    # The transport compares its deadlines with the real clock.
    clock = FakeClock(now=monotonic())
    monkeypatch.setattr(eigenpal._runs.sync_run_poller, "monotonic", clock.monotonic)
    monkeypatch.setattr(eigenpal._runs.async_run_poller, "monotonic", clock.monotonic)
    monkeypatch.setattr(HttpxTransport, "sleep", staticmethod(clock.sleep))
    monkeypatch.setattr(AsyncHttpxTransport, "sleep", staticmethod(clock.async_sleep))
    return clock
