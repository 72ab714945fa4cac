"""The arguments of a method and of the function that builds its request."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from generator import text
from generator.facts import Schema
from generator.samples import make_sample

WHOLE_BODY = "whole"
REQUIRED = "required"
OPTIONAL = "optional"
NULLABLE = "nullable"
_EXAMPLE_WIDTH = 88


@dataclass(frozen=True)
class Argument:
    """An argument of a method and of the function that builds its request."""

    name: str
    annotation: str
    default: str
    """Empty if the argument is required."""
    documentation: str
    example: str
    """An example value, as code."""
    positional: bool = False
    body_group: str = ""
    """For a JSON body: whether it is a required, optional or nullable property, or the whole body."""
    wire_name: str = ""
    location: str = ""
    """For a parameter: path, query, header or cookie."""
    shown: bool = False
    """Whether the example of the method passes it although it is optional."""

    @property
    def declaration(self) -> str:
        """The argument in a signature."""
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")

    @property
    def required(self) -> bool:
        """Whether a call must pass it."""
        return not self.default or self.body_group == REQUIRED

    @property
    def wire_place(self) -> str:
        """What it is for the API, in a sentence."""
        kind = f"{self.location} parameter" if self.location in ("path", "query") else self.location or "property"
        return f"The {kind} `{self.wire_name}`." if self.wire_name else self.name

    @property
    def of_method(self) -> Argument:
        """The argument as methods show it: with the types that callers pass, and without that of `UNSET`."""
        return replace(self, annotation=self.annotation.replace(" | Unset", ""))

    def without_default(self) -> Argument:
        """Return the argument as one that a call must pass."""
        annotation = self.annotation
        if self.body_group == WHOLE_BODY:
            annotation = annotation.removesuffix(" | None")
        return replace(self, annotation=annotation, default="")


@dataclass(frozen=True)
class Part:
    """What the parameters or the body add to a function that builds a request."""

    arguments: list[Argument]
    statements: list[str]
    fields: list[str]


UPLOAD_PROGRESS = Argument(
    name="progress",
    annotation="Progress | None",
    default="None",
    documentation="Called while files are uploaded, with the number of bytes sent so far and the total, or None if the "
    "total is unknown. Starts again from the beginning if the upload is retried.",
    example="",
)


def takes_files(arguments: list[Argument]) -> bool:
    """Return whether one of the arguments is a file to upload."""
    return any("FileInput" in argument.annotation for argument in arguments)


def signature(arguments: list[Argument]) -> list[str]:
    """Format the parameters of a function, with a star before the keyword-only ones."""
    positional = [argument.declaration for argument in arguments if argument.positional]
    keywords = [argument.declaration for argument in arguments if not argument.positional]
    return [*positional, *(["*"] if keywords else []), *keywords]


def passed(arguments: list[Argument]) -> list[str]:
    """Format the arguments of a call that passes on parameters of the same names."""
    return [found.name if found.positional else f"{found.name}={found.name}" for found in arguments]


def overloads(arguments: list[Argument]) -> list[list[str]]:
    """Format the overloads of a method that takes the required properties of a body as arguments or as one body."""
    whole = next((argument for argument in arguments if argument.body_group == WHOLE_BODY), None)
    if whole is None or not any(argument.body_group == REQUIRED for argument in arguments):
        return []
    each = [
        argument.without_default() if argument.body_group == REQUIRED else argument
        for argument in arguments
        if argument is not whole
    ]
    outside = [argument for argument in arguments if not argument.body_group]
    return [signature(each), signature([*outside, whole.without_default()])]


# --- examples ---------------------------------------------------------------------------------------------------------


def example_call(call: str, arguments: list[Argument]) -> str:
    """Format the example call of a method, on several lines if one is too long."""
    given = [
        argument.example if argument.positional else f"{argument.name}={argument.example}"
        for argument in arguments
        if argument.required or argument.shown
    ]
    return _bracketed(f"{call}(", given, ")")


def example_of(examples: Sequence[Any], name: str, schema: Schema) -> str:
    """Format the first example as code, or without one a value that the schema allows."""
    return as_code(examples[0] if examples else make_sample(schema, name))


def as_code(value: Any) -> str:
    """Format a JSON value as code, on several lines if it is long."""
    if isinstance(value, str):
        return text.literal(value)
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return _bracketed("{", [f"{text.literal(str(key))}: {as_code(inner)}" for key, inner in entries.items()], "}")
    if isinstance(value, list):
        return _bracketed("[", [as_code(inner) for inner in cast("list[Any]", value)], "]")
    return repr(value)


def _bracketed(opening: str, entries: list[str], closing: str) -> str:
    line = f"{opening}{', '.join(entries)}{closing}"
    if not entries or (len(line) <= _EXAMPLE_WIDTH and "\n" not in line):
        return line
    return f"{opening}\n" + textwrap.indent(",\n".join(entries), "    ") + f",\n{closing}"
