"""Formats problems and notes for the maintainer, who reads them in a terminal or in the log of a CI job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.problems import Problem
from generator.text import visible

PLACES = 3
"""How many places of a kind are shown at least."""
SCREEN = 30
"""How many places fit on a screen; they are shared among the kinds."""
KINDS_OF_NOTES = 20
"""How many kinds of notes are shown."""

Locate = Callable[[Problem], str]
"""Returns the place of a problem as file, line and JSON pointer."""


def format_problems(problems: Iterable[Problem], locate: Locate, overlay: str) -> str:
    """Format problems in groups: a line for each kind, its first places, and what to do about it in the overlay."""
    groups = _groups(problems)
    shown = _share_screen(list(map(len, groups)))
    return "\n".join(line for group in groups for line in _problem_lines(group, shown, locate, overlay))


def format_notes(notes: Iterable[Problem], locate: Locate) -> str:
    """Format notes, a line for each kind, at most a screen in all."""
    groups = _groups(notes)
    lines = [_note_line(group, locate) for group in groups[:KINDS_OF_NOTES]]
    if len(groups) > KINDS_OF_NOTES:
        lines.append(f"note: {len(groups) - KINDS_OF_NOTES} more kinds of notes are not shown")
    return "\n".join(lines)


def _share_screen(sizes: list[int]) -> int:
    """Return how many places of a kind are shown, so that all together fit on a screen."""
    return next(
        (most for most in range(SCREEN, PLACES, -1) if sum(min(size, most) for size in sizes) <= SCREEN), PLACES
    )


def count_kinds(problems: Iterable[Problem]) -> str:
    """Say how many problems there are, and of how many kinds."""
    groups = _groups(problems)
    count = sum(map(len, groups))
    kinds = f" of {len(groups)} kinds" if 1 < len(groups) < count else ""
    return f"{count} problem{'s' if count > 1 else ''}{kinds}"


def _groups(problems: Iterable[Problem]) -> list[list[Problem]]:
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.kind or problem.message, []).append(problem)
    return list(groups.values())


def _problem_lines(group: list[Problem], shown: int, locate: Locate, overlay: str) -> Iterator[str]:
    kind = group[0].kind
    if kind:
        yield ""
        yield visible(f"{kind[0].upper()}{kind[1:]}{_times(group)}:")
    # Where the overlay adds the same in several places, a mistake in it is told once.
    lines = dict.fromkeys(
        locate(problem) + ("" if problem.message == kind else f": {problem.message}") for problem in group
    )
    yield from (f"  {visible(line)}" for line in list(lines)[:shown])
    if len(lines) > shown:
        yield f"  and {len(lines) - shown} more"
    for remedy in dict.fromkeys(problem.remedy for problem in group if problem.remedy):
        yield f"  In {overlay}: {visible(remedy)}"


def _note_line(group: list[Problem], locate: Locate) -> str:
    first = group[0]
    where = f"{'first at' if len(group) > 1 else 'at'} {locate(first)}"
    message = "" if first.kind in ("", first.message) else f": {first.message}"
    remedy = first.remedy and f"; in the overlay, {first.remedy}"
    return visible(f"note: {first.kind or first.message}{_times(group)}, {where}{message}{remedy}")


def _times(group: list[Problem]) -> str:
    return f" ({len(group)} times)" if len(group) > 1 else ""
