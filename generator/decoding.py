"""The lines of a model's decoder: straight-line code, because decoding is most of the work of a client."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from generator import text
from generator.document import Node
from generator.types import IN_MODELS, Decoder, Type

# Checks that are inlined, because a function call would cost more than the check.
_INLINE = {
    "str": ("{0}.__class__ is not str", "a string"),
    "bool": ("{0}.__class__ is not bool", "a boolean"),
    "float": ("{0}.__class__ is not int and {0}.__class__ is not float", "a number"),
    "dict[str, Any]": ("{0}.__class__ is not dict", "an object"),
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
    if found.check in _INLINE:
        test, expected = _INLINE[found.check]
        return [
            f"if {' and '.join([*guards, test.format(name)])}:",
            f'    _raise_type_error({wire}, "{expected}", {name})',
        ]
    if found.check == "int":
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


def variants_function(function: str, returns: str, variants: list[tuple[Node, Type]]) -> str:
    """Return the function that selects the variant of a union by its properties."""
    lines = [f"def {function}(value: Any) -> {returns}:", "    raw = _decode_object(value)"]
    for entry, found in variants:
        conditions = [f"{text.literal(key)} in raw" for key in entry.get("holds", [])]
        for key, expected in cast("Node", entry.get("equals", {})).items():
            test = f"== {text.literal(expected)}" if isinstance(expected, str) else f"is {expected!r}"
            conditions.append(f"raw.get({text.literal(key)}) {test}")
        decode = IN_MODELS.write(found.decoder.call("raw"))
        if conditions:
            lines += [f"    if {' or '.join(conditions)}:", f"        return {decode}"]
        else:
            lines.append(f"    return {decode}")
    return "\n".join(lines)


def documented(function: str, summary: str) -> str:
    """Return a function with a docstring added."""
    head, rest = function.split("\n", 1)
    return f"{head}\n    {text.docstring([summary], 4)}\n{rest}"
