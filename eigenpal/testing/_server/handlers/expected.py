"""What a run should have put out: files and a value to hold it against."""

from __future__ import annotations

from eigenpal.testing._server.call import NOTHING, Answer, Call, Handler, file_answer
from eigenpal.testing._server.content import last_component
from eigenpal.testing._server.errors import invalid, not_found
from eigenpal.testing._server.handlers.runs import settled
from eigenpal.testing._server.run import Artifact, Run


async def list_expected(call: Call) -> Answer:
    """``GET /runs/{id}/expected``."""
    run = await settled(call)
    return Answer(json={"expected": run.expected, "files": [{"name": name} for name in run.expected_files]})


async def create(call: Call) -> Answer:
    """``POST /runs/{id}/expected``: copy an output, or take in an upload."""
    run = await settled(call)
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


async def download(call: Call) -> Answer:
    """``GET /runs/{id}/expected/{filename}``."""
    file = _file(await settled(call), call)
    return file_answer(file.content, file.content_type, file.path)


async def rename(call: Call) -> Answer:
    """``PATCH /runs/{id}/expected/{filename}``."""
    run = await settled(call)
    _file(run, call)
    before, name = call.path["filename"], _checked(call.body["name"], "body.name")
    if name != before and name in run.expected_files:
        raise invalid("body.name", f"There is already an expected file {name!r}", "already_exists")
    renamed = {name if known == before else known: file for known, file in run.expected_files.items()}
    renamed[name].path = name
    run.expected_files = renamed
    call.world.save_run(run)
    return Answer(json={"name": name})


async def delete(call: Call) -> Answer:
    """``DELETE /runs/{id}/expected/{filename}``."""
    run = await settled(call)
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
    "runs.expected.list": list_expected,
    "runs.expected.copyOutput": create,
    "runs.expected.download": download,
    "runs.expected.rename": rename,
    "runs.expected.delete": delete,
}
