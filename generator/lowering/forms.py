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
from generator.naming import python_name
from generator.nodes import Node, mapping
from generator.problems import Report

_PREFIX = "x-eigenpal-part-prefix"
_ENCODING = (
    "remove the property from `encoding` of the media type; if it is JSON, then update `encoding` with "
    "`the_property: {contentType: application/json}`"
)


def forms(document: Node, report: Report) -> Node:
    """Check the properties of multipart bodies and forms, and let further parts of a multipart body be files."""
    taking_files: set[str] = set()

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        body = mapping(operation, "requestBody")
        content = mapping(body, "content")
        if not content:
            return operation
        changes: dict[str, Node] = {}
        for media in (key for key in content if key in (MULTIPART, FORM)):
            is_free = shape_of(document, mapping(content[media], "schema")) == "object"
            if is_free and not body.get("required") and not _properties(document, content[media]):
                _pass_over(content[media], report)
                content = content.without(media)
                continue
            changes[media] = _form(document, media, content[media], report)
            if _takes_files(document, media, changes[media], report):
                taking_files.add(target_name(document, changes[media]["schema"]))
        if not content:
            return operation.without("requestBody")
        return operation.having(requestBody=body.having(content=content.having(**changes)))

    document = rewrite_operations(document, rewrite)
    if not taking_files:
        return document
    components = mapping(document, "components")
    schemas = mapping(components, "schemas")
    marked = {name: schemas[name].having(**{_PREFIX: ""}) for name in sorted(taking_files)}
    return document.having(components=components.having(schemas=schemas.having(**marked)))


def _takes_files(document: Node, media: str, value: Node, report: Report) -> bool:
    """Return whether a body has further parts that can be files: those that are not said to be something else."""
    model = resolved(document, mapping(value, "schema"))
    further = model.get("additionalProperties", False)
    if further is False or _PREFIX in model or "properties" not in model:
        return False
    kind = without_null(further) if isinstance(further, Node) else Node()
    can_be_files = media == MULTIPART and ("type" not in kind or kind.get("format") == "binary")
    can_be_files = can_be_files and not any(python_name(name) == "files" for name in mapping(model, "properties"))
    report.note(
        model.at("additionalProperties"),
        f"further parts are {'files, by name in the argument `files`' if can_be_files else 'not sent'}",
        kind=f"a form that can have further parts, which are {'files' if can_be_files else 'not sent'}",
        remedy="update its schema with all `properties`, or with `x-eigenpal-part-prefix`, for files with that prefix",
    )
    return can_be_files


def _properties(document: Node, value: Node) -> Node:
    name = target_name(document, without_null(mapping(value, "schema")))
    return mapping(resolved(document, Node({"$ref": SCHEMAS + name})), "properties")


def _pass_over(value: Node, report: Report) -> None:
    report.note(
        mapping(value, "schema").origin,
        "the fields of this form are not described, so none is sent",
        kind="a form without properties",
        remedy="update its schema with `properties`",
    )


def _form(document: Node, media: str, value: Node, report: Report) -> Node:
    name = target_name(document, without_null(mapping(value, "schema")))
    properties = _properties(document, value)
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
    items = shape_of(document, mapping(without_null(resolved(document, schema)), "items")) if shape == "list" else "any"
    # A row that is no scalar is JSON: a field for each, unless they are to be joined.
    is_joined = not encoding.get("explode", style in ("form", "deepObject")) and encoding.get("contentType") != JSON
    return "a list of lists or objects, joined" if is_joined and items not in ("scalar", "any") else ""
