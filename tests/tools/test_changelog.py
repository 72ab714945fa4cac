"""Changes of the API go into the unreleased section of the changelog, once."""

from __future__ import annotations

from tools.regenerate.changelog import add_changes, set_version

UNRELEASED = "# Changelog\n\n## 0.2.0 - unreleased\n\n- One thing.\n\n## 0.1.0 - 2026-11-01\n\nThe first version.\n"
RELEASED = "# Changelog\n\n## 0.1.0 - 2026-11-01\n\nThe first version.\n"
LINES = "- `a` is new."


def add(text: str, version: str, changes: str, *, previous: str = "", released: str | None = "0.1.0") -> str:
    return add_changes(text, version, changes, previous=previous, released=released)


def test_lines_are_added_to_the_unreleased_section_once() -> None:
    added = add(UNRELEASED, "0.2.0", LINES)
    assert added == UNRELEASED.replace("- One thing.\n", "- One thing.\n- `a` is new.\n")
    assert add(added, "0.2.0", LINES) == added
    assert add(added, "0.2.0", "", previous=LINES) == UNRELEASED
    assert add(UNRELEASED, "0.2.0", "") == UNRELEASED
    assert "- One thing.\n- One\n" in add(UNRELEASED, "0.2.0", "- One")


def test_a_paragraph_is_a_paragraph_of_its_own() -> None:
    assert "- One thing.\n\nMuch is new.\n\n## 0.1.0" in add(UNRELEASED, "0.2.0", "Much is new.")


def test_after_a_release_a_section_is_begun() -> None:
    new = "# Changelog\n\n## 0.2.0 - unreleased\n\n- `a` is new.\n\n## 0.1.0 - 2026-11-01\n\nThe first version.\n"
    assert add(RELEASED, "0.2.0", LINES) == new


def test_a_released_section_is_not_changed_even_if_it_has_no_date() -> None:
    undated = RELEASED.replace("2026-11-01", "unreleased")
    assert add(undated, "0.2.0", LINES).endswith("- `a` is new.\n\n## 0.1.0 - unreleased\n\nThe first version.\n")
    assert add(undated, "0.1.0", LINES, released=None).endswith("The first version.\n\n- `a` is new.\n")


def test_what_asks_for_no_version_is_simply_unreleased() -> None:
    texts = add(RELEASED, "0.1.0", "- Texts.")
    assert "## unreleased\n\n- Texts.\n\n## 0.1.0" in texts
    assert "## 0.2.0 - unreleased\n\n- Texts.\n- `a` is new.\n\n## 0.1.0" in add(texts, "0.2.0", LINES)


def test_a_higher_version_renames_the_section() -> None:
    assert set_version(UNRELEASED, "1.0.0", "0.1.0") == UNRELEASED.replace("0.2.0", "1.0.0")


def test_earlier_lines_are_replaced_where_they_stand() -> None:
    earlier = UNRELEASED.replace("- One thing.\n", f"- Zero.\n{LINES}\n- One thing.\n")
    assert add(earlier, "0.2.0", "- `b` is new.", previous=LINES) == earlier.replace(LINES, "- `b` is new.")


def test_rewritten_lines_stay_and_others_are_added() -> None:
    assert add(UNRELEASED, "0.2.0", LINES, previous=LINES) == UNRELEASED
    assert "- One thing.\n- `b` is new.\n" in add(UNRELEASED, "0.2.0", "- `b` is new.", previous=LINES)


def test_the_first_section_of_a_changelog() -> None:
    assert (
        add("# Changelog\n", "0.1.0", LINES, released=None) == "# Changelog\n\n## 0.1.0 - unreleased\n\n- `a` is new.\n"
    )
