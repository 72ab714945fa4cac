from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import Clock, EigenpalServer, RunContext

from .conftest import Http, always_return, make_http_client, short_refresh_timeout


def register(server: EigenpalServer) -> None:
    @server.workflow("write", steps=["render"], version="1.0.0")
    def write(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        context.artifact("large.bin", b"x" * 3_000_000, step="render")
        return {"ü": [None, 1.5]}


def read_run(http: Http, run_id: str) -> list[Any]:
    return [
        http.get_run(run_id, "execution", "input", "usage", "debug"),
        http.get("/runs").json(),
        http.get("/agents").json(),
        http.get("/workflows").json(),
        http.get("/workflows/write/versions").json(),
        http.get("/agents/triggers/email").json(),
        http.get(f"/runs/{run_id}/feedback").json(),
        http.get(f"/runs/{run_id}/files").json(),
        http.get(f"/runs/{run_id}/trace").json(),
        *(
            hashlib.sha256(http.get(f"/runs/{run_id}/{path}").content).hexdigest()
            for path in ("artifacts/output/render/large.bin", "expected/b.bin")
        ),
        http.get("/source/raw?path=notes.md").json(),
    ]


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    secret = {"sourcePath": "a/b", "secretName": "c"}
    headers = {"Idempotency-Key": "k"}
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        register(server)
        started = http.post(
            "/runs",
            data={"target": "workflows.write", "metadata": '{"a": 1}'},
            files={"files.doc": ("a.txt", b"abc")},
            headers=headers,
        ).json()
        run_id = started["id"]
        http.get_run(run_id)
        http.post("/agents", json={"name": "A", "slug": "a", "config": {"x": 1}})
        http.post("/agents/a/triggers/email", json={"alias": "a"})
        http.patch(f"/runs/{run_id}/feedback", json={"status": "resolved", "expected": [1]})
        http.post(f"/runs/{run_id}/expected", json={"outputFileName": "large.bin", "expectedName": "b.bin"})
        http.post(f"/runs/{run_id}/rerun")
        server.write_source("notes.md", "# Notes")
        http.run_and_wait("workflows.echo")
        encrypted = http.post("/source/secrets/encrypt", json={**secret, "plaintext": "x"}).json()["encrypted"]
        before = read_run(http, run_id)
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        assert read_run(http, run_id) == before
        body = {"secrets": [{**secret, "encrypted": encrypted}]}
        assert http.post("/source/secrets/decrypt", json=body).json() == {"secrets": {"c": "x"}}
        again = http.post(
            "/runs",
            data={"target": "workflows.write", "metadata": '{"a": 1}'},
            files={"files.doc": ("a.txt", b"abc")},
            headers=headers,
        )
        assert again.json()["id"] == run_id
        # Until its handler is registered again, a workflow returns its input.
        assert http.run_and_wait("workflows.write", {"a": 1})["output"] == {"a": 1}
        register(server)
        assert http.run_and_wait("workflows.write")["output"] == {"ü": [None, 1.5]}
        ids = [row["id"] for row in http.get("/runs").json()["runs"]]
        assert len(ids) == len(set(ids)) == 5
        assert ids == sorted(ids, reverse=True)


def test_unfinished_runs_continue_with_the_next_server(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    start = datetime(2026, 3, 20, 9, tzinfo=timezone.utc)
    stop = threading.Event()
    began: list[str] = []

    def serve() -> EigenpalServer:
        return EigenpalServer(state=path, clock=Clock(start, frozen=True))

    def register(server: EigenpalServer) -> None:
        @server.workflow("stuck", steps=["wait"])
        def stuck(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
            began.append(files["doc"].text())
            context.artifact("once.txt", "x")
            return {"stopped": stop.wait(60)}

        server.workflow("slow", steps=["a", "b"], run_seconds=3600)(always_return({"slow": True}))
        server.workflow("queued", queue_seconds=60, run_seconds=60)(always_return({"queued": True}))
        server.workflow("polled", unfinished_polls=4)(always_return({"polled": True}))

    def times(http: Http, run_id: str) -> list[str]:
        run = http.get_run(run_id)
        return [run["execution"]["status"], run["timing"]["startedAt"], run["timing"]["completedAt"]]

    with serve() as server, make_http_client(server) as http:
        register(server)
        http.post("/agents", json={"name": "A", "slug": "a"})
        files = {"files.doc": ("a.txt", b"abc")}
        stuck = http.post("/runs", data={"target": "workflows.stuck"}, files=files).json()["id"]
        slow, queue_seconds, polled, leaving, agent = (
            http.start_run(target)["id"]
            for target in (*(f"workflows.{name}" for name in ("slow", "queued", "polled", "slow")), "agents.a")
        )
        put_there = server.add_run("workflows.echo", status="waiting").id
        assert [http.get_status(polled) for _ in range(2)] == ["created", "pending"]
        server.clock.advance(40)
        http.post(f"/runs/{leaving}/cancel")
        ids = [stuck, slow, queue_seconds, polled, leaving, put_there]
        before = ["running", "running", "pending", "pending", "running", "waiting"]
        with short_refresh_timeout():
            rows = http.get("/runs", params={"type": "workflow"}).json()["runs"]
        assert [row["execution"]["status"] for row in rows] == [*reversed(before)]
        assert http.get_status(agent) == "completed"
    stop.set()
    with serve() as server, make_http_client(server) as http:
        # The clock continues where it stopped, and runs without a handler stay unchanged.
        assert server.clock.now() == start + timedelta(seconds=40)
        assert [http.get_status(item) for item in ids] == before
        register(server)
        while not (run := http.get_run(stuck, "execution"))["finished"]:
            pass
        assert (run["output"], [file["path"] for file in run["files"]]) == ({"stopped": True}, ["output/once.txt"])
        assert [step["status"] for step in run["execution"]["steps"]] == ["completed"]
        assert began == ["abc", "abc"]
        assert [http.get_status(polled) for _ in range(4)] == ["pending", "running", "running", "completed"]
        assert [http.get_status(value) for value in (slow, queue_seconds, put_there)] == [
            "running",
            "pending",
            "waiting",
        ]
        server.clock.advance(1)
        assert http.get_status(leaving) == "cancelled"
        server.clock.advance(19)
        assert http.get_status(queue_seconds) == "running"
        server.clock.advance(60)
        assert times(http, queue_seconds) == ["completed", "2026-03-20T09:01:00.000Z", "2026-03-20T09:02:00.000Z"]
        server.clock.advance(3600)
        assert times(http, slow) == ["completed", "2026-03-20T09:00:00.000Z", "2026-03-20T10:00:00.000Z"]
        trace = http.get(f"/runs/{slow}/trace").json()["events"]
        assert [entry["status"] for entry in trace if entry["type"] == "status"] == [
            *("created", "pending", "running", "completed")
        ]
        for status, expected in (("running", []), ("completed", [agent, polled, queue_seconds, slow, stuck])):
            rows = http.get("/runs", params={"status": status}).json()["runs"]
            assert [row["id"] for row in rows] == expected


def test_a_run_continues_with_the_handler_of_its_release(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"

    def register(server: EigenpalServer, version: str) -> None:
        server.workflow("pay", version=version, queue_seconds=60)(always_return({"version": version}))

    with EigenpalServer(state=path, clock=Clock(frozen=True)) as server, make_http_client(server) as http:
        register(server, "1")
        register(server, "2")
        ids = [http.start_run("workflows.pay", version=version)["id"] for version in ("2", "1")]
    with EigenpalServer(state=path, clock=Clock(frozen=True)) as server, make_http_client(server) as http:
        for version in ("1", "2"):
            register(server, version)
        server.clock.advance(60)
        assert [http.get_run(item)["output"] for item in ids] == [{"version": "2"}, {"version": "1"}]


def test_a_run_that_waits_for_its_function_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        server.workflow("slow", queue_seconds=3600)(always_return({}))
        run_id = http.start_run("workflows.slow")["id"]
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        assert http.post(f"/runs/{run_id}/cancel").json()["cancellation"]["state"] == "cancelled"
        server.workflow("slow", queue_seconds=3600)(always_return({}))
        assert http.get_status(run_id) == "cancelled"


def test_a_key_is_remembered_whatever_it_was_used_for(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    secret = {"sourcePath": "a/b", "secretName": "c"}

    def send_all(http: Http) -> list[Any]:
        run_id = http.post("/runs", json={"target": "workflows.echo"}, headers={"Idempotency-Key": "1"}).json()["id"]
        posts: list[tuple[str, Any]] = [
            ("/agents", {"name": "A", "slug": "a"}),
            ("/agents/a/triggers/email", {"alias": "a"}),
            (f"/runs/{run_id}/cancel", None),
            (f"/runs/{run_id}/rerun", None),
            ("/run/workflows.echo", {"a": 1}),
            ("/source/secrets/encrypt", {**secret, "plaintext": "tr0ub4dor"}),
        ]
        responses: list[Any] = []
        for number, (place, body) in enumerate(posts):
            headers = {"Idempotency-Key": f"key {number}"}
            response = http.post(place, json=body, headers=headers) if body else http.post(place, headers=headers)
            responses.append((response.status_code, response.json()))
        encrypted = responses[-1][1]["encrypted"]
        body = {"secrets": [{**secret, "encrypted": encrypted}]}
        opened = http.post("/source/secrets/decrypt", json=body, headers={"Idempotency-Key": "open"})
        assert opened.json() == {"secrets": {"c": "tr0ub4dor"}}
        return responses

    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        first = send_all(http)
        assert send_all(http) == first
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        assert send_all(http) == first
        assert len(server.runs) == 3
        other = http.post("/agents", json={"name": "B", "slug": "b"}, headers={"Idempotency-Key": "key 0"})
        assert (other.status_code, other.json()["issues"][0]["code"]) == (400, "idempotency_key_reused")
    # Decrypted values are not stored.
    assert b"tr0ub4dor" not in path.read_bytes()


def test_what_happens_after_a_stop_is_kept_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    server = EigenpalServer(state=path, clock=Clock(frozen=True))
    server.workflow("slow", run_seconds=60)(always_return({"done": True}))
    with server, make_http_client(server) as http:
        run_id = http.start_run("workflows.slow")["id"]
        assert http.get_status(run_id) == "running"
    server.clock.advance(60)
    with server, make_http_client(server) as http:
        assert http.get_status(run_id) == "completed"
    with EigenpalServer(state=path) as following, make_http_client(following) as http:
        assert http.get_run(run_id)["output"] == {"done": True}


def test_a_server_refuses_a_file_that_another_one_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with EigenpalServer(state=path) as server:
        server.add_run("workflows.echo")
    with EigenpalServer(state=path) as another:
        another.add_run("workflows.echo")
        with pytest.raises(ValueError, match="is used by another server"):
            server.start()
    with pytest.raises(ValueError, match="another server has changed"):
        server.start()
    with EigenpalServer(state=path) as third:
        assert len(third.runs) == 2


def test_a_server_that_could_not_start_lets_go_of_its_state(tmp_path: Path, server: EigenpalServer) -> None:
    path = tmp_path / "state.sqlite"
    with pytest.raises(OSError):
        EigenpalServer(state=path, port=server.port).start()
    with EigenpalServer(state=path):
        pass


def test_a_clock_does_not_fall_behind_stored_timestamps(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with EigenpalServer(state=path) as server:
        server.clock.advance(3600)
        first = server.add_run("workflows.echo")
    with EigenpalServer(state=path) as server, make_http_client(server) as http:
        second = server.add_run("workflows.echo")
        assert second.created_at >= first.created_at
        rows = http.get("/runs", params={"from": "now()-1m"}).json()["runs"]
        assert [row["id"] for row in rows] == [second.id, first.id]


def test_a_server_with_state_is_started_again(tmp_path: Path) -> None:
    server = EigenpalServer(state=tmp_path / "state.sqlite")
    for count in (1, 2):
        with server, make_http_client(server) as http:
            http.run_and_wait("workflows.echo")
            assert len(http.get("/runs").json()["runs"]) == count


def text_file(path: Path) -> None:
    path.write_text("These are notes, " * 100)


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table documents (theirs)")
        database.commit()


def change_database(path: Path, statement: str) -> None:
    with EigenpalServer(state=path) as server:
        server.add_run("workflows.echo")
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)
        database.commit()


def without_a_field(path: Path) -> None:
    change_database(path, """update documents set body = '{"id": "run_1"}' where kind = 'run'""")


def with_another_field(path: Path) -> None:
    change_database(path, """update documents set body = json_set(body, '$.moon', 1) where kind = 'run'""")


def broken_json(path: Path) -> None:
    change_database(path, "update documents set body = '{' where kind = 'run'")


def overwritten(path: Path) -> None:
    with EigenpalServer(state=path) as server:
        for _ in range(100):
            server.add_run("workflows.echo", {"text": "x" * 500})
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"U" * (len(content) - 8192))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (text_file, "is not a state file of this server: file is not a database"),
        (another_database, "is not a state file of this server: it belongs to another application"),
        (without_a_field, "damaged or of another version"),
        (with_another_field, "damaged or of another version"),
        (broken_json, "damaged or of another version"),
        (overwritten, "is damaged"),
        (Path.mkdir, "cannot be opened: it is a folder"),
    ],
)
def test_a_file_that_cannot_be_opened(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    path = tmp_path / "state"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ValueError, match=message) as refused:
        EigenpalServer(state=path)
    assert str(path) in str(refused.value)
    if message.startswith("is not a state file"):
        assert path.read_bytes() == before


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cannot be opened: folder .* does not exist"):
        EigenpalServer(state=tmp_path / "none" / "state")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with EigenpalServer(state=path):
        pass
    path.chmod(0o400)
    with pytest.raises(ValueError, match="cannot be written"):
        EigenpalServer(state=path)
