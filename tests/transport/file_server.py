"""A server for one file that can break off and resume."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator

import httpx

CONTENT = random.Random(7).randbytes(300_000)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in chunks that may break off."""

    def __init__(self, content: bytes, *, breaks_with: Exception | None = None, chunk: int = 65536) -> None:
        self._content = content
        self.breaks_with = breaks_with
        self._piece = chunk
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), self._piece):
            yield self._content[start : start + self._piece]
        if self.breaks_with is not None:
            raise self.breaks_with

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


class FileServer:
    """A server for one file; breaks off after the given numbers of bytes, and supports ranges if not told otherwise."""

    def __init__(
        self,
        *breaks: int,
        headers: dict[str, str] | None = None,
        ranges: bool = True,
        content: bytes = CONTENT,
        sends_length: bool = True,
    ) -> None:
        self.breaks = list(breaks)
        self.headers = {"ETag": '"v1"'} if headers is None else headers
        self._ranges = ranges
        self.content = content
        self._sends_length = sends_length
        self.requests: list[httpx.Request] = []
        self.bodies: list[Body] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        content, status, headers = self.content, 200, dict(self.headers)
        requested = request.headers.get("Range")
        if requested is not None and self._ranges and request.headers["If-Range"] in headers.values():
            start = int(requested.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            content, status = content[start:], 206
        if self._sends_length:
            headers["Content-Length"] = str(len(content))
        cut = self.breaks.pop(0) if self.breaks else None
        error = None if cut is None else httpx.ReadError("reset")
        body = Body(content if cut is None else content[:cut], breaks_with=error)
        self.bodies.append(body)
        return httpx.Response(status, headers=headers, stream=body)

    @property
    def ranges(self) -> list[str | None]:
        return [request.headers.get("Range") for request in self.requests]
