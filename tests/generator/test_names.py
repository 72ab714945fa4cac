"""An API may call its resources, operations, arguments, fields and schemas whatever it likes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.naming import operation_steps
from generator.rendering import render
from tests.generator.small_specs import (
    PACKAGE,
    Node,
    Package,
    Recorder,
    build,
    make_json_body,
    make_object,
    make_parameter,
    make_response,
    nullable,
    ref,
    write_files,
)

# What generated modules import, use or define.
NAMES = [
    *("api", "async_list", "attrs", "base_models", "bool", "builtins", "bytes", "classmethod", "cls", "cookies"),
    *("datetime", "decoded", "decoding", "define", "dict", "encoding", "file_parts", "float", "form", "frozenset"),
    *("headers", "int", "list", "make_list", "models", "object", "overload", "parse", "property", "query", "raw"),
    *("request", "resource_api", "resources", "response", "runtime", "str", "text_parts", "transport", "tree"),
    *("tuple", "type", "value"),
]
CLASSES = [
    *("AsyncIterator", "AsyncTransport", "AttributeError", "ClassVar", "Datetime", "DecodeError", "DecodeList"),
    *("DownloadTarget", "Iterator", "List", "Model", "Models", "Progress", "Request", "Response", "Runtime", "Str"),
    *("Transport", "Tree", "TypeError", "Unset"),
]
# Schemas of the kinds whose modules use these names.
OTHERS: dict[str, Node] = {
    "Any": {"type": "array", "items": {"anyOf": [{"type": "string"}, ref("Any")]}},
    "Callable": {
        "anyOf": [ref("List"), ref("Models")],
        "x-eigenpal-variants": [
            {"schema": "List", "equals": {"list": "a"}},
            {"schema": "Models", "equals": {"list": "b"}},
        ],
    },
    "Literal": {"type": "string", "enum": ["Literal", "TypeAlias"]},
    "Mapping": {"type": "object", "additionalProperties": {"type": "array", "items": ref("Mapping")}},
    "Sequence": {"anyOf": [{"type": "string", "const": 'a "Sequence"'}, ref("Callable")]},
    "TypeAlias": {"type": "string", "enum": ["TypeAlias"]},
}
VALUES: list[tuple[Node, Any]] = [
    ({"type": "string"}, "x"),
    ({"type": "integer"}, 1),
    ({"type": "boolean"}, True),
    ({"type": "string", "format": "date-time"}, "2026-01-01T00:00:00Z"),
    ({"type": "array", "items": {"type": "number"}}, [1.5]),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, {"x": 1}),
    ({}, None),
]
KINDS = {name: VALUES[index % len(VALUES)][0] for index, name in enumerate(NAMES)}
GIVEN = {name: VALUES[index % len(VALUES)][1] for index, name in enumerate(NAMES)}
IN_QUERY = [name for name, kind in KINDS.items() if kind.get("type") not in (None, "object")]


def make_operations() -> Iterator[tuple[str, str, Node]]:
    """Yield operations: the method, the path, and the rest."""
    query = [make_parameter(name, schema=KINDS[name]) for name in IN_QUERY]
    page = {"style": "offset", "items": "items", "total": "total", "limit": "limit", "offset": "offset"}
    offset = [make_parameter(name, schema={"type": "integer"}) for name in ("limit", "offset")]
    offset.append(make_parameter("request"))
    file: Node = {"200": {"description": "A file.", "content": {"application/pdf": {}}}}
    downloaded = [*query, make_parameter("to"), make_parameter("progress"), make_parameter("self")]
    sent = [make_parameter(name, place) for name, place in zip(NAMES, ["cookie", "header"] * len(NAMES), strict=False)]
    forms = {media: {"schema": ref("Form")} for media in ("multipart/form-data", "application/x-www-form-urlencoded")}
    everything = make_response(ref("Everything"))
    yield "get", "/query", {"operationId": "things.list", "parameters": query, "responses": everything}
    yield "get", "/file", {"operationId": "things.file", "parameters": downloaded, "responses": file}
    yield "get", "/headers", {"operationId": "things.headers", "parameters": sent}
    yield "post", "/json", {"operationId": "things.json", "requestBody": make_json_body("Body")}
    yield "post", "/forms", {"operationId": "things.send", "requestBody": {"required": True, "content": forms}}
    in_path = [make_parameter(name, "path") for name in NAMES]
    yield "get", "".join(f"/{{{name}}}" for name in NAMES), {"operationId": "things.path", "parameters": in_path}
    paged: Node = {"x-eigenpal-pagination": page, "parameters": offset, "responses": make_response(ref("Page"))}
    yield "get", "/pages", {"operationId": "things.pages", **paged}
    yield "get", "/root", {"operationId": "root"}
    for index, name in enumerate(NAMES):
        rows = make_response({"type": "array", "items": ref(CLASSES[index % len(CLASSES)])})
        parameters = [make_parameter(NAMES[index - 1]), make_parameter("when", schema=VALUES[3][0])]
        for place in list_places(name):
            yield "get", f"/{place}", {"operationId": place, "responses": rows, "parameters": parameters}


def list_places(name: str) -> list[str]:
    """Return operations with a name in every place of the client tree."""
    other = NAMES[NAMES.index(name) - 1]
    return [f"{name}.{other}", f"{name}.{name}s.{name}", f"members.{name}", f"inner.{name}.get"]


def make_document() -> Node:
    schemas: Node = {name: make_object("list", **KINDS) for name in CLASSES}
    schemas["Everything"] = make_object(**{name.lower(): nullable(ref(name)) for name in [*CLASSES, *OTHERS]})
    schemas["Body"] = make_object("list", "str", **KINDS)
    schemas["Form"] = make_object("list", **KINDS)
    schemas["Page"] = make_object(items={"type": "array", "items": ref("Models")}, total={"type": "integer"})
    paths: Node = {}
    for method, path, operation in make_operations():
        paths[path] = {method: {"summary": "Do it", "responses": make_response({}), **operation}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://api.test"}],
        "paths": paths,
        "components": {"schemas": {**schemas, **OTHERS}},
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    write_files(render(make_document()), folder / PACKAGE)
    config = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "include": [PACKAGE]}
    folder.joinpath("pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "checker",
    [
        ["mypy", "--strict", "--python-version=3.10", "--cache-dir=.cache", "--no-warn-redundant-casts", PACKAGE],
        ["pyright", f"--pythonpath={sys.executable}"],
    ],
    ids=["mypy", "pyright"],
)
def test_checkers_find_nothing(folder: Path, checker: list[str]) -> None:
    done = subprocess.run(  # our own tools, on generated files
        [sys.executable, "-m", *checker], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def package() -> Iterator[Package]:
    with build(make_document()) as package:
        yield package


def test_every_operation_can_be_called(package: Package) -> None:
    tree = package.tree(recorder := Recorder())
    for name in NAMES:
        other = NAMES[NAMES.index(name) - 1]
        for place in list_places(name):
            method: Any = tree
            for step in place.split("."):
                method = getattr(method, step)
            recorder.responses.append([GIVEN])
            (row,) = method(**{other: "x", "when": "y"})
            assert ".".join(operation_steps(recorder.requests[-1].operation)) == place
            assert recorder.requests[-1].query == ((other, "x"), ("when", "y"))
            assert row["str"] == GIVEN["str"]


def test_every_argument_is_sent(package: Package) -> None:
    tree = package.tree(recorder := Recorder())
    query = {name: GIVEN[name] for name in IN_QUERY}

    def send(method: Any, /, *arguments: Any, **keywords: Any) -> Any:
        recorder.responses.append({})
        method(*arguments, **keywords)
        return recorder.requests[-1]

    assert [name for name, _ in send(tree.things.list, **query).query] == IN_QUERY
    assert send(tree.things.path, *NAMES).path == "/" + "/".join(NAMES)
    assert send(tree.things.json, **GIVEN).json == GIVEN
    assert {field[0] for field in send(tree.things.send, **GIVEN).form} == {
        name for name in NAMES if GIVEN[name] is not None
    }
    sent = send(tree.things.headers, **dict.fromkeys(NAMES, "x"))
    cookies = "; ".join(f"{name}=x" for name in NAMES[::2])
    assert sent.headers == (*((name, "x") for name in NAMES[1::2]), ("Cookie", cookies))
    tree.things.file(**query, to="file", to_="a", progress_="b", self_="c")
    assert recorder.requests[-1].query[-3:] == (("to", "a"), ("progress", "b"), ("self", "c"))


def test_every_field_can_be_read(package: Package) -> None:
    found = package.model("Model").from_dict(GIVEN)
    assert found.to_dict() == GIVEN
    for name in package.module("models").__all__:
        assert package.model(name)
    assert {name for name in NAMES if getattr(found, name) is not None} == {
        name for name in NAMES if GIVEN[name] is not None
    }
    page = package.tree(Recorder({"items": [GIVEN], "total": 1})).things.iter_pages(request="x")
    assert [row.to_dict() for row in page] == [GIVEN]
    either = package.model("Everything").from_dict({"callable": {"list": "c"}, "any": ["a", [["b"], []]]})
    assert (either.callable, either.any) == ({"list": "c"}, ["a", [["b"], []]])
