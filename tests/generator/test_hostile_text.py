"""The text of a spec is untrusted: the generated code holds it in strings and comments, never as code."""

from __future__ import annotations

import ast
import copy
import typing
from typing import Any, cast

import pytest

from generator.formatting import Files
from generator.rendering import draft, render
from tests.generator.full_spec import make_full_spec
from tests.generator.small_specs import Node, Recorder, build

HOSTILE = {
    "quotation mark": '"',
    "quotation marks": '"""',
    "many quotation marks": '""""""""',
    "single quotation marks": "'''",
    "end of a docstring": '"""\nimport os\nos.abort()\n"""',
    "end of a string": '"; import os; os.abort(); "',
    "end of a single string": "' + __import__('os').abort() + '",
    "backslash": "\\",
    "backslash and quotation mark": '\\"',
    "backslashes and quotation marks": '\\\\"""\\"""',
    "escapes": "\\n \\x41 \\u0041 \\N{BULLET} \\777",
    "broken escapes": "\\x \\u12 \\U \\N \\N{",
    "template expression": "{{ 7 * 7 }} {{ self }} {{ cycler.__init__.__globals__ }}",
    "template statement": "{% for x in y %}{% endraw %}{% raw %}",
    "template comment": "{# gone #}",
    "format string": "{0} {x!r} {__import__('os').abort()} {{}} }{ %s %(x)s %",
    "line breaks": "a\nb\r\nc\rd\n\n\ne",
    "other line breaks": "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g",
    "NUL": "a\x00b",
    "control characters": "\x01\x07\x08\x1b[2J\x7f\x9b",
    "direction of text": "\u202e\u202d\u2066 evil \u2069\u200f",
    "invisible characters": "a\u200bb\u200dc\ufeffd\u00ade\u2060f",
    "spaces": "\t a \u00a0 \u3000 b \t",
    "comment": "# noqa # type: ignore # fmt: off # pyright: basic",
    "encoding": "# -*- coding: utf-7 -*- +AAo-import os",
    "markup": "<script>alert(1)</script> & ``code`` `x` **b** [a](javascript:b)",
    "doctest": ">>> import os; os.abort()\n:param x: y\nArgs:\n    z: z\nReturns:",
    "other scripts": "é ß 漢字 عربى हिन्दी 👩‍👩‍👧 𝕏 ℌ",
    "private and unassigned": "\ue000 \U000e0001 \U0010ffff \u0378",
    "long word": "x" * 500,
    "long words": " ".join(["y" * 119] * 5),
    "nothing but space": " \n\t ",
}
AT_THE_EDGES = (
    *("quotation mark", "quotation marks", "end of a docstring", "end of a string", "backslash"),
    *("backslash and quotation mark", "line breaks", "invisible characters", "nothing but space"),
)
CASES = {"all of them": "\n".join(HOSTILE.values()), **{name: HOSTILE[name] for name in AT_THE_EDGES}}
"""All texts, one per line, and separately those that matter at the beginning or end of a literal."""
TEXTS = ("summary", "description", "title", "example", "default", "version", "bearerFormat")


def insert_text(text: str) -> Node:
    """Return a spec with a text in every place that takes text, names excluded."""

    def replaced(value: Any, key: str, *, by_name: bool) -> Any:
        if key in ("enum", "examples") and isinstance(value, list) and not by_name:
            if isinstance(value[0], int):
                return cast("list[Any]", value)
            # The second enum value keeps the two apart.
            return [text, f"{text}2"]
        if key in ("const", "fixed") and not by_name and isinstance(value, (str, dict)):
            return text if isinstance(value, str) else dict.fromkeys(cast("Node", value), text)
        if key == "equals" and not by_name:
            return {name: text if isinstance(item, str) else item for name, item in cast("Node", value).items()}
        if key in TEXTS and not by_name:
            return text if key not in ("example", "default") else {text: [text, {text: text}]}
        if key == "x-eigenpal-part-prefix":
            return text
        if isinstance(value, list):
            return [replaced(item, "", by_name=False) for item in cast("list[Any]", value)]
        if isinstance(value, dict):
            node = cast("Node", value)
            names = key in (
                "properties",
                "schemas",
                "parameters",
                "responses",
                "paths",
                "content",
                "encoding",
                "headers",
            )
            inner = {name: replaced(item, name, by_name=not by_name and names) for name, item in node.items()}
            # Nodes without text get some, $ref nodes included.
            if not (by_name or names or "scheme" in node) and not {"type", "oneOf", "anyOf"}.isdisjoint(node):
                inner.update(description=text, title=text, default=text, example=text)
            return inner
        return value

    return cast("Node", replaced(make_full_spec(), "", by_name=False))


def strip_strings(files: Files) -> dict[str, str]:
    """Return the syntax trees of modules with all strings emptied."""
    found: dict[str, str] = {}
    for name, content in files.items():
        if name.endswith((".py", ".pyi")):
            tree = ast.parse(content)
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    node.value = ""
            found[name] = ast.dump(tree)
    return found


PLAIN = strip_strings(draft(insert_text("plain")))


@pytest.mark.parametrize("text", list(CASES.values()), ids=list(CASES))
def test_text_changes_nothing_but_strings(text: str) -> None:
    files = draft(insert_text(text))
    assert strip_strings(files) == PLAIN
    for content in files.values():
        assert all(character == "\n" or character.isprintable() for character in content)


def test_text_changes_nothing_when_it_is_formatted() -> None:
    hostile = " ".join(HOSTILE.values())
    assert strip_strings(render(insert_text(hostile))) == strip_strings(render(insert_text("plain " * 400)))
    assert strip_strings(render(insert_text('"'))) == strip_strings(render(insert_text("\\")))


