"""Lowers small documents by the passes of schemas."""

from __future__ import annotations

import copy
from typing import Any, cast

from generator.lowering import Pass
from generator.lowering.all_of import merge_parts
from generator.lowering.directions import split_directions
from generator.lowering.discriminators import mark_branches
from generator.lowering.hoisting import hoist_schemas
from generator.lowering.keywords import keywords
from generator.lowering.kinds import infer_kinds
from generator.lowering.names import name_schemas
from generator.lowering.properties import name_properties
from generator.lowering.references import references
from generator.lowering.unions import simplify_unions
from generator.lowering.variants import tell_apart
from generator.lowering.versions import modernize
from generator.nodes import Node as LocatedNode, with_origins
from generator.problems import Report
from tests.generator.language import breaches
from tests.generator.small_specs import Node, make_spec

BEFORE: tuple[Pass, ...] = (keywords, references)
PASSES_OF_SCHEMAS: tuple[Pass, ...] = (
    modernize,
    mark_branches,
    name_schemas,
    infer_kinds,
    merge_parts,
    simplify_unions,
    tell_apart,
    hoist_schemas,
    name_properties,
    split_directions,
)


def lower_document(document: Node) -> tuple[Node, Report]:
    """Lower a document; assert that it then keeps to the language, and that lowering it again changes nothing."""
    report = Report()
    lowered = run_passes(document, report)
    if not report.problems:
        assert breaches(lowered) == []
        again = run_passes(lowered, Report())
        assert again == lowered
    return lowered, report


def run_passes(document: Node, report: Report, passes: tuple[Pass, ...] = (*BEFORE, *PASSES_OF_SCHEMAS)) -> Node:
    before = copy.deepcopy(document)
    found = cast("LocatedNode", with_origins(document))
    for rewrite in passes:
        given = copy.deepcopy(found)
        result = rewrite(found, report)
        assert found == given, f"{rewrite.__name__} changed its argument"
        found = result
    assert document == before
    return found


def lower_schemas(schemas: Node, openapi: str = "3.1.0", operation: Node | None = None) -> Node:
    """Lower named schemas without problems, and return them."""
    lowered, report = lower_document({**make_spec(operation, schemas), "openapi": openapi})
    assert report.problems == []
    found: Node = lowered["components"].get("schemas", {})
    return found


def lower_schema(schema: Any, openapi: str = "3.1.0", **others: Node) -> Node:
    """Lower one schema, named ``Thing``, and return it."""
    found: Node = lower_schemas({"Thing": schema, **others}, openapi)["Thing"]
    return found
