from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from eigenpal.testing import Clock, EigenpalServer
from eigenpal.testing._server import engine

USUAL_PATIENCE = engine.SETTLE_SECONDS


class Http(httpx.Client):
    """A bare HTTP client of a server: no part of the SDK, only what the documents say."""

    def started(self, target: str, input: dict[str, Any] | None = None, **query: Any) -> Any:
        answer = self.post("/runs", json={"target": target, "input": input or {}}, params=query)
        assert answer.status_code in (200, 201, 202), answer.text
        return answer.json()

    def run(self, run_id: str, *expand: str) -> Any:
        answer = self.get(f"/runs/{run_id}", params={"expand": ",".join(expand)} if expand else {})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def finished(self, target: str, input: dict[str, Any] | None = None, **query: Any) -> Any:
        run_id = self.started(target, input, **query)["id"]
        # On a busy machine, a function may need longer than a read is patient.
        deadline = time.monotonic() + 60
        while not (run := self.run(run_id))["finished"]:
            assert time.monotonic() < deadline, run
        return run

    def status(self, run_id: str) -> str:
        status: str = self.run(run_id)["execution"]["status"]
        return status


def returning(value: Any) -> Callable[[dict[str, Any]], Any]:
    """A workflow function that always returns the same."""

    def behaviour(input: dict[str, Any]) -> Any:
        return value

    return behaviour


def http_of(server: EigenpalServer) -> Http:
    return Http(
        base_url=f"{server.url}/api/v1",
        headers={"Authorization": f"Bearer {server.api_key}"},
        timeout=120,
    )


@contextmanager
def impatient_reads() -> Generator[None, None, None]:
    """Let reads give up on functions that are stuck on purpose as soon as they do for everyone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "SETTLE_SECONDS", USUAL_PATIENCE)
        yield


@pytest.fixture
def server() -> Iterator[EigenpalServer]:
    with EigenpalServer() as running:
        yield running


@pytest.fixture
def http(server: EigenpalServer) -> Iterator[Http]:
    with http_of(server) as client:
        yield client


@pytest.fixture
def frozen() -> Iterator[EigenpalServer]:
    with EigenpalServer(clock=Clock(frozen=True)) as running:
        yield running


@pytest.fixture
def frozen_http(frozen: EigenpalServer) -> Iterator[Http]:
    with http_of(frozen) as client:
        yield client
