"""The generator's one error: a list of problems in the spec, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.text import visible


@dataclass(frozen=True, order=True)
class Problem:
    """Something in the spec that the generator cannot use."""

    place: str
    """JSON pointer into the spec."""
    message: str

    def __str__(self) -> str:
        # Both may quote the spec, which must not be able to send control sequences to the terminal.
        return visible(f"{self.place or '#'}: {self.message}")


class SpecError(Exception):
    """The spec cannot be used; no file was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def pointer(*steps: str | int) -> str:
    """Format a JSON pointer as a URI fragment."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def below(place: str, *steps: str | int) -> str:
    """Return a JSON pointer extended by some steps."""
    return place + pointer(*steps)[1:]
