"""Specs with one problem each, and a check that the generator rejects them and names the place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.generator.small_specs import (
    OK,
    TEXT,
    Node,
    expect_problems,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    ref,
)

RejectionCases = dict[str, tuple[Node, str, str]]
"""By name: the spec, the place and the message."""

GET = "#/paths/~1things/get"
POST = "#/paths/~1things/post"
SCHEMAS = "#/components/schemas"
FILE: Node = {"type": "string", "format": "binary"}
BINARY: Node = {"200": {"description": "A file.", "content": {"*/*": {}}}}


def make_operations(*identifiers: str, **more: Any) -> Node:
    """Return a spec of several operations, by operationId."""
    document = make_spec()
    document["paths"] = {
        f"/p{index}": {"get": {"operationId": name, "responses": OK, **more}} for index, name in enumerate(identifiers)
    }
    return document


def with_schema(schema: Any, **more: Any) -> Node:
    return make_spec(schemas={"Whole": schema, **more})


def with_property(schema: Any, **more: Any) -> Node:
    return with_schema(make_object(x=schema), **more)


def with_parameter(node: Any, path: str = "/things") -> Node:
    return make_spec({"parameters": [node]}, path=path)


def with_parameters(*found: Node, **more: Any) -> Node:
    return make_spec({"parameters": list(found), **more})


def with_body(schema: Node, media: str = "application/json", more: Node | None = None) -> Node:
    body = {"content": {media: {"schema": ref("Body")}}}
    return make_spec({"requestBody": body, **(more or {})}, {"Body": schema}, method="post")


def change_spec(path: str, value: Any, document: Node | None = None) -> Node:
    """Change one value of a spec, or remove it with an ellipsis."""
    document = document or make_spec()
    target: Any = document
    *steps, last = (step.replace("~1", "/") for step in path.split("/"))
    for step in steps:
        target = target.setdefault(step, {})
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def with_union(variants: Any, **more: Any) -> Node:
    schemas: Node = {"A": make_object(a=TEXT), "B": make_object(b=TEXT)}
    return make_spec(schemas={**schemas, "U": {"oneOf": [ref("A"), ref("B")], "x-eigenpal-variants": variants, **more}})


def with_pages(pages: Any, page: Node | None = None, *names: str) -> Node:
    page = page or make_object("rows", rows={"type": "array", "items": TEXT}, total={"type": "integer"}, next=TEXT)
    parameters = [make_parameter(name) for name in names or ("limit", "offset", "cursor")]
    return make_spec(
        {"x-eigenpal-pagination": pages, "parameters": parameters, "responses": make_response(ref("P"))}, {"P": page}
    )


OFFSET: Node = {"style": "offset", "items": "rows", "total": "total", "limit": "limit", "offset": "offset"}
CURSOR: Node = {"style": "cursor", "items": "rows", "next": "next", "cursor": "cursor"}
LIST: Node = {"type": "array", "items": TEXT}


def check_rejection(case: tuple[Node, str, str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, place, message = case
    problems = expect_problems(json.dumps(document), folder, capsys)
    assert any(f" {place}: " in problem and message in problem for problem in problems), "\n".join(problems)
