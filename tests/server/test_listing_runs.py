from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from eigenpal.testing import Clock, EigenpalServer

from .conftest import Http, always_return, make_http_client

START = datetime(2026, 3, 20, 9, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def listed() -> Any:
    clock = Clock(START, frozen=True)
    with EigenpalServer(clock=clock) as server, make_http_client(server) as http:
        server.agent("sorter")(always_return({}))
        for number in range(10):
            server.add_run(
                "agents.sorter" if number % 2 else "workflows.echo",
                {"number": number},
                status=("completed", "failed", "running", "created", "cancelled")[number % 5],
                seconds=60,
                trigger="manual" if number == 4 else "api",
                triggered_by={"id": "usr_7", "name": None, "email": "a@example.com"} if number == 4 else None,
                batch_id=f"bat_{number // 5}",
                example="march" if number == 3 else None,
                example_id="ex_march_3" if number == 3 else None,
                score=0.5 if number == 3 else None,
            )
            clock.advance(3600)
        yield http


def numbers(http: Http, **query: Any) -> list[int]:
    rows = http.get("/runs", params=query).json()["runs"]
    return [http.get_run(row["id"], "input")["input"]["args"]["number"] for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ({"limit": 3}, [9, 8, 7]),
        ({"limit": 0}, []),
        ({"limit": 3, "offset": 8}, [1, 0]),
        ({"offset": 100}, []),
        ({"type": "agent"}, [9, 7, 5, 3, 1]),
        ({"source": "sorter"}, [9, 7, 5, 3, 1]),
        ({"source": "echo", "type": "agent"}, []),
        ({"source": "nothing"}, []),
        ({"status": "completed"}, [5, 0]),
        ({"status": "completed,failed"}, [6, 5, 1, 0]),
        ({"status": "running", "type": "agent"}, [7]),
        ({"trigger": "manual"}, [4]),
        ({"triggeredBy": "usr_7"}, [4]),
        ({"triggeredBy": "a@example.com"}, [4]),
        ({"sourceRef": "agents/sorter/1.0.0"}, [9, 7, 5, 3, 1]),
        ({"sourceRef": "1.0.0", "limit": 2}, [9, 8]),
        ({"batchId": "bat_0"}, [4, 3, 2, 1, 0]),
        ({"exampleId": "ex_march_3"}, [3]),
        ({"exampleIdContains": "march"}, [3]),
        ({"from": "2026-03-20T16:00:00Z"}, [9, 8, 7]),
        ({"from": "2026-03-20T17:00:00+01:00"}, [9, 8, 7]),
        ({"to": "2026-03-20T10:00:00.000Z"}, [1, 0]),
        ({"from": "2026-03-20T10:00:00", "to": "2026-03-20T12:30:00"}, [3, 2, 1]),
        ({"from": "now()-3h"}, [9, 8, 7]),
        ({"from": "now() - 180m"}, [9, 8, 7]),
        ({"to": "now()-9h"}, [1, 0]),
        ({"from": "2026-03-21"}, []),
        ({"createdAfter": "now()-2h"}, [9, 8]),
        ({"createdBefore": "now()-1d"}, []),
        ({"createdAfter": "now()-4h", "from": "now()-2h", "to": "now()-2h"}, [8]),
        ({"completedAfter": "2026-03-20T15:00:00Z"}, [9, 6]),
        ({"completedBefore": "2026-03-20T09:01:00Z"}, [0]),
    ],
)
def test_filters(listed: Http, query: dict[str, Any], expected: list[int]) -> None:
    assert numbers(listed, **query) == expected


def test_ids(listed: Http) -> None:
    rows = listed.get("/runs").json()["runs"]
    wanted = [rows[7]["id"], rows[2]["id"], "run_nothing", rows[2]["id"]]
    found = listed.get("/runs", params={"ids": ",".join(wanted)}).json()["runs"]
    assert [row["id"] for row in found] == [rows[2]["id"], rows[7]["id"]]


