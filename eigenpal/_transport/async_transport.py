"""The transport of the asynchronous client; it runs under asyncio and trio alike."""

from __future__ import annotations

import weakref
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Mapping,
)
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Any, NoReturn, TypeVar, cast

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx

from eigenpal._downloads.writers import open_writer
from eigenpal._logging import enable_logging_from_env
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, SendRequest, Sleep, WriteBody
from eigenpal._transport.body_reader import BodyReader
from eigenpal._transport.cancellation import make_trace, run_shielded
from eigenpal._transport.connections import (
    AsyncConnections,
    BorrowedCookies,
    make_closed_error,
    raise_unpicklable,
)
from eigenpal._transport.download_flow import download
from eigenpal._transport.httpx_failures import failure_from_exception, response_from_hook_error
from eigenpal._transport.httpx_requests import (
    RequestBuilder,
    lowercase_headers,
    make_stream_consumed_error,
    make_stream_reader,
)
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure
from eigenpal._transport.ranges import parse_content_length
from eigenpal._transport.request_flow import Environment, RequestFlow, TransportConfig, parse_response
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import DownloadTarget, Progress, Request, Response

T = TypeVar("T")

# Writing is left to a thread, and each change of threads costs about as much as writing this.
_WRITE_BATCH_BYTES = 512 * 1024


