"""Both transports behind one face, so that every table of these tests runs against both."""

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


def upload(**files: Any) -> Request:
    """Return the start of a run with these files."""
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


def options(**given: Any) -> ClientOptions:
    given.setdefault("api_key", KEY)
    given.setdefault("base_url", BASE_URL)
    return resolve_options(**given)


def data_of(response: Response) -> Any:
    return response.data


class FakeTime:
    """A clock that only pauses move, and chance that always says the same."""

    def __init__(self, chance: float = 1.0) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []
        self.environment = Environment(
            monotonic=lambda: self.now, time=lambda: 1_700_000_000.0 + self.now, random=lambda: chance
        )

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


class Caller:
    """One of the two transports; every call of the asynchronous one has an event loop of its own."""

    def __init__(
        self,
        kind: Kind,
        handler: Handler | None = None,
        *,
        time: FakeTime | None = None,
        http: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> None:
        self.kind = kind
        self.options = options(**given)
        self.time = FakeTime() if time is None else time
        self._handler = handler
        self._http = dict(http or {})
        self._real_time = handler is None and time is None
        self.mock: type[httpx.MockTransport] = httpx.MockTransport

    @property
    def pauses(self) -> list[float]:
        return self.time.pauses

    def call(self, request: Request, parse: Callable[[Response], Any] = data_of, **more: Any) -> Any:
        if self.kind == "sync":
            with_transport = self._transport()
            try:
                return with_transport.call(request, parse, **more)
            finally:
                self._close(with_transport)

        async def main() -> Any:
            transport = self._async_transport()
            try:
                return await transport.call(request, parse, **more)
            finally:
                await self._aclose(transport)

        return asyncio.run(main())

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None = None) -> int:
        if self.kind == "sync":
            transport = self._transport()
            try:
                return transport.download(request, to, progress)
            finally:
                self._close(transport)

        async def main() -> int:
            transport = self._async_transport()
            try:
                return await transport.download(request, to, progress)
            finally:
                await self._aclose(transport)

        return asyncio.run(main())

    def stream(
        self, request: Request, chunk_size: int | None = None
    ) -> tuple[Mapping[str, str], int | None, list[bytes]]:
        """Return headers, announced size and pieces."""
        if self.kind == "sync":
            transport = self._transport()
            try:
                with transport.stream(request) as stream:
                    return stream.headers, stream.size, list(stream.iter_bytes(chunk_size))
            finally:
                self._close(transport)

        async def main() -> tuple[Mapping[str, str], int | None, list[bytes]]:
            transport = self._async_transport()
            try:
                async with transport.stream(request) as stream:
                    return stream.headers, stream.size, [piece async for piece in stream.iter_bytes(chunk_size)]
            finally:
                await self._aclose(transport)

        return asyncio.run(main())

    # --- making and closing -------------------------------------------------------------------------------------------

    def _transport(self) -> HttpxTransport:
        if self._handler is None:
            if self._real_time:
                return HttpxTransport(self.options)
            return HttpxTransport(self.options, environment=self.time.environment, sleep=self.time.sleep)
        client = httpx.Client(transport=self.mock(self._handler), **self._http)
        return HttpxTransport(
            self.options, http_client=client, environment=self.time.environment, sleep=self.time.sleep
        )

    def _async_transport(self) -> AsyncHttpxTransport:
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
    """Answers in the order given, and keeps what was asked; an exception among them is raised."""

    def __init__(self, *answers: httpx.Response | Exception | Handler) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.timeouts: list[dict[str, float]] = []
        """Of each request, as they were when it was sent: under a deadline they become shorter with time."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.timeouts.append(dict(request.extensions.get("timeout", {})))
        self.bodies.append(request.content)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            # A copy, because a response can be read once, and the last answer stands for all that follow.
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request)


def ok(data: Any = None, **headers: str) -> httpx.Response:
    return httpx.Response(200, json={"id": "run_1"} if data is None else data, headers=headers)


def envelope(status: int, message: str = "Something is wrong", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    issue = {"field": "<root>", "message": message, "code": "some_code", "severity": "error"}
    return httpx.Response(status, json={"issues": [issue], "requestId": "req_1", **more}, headers=headers)


# --- looking behind the scenes ----------------------------------------------------------------------------------------


def quiet(seconds: float) -> None:
    """Pause for no time."""


async def async_quiet(seconds: float) -> None:
    """Pause for no time."""


def opened_files() -> int:
    """Return how many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def pool_of(client: httpx.Client | httpx.AsyncClient) -> list[Any]:
    """Return the connections an httpx client holds, for which it has no public name."""
    inner: Any = getattr(client, "_transport")  # noqa: B009
    return list(inner._pool.connections)
