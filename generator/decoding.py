"""The lines of a model's decoder: straight-line code, because decoding is most of what a client does."""

from __future__ import annotations

from typing import cast

from generator import text
from generator.document import Node
from generator.types import IN_MODELS, Type

# Checks short enough to stand in the decoder itself, where a call would cost more than the check.
_INLINE = {
    "str": ("{0} is not str", "a string"),
    "bool": ("{0} is not bool", "a boolean"),
    "dict[str, Any]": ("{0} is not dict", "an object"),
}


def field_lines(name: str, wire_name: str, found: Type, *, required: bool, unset: bool) -> list[str]:
    """Write the lines that leave the decoded value of a field in the variable ``name``.

    Args:
        name: The variable.
        wire_name: The key in what came over the wire.
        found: The type of the field.
        required: Whether the API promises the field.
        unset: Whether absence and null are told apart.
    """
    wire = text.literal(wire_name)
    get = f"_get({wire}, UNSET)" if unset else f"_get({wire})"
    if found.is_anything:
        return [f"{name} = {get}"]
    guards = ["is not UNSET"] if unset else []
    if found.nullable or not (required or unset):
        guards.append("is not None")
    first = f"({name} := {get})"
    guard = " and ".join(f"{first if index == 0 else name} {test}" for index, test in enumerate(guards))
    seen = name if guards else first[1:-1]
    prefix = f"{guard} and " if guard else ""
    if found.check in _INLINE:
        test, expected = _INLINE[found.check]
        return [f"if {prefix}{test.format(f'type({seen})')}:", f'    _mistyped({wire}, "{expected}", {name})']
    if found.check == "int":
        return [f"if {prefix}type({seen}) is not int:", f"    {name} = _nested({wire}, _integer, {name})"]
    if found.check == "float":
        return [
            f"if {prefix}type({seen}) is not float and type({name}) is not int:",
            f'    _mistyped({wire}, "a number", {name})',
        ]
    lines = _calling(name, wire, found, name if guard else get)
    return [f"if {guard}:", *(f"    {line}" for line in lines)] if guard else lines


def _calling(name: str, wire: str, found: Type, value: str) -> list[str]:
    decoder = found.decoder
    if decoder.named and not decoder.nullable:
        return [f"{name} = {IN_MODELS.write(decoder.call(value, wire))}"]
    if decoder.choices:
        return [f"{name} = _nested({wire}, {IN_MODELS.write(decoder.as_function())}, {value})"]
    return [
        "try:",
        f"    {name} = {IN_MODELS.write(decoder.call(value))}",
        "except _DecodeError as _error:",
        f"    raise _error.inside({wire}) from None",
    ]


def variants_function(function: str, returns: str, variants: list[tuple[Node, Type]]) -> str:
    """Write the function that tells the variants of a union apart by what they hold."""
    lines = [f"def {function}(value: Any) -> {returns}:", "    raw = _plain_object(value)"]
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
    """Put a docstring into a function."""
    head, rest = function.split("\n", 1)
    return f"{head}\n    {text.docstring([summary], 4)}\n{rest}"
