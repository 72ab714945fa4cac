"""What a run should have put out: files and a value to hold it against."""

from __future__ import annotations

from eigenpal.testing._server.call import NOTHING, Answer, Call, Handler, file_answer
from eigenpal.testing._server.content import last_component
from eigenpal.testing._server.errors import invalid, not_found
from eigenpal.testing._server.handlers.runs import on_settled_run
from eigenpal.testing._server.run import Artifact, Run


def list_expected(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/expected``."""
    return Answer(json={"expected": run.expected, "files": [{"name": name} for name in run.expected_files]})


def create(call: Call, run: Run) -> Answer:
    """``POST /runs/{id}/expected``: copy an output, or take in an upload."""
    if call.form is None:
        wanted = call.body["outputFileName"]
        output = next((one for one in run.outputs if wanted in (one.name, one.path)), None)
        if output is None:
            raise not_found(f"Run {run.id} has no output file {wanted[:200]!r}", field="body.outputFileName")
        name = _checked(call.body.get("expectedName") or output.name, "body.expectedName")
        content, content_type = output.content, output.content_type
    else:
        _, file = call.form.files[0]
        name = _checked(call.form.texts.get("name") or file.filename, "body.name")
        content, content_type = file.stored, file.content_type
    run.expected_files[name] = Artifact(call.world.new_id("fil"), name, content_type, content)
    call.world.save_run(run)
    return Answer(status=201, json={"name": name})


def download(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/expected/{filename}``."""
    file = _file(run, call)
    return file_answer(file.content, file.content_type, file.path)


def rename(call: Call, run: Run) -> Answer:
    """``PATCH /runs/{id}/expected/{filename}``."""
    _file(run, call)
    before, name = call.path["filename"], _checked(call.body["name"], "body.name")
    if name != before and name in run.expected_files:
        raise invalid("body.name", f"There is already an expected file {name!r}", "already_exists")
    renamed = {name if known == before else known: file for known, file in run.expected_files.items()}
    renamed[name].path = name
    run.expected_files = renamed
    call.world.save_run(run)
    return Answer(json={"name": name})


def delete(call: Call, run: Run) -> Answer:
    """``DELETE /runs/{id}/expected/{filename}``."""
    _file(run, call)
    del run.expected_files[call.path["filename"]]
    call.world.save_run(run)
    return NOTHING


def _file(run: Run, call: Call) -> Artifact:
    name = call.path["filename"]
    file = run.expected_files.get(name)
    if file is None:
        raise not_found(f"Run {run.id} has no expected file {name[:200]!r}")
    return file


def _checked(name: str, field: str) -> str:
    if name in ("", ".", "..") or last_component(name) != name:
        raise invalid(field, "Expected a plain file name, without slashes")
    return name


HANDLERS: dict[str, Handler] = {
    "runs.expected.list": on_settled_run(list_expected),
    "runs.expected.copyOutput": on_settled_run(create),
    "runs.expected.download": on_settled_run(download),
    "runs.expected.rename": on_settled_run(rename),
    "runs.expected.delete": on_settled_run(delete),
}
