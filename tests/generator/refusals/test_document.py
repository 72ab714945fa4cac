"""The top level of the spec, references, and the places of operations in the client tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    CURSOR,
    GET,
    POST,
    SCHEMAS,
    RejectionCases,
    change_spec,
    check_rejection,
    make_operations,
    with_pages,
    with_parameter,
    with_property,
    with_schema,
)
from tests.generator.small_specs import OK, TEXT, expect_problems, make_object, make_parameter, make_spec, nullable, ref

CASES: RejectionCases = {
    # --- references
    "dangling reference": (with_property(ref("Nothing")), f"{SCHEMAS}/Whole/properties/x/$ref", "does not exist"),
    "dangling parameter": (
        with_parameter({"$ref": "#/components/parameters/Nothing"}),
        f"{GET}/parameters/0/$ref",
        "does not exist",
    ),
    "dangling response": (
        make_spec({"responses": {"200": {"$ref": "#/components/responses/Nothing"}}}),
        f"{GET}/responses/200/$ref",
        "does not exist",
    ),
    "dangling body": (
        make_spec({"requestBody": {"$ref": "#/components/requestBodies/Nothing"}}, method="post"),
        f"{POST}/requestBody/$ref",
        "does not exist",
    ),
    "reference of a property called example": (
        with_schema(make_object(example=ref("Nothing"))),
        f"{SCHEMAS}/Whole/properties/example/$ref",
        "does not exist",
    ),
    "reference into another file": (
        with_property({"$ref": "other.yaml#/x"}),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must point into #/components, not 'other.yaml#/x'",
    ),
    "reference that is not text": (with_property({"$ref": 5}), f"{SCHEMAS}/Whole/properties/x/$ref", "must point into"),
    "reference to a property": (
        with_property({"$ref": "#/components/schemas/Whole/properties/y"}, Y=TEXT)
        | change_spec(
            "components/schemas", {"Whole": make_object(x={"$ref": "#/components/schemas/Whole/properties/y"}, y=TEXT)}
        ),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must refer to a schema",
    ),
    "reference to another kind": (
        change_spec(
            "components/parameters", {"P": make_parameter("p")}, with_property({"$ref": "#/components/parameters/P"})
        ),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must refer to a schema",
    ),
    "parameter that is a schema": (
        change_spec("components/schemas", {"Whole": make_parameter("x")}, with_parameter(ref("Whole"))),
        f"{GET}/parameters/0/$ref",
        "must point into #/components/parameters",
    ),
    "circle of references": (with_schema(ref("B"), B=ref("Whole")), f"{SCHEMAS}/Whole/$ref", "refers to itself"),
    "list of itself": (with_schema({"type": "array", "items": ref("Whole")}), f"{SCHEMAS}/Whole", "contains itself"),
    "map of itself": (
        with_schema({"type": "object", "additionalProperties": ref("B")}, B=nullable(ref("Whole"))),
        f"{SCHEMAS}/B",
        "contains itself",
    ),
    "keyword next to a reference": (
        with_property({**ref("Y"), "minLength": 1}, Y=TEXT),
        f"{SCHEMAS}/Whole/properties/x/minLength",
        "minLength next to $ref is not supported",
    ),
    # --- the document
    "unknown keyword at the top": (change_spec("webhooks", {}), "#/webhooks", "webhooks is not supported"),
    "unknown extension": (change_spec("x-other", 1), "#/x-other", "x-other is not supported"),
    "unknown component": (change_spec("components/callbacks", {}), "#/components/callbacks", "is not supported"),
    "no paths": (change_spec("paths", ...), "#/paths", "is missing"),
    "paths that are not an object": (change_spec("paths", []), "#/paths", "must be an object"),
    "server with variables": (
        change_spec("servers", [{"url": "https://{x}.test", "variables": {}}]),
        "#/servers/0/variables",
        "is not supported",
    ),
    "another security scheme": (
        change_spec("components/securitySchemes", {"key": {"type": "apiKey", "in": "header", "name": "X"}}),
        "#/components/securitySchemes/key",
        "only bearer tokens are supported",
    ),
    "undeclared security": (change_spec("security", [{"bearer": []}]), "#/security/0/bearer", "is not defined in"),
    "security of one operation": (make_spec({"security": []}), f"{GET}/security", "security is not supported"),
    "info without title": (change_spec("info", {"version": "1"}), "#/info", "Field required"),
    "path without slash": (make_spec(path="things"), "#/paths/things", "each segment must consist of"),
    "path with a query": (make_spec(path="/things?x=1"), "#/paths/~1things?x=1", "each segment must consist of"),
    "path with half a parameter": (make_spec(path="/x-{id}"), "#/paths/~1x-{id}", "each segment must consist of"),
    "path with traversal": (make_spec(path="/a/$(x)"), "#/paths/~1a~1$(x)", "each segment must consist of"),
    "two equivalent paths": (
        change_spec(
            "paths/~1a~1{y}/get",
            {"operationId": "b", "parameters": [make_parameter("y", "path")], "responses": OK},
            make_spec({"parameters": [make_parameter("x", "path")]}, path="/a/{x}"),
        ),
        "#/paths/~1a~1{y}",
        "is the same path as /a/{x}",
    ),
    "unknown method": (
        change_spec("paths/~1things/options", {}),
        "#/paths/~1things/options",
        "options is not supported",
    ),
    "path item that is not an object": (change_spec("paths/~1things", []), "#/paths/~1things", "must be an object"),
    "path item by reference": (
        change_spec("paths/~1things/$ref", "#/components/schemas/X"),
        "#/paths/~1things/$ref",
        "",
    ),
    "parameters without an operation": (
        change_spec("paths/~1other", {"parameters": [make_parameter("x")]}),
        "#/paths/~1other/parameters",
        "no operation of this path uses them",
    ),
    # --- operationIds
    "no operationId": (
        change_spec("paths/~1things/get/operationId", ...),
        f"{GET}/operationId",
        "needs an operationId",
    ),
    "operationId that is not text": (make_spec({"operationId": 5}), f"{GET}/operationId", "must be text"),
    "operationId twice": (make_operations("a.b", "a.b"), "#/paths/~1p1/get/operationId", "a.b is defined twice"),
    "operationId with a dash": (make_operations("a.b-c"), "#/paths/~1p0/get/operationId", "must be camelCase words"),
    "operationId that begins with a capital": (
        make_operations("Runs.get"),
        "#/paths/~1p0/get/operationId",
        "camelCase",
    ),
    "operationId with a line break": (make_operations("runs.get\n"), "#/paths/~1p0/get/operationId", "camelCase"),
    "operationId with code": (make_operations('a";import os;"'), "#/paths/~1p0/get/operationId", "camelCase"),
    "operationIds with the same Python name": (
        make_operations("runs.getAll", "runs.getALL"),
        "#/paths/~1p1/get/operationId",
        "both would be runs.get_all in Python",
    ),
    "groups with the same Python name": (
        make_operations("emailTriggers.list", "emailTRIGGERS.get"),
        "#/paths/~1p1/get/operationId",
        "collides with emailTriggers",
    ),
    "operation and group at once": (
        make_operations("runs", "runs.list"),
        "#/paths/~1p0/get/operationId",
        "is both an operation and a group of operations",
    ),
    "operations with the same module name": (
        make_operations("runs.files.list", "runs.filesList"),
        "#/paths/~1p1/get/operationId",
        "both would be runs_files_list in Python",
    ),
    "groups with the same class name": (
        make_operations("runs.aB.c.get", "runs.a.bC.list"),
        "#/paths/~1p1/get/operationId",
        "both would be the class RunsABC",
    ),
    "method that hides a type": (make_operations("things.str"), "#/paths/~1p0/get/operationId", "cannot end in str"),
    "group that hides a type": (make_operations("things.property.get"), "#/paths/~1p0/get/operationId", "in property"),
    "group that hides the transport": (
        make_operations("transport.get"),
        "#/paths/~1p0/get/operationId",
        "in transport",
    ),
    "group that is the class of the root": (
        make_operations("tree.get"),
        "#/paths/~1p0/get/operationId",
        "the class Tree",
    ),
    "group that is an asynchronous class": (
        make_operations("asyncThings.get", "things.get"),
        "#/paths/~1p0/get/operationId",
        "the class AsyncThings",
    ),
    "method that is the iterator of another": (
        change_spec(
            "paths/~1other/get",
            {"operationId": "things.iterGet", "responses": OK},
            with_pages(CURSOR),
        ),
        f"{GET}/operationId",
        "the iterator of things.get collides with things.iterGet",
    ),
    # --- operations
    "unknown keyword of an operation": (make_spec({"callbacks": {}}), f"{GET}/callbacks", "callbacks is not supported"),
    "unknown extension of an operation": (
        make_spec({"x-eigenpal-other": 1}),
        f"{GET}/x-eigenpal-other",
        "is not supported",
    ),
    "extension that is neither a flag nor text": (
        make_spec({"x-eigenpal-method": 5}),
        f"{GET}/x-eigenpal-method",
        "must be false or text",
    ),
    "deprecated that is not a flag": (make_spec({"deprecated": "yes"}), f"{GET}/deprecated", "must be true or false"),
    "summary that is not text": (make_spec({"summary": 5}), f"{GET}/summary", "must be text"),
    "no responses": (make_spec({"responses": {}}), f"{GET}/responses", "must list at least one response"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_spec_is_rejected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_rejection(CASES[name], tmp_path, capsys)


def test_all_problems_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = with_schema(make_object(a={"allOf": []}, b={"type": "array"}), thing=TEXT)
    document["paths"]["/things"]["get"]["callbacks"] = {}
    assert len(expect_problems(json.dumps(document), tmp_path, capsys)) == 4