@pytest.mark.parametrize("text", list(CASES.values()), ids=list(CASES))
def test_values_are_what_the_spec_says(text: str) -> None:
    with build(insert_text(text)) as package:
        assert typing.get_args(package.model("Colour")) == (text, f"{text}2")
        recorder = Recorder({"kind": "thing"}, {"path": "p"})
        things = package.tree(recorder).things
        file = object()
        finished = things.finish(name="n", anything=1)  # it holds `kind`, and so is a thing
        with pytest.raises(AttributeError, match="id should be a string"):
            finished.id  # noqa: B018
        things.upload(name="n", files={"x": file})
        assert recorder.requests[0].json["state"] == text
        assert recorder.requests[1].files == ((f"{text}x", file),)
        either = package.module("models").decode_either
        with pytest.raises(AttributeError, match="id should be a string"):
            package.module("base_models").read(either, {"name": text}).id  # noqa: B018
        assert either({"name": text + "!", "path": "p"}).path == "p"


def test_documentation_says_what_the_spec_says() -> None:
    with build(insert_text("A — “quoted” \\d+ 'x' {y} {{ z }} ß.\n\nMore.")) as package:
        line = "A — “quoted” \\d+ 'x' {y} {{ z }} ß."
        assert line in package.tree(Recorder()).things.list.__doc__
        assert line in package.model("Thing").__doc__
        assert line in package.module("resources.things").Things.__doc__
        assert line in package.endpoint("things.list").__doc__


# --- names ------------------------------------------------------------------------------------------------------------


def append_to_names(text: str) -> Node:
    """Return a spec with a text appended to the wire names of properties, parts and query parameters."""
    document = make_full_spec()

    def renamed(name: str) -> str:
        return name + text

    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["properties"] = {
                renamed(name): {"x-eigenpal-name": name, **node} for name, node in schema["properties"].items()
            }
            schema["required"] = [renamed(name) for name in schema.get("required", [])]
        for inner in [schema, *schema.get("properties", {}).values()]:
            for variant in inner.get("x-eigenpal-variants", []):
                if "holds" in variant:
                    variant["holds"] = [renamed(name) for name in variant["holds"]]
                if "equals" in variant:
                    variant["equals"] = {renamed(name): value for name, value in variant["equals"].items()}
    for item in document["paths"].values():
        for method in set(item) - {"parameters"}:
            operation: Any = item[method]
            for node in operation.get("parameters", []):
                if node.get("in") == "query" and node["name"] != "offset":
                    node.setdefault("x-eigenpal-name", node["name"])
                    node["name"] = renamed(node["name"])
            pages = operation.get("x-eigenpal-pagination", {})
            for key in set(pages) - {"style", "offset"}:
                pages[key] = renamed(pages[key])
            for also in operation.get("x-eigenpal-also", []):
                if "fixed" in also:
                    also["fixed"] = {renamed(name): value for name, value in also["fixed"].items()}
            for media in operation.get("requestBody", {}).get("content", {}).values():
                if "encoding" in media:
                    media["encoding"] = {renamed(name): value for name, value in media["encoding"].items()}
    return document


NAMED = strip_strings(draft(append_to_names("~")))


@pytest.mark.parametrize("text", list(CASES.values()), ids=list(CASES))
def test_names_change_nothing_but_strings(text: str) -> None:
    assert strip_strings(draft(append_to_names(text))) == NAMED


def test_names_change_nothing_when_it_is_formatted() -> None:
    hostile = " ".join(HOSTILE.values())
    files = render(append_to_names(hostile))
    assert strip_strings(files) == strip_strings(render(append_to_names("x" * len(hostile))))


@pytest.mark.filterwarnings("ignore:search of things.list is deprecated")
@pytest.mark.parametrize("text", list(CASES.values()), ids=list(CASES))
def test_names_are_on_the_wire_as_the_spec_says(text: str) -> None:
    def wire(**values: Any) -> dict[str, Any]:
        return {f"{key}{text}": value for key, value in values.items()}

    thing = wire(
        id="t", name="n", kind="thing", madeAt="2026-01-02T00:00:00Z", children=[wire(id="c", name="d", kind="e")]
    )
    with build(append_to_names(text)) as package:
        file = object()
        recorder = Recorder(copy.deepcopy(thing), copy.deepcopy(thing), wire(data=[thing], total=1), wire(parts=[]))
        things = package.tree(recorder).things
        found = things.create(name="n", anything=1, internal="i")
        assert found.to_dict() == thing
        assert (found.made_at.year, found.children[0].name) == (2026, "d")
        things.upload(name="n", settings={"a": 1}, files={"x": file})
        page = things.list(search="s", from_="f", colours=["red"])
        assert (page.total, page.data[0].id) == (1, "t")
        assert list(things.parts.iter_list_all()) == []
        created, uploaded, listed, _ = recorder.requests
        assert created.json == wire(name="n", anything=1, **{"_internal-name": "i"})
        assert uploaded.form == tuple(wire(name="n", settings='{"a":1}').items())
        assert listed.query == tuple(wire(search="s", colours="red", **{"from": "f"}).items())
        rebuilt = package.model("Part")(path="p", size=None)
        assert rebuilt.to_dict() == wire(path="p")
        with pytest.raises(AttributeError, match="should be an integer") as caught:
            package.model("Page").from_dict(wire(data=[], total="1")).total  # noqa: B018
        assert caught.value.field == f"total{text}"  # type: ignore[attr-defined]
