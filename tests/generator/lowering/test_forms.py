"""Multipart bodies and forms."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.forms import forms
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import TEXT, make_object, make_spec, nullable, ref

MULTIPART, FORM = "multipart/form-data", "application/x-www-form-urlencoded"
FILE = {"type": "string", "format": "binary"}
FILES = {"type": "array", "items": FILE}
OBJECT = {"type": "object"}
OBJECTS = {"type": "array", "items": OBJECT}
SCHEMA = "#/components/schemas/Upload"


def make_document(media: str, schema: dict[str, Any], encoding: dict[str, Any] | None = None) -> dict[str, Any]:
    value = {"schema": ref("Upload"), **({"encoding": encoding} if encoding else {})}
    body = {"required": True, "content": {media: value}}
    return make_spec({"requestBody": body}, {"Upload": schema}, method="post")


@pytest.mark.parametrize(
    ("media", "schema", "encoding", "kept"),
    [
        (MULTIPART, make_object(a=FILE, b=FILES, c=TEXT, d=OBJECT), None, None),
        (MULTIPART, make_object(a=OBJECT), {"a": {"contentType": "text/plain"}}, {"a": {"contentType": "text/plain"}}),
        (FORM, make_object(a=OBJECT), {"a": {"style": "deepObject"}}, {"a": {"style": "deepObject"}}),
        (FORM, make_object(a=OBJECTS), None, None),
        (FORM, make_object(a=OBJECTS), {"a": {"style": "deepObject"}}, {"a": {"style": "deepObject"}}),
        (FORM, make_object(a={"type": "array", "items": TEXT}), {"a": {"explode": False}}, {"a": {"explode": False}}),
    ],
)
def test_what_can_be_sent_stays(media: str, schema: Any, encoding: Any, kept: Any) -> None:
    document = make_document(media, schema, encoding)
    lowered, report = run(document, forms)
    assert not report.problems + report.notes
    assert lowered == document
    assert lowered["paths"]["/things"]["post"]["requestBody"]["content"][media].get("encoding") == kept


def test_an_alias_is_followed_and_null_is_left_out() -> None:
    document = make_document(MULTIPART, ref("Real"))
    content = document["paths"]["/things"]["post"]["requestBody"]["content"]
    content[MULTIPART]["schema"] = nullable(ref("Upload"))
    document["components"]["schemas"]["Real"] = make_object(a=TEXT)
    lowered, report = run(document, forms)
    assert not report.problems
    assert lowered["paths"]["/things"]["post"]["requestBody"]["content"][MULTIPART] == {"schema": ref("Real")}


@pytest.mark.parametrize(
    ("media", "schema", "encoding", "place", "message"),
    [
        (MULTIPART, OBJECT, None, "#/paths", "must be an object with properties"),
        (FORM, {"type": "array", "items": TEXT}, None, "#/paths", "must be an object with properties"),
        (FORM, {}, None, "#/paths", "must be an object with properties"),
        (MULTIPART, make_object(a=OBJECT), {"a": {"contentType": "application/xml"}}, "#/paths", "as application/xml"),
        (FORM, make_object(a=OBJECTS), {"a": {"explode": False}}, "#/paths", "is a list of lists or objects, joined"),
        (
            FORM,
            make_object(a=OBJECTS),
            {"a": {"style": "pipeDelimited"}},
            "#/paths",
            "a list of lists or objects, joined",
        ),
        (FORM, make_object(a=TEXT), {"a": {"style": "matrix"}}, "#/paths", "is written in the style matrix"),
    ],
)
def test_what_cannot_be_sent_is_refused(media: str, schema: Any, encoding: Any, place: str, message: str) -> None:
    _, report = run(make_document(media, schema, encoding), forms)
    [(refused, said)] = problems(report)
    assert refused.startswith(place)
    assert message in said


def test_an_encoding_without_an_effect_is_left_out_aloud() -> None:
    encoding = {"z": {"contentType": "text/plain"}, "a": {"style": "form"}}
    lowered, report = run(make_document(MULTIPART, make_object(a=TEXT), encoding), forms)
    assert lowered == make_document(MULTIPART, make_object(a=TEXT))
    assert [message for _, message in notes(report)] == [
        "z is not a property of the body",
        "the style of a part is not used",
    ]


@pytest.mark.parametrize("further", [True, {}, FILE, {"description": "Files."}])
def test_further_parts_of_a_multipart_body_are_files(further: Any) -> None:
    schema = {**make_object(a=TEXT), "additionalProperties": further}
    lowered, report = run(make_document(MULTIPART, schema), forms)
    assert lowered["components"]["schemas"]["Upload"] == {**schema, "x-eigenpal-part-prefix": ""}
    [(place, message)] = notes(report)
    assert (place, "the argument `files`" in message) == (f"{SCHEMA}/additionalProperties", True)
    assert "x-eigenpal-part-prefix" in report.notes[0].remedy


@pytest.mark.parametrize(
    ("media", "schema"),
    [
        (MULTIPART, {**make_object(a=TEXT), "additionalProperties": TEXT}),
        (MULTIPART, {**make_object(files=FILES), "additionalProperties": FILE}),
        (FORM, {**make_object(a=TEXT), "additionalProperties": True}),
    ],
)
def test_other_further_parts_are_not_sent(media: str, schema: Any) -> None:
    lowered, report = run(make_document(media, schema), forms)
    assert lowered == make_document(media, schema)
    assert [message for _, message in notes(report)] == ["further parts are not sent"]


@pytest.mark.parametrize("more", [{"additionalProperties": False}, {"x-eigenpal-part-prefix": "files."}, {}])
def test_nothing_is_said_about_parts_that_are_known(more: Any) -> None:
    document = make_document(MULTIPART, {**make_object(a=TEXT), **more})
    lowered, report = run(document, forms)
    assert (lowered, report.notes) == (document, [])


def test_a_form_without_fields_that_may_be_left_out_is() -> None:
    document = make_document(FORM, OBJECT)
    document["paths"]["/things"]["post"]["requestBody"]["required"] = False
    lowered, report = run(document, forms)
    assert "requestBody" not in lowered["paths"]["/things"]["post"]
    assert [message for _, message in notes(report)] == ["the fields of this form are not described, so none is sent"]
