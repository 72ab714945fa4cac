from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext, UploadedFile

from .conftest import Http, always_return


def test_a_start_is_accepted_and_then_read(http: Http) -> None:
    response = http.post("/runs", json={"target": "workflows.echo", "input": {"a": [1, {"b": None}]}})
    assert response.status_code == 201
    started = response.json()
    assert (started["type"], started["finished"]) == ("workflow", False)
    assert "timing" not in started
    run = http.get_run(started["id"])
    assert run["output"] == {"a": [1, {"b": None}]}
    assert (run["finished"], run["error"], run["execution"]["status"]) == (True, None, "completed")
    assert "steps" not in run["execution"]
    assert {"input", "usage", "debug"}.isdisjoint(run)


def test_the_sections_that_are_asked_for(http: Http) -> None:
    body = {"target": "workflows.echo", "input": {"a": 1}, "metadata": {"ticket": 5}}
    run_id = http.post("/runs", json=body).json()["id"]
    run = http.get_run(run_id, "input", "usage", "execution", "debug")
    assert run["input"] == {"args": {"a": 1}, "files": [], "metadata": {"ticket": 5}}
    assert [step["stepName"] for step in run["execution"]["steps"]] == ["echo"]
    assert run["execution"]["steps"][0]["outputData"] == {"a": 1}
    assert run["usage"]["creditsCharged"] == 0
    assert run["debug"]["traceId"]


def test_files_by_multipart_reach_the_function(server: EigenpalServer, http: Http) -> None:
    seen: list[Any] = []

    @server.workflow("read")
    def read(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        seen.append((input, files, context.metadata))

    response = http.post(
        "/runs",
        data={"target": "workflows.read", "input": '{"language": "en"}', "metadata": '{"ticket": 1}'},
        files=[
            ("files.contract", ("../a/contract.pdf", b"%PDF", "application/pdf")),
            ("files.pages", ("1.png", b"one", "image/png")),
            ("files.pages", ("2.png", b"", "image/png")),
        ],
    )
    assert response.status_code == 201, response.text
    run = http.get_run(response.json()["id"], "input")
    assert run["output"] is None
    assert [file["name"] for file in run["input"]["files"]] == ["contract.pdf", "1.png", "2.png"]
    ((given, files, metadata),) = seen
    assert (given, metadata) == ({"language": "en"}, {"ticket": 1})
    contract: UploadedFile = files["contract"]
    assert (contract.filename, contract.content_type, contract.read()) == ("contract.pdf", "application/pdf", b"%PDF")
    assert [page.content for page in files["pages"]] == [b"one", b""]


def test_parts_of_a_form_keep_order_names_types_and_size(server: EigenpalServer, http: Http) -> None:
    seen: list[Any] = []

    @server.workflow("read")
    def read(input: dict[str, Any], files: dict[str, Any]) -> None:
        seen.append(([(name, item) for name, many in files.items() for item in many], input))

    text = "x" * 50_000_000
    limits = dataclasses.replace(server.app.limits, max_json_bytes=60_000_000)
    server.app.limits = limits
    names = ["files.b", "files.a", "files.b", "files.a"]
    parts = [(name, (f"{n}.bin", b"%d" % n, f"application/x-{n}")) for n, name in enumerate(names)]
    response = http.post("/runs", data={"target": "workflows.read", "input": json.dumps({"text": text})}, files=parts)
    assert response.status_code == 201, response.text
    http.get_run(response.json()["id"])
    ((files, input),) = seen
    assert [(name, file.filename, file.content_type, file.content) for name, file in files] == [
        ("b", "0.bin", "application/x-0", b"0"),
        ("b", "2.bin", "application/x-2", b"2"),
        ("a", "1.bin", "application/x-1", b"1"),
        ("a", "3.bin", "application/x-3", b"3"),
    ]
    assert input == {"text": text}


def test_older_clients_name_file_parts_without_the_prefix(http: Http) -> None:
    response = http.run_form("workflows.echo", {"contract": ("a.txt", b"abc", "text/plain")})
    expected = {"filename": "a.txt", "contentType": "text/plain", "size": 3}
    assert response.json()["output"] == {"contract": expected}


def test_stored_files_are_referred_to(server: EigenpalServer, http: Http) -> None:
    first = http.post("/runs", data={"target": "workflows.echo"}, files={"files.a": ("a.txt", b"abc", "text/plain")})
    rows = http.get(f"/runs/{first.json()['id']}/files").json()["inputs"]
    reference = {"fileId": rows[0]["id"], "filename": "b.md"}
    body = {"target": "workflows.echo", "files": {"x": reference, "y": [reference, {"fileId": rows[0]["id"]}]}}
    run = http.get_run(http.post("/runs", json=body).json()["id"])
    assert run["output"]["x"] == {"filename": "b.md", "contentType": "text/plain", "size": 3}
    assert [item["filename"] for item in run["output"]["y"]] == ["b.md", "a.txt"]
    body["files"] = {"y": [reference, {"fileId": "fil_nothing"}]}
    response = http.post("/runs", json=body)
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, "body.files.y.1.fileId")


