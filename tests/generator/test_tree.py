"""The client tree: its methods, their docstrings, and lazy loading."""

from __future__ import annotations

import asyncio
import inspect
import re
import sys
from typing import Any

import pytest

from tests.generator.full_spec import make_full_spec
from tests.generator.small_specs import (
    OK,
    TEXT,
    AsyncRecorder,
    Node,
    Recorder,
    build,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    ref,
)


def get_doc(found: Any) -> str:
    return inspect.getdoc(found) or ""


def make_operations(*identifiers: str, **more: Any) -> Node:
    document = make_spec()
    document["paths"] = {
        f"/p{index}": {"get": {"operationId": name, "responses": OK, **more}} for index, name in enumerate(identifiers)
    }
    return document


def get_attribute(root: Any, path: str) -> Any:
    for step in path.split("."):
        root = getattr(root, step)
    return root


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("ping", "ping"),
        ("things.get", "things.get"),
        ("things.list", "things.list"),
        ("things.type", "things.type"),
        ("a.b.c.d.e", "a.b.c.d.e"),
        ("emailTriggers.updateAlias", "email_triggers.update_alias"),
        ("things.import", "things.import_"),
        ("class.for", "class_.for_"),
        ("things.importModule", "things.import_module"),
        ("runtime2.getX509", "runtime2.get_x509"),
        ("api.request", "api.request"),
        ("things.self", "things.self"),
        ("tests.dir", "tests.dir"),
    ],
)
def test_a_method_is_at_its_place(identifier: str, path: str) -> None:
    with build(make_operations(identifier, "other.one")) as package:
        recorder, async_recorder = Recorder("a"), AsyncRecorder("a")
        assert get_attribute(package.tree(recorder), path)() == "a"
        assert asyncio.run(get_attribute(package.async_tree(async_recorder), path)()) == "a"
        assert [request.operation for request in recorder.requests] == [identifier]
        assert async_recorder.requests == recorder.requests


def test_no_class_is_called_like_the_asynchronous_one_of_another_resource() -> None:
    with build(make_operations("tree.get", "asyncTree.get", "jobs.get", "asyncJobs.get")) as package:
        code = "".join(code for path, code in package.files.items() if path.startswith("resources/"))
        names = re.findall(r"^class (\w+)\(Resource\)", code, re.MULTILINE)
        assert len(set(names)) == len(names) >= 10


def test_a_method_called_list_next_to_responses_that_are_lists() -> None:
    document = make_operations("things.list", "things.after", responses=make_response({"type": "array", "items": TEXT}))
    with build(document) as package:
        assert package.tree(Recorder(["a"])).things.after() == ["a"]
        assert "builtins.list[str]" in package.files["resources/things.py"]


def test_resources_are_created_once() -> None:
    with build(make_full_spec()) as package:
        tree = package.tree(Recorder())
        assert tree.things is tree.things
        assert tree.things.parts is tree.things.parts


def test_an_operation_without_a_method_has_an_endpoint() -> None:
    with build(make_full_spec()) as package:
        assert not hasattr(package.tree(Recorder()), "hidden")
        assert package.endpoint("hidden").request().path == "/ping"


def test_the_docstring_of_a_method() -> None:
    with build(make_full_spec()) as package:
        assert (
            get_doc(package.tree(Recorder()).things.list)
            == """List things.

Page by page.

- one
- two

Iterating over the result yields the items of this page; `client.things.iter` goes over all pages.

Args:
    search: Deprecated. The search.
    colour: The colour. One of `red`, `green`.
    colours: The colours. Any of `red`, `green`.
    words: The words.
    limit: The limit.
    offset: The offset.
    archived: The archived.
    share: The share.
    level: The level. One of `1`, `2`, `-3`.
    day: The day.
    x_attempt: The X-Attempt.
    created_after: The createdAfter. An ISO 8601 string, an aware datetime, or a date, which means its start in
        UTC.
    wait: The wait.
    origin: The X-Origin. One of `red`, `green`.
    from_: The from.

Returns:
    What was asked for.

Raises:
    EigenpalError: The API returned an error (400), or the request failed or timed out. Most causes have a
        subclass, such as `EigenpalNotFoundError` for 404.
    TypeError: An argument is missing or has the wrong type; no request was sent.
    ValueError: An argument is invalid; no request was sent.

Examples:
    ```python
    client.things.list(search="blue", colours=["red"])
    ```"""
        )


