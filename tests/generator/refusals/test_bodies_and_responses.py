"""Request bodies and responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    FILE,
    GET,
    LIST,
    POST,
    SCHEMAS,
    RejectionCases,
    change_spec,
    check_rejection,
    with_body,
)
from tests.generator.small_specs import (
    OK,
    TEXT,
    make_multipart_body,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    ref,
)

CASES: RejectionCases = {
    # --- bodies
    "urlencoded body": (
        with_body(make_object(x=TEXT), "application/x-www-form-urlencoded"),
        f"{POST}/requestBody/content/application~1x-www-form-urlencoded",
        "is not supported",
    ),
    "text body": (
        with_body(make_object(x=TEXT), "text/plain"),
        f"{POST}/requestBody/content/text~1plain",
        "not supported",
    ),
    "body without content": (
        make_spec({"requestBody": {}}, method="post"),
        f"{POST}/requestBody/content",
        "must list at least one media type",
    ),
    "body without a schema": (
        make_spec({"requestBody": {"content": {"application/json": {}}}}, method="post"),
        f"{POST}/requestBody/content/application~1json",
        "needs a schema",
    ),
    "inline body": (
        make_spec({"requestBody": {"content": {"application/json": {"schema": make_object(x=TEXT)}}}}, method="post"),
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
        change_spec("components/schemas/Other", make_object(x=TEXT), with_body(ref("Other"))),
        f"{POST}/requestBody/content/application~1json/schema",
        "refer to the schema itself",
    ),
    "body and parameter with the same Python name": (
        with_body(make_object(**{"x-y": TEXT}), more={"parameters": [make_parameter("xY")]}),
        f"{POST}/requestBody/content/application~1json/schema/properties/x-y",
        "collides with 'xY': both would be x_y in Python",
    ),
    "parameter called body": (
        with_body(make_object(x=TEXT), more={"parameters": [make_parameter("body")]}),
        f"{POST}/requestBody/content/application~1json/schema",
        "the argument body for the whole body collides with the parameter 'body'",
    ),
    "properties called body and request_body": (
        with_body(make_object(body=TEXT, requestBody=TEXT)),
        f"{POST}/requestBody/content/application~1json/schema/properties/requestBody",
        "collides with 'the whole body'",
    ),
    "part called files next to additional parts": (
        with_body(
            {**make_object(files=TEXT), "additionalProperties": FILE, "x-eigenpal-part-prefix": ""},
            "multipart/form-data",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/schema/properties/files",
        "collides with 'additional parts'",
    ),
    "file in JSON": (
        with_body(make_object(x=FILE)),
        f"{POST}/requestBody/content/application~1json/schema",
        "a file can only be part",
    ),
    "files in an response": (
        make_spec({"responses": make_response(ref("Body"))}, {"Body": make_object(x=FILE)}),
        f"{GET}/responses/200/content/application~1json/schema/$ref",
        "Body contains files",
    ),
    "lists of lists of files": (
        with_body(make_object(x={"type": "array", "items": {"type": "array", "items": FILE}}), "multipart/form-data"),
        f"{SCHEMAS}/Body/properties/x/items/items/format",
        "a file can only be part",
    ),
    "map of files as one part": (
        with_body(make_object(x={"type": "object", "additionalProperties": FILE}), "multipart/form-data"),
        f"{SCHEMAS}/Body/properties/x/additionalProperties/format",
        "a file can only be part",
    ),
    "files in JSON": (
        with_body(make_object(x={"type": "array", "items": FILE})),
        f"{POST}/requestBody/content/application~1json/schema",
        "a file can only be part",
    ),
    "additional parts without a prefix": (
        with_body({**make_object(x=TEXT), "additionalProperties": FILE}, "multipart/form-data"),
        f"{SCHEMAS}/Body/additionalProperties",
        "",
    ),
    "additional parts that are not files": (
        with_body(
            {**make_object(x=TEXT), "additionalProperties": TEXT, "x-eigenpal-part-prefix": ""}, "multipart/form-data"
        ),
        f"{SCHEMAS}/Body/x-eigenpal-part-prefix",
        "additionalProperties of format: binary",
    ),
    "encoding of another type": (
        make_spec(
            {"requestBody": make_multipart_body("Body", encoding={"x": {"contentType": "application/json"}})},
            {"Body": make_object(x={"type": "object"})},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/x",
        "only contentType: text/plain is supported",
    ),
    "encoding of an unknown property": (
        make_spec(
            {"requestBody": make_multipart_body("Body", encoding={"y": {"contentType": "text/plain"}})},
            {"Body": make_object(x=TEXT)},
            method="post",
        ),
        f"{POST}/requestBody/content/multipart~1form-data/encoding/y",
        "is not a property of the body",
    ),
    # --- responses
    "several media types in an response": (
        make_spec(
            {"responses": {"200": {"description": "x", "content": {"application/json": {"schema": {}}, "*/*": {}}}}}
        ),
        f"{GET}/responses/200/content",
        "several media types",
    ),
    "response that never ends": (
        make_spec({"responses": {"200": {"description": "x", "content": {"text/event-stream": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/text~1event-stream",
        "a response of type text/event-stream is not supported",
    ),
    "response of another JSON type": (
        make_spec({"responses": {"200": {"description": "x", "content": {"application/hal+json": {"schema": TEXT}}}}}),
        f"{GET}/responses/200/content/application~1hal+json",
        "use application/json or the type of a file",
    ),
    "response with an invalid media type": (
        make_spec(
            {"responses": {"200": {"description": "x", "content": {"text/csv; charset=utf-8": {"schema": TEXT}}}}}
        ),
        f"{GET}/responses/200/content/text~1csv; charset=utf-8",
        "is not supported",
    ),
    "response without a schema": (
        make_spec({"responses": {"200": {"description": "x", "content": {"application/json": {}}}}}),
        f"{GET}/responses/200/content/application~1json",
        "needs a schema",
    ),
    "successes that differ": (
        make_spec({"responses": {**OK, "204": {"description": "Nothing."}}}),
        f"{GET}/responses",
        "all success responses must have the same content",
    ),
    "default response": (
        make_spec({"responses": {"default": OK["200"]}}),
        f"{GET}/responses/default",
        "must be a status",
    ),
    "range of responses": (make_spec({"responses": {"2XX": OK["200"]}}), f"{GET}/responses/2XX", "must be a status"),
    "links": (
        make_spec({"responses": {"200": {"description": "x", "links": {}}}}),
        f"{GET}/responses/200/links",
        "supported",
    ),
    "response without a description": (make_spec({"responses": {"200": {}}}), f"{GET}/responses/200", "Field required"),
    "inline object in a response": (
        make_spec({"responses": make_response(make_object(x=TEXT))}),
        f"{GET}/responses/200/content/application~1json/schema/properties",
        "an object needs a name",
    ),
    "unused response": (
        change_spec("components/responses", {"R": {"description": "x", "content": {"text/event-stream": {}}}}),
        "#/components/responses/R/content/text~1event-stream",
        "is not supported",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_spec_is_rejected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_rejection(CASES[name], tmp_path, capsys)
