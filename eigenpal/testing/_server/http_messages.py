"""What endpoints receive and return."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eigenpal.testing._server.content import Content
from eigenpal.testing._server.forms import Form
from eigenpal.testing._server.journal import ResponseSource
from eigenpal.testing._server.server_state import ServerState
from eigenpal.testing._server.specification import OperationSpec


@dataclass(frozen=True)
class ServerRequest:
    """A validated and decoded request."""

    state: ServerState
    operation: OperationSpec
    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, Any]
    body: Any = None
    """The decoded JSON body, or a form as the value its schema describes; None without a body."""
    form: Form | None = None
    idempotency_key: str | None = None

    @property
    def id(self) -> str:
        """The path parameter ``id``."""
        return self.path["id"]

    def fingerprint(self) -> str:
        """Return a hash of operation, path, query, body and file contents, to compare requests by."""
        files = [
            (name, file.filename, file.stored_content.sha256) for name, file in (self.form.files if self.form else ())
        ]
        identity = [self.operation.id, dict(self.path), dict(self.query), self.body, files]
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ServerResponse:
    """A successful response: JSON, a file or nothing."""

    status: int = 200
    json: Any = None
    content: Content | None = None
    content_type: str | None = "application/json"
    headers: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    secret: bool = False
    """Whether it must not be stored for repeated requests."""
    source: ResponseSource = "implementation"


def file_response(content: Content, content_type: str, filename: str) -> ServerResponse:
    """Return a response with a file."""
    plain = filename.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "_")
    safe = "".join(letter if letter.isprintable() else "_" for letter in plain)
    return ServerResponse(
        content=content,
        content_type=content_type,
        headers={"content-disposition": f'attachment; filename="{safe}"'},
    )


NO_CONTENT = ServerResponse(status=204, content_type=None)

Endpoint = Callable[[ServerRequest], ServerResponse | Awaitable[ServerResponse]]
"""Serves one operation; a coroutine function if it has to wait."""
