"""The transport of the synchronous client."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar, cast

import httpx

from eigenpal._callbacks import make_sync_callback
from eigenpal._hooks import find_frozen_server
from eigenpal._logging import enable_logging_from_env
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, SendRequest, Sleep, WriteBody
from eigenpal._transport.body_reader import BodyReader, lowercase_headers, parse_content_length
from eigenpal._transport.connections import Connections, add_route, raise_unpicklable
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


class Stream:
    """A response whose bytes are read as they arrive. The ``with`` block closes it."""

    def __init__(self, flow: RequestFlow, response: RawResponse) -> None:
        self._flow = flow
        self._reader: BodyReader = response.stream
        self._is_used = False
        self.status: int = response.status
        self.headers: Mapping[str, str] = self._reader.response.headers
        self.size: int | None = parse_content_length(response.headers)
        """The size in bytes, or None if the server did not send a Content-Length."""

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes, in chunks as received or of ``chunk_size``. They can be read only once.

        Raises:
            EigenpalConnectionError: The connection was lost before all bytes were received.
            EigenpalTimeoutError: The bytes arrived too slowly.
        """
        if self._is_used:
            raise EigenpalError("the bytes of a stream can be read only once, and only inside its with block")
        self._is_used = True
        yield from self._reader.iter_bytes(chunk_size)
        if self._reader.failure is not None:
            raise self._flow.make_error(self._reader.failure)

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def close(self) -> None:
        """Release the connection."""
        self._is_used = True
        self._reader.response.close()


