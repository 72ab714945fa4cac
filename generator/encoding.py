"""How the value of a parameter is written: the type of its argument, and the call of the runtime that encodes it."""

from __future__ import annotations

from dataclasses import dataclass

from generator import text
from generator.facts import Parameter
from generator.types import IN_PAGES, Type

# Encoders that serve the path, the query and headers alike.
_ENCODERS = {"integer": "encode_query_int", "number": "encode_query_float", "boolean": "encode_query_bool"}
_TARGETS = {"query": "query", "header": "headers"}


@dataclass(frozen=True)
class Encoding:
    """How the value of a parameter is written."""

    annotation: str
    """The type of the argument, without None."""
    code: str
    """The expression for the encoded value."""
    adding: str
    """The statement that adds it to the query or the headers."""
    is_moment: bool
    """Whether the argument can be a datetime or a string."""


def encoding_of(parameter: Parameter, found: Type) -> Encoding:
    """Return how the value of a parameter is written."""
    annotation, encoder = _encoder(parameter, found)
    given = "".join(
        f", {bound}={value!r}"
        for bound, value in parameter.schema.bounds.items()
        if found.shape in ("integer", "number")
    )
    code = f"runtime.{encoder}({text.literal(parameter.name)}, {parameter.name}{given})"
    target = _TARGETS.get(parameter.location, "")
    adding = f"{target}.append(({text.literal(parameter.wire_name)}, {code}))"
    return Encoding(annotation, code, adding, encoder == "encode_query_datetime")


def _encoder(parameter: Parameter, found: Type) -> tuple[str, str]:
    annotation = found.argument_annotation(IN_PAGES)
    if found.shape in _ENCODERS:
        return annotation, _ENCODERS[found.shape]
    if parameter.location == "path":
        return annotation, "encode_path" if parameter.mark("slashes") == "kept" else "encode_path_segment"
    if parameter.marked("timestamp") or found.shape == "moment":
        return "str | datetime", "encode_query_datetime"
    if found.shape == "string":
        return annotation, "encode_query_str" if parameter.location == "query" else "encode_header"
    # Known values also come first and by themselves, so that editors complete them although any str is accepted.
    row = annotation.removeprefix("Sequence[").removesuffix("]")
    return f"str | {annotation}" if row == "str" else f"{row} | str | {annotation}", "encode_query_list"
