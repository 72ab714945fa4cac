"""Both transports behind one interface, so that every test can run against both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import httpx

from eigenpal._options import ClientOptions, resolve_options
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.request_flow import Environment
from eigenpal_generated.runtime import DownloadTarget, Progress, Request, Response

KEY = "sk_test_0123456789abcdef"
BASE_URL = "https://eigenpal.test"

Kind = Literal["sync", "async"]
Handler = Callable[[httpx.Request], httpx.Response]

GET = Request("runs.get", "GET", "/api/v1/runs/run_1")
START = Request(
    "run", "POST", "/api/v1/runs", json={"target": "workflows.x", "input": {}}, idempotent=False, starts_run=True
)
POST = Request("agents.create", "POST", "/api/v1/agents", json={"name": "x"}, idempotent=False)
CANCEL = Request("runs.cancel", "POST", "/api/v1/runs/run_1/cancel")
PATCH = Request("runs.feedback.update", "PATCH", "/api/v1/runs/run_1/feedback", json={"body": "x"})
FILE = Request("runs.artifacts.download", "GET", "/api/v1/runs/run_1/artifacts/output/a.pdf", response_kind="file")


def make_upload(**files: Any) -> Request:
    """Return a request that starts a run with these files."""
    return Request(
        "run",
        "POST",
        "/api/v1/runs",
        form=(("target", "workflows.x"), ("input", "{}")),
        files=tuple((f"files.{name}", value) for name, value in files.items()),
        multipart=True,
        idempotent=False,
        starts_run=True,
    )


def make_options(**values: Any) -> ClientOptions:
    values.setdefault("api_key", KEY)
    values.setdefault("base_url", BASE_URL)
    return resolve_options(**values)


def get_data(response: Response) -> Any:
    return response.data


class FakeClock:
    """A clock that only sleeping advances, and randomness that is always the same."""

    def __init__(self, random: float = 1.0) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []
        self.environment = Environment(
            monotonic=lambda: self.now, time=lambda: 1_700_000_000.0 + self.now, random=lambda: random
        )

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


class EitherTransport:
    """One of the two transports; every call of the asynchronous one runs in an event loop of its own."""

    def __init__(
        self,
        kind: Kind,
        handler: Handler | None = None,
        *,
        time: FakeClock | None = None,
        http: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> None:
        self.kind = kind
        self.options = make_options(**values)
        self.time = FakeClock() if time is None else time
        self._handler = handler
        self._http = dict(http or {})
        self._real_time = handler is None and time is None
        self.mock: type[httpx.MockTransport] = httpx.MockTransport

    @property
    def sleeps(self) -> list[float]:
        return self.time.sleeps

    def call(self, request: Request, parse: Callable[[Response], Any] = get_data, **more: Any) -> Any:
        if self.kind == "sync":
            transport = self._make_transport()
            try:
                return transport.call(request, parse, **more)
            finally:
                self._close(transport)

        async def main() -> Any:
            async_transport = self._make_async_transport()
            try:
                return await async_transport.call(request, parse, **more)
            finally:
                await self._aclose(async_transport)

        return asyncio.run(main())

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None = None) -> int:
        if self.kind == "sync":
            transport = self._make_transport()
            try:
                return transport.download(request, to, progress)
            finally:
                self._close(transport)

        async def main() -> int:
            transport = self._make_async_transport()
            try:
                return await transport.download(request, to, progress)
            finally:
                await self._aclose(transport)

        return asyncio.run(main())

    def stream(
        self, request: Request, chunk_size: int | None = None
    ) -> tuple[Mapping[str, str], int | None, list[bytes]]:
        """Return headers, size and chunks."""
        if self.kind == "sync":
            transport = self._make_transport()
            try:
                with transport.stream(request) as stream:
                    return stream.headers, stream.size, list(stream.iter_bytes(chunk_size))
            finally:
                self._close(transport)

        async def main() -> tuple[Mapping[str, str], int | None, list[bytes]]:
            transport = self._make_async_transport()
            try:
                async with transport.stream(request) as stream:
                    return stream.headers, stream.size, [chunk async for chunk in stream.iter_bytes(chunk_size)]
            finally:
                await self._aclose(transport)

        return asyncio.run(main())

    # --- creating and closing -----------------------------------------------------------------------------------------

    def _make_transport(self) -> HttpxTransport:
        if self._handler is None:
            if self._real_time:
                return HttpxTransport(self.options)
            return HttpxTransport(self.options, environment=self.time.environment, sleep=self.time.sleep)
        client = httpx.Client(transport=self.mock(self._handler), **self._http)
        return HttpxTransport(
            self.options, http_client=client, environment=self.time.environment, sleep=self.time.sleep
        )

    def _make_async_transport(self) -> AsyncHttpxTransport:
        if self._handler is None:
            if self._real_time:
                return AsyncHttpxTransport(self.options)
            return AsyncHttpxTransport(self.options, environment=self.time.environment, sleep=self.time.async_sleep)
        client = httpx.AsyncClient(transport=self.mock(self._handler), **self._http)
        return AsyncHttpxTransport(
            self.options, http_client=client, environment=self.time.environment, sleep=self.time.async_sleep
        )

    @staticmethod
    def _close(transport: HttpxTransport) -> None:
        user_client = transport.connections.user_client
        transport.close()
        if user_client is not None:
            assert not user_client.is_closed
            user_client.close()

    @staticmethod
    async def _aclose(transport: AsyncHttpxTransport) -> None:
        user_client = transport.connections.user_client
        await transport.aclose()
        if user_client is not None:
            assert not user_client.is_closed
            await user_client.aclose()


class Script:
    """Responds as listed, then repeats the last response; an exception in the list is raised. Records the requests."""

    MAX_REPEATS = 50
    """More of them fail the test, so that an endless retry loop does not hang."""

    def __init__(self, *responses: httpx.Response | Exception | Handler) -> None:
        self._responses = list(responses)
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.timeouts: list[dict[str, float]] = []
        """The timeouts of each request when it was sent; under a deadline they become shorter with time."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        position = len(self.requests)
        self.requests.append(request)
        self.timeouts.append(dict(request.extensions.get("timeout", {})))
        self.bodies.append(request.content)
        assert position < len(self._responses) + self.MAX_REPEATS, "the last response was repeated too often"
        response = self._responses[min(position, len(self._responses) - 1)]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            # A copy, because a response can be read only once.
            return httpx.Response(response.status_code, headers=response.headers, content=response.content)
        return response(request)


def ok(data: Any = None, **headers: str) -> httpx.Response:
    return httpx.Response(200, json={"id": "run_1"} if data is None else data, headers=headers)


def error_response(status: int, message: str = "Something is wrong", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    issue = {"field": "<root>", "message": message, "code": "some_code", "severity": "error"}
    return httpx.Response(status, json={"issues": [issue], "requestId": "req_1", **more}, headers=headers)


# --- inspection -------------------------------------------------------------------------------------------------------


def no_sleep(seconds: float) -> None:
    """Return at once."""


async def no_async_sleep(seconds: float) -> None:
    """Return at once."""


def count_open_files() -> int:
    """Return how many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def get_pool(client: httpx.Client | httpx.AsyncClient) -> list[Any]:
    """Return the connections of an httpx client, for which it has no public API."""
    transport: Any = getattr(client, "_transport")  # noqa: B009
    return list(transport._pool.connections)
