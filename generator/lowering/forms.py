"""Checks multipart bodies and forms, whose properties become parts and fields."""

from __future__ import annotations

from generator.lowering.media import (
    FORM,
    JSON,
    MULTIPART,
    SCHEMAS,
    is_json,
    resolved,
    shape_of,
    target_name,
    without_null,
)
from generator.lowering.walk import rewrite_operations
from generator.nodes import Node, mapping
from generator.problems import Report

_PREFIX = "x-eigenpal-part-prefix"
_ENCODING = "update `encoding` of the media type with `the_property: {contentType: application/json}`, or remove it"


def forms(document: Node, report: Report) -> Node:
    """Check the properties of multipart bodies and forms."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        body = mapping(operation, "requestBody")
        content = mapping(body, "content")
        changes = {
            media: _form(document, media, value, report)
            for media, value in content.items()
            if media in (MULTIPART, FORM)
        }
        if not changes:
            return operation
        return operation.having(requestBody=body.having(content=content.having(**changes)))

    return rewrite_operations(document, rewrite)


def _form(document: Node, media: str, value: Node, report: Report) -> Node:
    name = target_name(document, without_null(mapping(value, "schema")))
    model = resolved(document, Node({"$ref": SCHEMAS + name}))
    properties = mapping(model, "properties")
    if not properties:
        report.refuse(
            mapping(value, "schema").origin,
            f"the schema of a {media} body must be an object with properties",
            kind="a form without properties",
            remedy="remove the media type, or update its schema with `properties`",
        )
        return value
    if model.get("additionalProperties", False) is not False and _PREFIX not in model:
        report.note(
            model.at("additionalProperties"),
            "further parts of a form cannot be sent",
            kind="a form that can have further parts",
            remedy="update its schema with the properties, or for files with `x-eigenpal-part-prefix: ''`",
        )
    kept: dict[str, Node] = {}
    for wire_name, encoding in mapping(value, "encoding").items():
        if wire_name not in properties:
            report.note(encoding.origin, f"{wire_name} is not a property of the body", kind="the encoding of nothing")
        elif media == MULTIPART and "contentType" not in encoding:
            report.note(encoding.origin, "the style of a part is not used", kind="the style of a part of a body")
        else:
            kept[wire_name] = encoding if media == FORM else encoding.without("style", "explode")
    for wire_name, schema in properties.items():
        reason = _unfit(document, media, schema, kept.get(wire_name, Node()))
        if reason:
            place = mapping(value, "encoding").at(wire_name) if wire_name in kept else schema.origin
            report.refuse(place, f"{wire_name} is {reason}", kind=f"{reason}, in a form", remedy=_ENCODING)
    value = value.having(schema=Node({"$ref": SCHEMAS + name}, mapping(value, "schema").origin)).without("encoding")
    return value.having(encoding=Node(kept, value.at("encoding"))) if kept else value


def _unfit(document: Node, media: str, schema: Node, encoding: Node) -> str:
    """Return why a property cannot be sent as it is said to be; empty if it can."""
    shape = shape_of(document, schema)
    kind, style = str(encoding.get("contentType", JSON)), str(encoding.get("style", "form"))
    if media == MULTIPART:
        is_text = is_json(kind) or kind == "text/plain" or shape == "scalar"
        return "" if is_text or shape == "list" else f"an object as {kind}"
    if style not in ("form", "deepObject") and (shape != "list" or style not in ("spaceDelimited", "pipeDelimited")):
        return f"written in the style {style}"
    items = shape_of(document, mapping(without_null(resolved(document, schema)), "items")) if shape == "list" else "any"
    is_flat = items in ("scalar", "any") or style == "deepObject" or encoding.get("contentType") == JSON
    return "" if is_flat else "a list of lists or objects"
