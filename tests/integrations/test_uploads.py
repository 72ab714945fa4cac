"""Files of real web frameworks and storage libraries, sent to the embedded server with both clients."""

from __future__ import annotations

import asyncio
import inspect
import io
import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Literal

import aiofiles
import anyio
import pytest
import trio
import urllib3
from botocore.response import StreamingBody
from django.core.files.base import ContentFile, File

from eigenpal import AsyncEigenpalClient
from eigenpal.testing import EigenpalServer

from .web_frameworks import FRAMEWORKS, Sent, run_flask_files

Kind = Literal["sync", "async"]
NAME = "../../Rechnung März.pdf"
CONTENT = b"%PDF-1.7" + bytes(range(256)) * 20
# More than what frameworks keep in memory.
LARGE = CONTENT * 1000


class Take:
    """Sends a file with one of the clients, and returns what arrived."""

    def __init__(self, server: EigenpalServer, kind: Kind) -> None:
        self._server = server
        self.kind = kind

    async def __call__(self, document: Any) -> dict[str, Any]:
        given = document if isinstance(document, dict) else {"document": document}
        async with AsyncEigenpalClient(api_key=self._server.api_key, base_url=self._server.url) as client:
            if self.kind == "async":
                run: Any = await client.run("workflows.take", given, wait_for_completion=60)
            else:
                with self._server.client() as sync_client:
                    run = sync_client.run("workflows.take", given, wait_for_completion=60)
        return run.output["document"]


@pytest.fixture(scope="module")
def server() -> Generator[EigenpalServer, None, None]:
    server = EigenpalServer()

    @server.workflow("take")
    def take(input: Any, files: Any) -> Any:
        return {
            name: {
                "name": file.filename,
                "type": file.content_type,
                "size": len(file.content),
                "end": file.content[-4:].hex(),
            }
            for name, file in files.items()
        }

    with server:
        yield server


@pytest.fixture(params=["sync", "async"])
def take(server: EigenpalServer, request: pytest.FixtureRequest) -> Take:
    return Take(server, request.param)


def arrived(name: str, content_type: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "type": content_type, "size": len(content), "end": content[-4:].hex()}


# --- web frameworks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("content", [CONTENT, LARGE], ids=["small", "large"])
@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/pdf", "application/pdf"),
        ("image/x-own", "image/x-own"),
        ("application/octet-stream", "application/pdf"),
    ],
)
def test_uploads(take: Take, framework: str, content: bytes, content_type: str, expected: str) -> None:
    output = FRAMEWORKS[framework](take, Sent(NAME, content, content_type))
    assert output["name"] in ("Rechnung März.pdf", "Rechnung-Marz.pdf")  # Bottle changes it
    assert output == arrived(output["name"], expected, content)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_uploads_that_the_application_has_read_before(take: Take, framework: str) -> None:
    async def read_first(upload: Any) -> dict[str, Any]:
        source = getattr(upload, "file", None)
        read = source.read if framework in ("aiohttp.web", "Bottle") and source else upload.read
        beginning = read(4)
        assert (await beginning if inspect.isawaitable(beginning) else beginning) == b"%PDF"
        return await take(upload)

    assert FRAMEWORKS[framework](read_first, Sent("a.pdf", CONTENT, "a/b")) == arrived("a.pdf", "a/b", CONTENT)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_uploads_under_another_name(take: Take, framework: str) -> None:
    async def rename(upload: Any) -> dict[str, Any]:
        return await take(("other.csv", upload, "text/csv"))

    assert FRAMEWORKS[framework](rename, Sent("a.pdf", CONTENT, "a/b")) == arrived("other.csv", "text/csv", CONTENT)


def test_all_files_of_a_form_are_an_input(take: Take) -> None:
    assert run_flask_files(take, Sent("a.pdf", CONTENT, "a/b")) == arrived("a.pdf", "a/b", CONTENT)


