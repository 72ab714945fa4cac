"""The sections of a docstring, as editors show them."""

from __future__ import annotations

from typing import Any

import pytest

from generator import text
from generator.arguments import Argument, as_code, example_call
from generator.spelling import description_of, method_names, spelled

ABOUT = """Sections to add:

- `input`: what it was started with, which may well be so much that it goes on in another line of the section.
- `usage`: what it took.

By default none of them
is added."""


def test_an_argument_is_one_paragraph() -> None:
    assert text.entry("limit", "How many\nrows.\n\nAt most 100.", 60) == "    limit: How many rows. At most 100."


def test_list_items_have_their_own_lines() -> None:
    assert text.entry("expand", ABOUT, 60).splitlines() == [
        "    expand: Sections to add:",
        "        - `input`: what it was started with, which may well",
        "          be so much that it goes on in another line of the",
        "          section.",
        "        - `usage`: what it took.",
        "        By default none of them is added.",
    ]


LAID_OUT = """A table:

| a | b |
|---|---|
| 1 | 2 |

and code

```python
if x:
    print(x)

print(y)
```

1. one
   goes on
2. two"""


def test_code_and_tables_keep_their_lines() -> None:
    whole, entry = text.prose(LAID_OUT, 60), text.entry("x", LAID_OUT, 60)
    assert whole == LAID_OUT.replace("one\n   goes", "one goes")
    assert entry.splitlines()[:6] == [
        "    x: A table:",
        "        | a | b |",
        "        |---|---|",
        "        | 1 | 2 |",
        "        and code",
        "        ```python",
    ]
    assert "        if x:\n            print(x)\n" in entry
    assert "\n        1. one goes on\n        2. two" in entry


def test_the_lines_of_an_item_have_a_hanging_indent() -> None:
    assert text.prose("10. " + "word " * 12, 40).splitlines()[1] == "    word word word word word"


def test_a_list_alone() -> None:
    assert text.entry("mode", "- `a`: one.\n- `b`: two.", 60).splitlines() == [
        "    mode:",
        "        - `a`: one.",
        "        - `b`: two.",
    ]


def test_a_section_without_names() -> None:
    assert text.entry("", "The run.", 60) == "    The run."
    assert text.entry("", "The run, as far as it is known.\n\n- a\n- b", 40).splitlines() == [
        "    The run, as far as it is known.",
        "    - a",
        "    - b",
    ]
    assert text.entry("", "word " * 9, 40).splitlines() == ["    word word word word word word word", "    word word"]


# --- Python names and values ------------------------------------------------------------------------------------------

COLOURS = {"type": "string", "enum": ["red", "green"]}
DOCUMENT: dict[str, Any] = {
    "components": {"schemas": {"Colour": {**COLOURS, "description": "A colour."}}},
    "paths": {
        "/a": {"get": {"operationId": "things.innerThings.getOne", "x-eigenpal-also": [{"operation": "things.other"}]}},
        "/b": {"get": {"operationId": "things.hidden", "x-eigenpal-method": False}, "post": {"operationId": "run"}},
    },
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send `nextCursor` back.", "Send `next_cursor` back."),
        ("It is nextCursor, or `nextCursors`.", "It is nextCursor, or `nextCursors`."),
        ("Null until then, else null.", "None until then, else None."),
        ("Null or absent if unknown.", "None if unknown."),
        ("Absent or null until then.", "None until then."),
        ("Absent for others.", "None for others."),
        ("The four letters `null`, which nullify it.", "The four letters `null`, which nullify it."),
        ("An odd ` stays, and null does not.", "An odd ` stays, and None does not."),
    ],
)
def test_text_uses_python_names_and_values(text: str, expected: str) -> None:
    assert spelled(text, {"nextCursor": "next_cursor"}) == expected


def test_the_methods_that_text_can_refer_to() -> None:
    assert method_names(DOCUMENT) == {
        "things.innerThings.getOne": "client.things.inner_things.get_one",
        "things.other": "client.things.other",
    }


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"description": "Its colour.", "schema": COLOURS}, "Its colour. One of `red`, `green`."),
        ({"$ref": "#/components/schemas/Colour"}, "A colour. One of `red`, `green`."),
        ({"$ref": "#/components/schemas/Colour", "description": "Its own."}, "Its own. One of `red`, `green`."),
        ({"description": "First. Then.", **COLOURS}, "First. One of `red`, `green`. Then."),
        ({"description": "`red` or `green`.", **COLOURS}, "`red` or `green`."),
        ({"description": "All.", "type": "array", "items": COLOURS}, "All. Any of `red`, `green`."),
        ({"anyOf": [COLOURS, {"type": "null"}]}, "One of `red`, `green`."),
        ({"description": "Old.", "deprecated": True, **COLOURS}, "Deprecated. Old. One of `red`, `green`."),
        ({"description": "A text.", "type": "string"}, "A text."),
    ],
)
def test_the_values_of_an_enum_are_listed(node: dict[str, Any], expected: str) -> None:
    assert description_of(DOCUMENT, node) == expected


# --- examples ---------------------------------------------------------------------------------------------------------


def test_an_example_is_code() -> None:
    value: dict[str, Any] = {"text": 'a "b"\n', "none": None, "list": [True, 1.5], "empty": {}}
    assert as_code(value) == '{"text": "a \\"b\\"\\n", "none": None, "list": [True, 1.5], "empty": {}}'


def test_a_long_example_is_written_over_several_lines() -> None:
    value = {"first": "a" * 50, "second": ["b" * 50, "c" * 50]}
    code = as_code(value)
    assert code.splitlines() == [
        "{",
        f'    "first": "{"a" * 50}",',
        '    "second": [',
        f'        "{"b" * 50}",',
        f'        "{"c" * 50}",',
        "    ],",
        "}",
    ]
    argument = Argument("value", "Any", "UNSET", "", code, shown=True)
    call = example_call("client.things.set", [argument, Argument("other", "str", "None", "", '"x"')])
    assert call.splitlines()[:3] == ["client.things.set(", "    value={", f'        "first": "{"a" * 50}",']
    assert eval(call, {"client": _Client()}) == value


class _Client:
    class things:
        @staticmethod
        def set(*, value: Any) -> Any:
            return value
