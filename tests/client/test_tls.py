"""A failed TLS handshake is raised at once: it is neither retried nor polled again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalConnectionError
from tests.support.event_loop import EventLoop
from tests.support.faulty_server import FaultyServer, reject_plain_http

CALLS: dict[str, Callable[[Any], Any]] = {
    "get": lambda client: client.runs.get("run_1"),
    "start": lambda client: client.run("workflows.echo"),
    "wait": lambda client: client.runs.wait("run_1", timeout_seconds=30),
    "run_and_wait": lambda client: client.run_and_wait("workflows.echo", timeout_seconds=30),
}


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
@pytest.mark.parametrize("call", CALLS)
def test_a_server_without_tls(call: str, kind: type[Any]) -> None:
    with FaultyServer(reject_plain_http) as server, EventLoop() as loop:
        client = kind(api_key="key", base_url=server.url.replace("http:", "https:"), max_retries=3)
        with pytest.raises(EigenpalConnectionError, match="could not establish a secure connection") as caught:
            loop.complete(CALLS[call](client))
        loop.complete(client.aclose() if kind is AsyncEigenpalClient else client.close())
        assert caught.value.is_tls_failure
        assert not caught.value.outcome_unknown
        assert server.connection_count == 1