def test_docstrings_of_other_methods() -> None:
    with build(make_full_spec()) as package:
        things, async_things = package.tree(Recorder()).things, package.async_tree(AsyncRecorder()).things
        assert '    ```python\n    await client.things.list(search="blue", colours=["red"])' in get_doc(
            async_things.list
        )
        assert "with automatic pagination" in get_doc(things.iter)
        call = 'client.things.iter(search="blue", colours=["red"])'
        assert f"    ```python\n    for item in {call}:\n        print(item)\n    ```" in get_doc(things.iter)
        assert f"async for item in {call}:" in get_doc(async_things.iter)
        assert get_doc(things.upload).startswith("Upload one.\n\nMore.\n")
        assert get_doc(things.finish).startswith("Finish one.\n\nThen it is done.\n")
        assert 'client.things.create(name="One", anything={"a": 1})' in get_doc(things.create)
        download = get_doc(things.parts.download)
        assert download.startswith("Download a part.\n\nDeprecated.\n")
        assert "\n    to: Path or binary file handle to write to." in download
        assert 'client.things.parts.download("t1", "path")' in download
        assert "Returns:\n    The decoded JSON response." in get_doc(things.parts.put)
        assert "OSError: `to` cannot be written." in download
        assert "OSError: A file does not exist" in get_doc(things.upload)
        assert "    name: Required unless you pass `body`." in get_doc(things.create)
        assert "Pass a path, a binary file handle, an upload" in get_doc(things.parts.put)
        # Only requests that are not retried can have an unknown outcome.
        assert "`outcome_unknown`" in get_doc(things.create)
        assert "`outcome_unknown`" not in get_doc(things.list)
        assert get_doc(things.__class__) == "`client.things`: Things."
        assert get_doc(async_things.__class__) == "`client.things` of the asynchronous client: Things."
        assert get_doc(inspect.getattr_static(things, "parts")) == "Their parts."


def test_modules_are_loaded_on_first_use() -> None:
    document = make_operations("a.one", "a.two", "b.one", responses=make_response(ref("Thing")))
    document["components"]["schemas"] = {"Thing": make_object(other=ref("Other")), "Other": make_object(x=TEXT)}
    with build(document) as package:

        def loaded() -> set[str]:
            names = (name.removeprefix("eigenpal_generated.") for name in sys.modules if "eigenpal_generated" in name)
            return {name for name in names if name.partition(".")[0] in ("api", "resources", "models")}

        tree = package.tree(Recorder({}, {"other": {"x": "y"}}))
        start = loaded()
        assert not any(name.startswith(("resources.a", "resources.b", "api.a", "models.")) for name in start)
        assert "attrs" not in vars(package.module("base_models"))
        first = tree.a
        assert "resources.a" in loaded() - start
        assert not any(name.startswith("models.") for name in loaded())
        first.one()
        assert {"api.a.one", "models.thing"} <= loaded()
        assert not {"api.a.two", "resources.b", "models.other"} & loaded()
        assert first.two().other.x == "y"
        assert "models.other" in loaded()


@pytest.mark.parametrize("method", ["list", "search"])
def test_the_iterator_is_named_after_the_method(method: str) -> None:
    page = make_object("rows", rows={"type": "array", "items": TEXT}, next=TEXT)
    pages = {"style": "cursor", "items": "rows", "next": "next", "cursor": "cursor"}
    operation: Node = {
        "operationId": f"things.{method}",
        "x-eigenpal-pagination": pages,
        "parameters": [make_parameter("cursor")],
        "responses": make_response(ref("Page")),
    }
    with build(make_spec(operation, {"Page": page})) as package:
        things = package.tree(Recorder({"rows": ["a"], "next": "n"}, {"rows": ["b"]})).things
        iterate = things.iter if method == "list" else things.iter_search
        assert list(iterate()) == ["a", "b"]
        assert str(inspect.signature(iterate)) == "() -> 'Iterator[str]'"
