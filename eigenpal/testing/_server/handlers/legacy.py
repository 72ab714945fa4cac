"""The two older endpoints that clients of an earlier revision still use."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.call import Answer, Call, Handler, file_answer
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.handlers.runs import on_settled_run
from eigenpal.testing._server.handlers.starts import form_files, started_once
from eigenpal.testing._server.run import Run


async def start(call: Call) -> Answer:
    """``POST /run/{target}``: the body is the input itself, ``_overrides`` is reserved."""
    run = started_once(call, _create)
    seconds = call.query.get("wait_for_completion")
    if seconds is not None:
        await call.world.engine.wait(run, seconds)
    with call.world.lock:
        if seconds is not None:
            return Answer(status=200 if run.finished else 202, json=_started(run))
        return Answer(status=201 if run.kind == "workflow" else 202, json=_started(run))


def _create(call: Call) -> Run:
    automation = call.world.automations.target(call.path["target"], "path.target")
    if call.form is None:
        arguments: dict[str, Any] = {name: value for name, value in call.body.items() if name != "_overrides"}
    else:
        arguments = call.body.get("_json", {})
    return call.world.create_run(
        automation,
        arguments=arguments,
        files=form_files(call, ""),
        requested=call.query.get("version"),
        overrides=call.body.get("_overrides"),
        trigger=call.headers.get("X-Eigenpal-Trigger", "api"),
    )


def download(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/artifact/{path}``: agent runs only."""
    artifact = run.artifacts.get(call.path["path"])
    if run.kind != "agent" or artifact is None:
        raise not_found(f"Run {run.id} has no artifact {call.path['path'][:200]!r} at this older path")
    return file_answer(artifact.content, artifact.content_type, artifact.name)


def _started(run: Run) -> dict[str, Any]:
    document: dict[str, Any] = {"runId": run.id, "type": run.kind, "status": run.status}
    if run.finished:
        document["output"] = run.output
        document["error"] = run.error
        document["schemaValid"] = run.schema_valid
    return document


HANDLERS: dict[str, Handler] = {"legacy.run": start, "legacy.downloadArtifact": on_settled_run(download)}
