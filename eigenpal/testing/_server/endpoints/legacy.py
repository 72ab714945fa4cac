"""The two older endpoints."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.endpoints.run_starts import list_form_files, start_once
from eigenpal.testing._server.endpoints.runs import on_current_run
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse, file_response
from eigenpal.testing._server.run_record import RunRecord


async def start(request: ServerRequest) -> ServerResponse:
    """``POST /run/{target}``: the body is the input itself, ``_overrides`` is reserved."""
    run = start_once(request, _create)
    seconds = request.query.get("wait_for_completion")
    if seconds is not None:
        await request.state.executor.wait(run, seconds)
    with request.state.lock:
        if seconds is not None:
            return ServerResponse(status=200 if run.is_finished else 202, json=_serialize_started(run))
        return ServerResponse(status=201 if run.kind == "workflow" else 202, json=_serialize_started(run))


def _create(request: ServerRequest) -> RunRecord:
    automation = request.state.automations.get_by_target(request.path["target"], "path.target")
    if request.form is None:
        arguments: dict[str, Any] = {name: value for name, value in request.body.items() if name != "_overrides"}
    else:
        arguments = request.body.get("_json", {})
    return request.state.create_run(
        automation,
        arguments=arguments,
        files=list_form_files(request, ""),
        requested=request.query.get("version"),
        overrides=request.body.get("_overrides"),
        trigger=request.headers.get("X-Eigenpal-Trigger", "api"),
    )


def download(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/artifact/{path}``: agent runs only."""
    artifact = run.artifacts.get(request.path["path"])
    if run.kind != "agent" or artifact is None:
        raise not_found(f"Run {run.id} has no artifact {request.path['path'][:200]!r} at this legacy path")
    return file_response(artifact.content, artifact.content_type, artifact.name)


def _serialize_started(run: RunRecord) -> dict[str, Any]:
    document: dict[str, Any] = {"runId": run.id, "type": run.kind, "status": run.status}
    if run.is_finished:
        document["output"] = run.output
        document["error"] = run.error
        document["schemaValid"] = run.schema_valid
    return document


ENDPOINTS: dict[str, Endpoint] = {"legacy.run": start, "legacy.downloadArtifact": on_current_run(download)}
