"""Expected outputs of runs."""

from __future__ import annotations

from eigenpal.testing._server.content import strip_folders
from eigenpal.testing._server.endpoints.runs import on_current_run
from eigenpal.testing._server.http_errors import bad_request, not_found
from eigenpal.testing._server.http_messages import NO_CONTENT, Endpoint, ServerRequest, ServerResponse, file_response
from eigenpal.testing._server.run_record import Artifact, RunRecord


def list_expected(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/expected``."""
    return ServerResponse(json={"expected": run.expected, "files": [{"name": name} for name in run.expected_files]})


def create(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``POST /runs/{id}/expected``: copies an output, or stores an upload."""
    if request.form is None:
        output_name = request.body["outputFileName"]
        output = next((artifact for artifact in run.outputs if output_name in (artifact.name, artifact.path)), None)
        if output is None:
            raise not_found(f"Run {run.id} has no output file {output_name[:200]!r}", field="body.outputFileName")
        name = _validate_name(request.body.get("expectedName") or output.name, "body.expectedName")
        content, content_type = output.content, output.content_type
    else:
        _, file = request.form.files[0]
        name = _validate_name(request.form.texts.get("name") or file.filename, "body.name")
        content, content_type = file.stored_content, file.content_type
    run.expected_files[name] = Artifact(request.state.new_id("fil"), name, content_type, content)
    request.state.save_run(run)
    return ServerResponse(status=201, json={"name": name})


def download(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/expected/{filename}``."""
    file = _find_file(run, request)
    return file_response(file.content, file.content_type, file.path)


def rename(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``PATCH /runs/{id}/expected/{filename}``."""
    _find_file(run, request)
    before, name = request.path["filename"], _validate_name(request.body["name"], "body.name")
    if name != before and name in run.expected_files:
        raise bad_request("body.name", f"Expected file {name!r} already exists", "already_exists")
    renamed = {name if known == before else known: file for known, file in run.expected_files.items()}
    renamed[name].path = name
    run.expected_files = renamed
    request.state.save_run(run)
    return ServerResponse(json={"name": name})


def delete(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``DELETE /runs/{id}/expected/{filename}``."""
    _find_file(run, request)
    del run.expected_files[request.path["filename"]]
    request.state.save_run(run)
    return NO_CONTENT


def _find_file(run: RunRecord, request: ServerRequest) -> Artifact:
    name = request.path["filename"]
    file = run.expected_files.get(name)
    if file is None:
        raise not_found(f"Run {run.id} has no expected file {name[:200]!r}")
    return file


def _validate_name(name: str, field: str) -> str:
    if name in ("", ".", "..") or strip_folders(name) != name:
        raise bad_request(field, "Expected a file name without slashes")
    return name


ENDPOINTS: dict[str, Endpoint] = {
    "runs.expected.list": on_current_run(list_expected),
    "runs.expected.copyOutput": on_current_run(create),
    "runs.expected.download": on_current_run(download),
    "runs.expected.rename": on_current_run(rename),
    "runs.expected.delete": on_current_run(delete),
}
