"""Request bodies: read with limits, decoded, and refused with a clear 4xx where they are hostile or broken."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast

import anyio

from eigenpal.testing._server.forms import Form, parse_form
from eigenpal.testing._server.http_errors import HttpError, bad_request, error_for_status, payload_too_large
from eigenpal.testing._server.specification import MediaTypeSpec

ReceiveMessage = Callable[[], Awaitable[MutableMapping[str, Any]]]

MAX_DEPTH = 200
"""How deep JSON may be nested."""

_MAX_DRAINED_BYTES = 256 * 1024 * 1024
_MAX_DRAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Limits:
    """How much of a request the server takes.

    Attributes:
        json_bytes: The largest JSON body, and the most text in a form, all its text parts together.
        form_bytes: The largest multipart body.
        parts: The most parts of a form.
        seconds_between_pieces: How long a client may pause in the middle of a body.
    """

    max_json_bytes: int = 16 * 1024 * 1024
    max_form_bytes: int = 2 * 1024 * 1024 * 1024
    max_parts: int = 1000
    chunk_timeout_seconds: float = 30.0


class RequestBody:
    """Reads the body of one request."""

    def __init__(self, receive: ReceiveMessage, headers: Mapping[str, str], limits: Limits) -> None:
        self._receive = receive
        self._headers = headers
        self._limits = limits
        # Without either header there is no body, and nothing to wait for.
        self.is_complete = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers

    async def iter_chunks(self, limit: int) -> AsyncGenerator[bytes, None]:
        """Yield the body piece by piece.

        Raises:
            Problem: It is larger than ``limit``, came too slowly, or was cut off.
        """
        declared = self._headers.get("content-length", "")
        if declared.isdigit() and int(declared[:19]) > limit:
            await self.drain()
            raise payload_too_large(f"The body has {declared} bytes; at most {limit} are taken")
        size = 0
        while not self.is_complete:
            chunk = await self._receive_chunk()
            size += len(chunk)
            if size > limit:
                await self.drain()
                raise payload_too_large(f"The body has more than {limit} bytes")
            if chunk:
                yield chunk

    async def read(self, limit: int) -> bytes:
        """Return the whole body.

        Raises:
            Problem: As for `pieces`.
        """
        return b"".join([chunk async for chunk in self.iter_chunks(limit)])

    async def drain(self) -> None:
        """Take in and forget what is left of the body.

        A client that is still sending does not read the answer; closing on it would look like a broken connection.
        """
        started = time.monotonic()
        size = 0
        while not self.is_complete and size < _MAX_DRAINED_BYTES and time.monotonic() - started < _MAX_DRAIN_SECONDS:
            try:
                # Not asyncio.wait_for: before Python 3.12 it loses a cancellation that comes together with a message.
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
            text = f"No more of the body arrived for {seconds:g} seconds"
            raise error_for_status(408, text, headers=headers) from None
        if message["type"] == "http.disconnect":
            self.is_complete = True
            raise bad_request("body", "The body was cut off", "incomplete")
        self.is_complete = not message.get("more_body", False)
        return cast("bytes", message.get("body", b""))


def decode_json(data: bytes, field: str = "body") -> Any:
    """Return what JSON text stands for.

    Raises:
        Problem: It is not UTF-8, not JSON, nested too deeply, or holds a number JSON does not have.
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
    """Return whether a JSON value is nested more than `DEEPEST` levels deep."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH + 1):
        following: list[object] = []
        for one in level:
            if isinstance(one, dict):
                following.extend(cast("dict[str, object]", one).values())
            elif isinstance(one, list):
                following.extend(cast("list[object]", one))
        if not following:
            return False
        level = following
    return True


async def read_form(reader: RequestBody, headers: Mapping[str, str], limits: Limits) -> Form:
    """Return a multipart body.

    Raises:
        Problem: It is broken or beyond a limit.
    """
    return await parse_form(
        headers.get("content-type", ""),
        reader.iter_chunks(limits.max_form_bytes),
        max_parts=limits.max_parts,
        max_text_bytes=limits.max_json_bytes,
    )


def form_to_json(form: Form, media: MediaTypeSpec) -> dict[str, Any]:
    """Return the form as the value its schema describes: JSON parts decoded, files as their names.

    Raises:
        Problem: A JSON part is not JSON, or a part came as a file that should be text, or the other way round.
    """
    properties = cast("dict[str, dict[str, Any]]", media.schema.get("properties", {}))
    document: dict[str, Any] = {}
    for name, text in form.texts.items():
        declared = properties.get(name)
        field = f"body.{name}"
        if name in form.repeated and declared is not None:
            raise bad_request(field, "This part was sent twice")
        if declared is None:
            if media.part_prefix is not None:
                raise bad_request(field, "This part needs a filename: files are sent as file parts")
            document[name] = text
        elif _is_file(declared) or _is_file(declared.get("items", {})):
            raise bad_request(field, "Expected a file part, with a filename", "invalid_type")
        elif declared.get("type") == "string":
            document[name] = text
        else:
            document[name] = decode_json(text.encode("utf-8", "surrogatepass"), field)
    for name, file in form.files:
        declared = properties.get(name)
        if declared is not None and _is_file(declared.get("items", {})):
            document.setdefault(name, []).append(file.filename)
            continue
        if declared is not None and not _is_file(declared):
            raise bad_request(f"body.{name}", "Expected a text part, without a filename", "invalid_type")
        if declared is None and media.part_prefix is None:
            raise bad_request(f"body.{name}", f"{name} is not known here", "unrecognized_key")
        if declared is not None and name in document:
            raise bad_request(f"body.{name}", "This part was sent twice")
        document[name] = file.filename
    return document


def _is_file(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("format") == "binary")
