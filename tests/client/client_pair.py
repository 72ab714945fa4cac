"""Runs one test against both clients, over a server that is a function."""

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

Handler = Callable[[httpx.Request], httpx.Response]


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


class Both:
    """A client of one of the two kinds, whose calls look the same to a test."""

    def __init__(self, kind: str, handler: Handler, **options: Any) -> None:
        self.is_async = kind == "async"
        self.requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            request.read()
            self.requests.append(request)
            return handler(request)

        async def answer_async(request: httpx.Request) -> httpx.Response:
            await request.aread()
            self.requests.append(request)
            return handler(request)

        chosen: dict[str, Any] = {"api_key": "key_1", "base_url": BASE_URL, "max_retries": 0, **options}
        self.client: Any
        if self.is_async:
            http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer_async))
            self.client = AsyncEigenpalClient(http_client=http_client, **chosen)
        else:
            self.client = EigenpalClient(http_client=httpx.Client(transport=httpx.MockTransport(answer)), **chosen)

    def call(self, act: Callable[[Any], Any]) -> Any:
        """Call something on the client, and await it where that is needed."""

        async def awaited() -> Any:
            result = act(self.client)
            return await result if inspect.isawaitable(result) else result

        return asyncio.run(awaited()) if self.is_async else act(self.client)

    def collect(self, act: Callable[[Any], Any]) -> list[Any]:
        """Collect what an iterator of the client yields."""
        if not self.is_async:
            iterator: Iterator[Any] = act(self.client)
            return list(iterator)

        async def collected() -> list[Any]:
            rows: AsyncIterator[Any] = act(self.client)
            return [row async for row in rows]

        return asyncio.run(collected())

    def stream(self, act: Callable[[Any], Any], chunk_size: int | None = None) -> tuple[list[bytes], Any]:
        """Read a stream of the client to its end; return its pieces and itself."""
        if not self.is_async:
            manager: AbstractContextManager[Any] = act(self.client)
            with manager as stream:
                return list(stream.iter_bytes(chunk_size)), stream

        async def read() -> tuple[list[bytes], Any]:
            manager: AbstractAsyncContextManager[Any] = act(self.client)
            async with manager as stream:
                return [piece async for piece in stream.iter_bytes(chunk_size)], stream

        return asyncio.run(read())

    @property
    def sent(self) -> list[str]:
        """What was asked, as method and path with query."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]


def reply(status: int, body: Any) -> httpx.Response:
    """Return an answer of that status."""
    return httpx.Response(status, json=body)


class Script:
    """A server that answers starts and looks in order; the last answer of each stays.

    An answer is JSON, a whole response or an exception to be raised.
    """

    def __init__(self, *, start: list[Any] | None = None, looks: list[Any] | None = None) -> None:
        self._start = [reply(201, example("RunAccepted"))] if start is None else start
        self._looks = [example("Run")] if looks is None else looks

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answers = self._start if request.method == "POST" else self._looks
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        return httpx.Response(200, json=answer)


def run_in(status: str, **changes: Any) -> dict[str, Any]:
    """Return the documented run, in another state."""
    run = example("Run")
    run["execution"]["status"] = status
    run["finished"] = status in ("completed", "failed", "cancelled", "rejected")
    if status != "completed":
        del run["output"], run["files"]
    return {**run, **changes}


def parts_of(request: httpx.Request) -> list[tuple[str, str | None, str | None, bytes]]:
    """Read a multipart body: name, filename, content type and content of each part."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.content)
    parts: list[tuple[str, str | None, str | None, bytes]] = []
    for part in message.iter_parts():
        disposition = part["content-disposition"].params
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        stated = part.get_content_type() if "content-type" in part else None
        parts.append((disposition["name"], disposition.get("filename"), stated, content.removesuffix(b"\r\n")))
    return parts
