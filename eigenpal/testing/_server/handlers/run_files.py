"""Files of workflow runs: the ones they were given, and the ones their steps wrote."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.call import NOTHING, Answer, Call, Handler
from eigenpal.testing._server.errors import invalid, not_found
from eigenpal.testing._server.handlers.runs import on_settled_run
from eigenpal.testing._server.run import NOT_STARTED, Artifact, InputFile, Run


def list_files(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/files``."""
    _need_workflow_run(run)
    by_step: dict[str, list[dict[str, Any]]] = {step.name: [] for step in run.steps}
    for artifact in run.outputs:
        by_step.setdefault(artifact.step or "output", []).append(_output_row(artifact))
    return Answer(json={"inputs": [_input_row(one) for one in run.input_files], "outputsByStep": by_step})


def upload(call: Call, run: Run) -> Answer:
    """``POST /runs/{id}/files``."""
    _need_workflow_run(run)
    _need_not_started(run)
    files = call.form.files if call.form is not None else []
    part, file = files[0]
    added = InputFile(call.world.new_id("fil"), part, file)
    run.input_files.append(added)
    call.world.runs.index_files(run)
    call.world.save_run(run)
    return Answer(status=201, json=_input_row(added))


def delete(call: Call, run: Run) -> Answer:
    """``DELETE /runs/{id}/files/{fileId}``."""
    _need_workflow_run(run)
    wanted = call.path["fileId"]
    if wanted not in {one.id for one in run.input_files}:
        raise not_found(f"Run {run.id} has no input file {wanted[:100]!r}")
    _need_not_started(run)
    run.input_files = [one for one in run.input_files if one.id != wanted]
    call.world.save_run(run)
    return NOTHING


def _need_workflow_run(run: Run) -> None:
    if run.kind != "workflow":
        raise not_found("Agent runs have no file rows; their files are artifacts")


def _need_not_started(run: Run) -> None:
    if run.status not in NOT_STARTED:
        message = f"The run is {run.status}; its input files can only be changed before it starts"
        raise invalid("<root>", message, "run_already_started")


def _input_row(one: InputFile) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.field,
        "filename": one.file.filename,
        "mimeType": one.file.content_type,
        "size": one.file.size,
    }


def _output_row(artifact: Artifact) -> dict[str, Any]:
    return {
        "id": artifact.id,
        "filename": artifact.name,
        "path": artifact.path,
        "mimeType": artifact.content_type,
        "size": artifact.content.size,
    }


HANDLERS: dict[str, Handler] = {
    "runs.files.list": on_settled_run(list_files),
    "runs.files.upload": on_settled_run(upload),
    "runs.files.delete": on_settled_run(delete),
}