def test_what_a_function_may_take(server: EigenpalServer, http: Http) -> None:
    @server.workflow("one")
    def one(input: dict[str, Any]) -> dict[str, Any]:
        return {"got": sorted(input)}

    @server.workflow("coroutine")
    async def coroutine(input: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
        return {"got": len(files)}

    @server.workflow("all")
    def everything(*arguments: Any) -> dict[str, Any]:
        return {"got": len(arguments)}

    assert http.run_and_wait("workflows.one", {"a": 1})["output"] == {"got": ["a"]}
    assert http.run_and_wait("workflows.coroutine")["output"] == {"got": 0}
    assert http.run_and_wait("workflows.all")["output"] == {"got": 3}


@pytest.mark.parametrize("returned", [[1], "text", 5, {"a": object()}, {"a": float("nan")}])
def test_an_output_that_cannot_be_sent_fails_the_run(server: EigenpalServer, http: Http, returned: Any) -> None:
    server.workflow("odd")(always_return(returned))
    run = http.run_and_wait("workflows.odd")
    assert run["execution"]["status"] == "failed"
    assert "output" in run["error"] or "must return a dict" in run["error"]


def test_a_function_that_raises_fails_its_run(server: EigenpalServer, http: Http) -> None:
    @server.workflow("broken", steps=["read", "extract", "send"])
    def broken(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.step("read", {"pages": 0})
        context.artifact("log.txt", "before the end")
        with context.track_step("extract"):
            raise ValueError("the document has no pages")

    run = http.get_run(http.start_run("workflows.broken")["id"], "execution")
    assert (run["execution"]["status"], run["error"]) == ("failed", "the document has no pages")
    assert run["output"] is None
    assert [step["status"] for step in run["execution"]["steps"]] == ["completed", "failed", "skipped"]
    assert [file["path"] for file in run["files"]] == ["output/log.txt"]


def test_overrides_by_multipart(http: Http) -> None:
    response = http.run_form(
        "workflows.echo", {"files.a": ("a.txt", b"abc")}, overrides=json.dumps({"steps": {"echo": {"b": 2}}})
    )
    assert response.json()["output"] == {"b": 2}


def test_versions_choose_the_function(server: EigenpalServer, http: Http) -> None:
    @server.workflow("pay", version="1.0.0")
    def first(input: dict[str, Any]) -> dict[str, Any]:
        return {"version": 1}

    @server.workflow("pay", version="2.0.0")
    def second(input: dict[str, Any]) -> dict[str, Any]:
        return {"version": 2}

    rows = http.get("/workflows/pay/versions").json()["data"]
    assert [(row["version"], row["isCurrent"]) for row in rows] == [("2.0.0", True), ("1.0.0", False)]
    commit = http.get("/source/releases", params={"packagePath": "workflows/pay"}).json()["releases"][1]["commit"]
    played: dict[str | None, int] = {
        None: 2,
        "latest": 2,
        "main": 2,
        "2.0.0": 2,
        "1.0.0": 1,
        "refs/tags/workflows/pay/1.0.0": 1,
        commit: 1,
    }
    for version, expected in played.items():
        query: dict[str, Any] = {} if version is None else {"version": version}
        run = http.run_and_wait("workflows.pay", **query)
        assert run["output"] == {"version": expected}, version
        assert run["source"]["version"] == f"{expected}.0.0"
    response = http.post("/runs", json={"target": "workflows.pay"}, params={"version": "3.0.0"})
    assert (response.status_code, response.json()["issues"][0]["field"]) == (404, "query.version")


def test_versions_at_once(server: EigenpalServer, http: Http) -> None:
    server.workflow("many", versions=["1.0.0", "1.1.0"])(always_return({"all": True}))
    assert http.run_and_wait("workflows.many", version="1.0.0")["output"] == {"all": True}
    with pytest.raises(TypeError, match="versions"):
        server.workflow("text", versions="1.0.0")(always_return(None))


def test_folders_are_dots_in_targets(server: EigenpalServer, http: Http) -> None:
    server.workflow("finance/pay", folder="fld_1")(always_return({"paid": True}))
    assert http.run_and_wait("workflows.finance.pay")["output"] == {"paid": True}
    workflow_id = http.get("/workflows", params={"folderId": "fld_1"}).json()["data"][0]["id"]
    assert http.run_and_wait(f"workflows.{workflow_id}")["output"] == {"paid": True}
    assert http.get("/workflows/finance%2Fpay").json()["id"] == workflow_id


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("workflows.nothing", 404),
        ("agents.echo", 404),
        ("echo", 400),
        ("", 400),
        ("workflows.", 400),
        ("workflows", 400),
        ("workflows.echo@1.0.0", 400),
        ("blocks.echo", 400),
    ],
)
def test_targets_that_name_nothing(http: Http, target: str, status: int) -> None:
    response = http.post("/runs", json={"target": target})
    assert response.status_code == status
    assert response.json()["issues"][0]["field"] == "body.target"