class HttpxTransport:
    """Sends the requests of a client, from any number of threads."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: Any = None,
        environment: Environment | None = None,
        sleep: Callable[[float], object] = time.sleep,
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
        connections = Connections(options.verify_ssl, options.max_connections, http_client)
        self._set_up(options, connections, Environment() if environment is None else environment, sleep)
        self._owner = weakref.ref(self)
        enable_logging_from_env()
        warn_about_plain_http(options, http_client)

    def _set_up(
        self,
        options: ClientOptions,
        connections: Connections,
        environment: Environment,
        sleep: Callable[[float], object],
    ) -> None:
        self._options = options
        self.connections = connections
        self._environment = environment
        self._sleep = sleep
        self._on_response = make_sync_callback("on_response", options.on_response)
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

    def with_options(self, options: ClientOptions) -> HttpxTransport:
        """Return a transport with other options that shares the connections; closing it does not close them."""
        if self._is_closed:
            raise make_closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.user_client is None:
            return HttpxTransport(options, environment=self._environment, sleep=self._sleep)
        derived = HttpxTransport.__new__(HttpxTransport)
        derived._set_up(options, self.connections, self._environment, self._sleep)
        derived._owner = self._owner
        if options.base_url != self.options.base_url:
            warn_about_plain_http(options, self.connections.user_client)
        return derived

    # --- the Transport protocol ---------------------------------------------------------------------------------------

    def call(self, request: Request, parse: Callable[[Response], T], /, *, deadline: float | None = None) -> T:
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
            return flow.parse_or_raise(self._run_flow_and_report(flow, flow.execute()), parse)
        except BaseException as error:
            flow.note_interruption(error)
            raise

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the response into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: The file was not received completely. An existing file is unchanged.
        """
        flow = self._make_flow(request)
        from eigenpal._downloads.writers import note_kept_file, open_writer
        from eigenpal._transport.download_flow import download

        writer = open_writer(to)
        try:
            failure = self._run_flow_and_report(flow, download(flow, writer, progress))
            if failure is not None:
                raise flow.make_error(failure)
        except BaseException as error:
            flow.note_interruption(error)
            note_kept_file(writer, error)
            raise
        return writer.written

    @contextmanager
    def stream(self, request: Request, /) -> Generator[Stream]:
        """Send a request and yield its response while the body arrives.

        Raises:
            EigenpalError: The request did not succeed.
        """
        flow = self._make_flow(request)
        result = self._run_flow(flow.send_with_retries(streaming=True), keep_open=True)
        if not isinstance(result, RawResponse) or not result.is_success:
            self._report(flow)
            raise flow.make_error(result)
        stream = Stream(flow, result)
        try:
            self._report(flow)
            yield stream
        finally:
            stream.close()

    def close(self) -> None:
        """Close the connections; a derived transport leaves them open."""
        self._is_closed = True
        owner = self._owner()
        if owner is None or owner is self:
            self.connections.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self.config.origin_text}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise_unpicklable()

    def sleep(self, seconds: float) -> None:
        """Sleep between attempts or polls. An embedded server whose clock is frozen advances it instead."""
        server = find_frozen_server(self.config.origin)
        if server is None:
            self._sleep(seconds)
        else:
            server.sleep(seconds)

    # --- driving flows ------------------------------------------------------------------------------------------------

    def _run_flow(self, flow: Flow[T], *, keep_open: bool = False) -> T:
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
                        streamed.response.close()
                    result = self._send(action)
                    streamed = result.stream if isinstance(result, RawResponse) else None
                elif isinstance(action, Sleep):
                    self.sleep(action.seconds)
                    result = None
                elif isinstance(action, WriteBody):
                    result = self._write_body(action)
                else:
                    result = action.function()
        finally:
            flow.close()
            if streamed is not None:
                streamed.response.close()

    def _run_flow_and_report(self, flow: RequestFlow, steps: Flow[T]) -> T:
        """Carry out the steps of a request, then report its response, also if an exception ends them."""
        try:
            result = self._run_flow(steps)
        except Exception:
            self._report(flow)
            raise
        self._report(flow)
        return result

    def _report(self, flow: RequestFlow) -> None:
        """Pass the last response to ``on_response``."""
        if self._options.on_response is None:
            return
        from eigenpal._transport.reporting import is_reporting, reporting

        if is_reporting():
            return
        info = flow.make_response_info()
        if info is not None:
            with reporting(info.operation):
                self._on_response(info)

    def _send(self, send: SendRequest) -> SendResult:
        if self._is_closed:
            raise make_closed_error()
        client = self.connections.client()
        trace = send.trace
        try:
            request = self.request_builder.build(send)
            add_route(client, request.url, trace)

            def add_events() -> None:
                request.extensions["trace"] = trace

            if self.connections.user_client is None:
                trace.on_connect = add_events
            else:
                add_events()
            response = client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:
            if is_library_error(error, "HTTPStatusError"):
                # Raised by an event hook of the user's client, but statuses are handled here.
                response = cast("httpx.HTTPStatusError", error).response
            else:
                failure = locate_failure(error, trace)
                if failure is not None:
                    return find_certificates(failure, os.environ, is_own=self.connections.user_client is None)
                if client.is_closed:
                    # Another thread has closed it.
                    raise make_closed_error() from None
                raise
        finally:
            trace.on_connect = None
            for unfinished in trace.remove_unfinished():
                unfinished.close()
        headers = lowercase_headers(response)
        reader = BodyReader(response, headers, send, self._environment.monotonic)
        if reader.is_streamed and reader.failure is None:
            return RawResponse(response.status_code, headers, b"", reader, trace.proxy)
        try:
            body = b"".join(reader)
        finally:
            response.close()
        result = RawResponse(response.status_code, headers, body, proxy=trace.proxy)
        if reader.failure is not None and result.is_success:
            return reader.failure._replace(response=result._replace(body=b""))
        # A partial body is enough for an error.
        return result

    @staticmethod
    def _write_body(action: WriteBody) -> TransportFailure | None:
        reader: BodyReader = action.response.stream
        for chunk in reader:
            action.writer.write(chunk)
            if action.progress is not None:
                action.progress(action.writer.written, action.size)
        return reader.failure
