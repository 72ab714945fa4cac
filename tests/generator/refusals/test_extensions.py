"""Extensions that do not fit where they are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    CURSOR,
    GET,
    OFFSET,
    POST,
    RejectionCases,
    check_rejection,
    with_body,
    with_pages,
)
from tests.generator.small_specs import TEXT, make_object, make_parameter, make_spec

CASES: RejectionCases = {
    "also that is not a list": (
        make_spec({"x-eigenpal-also": {}}),
        f"{GET}/x-eigenpal-also",
        "must be a list of objects",
    ),
    "also without an operation": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"fixed": {"x": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/operation",
        "needs an operationId",
    ),
    "also without a difference": (
        make_spec({"x-eigenpal-also": [{"operation": "things.more"}]}),
        f"{GET}/x-eigenpal-also/0",
        "needs either media or fixed",
    ),
    "also of an operation twice": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"operation": "things.get", "fixed": {"x": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/operation",
        "things.get is defined twice",
    ),
    "also of a media type that is not there": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "media": "multipart/form-data"}]}),
        f"{POST}/x-eigenpal-also/0/media",
        "the body has no media type 'multipart/form-data'",
    ),
    "also with an unknown keyword": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"x": "a"}, "other": 1}]}),
        f"{POST}/x-eigenpal-also/0/other",
        "other is not supported",
    ),
    "fixed that is not a property": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"y": "a"}}]}),
        f"{POST}/x-eigenpal-also/0/fixed/y",
        "is not a property of the body",
    ),
    "fixed that is not text": (
        with_body(make_object(x=TEXT), more={"x-eigenpal-also": [{"operation": "a", "fixed": {"x": 1}}]}),
        f"{POST}/x-eigenpal-also/0/fixed/x",
        "must be text",
    ),
    "fixed without a body": (
        make_spec({"x-eigenpal-also": [{"operation": "a", "fixed": {"x": "1"}}]}),
        f"{GET}/x-eigenpal-also/0/fixed/x",
        "is not a property of the body",
    ),
    "also of an operation without a method": (
        with_body(
            make_object(x=TEXT),
            more={"x-eigenpal-method": False, "x-eigenpal-also": [{"operation": "a", "fixed": {"x": "a"}}]},
        ),
        f"{POST}/x-eigenpal-also/0",
        "cannot be combined with x-eigenpal-method: false",
    ),
    "pages without a style": (with_pages({}), f"{GET}/x-eigenpal-pagination", "needs style: offset or cursor"),
    "pages of another style": (with_pages({"style": "page"}), f"{GET}/x-eigenpal-pagination", "needs style"),
    "pages with a missing keyword": (
        with_pages({"style": "cursor"}),
        f"{GET}/x-eigenpal-pagination/items",
        "is missing",
    ),
    "pages with an unknown keyword": (
        with_pages({**CURSOR, "x": "y"}),
        f"{GET}/x-eigenpal-pagination/x",
        "is not supported",
    ),
    "pages of a missing property": (
        with_pages({**OFFSET, "items": "data"}),
        f"{GET}/x-eigenpal-pagination/items",
        "'data' is not a property of the response with type: array",
    ),
    "pages of a property that is not a list": (
        with_pages({**OFFSET, "items": "total"}),
        f"{GET}/x-eigenpal-pagination/items",
        "'total' is not a property of the response with type: array",
    ),
    "pages by a parameter that is not there": (
        with_pages(CURSOR, None, "limit"),
        f"{GET}/x-eigenpal-pagination/cursor",
        "'cursor' is not a query parameter",
    ),
    "pages of an empty response": (
        make_spec(
            {
                "x-eigenpal-pagination": CURSOR,
                "responses": {"204": {"description": "x"}},
                "parameters": [make_parameter("cursor")],
            }
        ),
        f"{GET}/x-eigenpal-pagination/items",
        "is not a property of the response",
    ),
    "pages without a success response": (
        make_spec({"x-eigenpal-pagination": CURSOR, "responses": {"400": {"description": "x"}}}),
        f"{GET}/x-eigenpal-pagination/items",
        "is not a property of the response",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_spec_is_rejected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_rejection(CASES[name], tmp_path, capsys)