class AsyncStream:
    """An answer whose bytes are read while they come in; its ``async with`` block closes it."""

    def __init__(self, flow: RequestFlow, answer: RawResponse, monotonic: Callable[[], float]) -> None:
        self._flow = flow
        self._answer = answer
        self._monotonic = monotonic
        self._is_over = False
        self.status: int = answer.status
        self.headers: Mapping[str, str] = answer.stream.headers
        self.size: int | None = parse_content_length(answer.headers)
        """The length the server announced, in bytes; None where it did not."""

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes, in chunks as they come or of ``chunk_size``; they can be read once.

        Raises:
            EigenpalConnectionError: The connection broke before all of them came.
            EigenpalTimeoutError: They came too slowly.
        """
        if self._is_over:
            raise make_stream_consumed_error()
        self._is_over = True
        reader = make_stream_reader(self._answer, self._flow, self._monotonic)
        chunks = self._answer.stream.aiter_bytes(chunk_size)
        failure: TransportFailure | None = None
        try:
            while chunk := await run_shielded(partial(anext, chunks, b"")):
                failure = reader.count(len(chunk))
                if failure is not None:
                    break
                handed_out = self._monotonic()
                yield chunk
                reader.exclude_time(self._monotonic() - handed_out)
            else:
                failure = reader.check_complete()
        except Exception as error:
            failure = failure_from_exception(error)
            if failure is None:
                raise
        finally:
            await run_shielded(chunks.aclose)
        if failure is not None:
            raise self._flow.error(failure)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.iter_bytes()

    async def aclose(self) -> None:
        """Let go of the connection."""
        self._is_over = True
        await run_shielded(self._answer.stream.aclose)


def _iter_body(response: httpx.Response, headers: Mapping[str, str]) -> AsyncIterable[bytes]:
    """Return the chunks of a body in the cheapest way there is."""
    if response.is_stream_consumed or "content-encoding" in headers:
        # Read before by a mock or by a hook of the caller's own client, or to be decompressed.
        return response.aiter_bytes()
    return cast("httpx.AsyncByteStream", response.stream)


class AsyncHttpxTransport:
    """Sends the requests of an asynchronous client, from any number of tasks."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: httpx.AsyncClient | None = None,
        environment: Environment | None = None,
        sleep: Callable[[float], Awaitable[object]] = anyio.sleep,
    ) -> None:
        """Make a transport; nothing is opened before the first request.

        Args:
            options: What `resolve_options` returned.
            http_client: A client of the caller's, used for sending, and neither closed nor changed.
            environment: Clocks and chance, for tests.
            sleep: What pauses are made of, for tests.

        Raises:
            TypeError: The ``http_client`` is of the wrong kind.
        """
        connections = AsyncConnections(options.verify_ssl, http_client)
        self._set_up(options, connections, Environment() if environment is None else environment, sleep)
        self._owner = weakref.ref(self)
        enable_logging_from_env()

    def _set_up(
        self,
        options: ClientOptions,
        connections: AsyncConnections,
        environment: Environment,
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self.config: TransportConfig = TransportConfig(options)
        self.request_builder: RequestBuilder = RequestBuilder(options, environment.monotonic)
        self.connections = connections
        self._environment = environment
        self._sleep = sleep
        self._is_closed = False

    @property
    def options(self) -> ClientOptions:
        """What this transport was made with."""
        return self.config.options

    def with_options(self, options: ClientOptions) -> AsyncHttpxTransport:
        """Return a transport with other options on the same connections, which stay this one's to close."""
        if self._is_closed:
            raise make_closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.user_client is None:
            return AsyncHttpxTransport(options, environment=self._environment, sleep=self._sleep)
        derived = AsyncHttpxTransport.__new__(AsyncHttpxTransport)
        derived._set_up(options, self.connections, self._environment, self._sleep)
        derived._owner = self._owner
        return derived

    # --- what a client asks for ---------------------------------------------------------------------------------------

    async def call(self, request: Request, parse: Callable[[Response], T], /, *, deadline: float | None = None) -> T:
        """Send a request and return what ``parse`` makes of the success.

        Args:
            request: What to send.
            parse: Decodes the success.
            deadline: When all of it has to be over, by ``time.monotonic()``.

        Raises:
            EigenpalError: There was no success.
        """
        flow = RequestFlow(request, self.config, self._environment, deadline).execute()
        result = parse_response(request, await self._run_flow(flow), parse, self.config)
        if isinstance(result, EigenpalResponseError):
            raise result
        return result

    async def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the answer into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: It did not come, or not completely; nothing is left behind then.
        """
        writer = open_writer(to)
        return await self._run_flow(download(RequestFlow(request, self.config, self._environment), writer, progress))

    @asynccontextmanager
    async def stream(self, request: Request, /) -> AsyncGenerator[AsyncStream]:
        """Send a request and hand out its answer while it comes in.

        Raises:
            EigenpalError: There was no success.
        """
        flow = RequestFlow(request, self.config, self._environment)
        opened: list[AsyncStream] = []

        async def open_stream() -> None:
            answer = await self._run_flow_here(flow.send_with_retries(streaming=True), keeps_stream=True)
            opened.append(AsyncStream(flow, answer, self._environment.monotonic))

        try:
            await run_shielded(open_stream)
            yield opened[0]
        finally:
            # Also where the task was cancelled at the moment when it was opened.
            for stream in opened:
                await stream.aclose()

    async def aclose(self) -> None:
        """Close the connections; a derived transport only ends its own use of them."""
        self._is_closed = True
        owner = self._owner()
        if owner is None or owner is self:
            await self.connections.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self.config.where}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise_unpicklable()

    # --- carrying out -------------------------------------------------------------------------------------------------

    async def _run_flow(self, flow: Flow[T]) -> T:
        return await run_shielded(partial(self._run_flow_here, flow))

    async def _run_flow_here(self, flow: Flow[T], *, keeps_stream: bool = False) -> T:
        client = self._client()
        opened: httpx.Response | None = None
        try:
            # Handed over and not kept: an answer may repeat the API key, and tracebacks show what a frame holds.
            results: list[Any] = [None]
            while True:
                try:
                    action = flow.send(results.pop())
                except StopIteration as stop:
                    if keeps_stream:
                        opened = None
                    return cast("T", stop.value)
                if isinstance(action, SendRequest):
                    if opened is not None:
                        await opened.aclose()
                    results.append(await self._send_before_deadline(client, action))
                    opened = getattr(results[0], "stream", None)
                elif isinstance(action, Sleep):
                    await self._sleep(action.seconds)
                    results.append(None)
                elif isinstance(action, WriteBody):
                    results.append(await self._write_body(action))
                else:
                    results.append(await anyio.to_thread.run_sync(action.function))
        finally:
            flow.close()
            if opened is not None:
                await opened.aclose()

    def _client(self) -> httpx.AsyncClient:
        if self._is_closed:
            raise make_closed_error()
        return self.connections.client()

    async def _send_before_deadline(self, client: httpx.AsyncClient, send: SendRequest) -> SendResult:
        if send.deadline is None:
            return await self._send(client, send)
        # Beside the timeouts of the phases, which know nothing of a name that takes long to be found, or of headers
        # that come a byte at a time.
        with anyio.move_on_after(max(0.0, send.deadline - self._environment.monotonic())):
            return await self._send(client, send)
        return TransportFailure("timeout", "")

    async def _send(self, client: httpx.AsyncClient, send: SendRequest) -> SendResult:
        cookies = None if self.connections.user_client is None else BorrowedCookies(client)
        try:
            request = self.request_builder.request(send)
            request.extensions["trace"] = make_trace()
            response = await client.send(request, auth=None, follow_redirects=False, stream=True)
        except httpx.HTTPStatusError as error:
            # A hook of the caller's own client raised what is for us to judge.
            if cookies is not None:
                cookies.restore(error.response)
            return response_from_hook_error(error)
        except Exception as error:
            failure = failure_from_exception(error)
            if failure is not None:
                return failure
            if client.is_closed:
                # By another task, after this one had asked for it.
                raise make_closed_error() from None
            raise
        if cookies is not None:
            cookies.restore(response)
        status = response.status_code
        headers = lowercase_headers(response)
        is_success = 200 <= status < 300
        is_streamed = send.streaming and is_success
        reader = BodyReader(
            status,
            headers,
            send.response_kind,
            send.timeouts["read"],
            send.deadline,
            self._environment.monotonic,
            streaming=is_streamed,
        )
        failure = reader.check_headers(headers)
        if is_streamed and failure is None:
            return RawResponse(status, headers, b"", response)
        try:
            if failure is None:
                async for chunk in _iter_body(response, headers):
                    failure = reader.append(chunk)
                    if failure is not None:
                        break
                else:
                    failure = reader.check_complete()
        except Exception as error:
            failure = failure_from_exception(error)
            if failure is None:
                raise
        finally:
            await response.aclose()
        # Of an answer that is no success, whatever came of its body is enough.
        return failure if failure is not None and is_success else RawResponse(status, headers, reader.body())

    async def _write_body(self, action: WriteBody) -> TransportFailure | None:
        reader = action.body_reader(self._environment.monotonic)
        failure: TransportFailure | None = None
        waiting: list[bytes] = []
        size = 0
        async with aclosing(action.answer.stream.aiter_bytes()) as chunks:
            while failure is None:
                try:
                    chunk: bytes | None = await anext(chunks, None)
                except Exception as error:
                    failure = failure_from_exception(error)
                    if failure is None:
                        raise
                    break
                if chunk is None:
                    break
                failure = reader.count(len(chunk))
                waiting.append(chunk)
                size += len(chunk)
                if size >= _WRITE_BATCH_BYTES:
                    came = self._environment.monotonic()
                    await self._write(action, waiting)
                    reader.exclude_time(self._environment.monotonic() - came)
                    size = 0
        if waiting:
            # What came before a cut is kept: the download may be continued behind it.
            await self._write(action, waiting)
        return failure

    @staticmethod
    async def _write(action: WriteBody, waiting: list[bytes]) -> None:
        await anyio.to_thread.run_sync(action.writer.write, b"".join(waiting))
        waiting.clear()
        action.report_progress()
