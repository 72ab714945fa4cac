"""Leaves at most one media type in a success, and reads `default` as one if there is no other."""

from __future__ import annotations

import re

from generator.lowering.media import BYTES, JSON, is_json, is_stream, is_wildcard, without_parameters as plain
from generator.lowering.shapes import holds_json, is_binary
from generator.lowering.walk import rewrite_operations
from generator.nodes import Node, mapping
from generator.problems import Report

_STATUS = re.compile(r"[1-5]([0-9]{2}|XX)|DEFAULT")
_EMPTY = ("204", "205")


def responses(document: Node, report: Report) -> Node:
    """Reduce the responses of every operation."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        listed = mapping(operation, "responses")
        found: dict[str, Node] = {}
        for status, response in listed.items():
            if not _STATUS.fullmatch(status.upper()):
                message = f"{status!r} is no status: a code such as 404, a range such as 4XX, or default"
                report.refuse(response.origin, message, kind="an unknown status", remedy="remove it, or correct it")
            elif status == "206":
                message = "a client does not ask for a part of a response, so that 206 is an error"
                report.note(response.origin, message, kind="a response with a part of the content")
            else:
                found["default" if status.lower() == "default" else status.upper()] = response
        if not listed:
            report.note(operation.at("responses"), "no response is described", remedy="update `responses`")
        if "default" in found and not any(status[0] == "2" for status in found):
            found = {"2XX": found.pop("default"), **found}
        reduced = {
            status: _success(document, status, response, report) if status[0] == "2" else response
            for status, response in found.items()
        }
        _note_files(reduced, report)
        return operation.having(responses=Node(reduced, listed.origin))

    return rewrite_operations(document, rewrite)


def _note_files(found: dict[str, Node], report: Report) -> None:
    """Say aloud that a method returns either JSON or files."""
    media = {status: next(iter(mapping(node, "content")), "") for status, node in found.items() if status[0] == "2"}
    files = [status for status, name in media.items() if name and not is_json(name)]
    if files and any(map(is_json, media.values())):
        message = f"other successes are JSON, so that {media[files[0]]} is an error"
        kind = "a file beside responses that are JSON"
        remedy = "remove the responses that do not occur"
        report.note(found[files[0]].origin, message, kind=kind, remedy=remedy)


def _success(document: Node, status: str, response: Node, report: Report) -> Node:
    content = mapping(response, "content")
    response = response.without("content")
    if status in _EMPTY:
        if content:
            report.note(content.origin, f"a {status} has no content", kind="content of an empty response")
        return response
    written = _chosen(document, content, report)
    if written is None:
        return response
    value = mapping(content, written)
    schema, media = mapping(value, "schema"), _media(document, content, written)
    if is_json(media):
        value = value.having(schema=schema)
    elif "schema" in value and schema.get("type") != "string":
        value = value.having(schema=Node({"type": "string", "format": "binary"}, schema.origin))
    return response.having(content=Node({media: value}, content.origin))


def _chosen(document: Node, content: Node, report: Report) -> str | None:
    """Return the media type to generate, as it is written: JSON if there is any, or else the first file."""
    media = {written: _media(document, content, written) for written in content}
    for written in content:
        if not media[written]:
            message = f"{written!r} is no media type"
            report.refuse(content.at(written), message, kind="an unknown media type", remedy="remove it, or correct it")
    usable = [written for written in content if media[written] and not is_stream(media[written])]
    usable.sort(key=lambda written: (not is_json(media[written]), plain(written) != JSON))
    streams = [written for written in content if is_stream(media[written])]
    if streams and not usable:
        report.refuse(
            content.at(streams[0]),
            f"a response that is a stream ({streams[0]}) is not supported",
            kind="a response that is nothing but a stream",
            remedy=f"remove the operation, or remove this media type and update `content` with `{BYTES}: {{}}`",
        )
    others = [other for other in (*usable[1:], *streams) if content[other] != content[usable[0]]] if usable else []
    if others:
        report.note(
            content.origin,
            f"{usable[0]} is generated, not {', '.join(others)}",
            kind="a response with several media types",
            remedy="remove this media type to generate another one instead",
        )
    return usable[0] if usable else None


def _media(document: Node, content: Node, written: str) -> str:
    """Return how a media type is generated: as JSON, or as the type of a file."""
    media, schema = plain(written), mapping(mapping(content, written), "schema")
    if is_wildcard(media) and holds_json(document, schema):
        return JSON
    return BYTES if is_json(media) and is_binary(schema) else media
