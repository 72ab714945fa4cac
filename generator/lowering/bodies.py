"""Normalises the media types of request bodies, and the schemas of those that are neither JSON nor forms."""

from __future__ import annotations

from generator.lowering.media import BYTES, FORM, JSON, MULTIPART, is_json, is_wildcard, without_parameters as plain
from generator.lowering.shapes import holds_json, is_binary
from generator.lowering.walk import rewrite_operations
from generator.nodes import Node, mapping
from generator.problems import Report

_REMEDY = "remove this media type, or the whole operation"


def bodies(document: Node, report: Report) -> Node:
    """Normalise every request body."""

    def rewrite(operation: Node, _path: str, method: str) -> Node:
        if "requestBody" not in operation:
            return operation
        body = mapping(operation, "requestBody")
        content = _content(document, mapping(body, "content"), report)
        if not content:
            report.note(body.origin, "a body without a media type is left out", kind="a body without content")
            return operation.without("requestBody")
        if method == "get":
            report.note(body.origin, "a GET with a body: servers and proxies may ignore it", kind="a GET with a body")
        return operation.having(requestBody=body.having(required=body.get("required") is True, content=content))

    return rewrite_operations(document, rewrite)


def _content(document: Node, content: Node, report: Report) -> Node:
    found: dict[str, Node] = {}
    for written, value in content.items():
        place, schema = content.at(written), mapping(value, "schema")
        media = plain(written)
        if is_wildcard(media):
            media = JSON if holds_json(document, schema) else BYTES
        if not media:
            message = f"{written!r} is no media type"
            report.refuse(place, message, kind="an unknown media type", remedy="remove it, or correct it")
        elif media.startswith("multipart/") and media != MULTIPART:
            _pass_over(place, f"a body of type {media} is not supported", len(content) > 1, report)
        elif is_json(media) and is_binary(schema):
            _pass_over(place, "a file as a JSON body is not supported", len(content) > 1, report)
        elif media in found and found[media].get("schema") != value.get("schema"):
            message = f"a second body of type {media}, which differs"
            report.refuse(place, message, kind="two bodies of one media type", remedy=_REMEDY)
        else:
            found.setdefault(media, _with_schema(media, value, schema))
    if JSON in found:  # a flavour of the same JSON says nothing new
        same = [key for key in found if is_json(key) and found[key]["schema"] == found[JSON]["schema"]]
        found = {key: value for key, value in found.items() if key == JSON or key not in same}
    return Node({key: found[key] for key in sorted(found, key=_rank)}, content.origin)


def _rank(media: str) -> int:
    return 0 if media == JSON else 1 if is_json(media) else 2 if media in (MULTIPART, FORM) else 3


def _with_schema(media: str, value: Node, schema: Node) -> Node:
    if media in (MULTIPART, FORM):
        return value
    value = value.without("encoding")
    if is_json(media):
        return value.having(schema=schema)
    kind = {} if media.startswith("text/") else {"format": "binary"}
    return value.having(schema=Node({"type": "string", **kind}, schema.origin))


def _pass_over(place: str, message: str, has_others: bool, report: Report) -> None:
    """Report a media type that is not supported: an error if the body has no other."""
    if has_others:
        report.note(place, f"{message}; it is passed over", kind=message, remedy=_REMEDY)
    else:
        report.refuse(place, message, kind=message, remedy=_REMEDY)
