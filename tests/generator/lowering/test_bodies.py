"""Request bodies: their media types."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.bodies import bodies
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import TEXT, make_object, make_spec, ref

JSON = "application/json"
FILE = {"type": "string", "format": "binary"}
FORM = {"schema": ref("Thing"), "encoding": {"a": {"contentType": "text/plain"}}}


def make_document(content: dict[str, Any], method: str = "post", **more: Any) -> dict[str, Any]:
    operation = {"requestBody": {"content": content, **more}}
    return make_spec(operation, {"Thing": make_object(a=TEXT)}, method=method)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"Application/JSON;charset=UTF-8": {"schema": TEXT}}, {JSON: {"schema": TEXT}}),
        ({JSON: {}}, {JSON: {"schema": {}}}),
        ({"application/merge-patch+json": {"schema": TEXT}}, {"application/merge-patch+json": {"schema": TEXT}}),
        ({"*/*": {"schema": ref("Thing")}}, {JSON: {"schema": ref("Thing")}}),
        ({"*/*": {}}, {"application/octet-stream": {"schema": FILE}}),
        ({"application/*+json": {"schema": TEXT}, "text/json": {"schema": TEXT}}, {JSON: {"schema": TEXT}}),
        ({"image/*": {"schema": FILE}}, {"image/*": {"schema": FILE}}),
        ({"text/csv": {"schema": FILE}}, {"text/csv": {"schema": TEXT}}),
        ({"application/xml": {"schema": ref("Thing")}}, {"application/xml": {"schema": FILE}}),
        ({"application/x-ndjson": {"schema": ref("Thing")}}, {"application/x-ndjson": {"schema": FILE}}),
        ({"multipart/form-data; boundary=x": FORM}, {"multipart/form-data": FORM}),
        # The first is the one that a method takes.
        (
            {"application/xml": {}, "multipart/form-data": FORM, JSON: {}},
            {JSON: {"schema": {}}, "multipart/form-data": FORM, "application/xml": {"schema": FILE}},
        ),
        # What says nothing new is left out, and what does is kept.
        ({JSON: {"schema": TEXT}, "application/hal+json": {"schema": TEXT}}, {JSON: {"schema": TEXT}}),
        (
            {JSON: {"schema": TEXT}, "application/json-patch+json": {"schema": {"type": "array"}}},
            {JSON: {"schema": TEXT}, "application/json-patch+json": {"schema": {"type": "array"}}},
        ),
        ({JSON: {"schema": TEXT}, "application/json; v=1": {"schema": TEXT}}, {JSON: {"schema": TEXT}}),
    ],
)
def test_media_types(content: dict[str, Any], expected: dict[str, Any]) -> None:
    lowered, report = run(make_document(content), bodies)
    assert not report.problems + report.notes
    body = lowered["paths"]["/things"]["post"]["requestBody"]
    assert (list(body["content"]), body["content"]) == (list(expected), expected)
    assert body["required"] is False


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"multipart/mixed": {}}, "a body of type multipart/mixed is not supported"),
        ({JSON: {"schema": FILE}}, "a file as a JSON body is not supported"),
        ({"json": {}}, "'json' is no media type"),
        (
            {JSON: {}, "text/json": {"schema": TEXT}},
            "a second body of type application/json, which differs",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused(content: dict[str, Any], message: str) -> None:
    _, report = run(make_document(content), bodies)
    [(place, said)] = problems(report)
    assert place.startswith("#/paths/~1things/post/requestBody/content/")
    assert said == message


def test_what_cannot_be_sent_beside_another_is_noted() -> None:
    lowered, report = run(make_document({"multipart/related": {}, JSON: {}}), bodies)
    assert not report.problems
    assert list(lowered["paths"]["/things"]["post"]["requestBody"]["content"]) == [JSON]
    assert [message for _, message in notes(report)] == [
        "a body of type multipart/related is not supported; it is passed over"
    ]


def test_a_body_without_content_is_left_out_aloud() -> None:
    lowered, report = run(make_document({}), bodies)
    assert "requestBody" not in lowered["paths"]["/things"]["post"]
    assert [message for _, message in notes(report)] == ["a body without a media type is left out"]


def test_a_get_with_a_body_is_noted() -> None:
    lowered, report = run(make_document({JSON: {}}, "get", required=True), bodies)
    assert lowered["paths"]["/things"]["get"]["requestBody"]["required"] is True
    assert [message for _, message in notes(report)] == ["a GET with a body: servers and proxies may ignore it"]