def test_an_upload_that_the_framework_has_closed(take: Take) -> None:
    kept: list[Any] = []

    async def keep(upload: Any) -> dict[str, Any]:
        kept.append(upload)
        return {}

    FRAMEWORKS["Starlette"](keep, Sent("a.pdf", CONTENT, "a/b"))
    with pytest.raises(ValueError, match="is an upload that is closed; frameworks close uploads when the request ends"):
        asyncio.run(take(kept[0]))


def test_every_framework_of_the_documentation_is_tested() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "files.md").read_text(encoding="utf-8")
    table = page.partition("<!-- frameworks -->")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([\w.]+)", table, re.MULTILINE)[1:] == list(FRAMEWORKS)


# --- files of Django --------------------------------------------------------------------------------------------------


def test_files_of_django(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(CONTENT)
    with (tmp_path / "a.pdf").open("rb") as handle:
        stored = File(handle)
        assert asyncio.run(take(stored)) == arrived("a.pdf", "application/pdf", CONTENT)
    assert asyncio.run(take(ContentFile(CONTENT, name="x/b.pdf"))) == arrived("b.pdf", "application/pdf", CONTENT)
    with pytest.raises(ValueError, match="without the name of a file"):
        asyncio.run(take(ContentFile(CONTENT)))
    with pytest.raises(TypeError, match="opened in text mode"):
        asyncio.run(take(ContentFile("text", name="b.txt")))


# --- storage ----------------------------------------------------------------------------------------------------------


def test_the_body_of_an_s3_object(take: Take) -> None:
    def get_body() -> StreamingBody:
        raw = urllib3.HTTPResponse(io.BytesIO(LARGE), preload_content=False)
        return StreamingBody(raw, len(LARGE))

    with pytest.raises(ValueError, match=r"without the name of a file.*pass {'content': ..., 'filename'"):
        asyncio.run(take(get_body()))
    sent = asyncio.run(take({"document": {"content": get_body(), "filename": "folder/a.pdf"}}))
    assert sent == arrived("a.pdf", "application/pdf", LARGE)


# --- asynchronous handles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("open_file", [aiofiles.open, anyio.open_file], ids=["aiofiles", "anyio"])
def test_asynchronous_handles(server: EigenpalServer, tmp_path: Path, open_file: Callable[..., Any]) -> None:
    (tmp_path / "a.pdf").write_bytes(LARGE)

    async def main(kind: Kind, change: Callable[[Any], Any], position: int = 0) -> dict[str, Any]:
        opened = open_file(tmp_path / "a.pdf", "rb")
        async with opened if hasattr(opened, "__aenter__") else await opened as handle:
            await handle.seek(position)
            return await Take(server, kind)(change(handle))

    assert asyncio.run(main("async", lambda handle: handle)) == arrived("a.pdf", "application/pdf", LARGE)
    assert asyncio.run(main("async", lambda handle: ("b.csv", handle), 5)) == arrived("b.csv", "text/csv", LARGE[5:])
    with pytest.raises(ValueError, match="is a file handle at its end"):
        asyncio.run(main("async", lambda handle: handle, len(LARGE)))
    with pytest.raises(TypeError, match=r"is an asynchronous file handle, .* with open\(\.\.\., 'rb'\)"):
        asyncio.run(main("sync", lambda handle: handle))


def test_asynchronous_handles_of_trio(server: EigenpalServer, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(LARGE)

    async def main() -> dict[str, Any]:
        async with await trio.open_file(tmp_path / "a.pdf", "rb") as handle:
            return await Take(server, "async")(handle)

    assert trio.run(main) == arrived("a.pdf", "application/pdf", LARGE)


def test_a_handle_in_text_mode_of_an_asynchronous_library(server: EigenpalServer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc")

    async def main() -> dict[str, Any]:
        async with aiofiles.open(tmp_path / "a.txt") as handle:
            return await Take(server, "async")(handle)

    with pytest.raises(TypeError, match="opened in text mode"):
        asyncio.run(main())