def test_the_trigger_header(http: Http) -> None:
    body = {"target": "workflows.echo"}
    run_id = http.post("/runs", json=body, headers={"X-Eigenpal-Trigger": "cli"}).json()["id"]
    assert http.get_run(run_id)["trigger"]["type"] == "cli"
    response = http.post("/runs", json=body, headers={"X-Eigenpal-Trigger": "cron"})
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, "header.X-Eigenpal-Trigger")


def test_one_key_starts_one_run(server: EigenpalServer, http: Http) -> None:
    body = {"target": "workflows.echo", "input": {"a": 1}}
    headers = {"Idempotency-Key": "k1"}
    first = http.post("/runs", json=body, headers=headers)
    again = http.post("/runs", json=body, headers=headers)
    assert first.json() == again.json()
    assert first.headers["x-request-id"] != again.headers["x-request-id"]
    assert len(server.runs) == 1
    other = http.post("/runs", json={**body, "input": {"a": 2}}, headers=headers)
    assert (other.status_code, other.json()["issues"][0]["code"]) == (400, "idempotency_key_reused")
    http.post("/runs", json=body, headers={"Idempotency-Key": "k2"})
    http.post("/runs", json=body)
    assert len(server.runs) == 3


def test_one_key_starts_one_run_whatever_the_boundary(server: EigenpalServer, http: Http) -> None:
    for _ in range(2):
        response = http.post(
            "/runs",
            data={"target": "workflows.echo"},
            files={"files.a": ("a.txt", b"abc")},
            headers={"Idempotency-Key": "k"},
        )
        assert response.status_code == 201
    assert len(server.runs) == 1


