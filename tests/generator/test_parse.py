"""What openapi-python-client parses is what is generated."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from openapi_python_client.parser.openapi import GeneratorData
from openapi_python_client.parser.properties.int import IntProperty

from generator.facts import Facts
from generator.formatting import Files
from generator.lowering import lower
from generator.parsing import Parsed
from generator.problems import Report
from generator.reading import read_document
from generator.rendering import draft
from tests.generator.parse_comparison import list_disagreements
from tests.generator.small_specs import (
    TEXT,
    Node,
    make_json_body,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    ref,
)

ROOT = Path(__file__).parents[2]
WHOLE: Node = {"type": "integer"}


def make_document() -> Node:
    schemas: Node = {
        "Thing": make_object("id", id=TEXT, level=ref("Level"), mixed={"anyOf": [TEXT, WHOLE, {"type": "boolean"}]}),
        "Level": {"type": "string", "enum": ["low", "high"]},
        "Body": make_object("name", name=TEXT),
    }
    operation = {
        "parameters": [make_parameter("limit", schema=WHOLE)],
        "requestBody": make_json_body("Body"),
        "responses": make_response(ref("Thing")),
    }
    return make_spec(operation, schemas, method="post")


def _field(data: Any, required: bool = True) -> list[Any]:
    model = next(model for model in data.models if str(model.class_info.name) == "S0")
    found: list[Any] = model.required_properties if required else model.optional_properties
    return found


def _as_integer(found: Any) -> Any:
    shared = {"name": found.name, "required": found.required, "python_name": found.python_name}
    return IntProperty(**shared, default=None, description=None, example=None)


def _endpoint(data: Any) -> Any:
    return next(iter(data.endpoint_collections_by_tag.values())).endpoints[0]


def change_type(data: Any) -> None:
    _field(data)[0] = _as_integer(_field(data)[0])


def change_required(data: Any) -> None:
    _field(data, required=False).append(attrs.evolve(_field(data).pop(), required=False))


def change_enum(data: Any) -> None:
    next(iter(data.enums)).values.add("highest")


def change_union(data: Any) -> None:
    next(found for found in _field(data, required=False) if hasattr(found, "inner_properties")).inner_properties.pop()


def change_parameter(data: Any) -> None:
    _endpoint(data).query_parameters[0] = attrs.evolve(_endpoint(data).query_parameters[0], required=True)


def drop_parameter(data: Any) -> None:
    _endpoint(data).query_parameters.clear()


def drop_body(data: Any) -> None:
    _endpoint(data).bodies.clear()


def change_answer(data: Any) -> None:
    answer = _endpoint(data).responses.patterns[0]
    answer.prop = _as_integer(answer.prop)


def drop_answer(data: Any) -> None:
    _endpoint(data).responses.patterns.clear()


@pytest.mark.parametrize(
    "change",
    [
        change_type,
        change_required,
        change_enum,
        change_union,
        change_parameter,
        drop_parameter,
        drop_body,
        change_answer,
        drop_answer,
    ],
)
def test_a_parse_that_says_something_else_changes_the_output(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None]
) -> None:
    monkeypatch.undo()  # the comparison of every parse, which would object first
    before = draft(make_document())
    original = GeneratorData.from_dict

    def changed(data: dict[str, Any], *, config: Any) -> Any:
        found = original(data, config=config)
        change(found)
        return found

    monkeypatch.setattr(GeneratorData, "from_dict", staticmethod(changed))
    assert differs(before, draft(make_document()))


def differs(before: Files, after: Files) -> bool:
    return {name: content for name, content in before.items() if name != "openapi.json"} != {
        name: content for name, content in after.items() if name != "openapi.json"
    }


DOCUMENTS = [ROOT / "openapi" / "openapi.yaml", *sorted(Path(__file__).parent.rglob("*/documents/*.*"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_the_parse_of_a_document_agrees_with_it(path: Path) -> None:
    # Documents that tests build themselves are compared in conftest.py.
    report = Report()
    facts = Facts(lower(read_document(path), report))
    report.raise_problems()
    assert list(list_disagreements(Parsed(facts), facts)) == []


# --- who reads the document -------------------------------------------------------------------------------------------

KEYWORDS = {"type", "properties", "required", "enum", "anyOf", "oneOf", "items", "content"}
READERS = {"get", "mapping", "sequence", "nodes"}


def list_reads(path: Path) -> list[str]:
    """Return the keywords of schemas and contents that a module reads from nodes."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        keys: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keys = node.args if name in READERS else []
        elif isinstance(node, ast.Subscript) and "node" in ast.unparse(node.value):
            keys = [node.slice]
        elif isinstance(node, ast.Compare) and "node" in ast.unparse(node.comparators[0]):
            keys = [node.left]
        found += [key.value for key in keys if isinstance(key, ast.Constant) and key.value in KEYWORDS]
    return found


def test_nothing_reads_types_beside_the_parse() -> None:
    # The samples are values in examples; they decide about no type.
    readers = {"facts.py", "view.py", "samples.py"}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.name not in readers and path.parent.name != "lowering":
            assert list_reads(path) == [], path
    assert list_reads(ROOT / "generator" / "view.py")  # the check can find something
