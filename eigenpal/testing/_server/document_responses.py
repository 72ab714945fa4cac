"""Responses of the operations that the server does not implement, made from the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from eigenpal.testing._server.content import Content
from eigenpal.testing._server.http_messages import ServerRequest, ServerResponse
from eigenpal.testing._server.journal import ResponseSource
from eigenpal.testing._server.pagination import DEFAULT_LIMIT
from eigenpal.testing._server.samples import Sampler
from eigenpal.testing._server.specification import MediaTypeSpec, OperationSpec, Specification, is_json

_MEMBERS_OF_RANGES = {"image/*": "image/png", "audio/*": "audio/mpeg", "video/*": "video/mp4", "text/*": "text/plain"}


class DocumentResponder:
    """Responds to any operation with a success that the document describes, always the same one.

    Its body is the first example that is valid, or else a sample of the schema. A page of a listing is always the last
    one, so that an iteration over all pages ends.

    Args:
        specification: The document.
    """

    def __init__(self, specification: Specification) -> None:
        self._sampler = Sampler(specification)
        self._chosen: dict[str, tuple[ServerResponse, MediaTypeSpec | None]] = {}

    def respond(self, request: ServerRequest) -> ServerResponse:
        """Return the response to a request.

        Raises:
            NoSampleError: There is no valid example, and no valid value was found for the schema.
        """
        operation = request.operation
        if operation.id not in self._chosen:
            self._chosen[operation.id] = self._choose(operation)
        response, media = self._chosen[operation.id]
        body: object = response.json
        if media is None or not operation.pagination or not isinstance(body, dict):
            return response
        pages = _iter_last_pages(cast("dict[str, Any]", body), request)
        valid = (page for page in pages if self._sampler.is_valid(media.declared, page))
        return replace(response, json=next(valid, cast("object", body)))

    def _choose(self, operation: OperationSpec) -> tuple[ServerResponse, MediaTypeSpec | None]:
        # Content says more than an empty response. If a start of a run can return the finished run, that comes first.
        successes = sorted(operation.successes.items(), key=lambda item: (not item[1], item[0]))
        if not successes:
            return ServerResponse(status=204, content_type=None, source="schema"), None
        for status, described in successes:
            for media_type, media in described.items():
                for example in media.examples:
                    if not is_json(media_type) or self._sampler.is_valid(media.declared, example):
                        return _make_response(status, media_type, example, "example"), media
        status, described = successes[0]
        if not described:
            return ServerResponse(status=_parse_status(status), content_type=None, source="schema"), None
        media_type, media = min(described.items(), key=lambda item: not is_json(item[0]))
        return _make_response(status, media_type, self._sampler.sample(media.declared), "schema"), media


def _make_response(status: str, media_type: str, value: Any, source: ResponseSource) -> ServerResponse:
    if is_json(media_type):
        return ServerResponse(status=_parse_status(status), json=value, content_type=media_type, source=source)
    if source == "schema" and not isinstance(value, str):
        # The schema says nothing about the bytes.
        value = "sample"
    text = value if isinstance(value, str) else json.dumps(value)
    concrete = _MEMBERS_OF_RANGES.get(media_type, "application/octet-stream") if "*" in media_type else media_type
    content = Content.from_bytes(text.encode("utf-8", "surrogatepass"))
    return ServerResponse(status=_parse_status(status), content=content, content_type=concrete, source=source)


def _parse_status(status: str) -> int:
    """Return the status of a key such as ``201``, ``2XX`` or ``default``."""
    return int(status) if status.isdigit() else 200


def _iter_last_pages(page: dict[str, Any], request: ServerRequest) -> Iterator[dict[str, Any]]:
    """Yield variations of a page after which an iteration ends."""
    names, query = request.operation.pagination, request.query
    if names["style"] == "cursor":
        cursor = names["next"]
        yield {**page, cursor: None}
        yield {name: value for name, value in page.items() if name != cursor}
        # Clients take an empty cursor for none.
        yield {**page, cursor: ""}
        return
    rows = cast("list[Any]", page.get(names["items"]) or [])
    offset: int = query.get(names["offset"], 0)
    limit: int = query.get(names.get("limit", ""), DEFAULT_LIMIT)
    values = {names["total"]: len(rows), names["offset"]: offset, names.get("limit"): limit}
    counted = {name: values.get(name, value) for name, value in page.items()}
    yield {**counted, names["items"]: rows[offset : offset + limit]}
    yield counted
