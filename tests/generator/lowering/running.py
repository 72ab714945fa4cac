"""Runs passes on a document."""

from __future__ import annotations

import json
from typing import Any

from generator.lowering import Pass
from generator.lowering.arguments import arguments
from generator.lowering.bodies import bodies
from generator.lowering.forms import forms
from generator.lowering.identifiers import identifiers
from generator.lowering.keywords import keywords
from generator.lowering.marks import marks
from generator.lowering.parameters import parameters
from generator.lowering.paths import paths
from generator.lowering.references import references
from generator.lowering.responses import responses
from generator.lowering.security import security
from generator.lowering.servers import servers
from generator.nodes import Node, with_origins
from generator.problems import Report
from tests.generator.small_specs import make_spec

BEFORE_SCHEMAS: tuple[Pass, ...] = (
    keywords,
    references,
    responses,
    bodies,
    identifiers,
    servers,
    security,
    paths,
)
AFTER_SCHEMAS: tuple[Pass, ...] = (parameters, forms, arguments, marks)


def run(document: dict[str, Any], *passes: Pass) -> tuple[Node, Report]:
    """Run passes on a document as it is loaded; check that none of them changes its input."""
    report = Report()
    node = with_origins(json.loads(json.dumps(document)))
    for rewrite in passes:
        before = json.dumps(node)
        result = rewrite(node, report)
        assert json.dumps(node) == before, rewrite
        node = result
    return node, report


def with_value(place: str, value: Any, document: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a document with one value set, at a JSON pointer without its ``#/``; by default a small one."""
    document = make_spec() if document is None else document
    *steps, last = [step.replace("~1", "/") for step in place.split("/")]
    target: dict[str, Any] = document
    for step in steps:
        target = target.setdefault(step, {})
    target[last] = value
    return document


def problems(report: Report) -> list[tuple[str, str]]:
    """Return the places and messages of all problems; each must say what to do in the overlay."""
    assert all(problem.remedy for problem in report.problems)
    return [(problem.place, problem.message) for problem in report.problems]


def notes(report: Report) -> list[tuple[str, str]]:
    """Return the places and messages of all notes."""
    return [(note.place, note.message) for note in report.notes]
