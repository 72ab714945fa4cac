"""Checks responses and pagination."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from generator.document import Node
from generator.lint.keywords import ANSWER, MEDIA, keyword_problems
from generator.lint.schemas import check_schema
from generator.problems import Problem, below
from generator.spec import (
    JSON_MEDIA,
    Placed,
    is_file,
    kinds_of,
    mapping,
    parameters_of,
    resolve,
    successes,
)


def check_answer(document: Node, node: Node, place: str) -> Iterator[Problem]:
    """Check a response by itself."""
    yield from keyword_problems(node, ANSWER, place)
    content = mapping(node, "content")
    if len(content) > 1:
        yield Problem(below(place, "content"), "a response with several media types is not supported")
    for media, value in content.items():
        at = below(place, "content", media)
        if media != JSON_MEDIA and not is_file(media):
            yield Problem(at, f"a response of type {media} is not supported; use {JSON_MEDIA} or the type of a file")
        elif not isinstance(value, dict):
            yield Problem(at, "must be an object")
        else:
            yield from keyword_problems(cast("Node", value), MEDIA, at)
            if media == JSON_MEDIA and "schema" not in value:
                yield Problem(at, "needs a schema; {} allows anything")
            elif media == JSON_MEDIA:
                yield from check_schema(document, cast("Node", value)["schema"], below(at, "schema"))


_PAGES = {
    "offset": {"items": "array", "total": "integer", "limit": "", "offset": ""},
    "cursor": {"items": "array", "next": "string", "cursor": ""},
}


def check_pages(document: Node, found: Placed, place: str) -> Iterator[Problem]:
    """Check the pagination, with the response and the parameters it refers to."""
    pages = mapping(found.node, "x-eigenpal-pagination")
    style = pages.get("style")
    if style not in ("offset", "cursor"):
        yield Problem(place, "needs style: offset or cursor")
        return
    keys = _PAGES[str(style)]
    for key in sorted({"style", *keys} ^ set(pages)):
        yield Problem(below(place, key), "is missing" if key in keys else f"{key} is not supported")
    answers = successes(document, found.node, found.place)
    schema = mapping(mapping(mapping(answers[0][0], "content"), JSON_MEDIA), "schema") if answers else {}
    page, _ = resolve(document, schema, place)
    properties = mapping(page, "properties")
    parameters = {
        str(node.get("name"))
        for node, _ in parameters_of(document, found.path, found.node, found.place)
        if node.get("in") == "query"
    }
    for key, kind in keys.items():
        if key in pages and kind:
            described, _ = resolve(document, mapping(properties, str(pages[key])), place)
            if kinds_of(described) != [kind]:
                yield Problem(below(place, key), f"{pages[key]!r} is not a property of the response with type: {kind}")
        elif key in pages and str(pages[key]) not in parameters:
            yield Problem(below(place, key), f"{pages[key]!r} is not a query parameter")
