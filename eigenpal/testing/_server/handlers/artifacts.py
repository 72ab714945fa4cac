"""Files that runs wrote: listed, downloaded, packed into a zip."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from eigenpal.testing._server.call import Answer, Call, Handler, file_answer
from eigenpal.testing._server.content import ContentWriter
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.handlers.runs import on_settled_run
from eigenpal.testing._server.run import Run
from eigenpal.testing._server.views import artifact_document

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# Zips of the same files shall be the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def list_artifacts(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/artifacts``."""
    return Answer(json={"artifacts": [artifact_document(one) for one in run.artifacts.values()]})


def download(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/artifacts/{path}``."""
    artifact = run.artifacts.get(call.path["path"])
    if artifact is None:
        known = ", ".join(list(run.artifacts)[:10]) or "none"
        raise not_found(f"Run {run.id} has no artifact {call.path['path'][:200]!r}", hint=f"Artifacts: {known}.")
    return file_answer(artifact.content, artifact.content_type, artifact.name)


def download_zip(call: Call, run: Run) -> Answer:
    """``GET /runs/{id}/files-zip``."""
    chosen = run.outputs
    if "files" in call.query:
        wanted = [name for name in call.query["files"].split(",") if name]
        known = {name for one in chosen for name in (one.name, one.path, one.path.removeprefix("output/"))}
        for name in wanted:
            if name not in known:
                raise not_found(f"Run {run.id} has no output file {name[:200]!r}", field="query.files")
        chosen = [one for one in chosen if {one.name, one.path, one.path.removeprefix("output/")} & set(wanted)]
    packed = ContentWriter()
    with zipfile.ZipFile(_Unseekable(packed), "w", zipfile.ZIP_DEFLATED) as archive:
        for artifact in chosen:
            entry = zipfile.ZipInfo(artifact.path.removeprefix("output/"), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in artifact.content.pieces():
                    target.write(piece)
    return file_answer(packed.finish(), "application/zip", f"{run.id}.zip")


class _Unseekable(io.RawIOBase):
    """Writes on into content; a zip can be written from front to back."""

    def __init__(self, writer: ContentWriter) -> None:
        super().__init__()
        self._writer = writer

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        piece = bytes(data)
        self._writer.write(piece)
        return len(piece)


HANDLERS: dict[str, Handler] = {
    "runs.artifacts.list": on_settled_run(list_artifacts),
    "runs.artifacts.download": on_settled_run(download),
    "runs.artifacts.downloadZip": on_settled_run(download_zip),
}
