"""Input files and step outputs of workflow runs."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.endpoints.runs import on_current_run
from eigenpal.testing._server.http_errors import bad_request, not_found
from eigenpal.testing._server.http_messages import NO_CONTENT, Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.run_record import NOT_STARTED, Artifact, InputFile, RunRecord


def list_files(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/files``."""
    _require_workflow_run(run)
    by_step: dict[str, list[dict[str, Any]]] = {step.name: [] for step in run.steps}
    for artifact in run.outputs:
        by_step.setdefault(artifact.step or "output", []).append(_serialize_output(artifact))
    return ServerResponse(
        json={"inputs": [_serialize_input(file) for file in run.input_files], "outputsByStep": by_step}
    )


def upload(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``POST /runs/{id}/files``."""
    _require_workflow_run(run)
    _require_not_started(run)
    files = request.form.files if request.form is not None else []
    part, file = files[0]
    added = InputFile(request.state.new_id("fil"), part, file)
    run.input_files.append(added)
    request.state.runs.index_files(run)
    request.state.save_run(run)
    return ServerResponse(status=201, json=_serialize_input(added))


def delete(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``DELETE /runs/{id}/files/{fileId}``."""
    _require_workflow_run(run)
    file_id = request.path["fileId"]
    if file_id not in {input_file.id for input_file in run.input_files}:
        raise not_found(f"Run {run.id} has no input file {file_id[:100]!r}")
    _require_not_started(run)
    run.input_files = [file for file in run.input_files if file.id != file_id]
    request.state.save_run(run)
    return NO_CONTENT


def _require_workflow_run(run: RunRecord) -> None:
    if run.kind != "workflow":
        raise not_found("Agent runs have no files here; see their artifacts")


def _require_not_started(run: RunRecord) -> None:
    if run.status not in NOT_STARTED:
        message = f"The run is {run.status}; input files can only be changed before it starts"
        raise bad_request("<root>", message, "run_already_started")


def _serialize_input(input_file: InputFile) -> dict[str, Any]:
    return {
        "id": input_file.id,
        "name": input_file.field,
        "filename": input_file.file.filename,
        "mimeType": input_file.file.content_type,
        "size": input_file.file.size,
    }


def _serialize_output(artifact: Artifact) -> dict[str, Any]:
    return {
        "id": artifact.id,
        "filename": artifact.name,
        "path": artifact.path,
        "mimeType": artifact.content_type,
        "size": artifact.content.size,
    }


ENDPOINTS: dict[str, Endpoint] = {
    "runs.files.list": on_current_run(list_files),
    "runs.files.upload": on_current_run(upload),
    "runs.files.delete": on_current_run(delete),
}
