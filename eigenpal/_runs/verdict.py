"""The verdict of a comparison in progress."""

from __future__ import annotations

from collections.abc import Iterable

# The most names or paths that one warning lists.
_MAX_LISTED = 20


class Verdict:
    """Whether a comparison passes, and its warnings."""

    def __init__(self) -> None:
        self.passed = True
        self.warnings: list[str] = []

    def fail(self, warning: str) -> None:
        """Make the comparison fail, and add a warning."""
        self.passed = False
        self.warn(warning)

    def warn(self, warning: str) -> None:
        """Add a warning, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)


def join_names(names: Iterable[str]) -> str:
    """Format names for a warning, at most twenty of them."""
    shown = list(names)
    more = len(shown) - _MAX_LISTED
    return ", ".join(shown[:_MAX_LISTED]) + (f" and {more} more" if more > 0 else "")
