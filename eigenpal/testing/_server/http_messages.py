"""What a handler receives and what it gives back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eigenpal.testing._server.content import Content
from eigenpal.testing._server.forms import Form
from eigenpal.testing._server.server_state import ServerState
from eigenpal.testing._server.specification import OperationSpec


@dataclass(frozen=True)
class ServerRequest:
    """A request that fits the document, decoded."""

    state: ServerState
    operation: OperationSpec
    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, Any]
    body: Any = None
    """The decoded JSON body, or the form as its schema sees it; None without a body."""
    form: Form | None = None
    idempotency_key: str | None = None

    @property
    def id(self) -> str:
        """The path parameter ``id``."""
        return self.path["id"]

    def fingerprint(self) -> str:
        """Return what tells this request from another one: operation, path, query and body, files by their bytes."""
        files = [
            (name, file.filename, file.stored_content.sha256) for name, file in (self.form.files if self.form else ())
        ]
        identity = [self.operation.id, dict(self.path), dict(self.query), self.body, files]
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ServerResponse:
    """A success: JSON, the bytes of a file, or nothing."""

    status: int = 200
    json: Any = None
    content: Content | None = None
    content_type: str | None = "application/json"
    headers: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    secret: bool = False
    """Whether it is for whoever asked alone, and not to be kept."""


def file_response(content: Content, content_type: str, filename: str) -> ServerResponse:
    """Return an answer that is a file."""
    plain = filename.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "_")
    safe = "".join(letter if letter.isprintable() else "_" for letter in plain)
    return ServerResponse(
        content=content,
        content_type=content_type,
        headers={"content-disposition": f'attachment; filename="{safe}"'},
    )


NO_CONTENT = ServerResponse(status=204, content_type=None)

Endpoint = Callable[[ServerRequest], ServerResponse | Awaitable[ServerResponse]]
"""A plain function where all is at hand, a coroutine function where something has to be waited for."""
