"""The sections of a docstring, as editors show them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from generator import nodes, text, types
from generator.arguments import Argument, as_code, example_call, example_of
from generator.facts import Facts, Schema
from generator.nodes import with_origins
from generator.spelling import described, spelled
from tests.generator.small_specs import TEXT, Node, Recorder, build, make_object, make_spec, ref

ABOUT = """Sections to add:

- `input`: what it was started with, which may well be so much that it goes on in another line of the section.
- `usage`: what it took.

By default none of them
is added."""


def test_an_argument_is_one_paragraph() -> None:
    assert text.entry("limit", "How many\nrows.\n\nAt most 100.", 60) == "    limit: How many rows. At most 100."


def test_list_items_have_their_own_lines() -> None:
    assert text.entry("expand", ABOUT, 60).splitlines() == [
        "    expand: Sections to add.",
        "",
        "        + `input`: what it was started with, which may well",
        "          be so much that it goes on in another line of the",
        "          section.",
        "",
        "        + `usage`: what it took.",
        "",
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
    assert entry.splitlines()[:8] == [
        "    x: A table.",
        "",
        "        | a | b |",
        "        |---|---|",
        "        | 1 | 2 |",
        "",
        "        and code",
        "",
    ]
    assert "        if x:\n            print(x)\n\n        print(y)\n        ```\n" in entry
    assert "\n\n        1. one goes on\n\n        2. two" in entry


def test_the_lines_of_an_item_have_a_hanging_indent() -> None:
    assert text.prose("10. " + "word " * 12, 40).splitlines()[1] == "    word word word word word"


def test_paragraphs_after_a_list_are_one() -> None:
    assert text.entry("x", "One.\n\n- a\n\nTwo.\n\nThree.", 60) == "    x: One.\n\n        + a\n\n        Two. Three."


def test_a_list_alone() -> None:
    assert text.entry("mode", "- `a`: one.\n- `b`: two.", 60).splitlines() == [
        "    mode:",
        "        + `a`: one.",
        "",
        "        + `b`: two.",
    ]


def test_a_section_without_names() -> None:
    assert text.entry("", "The run.", 60) == "    The run."
    assert text.entry("", "The run, as far as it is known.\n\n- a\n- b", 40).splitlines() == [
        "    The run, as far as it is known.",
        "",
        "    - a",
        "    - b",
    ]
    assert text.entry("", "word " * 9, 40).splitlines() == ["    word word word word word word word", "    word word"]


# --- Python names and values ------------------------------------------------------------------------------------------


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
    document = with_origins(
        {
            "paths": {
                "/a": {"get": {"operationId": "things.innerThings.getOne", "x-eigenpal-also": [{"operation": "a.b"}]}},
                "/b": {"get": {"operationId": "a.hidden", "x-eigenpal-method": False}, "post": {"operationId": "run"}},
            }
        }
    )
    assert Facts(document).methods == {
        "things.innerThings.getOne": "client.things.inner_things.get_one",
        "a.b": "client.a.b",
    }


COLOUR = types.enum("Colour", types.TEXT, ("red", "green"))


@pytest.mark.parametrize(
    ("about", "found", "expected"),
    [
        ("Its colour.", COLOUR, "Its colour. One of `red`, `green`."),
        ("", COLOUR, "One of `red`, `green`."),
        ("Its colour", COLOUR, "Its colour. One of `red`, `green`."),
        ("First. Then.", COLOUR, "First. One of `red`, `green`. Then."),
        ("One, e.g. red. Then.", COLOUR, "One, e.g. red. One of `red`, `green`. Then."),
        ("`red` or `green`.", COLOUR, "`red` or `green`."),
        ("All.", types.list_of(COLOUR), "All. Any of `red`, `green`."),
        ("A text.", types.TEXT, "A text."),
    ],
)
def test_the_values_of_an_enum_are_listed(about: str, found: types.Type, expected: str) -> None:
    assert described(about, found) == expected
    assert described(about, found, deprecated=True) == f"Deprecated. {expected}"


# --- examples ---------------------------------------------------------------------------------------------------------


def test_an_example_is_code() -> None:
    value: dict[str, Any] = {"text": 'a "b"\n', "none": None, "list": [True, 1.5], "empty": {}}
    assert as_code(value) == '{"text": "a \\"b\\"\\n", "none": None, "list": [True, 1.5], "empty": {}}'


def test_an_example_is_made_up_where_there_is_none() -> None:
    schema = Schema(with_origins({"type": "string", "enum": ["red", "green"]}), nodes.Node())
    assert example_of([], "colour", schema) == '"red"'
    assert example_of([None], "colour", schema) == "None"


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


# --- methods ----------------------------------------------------------------------------------------------------------

FILE: Node = {"type": "string", "format": "binary"}
BOTH: Node = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ref("Json")}, "multipart/form-data": {"schema": ref("Parts")}},
    }
}
SCHEMAS: Node = {
    "Json": make_object("size", size={"type": "integer", "description": "How large"}),
    "Parts": {
        **make_object("scans", scans={"type": "array", "items": FILE, "description": "The scans"}),
        "additionalProperties": {"description": "Files, as `files.NAME`"},
    },
}


def of_status(**statuses: str) -> Node:
    content = {"application/json": {"schema": {"type": "string"}}}
    return {"responses": {status[1:]: {"description": about, "content": content} for status, about in statuses.items()}}


UNDESCRIBED: Node = {"parameters": [{"name": "pageSize", "in": "query", "schema": TEXT}]}
CASES: list[tuple[Node, str, list[str]]] = [
    (UNDESCRIBED, "get", ["page_size: The query parameter `pageSize`."]),
    (
        BOTH,
        "get",
        [
            "The body is sent as `application/json`. To send `multipart/form-data`, use `client.things.get_multipart`.",
            "size: How large. Required unless you pass `body`.",
            "client.things.get(size=1)",
        ],
    ),
    (
        BOTH,
        "get_multipart",
        [
            "The body is sent as `multipart/form-data`. To send `application/json`, use `client.things.get`.",
            "scans: The scans. Pass a list of files, each a path, a binary file handle, an upload of a web",
            "files: Files, as `files.NAME`. Files to upload, by part name: one, or a list of them.",
            'client.things.get_multipart([Path("invoice.pdf")])',
        ],
    ),
    (of_status(_200="Done", _201="Done"), "get", ["Returns: Done. Raises:"]),
    (of_status(_200="Done", _202="Not yet"), "get", ["Returns: 200: Done. 202: Not yet. Raises:"]),
    (
        {"responses": {"200": {"description": "Deleted"}}},
        "get",
        ["Returns: Deleted. The bytes of the response, or None if it is empty."],
    ),
]


@pytest.mark.parametrize(("operation", "method", "texts"), CASES)
def test_what_a_method_says(operation: Node, method: str, texts: list[str]) -> None:
    with build(make_spec(operation, SCHEMAS, method="post")) as package:
        for tree in (package.tree(Recorder()), package.async_tree(Recorder())):
            documentation = " ".join((inspect.getdoc(getattr(tree.things, method)) or "").split())
            assert [text for text in texts if text not in documentation.replace("await ", "")] == []
