"""Reads and decodes request bodies, with limits; malformed bodies raise a 4xx error."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast

import anyio

from eigenpal._clock import real_monotonic
from eigenpal.testing._server.http_errors import HttpError, bad_request, error_for_status, payload_too_large

ReceiveMessage = Callable[[], Awaitable[MutableMapping[str, Any]]]

MAX_DEPTH = 200
"""Maximum nesting of JSON."""

_MAX_DRAINED_BYTES = 256 * 1024 * 1024
_MAX_DRAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Limits:
    """Limits for requests.

    Attributes:
        max_json_bytes: Maximum size of a JSON body, and of all text parts of a form together.
        max_form_bytes: Maximum size of a multipart body.
        max_parts: Maximum number of parts of a form.
        chunk_timeout_seconds: Maximum pause within a request.
    """

    max_json_bytes: int = 16 * 1024 * 1024
    max_form_bytes: int = 2 * 1024 * 1024 * 1024
    max_parts: int = 1000
    chunk_timeout_seconds: float = 30.0


class RequestBody:
    """The body of one request."""

    def __init__(self, receive: ReceiveMessage, headers: Mapping[str, str], limits: Limits) -> None:
        self._receive = receive
        self._headers = headers
        self._limits = limits
        # Without either header there is no body to wait for.
        self.is_complete = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers

    async def iter_chunks(self, limit: int) -> AsyncGenerator[bytes, None]:
        """Yield the body in chunks.

        Raises:
            HttpError: The body is larger than ``limit``, arrives too slowly or is incomplete.
        """
        declared = self._headers.get("content-length", "")
        if declared.isdigit() and int(declared[:19]) > limit:
            await self.drain()
            raise payload_too_large(f"The body has {declared} bytes; the maximum is {limit}")
        size = 0
        while not self.is_complete:
            chunk = await self._receive_chunk()
            size += len(chunk)
            if size > limit:
                await self.drain()
                raise payload_too_large(f"The body exceeds {limit} bytes")
            if chunk:
                yield chunk

    async def read(self, limit: int) -> bytes:
        """Return the whole body.

        Raises:
            HttpError: As for `iter_chunks`.
        """
        return b"".join([chunk async for chunk in self.iter_chunks(limit)])

    async def drain(self) -> None:
        """Read and discard the rest of the body.

        A client does not read the response while it sends; closing early would look like a broken connection.
        """
        started = real_monotonic()
        size = 0
        while not self.is_complete and size < _MAX_DRAINED_BYTES and real_monotonic() - started < _MAX_DRAIN_SECONDS:
            try:
                # Not asyncio.wait_for: before Python 3.12 it can lose a cancellation (python/cpython#86296).
                with anyio.fail_after(_MAX_DRAIN_SECONDS):
                    message = await self._receive()
            except TimeoutError:
                return
            size += len(message.get("body", b""))
            self.is_complete = message["type"] == "http.disconnect" or not message.get("more_body", False)

    async def _receive_chunk(self) -> bytes:
        seconds = self._limits.chunk_timeout_seconds
        try:
            with anyio.fail_after(seconds):
                message = await self._receive()
        except TimeoutError:
            headers = {"connection": "close"}
            text = f"No data of the body arrived for {seconds:g} seconds"
            raise error_for_status(408, text, headers=headers) from None
        if message["type"] == "http.disconnect":
            self.is_complete = True
            raise bad_request("body", "The body is incomplete", "incomplete")
        self.is_complete = not message.get("more_body", False)
        return cast("bytes", message.get("body", b""))


def decode_json(data: bytes, field: str = "body") -> Any:
    """Return the value of JSON text.

    Raises:
        HttpError: It is not UTF-8, not JSON, nested too deeply, or contains ``NaN`` or ``Infinity``.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad_request(field, f"Not UTF-8 (byte {error.start})", "invalid_json") from None
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise _too_deep(field) from None
    except ValueError as error:
        raise bad_request(field, f"Not JSON: {error}", "invalid_json") from None
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH and depth_exceeds(value):
        raise _too_deep(field)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _too_deep(field: str) -> HttpError:
    return bad_request(field, f"Nested more than {MAX_DEPTH} levels deep", "too_deep")


def depth_exceeds(value: object) -> bool:
    """Return whether a JSON value is nested more than `MAX_DEPTH` levels deep."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH + 1):
        following: list[object] = []
        for item in level:
            if isinstance(item, dict):
                following.extend(cast("dict[str, object]", item).values())
            elif isinstance(item, list):
                following.extend(cast("list[object]", item))
        if not following:
            return False
        level = following
    return True
