"""Streaming artifacts of a run, and saving all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import anyio
import httpx
import pytest

from eigenpal.errors import EigenpalNotFoundError, EigenpalResponseError
from eigenpal.types import SavedArtifact
from tests.support.either_client import EitherClient
from tests.support.examples import load_example
from tests.support.script import RequestHandler

from .conftest import MakeClient


def serve_files(files: dict[str, bytes], *, sizes: bool = True) -> RequestHandler:
    """Return a server that has these artifacts."""

    def respond(request: httpx.Request) -> httpx.Response:
        path = unquote(request.url.raw_path.decode()).partition("/artifacts")[2].lstrip("/")
        if not path:
            listed = [
                {"name": name.rpartition("/")[2], "path": name, "size": len(content) if sizes else None}
                for name, content in files.items()
            ]
            return httpx.Response(200, json={"artifacts": listed})
        if path not in files:
            return httpx.Response(404, json=load_example("ApiErrorEnvelope.not_found"))
        return httpx.Response(200, content=files[path], headers={"content-type": "application/octet-stream"})

    return respond


FILES = {
    "output/render/summary.pdf": b"%PDF" + bytes(range(256)) * 300,
    "output/lines.csv": b"a,b\n",
    "trace.jsonl": b"",
}


def read_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_stream_reads_an_artifact(make_client: MakeClient) -> None:
    client = make_client(serve_files(FILES))
    content = FILES["output/render/summary.pdf"]
    chunks, stream = client.read_stream(lambda c: c.runs.artifacts.stream("run_w01", "output/render/summary.pdf"), 1000)
    assert b"".join(chunks) == content
    assert {len(chunk) for chunk in chunks[:-1]} == {1000}
    assert (stream.size, stream.status) == (len(content), 200)
    assert client.sent == ["GET /api/v1/runs/run_w01/artifacts/output/render/summary.pdf"]
    with pytest.raises(EigenpalNotFoundError):
        client.read_stream(lambda c: c.runs.artifacts.stream("run_w01", "nothing"))
    with pytest.raises(ValueError, match="path must be a relative path"):
        client.read_stream(lambda c: c.runs.artifacts.stream("run_w01", "../x"))


def test_stream_zip_reads_the_archive(make_client: MakeClient) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"PK", headers={"content-type": "application/zip"})

    client = make_client(respond)
    chunks, _ = client.read_stream(lambda c: c.runs.artifacts.stream_zip("run_a01", files="x", token="t"))
    assert chunks == [b"PK"]
    assert client.sent == ["GET /api/v1/runs/run_a01/files-zip?files=x&token=t"]


@pytest.mark.parametrize("as_text", [True, False])
def test_download_all_saves_every_artifact(make_client: MakeClient, tmp_path: Path, as_text: bool) -> None:
    client = make_client(serve_files(FILES))
    folder = tmp_path / "new" / "results"
    saved: list[SavedArtifact] = client.call(
        lambda c: c.runs.artifacts.download_all("run_w01", str(folder) if as_text else folder)
    )
    assert read_files(folder) == FILES
    assert [(item.artifact.path, item.path, item.size) for item in saved] == [
        (name, folder / name, len(content)) for name, content in FILES.items()
    ]


def test_download_all_without_artifacts(make_client: MakeClient, tmp_path: Path) -> None:
    client = make_client(serve_files({}))
    assert client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path / "results")) == []
    assert list((tmp_path / "results").iterdir()) == []


def test_download_all_replaces_existing_files(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "trace.jsonl").write_bytes(b"old")
    (tmp_path / "mine.txt").write_bytes(b"mine")
    client = make_client(serve_files(FILES))
    client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert read_files(tmp_path) == {**FILES, "mine.txt": b"mine"}


def test_download_all_makes_names_safe(make_client: MakeClient, tmp_path: Path) -> None:
    hostile = {
        "C:\\Windows\\x.ini": b"1",
        "..\\..\\up.txt": b"2",
        "output/con": b"3",
        "output/a.txt": b"4",
        "output/A.txt": b"5",
        "output/line\nend": b"6",
        "~/x": b"7",
    }
    client = make_client(serve_files(hostile))
    saved: list[SavedArtifact] = client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path / "results"))
    assert read_files(tmp_path) == {
        "results/C_/Windows/x.ini": b"1",
        "results/up.txt": b"2",
        "results/output/_con": b"3",
        "results/output/a.txt": b"4",
        "results/output/A (2).txt": b"5",
        "results/output/line_end": b"6",
        "results/~/x": b"7",
    }
    assert [item.artifact.path for item in saved] == list(hostile)
    assert [item.path.read_bytes() for item in saved] == list(hostile.values())


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a//b", "", "."])
def test_download_all_rejects_paths_that_cannot_be_requested(
    make_client: MakeClient, tmp_path: Path, path: str
) -> None:
    client = make_client(serve_files({"fine.txt": b"1", path: b"2"}))
    with pytest.raises(EigenpalResponseError, match="returned an artifact that cannot be downloaded: path") as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path / "results"))
    assert caught.value.field == "artifacts[1].path"
    assert len(client.sent) == 1
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("sizes", [True, False])
def test_download_all_reports_the_total_progress(make_client: MakeClient, tmp_path: Path, sizes: bool) -> None:
    reports: list[tuple[int, int | None]] = []

    def report(received: int, total: int | None) -> None:
        reports.append((received, total))

    client = make_client(serve_files(FILES, sizes=sizes))
    client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path, progress=report))
    whole = sum(map(len, FILES.values()))
    assert reports[-1] == (whole, whole)
    assert [received for received, _ in reports] == sorted(received for received, _ in reports)
    assert {total for _, total in reports} <= ({whole} if sizes else {whole, None})


def test_a_failed_download_names_the_artifact_and_leaves_no_partial_file(
    make_client: MakeClient, tmp_path: Path
) -> None:
    served = serve_files(FILES)

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={}) if request.url.path.endswith("csv") else served(request)

    client = make_client(respond)
    with pytest.raises(EigenpalNotFoundError) as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    if sys.version_info >= (3, 11):
        assert caught.value.__notes__ == ["Raised while saving the artifact 'output/lines.csv'."]
    assert all(FILES[name] == content for name, content in read_files(tmp_path).items())


def test_errors_of_the_progress_callback_are_raised(make_client: MakeClient, tmp_path: Path) -> None:
    def fail(received: int, total: int | None) -> None:
        raise ZeroDivisionError

    client = make_client(serve_files(FILES))
    with pytest.raises(ZeroDivisionError):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path, progress=fail))


REFUSED: list[tuple[Callable[[Path], Any], type[Exception], str]] = [
    (lambda folder: folder / "file.txt", NotADirectoryError, "which is a file"),
    (lambda folder: 5, TypeError, "int"),
]


@pytest.mark.parametrize(("directory", "kind", "message"), REFUSED)
def test_invalid_directories(
    make_client: MakeClient, tmp_path: Path, directory: Callable[[Path], Any], kind: type[Exception], message: str
) -> None:
    (tmp_path / "file.txt").write_bytes(b"")
    client = make_client(serve_files(FILES))
    with pytest.raises(kind, match=message):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", directory(tmp_path)))
    assert client.sent == []


def test_the_asynchronous_client_downloads_four_artifacts_at_a_time(tmp_path: Path) -> None:
    files = {f"output/{number}.txt": b"x" * number for number in range(20)}
    client = EitherClient("async", serve_files(files))
    most = now = 0

    async def download(*_: Any, **arguments: Any) -> int:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await anyio.sleep(0.001)
        now -= 1
        return 5

    client.client.runs.artifacts.download = download
    saved = client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert len(saved) == 20
    assert most == 4


def test_the_first_error_cancels_the_other_downloads(tmp_path: Path) -> None:
    files = {f"output/{number}.txt": b"x" for number in range(20)}
    client = EitherClient("async", serve_files(files))
    ended: list[str] = []

    async def download(_: str, path: str, **arguments: Any) -> int:
        if path == "output/2.txt":
            raise ZeroDivisionError(path)
        try:
            await anyio.sleep(30)
        finally:
            ended.append(path)
        return 1

    client.client.runs.artifacts.download = download
    with pytest.raises(ZeroDivisionError, match=r"output/2\.txt"):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert len(ended) == 3
