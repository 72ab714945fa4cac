"""The responses of an operation: the return type, the code that decodes it, and the pagination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from generator import text
from generator.document import Node
from generator.naming import RESERVED_IN_MODELS
from generator.problems import Problem, SpecError, below
from generator.schemas import Schemas
from generator.spec import (
    JSON_MEDIA,
    Placed,
    component_of,
    is_file,
    mapping,
    parameters_of,
    property_name,
    resolve,
    successes,
)
from generator.types import IN_PAGES

_SAME = (
    "all success responses must have the same content; where they differ, give each the same union, "
    "with x-eigenpal-variants to tell its variants apart"
)


@dataclass(frozen=True)
class Answer:
    """A success response."""

    kind: str
    """``json``, ``file``, ``empty``, or ``any`` if the spec documents no success."""
    returns: str
    """The return type, as written in an endpoint module."""
    parse: str
    """The expression that decodes it; empty if there is no content."""


@dataclass(frozen=True)
class Pages:
    """The pagination of an operation."""

    code: str
    """The expression for the endpoint's ``PAGINATION``."""
    row: str
    """The type of a row, as written in an endpoint module."""
    cursor: str
    """The wire name of the cursor parameter; empty for pagination by offset."""


class Answers:
    """Computes the responses of a spec's operations."""

    def __init__(self, document: Node, schemas: Schemas) -> None:
        self.document = document
        self.schemas = schemas

    def answer(self, found: Placed) -> Answer:
        """Compute the success response of an operation."""
        answers = [self._one(*success) for success in successes(self.document, found.node, found.place)]
        if len(set(answers)) > 1:
            raise SpecError([Problem(below(found.place, "responses"), _SAME)])
        return answers[0] if answers else Answer("any", "Any", "response.data")

    def _one(self, answer: Node, place: str) -> Answer:
        content = mapping(answer, "content")
        if not content:
            return Answer("empty", "None", "")
        media, value = next(iter(content.items()))
        if is_file(media):
            return Answer("file", "bytes", "runtime.decode_bytes(response.data)")
        schema = mapping(cast("Node", value), "schema")
        decoded = self.schemas.type_of(schema, below(place, "content", media, "schema"))
        parse = "response.data" if decoded.is_anything else decoded.decoding(IN_PAGES, "response.data")
        return Answer("json", decoded.annotation(IN_PAGES), parse)

    def about(self, found: Placed, answer: Answer) -> str:
        """Describe what a method returns."""
        if answer.kind == "empty":
            return ""
        if answer.kind == "file":
            return "The bytes of the file, or the number of bytes written if `to` is given."
        if answer.kind == "any":
            return "The decoded JSON response."
        answers = successes(self.document, found.node, found.place)
        first = answers[0][0]
        schema = mapping(mapping(mapping(first, "content"), JSON_MEDIA), "schema")
        said = str(first.get("description", ""))
        # If several responses share a schema, their descriptions are about when each occurs, and that of the schema is
        # about its content. A schema without a model is not described anywhere else.
        if len(answers) > 1 or "$ref" not in schema:
            resolved, _ = resolve(self.document, schema, "")
            said = str(resolved.get("description") or said).split("\n\n")[0]
        return text.sentence(said)

    def attribute_names(self, found: Placed) -> dict[str, str]:
        """Return the attribute names of the model that a method returns, by wire name."""
        for success, _ in successes(self.document, found.node, found.place):
            schema = mapping(mapping(mapping(success, "content"), JSON_MEDIA), "schema")
            if "$ref" in schema:
                return self.schemas.attribute_names(component_of(schema["$ref"]))
        return {}

    def pages(self, found: Placed) -> Pages | None:
        """Compute the pagination of an operation, if it has any."""
        pages = mapping(found.node, "x-eigenpal-pagination")
        if not pages:
            return None
        content = mapping(successes(self.document, found.node, found.place)[0][0], "content")
        schema, place = resolve(self.document, mapping(mapping(content, JSON_MEDIA), "schema"), found.place)
        properties = mapping(schema, "properties")
        attribute = {
            key: text.literal(property_name(pages[key], properties[pages[key]], RESERVED_IN_MODELS))
            for key in ("items", "next", "total")
            if key in pages
        }
        rows, rows_place = resolve(self.document, properties[pages["items"]], place)
        row = self.schemas.type_of(mapping(rows, "items"), below(rows_place, "items")).annotation(IN_PAGES)
        if pages["style"] == "offset":
            code = (
                f"runtime.OffsetPagination(items={attribute['items']}, total={attribute['total']}, "
                f"offset_parameter={text.literal(pages['offset'])})"
            )
            return Pages(code, row, "")
        parameters = parameters_of(self.document, found.path, found.node, found.place)
        has_offset = any(node["name"] == "offset" for node, _ in parameters)
        code = (
            f"runtime.CursorPagination(items={attribute['items']}, next_cursor={attribute['next']}, "
            f"wire_name={text.literal(pages['next'])}, cursor_parameter={text.literal(pages['cursor'])}"
            + (', offset_parameter="offset")' if has_offset else ")")
        )
        return Pages(code, row, pages["cursor"])
