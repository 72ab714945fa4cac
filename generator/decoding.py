"""The lines of a model's decoder: straight-line code, because decoding is most of the work of a client."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator import text
from generator.types import IN_MODELS, Type

# Checks that are inlined, because a function call would cost more than the check.
_INLINE = {
    "string": "{0}.__class__ is not str",
    "boolean": "{0}.__class__ is not bool",
    "number": "{0}.__class__ is not int and {0}.__class__ is not float",
    "object": "{0}.__class__ is not dict",
    "moment": "{0}.tzinfo is None",
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

    def guards(self, found: Type) -> list[str]:
        """Return the conditions under which there is a value to decode."""
        guards = [f"{self.name} is not UNSET"] if self.unset else []
        return [*guards, f"{self.name} is not None"] if self.is_nullable(found) else guards

    def is_nullable(self, found: Type) -> bool:
        """Return whether the value may be null."""
        return found.nullable or not (self.required or self.unset)


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
    """Return the lines that replace the value of a field by what it is decoded into.

    Args:
        source: The field.
        found: Its type.
        direct: The function that decodes it, if the module imports one under its own name.
    """
    name = source.name
    if found.is_anything or (found.shape in _INLINE and found.shape != "moment"):
        return []
    guards = source.guards(found)
    if found.shape == "moment":
        line = f"{name} = _parse_datetime({name})"
    elif found.shape == "integer":
        guards, line = [*guards, f"{name}.__class__ is not int"], f"{name} = _decode_int({name})"
    else:
        decoder = replace(found.decoder, function=direct) if direct else found.decoder
        line = f"{name} = {IN_MODELS.write(decoder.call(name))}"
    return [f"if {' and '.join(guards)}:", f"    {line}"] if guards else [line]


def check(source: Source, found: Type) -> str:
    """Return the condition under which the value of a field is not as documented; empty if its decoder checks it."""
    if found.is_anything or found.shape not in _INLINE:
        return ""
    conditions = [*source.guards(found), _INLINE[found.shape].format(source.name)]
    return f"({' and '.join(conditions)})" if " and " in " and ".join(conditions) else conditions[0]


def function(source: Source, found: Type) -> str:
    """Return the function that decodes the value of a field."""
    nullable = source.is_nullable(found) and not found.is_anything
    return IN_MODELS.write(replace(found.decoder, nullable=nullable).as_function())
