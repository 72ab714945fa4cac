"""What is said to help in the overlay does help, if it is done as it is said."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering import lower
from generator.nodes import with_origins
from generator.overlay import Overlay
from generator.problems import Report
from tests.generator.lowering.running import with_value
from tests.generator.small_specs import TEXT, Node, make_object, make_parameter, make_spec, ref

GET, CONTENT = "$.paths.*[?@.operationId=='things.get']", "requestBody.content"
X = f"{GET}.parameters[?@.name=='x']"
P = "$.components.schemas.Thing.properties.p"
FORM = f"{GET}.{CONTENT}['application/x-www-form-urlencoded']"
JSON_PART = {"o": {"contentType": "application/json"}}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
BEARER = {"type": "http", "scheme": "bearer"}


def remove(target: str, count: int = 1) -> Node:
    return {"target": target, "remove": True, **({"x-expect": count} if count > 1 else {})}


def update(target: str, value: Any) -> Node:
    return {"target": target, "update": value}


def _spec(place: str, value: Any) -> Node:
    schemas = {"Thing": make_object(p=TEXT), "A": make_object(a=TEXT)}
    document = make_spec({}, schemas)
    document["components"]["securitySchemes"] = {"key": KEY, "bearer": BEARER}
    return with_value(place, value, document)


def operation(**more: Any) -> tuple[str, Any]:
    return "paths/~1things/get", {"operationId": "things.get", "responses": {"200": {"description": ""}}, **more}


def parameters(*nodes: Node) -> tuple[str, Any]:
    return operation(parameters=list(nodes))


def body(media: str, schema: Any = None, **more: Any) -> tuple[str, Any]:
    value = {**({} if schema is None else {"schema": schema}), **more}
    return operation(requestBody={"required": True, "content": {media: value}})


def prop(schema: Any) -> tuple[str, Any]:
    return "components/schemas/Thing/properties/p", schema


def form(encoding: Node) -> tuple[str, Any]:
    schema = make_object(o={"type": "array", "items": ref("A")})
    return body("application/x-www-form-urlencoded", schema, encoding={"o": encoding})


CASES: dict[str, tuple[tuple[str, Any], str, list[Node]]] = {
    "no paths": (("paths", "no"), "update it to a value", [update("$", {"paths": {}})]),
    "a type": (prop({"type": "strng"}), "update it to a value of this shape", [update(P, {"type": "string"})]),
    "a list": (operation(tags="a"), "update it to a value of this shape", [update(GET, {"tags": ["a"]})]),
    "a keyword": (
        ("components/schemas/Thing/requried", ["p"]),
        "remove the keyword, and update its object with the right one",
        [remove("$.components.schemas.Thing.requried"), update("$.components.schemas.Thing", {"required": ["p"]})],
    ),
    "a keyword of a parameter": (
        parameters({"name": "x", "in": "query", "type": "integer"}),
        "`schema` of its object",
        [remove(f"{X}.type"), update(X, {"schema": {"type": "integer"}})],
    ),
    "a reference to nothing": (prop(ref("Nope")), "update the reference", [update(P, ref("A"))]),
    "something to refer to": (
        prop(ref("Nope")),
        "add what it refers to",
        [update("$.components.schemas", {"Nope": make_object(a=TEXT)})],
    ),
    "a reference to itself": (
        ("components/schemas/A", ref("A")),
        "update one of the references",
        [
            update("$.components.schemas.A", ref("Thing")),
        ],
    ),
    "an empty enum": (prop({"enum": []}), "remove the enum", [remove(f"{P}.enum")]),
    "an allOf": (
        prop({"allOf": [TEXT, {"type": "integer"}]}),
        "remove one of the parts, such as allOf[?@.type=='integer']",
        [remove(f"{P}.allOf[?@.type=='integer']")],
    ),
    "a parameter": (parameters({"name": "x", "in": "body"}), "parameters[?@.name=='x']", [remove(X)]),
    "a parameter that is JSON": (
        parameters(make_parameter("x", "header", schema={"anyOf": [TEXT, {"type": "object"}]})),
        "describe it with `content`",
        [remove(f"{X}.schema"), update(X, {"content": {"application/json": {}}})],
    ),
    "a parameter twice": (
        parameters(make_parameter("x"), make_parameter("x", schema={"type": "integer"})),
        "remove both, and update one",
        [remove(X, 2), update(GET, {"parameters": [make_parameter("x")]})],
    ),
    "a parameter in a path": (
        ("paths/~1things~1{x}/get", {"parameters": [make_parameter("x", "path", style="label")], "responses": {}}),
        "update parameters[?@.name=='x'] of it with a `style`",
        [update("$.paths['/things/{x}'].get.parameters[?@.name=='x']", {"style": "simple"})],
    ),
    "a path": (
        ("paths/~1x?y", {"get": {"operationId": "x.get", "responses": {}}}),
        "remove $.paths['/the/path'], and update $.paths",
        [remove("$.paths['/x?y']"), update("$.paths", {"/x": {"get": {"operationId": "x.get", "responses": {}}}})],
    ),
    "a place": (
        ("paths/~1x", {key: {"x-eigenpal-method": "a.b", "responses": {}} for key in ("get", "put")}),
        "update $.paths['/the/path'].method with `x-eigenpal-method",
        [update("$.paths['/x'].get", {"x-eigenpal-method": "its.place"})],
    ),
    "a server": (
        ("servers", [{"url": "ftp://x"}]),
        "remove $.servers, then update $ with `servers: [{url: https://...}]`",
        [remove("$.servers"), update("$", {"servers": [{"url": "https://y.test"}]})],
    ),
    "a server of an operation": (
        operation(servers=[{"url": "https://y.test"}]),
        "or its `servers`",
        [remove(f"{GET}.servers")],
    ),
    "several keys at once": (
        operation(security=[{"key": [], "bearer": []}]),
        "remove `security` there, then update its object",
        [remove(f"{GET}.security"), update(GET, {"security": [{"bearer": []}]})],
    ),
    "an undefined key": (
        operation(security=[{"other": []}]),
        "update $ with `components: {securitySchemes: {the_name: {type: http, scheme: bearer}}}`",
        [update("$", {"components": {"securitySchemes": {"other": BEARER}}})],
    ),
    "a stream": (
        operation(responses={"200": {"description": "", "content": {"text/event-stream": {}}}}),
        "remove this media type and update `content` with `application/octet-stream: {}`",
        [
            remove(f"{GET}.responses['200'].content['text/event-stream']"),
            update(f"{GET}.responses['200'].content", {"application/octet-stream": {}}),
        ],
    ),
    "a status": (operation(responses={"ok": {}}), "remove it", [remove(f"{GET}.responses.ok")]),
    "a body": (
        body("multipart/mixed", {}),
        "remove this media type",
        [remove(f"{GET}.{CONTENT}['multipart/mixed']")],
    ),
    "a form": (
        body("application/x-www-form-urlencoded", {"type": "object"}),
        "update its schema with `properties`",
        [update(f"{FORM}.schema", {"properties": {"a": TEXT}})],
    ),
    "a list in a form": (
        form({"explode": False, "style": "form"}),
        "remove the property from `encoding`",
        [remove(f"{FORM}.encoding.o"), update(f"{FORM}.encoding", JSON_PART)],
    ),
    "an object of XML": (
        body("multipart/form-data", make_object(o=ref("A")), encoding={"o": {"contentType": "application/xml"}}),
        "remove the property from `encoding`",
        [remove(f"{GET}.{CONTENT}['multipart/form-data'].encoding.o")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_overlay_helps_as_it_is_said(name: str) -> None:
    broken, remedy, actions = CASES[name]
    report = Report()
    lower(with_origins(_spec(*broken)), report)
    assert any(remedy in problem.remedy for problem in report.problems), report.problems
    report = Report()
    overlay = with_origins({"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": actions}, "o#")
    lower(Overlay(overlay, report, {}).apply(with_origins(_spec(*broken))), report)
    assert report.problems == []
