"""The sections of a docstring, as they read in an editor."""

from __future__ import annotations

from generator import text

ABOUT = """Sections to add:

- `input`: what it was started with, which may well be so much that it goes on in another line of the section.
- `usage`: what it took.

Left out, none of them
is added."""


def test_an_argument_is_one_paragraph() -> None:
    assert text.entry("limit", "How many\nrows.\n\nAt most 100.", 60) == "    limit: How many rows. At most 100."


def test_the_items_of_a_list_stand_on_lines_of_their_own() -> None:
    assert text.entry("expand", ABOUT, 60).splitlines() == [
        "    expand: Sections to add:",
        "        - `input`: what it was started with, which may well",
        "          be so much that it goes on in another line of the",
        "          section.",
        "        - `usage`: what it took.",
        "        Left out, none of them is added.",
    ]


def test_a_list_alone() -> None:
    assert text.entry("mode", "- `a`: one.\n- `b`: two.", 60).splitlines() == [
        "    mode:",
        "        - `a`: one.",
        "        - `b`: two.",
    ]


def test_a_section_without_names() -> None:
    assert text.entry("", "The run.", 60) == "    The run."
