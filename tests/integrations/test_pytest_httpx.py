"""pytest-httpx beside the fixture: it answers what the test allows, and the embedded server the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.test_plugin import run_pytest

pytest.importorskip("pytest_httpx")

TESTS = """
import asyncio
import pytest
from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import RequestBlocked

GATEWAY = {"api_key": "ep_key", "base_url": "https://gateway.example"}
PAGE = {"runs": [], "nextCursor": None}
only_the_gateway = pytest.mark.httpx_mock(should_mock=lambda request: request.url.host == "gateway.example")

async def list_asynchronously():
    async with AsyncEigenpalClient(**GATEWAY) as client:
        return await client.runs.list()

def list_runs(kind):
    if kind == "async":
        return asyncio.run(list_asynchronously())
    with EigenpalClient(**GATEWAY) as client:
        return client.runs.list()

@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_mock_answers(kind, httpx_mock, eigenpal_server):
    httpx_mock.add_response(url="https://gateway.example/api/v1/runs", json=PAGE)
    with eigenpal_server.allow_other_origins():
        assert list_runs(kind).runs == []
    assert httpx_mock.get_request().headers["authorization"] == "Bearer ep_key"

@pytest.mark.parametrize("kind", ["sync", "async"])
def test_nothing_is_mocked_that_is_not_allowed(kind, httpx_mock, eigenpal_server):
    with pytest.raises(RequestBlocked):
        list_runs(kind)
    assert httpx_mock.get_requests() == []

@only_the_gateway
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_server_answers_beside_the_mock(kind, httpx_mock, eigenpal_server, eigenpal_client):
    httpx_mock.add_response(json=PAGE)
    assert eigenpal_client.run_and_wait("workflows.echo", {"a": 1}).output == {"a": 1}
    with eigenpal_server.allow_other_origins():
        assert list_runs(kind).runs == []
    assert [len(httpx_mock.get_requests()), len(eigenpal_server.requests)] == [1, 2]
"""


def test_the_fixture_beside_pytest_httpx(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, TESTS, "-p", "pytest_httpx")
    assert "6 passed" in done.stdout, done.stdout + done.stderr
