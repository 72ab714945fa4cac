"""Runs one test with both clients, against a server that is a function."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import httpx

from eigenpal import AsyncEigenpalClient, EigenpalClient

EXAMPLES = Path(__file__).parents[1] / "contract" / "examples"
BASE_URL = "https://eigenpal.test"
MAX_REQUESTS = 1000
"""The requests one test may send, so that a client which retries without end fails instead of hanging."""

Handler = Callable[[httpx.Request], httpx.Response]


def load_example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


class EitherClient:
    """A client of one of the two kinds, with the same methods for a test."""

    def __init__(self, kind: str, handler: Handler, **options: Any) -> None:
        self.is_async = kind == "async"
        self.requests: list[httpx.Request] = []

        def respond(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            assert len(self.requests) <= MAX_REQUESTS
            return handler(request)

        def respond_sync(request: httpx.Request) -> httpx.Response:
            request.read()
            return respond(request)

        async def respond_async(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return respond(request)

        chosen: dict[str, Any] = {"api_key": "key_1", "base_url": BASE_URL, "max_retries": 0, **options}
        self.client: Any
        if self.is_async:
            async_client = httpx.AsyncClient(transport=httpx.MockTransport(respond_async))
            self.client = AsyncEigenpalClient(http_client=async_client, **chosen)
        else:
            sync_client = httpx.Client(transport=httpx.MockTransport(respond_sync))
            self.client = EigenpalClient(http_client=sync_client, **chosen)

    def call(self, act: Callable[[Any], Any]) -> Any:
        """Call a method of the client, and await the result if needed."""

        async def call_async() -> Any:
            result = act(self.client)
            return await result if inspect.isawaitable(result) else result

        return asyncio.run(call_async()) if self.is_async else act(self.client)

    def collect(self, act: Callable[[Any], Any]) -> list[Any]:
        """Return the items of an iterator of the client."""
        if not self.is_async:
            iterator: Iterator[Any] = act(self.client)
            return list(iterator)

        async def collect_async() -> list[Any]:
            rows: AsyncIterator[Any] = act(self.client)
            return [row async for row in rows]

        return asyncio.run(collect_async())

    def read_stream(self, act: Callable[[Any], Any], chunk_size: int | None = None) -> tuple[list[bytes], Any]:
        """Read a stream of the client; return its chunks and the stream."""
        if not self.is_async:
            manager: AbstractContextManager[Any] = act(self.client)
            with manager as stream:
                return list(stream.iter_bytes(chunk_size)), stream

        async def read_async() -> tuple[list[bytes], Any]:
            manager: AbstractAsyncContextManager[Any] = act(self.client)
            async with manager as stream:
                return [chunk async for chunk in stream.iter_bytes(chunk_size)], stream

        return asyncio.run(read_async())

    @property
    def sent(self) -> list[str]:
        """The requests, as method and path with query."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]


def json_response(status: int, body: Any) -> httpx.Response:
    return httpx.Response(status, json=body)


class ScriptedServer:
    """A server that responds to starts and to polls in order; the last response of each is repeated.

    A response is JSON, an `httpx.Response` or an exception to raise.
    """

    def __init__(self, *, start: list[Any] | None = None, polls: list[Any] | None = None) -> None:
        self._start = [json_response(201, load_example("RunAccepted"))] if start is None else start
        self._polls = [load_example("Run")] if polls is None else polls

    def __call__(self, request: httpx.Request) -> httpx.Response:
        responses = self._start if request.method == "POST" else self._polls
        response = responses.pop(0) if len(responses) > 1 else responses[0]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            return response
        return json_response(200, response)


def run_json(status: str, **changes: Any) -> dict[str, Any]:
    """Return the documented run with another status."""
    run = load_example("Run")
    run["execution"]["status"] = status
    run["finished"] = status in ("completed", "failed", "cancelled", "rejected")
    if status != "completed":
        del run["output"], run["files"]
    return {**run, **changes}


def parse_multipart(request: httpx.Request) -> list[tuple[str, str | None, str | None, bytes]]:
    """Return the parts of a multipart body: name, filename, content type and content."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.content)
    parts: list[tuple[str, str | None, str | None, bytes]] = []
    for part in message.iter_parts():
        disposition = part["content-disposition"].params
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        content_type = part.get_content_type() if "content-type" in part else None
        parts.append((disposition["name"], disposition.get("filename"), content_type, content.removesuffix(b"\r\n")))
    return parts
