"""Checks multipart bodies and forms, whose properties become parts and fields."""

from __future__ import annotations

from generator.lowering.media import FORM, JSON, MULTIPART, is_json
from generator.lowering.shapes import SCHEMAS, resolved, shape_of, target_name, without_null
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
        for media in [key for key in content if key in (MULTIPART, FORM)]:
            schema = without_null(mapping(content[media], "schema"))
            name, model = target_name(document, schema), resolved(document, schema)
            if "properties" in model:
                value = content[media].having(schema=Node({"$ref": SCHEMAS + name}, schema.origin))
                content = content.having(**{media: _with_encoding(document, media, value, model, report)})
                if _takes_files(media, model, report):
                    taking_files.add(name)
            elif model.get("type") == "object" and not body.get("required"):
                message = "the fields of this form are not described, so none is sent"
                remedy = "update its schema with `properties`"
                report.note(schema.origin, message, kind="a form without properties", remedy=remedy)
                content = content.without(media)
            else:
                message = f"the schema of a {media} body must be an object with properties"
                remedy = "remove the media type, or update its schema with `properties`"
                report.refuse(schema.origin, message, kind="a form without properties", remedy=remedy)
        if content:
            return operation.having(requestBody=body.having(content=content))
        return operation.without("requestBody")

    document = rewrite_operations(document, rewrite)
    if not taking_files:
        return document
    components = mapping(document, "components")
    schemas = mapping(components, "schemas")
    marked = {name: schemas[name].having(**{_PREFIX: ""}) for name in sorted(taking_files)}
    return document.having(components=components.having(schemas=schemas.having(**marked)))


def _takes_files(media: str, model: Node, report: Report) -> bool:
    """Return whether a body has further parts that can be files: those that are not said to be something else."""
    further = model.get("additionalProperties", False)
    if further is False or _PREFIX in model:
        return False
    kind = without_null(further) if isinstance(further, Node) else Node()
    can_be_files = media == MULTIPART and ("type" not in kind or kind.get("format") == "binary")
    can_be_files = can_be_files and not any(python_name(name) == "files" for name in model["properties"])
    report.note(
        model.at("additionalProperties"),
        f"further parts are {'files, by part name in the argument `files`' if can_be_files else 'not sent'}",
        kind="a form with parts that are not described",
        remedy="update its schema with all `properties`, or with `x-eigenpal-part-prefix`, for files with that prefix",
    )
    return can_be_files


def _with_encoding(document: Node, media: str, value: Node, model: Node, report: Report) -> Node:
    """Return a media type with those encodings that have an effect, which must be possible."""
    encodings = mapping(value, "encoding")
    kept: dict[str, Node] = {}
    for name, encoding in encodings.items():
        if name not in model["properties"]:
            report.note(encoding.origin, f"{name} is not a property of the body", kind="the encoding of nothing")
        elif media == MULTIPART and "contentType" not in encoding:
            report.note(encoding.origin, "the style of a part is not used", kind="the style of a part of a body")
        else:
            kept[name] = encoding if media == FORM else encoding.without("style", "explode")
    for name, schema in mapping(model, "properties").items():
        if reason := _unfit(document, media, schema, kept.get(name, Node())):
            place = encodings.at(name) if name in kept else schema.origin
            report.refuse(place, f"{name} is {reason}", kind=f"{reason}, in a form", remedy=_ENCODING)
    value = value.without("encoding")
    return value.having(encoding=Node(kept, encodings.origin)) if kept else value


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
