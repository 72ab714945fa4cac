"""Parameters: where each is sent, and which values it accepts."""

from __future__ import annotations

import asyncio
import inspect
import warnings
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any

import pytest

from tests.generator.small_specs import TEXT, AsyncRecorder, Node, Recorder, build, make_parameter, make_spec, ref

COLOUR: Node = {"type": "string", "enum": ["red", "green"]}
LEVEL: Node = {"type": "integer", "enum": [1, 2]}


def encode_query(schema: Node, value: Any, **more: Any) -> Any:
    """Encode a value as the query parameter ``x``."""
    schemas: Node = {"Colour": COLOUR, "Level": LEVEL}
    with build(make_spec({"parameters": [make_parameter("x", schema=schema, **more)]}, schemas)) as package:
        return dict(package.request(x=value).query)["x"]


@pytest.mark.parametrize(
    ("schema", "value", "sent"),
    [
        (TEXT, "a b&c=d", "a b&c=d"),
        (TEXT, "", ""),
        ({"type": ["string", "null"]}, "a", "a"),
        ({"type": "string", "format": "uri"}, "https://a.test/?b", "https://a.test/?b"),
        ({"type": "string", "const": "only"}, "only", "only"),
        ({"type": "integer"}, -3, "-3"),
        ({"type": "integer", "minimum": 0, "maximum": 10}, 0, "0"),
        ({"type": "integer", "minimum": 0, "maximum": 10}, 10, "10"),
        ({"type": "integer", "format": "int64"}, 10, "10"),
        ({"type": "number"}, 0.5, "0.5"),
        ({"type": "number", "format": "double", "maximum": 0.5}, 0, "0"),
        ({"type": "boolean"}, True, "true"),
        ({"type": "boolean"}, False, "false"),
        ({"type": "string", "format": "date"}, "2026-01-02", "2026-01-02"),
        ({"type": "string", "format": "uuid"}, "0b5c", "0b5c"),
        (ref("Level"), 2, "2"),
        (ref("Level"), 7, "7"),
        (ref("Colour"), "red", "red"),
        (ref("Colour"), "a colour of tomorrow", "a colour of tomorrow"),
        (
            {"type": "string", "format": "date-time"},
            datetime(2026, 1, 2, tzinfo=timezone.utc),
            "2026-01-02T00:00:00.000Z",
        ),
    ],
)
def test_a_query_parameter_is_sent_as_text(schema: Node, value: object, sent: str) -> None:
    assert encode_query(schema, value) == sent


