"""The lines of a model's decoder: straight-line code, because decoding is most of the work of a client."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator import text
from generator.types import IN_MODELS, Decoder, Type

# Checks that are inlined, because a function call would cost more than the check.
_INLINE = {
    "string": ("{0}.__class__ is not str", "a string"),
    "boolean": ("{0}.__class__ is not bool", "a boolean"),
    "number": ("{0}.__class__ is not int and {0}.__class__ is not float", "a number"),
    "object": ("{0}.__class__ is not dict", "an object"),
}


@dataclass(frozen=True)
class Source:
    """Where a model's decoder finds the value of a field."""

    name: str
    """The variable that holds it."""
    wire_name: str
    """The key in the JSON object."""
    required: bool
    """Whether the spec requires the field."""
    unset: bool
    """Whether absent and null are distinguished."""


def reading_lines(sources: list[Source]) -> list[str]:
    """Return the lines that read the values of all fields from a JSON object; a missing field reads as null.

    Required fields are read by key, which is faster than ``get``.
    """
    promised = [source for source in sources if source.required]
    lines: list[str] = []
    if promised:
        keys = [text.literal(source.wire_name) for source in promised]
        names = ", ".join(source.name for source in promised) + "," * (len(promised) == 1)
        lines += ["try:", *(f"    {source.name} = raw[{key}]" for source, key in zip(promised, keys, strict=True))]
        lines += ["except KeyError:", f"    {names} = _get_or_none(raw, {', '.join(keys)})"]
    for source in sources:
        if not source.required:
            default = ", UNSET" if source.unset else ""
            lines.append(f"{source.name} = raw.get({text.literal(source.wire_name)}{default})")
    return lines


def decoding_lines(source: Source, found: Type, direct: str = "") -> list[str]:
    """Return the lines that check or replace the value of a field.

    Args:
        source: The field.
        found: Its type.
        direct: The function that decodes it, if the module imports one under its own name.
    """
    if found.is_anything:
        return []
    name, wire = source.name, text.literal(source.wire_name)
    guards = [f"{name} is not UNSET"] if source.unset else []
    if found.nullable or not (source.required or source.unset):
        guards.append(f"{name} is not None")
    if found.shape in _INLINE:
        test, expected = _INLINE[found.shape]
        return [
            f"if {' and '.join([*guards, test.format(name)])}:",
            f'    _raise_type_error({wire}, "{expected}", {name})',
        ]
    if found.shape == "integer":
        test = f"{name}.__class__ is not int"
        return [f"if {' and '.join([*guards, test])}:", f"    {name} = _decode_field({wire}, _decode_int, {name})"]
    lines = _calling(name, wire, replace(found.decoder, function=direct) if direct else found.decoder)
    return [f"if {' and '.join(guards)}:", *(f"    {line}" for line in lines)] if guards else lines


def _calling(name: str, wire: str, decoder: Decoder) -> list[str]:
    if decoder.named and not decoder.nullable:
        return [f"{name} = {IN_MODELS.write(decoder.call(name, wire))}"]
    if decoder.choices:
        return [f"{name} = _decode_field({wire}, {IN_MODELS.write(decoder.as_function())}, {name})"]
    return [
        "try:",
        f"    {name} = {IN_MODELS.write(decoder.call(name))}",
        "except _DecodeError as _error:",
        f"    raise _error.inside({wire}) from None",
    ]


def documented(function: str, summary: str) -> str:
    """Return a function with a docstring added."""
    head, rest = function.split("\n", 1)
    return f"{head}\n    {text.docstring([summary], 4)}\n{rest}"
