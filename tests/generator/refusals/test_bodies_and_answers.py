"""Request bodies and responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.refusals.cases import FILE, GET, LIST, POST, SCHEMAS, Refused, changed, check, with_body
from tests.generator.small_specs import OK, TEXT, answer, multipart_body, parameter, record, ref, spec

REFUSED: Refused = {
    # --- bodies
    "urlencoded body": (
        with_body(record(x=TEXT), "application/x-www-form-urlencoded"),
        f"{POST}/requestBody/content/application~1x-www-form-urlencoded",
        "is not supported",
    ),
    "text body": (with_body(record(x=TEXT), "text/plain"), f"{POST}/requestBody/content/text~1plain", "not supported"),
    "body without content": (
        spec({"requestBody": {}}, method="post"),
        f"{POST}/requestBody/content",
        "must list at least one media type",
    ),
    "body without a schema": (
        spec({"requestBody": {"content": {"application/json": {}}}}, method="post"),
        f"{POST}/requestBody/content/application~1json",
        "needs a schema",
    ),
    "body in place": (
        spec({"requestBody": {"content": {"application/json": {"schema": record(x=TEXT)}}}}, method="post"),
        f"{POST}/requestBody/content/application~1json/schema",
        "the schema of a body needs a name",
    ),
    "body that is a list": (
        with_body(LIST),
        f"{POST}/requestBody/content/application~1json/schema",
        "a body must be an object",
    ),
    "body that is a union": (
        with_body({"oneOf": [TEXT, LIST]}),
        f"{POST}/requestBody/content/application~1json/schema",
        "a body must be an object",
    ),
    "body by another name": (
        changed("components/schemas/Other", record(x=TEXT), with_body(ref("Other"))),
        f"{POST}/requestBody/content/application~1json/schema",
        "refer to the schema itself",
    ),
    "body and parameter that are one in Python": (
        with_body(record(**{"x-y": TEXT}), more={"parameters": [parameter("xY")]}),
        f"{POST}/requestBody/content/application~1json/schema/properties/x-y",
        "collides with 'xY': both would be x_y in Python",
    ),
    "parameter called body": (
        with_body(record(x=TEXT), more={"parameters": [parameter("body")]}),
        f"{POST}/requestBody/content/application~1json/schema",
        "the argument body for the whole body collides with the parameter 'body'",
    ),
    "properties called body and request_body": (
        with_body(record(body=TEXT, requestBody=TEXT)),
        f"{POST}/requestBody/content/application~1json/schema/properties/requestBody",
        "collides with 'the whole body'",
    ),
    "part called files beside further parts": (
        with_body(
            {**record(files=TEXT), "additionalProperties": FILE, "x-eigenpal-part-prefix": ""}, "multipart/form-data"
        ),
        f"{POST}/requestBody/content/multipart~1form-data/schema/properties/files",
        "collides with 'additional parts'",
    ),
    "file in JSON": (
        with_body(record(x=FILE)),
        f"{POST}/requestBody/content/application~1json/schema",
        "a file can only be part",
    ),
    "files in an answer": (
        spec({"responses": answer(ref("Body"))}, {"Body": record(x=FILE)}),
        f"{GET}/responses/200/content/application~1json/schema/$ref",
        "Body contains files",
    ),
    "lists of lists of files": (
        with_body(record(x={"type": "array", "items": {"type": "array", "items": FILE}}), "multipart/form-data"),
        f"{SCHEMAS}/Body/properties/x/items/items/format",
        "a file can only be part",
    ),
    "map of files as one part": (
        with_body(record(x={"type": "object", "additionalProperties": FILE}), "multipart/form-data"),
        f"{SCHEMAS}/Body/properties/x/additionalProperties/format",
        "a file can only be part",
    ),
    "files in JSON": (
        with_body(record(x={"type": "array", "items": FILE})),
        f"{POST}/requestBody/content/application~1json/schema",
        "a file can only be part",
    ),
    "further parts without a prefix": (
        with_body({**record(x=TEXT), "additionalProperties": FILE}, "multipart/form-data"),
        f"{SCHEMAS}/Body/additionalProperties",
        "",
    ),
    "further parts that are no files": (
        with_body(
            {**record(x=TEXT), "additionalProperties": TEXT, "x-eigenpal-part-prefix": ""}, "multipart/form-data"
        ),
        f"{SCHEMAS}/Body/x-eigenpal-part-prefix",
        "additionalProperties of format: binary",
    ),
    "encoding of another type": (
        spec(
            {"requestBody": multipart_body("Body", encoding={"x": {"contentType": "application/json"}})},
            {"Body": record(x={"type": "object"})},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/x",
        "only contentType: text/plain is supported",
    ),
    "encoding of nothing": (
        spec(
            {"requestBody": multipart_body("Body", encoding={"y": {"contentType": "text/plain"}})},
            {"Body": record(x=TEXT)},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/y",
        "is not a property of the body",
    ),
    # --- answers
    "several media types in an answer": (
        spec({"responses": {"200": {"description": "x", "content": {"application/json": {"schema": {}}, "*/*": {}}}}}),
        f"{GET}/responses/200/content",
        "several media types",
    ),
    "answer that never ends": (
        spec({"responses": {"200": {"description": "x", "content": {"text/event-stream": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/text~1event-stream",
        "a response of type text/event-stream is not supported",
    ),
    "answer of another JSON": (
        spec({"responses": {"200": {"description": "x", "content": {"application/hal+json": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/application~1hal+json",
        "use application/json or the type of a file",
    ),
    "answer of no media type": (
        spec({"responses": {"200": {"description": "x", "content": {"text/csv; charset=utf-8": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/text~1csv; charset=utf-8",
        "is not supported",
    ),
    "answer without a schema": (
        spec({"responses": {"200": {"description": "x", "content": {"application/json": {}}}}}),
        f"{GET}/responses/200/content/application~1json",
        "needs a schema",
    ),
    "successes that differ": (
        spec({"responses": {**OK, "204": {"description": "Nothing."}}}),
        f"{GET}/responses",
        "all success responses must have the same content",
    ),
    "default answer": (spec({"responses": {"default": OK["200"]}}), f"{GET}/responses/default", "must be a status"),
    "range of answers": (spec({"responses": {"2XX": OK["200"]}}), f"{GET}/responses/2XX", "must be a status"),
    "links": (
        spec({"responses": {"200": {"description": "x", "links": {}}}}),
        f"{GET}/responses/200/links",
        "supported",
    ),
    "answer without a description": (spec({"responses": {"200": {}}}), f"{GET}/responses/200", "Field required"),
    "object in place as an answer": (
        spec({"responses": answer(record(x=TEXT))}),
        f"{GET}/responses/200/content/application~1json/schema/properties",
        "an object needs a name",
    ),
    "unused answer": (
        changed("components/responses", {"R": {"description": "x", "content": {"text/event-stream": {}}}}),
        "#/components/responses/R/content/text~1event-stream",
        "is not supported",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(REFUSED[name], tmp_path, capsys)
