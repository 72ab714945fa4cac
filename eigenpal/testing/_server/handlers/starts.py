"""Starting runs: from a body, from a form, and from an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.errors import invalid
from eigenpal.testing._server.run import Run
from eigenpal.testing._server.views import accepted_run, run_document
from eigenpal.testing._server.world import World


async def start(call: Call) -> Answer:
    """``POST /runs``."""
    return await answer_start(call, started_once(call, _create))


def _create(call: Call) -> Run:
    world, body = call.world, call.body
    automation = world.automations.target(body["target"], "body.target")
    files = form_files(call, "files.") if call.form is not None else list(_referenced(world, body))
    return world.create_run(
        automation,
        arguments=body.get("input") or {},
        files=files,
        requested=call.query.get("version"),
        metadata=body.get("metadata"),
        overrides=body.get("overrides"),
        trigger=call.headers.get("X-Eigenpal-Trigger", "api"),
    )


async def rerun(call: Call) -> Answer:
    """``POST /runs/{id}/rerun``."""
    return await answer_start(call, started_once(call, _repeat))


def _repeat(call: Call) -> Run:
    world = call.world
    before = world.runs.get(call.id)

    def follow(run: Run) -> None:
        run.retry_number, run.previous_run_id = before.retry_number + 1, before.id
        run.example, run.example_id, run.batch_id = before.example, before.example_id, before.batch_id

    asked = call.query.get("version")
    run = world.create_run(
        world.automations.get(before.kind, before.automation_id),
        arguments=before.arguments,
        files=[(one.field, one.file) for one in before.input_files],
        requested=before.version if asked == "original" else asked,
        metadata=before.metadata,
        overrides=before.overrides,
        seeded=follow,
    )
    before.next_run_id = run.id
    world.save_run(before)
    return run


def started_once(call: Call, create: Callable[[Call], Run]) -> Run:
    """Return the run a request starts, or the one it started when it came before with the same idempotency key."""
    fingerprint = call.fingerprint()
    with call.world.lock:
        run = call.world.replayed_run(call.idempotency_key, fingerprint)
        if run is None:
            run = create(call)
            call.world.remember_run(call.idempotency_key, fingerprint, run)
        return run


async def answer_start(call: Call, run: Run) -> Answer:
    """Wait as long as the request allows, and answer by what the run has come to: 200, 201 or 202."""
    seconds = call.query.get("wait_for_completion")
    if seconds is None:
        return Answer(status=201, json=accepted_run(run))
    await call.world.engine.wait(run, seconds)
    with call.world.lock:
        if run.finished:
            return Answer(status=200, json=run_document(call.world, run))
    return Answer(status=202, json=accepted_run(run))


def form_files(call: Call, prefix: str) -> list[tuple[str, UploadedFile]]:
    """Return the file parts of a form by the inputs they are for; older clients leave the prefix out."""
    files = call.form.files if call.form is not None else []
    named = [(name.removeprefix(prefix) or name, file) for name, file in files]
    return [(name, file) for name, file in named if name]


def _referenced(world: World, body: dict[str, Any]) -> Iterator[tuple[str, UploadedFile]]:
    given: dict[str, Any] = body.get("files") or {}
    for name, value in given.items():
        references = cast("list[dict[str, Any]]", value if isinstance(value, list) else [value])
        for position, reference in enumerate(references):
            place = f"body.files.{name}.{position}" if isinstance(value, list) else f"body.files.{name}"
            stored = world.runs.stored_file(reference["fileId"])
            if stored is None:
                raise invalid(f"{place}.fileId", f"No stored file {reference['fileId'][:100]!r}")
            yield (
                name,
                UploadedFile(
                    reference.get("filename", stored.filename),
                    stored.stored,
                    reference.get("mimeType", stored.content_type),
                ),
            )


HANDLERS: dict[str, Handler] = {"run": start, "rerun": rerun}
