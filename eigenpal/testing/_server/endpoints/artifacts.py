"""Artifacts: listed, downloaded, and as a zip file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from eigenpal.testing._server.content import ContentWriter
from eigenpal.testing._server.endpoints.runs import on_current_run
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse, file_response
from eigenpal.testing._server.run_record import RunRecord
from eigenpal.testing._server.serializers import serialize_artifact

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# A fixed timestamp, so that the same files give the same zip file.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def list_artifacts(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/artifacts``."""
    return ServerResponse(json={"artifacts": [serialize_artifact(artifact) for artifact in run.artifacts.values()]})


def download(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/artifacts/{path}``."""
    artifact = run.artifacts.get(request.path["path"])
    if artifact is None:
        known = ", ".join(list(run.artifacts)[:10]) or "none"
        raise not_found(f"Run {run.id} has no artifact {request.path['path'][:200]!r}", hint=f"Artifacts: {known}.")
    return file_response(artifact.content, artifact.content_type, artifact.name)


def download_zip(request: ServerRequest, run: RunRecord) -> ServerResponse:
    """``GET /runs/{id}/files-zip``."""
    chosen = run.outputs
    if "files" in request.query:
        names = [name for name in request.query["files"].split(",") if name]
        known = {
            name
            for artifact in chosen
            for name in (artifact.name, artifact.path, artifact.path.removeprefix("output/"))
        }
        for name in names:
            if name not in known:
                raise not_found(f"Run {run.id} has no output file {name[:200]!r}", field="query.files")
        chosen = [
            value for value in chosen if {value.name, value.path, value.path.removeprefix("output/")} & set(names)
        ]
    packed = ContentWriter()
    with zipfile.ZipFile(_Unseekable(packed), "w", zipfile.ZIP_DEFLATED) as archive:
        for artifact in chosen:
            entry = zipfile.ZipInfo(artifact.path.removeprefix("output/"), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target:
                for chunk in artifact.content.iter_chunks():
                    target.write(chunk)
    return file_response(packed.finish(), "application/zip", f"{run.id}.zip")


class _Unseekable(io.RawIOBase):
    """A file that writes to a content; zip files can be written without seeking."""

    def __init__(self, writer: ContentWriter) -> None:
        super().__init__()
        self._writer = writer

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        chunk = bytes(data)
        self._writer.write(chunk)
        return len(chunk)


ENDPOINTS: dict[str, Endpoint] = {
    "runs.artifacts.list": on_current_run(list_artifacts),
    "runs.artifacts.download": on_current_run(download),
    "runs.artifacts.downloadZip": on_current_run(download_zip),
}