def test_an_agent_leaves_diagnostics(server: EigenpalServer, http: Http) -> None:
    @server.agent("sorter", model="large")
    def sort(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        context.log("Opened receipts.zip", tool="unzip")
        context.artifact("trips.json", "[]")
        context.artifact("issues.md", "# Issues\n", diagnostic=True)
        context.usage(turns=3, input_tokens=10)
        return {"trips": 0}

    run = http.get_run(http.start_run("agents.sorter")["id"], "execution", "usage")
    assert run["type"] == "agent"
    assert run["source"]["slug"] == "sorter"
    assert run["source"]["git"]["resolvedTag"] == "agents/sorter/1.0.0"
    assert run["execution"]["files"] == {"output": [{"name": "trips.json"}]}
    assert [file["path"] for file in run["files"]] == ["output/trips.json"]
    assert run["usage"]["agentTurns"] == 3
    paths = {artifact["path"] for artifact in http.get(f"/runs/{run['id']}/artifacts").json()["artifacts"]}
    assert paths == {"output/trips.json", "issues.md", "trace.jsonl", "eigenpal.lock"}
    trace = http.get(f"/runs/{run['id']}/artifacts/trace.jsonl")
    assert trace.headers["content-type"] == "application/x-ndjson"
    assert json.loads(trace.text.splitlines()[-1])["status"] == "completed"
    assert http.get(f"/runs/{run['id']}/definition").status_code == 404
    body: dict[str, Any] = {"target": "agents.sorter", "overrides": {"steps": {"a": {}}}}
    assert http.post("/runs", json=body).json()["issues"][0]["field"] == "body.overrides"


def test_a_rerun_has_the_same_input(server: EigenpalServer, http: Http) -> None:
    def make_handler(number: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
        def handler(input: dict[str, Any]) -> dict[str, Any]:
            return {"version": number, **input}

        return handler

    server.workflow("pay", version="1.0.0")(make_handler(1))
    first = http.run_and_wait("workflows.pay", {"a": 1})
    server.workflow("pay", version="2.0.0")(make_handler(2))
    latest = http.post(f"/runs/{first['id']}/rerun", params={"wait_for_completion": 60})
    assert (latest.status_code, latest.json()["output"]) == (200, {"version": 2, "a": 1})
    original = http.post(f"/runs/{first['id']}/rerun", params={"version": "original", "wait_for_completion": 60})
    assert original.json()["output"] == {"version": 1, "a": 1}
    assert original.json()["execution"]["retry"] == {"number": 1, "previousRunId": first["id"], "nextRun": None}
    following = http.get_run(first["id"])["execution"]["retry"]["nextRun"]
    assert following == {"id": original.json()["id"], "status": "completed"}
    assert http.post("/runs/run_nothing/rerun").status_code == 404


def test_a_run_shows_where_its_rerun_has_got_to_however_late_that_began(server: EigenpalServer, http: Http) -> None:
    @server.workflow("late")
    def late(input: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.05)
        return {}

    first = http.run_and_wait("workflows.late")["id"]
    again = http.post(f"/runs/{first}/rerun").json()["id"]
    assert http.get_run(first)["execution"]["retry"]["nextRun"] == {"id": again, "status": "completed"}


def test_a_definition_is_a_snapshot(server: EigenpalServer, http: Http) -> None:
    server.workflow("pay", version="1.0.0", steps=["a"])(always_return({}))
    run = http.run_and_wait("workflows.pay")
    server.workflow("pay", version="2.0.0", steps=["a", "b"])(always_return({}))
    definition = http.get(f"/runs/{run['id']}/definition").json()["definition"]
    assert definition == {"name": "pay", "version": "1.0.0", "steps": [{"name": "a"}]}


def test_steps_belong_to_releases(server: EigenpalServer, http: Http) -> None:
    server.workflow("pay", version="1", steps=["a"])(always_return({}))
    server.workflow("pay", version="2", steps=["a", "b"])(always_return({}))
    server.workflow("pay", version="3")(always_return({}))

    def steps(version: str) -> list[str]:
        run = http.get_run(http.start_run("workflows.pay", version=version)["id"], "execution")
        return [step["stepName"] for step in run["execution"]["steps"]]

    assert [steps(version) for version in ("1", "2", "3")] == [["a"], ["a", "b"], ["a", "b"]]
    body: dict[str, Any] = {"target": "workflows.pay", "overrides": {"steps": {"b": {}}}}
    assert http.post("/runs", json=body, params={"version": "1"}).status_code == 400
    assert http.post("/runs", json=body, params={"version": "2"}).status_code == 201


def test_a_built_in_workflow_is_replaced(server: EigenpalServer, http: Http) -> None:
    server.workflow("echo")(always_return({"mine": True}))
    run = http.get_run(http.start_run("workflows.echo")["id"], "execution")
    assert (run["output"], run["execution"]["steps"]) == ({"mine": True}, [])
    assert len(http.get("/workflows/echo/versions").json()["data"]) == 1
