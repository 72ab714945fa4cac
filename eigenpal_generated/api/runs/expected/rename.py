# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Rename an expected file of a run.

`runs.expected.rename`: PATCH /api/v1/runs/{id}/expected/{filename}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, decoding, encoding, models
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    id: str,
    filename: str,
    *,
    name: str | Unset = UNSET,
    body: models.RenameExpectedFileBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="runs.expected.rename",
        method="PATCH",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected/{encoding.encode_path_segment('filename', filename)}",
        json=encoding.make_json_body(body, required={"name": name}),
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