def test_rows_are_slim(listed: Http) -> None:
    row = listed.get("/runs", params={"exampleId": "ex_march_3"}).json()["runs"][0]
    assert row["eval"] == {"example": "march", "exampleId": "ex_march_3", "score": 0.5, "passed": None}
    assert {"output", "files", "input"}.isdisjoint(row)
    assert set(row["execution"]) == {"status", "schemaValid", "batchId", "annotation", "retry"}


def test_pages_by_cursor(listed: Http) -> None:
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 4}
    while True:
        page = listed.get("/runs", params=query).json()
        seen.extend(row["id"] for row in page["runs"])
        if page["nextCursor"] is None:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == [row["id"] for row in listed.get("/runs").json()["runs"]]
    exact = listed.get("/runs", params={"limit": 5}).json()
    last = listed.get("/runs", params={"limit": 5, "cursor": exact["nextCursor"]}).json()
    assert (len(last["runs"]), last["nextCursor"]) == (5, None)


def test_the_status_is_that_of_the_moment(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    frozen_server.workflow("slow", queue_seconds=2, run_seconds=2)(always_return({}))
    frozen_http.start_run("workflows.slow")
    seen: list[str] = []
    for _ in range(3):
        for status in ("created", "pending", "running", "completed"):
            if frozen_http.get("/runs", params={"status": status}).json()["runs"]:
                seen.append(status)
        frozen_server.clock.advance(2)
    assert seen == ["created", "running", "completed"]


def test_runs_of_the_past_are_added_at_any_time(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    now = frozen_server.clock.now()

    def add(hours: int, **options: Any) -> str:
        return frozen_server.add_run("workflows.echo", created_at=now - timedelta(hours=hours), **options).id

    def list_ids(**query: Any) -> list[str]:
        return [row["id"] for row in frozen_http.get("/runs", params=query).json()["runs"]]

    new = frozen_http.start_run("workflows.echo")["id"]
    five, one = add(5), add(1, status="failed")
    page = frozen_http.get("/runs", params={"limit": 2}).json()
    assert [row["id"] for row in page["runs"]] == [new, one]
    # Added before and after the place of the cursor, which stays where it is.
    late, three, three_too, nine = add(0, batch_id="late"), add(3), add(3), add(9)
    assert list_ids(cursor=page["nextCursor"]) == [three_too, three, five, nine]
    everything = [late, new, one, three_too, three, five, nine]
    assert list_ids() == everything
    assert [run.id for run in frozen_server.runs] == everything[::-1]
    assert list_ids(offset=2, limit=3) == [one, three_too, three]
    assert list_ids(**{"from": "now()-3h"}) == [late, new, one, three_too, three]
    assert list_ids(to="now()-3h") == [three_too, three, five, nine]
    assert list_ids(**{"from": "now()-5h", "to": "now()-2h"}) == [three_too, three, five]
    assert list_ids(status="failed") == [one]
    assert list_ids(ids=f"{nine},{new}") == [new, nine]
    frozen_server.check()
    with pytest.raises(ValueError, match="in the future"):
        add(-2)


def test_a_workflow_and_an_agent_of_the_same_slug(server: EigenpalServer, http: Http) -> None:
    server.agent("echo")(always_return({}))
    ids = [http.run_and_wait(target)["id"] for target in ("workflows.echo", "agents.echo")]

    def listed(**query: str) -> list[str]:
        return [row["id"] for row in http.get("/runs", params=query).json()["runs"]]

    assert listed(source="echo") == ids[::-1]
    assert listed(source="echo", type="agent") == ids[1:]
    assert listed(source=http.get_run(ids[0])["source"]["id"]) == ids[:1]


def test_a_rerun_belongs_to_the_batch_and_example_of_its_run(server: EigenpalServer, http: Http) -> None:
    before = server.add_run("workflows.echo", batch_id="bat_1", example="One", example_id="exm_1")
    run_id = http.post(f"/runs/{before.id}/rerun").json()["id"]
    for query in ("batchId=bat_1", "exampleId=exm_1", "exampleIdContains=xm"):
        assert [row["id"] for row in http.get(f"/runs?{query}").json()["runs"]] == [run_id, before.id], query
