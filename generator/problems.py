"""What is wrong with a document, or worth knowing about it: problems and notes, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.text import visible


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a document that the generator cannot use, or passes over."""

    place: str
    """JSON pointer into the document; begins with the name of the overlay's file if it is there."""
    message: str
    kind: str = ""
    """What it has in common with others, such as ``a file in a JSON body``: they are reported together. By default the
    message."""
    remedy: str = ""
    """What the maintainer can do about all of this kind, in the overlay."""
    line: int = field(default=0, compare=False)
    """The line, if the place cannot be looked up because the file could not be loaded."""

    def __str__(self) -> str:
        # Both may quote the document, which must not be able to send control sequences to the terminal.
        where = f" (line {self.line})" if self.line else ""
        return visible(f"{self.place or '#'}: {self.message}{where}")


class SpecError(Exception):
    """The document cannot be used; no file was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda problem: (_by_number(problem.place), problem.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Report:
    """Collects problems and notes, so that one run tells everything."""

    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[Problem] = field(default_factory=list[Problem])

    def refuse(self, place: str, message: str, *, kind: str = "", remedy: str = "") -> None:
        """Add something that the generator cannot use."""
        self.problems.append(Problem(place, message, kind, remedy))

    def note(self, place: str, message: str, *, kind: str = "", remedy: str = "") -> None:
        """Add something that is passed over without harm, or generated less precisely than it could be."""
        self.notes.append(Problem(place, message, kind, remedy))

    def raise_problems(self) -> None:
        """Raise the problems, if there are any.

        Raises:
            SpecError: There are.
        """
        if self.problems:
            raise SpecError(self.problems)


def _by_number(place: str) -> list[str | int]:
    """Return what places are sorted by: the tenth entry of a list comes after the second."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", place)]


def pointer(*steps: str | int) -> str:
    """Format a JSON pointer as a URI fragment."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def below(place: str, *steps: str | int) -> str:
    """Return a JSON pointer extended by some steps."""
    return place + pointer(*steps)[1:]
