"""Our own document is lowered already, but for null in a list of types, and oneOf.

That is the part that tests/contract has facts on: what is added to it may need every pass there is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from generator.nodes import with_origins
from generator.problems import Report
from generator.reading import read_document
from tests.generator.lowering.lower import BEFORE, lower_document, run_passes
from tests.generator.small_specs import Node
from tests.spec.facts import keep_known

SPEC = Path(__file__).parents[3] / "openapi" / "openapi.yaml"


def test_ours_changes_in_nothing_else() -> None:
    document = run_passes(with_origins(keep_known(read_document(SPEC))), Report(), BEFORE)
    lowered, report = lower_document(document)
    assert report.problems == report.notes == []
    assert lowered == _with_any_of(document)
    assert list(lowered["components"]["schemas"]) == list(document["components"]["schemas"])


def _with_any_of(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_any_of(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    node: Node = {key: _with_any_of(item) for key, item in cast("Node", value).items()}
    if isinstance(node.get("oneOf"), list):
        node["anyOf"] = node.pop("oneOf")
    if isinstance(node.get("type"), list):
        texts = {key: item for key, item in node.items() if key in ("description", "default", "deprecated", "examples")}
        kind = next(kind for kind in node["type"] if kind != "null")
        inner = {key: item for key, item in node.items() if key not in texts}
        return {**texts, "anyOf": [{**inner, "type": kind}, {"type": "null"}]}
    return node
