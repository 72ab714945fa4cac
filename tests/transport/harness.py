"""Both transports behind one interface, so that every test can run against both."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from eigenpal._options import ClientOptions, resolve_options
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.async_lanes import AsyncLaneTransport
from eigenpal._transport.sync_lanes import LaneTransport
from eigenpal_generated.runtime import DownloadTarget, Progress, Request, Response
from tests.support.event_loop import EventLoop, Kind
from tests.support.fake_clock import FakeClock
from tests.support.script import BASE_URL, RequestHandler

KEY = "sk_test_0123456789abcdef"

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


class EitherTransport:
    """One of the two transports; every call has a connection pool and an event loop of its own."""

    def __init__(
        self,
        kind: Kind,
        handler: RequestHandler | None = None,
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
        with self.open() as (transport, loop):
            return loop.complete(transport.call(request, parse, **more))

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None = None) -> int:
        with self.open() as (transport, loop):
            size: int = loop.complete(transport.download(request, to, progress))
            return size

    def stream(
        self, request: Request, chunk_size: int | None = None
    ) -> tuple[Mapping[str, str], int | None, list[bytes]]:
        """Return headers, size and chunks."""
        with self.open() as (transport, loop), loop.complete(transport.stream(request)) as stream:
            return stream.headers, stream.size, list(loop.complete(stream.iter_bytes(chunk_size)))

    @contextmanager
    def open(self) -> Generator[tuple[Any, EventLoop], None, None]:
        """Open the transport and its event loop, and close both afterwards."""
        options: dict[str, Any] = {}
        client: Any = None
        if self._handler is not None:
            create = httpx.Client if self.kind == "sync" else httpx.AsyncClient
            client = options["http_client"] = create(transport=self.mock(self._handler), **self._http)
        if not self._real_time:
            options["environment"] = self.time.environment
            options["sleep"] = self.time.sleep if self.kind == "sync" else self.time.async_sleep
        transport: Any = (HttpxTransport if self.kind == "sync" else AsyncHttpxTransport)(self.options, **options)
        with EventLoop() as loop:
            try:
                yield transport, loop
            finally:
                loop.complete(transport.close() if self.kind == "sync" else transport.aclose())
                if client is not None:
                    assert not client.is_closed
                    loop.complete(client.close() if self.kind == "sync" else client.aclose())


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
    if isinstance(transport, (LaneTransport, AsyncLaneTransport)):
        lanes = transport.pool.lanes
        assert set(transport.pool.idle) == lanes
        return [connection for lane in lanes for connection in lane.transport._pool.connections]
    return list(transport._pool.connections)
