"""Small specs with one thing wrong, and the check that each is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.generator.small_specs import OK, TEXT, Node, answer, parameter, record, ref, refused, spec

Refused = dict[str, tuple[Node, str, str]]
"""By a name: the spec, the place, and what is said."""

GET = "#/paths/~1things/get"
POST = "#/paths/~1things/post"
SCHEMAS = "#/components/schemas"
FILE: Node = {"type": "string", "format": "binary"}
BINARY: Node = {"200": {"description": "A file.", "content": {"*/*": {}}}}


def operations(*identifiers: str, **more: Any) -> Node:
    """A spec of several operations by their ids."""
    document = spec()
    document["paths"] = {
        f"/p{index}": {"get": {"operationId": name, "responses": OK, **more}} for index, name in enumerate(identifiers)
    }
    return document


def with_schema(schema: Any, **more: Any) -> Node:
    return spec(schemas={"Whole": schema, **more})


def with_property(schema: Any, **more: Any) -> Node:
    return with_schema(record(x=schema), **more)


def with_parameter(node: Any, path: str = "/things") -> Node:
    return spec({"parameters": [node]}, path=path)


def with_parameters(*found: Node, **more: Any) -> Node:
    return spec({"parameters": list(found), **more})


def with_body(schema: Node, media: str = "application/json", more: Node | None = None) -> Node:
    body = {"content": {media: {"schema": ref("Body")}}}
    return spec({"requestBody": body, **(more or {})}, {"Body": schema}, method="post")


def changed(path: str, value: Any, document: Node | None = None) -> Node:
    """A spec with one thing changed; an ellipsis removes it."""
    document = document or spec()
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
    schemas: Node = {"A": record(a=TEXT), "B": record(b=TEXT)}
    return spec(schemas={**schemas, "U": {"oneOf": [ref("A"), ref("B")], "x-eigenpal-variants": variants, **more}})


def with_pages(pages: Any, page: Node | None = None, *names: str) -> Node:
    page = page or record("rows", rows={"type": "array", "items": TEXT}, total={"type": "integer"}, next=TEXT)
    parameters = [parameter(name) for name in names or ("limit", "offset", "cursor")]
    return spec({"x-eigenpal-pages": pages, "parameters": parameters, "responses": answer(ref("P"))}, {"P": page})


OFFSET: Node = {"style": "offset", "items": "rows", "total": "total", "limit": "limit", "offset": "offset"}
CURSOR: Node = {"style": "cursor", "items": "rows", "next": "next", "cursor": "cursor"}
LIST: Node = {"type": "array", "items": TEXT}


def check(case: tuple[Node, str, str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, place, message = case
    problems = refused(json.dumps(document), folder, capsys)
    assert any(problem.startswith(f"  {place}: ") and message in problem for problem in problems), "\n".join(problems)
