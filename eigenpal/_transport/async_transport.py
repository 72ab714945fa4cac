"""The transport of the asynchronous client; it runs under asyncio and trio."""

from __future__ import annotations

import os
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Any, NoReturn, TypeVar, cast

import anyio
import anyio.to_thread
import httpx

from eigenpal._callbacks import make_async_callback
from eigenpal._hooks import find_frozen_server
from eigenpal._logging import enable_logging_from_env
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, SendRequest, Sleep, WriteBody
from eigenpal._transport.body_reader import MIN_BYTES_PER_SECOND, BodyReader, lowercase_headers, parse_content_length
from eigenpal._transport.cancellation import close_shielded, make_trace, run_shielded
from eigenpal._transport.connections import AsyncConnections, add_route, raise_unpicklable
from eigenpal._transport.daemon_threads import DaemonThread
from eigenpal._transport.http_libraries import is_library_error
from eigenpal._transport.httpx_failures import find_certificates, locate_failure
from eigenpal._transport.httpx_requests import RequestBuilder
from eigenpal._transport.lane_pool import make_closed_error
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure
from eigenpal._transport.plain_http import warn_about_plain_http
from eigenpal._transport.request_flow import Environment, RequestFlow, TransportConfig
from eigenpal.errors import EigenpalError
from eigenpal_generated.runtime import DownloadTarget, Progress, Request, Response

T = TypeVar("T")

# Files are written in a thread, and switching threads takes about as long as writing this many bytes.
_WRITE_BATCH_BYTES = 512 * 1024


