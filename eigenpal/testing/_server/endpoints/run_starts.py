"""Starts runs: from JSON, from a form, and from an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.http_errors import bad_request
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.run_record import RunRecord
from eigenpal.testing._server.serializers import serialize_accepted_run, serialize_run
from eigenpal.testing._server.server_state import ServerState


async def start(request: ServerRequest) -> ServerResponse:
    """``POST /runs``."""
    return await respond_to_start(request, start_once(request, _create))


def _create(request: ServerRequest) -> RunRecord:
    state, body = request.state, request.body
    automation = state.automations.get_by_target(body["target"], "body.target")
    files = (
        list_form_files(request, "files.") if request.form is not None else list(_load_referenced_files(state, body))
    )
    return state.create_run(
        automation,
        arguments=body.get("input") or {},
        files=files,
        requested=request.query.get("version"),
        metadata=body.get("metadata"),
        overrides=body.get("overrides"),
        trigger=request.headers.get("X-Eigenpal-Trigger", "api"),
    )


async def rerun(request: ServerRequest) -> ServerResponse:
    """``POST /runs/{id}/rerun``."""
    return await respond_to_start(request, start_once(request, _create_rerun))


def _create_rerun(request: ServerRequest) -> RunRecord:
    state = request.state
    before = state.runs.get(request.id)

    def follow(run: RunRecord) -> None:
        run.retry_number, run.previous_run_id = before.retry_number + 1, before.id
        run.example, run.example_id, run.batch_id = before.example, before.example_id, before.batch_id

    requested_version = request.query.get("version")
    run = state.create_run(
        state.automations.get(before.kind, before.automation_id),
        arguments=before.arguments,
        files=[(file.field, file.file) for file in before.input_files],
        requested=before.version if requested_version == "original" else requested_version,
        metadata=before.metadata,
        overrides=before.overrides,
        prepare=follow,
    )
    before.next_run_id = run.id
    state.save_run(before)
    return run


def start_once(request: ServerRequest, create: Callable[[ServerRequest], RunRecord]) -> RunRecord:
    """Return the run a request starts, or the one that an earlier request with the same idempotency key started."""
    fingerprint = request.fingerprint()
    with request.state.lock:
        run = request.state.find_idempotent_run(request.idempotency_key, fingerprint)
        if run is None:
            run = create(request)
            request.state.remember_run(request.idempotency_key, fingerprint, run)
        return run


async def respond_to_start(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """Wait if requested, and respond according to the state of the run: 200, 201 or 202."""
    seconds = request.query.get("wait_for_completion")
    if seconds is None:
        return ServerResponse(status=201, json=serialize_accepted_run(run))
    await request.state.executor.wait(run, seconds)
    with request.state.lock:
        if run.is_finished:
            return ServerResponse(status=200, json=serialize_run(request.state, run))
    return ServerResponse(status=202, json=serialize_accepted_run(run))


def list_form_files(request: ServerRequest, prefix: str) -> list[tuple[str, UploadedFile]]:
    """Return the file parts of a form by input name; older clients omit the prefix."""
    files = request.form.files if request.form is not None else []
    named = [(name.removeprefix(prefix) or name, file) for name, file in files]
    return [(name, file) for name, file in named if name]


def _load_referenced_files(state: ServerState, body: dict[str, Any]) -> Iterator[tuple[str, UploadedFile]]:
    given: dict[str, Any] = body.get("files") or {}
    for name, value in given.items():
        references = cast("list[dict[str, Any]]", value if isinstance(value, list) else [value])
        for position, reference in enumerate(references):
            field = f"body.files.{name}.{position}" if isinstance(value, list) else f"body.files.{name}"
            stored = state.runs.find_input_file(reference["fileId"])
            if stored is None:
                raise bad_request(f"{field}.fileId", f"No stored file {reference['fileId'][:100]!r}")
            yield (
                name,
                UploadedFile(
                    reference.get("filename", stored.filename),
                    stored.stored_content,
                    reference.get("mimeType", stored.content_type),
                ),
            )


ENDPOINTS: dict[str, Endpoint] = {"run": start, "rerun": rerun}
