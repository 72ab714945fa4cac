"""Checks multipart bodies and forms, whose properties become parts and fields, and where files can be."""

from __future__ import annotations

from itertools import count

from generator.lowering.media import FORM, JSON, MULTIPART, SCHEMAS, is_json, shape_of, target_name, without_null
from generator.lowering.walk import Spot, rewrite_operations, rewrite_schemas
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

    return _with_files(rewrite_operations(document, rewrite), report)


def _form(document: Node, media: str, value: Node, report: Report) -> Node:
    name = target_name(document, without_null(mapping(value, "schema")))
    properties = mapping(mapping(mapping(mapping(document, "components"), "schemas"), name), "properties")
    if not properties:
        report.refuse(
            mapping(value, "schema").origin,
            f"the schema of a {media} body must be an object with properties",
            kind="a form without properties",
            remedy="remove the media type, or update its schema with `properties`",
        )
        return value
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
    items = shape_of(document, mapping(schema, "items")) if shape == "list" else "any"
    is_flat = items in ("scalar", "any") or style == "deepObject" or encoding.get("contentType") == JSON
    return "" if is_flat else "a list of lists or objects"


# --- files ------------------------------------------------------------------------------------------------------------


def _with_files(document: Node, report: Report) -> Node:
    """Leave files where they can be sent: as parts of a multipart body. Everywhere else they are text."""
    multipart: set[str] = set()
    elsewhere: set[str] = set()

    def collect(schema: Node, spot: Spot) -> Node:
        if "$ref" in schema:
            is_form = spot.role == "body" and spot.media == MULTIPART
            (multipart if is_form else elsewhere).add(str(schema["$ref"]).removeprefix(SCHEMAS))
        return schema

    rewrite_schemas(document, collect)
    components = mapping(document, "components")
    schemas = mapping(components, "schemas")
    copies: dict[str, str] = {}
    for name in sorted(multipart & elsewhere):
        if any(_is_file(schema) for schema in mapping(mapping(schemas, name), "properties").values()):
            names = (f"{name}Form{number or ''}" for number in count())
            copies[name] = next(new for new in names if new not in schemas)
    schemas = schemas.having(**{new: schemas[name] for name, new in copies.items()})
    parts = (multipart - elsewhere) | set(copies.values())

    def rewrite(schema: Node, spot: Spot) -> Node:
        if spot.role == "body" and spot.media == MULTIPART:
            name = target_name(document, schema)
            return schema.having(**{"$ref": SCHEMAS + copies.get(name, name)}) if name else schema
        if spot.role == "property" and spot.words[0] in parts and len(spot.words) == 2:
            return without_null(schema)
        if spot.role == "component" and spot.words[0] in parts and _is_file(mapping(schema, "additionalProperties")):
            return Node({_PREFIX: "", **schema}, schema.origin)
        if schema.get("format") != "binary" or _is_part(spot, parts) or (spot.media and not is_json(spot.media)):
            return schema
        message = "a file can only be a part of a multipart body; here it is text"
        report.note(schema.origin, message, kind="a file where none can be")
        return schema.without("format")

    if schemas:
        document = document.having(components=components.having(schemas=schemas))
    return rewrite_schemas(document, rewrite)


def _is_file(schema: Node) -> bool:
    schema = without_null(schema)
    return "binary" in (schema.get("format"), mapping(schema, "items").get("format"))


def _is_part(spot: Spot, parts: set[str]) -> bool:
    """Return whether a schema in a named one is a part of a multipart body, or a row of one, or any further part."""
    roles = {2: ("property", "values"), 3: ("items", "branch"), 4: ("items",)}
    is_part = spot.words[0] in parts and spot.role in roles.get(len(spot.words), ())
    return is_part and spot.words[2:4] != ("item", "item")