class AsyncStream:
    """A response whose bytes are read as they arrive. The ``async with`` block closes it."""

    def __init__(self, flow: RequestFlow, response: RawResponse) -> None:
        self._flow = flow
        self._reader: BodyReader = response.stream
        self._is_used = False
        self.status: int = response.status
        self.headers: Mapping[str, str] = self._reader.response.headers
        self.size: int | None = parse_content_length(response.headers)
        """The size in bytes, or None if the server did not send a Content-Length."""

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes, in chunks as received or of ``chunk_size``. They can be read only once.

        Raises:
            EigenpalConnectionError: The connection was lost before all bytes were received.
            EigenpalTimeoutError: The bytes arrived too slowly.
        """
        if self._is_used:
            raise EigenpalError("the bytes of a stream can be read only once, and only inside its with block")
        self._is_used = True
        chunks = self._reader.aiter_bytes(chunk_size)
        try:
            while chunk := await run_shielded(partial(anext, chunks, b"")):
                yield chunk
        finally:
            await run_shielded(chunks.aclose)
        if self._reader.failure is not None:
            raise self._flow.make_error(self._reader.failure)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.iter_bytes()

    async def aclose(self) -> None:
        """Release the connection."""
        self._is_used = True
        await run_shielded(self._reader.response.aclose)


class AsyncHttpxTransport:
    """Sends the requests of an asynchronous client, from any number of tasks."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: Any = None,
        environment: Environment | None = None,
        sleep: Callable[[float], Awaitable[object]] = anyio.sleep,
    ) -> None:
        """Create a transport; no connection is opened before the first request.

        Args:
            options: The options, as returned by `resolve_options`.
            http_client: The user's client of httpx or httpx2 to send requests with. It is neither closed nor modified.
            environment: Clocks and random numbers; tests replace them.
            sleep: Sleeps between attempts; tests replace it.

        Raises:
            TypeError: ``http_client`` has the wrong type.
            ValueError: ``http_client`` has a setting that cannot be used.
        """
        connections = AsyncConnections(options.verify_ssl, options.max_connections, http_client)
        self._set_up(options, connections, Environment() if environment is None else environment, sleep)
        self._owner = weakref.ref(self)
        enable_logging_from_env()
        warn_about_plain_http(options, http_client)

    def _set_up(
        self,
        options: ClientOptions,
        connections: AsyncConnections,
        environment: Environment,
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._options = options
        self.connections = connections
        self._environment = environment
        self._sleep = sleep
        self._on_response = make_async_callback("on_response", options.on_response)
        self._is_closed = False
        self._fingerprint: object = None
        self._apply_options()

    def _apply_options(self) -> None:
        """Take over the options, and the settings of the user's client as they are now."""
        options = self._options
        client, library = self.connections.user_client, self.connections.library
        if client is not None:
            from eigenpal._transport.http_client_settings import apply_settings, fingerprint, read_settings

            self._fingerprint = fingerprint(client)
            options = apply_settings(options, read_settings(client, library, options.base_url))
        self.config: TransportConfig = TransportConfig(options, has_http_client=client is not None)
        self.request_builder: RequestBuilder = RequestBuilder(options, self._environment.monotonic, library)

    def _apply_changed_settings(self) -> None:
        client = self.connections.user_client
        if client is None:
            return
        from eigenpal._transport.http_client_settings import fingerprint

        if fingerprint(client) != self._fingerprint:
            self._apply_options()

    def _make_flow(self, request: Request, deadline: float | None = None) -> RequestFlow:
        self._apply_changed_settings()
        return RequestFlow(request, self.config, self._environment, deadline)

    def add_idempotency_key(self, request: Request) -> Request:
        """Return a request that has the idempotency key that it will be sent with."""
        self._apply_changed_settings()
        return self.config.add_idempotency_key(request)

    @property
    def options(self) -> ClientOptions:
        """The options of this transport."""
        return self._options

    def with_options(self, options: ClientOptions) -> AsyncHttpxTransport:
        """Return a transport with other options that shares the connections; closing it does not close them."""
        if self._is_closed:
            raise make_closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.user_client is None:
            return AsyncHttpxTransport(options, environment=self._environment, sleep=self._sleep)
        derived = AsyncHttpxTransport.__new__(AsyncHttpxTransport)
        derived._set_up(options, self.connections, self._environment, self._sleep)
        derived._owner = self._owner
        if options.base_url != self.options.base_url:
            warn_about_plain_http(options, self.connections.user_client)
        return derived

    # --- the AsyncTransport protocol ----------------------------------------------------------------------------------

    async def call(self, request: Request, parse: Callable[[Response], T], /, *, deadline: float | None = None) -> T:
        """Send a request and return the parsed response.

        Args:
            request: The request.
            parse: Decodes the response to a success.
            deadline: When the call must have ended, on the clock of ``eigenpal._clock.monotonic()``.

        Raises:
            EigenpalError: The request did not succeed.
        """
        flow = self._make_flow(request, deadline)
        try:
            # Lanes release their connections however a call without files ends.
            is_shielded = flow.has_files or self.connections.user_client is not None
            run = self._run_flow_and_report(flow, flow.execute(), is_shielded=is_shielded)
            return flow.parse_or_raise(await run, parse)
        except BaseException as error:
            flow.note_interruption(error)
            raise

    async def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the response into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: The file was not received completely. An existing file is unchanged.
        """
        flow = self._make_flow(request)
        from eigenpal._downloads.writers import note_kept_file, open_writer
        from eigenpal._transport.download_flow import download

        writer = open_writer(to)
        try:
            failure = await self._run_flow_and_report(flow, download(flow, writer, progress))
            if failure is not None:
                raise flow.make_error(failure)
        except BaseException as error:
            flow.note_interruption(error)
            note_kept_file(writer, error)
            raise
        return writer.written

    @asynccontextmanager
    async def stream(self, request: Request, /) -> AsyncGenerator[AsyncStream]:
        """Send a request and yield its response while the body arrives.

        Raises:
            EigenpalError: The request did not succeed.
        """
        flow = self._make_flow(request)
        opened: list[AsyncStream] = []

        async def open_stream() -> SendResult:
            result = await self._run_flow(flow.send_with_retries(streaming=True), keep_open=True)
            if isinstance(result, RawResponse) and result.is_success:
                opened.append(AsyncStream(flow, result))
            return result

        try:
            result = await run_shielded(open_stream)
            await self._report(flow)
            if not opened:
                raise flow.make_error(result)
            yield opened[0]
        finally:
            # The task may have been cancelled just when the stream was opened.
            for stream in opened:
                await stream.aclose()

    async def aclose(self) -> None:
        """Close the connections; a derived transport leaves them open."""
        self._is_closed = True
        owner = self._owner()
        if owner is None or owner is self:
            await self.connections.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self.config.origin_text}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise_unpicklable()

    async def sleep(self, seconds: float) -> None:
        """Sleep between attempts or polls. An embedded server whose clock is frozen advances it instead."""
        server = find_frozen_server(self.config.origin)
        if server is None:
            await self._sleep(seconds)
        else:
            await run_in_thread(partial(server.sleep, seconds), may_hang=True)

    # --- driving flows ------------------------------------------------------------------------------------------------

    async def _run_flow_and_report(self, flow: RequestFlow, steps: Flow[T], *, is_shielded: bool = True) -> T:
        """Carry out the steps of a request, then report its response, also if an exception ends them."""
        run = partial(self._run_flow, steps)
        try:
            result = await (run_shielded(run) if is_shielded else run())
        except Exception:
            await self._report(flow)
            raise
        await self._report(flow)
        return result

    async def _report(self, flow: RequestFlow) -> None:
        """Pass the last response to ``on_response``."""
        if self._options.on_response is None:
            return
        from eigenpal._transport.reporting import is_reporting, reporting

        if is_reporting():
            return
        info = flow.make_response_info()
        if info is not None:
            with reporting(info.operation):
                await self._on_response(info)

    async def _run_flow(self, flow: Flow[T], *, keep_open: bool = False) -> T:
        """Carry out the actions of a flow and return its result, closing its last streamed response."""
        result: Any = None
        streamed: BodyReader | None = None
        try:
            while True:
                try:
                    action = flow.send(result)
                except StopIteration as stop:
                    if keep_open:
                        streamed = None
                    return cast("T", stop.value)
                if isinstance(action, SendRequest):
                    if streamed is not None:
                        await streamed.response.aclose()
                    result = await self._send(action)
                    streamed = result.stream if isinstance(result, RawResponse) else None
                elif isinstance(action, Sleep):
                    await self.sleep(action.seconds)
                    result = None
                elif isinstance(action, WriteBody):
                    result = await self._write_body(action)
                else:
                    result = await run_in_thread(action.function, may_hang=action.may_hang)
        finally:
            flow.close()
            if streamed is not None:
                await streamed.response.aclose()

    async def _send(self, send: SendRequest) -> SendResult:
        if self._is_closed:
            raise make_closed_error()
        client = self.connections.client()
        trace = send.trace
        received: list[RawResponse] = []
        try:
            with anyio.CancelScope() as scope:

                def set_deadline() -> None:
                    scope.deadline = anyio.current_time() + trace.remaining()

                if send.deadline is not None:
                    set_deadline()
                trace.on_change = set_deadline
                return await self._send_traced(client, send, received)
            return trace.make_timeout()._replace(response=received[0] if received else None)
        finally:
            trace.on_change = None
            for unfinished in trace.remove_unfinished():
                await close_shielded(unfinished)

    async def _send_traced(
        self, client: httpx.AsyncClient, send: SendRequest, received: list[RawResponse]
    ) -> SendResult:
        """Send a request once, and append the response to ``received`` before its body is read."""
        trace = send.trace
        try:
            request = self.request_builder.build(send)
            add_route(client, request.url, trace)
            trace.limit_unseen(len(send.content) / MIN_BYTES_PER_SECOND if isinstance(send.content, bytes) else 0.0)

            def add_events() -> None:
                request.extensions["trace"] = make_trace(trace)

            if self.connections.user_client is None:
                trace.on_connect = add_events
            else:
                add_events()
            response = await client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:
            if is_library_error(error, "HTTPStatusError"):
                # Raised by an event hook of the user's client, but statuses are handled here.
                response = cast("httpx.HTTPStatusError", error).response
            else:
                failure = locate_failure(error, trace)
                if failure is not None:
                    return find_certificates(failure, os.environ, is_own=self.connections.user_client is None)
                if client.is_closed:
                    # Another task has closed it.
                    raise make_closed_error() from None
                raise
        finally:
            trace.on_connect = None
        headers = lowercase_headers(response)
        reader = BodyReader(response, headers, send, self._environment.monotonic)
        if reader.is_streamed and reader.failure is None:
            trace.end_phase()
            return RawResponse(response.status_code, headers, b"", reader, trace.proxy)
        received.append(RawResponse(response.status_code, headers, b"", proxy=trace.proxy))
        try:
            body = b"".join([chunk async for chunk in reader.aiter_bytes()])
        finally:
            await response.aclose()
        result = RawResponse(response.status_code, headers, body, proxy=trace.proxy)
        if reader.failure is not None and result.is_success:
            return reader.failure._replace(response=result._replace(body=b""))
        # A partial body is enough for an error.
        return result

    @staticmethod
    async def _write_body(action: WriteBody) -> TransportFailure | None:
        reader: BodyReader = action.response.stream
        pending: list[bytes] = []
        flushed = 0

        async def write_pending() -> None:
            await run_in_thread(partial(action.writer.write, b"".join(pending)), may_hang=action.writer.may_hang)
            pending.clear()
            if action.progress is not None:
                action.progress(action.writer.written, action.size)

        async with aclosing(reader.aiter_bytes()) as chunks:
            async for chunk in chunks:
                pending.append(chunk)
                if reader.size - flushed >= _WRITE_BATCH_BYTES:
                    flushed = reader.size
                    await write_pending()
        if pending:
            # After a failure too, because the download may be resumed from there.
            await write_pending()
        return reader.failure


async def run_in_thread(function: Callable[[], T], *, may_hang: bool) -> T:
    """Call a function in a thread, which is left behind if the task is cancelled and the function may hang."""
    if not may_hang:
        return await anyio.to_thread.run_sync(function)
    thread = DaemonThread()
    try:
        return await thread.acall(function)
    finally:
        thread.close()
