"""The one error of the generator: a list of what is wrong with the spec, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.text import visible


@dataclass(frozen=True, order=True)
class Problem:
    """Something in the spec that cannot be used."""

    place: str
    """JSON pointer into the spec."""
    message: str

    def __str__(self) -> str:
        # Both may quote the spec, and whatever stands there must not steer the terminal.
        return visible(f"{self.place or '#'}: {self.message}")


class SpecError(Exception):
    """The spec cannot be used; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def pointer(*steps: str | int) -> str:
    """Format a JSON pointer as a URI fragment."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def below(place: str, *steps: str | int) -> str:
    """Extend a JSON pointer."""
    return place + pointer(*steps)[1:]
