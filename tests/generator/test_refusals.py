"""Whatever the generator does not understand is refused, with its place, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.generator.small_specs import (
    OK,
    TEXT,
    Node,
    answer,
    multipart_body,
    nullable,
    parameter,
    record,
    ref,
    refused,
    spec,
)

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

REFUSED: dict[str, tuple[Node, str, str]] = {
    # name: the spec, the place, and what is said
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
        "must name a schema",
    ),
    "reference to another kind": (
        changed("components/parameters", {"P": parameter("p")}, with_property({"$ref": "#/components/parameters/P"})),
        f"{SCHEMAS}/Whole/properties/x/$ref",
        "must name a schema",
    ),
    "parameter that is a schema": (
        changed("components/schemas", {"Whole": parameter("x")}, with_parameter(ref("Whole"))),
        f"{GET}/parameters/0/$ref",
        "must point into #/components/parameters",
    ),
    "circle of references": (with_schema(ref("B"), B=ref("Whole")), f"{SCHEMAS}/Whole/$ref", "refers to itself"),
    "list of itself": (with_schema({"type": "array", "items": ref("Whole")}), f"{SCHEMAS}/Whole", "is made of itself"),
    "map of itself": (
        with_schema({"type": "object", "additionalProperties": ref("B")}, B=nullable(ref("Whole"))),
        f"{SCHEMAS}/B",
        "is made of itself",
    ),
    "keyword beside a reference": (
        with_property({**ref("Y"), "minLength": 1}, Y=TEXT),
        f"{SCHEMAS}/Whole/properties/x/minLength",
        "minLength beside $ref is not supported",
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
        "no other scheme is supported",
    ),
    "undeclared security": (changed("security", [{"bearer": []}]), "#/security/0/bearer", "is not under"),
    "security of one operation": (spec({"security": []}), f"{GET}/security", "security is not supported"),
    "info without title": (changed("info", {"version": "1"}), "#/info", "Field required"),
    "path without slash": (spec(path="things"), "#/paths/things", "must be segments"),
    "path with a query": (spec(path="/things?x=1"), "#/paths/~1things?x=1", "must be segments"),
    "path with half a parameter": (spec(path="/x-{id}"), "#/paths/~1x-{id}", "must be segments"),
    "path with traversal": (spec(path="/a/$(x)"), "#/paths/~1a~1$(x)", "must be segments"),
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
        "belong to no operation",
    ),
    # --- operationIds
    "no operationId": (changed("paths/~1things/get/operationId", ...), f"{GET}/operationId", "needs an operationId"),
    "operationId that is no text": (spec({"operationId": 5}), f"{GET}/operationId", "must be text"),
    "operationId twice": (operations("a.b", "a.b"), "#/paths/~1p1/get/operationId", "a.b stands twice"),
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
        "an operation and a group of operations at once",
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
    "group that hides the caller": (operations("caller.get"), "#/paths/~1p0/get/operationId", "in caller"),
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
    "no answers": (spec({"responses": {}}), f"{GET}/responses", "must name at least one answer"),
    # --- parameters
    "undeclared path parameter": (
        spec(path="/things/{id}"),
        "#/paths/~1things~1{id}/get",
        "which no parameter declares",
    ),
    "path parameter twice": (
        with_parameter(parameter("id", "path"), "/a/{id}/{id}"),
        "#/paths/~1a~1{id}~1{id}/get",
        "names {id} twice",
    ),
    "path parameter not in the path": (
        with_parameter(parameter("id", "path")),
        f"{GET}/parameters/0",
        "the path /things does not name {id}",
    ),
    "path parameter that is optional": (
        with_parameter(parameter("id", "path", required=False), "/{id}"),
        "#/paths/~1{id}/get/parameters/0",
        "must be required: true",
    ),
    "path parameter that is a number": (
        with_parameter(parameter("id", "path", schema={"type": "integer"}), "/{id}"),
        "#/paths/~1{id}/get/parameters/0/schema",
        "a parameter in the path must be a string",
    ),
    "cookie": (with_parameter(parameter("x", "cookie")), f"{GET}/parameters/0/in", "'cookie' are not supported"),
    "no place": (changed("components/parameters", {"P": {"name": "x"}}), "#/components/parameters/P/in", "None"),
    "unknown keyword of a parameter": (
        with_parameter(parameter("x", allowReserved=True)),
        f"{GET}/parameters/0/allowReserved",
        "is not supported",
    ),
    "parameter with content": (
        with_parameter({"name": "x", "in": "query", "content": {}}),
        f"{GET}/parameters/0/content",
        "is not supported",
    ),
    "parameter without a schema": (
        with_parameter({"name": "x", "in": "query"}),
        f"{GET}/parameters/0",
        "needs a schema",
    ),
    "parameter without a name": (with_parameter({"in": "query", "schema": TEXT}), f"{GET}/parameters/0/name", "None"),
    "parameter that has no Python name": (
        with_parameter(parameter("123")),
        f"{GET}/parameters/0/name",
        "'123' cannot be",
    ),
    "parameter of another script": (with_parameter(parameter("имя")), f"{GET}/parameters/0/name", "cannot be spelled"),
    "x-eigenpal-name that is no name": (
        with_parameter(parameter("x", **{"x-eigenpal-name": "1; import os"})),
        f"{GET}/parameters/0/name",
        "cannot be spelled",
    ),
    "x-eigenpal-name that is no text": (
        with_parameter(parameter("x", **{"x-eigenpal-name": 5})),
        f"{GET}/parameters/0/x-eigenpal-name",
        "must be text",
    ),
    "parameters that are one in Python": (
        with_parameters(parameter("fooBar"), parameter("foo-bar")),
        f"{GET}/parameters/1",
        "collides with 'fooBar': both would be foo_bar in Python",
    ),
    "the same parameter twice": (
        with_parameters(parameter("foo"), parameter("foo", "header")),
        f"{GET}/parameters/1",
        "collides with 'foo'",
    ),
    "list with exploded style": (
        with_parameter(parameter("x", schema=LIST, style="form", explode=True)),
        f"{GET}/parameters/0",
        "explode: false",
    ),
    "list without a style": (with_parameter(parameter("x", schema=LIST)), f"{GET}/parameters/0", "explode: false"),
    "list with spaces": (
        with_parameter(parameter("x", schema=LIST, style="spaceDelimited", explode=False)),
        f"{GET}/parameters/0/style",
        "only the style form is supported in the query",
    ),
    "list in a header": (
        with_parameter(parameter("x", "header", schema=LIST, explode=False)),
        f"{GET}/parameters/0",
        "a list must be in the query",
    ),
    "list of numbers": (
        with_parameter(parameter("x", schema={"type": "array", "items": {"type": "integer"}}, explode=False)),
        f"{GET}/parameters/0/schema/items",
        "must hold strings",
    ),
    "list of timestamps": (
        with_parameter(
            parameter("x", schema={"type": "array", "items": {**TEXT, "format": "date-time"}}, explode=False)
        ),
        f"{GET}/parameters/0/schema/items",
        "must hold strings",
    ),
    "object in the query": (
        with_parameter(parameter("x", schema={"type": "object"})),
        f"{GET}/parameters/0/schema",
        "must be a string, an integer, a boolean or a list of strings",
    ),
    "number in the query": (
        with_parameter(parameter("x", schema={"type": "number"})),
        f"{GET}/parameters/0/schema",
        "must be a string",
    ),
    "anything in the query": (
        with_parameter(parameter("x", schema={})),
        f"{GET}/parameters/0/schema",
        "must be a string",
    ),
    "bound that is no integer": (
        with_parameter(parameter("x", schema={"type": "integer", "minimum": 0.5})),
        f"{GET}/parameters/0/schema/minimum",
        "the bound of an integer must be one",
    ),
    "exclusive bound": (
        with_parameter(parameter("x", schema={"type": "integer", "exclusiveMinimum": 0})),
        f"{GET}/parameters/0/schema/exclusiveMinimum",
        "is not supported",
    ),
    "header of the transport": (
        with_parameter(parameter("Authorization", "header")),
        f"{GET}/parameters/0/name",
        "cannot be a header of one operation",
    ),
    "header that is none": (
        with_parameter(parameter("X Y:", "header", **{"x-eigenpal-name": "x"})),
        f"{GET}/parameters/0/name",
        "'X Y:' cannot be a header",
    ),
    "header that is a number": (
        with_parameter(parameter("X-Y", "header", schema={"type": "integer"})),
        f"{GET}/parameters/0/schema",
        "a parameter in the header must be a string",
    ),
    "slashes kept in the query": (
        with_parameter(parameter("x", **{"x-eigenpal-slashes": "kept"})),
        f"{GET}/parameters/0/x-eigenpal-slashes",
        "on a parameter in the path",
    ),
    "slashes otherwise": (
        with_parameter(parameter("x", "path", **{"x-eigenpal-slashes": "dropped"}), "/{x}"),
        "#/paths/~1{x}/get/parameters/0/x-eigenpal-slashes",
        "must be kept",
    ),
    "moment that is a number": (
        with_parameter(parameter("x", schema={"type": "integer"}, **{"x-eigenpal-moment": True})),
        f"{GET}/parameters/0/x-eigenpal-moment",
        "needs a string",
    ),
    "timestamp in the path": (
        with_parameter(parameter("x", "path", schema={**TEXT, "format": "date-time"}), "/{x}"),
        "#/paths/~1{x}/get/parameters/0/schema",
        "is not supported",
    ),
    "wait that is text": (
        with_parameter(parameter("x", **{"x-eigenpal-server-wait": True})),
        f"{GET}/parameters/0/x-eigenpal-server-wait",
        "needs an integer",
    ),
    "two waits": (
        with_parameters(
            *(parameter(n, schema={"type": "integer"}, **{"x-eigenpal-server-wait": True}) for n in ("a", "b"))
        ),
        f"{GET}/parameters/1",
        "only one parameter",
    ),
    "file as a parameter": (with_parameter(parameter("x", schema=FILE)), f"{GET}/parameters/0/schema/format", "a file"),
    "download with an argument called to": (
        with_parameters(parameter("to"), responses=BINARY),
        GET,
        "collides with the argument to that every download has",
    ),
    "description only beside a reference to a parameter": (
        changed(
            "components/parameters",
            {"P": parameter("p")},
            with_parameter({"$ref": "#/components/parameters/P", "required": True}),
        ),
        f"{GET}/parameters/0/required",
        "required beside $ref is not supported",
    ),
    # --- bodies
    "urlencoded body": (
        with_body(record(x=TEXT), "application/x-www-form-urlencoded"),
        f"{POST}/requestBody/content/application~1x-www-form-urlencoded",
        "is not supported",
    ),
    "text body": (with_body(record(x=TEXT), "text/plain"), f"{POST}/requestBody/content/text~1plain", "not supported"),
    "body without content": (
        spec({"requestBody": {}}, method="post"),
        f"{POST}/requestBody/content",
        "must name at least one media type",
    ),
    "body without a schema": (
        spec({"requestBody": {"content": {"application/json": {}}}}, method="post"),
        f"{POST}/requestBody/content/application~1json",
        "needs a schema",
    ),
    "body in place": (
        spec({"requestBody": {"content": {"application/json": {"schema": record(x=TEXT)}}}}, method="post"),
        f"{POST}/requestBody/content/application~1json/schema",
        "a body needs a name",
    ),
    "body that is a list": (
        with_body(LIST),
        f"{POST}/requestBody/content/application~1json/schema",
        "a body must be an object",
    ),
    "body that is a union": (
        with_body({"oneOf": [TEXT, LIST]}),
        f"{POST}/requestBody/content/application~1json/schema",
        "a body must be an object",
    ),
    "body by another name": (
        changed("components/schemas/Other", record(x=TEXT), with_body(ref("Other"))),
        f"{POST}/requestBody/content/application~1json/schema",
        "refer to that schema itself",
    ),
    "body and parameter that are one in Python": (
        with_body(record(**{"x-y": TEXT}), more={"parameters": [parameter("xY")]}),
        f"{POST}/requestBody/content/application~1json/schema/properties/x-y",
        "collides with 'xY': both would be x_y in Python",
    ),
    "parameter called body": (
        with_body(record(x=TEXT), more={"parameters": [parameter("body")]}),
        f"{POST}/requestBody/content/application~1json/schema",
        "the argument body for the whole body collides with the parameter 'body'",
    ),
    "properties called body and request_body": (
        with_body(record(body=TEXT, requestBody=TEXT)),
        f"{POST}/requestBody/content/application~1json/schema/properties/requestBody",
        "collides with 'the whole body'",
    ),
    "part called files beside further parts": (
        with_body(
            {**record(files=TEXT), "additionalProperties": FILE, "x-eigenpal-part-prefix": ""}, "multipart/form-data"
        ),
        f"{POST}/requestBody/content/multipart~1form-data/schema/properties/files",
        "collides with 'further parts'",
    ),
    "file in JSON": (
        with_body(record(x=FILE)),
        f"{POST}/requestBody/content/application~1json/schema",
        "a file can only be a part",
    ),
    "files in an answer": (
        spec({"responses": answer(ref("Body"))}, {"Body": record(x=FILE)}),
        f"{GET}/responses/200/content/application~1json/schema/$ref",
        "Body holds files",
    ),
    "list of files as one part": (
        with_body(record(x={"type": "array", "items": FILE}), "multipart/form-data"),
        f"{SCHEMAS}/Body/properties/x/items/format",
        "a file can only be a part",
    ),
    "further parts without a prefix": (
        with_body({**record(x=TEXT), "additionalProperties": FILE}, "multipart/form-data"),
        f"{SCHEMAS}/Body/additionalProperties",
        "",
    ),
    "further parts that are no files": (
        with_body(
            {**record(x=TEXT), "additionalProperties": TEXT, "x-eigenpal-part-prefix": ""}, "multipart/form-data"
        ),
        f"{SCHEMAS}/Body/x-eigenpal-part-prefix",
        "additionalProperties of format: binary",
    ),
    "encoding of another type": (
        spec(
            {"requestBody": multipart_body("Body", encoding={"x": {"contentType": "application/json"}})},
            {"Body": record(x={"type": "object"})},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/x",
        "only contentType: text/plain is supported",
    ),
    "encoding of nothing": (
        spec(
            {"requestBody": multipart_body("Body", encoding={"y": {"contentType": "text/plain"}})},
            {"Body": record(x=TEXT)},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/y",
        "is not a property of the body",
    ),
    # --- answers
    "several media types in an answer": (
        spec({"responses": {"200": {"description": "x", "content": {"application/json": {"schema": {}}, "*/*": {}}}}}),
        f"{GET}/responses/200/content",
        "several media types",
    ),
    "answer of text": (
        spec({"responses": {"200": {"description": "x", "content": {"text/plain": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/text~1plain",
        "an answer of text/plain is not supported",
    ),
    "answer without a schema": (
        spec({"responses": {"200": {"description": "x", "content": {"application/json": {}}}}}),
        f"{GET}/responses/200/content/application~1json",
        "needs a schema",
    ),
    "successes that differ": (
        spec({"responses": {**OK, "204": {"description": "Nothing."}}}),
        f"{GET}/responses",
        "the successes must all hold the same",
    ),
    "default answer": (spec({"responses": {"default": OK["200"]}}), f"{GET}/responses/default", "must be a status"),
    "range of answers": (spec({"responses": {"2XX": OK["200"]}}), f"{GET}/responses/2XX", "must be a status"),
    "links": (
        spec({"responses": {"200": {"description": "x", "links": {}}}}),
        f"{GET}/responses/200/links",
        "supported",
    ),
    "answer without a description": (spec({"responses": {"200": {}}}), f"{GET}/responses/200", "Field required"),
    "object in place as an answer": (
        spec({"responses": answer(record(x=TEXT))}),
        f"{GET}/responses/200/content/application~1json/schema/properties",
        "an object needs a name",
    ),
    "unused answer": (
        changed("components/responses", {"R": {"description": "x", "content": {"text/csv": {}}}}),
        "#/components/responses/R/content/text~1csv",
        "is not supported",
    ),
    # --- schemas
    "allOf": (with_property({"allOf": [TEXT]}), f"{SCHEMAS}/Whole/properties/x/allOf", "allOf is not supported"),
    "not": (with_property({"not": TEXT}), f"{SCHEMAS}/Whole/properties/x/not", "not is not supported"),
    "unknown keyword": (with_property({"$comment": "x"}), f"{SCHEMAS}/Whole/properties/x/$comment", "not supported"),
    "nullable of 3.0": (
        with_property({**TEXT, "nullable": True}),
        f"{SCHEMAS}/Whole/properties/x/nullable",
        "supported",
    ),
    "unknown type": (with_property({"type": "text"}), f"{SCHEMAS}/Whole/properties/x/type", "'text' is not a type"),
    "type that is a list in a list": (
        with_property({"type": [["string"]]}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "not",
    ),
    "several types": (
        with_property({"type": ["string", "integer"]}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "write anyOf",
    ),
    "nothing but null": (with_property({"type": "null"}), f"{SCHEMAS}/Whole/properties/x/type", "nothing but null"),
    "unknown format": (
        with_property({**TEXT, "format": "uuid"}),
        f"{SCHEMAS}/Whole/properties/x/format",
        "the format 'uuid' is not supported",
    ),
    "format of a number": (
        with_property({"type": "integer", "format": "int64"}),
        f"{SCHEMAS}/Whole/properties/x/format",
        "format needs type: string",
    ),
    "items without a list": (
        with_property({"items": TEXT}),
        f"{SCHEMAS}/Whole/properties/x/items",
        "needs type: array",
    ),
    "bounds of text": (
        with_property({**TEXT, "minimum": 1}),
        f"{SCHEMAS}/Whole/properties/x/minimum",
        "needs type: integer",
    ),
    "bound that is text": (
        with_property({"type": "integer", "minimum": "1"}),
        f"{SCHEMAS}/Whole/properties/x/minimum",
        "must be a number",
    ),
    "list without items": (with_property({"type": "array"}), f"{SCHEMAS}/Whole/properties/x", "an array needs items"),
    "object in place": (
        with_property(record(y=TEXT)),
        f"{SCHEMAS}/Whole/properties/x/properties",
        "an object needs a name",
    ),
    "enum in place": (with_property({**TEXT, "enum": ["a"]}), f"{SCHEMAS}/Whole/properties/x/enum", "needs a name"),
    "mixed enum": (with_schema({"enum": ["a", 1]}), f"{SCHEMAS}/Whole/enum", "only enums of strings"),
    "enum of numbers": (
        with_schema({"type": "integer", "enum": [1]}),
        f"{SCHEMAS}/Whole/enum",
        "only enums of strings",
    ),
    "enum with null": (
        with_schema({"type": ["string", "null"], "enum": ["a", None]}),
        f"{SCHEMAS}/Whole/enum",
        "null goes into anyOf",
    ),
    "empty enum": (with_schema({**TEXT, "enum": []}), f"{SCHEMAS}/Whole/enum", "at least one value"),
    "enum with a value twice": (with_schema({**TEXT, "enum": ["a", "a"]}), f"{SCHEMAS}/Whole/enum", "a value twice"),
    "const of another type": (
        with_property({"type": "string", "const": 1}),
        f"{SCHEMAS}/Whole/properties/x/const",
        "of their type can be const",
    ),
    "const without a type": (with_property({"const": "a"}), f"{SCHEMAS}/Whole/properties/x/const", ""),
    "const that is null": (
        with_property({**TEXT, "const": None}),
        f"{SCHEMAS}/Whole/properties/x/const",
        "can be const",
    ),
    "required that is no property": (
        with_schema(record("y", x=TEXT)),
        f"{SCHEMAS}/Whole/required/0",
        "'y' is not a property",
    ),
    "required twice": (with_schema(record("x", "x", x=TEXT)), f"{SCHEMAS}/Whole/required/1", "'x' stands twice"),
    "required that is no list": (
        with_schema({**record(x=TEXT), "required": True}),
        f"{SCHEMAS}/Whole/required",
        "must be a list",
    ),
    "schema that is true": (with_property(True), f"{SCHEMAS}/Whole/properties/x", "true and false are not supported"),
    "properties that are one in Python": (
        with_schema(record(**{"fooBar": TEXT, "foo_bar": TEXT})),
        f"{SCHEMAS}/Whole/properties/foo_bar",
        "collides with 'fooBar': both would be foo_bar in Python",
    ),
    "property that has no Python name": (
        with_schema(record(**{"1st": TEXT})),
        f"{SCHEMAS}/Whole/properties/1st",
        "'1st' cannot be spelled as a Python name",
    ),
    "properties of no type": (
        with_schema({"properties": {"x": TEXT}}),
        f"{SCHEMAS}/Whole/properties",
        "properties needs type: object",
    ),
    "nullable object with properties": (
        with_schema({**record(x=TEXT), "type": ["object", "null"]}),
        f"{SCHEMAS}/Whole/type",
        "null goes into anyOf",
    ),
    "further properties of a kind beside properties": (
        with_schema({**record(x=TEXT), "additionalProperties": TEXT}),
        f"{SCHEMAS}/Whole/additionalProperties",
        "beside properties, is not supported",
    ),
    "schema with a name in lower case": (
        changed("components/schemas/thing", TEXT),
        f"{SCHEMAS}/thing",
        "begin with a capital letter",
    ),
    "schema with a dash": (changed("components/schemas/A-b", TEXT), f"{SCHEMAS}/A-b", "letters and digits"),
    "schema with a reserved name": (with_schema(TEXT, Model=record(x=TEXT)), f"{SCHEMAS}/Model", "uses itself"),
    "schemas that are one module": (
        with_schema(TEXT, RunID=record(x=TEXT), RunId=record(x=TEXT)),
        f"{SCHEMAS}/RunId",
        "both would be the module run_id",
    ),
    "schema that is the decoder of another": (
        changed(
            "components/schemas/DecodeU", record(x=TEXT), with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}])
        ),
        f"{SCHEMAS}/DecodeU",
        "collides with U",
    ),
    # --- unions
    "anyOf with oneOf": (
        with_property({"anyOf": [TEXT], "oneOf": [TEXT]}),
        f"{SCHEMAS}/Whole/properties/x",
        "anyOf together with oneOf",
    ),
    "type beside anyOf": (
        with_property({"anyOf": [TEXT], "type": "string"}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "type beside anyOf is not supported",
    ),
    "union of nothing": (
        with_property({"anyOf": []}),
        f"{SCHEMAS}/Whole/properties/x/anyOf",
        "must be a list of schemas",
    ),
    "union of null": (
        with_property({"anyOf": [{"type": "null"}]}),
        f"{SCHEMAS}/Whole/properties/x/anyOf",
        "null alone",
    ),
    "union that cannot be told apart": (
        with_property({"oneOf": [ref("A"), ref("B")]}, A=record(a=TEXT), B=record(b=TEXT)),
        f"{SCHEMAS}/Whole/properties/x/oneOf",
        "cannot tell the variants apart",
    ),
    "union of numbers": (
        with_property({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        f"{SCHEMAS}/Whole/properties/x/oneOf",
        "cannot tell the variants apart",
    ),
    "union with anything": (with_property({"oneOf": [{}, TEXT]}), f"{SCHEMAS}/Whole/properties/x/oneOf", "cannot tell"),
    "variants of no union": (
        with_property({**TEXT, "x-eigenpal-variants": []}),
        f"{SCHEMAS}/Whole/properties/x/x-eigenpal-variants",
        "is not supported",
    ),
    "variants that are no list": (with_union({}), f"{SCHEMAS}/U/x-eigenpal-variants", "must be a list of objects"),
    "variant left out": (
        with_union([{"schema": "A", "holds": ["a"]}]),
        f"{SCHEMAS}/U/x-eigenpal-variants",
        "must name each variant once: A, B",
    ),
    "variant without a condition": (
        with_union([{"schema": "A"}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0",
        "every variant but the last needs holds or equals",
    ),
    "last variant with a condition": (
        with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B", "holds": ["b"]}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/1",
        "the last is what remains",
    ),
    "variant that holds what it has not": (
        with_union([{"schema": "A", "holds": ["b"]}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/holds/0",
        "'b' is not a property of A",
    ),
    "variant that equals what it has not": (
        with_union([{"schema": "A", "equals": {"b": "x"}}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/equals/b",
        "'b' is not a property of A",
    ),
    "variant that equals a number": (
        with_union([{"schema": "A", "equals": {"a": 1}}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/equals/a",
        "must be text or a boolean",
    ),
    "unknown keyword of a variant": (
        with_union([{"schema": "A", "holds": ["a"], "lacks": ["b"]}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/lacks",
        "lacks is not supported",
    ),
    "variant that is no object": (
        changed("components/schemas/B", TEXT, with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}])),
        f"{SCHEMAS}/U/x-eigenpal-variants/1/schema",
        "B is not an object",
    ),
    "variants in place": (
        with_property({"oneOf": [TEXT, LIST], "x-eigenpal-variants": []}),
        f"{SCHEMAS}/Whole/properties/x/x-eigenpal-variants",
        "needs variants with names",
    ),
    "null in a union with a name": (
        with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}], oneOf=[ref("A"), ref("B"), {"type": "null"}]),
        f"{SCHEMAS}/U/oneOf",
        "null does not belong",
    ),
    "union by content in a list": (
        with_property(
            {
                "type": "array",
                "items": {
                    "oneOf": [ref("A"), ref("B")],
                    "x-eigenpal-variants": [{"schema": "A", "holds": ["a"]}, {"schema": "B"}],
                },
            },
            A=record(a=TEXT),
            B=record(b=TEXT),
        ),
        f"{SCHEMAS}/Whole/properties/x/items",
        "a union of objects needs a name here",
    ),
    # --- extensions
    "also that is no list": (spec({"x-eigenpal-also": {}}), f"{GET}/x-eigenpal-also", "must be a list of objects"),
    "also without an operation": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"fixed": {"x": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/operation",
        "needs an operationId",
    ),
    "also without a difference": (
        spec({"x-eigenpal-also": [{"operation": "things.more"}]}),
        f"{GET}/x-eigenpal-also/0",
        "needs either media or fixed",
    ),
    "also of an operation twice": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"operation": "things.get", "fixed": {"x": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/operation",
        "things.get stands twice",
    ),
    "also of a media type that is not there": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "media": "multipart/form-data"}]}),
        f"{POST}/x-eigenpal-also/0/media",
        "the body has no media type 'multipart/form-data'",
    ),
    "also with an unknown keyword": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"x": "a"}, "other": 1}]}),
        f"{POST}/x-eigenpal-also/0/other",
        "other is not supported",
    ),
    "fixed that is no property": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"y": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/fixed/y",
        "is not a property of the body",
    ),
    "fixed that is no text": (
        with_body(record(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"x": 1}}]}),
        f"{POST}/x-eigenpal-also/0/fixed/x",
        "must be text",
    ),
    "fixed without a body": (
        spec({"x-eigenpal-also": [{"operation": "a", "fixed": {"x": "1"}}]}),
        f"{GET}/x-eigenpal-also/0/fixed/x",
        "is not a property of the body",
    ),
    "also of what is no method": (
        with_body(
            record(x=TEXT),
            more={"x-eigenpal-method": False, "x-eigenpal-also": [{"operation": "a", "fixed": {"x": "a"}}]},
        ),
        f"{POST}/x-eigenpal-also/0",
        "needs an operation that is a method itself",
    ),
    "pages of no style": (with_pages({}), f"{GET}/x-eigenpal-pages", "needs style: offset or cursor"),
    "pages of another style": (with_pages({"style": "page"}), f"{GET}/x-eigenpal-pages", "needs style"),
    "pages without a keyword": (with_pages({"style": "cursor"}), f"{GET}/x-eigenpal-pages/items", "is missing"),
    "pages with a keyword too many": (
        with_pages({**CURSOR, "x": "y"}),
        f"{GET}/x-eigenpal-pages/x",
        "is not supported",
    ),
    "pages of what the answer has not": (
        with_pages({**OFFSET, "items": "data"}),
        f"{GET}/x-eigenpal-pages/items",
        "'data' is no property of the answer of type: array",
    ),
    "pages of what is no list": (
        with_pages({**OFFSET, "items": "total"}),
        f"{GET}/x-eigenpal-pages/items",
        "'total' is no property of the answer of type: array",
    ),
    "pages by a parameter that is not there": (
        with_pages(CURSOR, None, "limit"),
        f"{GET}/x-eigenpal-pages/cursor",
        "'cursor' is not a parameter in the query",
    ),
    "pages of nothing": (
        spec(
            {
                "x-eigenpal-pages": CURSOR,
                "responses": {"204": {"description": "x"}},
                "parameters": [parameter("cursor")],
            }
        ),
        f"{GET}/x-eigenpal-pages/items",
        "is no property of the answer",
    ),
    "pages of no answer": (
        spec({"x-eigenpal-pages": CURSOR, "responses": {"400": {"description": "x"}}}),
        f"{GET}/x-eigenpal-pages/items",
        "is no property of the answer",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, place, message = REFUSED[name]
    problems = refused(json.dumps(document), tmp_path, capsys)
    assert any(problem.startswith(f"  {place}: ") and message in problem for problem in problems), "\n".join(problems)


def test_every_problem_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = with_schema(record(a={"allOf": []}, b={"type": "array"}), thing=TEXT)
    document["paths"]["/things"]["get"]["callbacks"] = {}
    assert len(refused(json.dumps(document), tmp_path, capsys)) == 4
