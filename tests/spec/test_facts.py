"""The spec agrees with every fact of the wire, and may say more."""

from __future__ import annotations

import pytest

from tests.spec.facts import Node, compare, keep_known, load_document


@pytest.fixture
def document() -> Node:
    return load_document()


def test_the_document_agrees_with_every_fact(document: Node) -> None:
    contradictions, _ = compare(document)
    assert contradictions == []


def test_what_has_no_facts_is_listed_and_contradicts_none(document: Node) -> None:
    before = keep_known(document)
    _, known_without_facts = compare(document)
    parameter: Node = {"name": "notInFacts", "in": "query", "description": "Not in the facts.", "schema": {}}
    operation: Node = document["paths"]["/api/v1/agents"]["get"]
    schemas: Node = document["components"]["schemas"]
    operation["parameters"].append(parameter)
    operation["responses"]["418"] = {"description": "A teapot."}
    operation["requestBody"] = {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NotInFacts"}}}
    }
    schemas["Run"]["properties"]["notInFacts"] = {"type": "string"}
    schemas["Run"]["required"].append("notInFacts")
    schemas["ExecutionStatus"]["enum"].append("not_in_facts")
    schemas["NotInFacts"] = {"type": "object", "properties": {}}
    document["paths"]["/api/v1/not-in-facts"] = {
        "get": {**operation, "operationId": "notInFacts.list", "tags": ["notInFacts"]}
    }
    document["tags"].append({"name": "notInFacts"})
    contradictions, without_facts = compare(document)
    assert contradictions == []
    assert {*without_facts} - {*known_without_facts} >= {
        "GET /api/v1/agents / query notInFacts",
        "GET /api/v1/agents / response 418",
        "GET /api/v1/agents / body application/json",
        "GET /api/v1/not-in-facts",
        "schema Run / .notInFacts",
        "schema NotInFacts",
        "schema RunCancelExecution / .status / enum / not_in_facts",
    }
    schemas["ExecutionStatus"]["enum"].remove("not_in_facts")
    schemas["Run"]["required"].remove("notInFacts")
    assert keep_known(document) == before


def test_a_contradiction_names_its_place(document: Node) -> None:
    schemas: Node = document["components"]["schemas"]
    operation: Node = document["paths"]["/api/v1/agents"]["get"]
    del document["paths"]["/api/v1/workflows"]
    operation["parameters"][0]["required"] = True
    operation["parameters"].append({"name": "tenant", "in": "query", "required": True, "schema": {"type": "string"}})
    del operation["responses"]["429"]
    schemas["RunArtifact"]["properties"]["size"]["type"] = ["number", "null"]
    schemas["RunFeedback"]["properties"]["body"]["type"] = ["string", "null"]
    schemas["ExecutionStatus"]["enum"].remove("rejected")
    contradictions, _ = compare(document)
    assert [line.partition(": ")[0] for line in contradictions if "/ enum /" not in line] == [
        "GET /api/v1/agents / query search / required",
        "GET /api/v1/agents / query tenant",
        "GET /api/v1/agents / response 429 application/json",
        "GET /api/v1/workflows",
        "schema RunArtifact / .size / type",
        "schema RunFeedback / .body / nullable",
    ]
    wanted = "GET /api/v1/runs / query status / items / enum / rejected: the facts say True, the document says nothing"
    assert wanted in contradictions
    assert "schema RunArtifact / .size / type: the facts say 'integer', the document says 'number'" in contradictions
