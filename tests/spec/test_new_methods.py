"""New operations work as they are: the embedded server takes every argument that the document lets them have.

New are those that it does not implement. There is none today; tests/growth runs this with a document that has grown.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eigenpal.errors import EigenpalError
from eigenpal.testing._server.endpoints import ENDPOINTS
from generator import naming
from generator.facts import Body, Facts, Operation, Schema
from generator.nodes import mapping, with_origins
from generator.samples import TIMESTAMP, make_sample
from tests.server.blocking_client import start_server_and_client

FILE = {"content": b"%PDF-1.7", "filename": "a.pdf"}


class Call(NamedTuple):
    operation: str
    method: str
    arguments: dict[str, Any]


def iter_calls() -> Iterator[Call]:
    text = resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    facts = Facts(with_origins(json.loads(text)))
    for operation in facts.operations:
        if operation.identifier in ENDPOINTS or not operation.has_method:
            continue
        media = {body.media: operation.identifier for body in operation.bodies[:1]}
        media |= {str(one.node["media"]): str(one.node["operation"]) for one in operation.further_methods}
        bodies: list[Body | None] = [body for body in operation.bodies if body.media in media]
        for body in bodies or [None]:
            identifier = media[body.media] if body else operation.identifier
            arguments = build_parameters(operation) | (build_body(facts, body) if body else {})
            yield Call(operation.identifier, ".".join(naming.operation_steps(identifier)), arguments)


def build_parameters(operation: Operation) -> dict[str, Any]:
    return {
        parameter.name: TIMESTAMP if parameter.marked("timestamp") else build(parameter.schema, parameter.examples)
        for parameter in operation.parameters
    }


def build_body(facts: Facts, body: Body) -> dict[str, Any]:
    if body.kind == "binary":
        return {"body": FILE}
    if body.kind == "json" and facts.kinds.get(body.schema.target_name) != "model":
        return {"body": build(body.schema, body.examples)}
    if body.kind == "text":
        return {"body": "text"}
    arguments = {
        schema.python_name(wire_name, body.reserved): build(
            schema, [body.first_example[wire_name]] if wire_name in body.first_example else []
        )
        for wire_name, schema in body.schema.properties.items()
    }
    return {**arguments, **({} if body.part_prefix is None else {"files": {"more": FILE}})}


def build(schema: Schema, examples: list[Any]) -> Any:
    if examples:
        return examples[0]
    node = schema.target.node
    rows = Schema(mapping(node, "items"), schema.document).target.node
    if rows.get("format") == "binary":
        return [FILE]
    return FILE if node.get("format") == "binary" else make_sample(schema, "text")


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_new_methods_work_with_every_argument(kind: str, tmp_path: Path) -> None:
    failures: list[str] = []
    with start_server_and_client(kind, tmp_path) as setup:
        for call in iter_calls():
            try:
                operator.attrgetter(call.method)(setup.client)(**call.arguments)
            except (EigenpalError, TypeError, ValueError) as error:
                failures.append(f"{call.method}: {error}")
            request = setup.server.requests[-1]
            if (request.operation, (request.status or 0) // 100) != (call.operation, 2):
                failures.append(f"{call.method}: {request}")
    assert failures == []
