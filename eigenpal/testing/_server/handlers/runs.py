"""Reading, listing and cancelling runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from eigenpal.testing._server.automations import KINDS
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import as_shown
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.moments import read_moment
from eigenpal.testing._server.pages import MOST_ROWS, USUAL_LIMIT, decode_cursor, encode_cursor
from eigenpal.testing._server.run import Run
from eigenpal.testing._server.store import RunFilter
from eigenpal.testing._server.views import accepted_run, listed_run, run_document


def on_settled_run(play: Callable[[Call, Run], Answer]) -> Handler:
    """Return a handler that brings the run of the path up to date and then plays with it, while no one changes it."""

    async def handle(call: Call) -> Answer:
        run = call.world.runs.get(call.id)
        await call.world.engine.settle(run)
        with call.world.lock:
            return play(call, run)

    return handle


async def get(call: Call) -> Answer:
    """``GET /runs/{id}``."""
    run = call.world.runs.get(call.id)
    await call.world.engine.read(run)
    if run.next_run_id is not None:
        # The answer shows where that run has got to, which must not depend on how soon its thread gets to work.
        await call.world.engine.settle(call.world.runs.get(run.next_run_id))
    with call.world.lock:
        return Answer(json=run_document(call.world, run, call.query.get("expand", ())))


async def list_runs(call: Call) -> Answer:
    """``GET /runs``."""
    world, query = call.world, call.query
    await world.engine.settle()
    wanted = _filter(call)
    before = decode_cursor(query["cursor"]) if "cursor" in query else None
    limit: int = min(query.get("limit", USUAL_LIMIT), MOST_ROWS)
    found: list[Run] = []
    with world.lock:
        if wanted is not None and limit > 0:
            offset: int = query.get("offset", 0)
            found.extend(islice(world.runs.newest_first(wanted, before), offset, offset + limit + 1))
        more = len(found) > limit
        return Answer(
            json={
                "runs": [listed_run(world, run) for run in found[:limit]],
                "nextCursor": encode_cursor(found[limit - 1].number) if more else None,
            }
        )


def _filter(call: Call) -> RunFilter | None:
    """Return what the query asks for; None if nothing can match it."""
    world, query = call.world, call.query
    now = as_shown(world.clock.now())

    def moment(name: str) -> datetime | None:
        return read_moment(query[name], now, f"query.{name}") if name in query else None

    def latest(first: datetime | None, second: datetime | None) -> datetime | None:
        return max(first, second) if first is not None and second is not None else first or second

    def earliest(first: datetime | None, second: datetime | None) -> datetime | None:
        return min(first, second) if first is not None and second is not None else first or second

    wanted = RunFilter(
        kind=query.get("type"),
        statuses=frozenset(query["status"]) if "status" in query else None,
        trigger=query.get("trigger"),
        triggered_by=query.get("triggeredBy"),
        source_ref=query.get("sourceRef"),
        batch_id=query.get("batchId"),
        example_id=query.get("exampleId"),
        example_id_contains=query.get("exampleIdContains"),
        created_from=latest(moment("from"), moment("createdAfter")),
        created_to=earliest(moment("to"), moment("createdBefore")),
        completed_from=moment("completedAfter"),
        completed_to=moment("completedBefore"),
        ids=frozenset(query["ids"]) if "ids" in query else None,
    )
    if "source" in query:
        # A workflow and an agent may have the same slug.
        both = (world.automations.find(kind, query["source"]) for kind in KINDS)
        wanted.automation_ids = frozenset(one.id for one in both if one is not None)
        if not wanted.automation_ids:
            return None
    return wanted


def cancel(call: Call, run: Run) -> Answer:
    """``POST /runs/{id}/cancel``."""
    was = run.status
    state = call.world.engine.cancel(run)
    call.world.save_run(run)
    return Answer(
        json={
            "id": run.id,
            "type": run.kind,
            "finished": run.finished,
            "execution": {"status": run.status},
            "cancellation": {"state": state, "wasStatus": was},
        }
    )


def connect(call: Call, run: Run) -> Answer:
    """``POST /runs/{id}/connect``."""
    live: dict[str, Any] = {**accepted_run(run), "finished": run.finished, "status": run.status}
    return Answer(json={**live, "events": list(run.trace)})


def definition(call: Call) -> Answer:
    """``GET /runs/{id}/definition``."""
    run = call.world.runs.get(call.id)
    if run.kind == "agent":
        raise not_found("Agent runs have no definition; only workflow runs do")
    return Answer(json={"definition": run.definition})


def trace(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/trace``."""
    return Answer(json={"events": list(run.trace)})


def comparison(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/comparison``: the run held against what was expected of it."""
    if run.expected is None and not run.expected_files:
        return Answer(json={"runId": run.id, "comparison": None})
    names = {one.name for one in run.outputs}
    missing = [name for name in run.expected_files if name not in names]
    same = run.expected is None or run.expected == run.output
    return Answer(
        json={
            "runId": run.id,
            "comparison": {
                "status": "pass" if run.status == "completed" and same and not missing else "fail",
                "outputState": "match" if same else "diff",
                "missingFiles": missing,
            },
        }
    )


HANDLERS: dict[str, Handler] = {
    "runs.get": get,
    "runs.list": list_runs,
    "runs.cancel": on_settled_run(cancel),
    "runs.connect": on_settled_run(connect),
    "runs.definition": definition,
    "runs.trace.get": on_settled_run(trace),
    "runs.comparison.get": on_settled_run(comparison),
}
