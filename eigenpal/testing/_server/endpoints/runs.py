"""Runs: read, listed, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from eigenpal.testing._server.automations import KINDS
from eigenpal.testing._server.clock import truncate_to_milliseconds
from eigenpal.testing._server.date_expressions import parse_date_expression
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.pagination import DEFAULT_LIMIT, MAX_LIMIT, decode_cursor, encode_cursor
from eigenpal.testing._server.run_record import RunRecord
from eigenpal.testing._server.run_store import RunFilter
from eigenpal.testing._server.serializers import serialize_accepted_run, serialize_run, serialize_run_row


def on_current_run(respond: Callable[[ServerRequest, RunRecord], ServerResponse]) -> Endpoint:
    """Return an endpoint that refreshes the run of the path and responds while the state is locked."""

    async def handle(request: ServerRequest) -> ServerResponse:
        run = request.state.runs.get(request.id)
        await request.state.executor.refresh(run)
        with request.state.lock:
            return respond(request, run)

    return handle


async def get(request: ServerRequest) -> ServerResponse:
    """``GET /runs/{id}``."""
    run = request.state.runs.get(request.id)
    await request.state.executor.poll(run)
    if run.next_run_id is not None:
        # The response shows the status of that run, which must not depend on when its thread starts.
        await request.state.executor.refresh(request.state.runs.get(run.next_run_id))
    with request.state.lock:
        return ServerResponse(json=serialize_run(request.state, run, request.query.get("expand", ())))


async def list_runs(request: ServerRequest) -> ServerResponse:
    """``GET /runs``."""
    state, query = request.state, request.query
    for run_id in query.get("ids", ()):
        # Clients that wait for many runs poll them with this.
        if run_id in state.runs.by_id:
            await state.executor.poll(state.runs.by_id[run_id])
    await state.executor.refresh()
    run_filter = _make_filter(request)
    before = decode_cursor(query["cursor"]) if "cursor" in query else None
    limit: int = min(query.get("limit", DEFAULT_LIMIT), MAX_LIMIT)
    found: list[RunRecord] = []
    with state.lock:
        if run_filter is not None and limit > 0:
            offset: int = query.get("offset", 0)
            found.extend(islice(state.runs.iter_newest_first(run_filter, before), offset, offset + limit + 1))
        more = len(found) > limit
        return ServerResponse(
            json={
                "runs": [serialize_run_row(state, run) for run in found[:limit]],
                "nextCursor": encode_cursor(found[limit - 1].position) if more else None,
            }
        )


def _make_filter(request: ServerRequest) -> RunFilter | None:
    """Return the filter for a query, or None if nothing can match."""
    state, query = request.state, request.query
    now = truncate_to_milliseconds(state.clock.now())

    def read_date(name: str) -> datetime | None:
        return parse_date_expression(query[name], now, f"query.{name}") if name in query else None

    def latest(first: datetime | None, second: datetime | None) -> datetime | None:
        return max(first, second) if first is not None and second is not None else first or second

    def earliest(first: datetime | None, second: datetime | None) -> datetime | None:
        return min(first, second) if first is not None and second is not None else first or second

    run_filter = RunFilter(
        kind=query.get("type"),
        statuses=frozenset(query["status"]) if "status" in query else None,
        trigger=query.get("trigger"),
        triggered_by=query.get("triggeredBy"),
        source_ref=query.get("sourceRef"),
        batch_id=query.get("batchId"),
        example_id=query.get("exampleId"),
        example_id_contains=query.get("exampleIdContains"),
        created_from=latest(read_date("from"), read_date("createdAfter")),
        created_to=earliest(read_date("to"), read_date("createdBefore")),
        completed_from=read_date("completedAfter"),
        completed_to=read_date("completedBefore"),
        ids=frozenset(query["ids"]) if "ids" in query else None,
    )
    if "source" in query:
        # A workflow and an agent can have the same slug.
        both = (state.automations.find(kind, query["source"]) for kind in KINDS)
        run_filter.automation_ids = frozenset(automation.id for automation in both if automation is not None)
        if not run_filter.automation_ids:
            return None
    return run_filter


def cancel(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``POST /runs/{id}/cancel``."""
    status_before = run.status
    outcome = request.state.executor.cancel(run)
    request.state.save_run(run)
    return ServerResponse(
        json={
            "id": run.id,
            "type": run.kind,
            "finished": run.is_finished,
            "execution": {"status": run.status},
            "cancellation": {"state": outcome, "wasStatus": status_before},
        }
    )


def connect(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``POST /runs/{id}/connect``."""
    live: dict[str, Any] = {**serialize_accepted_run(run), "finished": run.is_finished, "status": run.status}
    return ServerResponse(json={**live, "events": list(run.trace)})


def definition(request: ServerRequest) -> ServerResponse:
    """``GET /runs/{id}/definition``."""
    run = request.state.runs.get(request.id)
    if run.kind == "agent":
        raise not_found("Agent runs have no definition; only workflow runs do")
    return ServerResponse(json={"definition": run.definition})


def trace(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/trace``."""
    return ServerResponse(json={"events": list(run.trace)})


def comparison(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/comparison``: compares the run with its expected outputs."""
    if run.expected is None and not run.expected_files:
        return ServerResponse(json={"runId": run.id, "comparison": None})
    names = {output.name for output in run.outputs}
    missing = [name for name in run.expected_files if name not in names]
    same = run.expected is None or run.expected == run.output
    return ServerResponse(
        json={
            "runId": run.id,
            "comparison": {
                "status": "pass" if run.status == "completed" and same and not missing else "fail",
                "outputState": "match" if same else "diff",
                "missingFiles": missing,
            },
        }
    )


ENDPOINTS: dict[str, Endpoint] = {
    "runs.get": get,
    "runs.list": list_runs,
    "runs.cancel": on_current_run(cancel),
    "runs.connect": on_current_run(connect),
    "runs.definition": definition,
    "runs.trace.get": on_current_run(trace),
    "runs.comparison.get": on_current_run(comparison),
}
