"""How entries are put together, and how texts of a document are kept from being more than text."""

from __future__ import annotations

import pytest

from generator.changes.entries import Entry, Section, Verdict
from generator.changes.formats import to_changelog, to_markdown
from generator.changes.markdown import code, plain
from generator.changes.report import ChangeReport
from generator.changes.versions import next_version


def make_report(*entries: Entry) -> ChangeReport:
    return ChangeReport(list(entries), "1.4.2", 0)


def test_the_calls_of_a_resource_and_the_same_change_in_several_places_are_one_line() -> None:
    report = make_report(
        Entry(Section.BREAKING, "client.a.get()", "was removed", "GET /a", "", "old #/a", "client.a"),
        Entry(Section.BREAKING, "client.a.list()", "was removed", "GET /b", "", "old #/b", "client.a"),
        Entry(Section.BREAKING, "client.b.get()", "was removed", "GET /c", "", "old #/c"),
        Entry(Section.BREAKING, "types.A", "was removed", "", "", "old #/d"),
        Entry(Section.NEW, "client.c.get()", "Get a c", "", "GET /d", "new #/c"),
        Entry(Section.NEW, "client.c.get(x=)", "is new: `str`", "", "str", "new #/x"),
        Entry(Section.NEW, "client.d.get(x=)", "is new: `str`", "", "str", "new #/x"),
    )
    assert to_markdown(report) == (
        "**Breaking: the next version is 2.0.0** (now 1.4.2)\n\n"
        "## Breaking (4)\n\n"
        "- `client.a` was removed with all its calls: `get()`, `list()`.\n  `old #/a` and 1 more\n"
        "- `client.b.get()`: was removed.\n  `old #/c`\n"
        "- `types.A`: was removed.\n  `old #/d`\n\n"
        "## New (3)\n\n"
        "- `client.c.get()`: Get a c.\n  `new #/c`\n"
        "- `client.c.get(x=)`, `client.d.get(x=)`: are new: `str`.\n  `new #/x`\n\n"
        "## For the changelog\n\n"
        "- Breaking: `client.a` was removed with all its calls: `get()`, `list()`.\n"
        "- Breaking: `client.b.get()`: was removed.\n"
        "- Breaking: `types.A`: was removed.\n"
        "- Added: `client.c.get()`: Get a c.\n"
        "- Added: `client.c.get(x=)`, `client.d.get(x=)`: are new: `str`.\n"
    )


def test_many_texts_are_counted() -> None:
    entries = [Entry(Section.TEXTS, f"types.A{index}", "the description changed", str(index)) for index in range(20)]
    assert " and 8 more: the description changed." in to_markdown(make_report(*entries))
    assert to_changelog(make_report(*entries)) == "- The documentation of the API was revised."
    assert to_changelog(make_report()) == ""


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Count the things of a thing", "Count the things of a thing"),
        ("Ask @all, see #12", "Ask `@all,` see `#12`"),
        ("<b>Bold</b> and [a](https://b.test)", "`<b>Bold</b>` and `[a](https://b.test)`"),
        ("The `name` of *all*\n# Title", "The 'name' of `*all*` `#` Title"),
        ("snake_case stays, _this_ does not", "snake_case stays, `_this_` does not"),
    ],
)
def test_a_text_is_no_markup(text: str, written: str) -> None:
    assert plain(text) == written


@pytest.mark.parametrize(("text", "written"), [("a", "`a`"), ("a`b", "`` a`b ``"), ("```", "```` ``` ````")])
def test_anything_can_be_code(text: str, written: str) -> None:
    assert code(text) == written


@pytest.mark.parametrize(
    ("now", "verdict", "deprecates", "following"),
    [
        ("0.3.1", Verdict.BREAKING, False, "0.4.0"),
        ("1.3.1", Verdict.BREAKING, False, "2.0.0"),
        ("1.3.1", Verdict.BEHAVIOUR, False, "1.4.0"),
        ("0.3.1", Verdict.ADDITIONS, False, "0.4.0"),
        ("1.3.1", Verdict.TEXTS, False, "1.3.2"),
        ("1.3.1", Verdict.TEXTS, True, "1.4.0"),
        ("1.3.1", Verdict.NOTHING, False, "1.3.1"),
    ],
)
def test_the_next_version(now: str, verdict: Verdict, deprecates: bool, following: str) -> None:
    assert next_version(now, verdict, deprecates=deprecates) == following


def test_a_version_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"'1\.0rc1' is not a version of three numbers"):
        next_version("1.0rc1", Verdict.TEXTS)


def test_new_names_are_one_line_and_several_things_are_spoken_of_as_several() -> None:
    report = make_report(
        Entry(Section.BREAKING, "types.A", "is now called `types.B`", "A", "B"),
        Entry(Section.BREAKING, "types.C", "is now called `types.D`", "C", "D"),
        Entry(Section.BREAKING, "client.a.get(id=)", "is now called `key`", "id", "key"),
        Entry(Section.BREAKING, "client.b.get(id=)", "is now called `key`", "id", "key"),
        Entry(Section.NEW, "client.a.count()", "Is it many?"),
        Entry(Section.NEW, "client.b.count()", "Is it many?"),
        Entry(Section.DEPRECATED, "client.a.get()", "is deprecated", "", "One reason."),
        Entry(Section.DEPRECATED, "client.b.get()", "is deprecated", "", "Another reason."),
    )
    assert to_changelog(report).splitlines() == [
        "- Breaking: `types.A` → `types.B`, `types.C` → `types.D`: were renamed.",
        "- Breaking: `client.a.get(id=)`, `client.b.get(id=)`: are now called `key`.",
        "- Added: `client.a.count()`, `client.b.count()`: Is it many?",
        "- Deprecated: `client.a.get()`, `client.b.get()`: are deprecated.",
    ]


def test_the_changelog_leaves_out_what_nobody_writes_down_and_what_goes_without_saying() -> None:
    report = make_report(
        Entry(Section.BREAKING, "client.a.get()", "was removed"),
        Entry(Section.BREAKING, "types.A", "was removed with the calls that use it"),
        Entry(Section.BREAKING, "types.B", "was removed with the calls that use it"),
        Entry(Section.BEHAVIOUR, "legacy.run", "was removed (an operation without a method)"),
    )
    assert to_changelog(report) == "- Breaking: `client.a.get()`: was removed."
    assert "`types.A`, `types.B`: were removed with the calls that use them." in to_markdown(report)
    assert "`legacy.run`" in to_markdown(report)
