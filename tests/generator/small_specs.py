"""Builders of small specs, and the packages generated from them, imported and ready to use."""

from __future__ import annotations

import contextlib
import copy
import importlib
import re
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.formatting import Files
from generator.rendering import draft

Node = dict[str, Any]
PACKAGE = "eigenpal_generated"

OK: Node = {"200": {"description": "The thing.", "content": {"application/json": {"schema": {}}}}}
TEXT: Node = {"type": "string"}


def ref(name: str) -> Node:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Node) -> Node:
    return {"anyOf": [schema, {"type": "null"}]}


def make_object(*required: str, **properties: Node) -> Node:
    """Return an object schema."""
    schema: Node = {"type": "object", "description": "A thing.", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def make_response(schema: Node) -> Node:
    return {"200": {"description": "The thing.", "content": {"application/json": {"schema": schema}}}}


def make_json_body(name: str) -> Node:
    return {"required": True, "content": {"application/json": {"schema": ref(name)}}}


def make_multipart_body(name: str, **more: Any) -> Node:
    return {"required": True, "content": {"multipart/form-data": {"schema": ref(name), **more}}}


def make_parameter(name: str, where: str = "query", /, **more: Any) -> Node:
    found: Node = {"name": name, "in": where, "description": f"The {name}.", "schema": TEXT, **more}
    return {"required": True, **found} if where == "path" else found


def make_spec(
    operation: Node | None = None, schemas: Node | None = None, path: str = "/things", method: str = "get"
) -> Node:
    """Return a spec with one operation, ``things.get`` by default."""
    whole: Node = {"operationId": "things.get", "summary": "Get things", "responses": OK, **(operation or {})}
    return copy.deepcopy(
        {
            "openapi": "3.1.0",
            "info": {"title": "Small", "version": "1"},
            "servers": [{"url": "https://api.test"}],
            "security": [{"bearer": []}],
            "paths": {path: {method: whole}},
            "components": {
                "schemas": schemas or {},
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


class Recorder:
    """A transport that records requests and returns the given responses."""

    def __init__(self, *responses: Any) -> None:
        self.requests: list[Any] = []
        self.downloads: list[tuple[Any, Any]] = []
        self.responses = list(responses)

    def call(self, request: Any, parse: Callable[[Any], Any], /) -> Any:
        self.requests.append(request)
        return parse(self._response(self.responses.pop(0) if self.responses else None))

    def download(self, request: Any, to: Any, progress: Any, /) -> int:
        self.requests.append(request)
        self.downloads.append((to, progress))
        return 42

    @staticmethod
    def _response(data: Any) -> Any:
        return importlib.import_module(f"{PACKAGE}.runtime").Response(200, {}, data)


class AsyncRecorder:
    """The same for the asynchronous client."""

    def __init__(self, *responses: Any) -> None:
        self._inner = Recorder(*responses)
        self.requests, self.downloads = self._inner.requests, self._inner.downloads

    async def call(self, request: Any, parse: Callable[[Any], Any], /) -> Any:
        return self._inner.call(request, parse)

    async def download(self, request: Any, to: Any, progress: Any, /) -> int:
        return self._inner.download(request, to, progress)


class Package:
    """A generated package, with access to its modules, models and tree."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def module(self, name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.{name}")

    def endpoint(self, name: str) -> Any:
        return self.module(f"api.{name}")

    def model(self, name: str) -> Any:
        return getattr(self.module("models"), name)

    @property
    def runtime(self) -> Any:
        return self.module("runtime")

    def tree(self, transport: Any) -> Any:
        return self.module("resources.tree").Tree(transport)

    def async_tree(self, transport: Any) -> Any:
        return self.module("resources.tree").AsyncTree(transport)

    def request(self, *arguments: Any, **keywords: Any) -> Any:
        """Build a request of ``things.get``."""
        return self.endpoint("things.get").request(*arguments, **keywords)

    def parse(self, data: Any) -> Any:
        """Parse a response of ``things.get``; raise the first problem, if anything cannot be decoded."""
        context = self.module("decoding").ResponseContext()
        found = self.endpoint("things.get").parse(self.runtime.Response(200, {}, data, context))
        for problem in context.problems:
            raise problem
        return found


@contextlib.contextmanager
def build(document: Node) -> Generator[Package]:
    """Generate a package, and import it in place of the repository's own."""
    files = draft(document)
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE}
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder, PACKAGE))
        for name in before:
            del sys.modules[name]
        sys.path.insert(0, folder)
        # Otherwise files written in the same second as an earlier lookup would not be found.
        importlib.invalidate_caches()
        try:
            yield Package(files)
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
                del sys.modules[name]
            sys.modules.update(before)
            importlib.invalidate_caches()


def write_files(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def expect_problems(content: str | bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run the generator on a spec that it must reject without writing anything, and return the problems.

    Each is a line such as ``openapi.yaml:12 #/info/title: must be text``.
    """
    path, out = folder / "openapi.yaml", folder / "out"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out.mkdir()
    (out / "kept.py").write_text("kept", encoding="utf-8")
    for options in ([], ["--check"]):
        assert main(["--spec", str(path), "--out", str(out), *options]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert {item.name: item.read_text(encoding="utf-8") for item in out.iterdir()} == {"kept.py": "kept"}
    first, *lines = output.err.splitlines()
    assert re.fullmatch(
        rf"{re.escape(str(path))} cannot be used as it is: \d+ problems?( of \d+ kinds)?[.] out/ is unchanged[.]", first
    )
    return [line.removeprefix(f"  {folder}/") for line in lines if line.startswith(f"  {folder}/")]
