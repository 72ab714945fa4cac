"""Request bodies: JSON, multipart, both, and methods with fixed properties."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from tests.generator.small_specs import (
    TEXT,
    AsyncRecorder,
    Node,
    Recorder,
    build,
    make_json_body,
    make_multipart_body,
    make_object,
    make_parameter,
    make_spec,
    nullable,
    ref,
)

FILE: Node = {"type": "string", "format": "binary"}


def with_json(schema: Node, more: Node | None = None, **schemas: Node) -> Node:
    operation: Node = {"requestBody": make_json_body("Body"), **(more or {})}
    return make_spec(operation, {"Body": schema, **schemas}, method="post")


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_properties_are_arguments() -> None:
    schema = make_object("name", name=TEXT, folderId=TEXT, count={"type": "integer"})
    with build(with_json(schema)) as package:
        assert package.request(name="a").json == {"name": "a"}
        assert package.request(name="a", folder_id="f", count=0).json == {"name": "a", "folderId": "f", "count": 0}
        assert package.request(name="a", folder_id=None).json == {"name": "a"}
        assert package.request(name="a").multipart is False


def test_required_properties_must_be_passed() -> None:
    with build(with_json(make_object("name", "x-y", **{"name": TEXT, "x-y": TEXT}))) as package:
        with pytest.raises(
            TypeError, match="missing 'name', 'x_y'; pass each as a keyword argument, or all of them as body="
        ):
            package.request()
        with pytest.raises(TypeError, match="missing 'name'"):
            package.request(x_y="a")


def test_null_is_sent_where_the_spec_allows_it() -> None:
    schema = make_object("must", must={"type": ["string", "null"]}, may=nullable(ref("Inner")), any={}, plain=TEXT)
    with build(with_json(schema, Inner=make_object(a=TEXT))) as package:
        assert package.request(must=None).json == {"must": None}
        assert package.request(must="a", may=None, any=None, plain=None).json == {"must": "a", "may": None, "any": None}
        assert package.request(must="a", may={"a": "b"}, any=[1]).json == {"must": "a", "may": {"a": "b"}, "any": [1]}


def test_a_whole_body_can_replace_its_properties() -> None:
    with build(with_json(make_object("name", name=TEXT, note={"type": ["string", "null"]}))) as package:
        model = package.model("Body")
        assert package.request(body={"name": "a", "unknown": [1]}).json == {"name": "a", "unknown": [1]}
        assert package.request(body=model(name="a")).json == {"name": "a"}
        assert package.request(body=model(name="a", note=None)).json == {"name": "a", "note": None}
        assert package.request(body=model.from_dict({"name": "a", "more": 1})).json == {"name": "a", "more": 1}
        with pytest.raises(TypeError, match="pass either body= or 'name', not both"):
            package.request(body={"name": "a"}, name="b")
        with pytest.raises(TypeError, match="body must be a model or a mapping, not list"):
            package.request(body=["name"])
        with pytest.raises(ValueError, match="body is missing 'name'"):
            package.request(body={})


def test_a_property_called_body() -> None:
    with build(with_json(make_object(body=TEXT, other=TEXT))) as package:
        assert package.request(body="text").json == {"body": "text"}
        assert package.request(request_body={"body": "text"}).json == {"body": "text"}


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"a": {1, 2}}, r"^x\['a'\] is of type set, which cannot be sent as JSON"),
        ({"a": [1, object()]}, r"^x\['a'\]\[1\] is of type object"),
        ({"a": float("nan")}, r"^x\['a'\] is nan, which cannot be sent as JSON"),
        ({1: "a"}, r"^x has the key 1; the keys of a JSON object must be str"),
        ({"a": b"bytes"}, r"^x\['a'\] is of type bytes"),
        ({"a": "\ud800"}, r"^x\['a'\] contains a lone surrogate"),
    ],
)
def test_values_that_json_cannot_hold_are_rejected_with_their_place(value: object, error: str) -> None:
    with build(with_json(make_object(x={}))) as package, pytest.raises((TypeError, ValueError), match=error):
        package.request(x=value)


def test_a_body_that_contains_itself() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = [endless]
    with build(with_json(make_object(x={}))) as package, pytest.raises(ValueError, match="or contains itself"):
        package.request(x=endless)


def test_a_body_without_properties_is_a_mapping() -> None:
    with build(with_json({"type": "object", "additionalProperties": True})) as package:
        assert package.request(body={"a": 1}).json == {"a": 1}
        with pytest.raises(TypeError, match="body"):
            package.request()
        with pytest.raises(TypeError, match="body must be a model or a mapping, not list"):
            package.request(["a"])


def test_the_body_comes_before_optional_parameters() -> None:
    more: Node = {"parameters": [make_parameter("dry"), make_parameter("id", "path")]}
    document = with_json(make_object("b", "a", c=TEXT, b=TEXT, a=TEXT), more)
    document["paths"]["/things/{id}"] = document["paths"].pop("/things")
    with build(document) as package:
        names = list(inspect.signature(package.endpoint("things.get").request).parameters)
        assert names == ["id", "b", "a", "c", "body", "dry"]


# --- multipart --------------------------------------------------------------------------------------------------------


def with_parts(schema: Node, encoding: Node | None = None) -> Node:
    more = {"encoding": encoding} if encoding else {}
    return make_spec({"requestBody": make_multipart_body("Body", **more)}, {"Body": schema}, method="post")


def test_text_json_and_file_parts() -> None:
    schema = make_object(
        "target", "file", target=TEXT, file=FILE, input={"type": "object"}, count={"type": "integer"}, more=FILE
    )
    encoding = {"input": {"contentType": "text/plain"}}
    with build(with_parts(schema, encoding)) as package:
        file, other = object(), object()
        request = package.request(file, target="a", input={"ü": [1]}, count=3, more=other)
        assert request.multipart is True
        assert request.form == (("target", "a"), ("input", '{"ü":[1]}'), ("count", "3"))
        assert request.files == (("file", file), ("more", other))
        assert package.request(file, target="a").form == (("target", "a"),)
        with pytest.raises(TypeError):
            package.request(target="a")
        with pytest.raises(ValueError, match="input is nan"):
            package.request(file, target="a", input=float("nan"))


def test_several_files_in_one_list() -> None:
    several: Node = {"type": "array", "items": FILE}
    with build(with_parts(make_object("pages", pages=several, covers=several))) as package:
        one, two = object(), object()
        request = package.request([one, two], covers=(two,))
        assert request.files == (("pages", one), ("pages", two), ("covers", two))
        assert package.request([]).files == ()
        signature = inspect.signature(package.endpoint("things.get").request)
        assert signature.parameters["pages"].annotation == "Sequence[runtime.FileInput]"
        assert 'get([Path("invoice.pdf")])' in package.tree(Recorder()).things.get.__doc__


def test_methods_with_files_report_their_progress() -> None:
    with build(with_parts(make_object("file", file=FILE))) as package:
        file, recorder = object(), Recorder()
        package.tree(recorder).things.get(file, progress=print)
        assert recorder.requests == [package.request(file)._replace(progress=print)]
        assert "progress: Called while files are uploaded" in package.tree(recorder).things.get.__doc__
    # An argument of the API that is called so comes first.
    with build(with_parts(make_object("file", file=FILE, progress=TEXT))) as package:
        package.tree(recorder).things.get(file, progress="a")
        assert recorder.requests[-1] == package.request(file, progress="a")
    with build(with_parts(make_object("name", name=TEXT))) as package:
        assert "progress" not in inspect.signature(package.tree(recorder).things.get).parameters


def test_files_under_a_prefix() -> None:
    schema = {**make_object(target=TEXT), "additionalProperties": FILE, "x-eigenpal-part-prefix": "files."}
    with build(with_parts(schema)) as package:
        one, two = object(), object()
        request = package.request(target="a", files={"contract": one, "pages": [one, two], "none": []})
        assert request.files == (("files.contract", one), ("files.pages", one), ("files.pages", two))
        assert package.request(target="a").files == ()
        with pytest.raises(TypeError, match="files must be a mapping of names to files, not list"):
            package.request(files=[one])
        with pytest.raises(TypeError, match="a name in files must be a str"):
            package.request(files={1: one})


def test_a_body_that_is_only_sent_has_no_model() -> None:
    with build(with_parts(make_object("file", file=FILE))) as package:
        assert "models/body.py" not in package.files


# --- both -------------------------------------------------------------------------------------------------------------


def make_two_body_spec() -> Node:
    content = make_json_body("Copy")["content"] | make_multipart_body("Upload")["content"]
    also = {"operation": "things.upload", "media": "multipart/form-data", "summary": "Upload", "description": "Sends."}
    return make_spec(
        {"requestBody": {"content": content}, "x-eigenpal-also": [also]},
        {"Copy": make_object("path", path=TEXT), "Upload": make_object("file", file=FILE)},
        method="post",
    )


def test_two_media_types_are_two_functions_and_two_methods() -> None:
    with build(make_two_body_spec()) as package:
        endpoint, file = package.endpoint("things.get"), object()
        assert endpoint.request(path="a").json == {"path": "a"}
        assert endpoint.request_multipart(file).files == (("file", file),)
        recorder = Recorder("one", "two")
        things = package.tree(recorder).things
        assert things.get(path="a") == "one"
        assert things.upload(file) == "two"
        assert recorder.requests == [endpoint.request(path="a"), endpoint.request_multipart(file)]
        assert (inspect.getdoc(things.upload) or "").startswith("Upload.\n\nSends.")
        async_recorder = AsyncRecorder("one")
        assert asyncio.run(package.async_tree(async_recorder).things.upload(file)) == "one"
        assert async_recorder.requests == recorder.requests[1:]


def test_json_is_the_method_and_others_have_methods_of_their_own() -> None:
    document = make_two_body_spec()
    operation = document["paths"]["/things"]["post"]
    operation["requestBody"]["content"] = dict(reversed(operation["requestBody"]["content"].items()))
    del operation["x-eigenpal-also"]
    with build(document) as package:
        file, recorder = object(), Recorder()
        package.tree(recorder).things.get(path="a")
        package.tree(recorder).things.get_multipart(file)
        assert recorder.requests[0].json == {"path": "a"}
        assert recorder.requests[1].files == (("file", file),)


def test_a_method_with_a_fixed_property() -> None:
    also = {"operation": "things.resolve", "fixed": {"state": 're"solved'}, "summary": "Resolve"}
    more: Node = {"x-eigenpal-also": [also], "parameters": [make_parameter("state", **{"x-eigenpal-name": "in_state"})]}
    with build(
        with_json(make_object("must", state={"type": ["string", "null"]}, note=TEXT, must=TEXT), more)
    ) as package:
        recorder = Recorder()
        resolve = package.tree(recorder).things.resolve
        resolve(must="m", note="done", in_state="x")
        assert recorder.requests[0].json == {"must": "m", "state": 're"solved', "note": "done"}
        assert recorder.requests[0].query == (("state", "x"),)
        assert recorder.requests[0].operation == "things.get"
        assert list(inspect.signature(resolve).parameters) == ["must", "note", "in_state"]
        with pytest.raises(TypeError, match="must"):
            resolve()
        with pytest.raises(TypeError, match="state"):
            resolve(must="m", state="open")
        async_recorder = AsyncRecorder()
        asyncio.run(package.async_tree(async_recorder).things.resolve(must="m", note="done", in_state="x"))
        assert async_recorder.requests == recorder.requests
