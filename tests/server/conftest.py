from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from eigenpal.testing import Clock, EigenpalServer
from eigenpal.testing._server import run_executor

DEFAULT_REFRESH_TIMEOUT = run_executor.REFRESH_TIMEOUT_SECONDS


class Http(httpx.Client):
    """A plain HTTP client for a server, without the SDK."""

    def start_run(self, target: str, input: dict[str, Any] | None = None, **query: Any) -> Any:
        response = self.post("/runs", json={"target": target, "input": input or {}}, params=query)
        assert response.status_code in (200, 201, 202), response.text
        return response.json()

    def get_run(self, run_id: str, *expand: str) -> Any:
        response = self.get(f"/runs/{run_id}", params={"expand": ",".join(expand)} if expand else {})
        assert response.status_code == 200, response.text
        return response.json()

    def run_and_wait(self, target: str, input: dict[str, Any] | None = None, **query: Any) -> Any:
        run_id = self.start_run(target, input, **query)["id"]
        # On a busy machine, a handler may take longer than a read waits.
        deadline = time.monotonic() + 60
        while not (run := self.get_run(run_id))["finished"]:
            assert time.monotonic() < deadline, run
        return run

    def run_form(self, target: str, files: Any, **texts: str) -> httpx.Response:
        data = {"target": target, **texts}
        return self.post("/runs", data=data, files=files, params={"wait_for_completion": 60})

    def get_status(self, run_id: str) -> str:
        status: str = self.get_run(run_id)["execution"]["status"]
        return status


def always_return(value: Any) -> Callable[[dict[str, Any]], Any]:
    """Return a handler that always returns this value."""

    def handler(input: dict[str, Any]) -> Any:
        return value

    return handler


def make_http_client(server: EigenpalServer) -> Http:
    return Http(
        base_url=f"{server.url}/api/v1",
        headers={"Authorization": f"Bearer {server.api_key}"},
        timeout=120,
    )


@contextmanager
def short_refresh_timeout() -> Generator[None, None, None]:
    """Use the default timeout of reads, for handlers that are stuck on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_executor, "REFRESH_TIMEOUT_SECONDS", DEFAULT_REFRESH_TIMEOUT)
        yield


@pytest.fixture
def server() -> Iterator[EigenpalServer]:
    with EigenpalServer() as running:
        yield running


@pytest.fixture
def http(server: EigenpalServer) -> Iterator[Http]:
    with make_http_client(server) as client:
        yield client


@pytest.fixture
def frozen_server() -> Iterator[EigenpalServer]:
    with EigenpalServer(clock=Clock(frozen=True)) as running:
        yield running


@pytest.fixture
def frozen_http(frozen_server: EigenpalServer) -> Iterator[Http]:
    with make_http_client(frozen_server) as client:
        yield client
