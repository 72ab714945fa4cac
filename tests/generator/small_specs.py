"""Small specs for single constructs, and the packages generated from them, imported and ready to be used."""

from __future__ import annotations

import contextlib
import copy
import importlib
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


def record(*required: str, **properties: Node) -> Node:
    """An object schema."""
    schema: Node = {"type": "object", "description": "A thing.", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def answer(schema: Node) -> Node:
    return {"200": {"description": "The thing.", "content": {"application/json": {"schema": schema}}}}


def make_json_body(name: str) -> Node:
    return {"required": True, "content": {"application/json": {"schema": ref(name)}}}


def multipart_body(name: str, **more: Any) -> Node:
    return {"required": True, "content": {"multipart/form-data": {"schema": ref(name), **more}}}


def parameter(name: str, where: str = "query", /, **more: Any) -> Node:
    found: Node = {"name": name, "in": where, "description": f"The {name}.", "schema": TEXT, **more}
    return {"required": True, **found} if where == "path" else found


def spec(
    operation: Node | None = None, schemas: Node | None = None, path: str = "/things", method: str = "get"
) -> Node:
    """A whole spec with one operation, ``things.get`` unless it says otherwise."""
    whole: Node = {"operationId": "things.get", "summary": "Get things", "responses": OK, **(operation or {})}
    return copy.deepcopy(
        {
            "openapi": "3.1.0",
            "info": {"title": "Small", "version": "1"},
            "servers": [{"url": "https://api.test"}],
            "paths": {path: {method: whole}},
            "components": {"schemas": schemas or {}},
        }
    )


class Recorder:
    """A caller that keeps the requests and answers with what it was given."""

    def __init__(self, *answers: Any) -> None:
        self.requests: list[Any] = []
        self.downloads: list[tuple[Any, Any]] = []
        self.answers = list(answers)

    def call(self, request: Any, parse: Callable[[Any], Any], /) -> Any:
        self.requests.append(request)
        return parse(self._response(self.answers.pop(0) if self.answers else None))

    def download(self, request: Any, to: Any, progress: Any, /) -> int:
        self.requests.append(request)
        self.downloads.append((to, progress))
        return 42

    @staticmethod
    def _response(data: Any) -> Any:
        return importlib.import_module(f"{PACKAGE}.runtime").Response(200, {}, data)


class AsyncRecorder:
    """The same for the asynchronous client."""

    def __init__(self, *answers: Any) -> None:
        self._inner = Recorder(*answers)
        self.requests, self.downloads = self._inner.requests, self._inner.downloads

    async def call(self, request: Any, parse: Callable[[Any], Any], /) -> Any:
        return self._inner.call(request, parse)

    async def download(self, request: Any, to: Any, progress: Any, /) -> int:
        return self._inner.download(request, to, progress)


class Package:
    """A generated package; the names of its modules are attributes of it."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def module(self, name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.{name}")

    def page(self, name: str) -> Any:
        return self.module(f"api.{name}")

    def model(self, name: str) -> Any:
        return getattr(self.module("models"), name)

    @property
    def runtime(self) -> Any:
        return self.module("runtime")

    def tree(self, caller: Any) -> Any:
        return self.module("resources.tree").Tree(caller)

    def async_tree(self, caller: Any) -> Any:
        return self.module("resources.tree").AsyncTree(caller)

    def request(self, *arguments: Any, **keywords: Any) -> Any:
        """Build a request of ``things.get``."""
        return self.page("things.get").request(*arguments, **keywords)

    def parse(self, data: Any) -> Any:
        """Parse an answer of ``things.get``."""
        return self.page("things.get").parse(self.runtime.Response(200, {}, data))


@contextlib.contextmanager
def built(document: Node) -> Generator[Package]:
    """Generate a package, and import it in place of the one of the repository."""
    files = draft(document)
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE}
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder, PACKAGE))
        for name in before:
            del sys.modules[name]
        sys.path.insert(0, folder)
        # What was written within the second of an earlier look at the folder would not be seen.
        importlib.invalidate_caches()
        try:
            yield Package(files)
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
                del sys.modules[name]
            sys.modules.update(before)
            importlib.invalidate_caches()


def write(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def refused(content: str | bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run the command on a spec, see that it refuses it and writes nothing, and return what it says."""
    path, out = folder / "openapi.yaml", folder / "out"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out.mkdir()
    (out / "kept.py").write_text("kept", encoding="utf-8")
    for options in ([], ["--check"]):
        assert main(["--spec", str(path), "--out", str(out), *options]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert {item.name: item.read_text(encoding="utf-8") for item in out.iterdir()} == {"kept.py": "kept"}
    first, *problems = said.err.splitlines()
    assert first == f"{path} cannot be used; out/ is unchanged:"
    return problems
