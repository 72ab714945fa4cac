from __future__ import annotations

import asyncio
import hashlib
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from eigenpal.testing import ContractViolation, EigenpalServer, RecordedRequest

from .conftest import Http


def test_a_status_for_some_requests(server: EigenpalServer, http: Http) -> None:
    run_id = http.run_and_wait("workflows.echo")["id"]
    fault = server.faults.add(operation="runs.get", status=503, times=2, retry_after=1.5)
    first = http.get(f"/runs/{run_id}")
    assert (first.status_code, first.headers["retry-after"]) == (503, "1.5")
    assert first.json()["issues"][0]["code"] == "unavailable"
    assert first.json()["requestId"] == first.headers["x-request-id"]
    assert http.get("/runs").status_code == 200
    assert [http.get(f"/runs/{run_id}").status_code for _ in range(2)] == [503, 200]
    assert (fault.count, fault.remaining) == (2, 0)
    assert [request.fault for request in server.requests.of("runs.get")] == [
        None,
        "status 503",
        "status 503",
        None,
    ]


def test_faults_happen_in_the_order_they_were_added(server: EigenpalServer, http: Http) -> None:
    server.faults.add("runs.list", status=429, retry_after=datetime(2026, 1, 1, tzinfo=timezone.utc))
    server.faults.add("runs.list", status=502, body="<h1>Bad gateway</h1>")
    server.faults.add(status=599, message="Odd", headers={"X-More": "yes"}, skip=1)
    responses = [http.get("/runs") for _ in range(5)]
    assert [response.status_code for response in responses] == [429, 502, 200, 599, 200]
    assert responses[0].headers["retry-after"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert (responses[1].text, responses[1].headers["content-type"]) == (
        "<h1>Bad gateway</h1>",
        "text/html; charset=utf-8",
    )
    assert (responses[3].json()["issues"][0]["message"], responses[3].headers["x-more"]) == ("Odd", "yes")


def test_garbage(server: EigenpalServer, http: Http) -> None:
    server.faults.add("runs.list", garbage=True)
    server.faults.add("runs.list", garbage=True, body=b'{"runs": [', headers={"content-type": "application/json"})
    first, second = http.get("/runs"), http.get("/runs")
    assert (first.status_code, first.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (second.status_code, second.content) == (200, b'{"runs": [')


def test_resets_and_truncation(server: EigenpalServer, http: Http) -> None:
    server.faults.add("runs.list", reset=True)
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        http.get("/runs")
    server.faults.add("runs.list", truncate=True)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        http.get("/runs")
    assert http.get("/runs").status_code == 200
    assert [request.status for request in server.requests] == [None, 200, 200]


def test_a_lost_response_leaves_the_request_handled(server: EigenpalServer, http: Http) -> None:
    body = {"target": "workflows.echo"}
    headers = {"Idempotency-Key": "k"}
    server.faults.add("run", reset=True, after=True)
    server.faults.add("run", status=500, after=True)
    with pytest.raises(httpx.TransportError):
        http.post("/runs", json=body, headers=headers)
    assert len(server.runs) == 1
    assert http.post("/runs", json=body, headers=headers).status_code == 500
    assert http.post("/runs", json=body, headers=headers).status_code == 201
    assert len(server.runs) == 1
    server.faults.add("run", reset=True)
    with pytest.raises(httpx.TransportError):
        http.post("/runs", json=body)
    assert len(server.runs) == 1


def test_a_request_that_is_delivered_twice(server: EigenpalServer, http: Http) -> None:
    server.faults.add("run", duplicate=True, times=2)
    http.post("/runs", json={"target": "workflows.echo"})
    assert len(server.runs) == 2
    http.post("/runs", json={"target": "workflows.echo"}, headers={"Idempotency-Key": "k"})
    assert len(server.runs) == 3


def test_latency_and_hanging(server: EigenpalServer, http: Http) -> None:
    server.faults.add("runs.list", latency=0.2)
    started = time.monotonic()
    assert http.get("/runs").status_code == 200
    assert time.monotonic() - started >= 0.2
    server.faults.add("runs.list", hang=True)
    with pytest.raises(httpx.ReadTimeout):
        http.get("/runs", timeout=0.2)
    assert http.get("/runs").status_code == 200


def test_probability_is_repeatable(server: EigenpalServer, http: Http) -> None:
    def statuses() -> list[int]:
        server.faults.clear()
        server.faults.seed(7)
        server.faults.add("runs.list", status=500, times=None, probability=0.5)
        return [http.get("/runs").status_code for _ in range(20)]

    first = statuses()
    assert set(first) == {200, 500}
    assert statuses() == first


def test_a_condition(server: EigenpalServer, http: Http) -> None:
    server.faults.add(status=404, times=None, when=lambda request: ("limit", "3") in request.query)
    assert http.get("/runs", params={"limit": 3}).status_code == 404
    assert http.get("/runs").status_code == 200
    assert len(server.faults) == len(list(server.faults)) == 1


@pytest.mark.parametrize("options", [{}, {"status": 500, "reset": True}, {"hang": True, "garbage": True}])
def test_a_fault_is_one_thing(server: EigenpalServer, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one of"):
        server.faults.add("run", **options)


def test_faults_without_a_socket() -> None:
    server = EigenpalServer()

    async def talk() -> None:
        transport = httpx.ASGITransport(app=server.app)
        headers = {"Authorization": f"Bearer {server.api_key}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://server/api/v1", headers=headers) as client:
            server.faults.add("runs.list", reset=True)
            server.faults.add("runs.list", truncate=True)
            for _ in range(2):
                with pytest.raises(httpx.TransportError, match="injected a fault"):
                    await client.get("/runs")

    asyncio.run(talk())


def test_the_journal(server: EigenpalServer, http: Http) -> None:
    run_id = http.start_run("workflows.echo", {"a": 1}, wait_for_completion=3)["id"]
    http.get(f"/runs/{run_id}", params={"expand": "input,usage"})
    http.get("/runs/a%2Fb/artifacts/x%20y/z")
    http.get("/nothing")
    assert server.requests.operations == ["run", "runs.get", "runs.artifacts.download", None]
    start, get, download, nothing = server.requests
    assert (start.method, start.path, start.status, start.json) == (
        "POST",
        "/api/v1/runs",
        200,
        {"target": "workflows.echo", "input": {"a": 1}},
    )
    assert start.query == (("wait_for_completion", "3"),)
    assert get.query == (("expand", "input,usage"),)
    assert get.seconds is not None
    assert (download.path, download.path_values) == (
        "/api/v1/runs/a%2Fb/artifacts/x%20y/z",
        {"id": "a/b", "path": "x y/z"},
    )
    assert (nothing.status, nothing.operation) == (404, None)
    assert server.requests[-1] is nothing
    assert server.requests[1:3] == [get, download]
    assert len({request.request_id for request in server.requests}) == 4
    server.requests.clear()
    assert not server.requests


def test_the_journal_knows_files_but_not_secrets(server: EigenpalServer, http: Http) -> None:
    http.post("/runs", data={"target": "workflows.echo"}, files={"files.a": ("a.txt", b"abc", "text/plain")})
    (file,) = server.requests[-1].files
    assert (file.part, file.filename, file.content_type, file.size) == ("files.a", "a.txt", "text/plain", 3)
    assert file.sha256 == hashlib.sha256(b"abc").hexdigest()
    body = {"sourcePath": "a", "secretName": "b", "plaintext": "tr0ub4dor"}
    http.post("/source/secrets/encrypt", json=body)
    http.post("/source/secrets/encrypt", json={"secrets": [body]})
    http.post("/runs", json={"target": "workflows.echo", "input": {"key": f"x{server.api_key}x"}})
    http.get("/runs/x/files-zip", params={"token": "t0ken"}, headers={"Cookie": "c00kie", "X-Mine": server.api_key})
    message = repr(list(server.requests))
    assert server.requests[-1].headers["authorization"] == "<hidden>"
    for secret in (server.api_key, "tr0ub4dor", "t0ken", "c00kie"):
        assert secret not in message


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("run.get", r"no operation 'run\.get'; did you mean .*runs\.get"),
        ("run_and_wait", r"no operation 'run_and_wait'; it sends 'run' and then 'runs\.get'"),
        ("xyzzy", r"no operation 'xyzzy'$"),
    ],
)
def test_an_operation_there_is_not(server: EigenpalServer, operation: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        server.faults.add(operation, status=500)
    with pytest.raises(ValueError, match=message):
        server.requests.of(operation)
    assert server.requests.of("runs.get") == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"status": 99}, "status must be between 200 and 599, not 99"),
        ({"status": 100}, "status must be between 200 and 599, not 100"),
        ({"status": 1000}, "status must be between 200 and 599, not 1000"),
        ({"status": 500, "times": -1}, "times must be 0 or more"),
        ({"status": 500, "skip": -1}, "skip must be"),
        ({"status": 500, "latency": -0.1}, "latency must be"),
        ({"latency": float("inf")}, "latency must be"),
        ({"status": 500, "headers": {"x": "a\r\nb: c"}}, "is not a valid header"),
        ({"status": 500, "headers": {"a b": "c"}}, "is not a valid header"),
        ({"status": 500, "headers": {"x": "☃"}}, "is not a valid header"),
        ({"status": 500, "retry_after": "1\n"}, "is not a valid header"),
        ({"status": 500, "headers": {"Content-Length": "3"}}, "cannot be set"),
        ({"status": 503, "retry_after": datetime(2026, 1, 1)}, "needs a time zone"),
    ],
)
def test_invalid_faults(server: EigenpalServer, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        server.faults.add("runs.list", **options)
    assert len(server.faults) == 0


def test_the_body_of_a_fault_is_bytes_or_text(server: EigenpalServer) -> None:
    body: Any = {"a": 1}
    with pytest.raises(TypeError, match="bytes or str, not dict"):
        server.faults.add("runs.list", status=500, body=body)


def test_an_http_date_is_in_utc_whatever_the_time_zone(server: EigenpalServer, http: Http) -> None:
    moment = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    server.faults.add("runs.list", status=503, retry_after=moment)
    assert http.get("/runs").headers["retry-after"] == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_a_condition_may_change_the_faults(server: EigenpalServer, http: Http) -> None:
    def once(request: RecordedRequest) -> bool:
        server.faults.clear()
        server.faults.add("runs.list", status=418)
        return True

    server.faults.add("runs.list", status=503, times=None, when=once)
    assert [http.get("/runs").status_code for _ in range(3)] == [503, 418, 200]


@pytest.mark.parametrize("error", [AssertionError("unheard of"), pytest.fail.Exception("unheard of")])
def test_a_condition_that_fails_is_reported(http: Http, server: EigenpalServer, error: BaseException) -> None:
    def fail(request: RecordedRequest) -> bool:
        raise error

    server.faults.add("runs.list", status=503, when=fail)
    response = http.get("/runs")
    assert response.status_code == 418
    assert "unheard of" in response.json()["issues"][0]["message"]
    with pytest.raises(ContractViolation, match="unheard of"):
        server.check()
    server.app.violations.clear()
