from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext

from .conftest import Http, http_of, returning


def register(server: EigenpalServer) -> None:
    @server.workflow("write", steps=["render"], version="1.0.0")
    def write(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        context.artifact("large.bin", b"x" * 3_000_000, step="render")
        return {"ü": [None, 1.5]}


def seen(http: Http, run_id: str) -> list[Any]:
    return [
        http.run(run_id, "execution", "input", "usage", "debug"),
        http.get("/runs").json(),
        http.get("/agents").json(),
        http.get("/workflows").json(),
        http.get("/workflows/write/versions").json(),
        http.get("/agents/triggers/email").json(),
        http.get(f"/runs/{run_id}/feedback").json(),
        http.get(f"/runs/{run_id}/files").json(),
        http.get(f"/runs/{run_id}/trace").json(),
        http.get(f"/runs/{run_id}/artifacts/output/render/large.bin").content,
        http.get(f"/runs/{run_id}/expected/b.bin").content,
        http.get("/source/raw?path=notes.md").json(),
    ]


def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    secret = {"sourcePath": "a/b", "secretName": "c"}
    headers = {"Idempotency-Key": "k"}
    with EigenpalServer(state=path) as server, http_of(server) as http:
        register(server)
        started = http.post(
            "/runs",
            data={"target": "workflows.write", "metadata": '{"a": 1}'},
            files={"files.doc": ("a.txt", b"abc")},
            headers=headers,
        ).json()
        run_id = started["id"]
        http.run(run_id)
        http.post("/agents", json={"name": "A", "slug": "a", "config": {"x": 1}})
        http.post("/agents/a/triggers/email", json={"alias": "a"})
        http.patch(f"/runs/{run_id}/feedback", json={"status": "resolved", "expected": [1]})
        http.post(f"/runs/{run_id}/expected", json={"outputFileName": "large.bin", "expectedName": "b.bin"})
        http.post(f"/runs/{run_id}/rerun")
        server.write_source("notes.md", "# Notes")
        http.finished("workflows.echo")
        encrypted = http.post("/source/secrets/encrypt", json={**secret, "plaintext": "x"}).json()["encrypted"]
        before = seen(http, run_id)
    with EigenpalServer(state=path) as server, http_of(server) as http:
        assert seen(http, run_id) == before
        body = {"secrets": [{**secret, "encrypted": encrypted}]}
        assert http.post("/source/secrets/decrypt", json=body).json() == {"secrets": {"c": "x"}}
        again = http.post(
            "/runs",
            data={"target": "workflows.write", "metadata": '{"a": 1}'},
            files={"files.doc": ("a.txt", b"abc")},
            headers=headers,
        )
        assert again.json()["id"] == run_id
        # Until its function is registered again, a workflow gives back its input.
        assert http.finished("workflows.write", {"a": 1})["output"] == {"a": 1}
        register(server)
        assert http.finished("workflows.write")["output"] == {"ü": [None, 1.5]}
        ids = [row["id"] for row in http.get("/runs").json()["runs"]]
        assert len(ids) == len(set(ids)) == 5
        assert ids == sorted(ids, reverse=True)


def test_a_run_on_its_way_fails_with_its_server(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    stop = threading.Event()
    with EigenpalServer(state=path) as server, http_of(server) as http:

        @server.workflow("stuck")
        def stuck(input: dict[str, Any]) -> dict[str, Any]:
            return {"stopped": stop.wait(20)}

        server.workflow("slow", takes=3600)(returning({}))
        ids = [http.started(f"workflows.{name}")["id"] for name in ("stuck", "slow")]
        assert [http.status(one) for one in ids] == ["running", "running"]
    stop.set()
    with EigenpalServer(state=path) as server, http_of(server) as http:
        for run_id in ids:
            run = http.run(run_id)
            assert (run["execution"]["status"], run["finished"]) == ("failed", True)
            assert "server was stopped" in run["error"]


def test_a_server_with_state_is_started_again(tmp_path: Path) -> None:
    server = EigenpalServer(state=tmp_path / "state.sqlite")
    for count in (1, 2):
        with server, http_of(server) as http:
            http.finished("workflows.echo")
            assert len(http.get("/runs").json()["runs"]) == count


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, " * 100)
    with pytest.raises(ValueError, match="is not a state file"):
        EigenpalServer(state=path)
