"""Streaming artifacts of a run, and saving all of them."""

from __future__ import annotations

import json
import pickle
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import anyio
import httpx
import pytest

from eigenpal._downloads import folders
from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalDownloadError,
    EigenpalNotFoundError,
    EigenpalResponseError,
    EigenpalServerError,
)
from eigenpal.types import SavedArtifact
from tests.support.either_client import EitherClient
from tests.support.examples import load_example
from tests.support.script import RequestHandler
from tests.transport.file_server import Body

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
            # Not as httpx writes it, which refuses lone surrogates.
            return httpx.Response(200, content=json.dumps({"artifacts": listed}))
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


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a//b", "", ".", "\ud800", "a/" * 20_000 + "a"])
def test_download_all_saves_the_others_if_a_path_cannot_be_requested(
    make_client: MakeClient, tmp_path: Path, path: str
) -> None:
    client = make_client(serve_files({"a.txt": b"1", path: b"2", "b.txt": b"3"}))
    message = "1 of 3 artifacts were not saved: .*returned an artifact that cannot be downloaded: path"
    with pytest.raises(EigenpalDownloadError, match=message) as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path / "results"))
    (failed,) = caught.value.failed
    assert isinstance(failed.error, EigenpalResponseError)
    assert (failed.artifact.path, failed.error.field) == (path, "artifacts[1].path")
    assert [saved.path.name for saved in caught.value.saved] == ["a.txt", "b.txt"]
    assert read_files(tmp_path) == {"results/a.txt": b"1", "results/b.txt": b"3"}


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


