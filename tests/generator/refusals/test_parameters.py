"""Parameters that are not supported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    BINARY,
    FILE,
    GET,
    LIST,
    RejectionCases,
    change_spec,
    check_rejection,
    with_parameter,
    with_parameters,
)
from tests.generator.small_specs import TEXT, make_parameter, make_spec

CASES: RejectionCases = {
    "undeclared path parameter": (
        make_spec(path="/things/{id}"),
        "#/paths/~1things~1{id}/get",
        "the path parameter {id} is not declared",
    ),
    "path parameter twice": (
        with_parameter(make_parameter("id", "path"), "/a/{id}/{id}"),
        "#/paths/~1a~1{id}~1{id}/get",
        "the path contains {id} twice",
    ),
    "path parameter not in the path": (
        with_parameter(make_parameter("id", "path")),
        f"{GET}/parameters/0",
        "the path /things does not contain {id}",
    ),
    "path parameter that is optional": (
        with_parameter(make_parameter("id", "path", required=False), "/{id}"),
        "#/paths/~1{id}/get/parameters/0",
        "must be required: true",
    ),
    "path parameter that is a number": (
        with_parameter(make_parameter("id", "path", schema={"type": "number"}), "/{id}"),
        "#/paths/~1{id}/get/parameters/0/schema",
        "a path parameter must be a string or an integer",
    ),
    "cookie": (with_parameter(make_parameter("x", "cookie")), f"{GET}/parameters/0/in", "'cookie' are not supported"),
    "parameter without a location": (
        change_spec("components/parameters", {"P": {"name": "x"}}),
        "#/components/parameters/P/in",
        "None",
    ),
    "unknown keyword of a parameter": (
        with_parameter(make_parameter("x", allowReserved=True)),
        f"{GET}/parameters/0/allowReserved",
        "is not supported",
    ),
    "parameter with content": (
        with_parameter({"name": "x", "in": "query", "content": {}}),
        f"{GET}/parameters/0/content",
        "is not supported",
    ),
    "parameter without a schema": (
        with_parameter({"name": "x", "in": "query"}),
        f"{GET}/parameters/0",
        "needs a schema",
    ),
    "parameter without a name": (with_parameter({"in": "query", "schema": TEXT}), f"{GET}/parameters/0/name", "None"),
    "parameter that has no Python name": (
        with_parameter(make_parameter("123")),
        f"{GET}/parameters/0/name",
        "'123' cannot be",
    ),
    "parameter of another script": (
        with_parameter(make_parameter("имя")),
        f"{GET}/parameters/0/name",
        "cannot become a Python name",
    ),
    "x-eigenpal-name that is not a name": (
        with_parameter(make_parameter("x", **{"x-eigenpal-name": "1; import os"})),
        f"{GET}/parameters/0/name",
        "cannot become a Python name",
    ),
    "x-eigenpal-name that is not text": (
        with_parameter(make_parameter("x", **{"x-eigenpal-name": 5})),
        f"{GET}/parameters/0/x-eigenpal-name",
        "must be text",
    ),
    "parameters with the same Python name": (
        with_parameters(make_parameter("fooBar"), make_parameter("foo-bar")),
        f"{GET}/parameters/1",
        "collides with 'fooBar': both would be foo_bar in Python",
    ),
    "the same parameter twice": (
        with_parameters(make_parameter("foo"), make_parameter("foo", "header")),
        f"{GET}/parameters/1",
        "collides with 'foo'",
    ),
    "list with exploded style": (
        with_parameter(make_parameter("x", schema=LIST, style="form", explode=True)),
        f"{GET}/parameters/0",
        "explode: false",
    ),
    "list without a style": (with_parameter(make_parameter("x", schema=LIST)), f"{GET}/parameters/0", "explode: false"),
    "list with spaces": (
        with_parameter(make_parameter("x", schema=LIST, style="spaceDelimited", explode=False)),
        f"{GET}/parameters/0/style",
        "only the style form is supported in the query",
    ),
    "list in a header": (
        with_parameter(make_parameter("x", "header", schema=LIST, explode=False)),
        f"{GET}/parameters/0",
        "a list must be a query parameter",
    ),
    "list of numbers": (
        with_parameter(make_parameter("x", schema={"type": "array", "items": {"type": "integer"}}, explode=False)),
        f"{GET}/parameters/0/schema/items",
        "must hold strings",
    ),
    "list of timestamps": (
        with_parameter(
            make_parameter("x", schema={"type": "array", "items": {**TEXT, "format": "date-time"}}, explode=False)
        ),
        f"{GET}/parameters/0/schema/items",
        "must hold strings",
    ),
    "object in the query": (
        with_parameter(make_parameter("x", schema={"type": "object"})),
        f"{GET}/parameters/0/schema",
        "must be a string, a number, a boolean or a list of strings",
    ),
    "anything in the query": (
        with_parameter(make_parameter("x", schema={})),
        f"{GET}/parameters/0/schema",
        "must be a string",
    ),
    "bound that is not an integer": (
        with_parameter(make_parameter("x", schema={"type": "integer", "minimum": 0.5})),
        f"{GET}/parameters/0/schema/minimum",
        "the bound of an integer must be an integer",
    ),
    "exclusive bound": (
        with_parameter(make_parameter("x", schema={"type": "integer", "exclusiveMinimum": 0})),
        f"{GET}/parameters/0/schema/exclusiveMinimum",
        "use minimum or maximum",
    ),
    "header that the transport sets": (
        with_parameter(make_parameter("Authorization", "header")),
        f"{GET}/parameters/0/name",
        "cannot be a header parameter",
    ),
    "invalid header name": (
        with_parameter(make_parameter("X Y:", "header", **{"x-eigenpal-name": "x"})),
        f"{GET}/parameters/0/name",
        "'X Y:' cannot be a header",
    ),
    "slashes kept in a number": (
        with_parameter(
            make_parameter("x", "path", schema={"type": "integer"}, **{"x-eigenpal-slashes": "kept"}), "/{x}"
        ),
        "#/paths/~1{x}/get/parameters/0/x-eigenpal-slashes",
        "must be 'kept', on a string parameter in the path",
    ),
    "the same parameter twice in one place": (
        with_parameters(make_parameter("foo"), make_parameter("foo")),
        f"{GET}/parameters/1",
        "the query parameter 'foo' is defined twice in this operation",
    ),
    "slashes kept in the query": (
        with_parameter(make_parameter("x", **{"x-eigenpal-slashes": "kept"})),
        f"{GET}/parameters/0/x-eigenpal-slashes",
        "on a string parameter in the path",
    ),
    "slashes with another value": (
        with_parameter(make_parameter("x", "path", **{"x-eigenpal-slashes": "dropped"}), "/{x}"),
        "#/paths/~1{x}/get/parameters/0/x-eigenpal-slashes",
        "must be 'kept'",
    ),
    "datetime that is a number": (
        with_parameter(make_parameter("x", schema={"type": "integer"}, **{"x-eigenpal-timestamp": True})),
        f"{GET}/parameters/0/x-eigenpal-timestamp",
        "needs a string parameter",
    ),
    "timestamp in the path": (
        with_parameter(make_parameter("x", "path", schema={**TEXT, "format": "date-time"}), "/{x}"),
        "#/paths/~1{x}/get/parameters/0/schema",
        "a path parameter cannot be a timestamp",
    ),
    "wait that is text": (
        with_parameter(make_parameter("x", **{"x-eigenpal-server-wait": True})),
        f"{GET}/parameters/0/x-eigenpal-server-wait",
        "needs an integer parameter",
    ),
    "two waits": (
        with_parameters(
            *(make_parameter(n, schema={"type": "integer"}, **{"x-eigenpal-server-wait": True}) for n in ("a", "b"))
        ),
        f"{GET}/parameters/1",
        "only one parameter",
    ),
    "file as a parameter": (
        with_parameter(make_parameter("x", schema=FILE)),
        f"{GET}/parameters/0/schema/format",
        "a file",
    ),
    "download with an argument called to": (
        with_parameters(make_parameter("to"), responses=BINARY),
        GET,
        "the parameter to collides with an argument of downloads",
    ),
    "description only next to a reference to a parameter": (
        change_spec(
            "components/parameters",
            {"P": make_parameter("p")},
            with_parameter({"$ref": "#/components/parameters/P", "required": True}),
        ),
        f"{GET}/parameters/0/required",
        "required next to $ref is not supported",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_spec_is_rejected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_rejection(CASES[name], tmp_path, capsys)
