"""Runs one test with both clients, against a server that is a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from eigenpal import AsyncEigenpalClient, EigenpalClient

from .event_loop import EventLoop, Kind
from .script import BASE_URL, RequestHandler, Script


class EitherClient:
    """A client of one of the two kinds, with the same methods for a test."""

    def __init__(self, kind: Kind, handler: RequestHandler, **options: Any) -> None:
        self.is_async = kind == "async"
        server = Script(handler)
        self.requests = server.requests
        transport = httpx.MockTransport(server)
        chosen: dict[str, Any] = {"api_key": "key_1", "base_url": BASE_URL, "max_retries": 0, **options}
        self.client: Any
        if self.is_async:
            self.client = AsyncEigenpalClient(http_client=httpx.AsyncClient(transport=transport), **chosen)
        else:
            self.client = EigenpalClient(http_client=httpx.Client(transport=transport), **chosen)

    def call(self, act: Callable[[Any], Any]) -> Any:
        """Call a method of the client, and await the result if needed."""
        with EventLoop() as loop:
            return loop.complete(act(self.client))

    def collect(self, act: Callable[[Any], Any]) -> list[Any]:
        """Return the items of an iterator of the client."""
        with EventLoop() as loop:
            return list(loop.complete(act(self.client)))

    def read_stream(self, act: Callable[[Any], Any], chunk_size: int | None = None) -> tuple[list[bytes], Any]:
        """Read a stream of the client; return its chunks and the stream."""
        with EventLoop() as loop, loop.complete(act(self.client)) as stream:
            return list(loop.complete(stream.iter_bytes(chunk_size))), stream

    @property
    def sent(self) -> list[str]:
        """The requests, as method and path with query."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]