def fail_for(served: RequestHandler, end: str, result: int | Exception) -> RequestHandler:
    """Return a server that fails for some artifacts."""

    def respond(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith(end):
            return served(request)
        if isinstance(result, Exception):
            raise result
        return httpx.Response(result, json={})

    return respond


FAILURES: list[tuple[int | Exception, type[Exception]]] = [
    (404, EigenpalNotFoundError),
    (500, EigenpalServerError),
    (httpx.ReadError("reset"), EigenpalConnectionError),
]


@pytest.mark.parametrize(("result", "expected"), FAILURES)
def test_download_all_saves_the_others_if_one_download_fails(
    make_client: MakeClient, tmp_path: Path, result: int | Exception, expected: type[Exception]
) -> None:
    client = make_client(fail_for(serve_files(FILES), "csv", result))
    with pytest.raises(
        EigenpalDownloadError, match=r"1 of 3 artifacts were not saved: 'output/lines\.csv': "
    ) as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    (failed,) = caught.value.failed
    assert type(failed.error) is expected
    assert caught.value.__cause__ is failed.error
    assert failed.artifact.path == "output/lines.csv"
    others = {name: content for name, content in FILES.items() if name != "output/lines.csv"}
    assert read_files(tmp_path) == others
    assert [(saved.artifact.path, saved.size) for saved in caught.value.saved] == [
        (name, len(content)) for name, content in others.items()
    ]
    copied = pickle.loads(pickle.dumps(caught.value))
    assert (str(copied), copied.saved, copied.failed[0].artifact) == (
        str(caught.value),
        caught.value.saved,
        failed.artifact,
    )


@pytest.mark.parametrize("result", [httpx.ConnectError("refused"), httpx.ReadTimeout(""), 429])
def test_download_all_gives_up_if_the_server_cannot_be_reached(
    make_client: MakeClient, tmp_path: Path, result: int | Exception
) -> None:
    files = {f"output/{number}.txt": b"x" for number in range(50)}
    client = make_client(fail_for(serve_files(files), ".txt", result))
    with pytest.raises(EigenpalDownloadError, match=r"50 of 50 artifacts were not saved: .*; and 47 more") as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert len(client.sent) <= 1 + 3 + 4
    assert [failed.artifact.path for failed in caught.value.failed] == list(files)


def test_download_all_continues_downloads_that_broke_off(make_client: MakeClient, tmp_path: Path) -> None:
    content, headers = bytes(100_000), {"ETag": '"v1"', "Content-Length": "100000"}

    def break_off(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/artifacts"):
            return httpx.Response(200, json={"artifacts": [{"name": "a", "path": "output/a", "size": 100_000}]})
        if "range" not in request.headers:
            return httpx.Response(200, headers=headers, stream=Body(content[:60_000], breaks_with=httpx.ReadError("")))
        assert request.headers["range"] == "bytes=60000-"
        part = {"ETag": '"v1"', "Content-Range": "bytes 60000-99999/100000"}
        return httpx.Response(206, headers=part, content=content[60_000:])

    client = make_client(break_off)
    with pytest.raises(EigenpalDownloadError):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert list(read_files(tmp_path)) == ["output/.a.part"]
    client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert read_files(tmp_path) == {"output/a": content}


def test_the_part_of_an_artifact_is_not_another_artifact(make_client: MakeClient, tmp_path: Path) -> None:
    client = make_client(serve_files({"a": b"1", ".a.part": b"2"}))
    client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert read_files(tmp_path) == {"a": b"1", "_.a.part": b"2"}


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[True, False], ids=["descriptors", "paths"])
def has_relative_paths(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also test what is done on systems without paths relative to an open directory."""
    if request.param and sys.platform == "win32":
        pytest.skip("Windows has no directory descriptors")
    monkeypatch.setattr(folders, "_HAS_RELATIVE_PATHS", request.param)


needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")


@needs_links
@pytest.mark.usefixtures("has_relative_paths")
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_with_the_name_of_a_file_is_replaced(make_client: MakeClient, tmp_path: Path, exists: bool) -> None:
    mine, folder = tmp_path / "mine", tmp_path / "results"
    if exists:
        mine.write_bytes(b"mine")
    (folder / "output").mkdir(parents=True)
    (folder / "output" / "lines.csv").symlink_to(mine)
    make_client(serve_files(FILES)).call(lambda c: c.runs.artifacts.download_all("run_w01", folder))
    assert not (folder / "output" / "lines.csv").is_symlink()
    assert read_files(folder) == FILES
    assert (mine.read_bytes() if mine.exists() else None) == (b"mine" if exists else None)


@needs_links
@pytest.mark.usefixtures("has_relative_paths")
@pytest.mark.parametrize("link", ["output", "output/render"])
@pytest.mark.parametrize("leads", ["out", "in"])
def test_links_to_directories_are_not_followed(make_client: MakeClient, tmp_path: Path, link: str, leads: str) -> None:
    folder = tmp_path / "results"
    elsewhere = tmp_path / "elsewhere" if leads == "out" else folder / "elsewhere"
    elsewhere.mkdir(parents=True)
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(elsewhere)
    client = make_client(serve_files(FILES))
    with pytest.raises(EigenpalDownloadError, match="is a link, which is not followed") as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", folder))
    assert {failed.artifact.path for failed in caught.value.failed} == {
        name for name in FILES if name.startswith(f"{link}/")
    }
    assert {type(failed.error) for failed in caught.value.failed} == {NotADirectoryError}
    assert len(caught.value.saved) + len(caught.value.failed) == len(FILES)
    assert list(elsewhere.iterdir()) == []


@needs_links
@pytest.mark.usefixtures("has_relative_paths")
def test_the_directory_itself_may_be_a_link(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    saved = make_client(serve_files(FILES)).call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path / "link"))
    assert read_files(tmp_path / "real") == FILES
    assert saved[0].path == tmp_path / "link" / "output" / "render" / "summary.pdf"


@needs_links
@pytest.mark.usefixtures("has_relative_paths")
def test_a_directory_that_becomes_a_link_during_the_download(make_client: MakeClient, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "results", tmp_path / "elsewhere"
    elsewhere.mkdir()

    def replace(received: int, total: int | None) -> None:
        if not (folder / "output").is_symlink():
            (folder / "output").rename(tmp_path / "moved")
            (folder / "output").symlink_to(elsewhere)

    client = make_client(serve_files({"output/a": b"1"}))
    with suppress(EigenpalDownloadError):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", folder, progress=replace))
    assert list(elsewhere.iterdir()) == []


@pytest.mark.usefixtures("has_relative_paths")
def test_what_is_no_file_is_not_replaced(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "output" / "lines.csv").mkdir(parents=True)
    (tmp_path / "trace.jsonl").mkdir()
    client = make_client(serve_files({**FILES, "trace.jsonl/x": b"1"}))
    with pytest.raises(EigenpalDownloadError) as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert [(failed.artifact.path, type(failed.error)) for failed in caught.value.failed] == [
        ("output/lines.csv", IsADirectoryError),
        ("trace.jsonl", IsADirectoryError),
    ]


@pytest.mark.usefixtures("has_relative_paths")
def test_files_in_place_of_directories(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"mine")
    client = make_client(serve_files(FILES))
    with pytest.raises(EigenpalDownloadError, match=re.escape(str(tmp_path / "output"))):
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path))
    assert read_files(tmp_path) == {"output": b"mine", "trace.jsonl": b""}


@pytest.mark.parametrize("error", [ZeroDivisionError(), BrokenPipeError(), EigenpalNotFoundError("x")], ids=repr)
def test_errors_of_the_progress_callback_are_raised(make_client: MakeClient, tmp_path: Path, error: Exception) -> None:
    def fail(received: int, total: int | None) -> None:
        raise error

    client = make_client(serve_files(FILES))
    with pytest.raises(type(error)) as caught:
        client.call(lambda c: c.runs.artifacts.download_all("run_w01", tmp_path, progress=fail))
    assert caught.value is error


REFUSED: list[tuple[Callable[[Path], Any], type[Exception], str]] = [
    (lambda folder: folder / "file.txt", NotADirectoryError, "is a file, not a directory"),
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