@pytest.mark.parametrize(
    ("schema", "value", "error"),
    [
        (TEXT, 1, "x must be a str, not int"),
        (TEXT, b"a", "x must be a str, not bytes"),
        (TEXT, "\ud800", "x contains a lone surrogate"),
        ({"type": "integer"}, "1", "x must be an int, not str"),
        ({"type": "integer"}, True, "x must be an int, not bool"),
        ({"type": "integer"}, 1.0, "x must be an int, not float"),
        ({"type": "integer", "minimum": 1}, 0, "x must be at least 1, not 0"),
        ({"type": "integer", "maximum": 5}, 6, "x must be at most 5, not 6"),
        ({"type": "number", "maximum": 0.5}, 0.6, "x must be at most 0.5, not 0.6"),
        ({"type": "number"}, "1", "x must be a float, not str"),
        ({"type": "number"}, True, "x must be a float, not bool"),
        ({"type": "number"}, float("nan"), "x must be finite, not nan"),
        (ref("Level"), "1", "x must be an int, not str"),
        ({"type": "boolean"}, 1, "x must be a bool, not int"),
        ({"type": "boolean"}, "true", "x must be a bool, not str"),
        ({"type": "string", "format": "date-time"}, datetime(2026, 1, 2), "x must have a time zone"),
    ],
)
def test_values_that_cannot_be_sent_are_rejected(schema: Node, value: object, error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        encode_query(schema, value)


def test_omitted_arguments_and_none_are_not_sent() -> None:
    with build(make_spec({"parameters": [make_parameter("x"), make_parameter("X-Y", "header")]})) as package:
        assert package.request().query == package.request(x=None).query == ()
        assert package.request().headers == package.request(x_y=None).headers == ()


def test_a_default_is_never_sent() -> None:
    document = make_spec({"parameters": [make_parameter("x", schema={"type": "integer", "default": 5})]})
    with build(document) as package:
        assert package.request().query == ()


def test_arguments_have_python_names_and_are_sent_under_wire_names() -> None:
    names = {"folderId": "folder_id", "from": "from_", "type": "type", "X.Y": "x_y", "self": "self_"}
    with build(make_spec({"parameters": [make_parameter(name) for name in names]})) as package:
        request = package.request(**dict.fromkeys(names.values(), "v"))
        assert request.query == tuple((name, "v") for name in names)
        recorder = Recorder()
        package.tree(recorder).things.get(**dict.fromkeys(names.values(), "v"))
        assert recorder.requests == [request]


def test_a_misspelt_argument_is_a_type_error() -> None:
    with build(make_spec({"parameters": [make_parameter("search")]})) as package:
        with pytest.raises(TypeError, match="serach"):
            package.request(serach="x")
        with pytest.raises(TypeError, match="positional"):
            package.request("x")


def test_x_eigenpal_name_names_the_argument() -> None:
    header = make_parameter("X-Eigenpal-Trigger", "header", **{"x-eigenpal-name": "trigger"})
    with build(make_spec({"parameters": [header, make_parameter("ü", **{"x-eigenpal-name": "umlaut"})]})) as package:
        request = package.request(trigger="cli", umlaut="y")
        assert request.headers == (("X-Eigenpal-Trigger", "cli"),)
        assert request.query == (("ü", "y"),)


@pytest.mark.parametrize("value", ["a\r\nInjected: yes", "ü", " a", "a\x00", "a "])
def test_a_header_accepts_only_printable_ascii(value: str) -> None:
    with build(make_spec({"parameters": [make_parameter("X-Y", "header")]})) as package:
        assert package.request(x_y="plain text").headers == (("X-Y", "plain text"),)
        with pytest.raises(ValueError, match="x_y is sent as a header: it must be printable ASCII"):
            package.request(x_y=value)


def test_a_header_can_be_a_number_or_a_boolean() -> None:
    integer, number, flag = ({"type": kind} for kind in ("integer", "number", "boolean"))
    found = [make_parameter("X-I", "header", schema=integer), make_parameter("X-N", "header", schema=number)]
    with build(make_spec({"parameters": [*found, make_parameter("X-F", "header", schema=flag)]})) as package:
        request = package.request(x_i=1, x_n=0.5, x_f=True)
        assert request.headers == (("X-I", "1"), ("X-N", "0.5"), ("X-F", "true"))


# --- lists ------------------------------------------------------------------------------------------------------------


def make_list_parameter(items: Node) -> Node:
    return make_parameter("x", schema={"type": "array", "items": items}, style="form", explode=False)


@pytest.mark.parametrize("items", [TEXT, ref("Colour")])
def test_a_list_is_sent_comma_separated(items: Node) -> None:
    with build(make_spec({"parameters": [make_list_parameter(items)]}, {"Colour": COLOUR})) as package:

        def encode(value: object) -> str:
            return str(package.request(x=value).query[0][1])

        assert encode("red") == "red"
        assert encode("red,green") == "red,green"
        assert encode(["red", "green"]) == encode(("red", "green")) == encode(iter(["red", "green"])) == "red,green"
        for wrong, error in (
            ([], "x is empty"),
            ("", "x is empty"),
            (["a,b"], "must not be empty or contain commas"),
            ([""], "must not be empty"),
            ([1], "must contain only str"),
            (5, "a str or a sequence of str"),
            (b"red", "a str or a sequence of str"),
            ({"red": 1}, "a str or a sequence of str"),
        ):
            with pytest.raises((TypeError, ValueError), match=error):
                encode(wrong)


# --- datetimes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("last tuesday", "last tuesday"),
        (datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2))), "2026-03-01T10:00:00.000Z"),
        (datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone.utc), "2026-03-01T12:00:00.123Z"),
    ],
)
def test_a_datetime_parameter_is_a_string_or_an_aware_datetime(value: object, sent: str) -> None:
    assert encode_query(TEXT, value, **{"x-eigenpal-timestamp": True}) == sent


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (datetime(2026, 3, 1), "x must have a time zone"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "x is out of range in UTC"),
        (5, "x must be a str, a datetime or a date"),
    ],
)
def test_other_datetimes_are_rejected(value: object, error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        encode_query(TEXT, value, **{"x-eigenpal-timestamp": True})


def test_editors_can_complete_the_known_values_of_a_list() -> None:
    """The values are listed on their own as well, because editors do not complete them inside of ``str | ...``."""
    listed: Node = {"type": "array", "items": ref("Colour")}
    colours = make_parameter("x", schema=listed, style="form", explode=False)
    with build(make_spec({"parameters": [colours]}, {"Colour": COLOUR})) as package:
        (found,) = inspect.signature(package.endpoint("things.get").request).parameters.values()
        assert found.annotation == "models.Colour | str | Sequence[models.Colour] | None"


# --- the path ---------------------------------------------------------------------------------------------------------

PATH_OPERATION: Node = {"parameters": [make_parameter("thing", "path"), make_parameter("id", "path")]}


def test_path_parameters_are_positional_in_the_order_of_the_path() -> None:
    with build(make_spec(PATH_OPERATION, path="/v1/{id}/things/{thing}")) as package:
        assert list(inspect.signature(package.endpoint("things.get").request).parameters) == ["id", "thing"]
        assert package.request("a", "b").path == package.request(thing="b", id="a").path == "/v1/a/things/b"


def test_a_path_parameter_is_one_segment() -> None:
    with build(make_spec(PATH_OPERATION, path="/{id}/{thing}")) as package:
        assert package.request("a/b c?#%2F", "é:@+&").path == "/a%2Fb%20c%3F%23%252F/%C3%A9%3A%40%2B%26"
        for wrong in ("", ".", "..", "\ud800"):
            with pytest.raises(ValueError, match="id"):
                package.request(wrong, "x")
        for value in (1, None, b"x"):
            with pytest.raises(TypeError, match="id must be a str"):
                package.request(value, "x")


def test_a_path_parameter_can_be_an_integer() -> None:
    operation: Node = {"parameters": [make_parameter("number", "path", schema={"type": "integer", "minimum": 1})]}
    with build(make_spec(operation, path="/steps/{number}")) as package:
        assert package.request(7).path == "/steps/7"
        with pytest.raises(TypeError, match="number must be an int, not str"):
            package.request("7")
        with pytest.raises(ValueError, match="number must be at least 1, not 0"):
            package.request(0)


def test_slashes_are_kept_where_the_spec_says_so() -> None:
    kept = make_parameter("path", "path", **{"x-eigenpal-slashes": "kept"})
    with build(make_spec({"parameters": [kept]}, path="/files/{path}")) as package:
        assert package.request("out put/a?.pdf").path == "/files/out%20put/a%3F.pdf"
        for wrong in ("", "/a", "a/", "a//b", "../a", "a/./b"):
            with pytest.raises(ValueError, match="path must be a relative path"):
                package.request(wrong)


def test_parameters_of_the_path_and_of_components_are_included() -> None:
    document = make_spec({"parameters": [{"$ref": "#/components/parameters/Search"}]}, path="/things/{id}")
    document["paths"]["/things/{id}"]["parameters"] = [make_parameter("id", "path")]
    document["components"]["parameters"] = {"Search": make_parameter("search", required=True)}
    with build(document) as package:
        request = package.request("a", search="b")
        assert (request.path, request.query) == ("/things/a", (("search", "b"),))


def test_a_required_parameter_is_positional() -> None:
    with build(make_spec({"parameters": [make_parameter("ref"), make_parameter("prefix", required=True)]})) as package:
        assert package.request("a").query == (("prefix", "a"),)
        with pytest.raises(TypeError, match="prefix"):
            package.request()


# --- attributes of the request ----------------------------------------------------------------------------------------


def test_the_wait_of_the_server_is_in_the_request() -> None:
    wait = make_parameter("wait", schema={"type": "integer", "maximum": 600}, **{"x-eigenpal-server-wait": True})
    with build(make_spec({"parameters": [wait]})) as package:
        assert package.request().server_wait_seconds == 0.0
        assert package.request(wait=30).server_wait_seconds == 30.0


@pytest.mark.parametrize(
    ("method", "more", "idempotent"),
    [
        ("get", {}, True),
        ("put", {}, True),
        ("patch", {}, True),
        ("delete", {}, True),
        ("post", {}, False),
        ("post", {"x-eigenpal-idempotent": True}, True),
        ("post", {"x-eigenpal-idempotent": False}, False),
    ],
)
def test_only_posts_are_not_idempotent(method: str, more: Node, idempotent: bool) -> None:
    with build(make_spec(more, method=method)) as package:
        request = package.request()
        assert (request.method, request.idempotent) == (method.upper(), idempotent)
        assert (request.operation, request.path, request.starts_run) == ("things.get", "/things", False)


def test_starts_run() -> None:
    with build(make_spec({"x-eigenpal-starts-run": True}, method="post")) as package:
        assert package.request().starts_run is True


class Colour(str, Enum):
    RED = "red"


def test_members_of_str_enums_are_sent_by_value() -> None:
    with build(
        make_spec(
            {"parameters": [make_parameter("a"), make_list_parameter(TEXT), make_parameter("id", "path")]},
            path="/{id}",
        )
    ) as package:
        request = package.request(Colour.RED, a=Colour.RED, x=[Colour.RED])
        assert (request.path, request.query) == ("/red", (("a", "red"), ("x", "red")))
        assert all(type(value) is str for _, value in request.query)


def test_both_clients_send_the_same() -> None:
    with build(make_spec({"parameters": [make_parameter("x"), make_parameter("id", "path")]}, path="/{id}")) as package:
        recorder, async_recorder = Recorder({"a": 1}), AsyncRecorder({"a": 1})
        assert package.tree(recorder).things.get("i", x="y") == {"a": 1}
        assert asyncio.run(package.async_tree(async_recorder).things.get("i", x="y")) == {"a": 1}
        assert recorder.requests == async_recorder.requests == [package.request("i", x="y")]


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_a_deprecated_parameter_that_is_passed_is_a_warning_at_the_call(location: str) -> None:
    parameters = [make_parameter("old", location, deprecated=True), make_parameter("new")]
    with build(make_spec({"parameters": parameters})) as package:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            package.request(new="a")
        with pytest.warns(DeprecationWarning, match=r"^old of things\.get is deprecated; ") as caught:
            package.endpoint("things.get").request(old="a")
        assert [warning.filename for warning in caught] == [__file__]
