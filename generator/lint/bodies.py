"""Checks request bodies: JSON and multipart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from generator.document import Node
from generator.lint.keywords import BODY, DESCRIBED_REFERENCE, MEDIA, MULTIPART, keyword_problems
from generator.lint.schemas import has_files
from generator.problems import Problem, below
from generator.spec import (
    JSON_MEDIA,
    MULTIPART_MEDIA,
    SCHEMAS,
    component_kind,
    component_of,
    mapping,
    resolve,
)


def check_body(document: Node, node: Node, place: str) -> Iterator[Problem]:
    """Check a body by itself."""
    yield from keyword_problems(node, BODY, place)
    content = mapping(node, "content")
    if not content:
        yield Problem(below(place, "content"), "must list at least one media type")
    for media, value in content.items():
        at = below(place, "content", media)
        if media not in (JSON_MEDIA, MULTIPART_MEDIA):
            yield Problem(at, f"a body of type {media} is not supported; use {JSON_MEDIA} or {MULTIPART_MEDIA}")
        elif not isinstance(value, dict) or "schema" not in value:
            yield Problem(at, "needs a schema")
        else:
            understood = MULTIPART if media == MULTIPART_MEDIA else MEDIA
            yield from keyword_problems(cast("Node", value), understood, at)
            yield from _body_schema(document, cast("Node", value), media, at)


def _body_schema(document: Node, content: Node, media: str, place: str) -> Iterator[Problem]:
    schema = mapping(content, "schema")
    at = below(place, "schema")
    if not str(schema.get("$ref")).startswith(SCHEMAS):
        yield Problem(at, "the schema of a body needs a name: move it to #/components/schemas and refer to it")
        return
    yield from keyword_problems(schema, DESCRIBED_REFERENCE, at, beside="$ref")
    resolved, resolved_at = resolve(document, schema, at)
    if resolved.get("type") != "object":
        yield Problem(at, "a body must be an object")
    name = component_of(schema["$ref"])
    if component_kind(document, name) == "alias":
        yield Problem(at, f"{name} is an alias; refer to the schema itself")
    if media == JSON_MEDIA:
        if has_files(document, name):
            yield Problem(at, "a file can only be part of a multipart/form-data body")
        return
    for wire_name, encoding in mapping(content, "encoding").items():
        if wire_name not in mapping(resolved, "properties"):
            yield Problem(below(place, "encoding", wire_name), "is not a property of the body")
        if encoding != {"contentType": "text/plain"}:
            yield Problem(below(place, "encoding", wire_name), "only contentType: text/plain is supported")
    if not isinstance(resolved.get("additionalProperties", False), bool) and ("x-eigenpal-part-prefix" not in resolved):
        at = below(resolved_at, "additionalProperties")
        yield Problem(at, "needs x-eigenpal-part-prefix, the prefix of the names of additional parts")
