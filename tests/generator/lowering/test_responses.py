"""Responses: statuses, and the media types of successes."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.responses import responses
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import TEXT, make_object, make_spec, ref

JSON = "application/json"
FILE = {"type": "string", "format": "binary"}
OBJECT = {"type": "object"}


def lower(found: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    lowered, report = run(make_spec({"responses": found}, {"Thing": make_object(a=TEXT)}), responses)
    assert not report.problems
    return lowered["paths"]["/things"]["get"]["responses"], [message for _, message in notes(report)]


def content_of(**media: dict[str, Any]) -> dict[str, Any]:
    return {"description": "", "content": {name.replace("__", "/"): {"schema": value} for name, value in media.items()}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({JSON: {"schema": OBJECT}}, {JSON: {"schema": OBJECT}}),
        ({"Application/JSON; charset=utf-8": {"schema": OBJECT}}, {JSON: {"schema": OBJECT}}),
        ({"text/json": {"schema": OBJECT}}, {JSON: {"schema": OBJECT}}),
        ({"application/vnd.x+json": {"schema": OBJECT}}, {"application/vnd.x+json": {"schema": OBJECT}}),
        ({JSON: {}}, {JSON: {"schema": {}}}),
        ({JSON: {"schema": TEXT}}, {JSON: {"schema": TEXT}}),
        ({"*/*": {"schema": ref("Thing")}}, {JSON: {"schema": ref("Thing")}}),
        ({"*/*": {"schema": {"type": ["array", "null"]}}}, {JSON: {"schema": {"type": ["array", "null"]}}}),
        ({"*/*": {"schema": TEXT}}, {"*/*": {"schema": TEXT}}),
        ({"*/*": {"schema": FILE}}, {"*/*": {"schema": FILE}}),
        ({"*/*": {}}, {"*/*": {}}),
        ({JSON: {"schema": FILE}}, {"application/octet-stream": {"schema": FILE}}),
        ({"text/plain": {"schema": TEXT}}, {"text/plain": {"schema": TEXT}}),
        ({"image/png": {}}, {"image/png": {}}),
        ({"application/xml": {"schema": ref("Thing")}}, {"application/xml": {"schema": FILE}}),
        ({}, None),
    ],
)
def test_a_success_has_one_media_type(content: dict[str, Any], expected: dict[str, Any] | None) -> None:
    found, noted = lower({"200": {"description": "", "content": content}})
    assert (found["200"].get("content"), noted) == (expected, [])


@pytest.mark.parametrize(
    ("media", "chosen"),
    [
        (["application/xml", JSON], JSON),
        ([JSON, "text/event-stream"], JSON),
        ([JSON, "application/x-ndjson"], JSON),
        ([JSON, "application/octet-stream"], JSON),
        (["application/hal+json", JSON], JSON),
        (["application/pdf", "text/csv"], "application/pdf"),
        (["application/jsonl", "text/csv"], "text/csv"),
    ],
)
def test_of_several_media_types_one_is_chosen_aloud(media: list[str], chosen: str) -> None:
    schemas = {name: {"schema": {**TEXT, "description": name}} for name in media}
    found, noted = lower({"200": {"description": "", "content": schemas}})
    assert found["200"]["content"] == {chosen: schemas[chosen]}
    [message] = noted
    assert message.startswith(f"{chosen} is generated, not ")


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["default"], ["2XX"]),
        (["default", "404"], ["2XX", "404"]),
        (["200", "default"], ["200", "default"]),
        (["2xx", "4xx"], ["2XX", "4XX"]),
        (["200", "201", "204", "302", "101"], ["200", "201", "204", "302", "101"]),
        (["404"], ["404"]),
    ],
)
def test_statuses_of_every_form(statuses: list[str], expected: list[str]) -> None:
    found, noted = lower({status: content_of(text__plain=TEXT) for status in statuses})
    assert sorted(found) == sorted(expected)
    assert noted == (["a 204 has no content"] if "204" in statuses else [])


def test_successes_that_differ_stay_as_they_are() -> None:
    found, _ = lower({"200": content_of(application__json=OBJECT), "202": content_of(application__json=TEXT)})
    assert [found[status]["content"][JSON]["schema"] for status in ("200", "202")] == [OBJECT, TEXT]


def test_successes_that_a_client_cannot_return_are_noted() -> None:
    both = {"200": content_of(application__json=OBJECT), "202": content_of(application__pdf={}), "204": {}}
    assert lower(both)[1] == ["other successes are JSON, so that application/pdf is an error"]
    found, noted = lower({"200": content_of(application__pdf={}), "206": content_of(application__pdf={})})
    assert (list(found), len(noted)) == (["200"], 1)


def test_errors_stay_as_they_are() -> None:
    error = {"application/problem+json": {"schema": OBJECT}, "text/html": {}}
    found, noted = lower({"200": {"description": ""}, "400": {"description": "", "content": error}})
    assert (found["400"]["content"], noted) == (error, [])


@pytest.mark.parametrize(
    "media", ["text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq"]
)
def test_a_stream_alone_is_refused(media: str) -> None:
    _, report = run(make_spec({"responses": {"200": {"description": "", "content": {media: {}}}}}), responses)
    assert problems(report) == [
        (
            f"#/paths/~1things/get/responses/200/content/{media.replace('/', '~1')}",
            f"a response that is a stream ({media}) is not supported",
        )
    ]
    assert "application/octet-stream: {}" in report.problems[0].remedy


@pytest.mark.parametrize("status", ["20", "600", "2X0", "ok", "2000"])
def test_an_unknown_status_is_refused(status: str) -> None:
    _, report = run(make_spec({"responses": {"200": {}, status: {}}}), responses)
    [(place, message)] = problems(report)
    assert place == f"#/paths/~1things/get/responses/{status}"
    assert f"{status!r} is no status" in message


def test_what_is_no_media_type_is_refused() -> None:
    _, report = run(make_spec({"responses": {"200": {"content": {"json": {}}}}}), responses)
    assert [message for _, message in problems(report)] == ["'json' is no media type"]


def test_an_operation_without_responses_is_noted() -> None:
    assert lower({}) == ({}, ["no response is described"])
