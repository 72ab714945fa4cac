from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from eigenpal.testing import Clock, EigenpalServer, RunContext

from .conftest import Http, always_return, make_http_client, short_refresh_timeout


@contextmanager
def advance_continuously(clock: Clock, seconds: float) -> Generator[None, None, None]:
    """Advance a clock continuously, from two threads, until the block ends."""
    stop = threading.Event()

    def advance() -> None:
        while not stop.wait(0.001):
            clock.advance(seconds)

    threads = [threading.Thread(target=advance) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_run_goes_through_its_statuses_as_the_clock_advances(
    frozen_server: EigenpalServer, frozen_http: Http
) -> None:
    frozen_server.workflow("slow", steps=["read", "extract"], queue_seconds=4, run_seconds=10)(
        always_return({"done": True})
    )
    run_id = frozen_http.start_run("workflows.slow")["id"]
    seen: list[tuple[str, ...]] = []
    for _ in range(9):
        run = frozen_http.get_run(run_id, "execution")
        seen.append((run["execution"]["status"], *(step["status"] for step in run["execution"]["steps"])))
        assert run["finished"] == (run["execution"]["status"] == "completed")
        assert ("output" in run) == run["finished"]
        frozen_server.clock.advance(2)
    assert seen == [
        ("created", "pending", "pending"),
        ("pending", "pending", "pending"),
        ("running", "running", "pending"),
        ("running", "running", "pending"),
        ("running", "running", "pending"),
        ("running", "completed", "running"),
        ("running", "completed", "running"),
        ("completed", "completed", "completed"),
        ("completed", "completed", "completed"),
    ]
    run = frozen_http.get_run(run_id)
    assert (run["output"], run["timing"]["durationMs"]) == ({"done": True}, 10_000)


def test_a_handler_sets_its_duration(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    @frozen_server.workflow("timed", steps=["read", "ask", "send"])
    def timed(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        context.step("read", {"pages": 2}, seconds=5)
        context.artifact("pages.txt", "2")
        with context.track_step("ask"):
            context.progress(0.5, "Waiting for a person")
            context.sleep(60, status="waiting")
        context.sleep(1, status="finalizing")
        return {"sent": True}

    run_id = frozen_http.start_run("workflows.timed")["id"]

    def advance_and_read(seconds: float) -> tuple[str, int, list[str]]:
        frozen_server.clock.advance(seconds)
        run = frozen_http.get_run(run_id, "execution")
        files = frozen_http.get(f"/runs/{run_id}/artifacts").json()["artifacts"]
        return run["execution"]["status"], len(files), [step["status"] for step in run["execution"]["steps"]]

    assert advance_and_read(0) == ("running", 0, ["running", "pending", "pending"])
    assert advance_and_read(5) == ("waiting", 1, ["completed", "running", "pending"])
    assert advance_and_read(59) == ("waiting", 1, ["completed", "running", "pending"])
    assert advance_and_read(1) == ("finalizing", 1, ["completed", "completed", "pending"])
    assert advance_and_read(1) == ("completed", 1, ["completed", "completed", "skipped"])
    events = frozen_http.get(f"/runs/{run_id}/trace").json()["events"]
    assert {"type": "progress", "step": "ask", "fraction": 0.5, "message": "Waiting for a person"}.items() <= next(
        item for item in events if item["type"] == "progress"
    ).items()
    statuses = [event["status"] for event in events if event["type"] == "status"]
    assert statuses[:3] == ["created", "pending", "running"]
    assert statuses[-1] == "completed"


def test_reads_advance_a_poll_driven_run() -> None:
    with EigenpalServer(unfinished_polls=4) as server, make_http_client(server) as http:
        run_id = http.start_run("workflows.echo", {"a": 1})["id"]
        seen = [http.get_status(run_id) for _ in range(6)]
        assert seen == ["created", "pending", "running", "running", "completed", "completed"]
        server.workflow("once", unfinished_polls=1)(always_return({}))
        run_id = http.start_run("workflows.once")["id"]
        assert http.get("/runs").json()["runs"][0]["execution"]["status"] == "created"
        assert [http.get_status(run_id) for _ in range(2)] == ["running", "completed"]
        server.workflow("now", unfinished_polls=0)(always_return({}))
        assert http.run_and_wait("workflows.now")


def test_a_wait_on_a_running_clock() -> None:
    with EigenpalServer() as server, make_http_client(server) as http:
        server.workflow("short", run_seconds=0.2)(always_return({"done": True}))
        response = http.post("/runs", json={"target": "workflows.short"}, params={"wait_for_completion": 60})
        assert (response.status_code, response.json()["output"]) == (200, {"done": True})
        assert response.json()["timing"]["durationMs"] >= 200
        begun = threading.Event()

        @server.workflow("long", run_seconds=3600)
        def long(input: dict[str, Any]) -> dict[str, Any]:
            begun.set()
            return {}

        response = http.post("/runs", json={"target": "workflows.long"}, params={"wait_for_completion": 0})
        assert response.status_code == 202
        assert begun.wait(60)
        begun.clear()
        turning = threading.Thread(target=lambda: begun.wait(60) and server.clock.advance(3600))
        turning.start()
        response = http.post("/runs", json={"target": "workflows.long"}, params={"wait_for_completion": 600})
        turning.join()
        assert response.status_code == 200


@pytest.mark.parametrize("stands", [False, True], ids=["a running clock", "a frozen clock"])
def test_a_wait_ends_when_the_clock_passes_it_even_if_the_handler_is_stuck(stands: bool) -> None:
    release = threading.Event()

    with EigenpalServer(clock=Clock(frozen=stands)) as server, make_http_client(server) as http:

        @server.workflow("stuck")
        def stuck(input: dict[str, Any]) -> dict[str, Any]:
            return {"released": release.wait(60)}

        # Repeatedly, since the test cannot see when the wait begins.
        with advance_continuously(server.clock, 3600):
            response = http.post("/runs", json={"target": "workflows.stuck"}, params={"wait_for_completion": 600})
        release.set()
        assert (response.status_code, response.json()["finished"]) == (202, False)


def test_a_wait_has_a_bound(http: Http) -> None:
    response = http.post("/runs", json={"target": "workflows.echo"}, params={"wait_for_completion": 601})
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, "query.wait_for_completion")


def test_a_function_that_is_stuck_shows_its_run_as_running(server: EigenpalServer, http: Http) -> None:
    release = threading.Event()

    @server.workflow("stuck")
    def stuck(input: dict[str, Any]) -> dict[str, Any]:
        return {"released": release.wait(60)}

    run_id = http.start_run("workflows.stuck")["id"]
    with short_refresh_timeout():
        assert http.get_status(run_id) == "running"
        started = time.monotonic()
        for _ in range(40):
            assert http.get_status(run_id) == "running"
    # Reads wait for a stuck handler once, not each time.
    assert time.monotonic() - started < 20
    assert http.run_and_wait("workflows.echo")
    release.set()
    response = http.post(f"/runs/{run_id}/rerun", params={"wait_for_completion": 60})
    assert response.json()["output"] == {"released": True}
    assert http.get_run(run_id)["output"] == {"released": True}


def test_cancelling_before_the_start(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    called: list[int] = []

    @frozen_server.workflow("queued", queue_seconds=10)
    def waiting(input: dict[str, Any]) -> None:
        called.append(1)

    run_id = frozen_http.start_run("workflows.queued")["id"]
    response = frozen_http.post(f"/runs/{run_id}/cancel").json()
    assert response["cancellation"] == {"state": "cancelled", "wasStatus": "created"}
    assert (response["finished"], response["execution"]["status"]) == (True, "cancelled")
    frozen_server.clock.advance(100)
    run = frozen_http.get_run(run_id)
    assert (run["execution"]["status"], run["output"], run["timing"]["startedAt"]) == ("cancelled", None, None)
    assert run["error"]
    assert called == []


def test_cancelling_in_flight(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    frozen_server.workflow("slow", steps=["a", "b"], run_seconds=100)(always_return({"done": True}))
    run_id = frozen_http.start_run("workflows.slow")["id"]
    for _ in range(2):
        response = frozen_http.post(f"/runs/{run_id}/cancel").json()
        assert response["cancellation"] == {"state": "requested", "wasStatus": "running"}
    assert frozen_http.get_run(run_id)["timing"]["cancelRequestedAt"] is not None
    frozen_server.clock.advance(1)
    run = frozen_http.get_run(run_id, "execution")
    assert (run["execution"]["status"], run["finished"], run["output"]) == ("cancelled", True, None)
    assert [step["status"] for step in run["execution"]["steps"]] == ["cancelled", "skipped"]
    frozen_server.clock.advance(1000)
    assert frozen_http.get_status(run_id) == "cancelled"


def test_cancelling_a_poll_driven_run() -> None:
    with EigenpalServer(unfinished_polls=3) as server, make_http_client(server) as http:
        run_id = http.start_run("workflows.echo")["id"]
        assert http.get_status(run_id) == "created"
        assert http.post(f"/runs/{run_id}/cancel").json()["cancellation"]["state"] == "cancelled"
        run_id = http.start_run("workflows.echo")["id"]
        assert [http.get_status(run_id) for _ in range(3)] == ["created", "pending", "running"]
        assert http.post(f"/runs/{run_id}/cancel").json()["cancellation"]["state"] == "requested"
        assert http.get_status(run_id) == "cancelled"


def test_a_function_learns_that_it_is_cancelled(server: EigenpalServer, http: Http) -> None:
    stopped = threading.Event()

    @server.workflow("patient")
    def patient(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        while not context.cancelled:
            time.sleep(0.005)
        stopped.set()

    run_id = http.start_run("workflows.patient")["id"]
    with short_refresh_timeout():
        assert http.post(f"/runs/{run_id}/cancel").json()["cancellation"]["state"] == "requested"
    assert stopped.wait(60)
    server.clock.advance(1)
    assert http.get_run(run_id)["finished"]


def test_the_clock() -> None:
    start = datetime(2026, 3, 20, 9, tzinfo=timezone.utc)
    clock = Clock(start, frozen=True)
    assert clock.now() == start
    assert clock.advance(timedelta(minutes=1)) == start + timedelta(minutes=1)
    assert clock.advance_to(start) == start + timedelta(minutes=1)
    assert clock.advance_to(start + timedelta(hours=1)) == start + timedelta(hours=1)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)
    clock.resume()
    clock.resume()
    while clock.now() == start + timedelta(hours=1):
        pass
    clock.freeze()
    assert clock.frozen
    assert clock.now() == clock.now()
    with pytest.raises(ValueError, match="time zone"):
        Clock(start.replace(tzinfo=None))


def test_a_negative_time_fails_the_run(server: EigenpalServer, http: Http) -> None:
    @server.workflow("back")
    def back(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.sleep(-1)

    assert http.run_and_wait("workflows.back")["error"] == "a run cannot sleep for -1 seconds"


def test_one_long_advance_equals_many_short_ones(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    frozen_server.workflow("slow", queue_seconds=10, run_seconds=5)(always_return({"done": True}))
    run_id = frozen_http.start_run("workflows.slow")["id"]
    frozen_server.clock.advance(1000)
    timing = frozen_http.get_run(run_id)["timing"]
    created = datetime.fromisoformat(timing["createdAt"].replace("Z", "+00:00"))
    completed = datetime.fromisoformat(timing["completedAt"].replace("Z", "+00:00"))
    assert completed - created == timedelta(seconds=15)
    assert timing["durationMs"] == 5000


def test_it_does_not_matter_when_a_thread_starts(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    release = threading.Event()

    @frozen_server.workflow("late", run_seconds=10)
    def late(input: dict[str, Any]) -> dict[str, Any]:
        return {"released": release.wait(60)}

    run_id = frozen_http.start_run("workflows.late")["id"]
    frozen_server.clock.advance(10)
    release.set()
    run = frozen_http.get_run(run_id)
    assert (run["finished"], run["timing"]["durationMs"]) == (True, 10_000)


def test_a_run_seen_running_does_not_end_before(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    release = threading.Event()

    @frozen_server.workflow("late")
    def late(input: dict[str, Any]) -> dict[str, Any]:
        return {"released": release.wait(60)}

    run_id = frozen_http.start_run("workflows.late")["id"]
    frozen_server.clock.advance(60)
    with short_refresh_timeout():
        assert frozen_http.get_status(run_id) == "running"
    release.set()
    assert frozen_http.get_run(run_id)["timing"]["durationMs"] == 60_000


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), BaseException("base"), GeneratorExit()])
def test_whatever_a_function_raises_fails_its_run(server: EigenpalServer, http: Http, error: BaseException) -> None:
    @server.workflow("exit")
    def leave(input: dict[str, Any]) -> None:
        raise error

    run = http.run_and_wait("workflows.exit")
    assert (run["execution"]["status"], run["error"]) == ("failed", str(error) or type(error).__name__)
    assert http.run_and_wait("workflows.echo")["output"] == {}


def test_the_clock_advances_while_others_read(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    frozen_server.workflow("slow", steps=["a", "b"], queue_seconds=3, run_seconds=20)(always_return({"done": True}))
    frozen_server.workflow("agentless", run_seconds=7)(always_return({}))
    with advance_continuously(frozen_server.clock, 0.5):
        for _ in range(30):
            ids = [frozen_http.start_run(f"workflows.{name}")["id"] for name in ("slow", "agentless")]
            for run_id in ids:
                frozen_http.post(f"/runs/{run_id}/cancel")
                frozen_http.get_run(run_id, "execution")
            for status in ("running", "completed", "cancelled"):
                rows = frozen_http.get("/runs", params={"status": status}).json()["runs"]
                assert {row["execution"]["status"] for row in rows} <= {status}
    frozen_server.check()


def test_functions_that_are_stuck_do_not_stop_others(server: EigenpalServer, http: Http) -> None:
    release = threading.Event()

    @server.workflow("stuck")
    def stuck(input: dict[str, Any]) -> dict[str, Any]:
        return {"released": release.wait(60)}

    ids = [http.start_run("workflows.stuck")["id"] for _ in range(20)]
    assert http.run_and_wait("workflows.echo", {"a": 1})["output"] == {"a": 1}
    release.set()
    server.stop()
    server.start()
    with make_http_client(server) as again:
        for run_id in ids:
            assert again.get_run(run_id)["output"] == {"released": True}
        assert again.run_and_wait("workflows.echo", {"a": 1})["output"] == {"a": 1}


def test_a_run_keeps_its_duration_after_it_was_seen_running(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    release = threading.Event()

    @frozen_server.workflow("late", run_seconds=100)
    def late(input: dict[str, Any]) -> dict[str, Any]:
        return {"released": release.wait(60)}

    run_id = frozen_http.start_run("workflows.late")["id"]
    frozen_server.clock.advance(60)
    with short_refresh_timeout():
        assert frozen_http.get_status(run_id) == "running"
    release.set()
    while frozen_http.get_run(run_id)["timing"]["completedAt"] is None:
        frozen_server.clock.advance(1)
    assert frozen_http.get_run(run_id)["timing"]["durationMs"] >= 100_000


def test_the_clock_advances_while_others_wait_and_list_files(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    @frozen_server.workflow("files", run_seconds=20)
    def write(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        for number in range(200):
            context.sleep(0.1)
            context.artifact(f"{number}.txt", "x")

    with advance_continuously(frozen_server.clock, 0.1):
        for _ in range(10):
            run_id = frozen_http.start_run("workflows.files", wait_for_completion=5)["id"]
            for path in ("artifacts", "files", "files-zip", "expected", "trace"):
                assert frozen_http.get(f"/runs/{run_id}/{path}").status_code == 200
    frozen_server.check()
