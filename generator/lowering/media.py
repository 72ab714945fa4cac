"""Media types, and the shapes of what they hold."""

from __future__ import annotations

import re
from typing import Any, cast

from generator.nodes import Node, mapping, nodes

JSON = "application/json"
MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"
SCHEMAS = "#/components/schemas/"

_MEDIA = re.compile(r"\*/\*|[a-z0-9!#$&^_.+-]+/(\*|[a-z0-9!#$&^_.+-]+)")
_STREAMS = re.compile(r"text/event-stream|application/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)")


def without_parameters(media: str) -> str:
    """Return a media type in lower case and without its parameters; empty if it is none."""
    plain = media.partition(";")[0].strip().lower()
    return JSON if plain in ("text/json", "application/*+json") else plain if _MEDIA.fullmatch(plain) else ""


def is_json(media: str) -> bool:
    """Return whether a media type is JSON or a flavour of it."""
    return media == JSON or media.endswith("+json")


def is_stream(media: str) -> bool:
    """Return whether a media type is a stream of events or of lines of JSON."""
    return _STREAMS.fullmatch(media) is not None


def is_wildcard(media: str) -> bool:
    """Return whether a media type leaves open whether it is JSON."""
    return media in ("*/*", "application/*")


def target_name(document: Node, schema: Node) -> str:
    """Return the name of the schema that a chain of references to named schemas ends at; empty if it is written out."""
    schemas = mapping(mapping(document, "components"), "schemas")
    seen = [""]
    while str(schema.get("$ref", "")) not in seen:
        seen.append(str(schema["$ref"]))
        schema = mapping(schemas, seen[-1].removeprefix(SCHEMAS))
    return seen[-1].removeprefix(SCHEMAS)


def resolved(document: Node, schema: Node) -> Node:
    """Return a schema, or the named one that a chain of references ends at."""
    name = target_name(document, schema)
    return mapping(mapping(mapping(document, "components"), "schemas"), name) if name else schema


def shape_of(document: Node, schema: Node) -> str:
    """Return ``scalar``, ``list``, ``object``, ``union`` (not of scalars alone) or ``any``; null does not count."""
    schema = resolved(document, schema)
    branches = nodes(without_null(schema), "anyOf")
    if branches:
        shapes = {shape_of(document, branch) for branch in branches}
        return "scalar" if shapes == {"scalar"} else "union"
    kind = str(without_null(schema).get("type"))
    return {"array": "list", "object": "object", "None": "any"}.get(kind, "scalar")


def without_null(schema: Node) -> Node:
    """Return a schema without null, which can be sent in JSON only."""
    branches = nodes(schema, "anyOf")
    others = [branch for branch in branches if branch.get("type") != "null"]
    if not others or len(others) == len(branches):
        return schema
    return (
        Node({**others[0], **schema.without("anyOf")}, schema.origin)
        if len(others) == 1
        else schema.having(anyOf=others)
    )


def holds_json(document: Node, schema: Node) -> bool:
    """Return whether a schema describes JSON, rather than a text, bytes or nothing at all."""
    schema = resolved(document, schema)
    kinds: Any = schema.get("type")
    listed = set(cast("list[str]", kinds) if isinstance(kinds, list) else [str(kinds)]) - {"null"}
    return listed != {"string"} and bool({"type", "properties", "items", "anyOf", "oneOf", "allOf"} & set(schema))


def is_binary(schema: Node) -> bool:
    """Return whether a schema is a file."""
    return schema.get("format") == "binary"
