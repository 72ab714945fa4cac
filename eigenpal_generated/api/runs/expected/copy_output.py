# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Copy an output file of a run to its expected files.

`runs.expected.copy_output`: POST /api/v1/runs/{id}/expected
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, decoding, encoding, models, runtime
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    id: str,
    *,
    output_file_name: str | Unset = UNSET,
    expected_name: str | None = None,
    body: models.CopyExpectedOutputBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="runs.expected.copyOutput",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected",
        idempotent=False,
        json=encoding.make_json_body(
            body,
            required={"outputFileName": output_file_name},
            optional={"expectedName": expected_name},
            names={"outputFileName": "output_file_name", "expectedName": "expected_name"},
        ),
    )


def request_multipart(id: str, file: runtime.FileInput, *, name: str | None = None) -> Request:
    """Build the request with a multipart body."""
    _text_parts: list[runtime.FormField] = []
    if name is not None:
        _text_parts.append(("name", encoding.encode_query_str("name", name)))
    _file_parts: list[runtime.FileField] = []
    _file_parts.append(("file", file))
    return Request(
        operation="runs.expected.copyOutput",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected",
        idempotent=False,
        multipart=True,
        form=tuple(_text_parts),
        files=tuple(_file_parts),
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
