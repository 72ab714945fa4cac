# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Write several agent source files (no longer supported).

`agents.upload_files`: POST /api/v1/agents/{agentId}/files
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    *,
    files: Sequence[models.AgentFileEntry | Mapping[str, Any]] | None = None,
    body: models.UploadAgentFilesBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.uploadFiles",
        method="POST",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/files",
        response_kind="any",
        idempotent=False,
        json=encoding.make_json_body(body, optional={"files": files}),
    )


def parse(response: Response) -> Any:
    """Decode the response."""
    return response.data
