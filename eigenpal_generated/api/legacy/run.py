# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Start a run with the target in the URL path.

`legacy.run`: POST /api/v1/run/{target}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response


def request(
    target: str,
    *,
    overrides: models.RunOverrides | Mapping[str, Any] | None = None,
    body: models.LegacyRunInputBody | Mapping[str, Any] | None = None,
    version: str | None = None,
    wait_for_completion: int | None = None,
    trigger: models.RunOrigin | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if version is not None:
        _query.append(("version", encoding.encode_query_str("version", version)))
    if wait_for_completion is not None:
        _query.append(
            ("wait_for_completion", encoding.encode_query_int("wait_for_completion", wait_for_completion, minimum=0))
        )
    _headers: list[tuple[str, str]] = []
    if trigger is not None:
        _headers.append(("X-Eigenpal-Trigger", encoding.encode_header("trigger", trigger)))
    return Request(
        operation="legacy.run",
        method="POST",
        path=f"/api/v1/run/{encoding.encode_path_segment('target', target)}",
        query=tuple(_query),
        headers=tuple(_headers),
        idempotent=False,
        starts_run=True,
        server_wait_seconds=float(wait_for_completion or 0),
        json=encoding.make_json_body(body, optional={"_overrides": overrides}, names={"_overrides": "overrides"}),
    )


def request_multipart(
    target: str,
    *,
    input: Mapping[str, Any] | None = None,
    overrides: models.RunOverrides | Mapping[str, Any] | None = None,
    files: Mapping[str, runtime.FileInput | Sequence[runtime.FileInput]] | None = None,
    version: str | None = None,
    wait_for_completion: int | None = None,
    trigger: models.RunOrigin | None = None,
) -> Request:
    """Build the request with a multipart body."""
    _query: list[tuple[str, str]] = []
    if version is not None:
        _query.append(("version", encoding.encode_query_str("version", version)))
    if wait_for_completion is not None:
        _query.append(
            ("wait_for_completion", encoding.encode_query_int("wait_for_completion", wait_for_completion, minimum=0))
        )
    _headers: list[tuple[str, str]] = []
    if trigger is not None:
        _headers.append(("X-Eigenpal-Trigger", encoding.encode_header("trigger", trigger)))
    _text_parts: list[runtime.FormField] = []
    if input is not None:
        _text_parts.append(("_json", encoding.encode_json("input", input)))
    if overrides is not None:
        _text_parts.append(("_overrides", encoding.encode_json("overrides", overrides)))
    _file_parts: list[runtime.FileField] = []
    _file_parts.extend(runtime.make_file_parts("", files))
    return Request(
        operation="legacy.run",
        method="POST",
        path=f"/api/v1/run/{encoding.encode_path_segment('target', target)}",
        query=tuple(_query),
        headers=tuple(_headers),
        idempotent=False,
        starts_run=True,
        server_wait_seconds=float(wait_for_completion or 0),
        multipart=True,
        form=tuple(_text_parts),
        files=tuple(_file_parts),
    )


def parse(response: Response) -> models.LegacyRunStartResponse:
    """Decode the response."""
    return base_models.read(models.decode_legacy_run_start_response, response.data, response.context)
