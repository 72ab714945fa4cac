"""The document, its references, and the places of its operations in the client tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    CURSOR,
    GET,
    POST,
    SCHEMAS,
    Refused,
    changed,
    check,
    operations,
    with_pages,
    with_parameter,
    with_property,
    with_schema,
)
from tests.generator.small_specs import OK, TEXT, nullable, parameter, record, ref, refused, spec

REFUSED: Refused = {
    # --- references
    "dangling reference": (with_property(ref("Nothing")), f"{SCHEMAS}/Whole/properties/x/$ref", "does not exist"),
    "dangling parameter": (
        with_parameter({"$ref": "#/components/parameters/Nothing"}),
        f"{GET}/parameters/0/$ref",
        "does not exist",
    ),
    "dangling answer": (
        spec({"responses": {"200": {"$ref": "#/components/responses/Nothing"}}}),
        f"{GET}/responses/200/$ref",
        "does not exist",
    ),
    "dangling body": (
        spec({"requestBody": {"$ref": "#/components/requestBodies/Nothing"}}, method="post"),
        f"{POST}/requestBody/$ref",
        "does not exist",
    ),
    "reference of a property called example": (
        with_schema(record(example=ref("Nothing"))),
        f"{SCHEMAS}/Whole/properties/example/$ref",
        "does not exist",
    ),
    "reference into another file": (
        with_property({"$ref": "other.yaml#/x"}),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must point into #/components, not 'other.yaml#/x'",
    ),
    "reference that is no text": (with_property({"$ref": 5}), f"{SCHEMAS}/Whole/properties/x/$ref", "must point into"),
    "reference to a property": (
        with_property({"$ref": "#/components/schemas/Whole/properties/y"}, Y=TEXT)
        | changed(
            "components/schemas", {"Whole": record(x={"$ref": "#/components/schemas/Whole/properties/y"}, y=TEXT)}
        ),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must refer to a schema",
    ),
    "reference to another kind": (
        changed("components/parameters", {"P": parameter("p")}, with_property({"$ref": "#/components/parameters/P"})),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must refer to a schema",
    ),
    "parameter that is a schema": (
        changed("components/schemas", {"Whole": parameter("x")}, with_parameter(ref("Whole"))),
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
    "keyword beside a reference": (
        with_property({**ref("Y"), "minLength": 1}, Y=TEXT),
        f"{SCHEMAS}/Whole/properties/x/minLength",
        "minLength next to $ref is not supported",
    ),
    # --- the document
    "unknown keyword at the top": (changed("webhooks", {}), "#/webhooks", "webhooks is not supported"),
    "unknown extension": (changed("x-other", 1), "#/x-other", "x-other is not supported"),
    "unknown component": (changed("components/callbacks", {}), "#/components/callbacks", "is not supported"),
    "no paths": (changed("paths", ...), "#/paths", "is missing"),
    "paths that are no object": (changed("paths", []), "#/paths", "must be an object"),
    "server with variables": (
        changed("servers", [{"url": "https://{x}.test", "variables": {}}]),
        "#/servers/0/variables",
        "is not supported",
    ),
    "another security scheme": (
        changed("components/securitySchemes", {"key": {"type": "apiKey", "in": "header", "name": "X"}}),
        "#/components/securitySchemes/key",
        "only bearer tokens are supported",
    ),
    "undeclared security": (changed("security", [{"bearer": []}]), "#/security/0/bearer", "is not defined in"),
    "security of one operation": (spec({"security": []}), f"{GET}/security", "security is not supported"),
    "info without title": (changed("info", {"version": "1"}), "#/info", "Field required"),
    "path without slash": (spec(path="things"), "#/paths/things", "each segment must consist of"),
    "path with a query": (spec(path="/things?x=1"), "#/paths/~1things?x=1", "each segment must consist of"),
    "path with half a parameter": (spec(path="/x-{id}"), "#/paths/~1x-{id}", "each segment must consist of"),
    "path with traversal": (spec(path="/a/$(x)"), "#/paths/~1a~1$(x)", "each segment must consist of"),
    "two paths that are one": (
        changed(
            "paths/~1a~1{y}/get",
            {"operationId": "b", "parameters": [parameter("y", "path")], "responses": OK},
            spec({"parameters": [parameter("x", "path")]}, path="/a/{x}"),
        ),
        "#/paths/~1a~1{y}",
        "is the same path as /a/{x}",
    ),
    "unknown method": (changed("paths/~1things/options", {}), "#/paths/~1things/options", "options is not supported"),
    "path item that is no object": (changed("paths/~1things", []), "#/paths/~1things", "must be an object"),
    "path item by reference": (changed("paths/~1things/$ref", "#/components/schemas/X"), "#/paths/~1things/$ref", ""),
    "parameters of no operation": (
        changed("paths/~1other", {"parameters": [parameter("x")]}),
        "#/paths/~1other/parameters",
        "no operation of this path uses them",
    ),
    # --- operationIds
    "no operationId": (changed("paths/~1things/get/operationId", ...), f"{GET}/operationId", "needs an operationId"),
    "operationId that is no text": (spec({"operationId": 5}), f"{GET}/operationId", "must be text"),
    "operationId twice": (operations("a.b", "a.b"), "#/paths/~1p1/get/operationId", "a.b is defined twice"),
    "operationId with a dash": (operations("a.b-c"), "#/paths/~1p0/get/operationId", "must be camelCase words"),
    "operationId that begins with a capital": (operations("Runs.get"), "#/paths/~1p0/get/operationId", "camelCase"),
    "operationId with a line break": (operations("runs.get\n"), "#/paths/~1p0/get/operationId", "camelCase"),
    "operationId with code": (operations('a";import os;"'), "#/paths/~1p0/get/operationId", "camelCase"),
    "operationIds that are one in Python": (
        operations("runs.getAll", "runs.getALL"),
        "#/paths/~1p1/get/operationId",
        "both would be runs.get_all in Python",
    ),
    "groups that are one in Python": (
        operations("emailTriggers.list", "emailTRIGGERS.get"),
        "#/paths/~1p1/get/operationId",
        "collides with emailTriggers",
    ),
    "operation and group at once": (
        operations("runs", "runs.list"),
        "#/paths/~1p0/get/operationId",
        "is both an operation and a group of operations",
    ),
    "operations that are one module name": (
        operations("runs.files.list", "runs.filesList"),
        "#/paths/~1p1/get/operationId",
        "both would be runs_files_list in Python",
    ),
    "groups that are one class": (
        operations("runs.aB.c.get", "runs.a.bC.list"),
        "#/paths/~1p1/get/operationId",
        "both would be the class RunsABC",
    ),
    "method that hides a type": (operations("things.str"), "#/paths/~1p0/get/operationId", "cannot end in str"),
    "group that hides a type": (operations("things.property.get"), "#/paths/~1p0/get/operationId", "in property"),
    "group that hides the transport": (
        operations("transport.get"),
        "#/paths/~1p0/get/operationId",
        "in transport",
    ),
    "group that is the class of the root": (operations("tree.get"), "#/paths/~1p0/get/operationId", "the class Tree"),
    "group that is the class of a twin": (
        operations("asyncThings.get", "things.get"),
        "#/paths/~1p0/get/operationId",
        "the class AsyncThings",
    ),
    "method that is the iterator of another": (
        changed(
            "paths/~1other/get",
            {"operationId": "things.iterGet", "responses": OK},
            with_pages(CURSOR),
        ),
        f"{GET}/operationId",
        "the iterator of things.get collides with things.iterGet",
    ),
    # --- operations
    "unknown keyword of an operation": (spec({"callbacks": {}}), f"{GET}/callbacks", "callbacks is not supported"),
    "unknown extension of an operation": (spec({"x-eigenpal-other": 1}), f"{GET}/x-eigenpal-other", "is not supported"),
    "extension that is no flag": (
        spec({"x-eigenpal-method": "no"}),
        f"{GET}/x-eigenpal-method",
        "must be true or false",
    ),
    "deprecated that is no flag": (spec({"deprecated": "yes"}), f"{GET}/deprecated", "must be true or false"),
    "summary that is no text": (spec({"summary": 5}), f"{GET}/summary", "must be text"),
    "no answers": (spec({"responses": {}}), f"{GET}/responses", "must list at least one response"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(REFUSED[name], tmp_path, capsys)


def test_every_problem_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = with_schema(record(a={"allOf": []}, b={"type": "array"}), thing=TEXT)
    document["paths"]["/things"]["get"]["callbacks"] = {}
    assert len(refused(json.dumps(document), tmp_path, capsys)) == 4
