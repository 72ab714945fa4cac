"""The transport of the synchronous client."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar, cast

import httpx

from eigenpal._downloads.writers import open_writer
from eigenpal._logging import enable_logging_from_env
from eigenpal._options import ClientOptions
from eigenpal._transport.actions import Flow, SendRequest, Sleep, WriteBody
from eigenpal._transport.body_reader import BodyReader
from eigenpal._transport.connections import BorrowedCookies, Connections, make_closed_error, raise_unpicklable
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


class Stream:
    """An answer whose bytes are read while they come in; its ``with`` block closes it."""

    def __init__(self, flow: RequestFlow, answer: RawResponse, monotonic: Callable[[], float]) -> None:
        self._flow = flow
        self._answer = answer
        self._monotonic = monotonic
        self._is_over = False
        self.status: int = answer.status
        self.headers: Mapping[str, str] = answer.stream.headers
        self.size: int | None = parse_content_length(answer.headers)
        """The length the server announced, in bytes; None where it did not."""

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes, in chunks as they come or of ``chunk_size``; they can be read once.

        Raises:
            EigenpalConnectionError: The connection broke before all of them came.
            EigenpalTimeoutError: They came too slowly.
        """
        if self._is_over:
            raise make_stream_consumed_error()
        self._is_over = True
        reader = make_stream_reader(self._answer, self._flow, self._monotonic)
        failure: TransportFailure | None = None
        try:
            for chunk in self._answer.stream.iter_bytes(chunk_size):
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
        if failure is not None:
            raise self._flow.error(failure)

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def close(self) -> None:
        """Let go of the connection."""
        self._is_over = True
        self._answer.stream.close()


def _iter_body(response: httpx.Response, headers: Mapping[str, str]) -> Iterable[bytes]:
    """Return the chunks of a body in the cheapest way there is."""
    if response.is_stream_consumed:
        # A mock, or a hook of the caller's own client, has read it.
        return (response.content,)
    if "content-encoding" in headers:
        return response.iter_bytes()
    return cast("httpx.SyncByteStream", response.stream)


class HttpxTransport:
    """Sends the requests of a client, from any number of threads."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: httpx.Client | None = None,
        environment: Environment | None = None,
        sleep: Callable[[float], object] = time.sleep,
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
        self._set_up(
            options,
            Connections(options.verify_ssl, http_client),
            Environment() if environment is None else environment,
            sleep,
        )
        self._owner = weakref.ref(self)
        enable_logging_from_env()

    def _set_up(
        self,
        options: ClientOptions,
        connections: Connections,
        environment: Environment,
        sleep: Callable[[float], object],
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

    def with_options(self, options: ClientOptions) -> HttpxTransport:
        """Return a transport with other options on the same connections, which stay this one's to close."""
        if self._is_closed:
            raise make_closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.user_client is None:
            return HttpxTransport(options, environment=self._environment, sleep=self._sleep)
        derived = HttpxTransport.__new__(HttpxTransport)
        derived._set_up(options, self.connections, self._environment, self._sleep)
        derived._owner = self._owner
        return derived

    # --- what a client asks for ---------------------------------------------------------------------------------------

    def call(self, request: Request, parse: Callable[[Response], T], /, *, deadline: float | None = None) -> T:
        """Send a request and return what ``parse`` makes of the success.

        Args:
            request: What to send.
            parse: Decodes the success.
            deadline: When all of it has to be over, by ``time.monotonic()``.

        Raises:
            EigenpalError: There was no success.
        """
        flow = RequestFlow(request, self.config, self._environment, deadline).execute()
        result = parse_response(request, self._run_flow(flow), parse, self.config)
        if isinstance(result, EigenpalResponseError):
            raise result
        return result

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the answer into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: It did not come, or not completely; nothing is left behind then.
        """
        writer = open_writer(to)
        return self._run_flow(download(RequestFlow(request, self.config, self._environment), writer, progress))

    @contextmanager
    def stream(self, request: Request, /) -> Generator[Stream]:
        """Send a request and hand out its answer while it comes in.

        Raises:
            EigenpalError: There was no success.
        """
        flow = RequestFlow(request, self.config, self._environment)
        answer = self._run_flow(flow.send_with_retries(streaming=True), keeps_stream=True)
        stream = Stream(flow, answer, self._environment.monotonic)
        try:
            yield stream
        finally:
            stream.close()

    def close(self) -> None:
        """Close the connections; a derived transport only ends its own use of them."""
        self._is_closed = True
        owner = self._owner()
        if owner is None or owner is self:
            self.connections.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self.config.where}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise_unpicklable()

    # --- carrying out -------------------------------------------------------------------------------------------------

    def _run_flow(self, flow: Flow[T], *, keeps_stream: bool = False) -> T:
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
                        opened.close()
                    results.append(self._send(client, action))
                    opened = getattr(results[0], "stream", None)
                elif isinstance(action, Sleep):
                    self._sleep(action.seconds)
                    results.append(None)
                elif isinstance(action, WriteBody):
                    results.append(self._write_body(action))
                else:
                    results.append(action.function())
        finally:
            flow.close()
            if opened is not None:
                opened.close()

    def _client(self) -> httpx.Client:
        if self._is_closed:
            raise make_closed_error()
        return self.connections.client()

    def _send(self, client: httpx.Client, send: SendRequest) -> SendResult:
        cookies = None if self.connections.user_client is None else BorrowedCookies(client)
        try:
            response = client.send(self.request_builder.request(send), auth=None, follow_redirects=False, stream=True)
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
                # By another thread, after this one had asked for it.
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
                for chunk in _iter_body(response, headers):
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
            response.close()
        # Of an answer that is no success, whatever came of its body is enough.
        return failure if failure is not None and is_success else RawResponse(status, headers, reader.body())

    def _write_body(self, action: WriteBody) -> TransportFailure | None:
        reader = action.body_reader(self._environment.monotonic)
        chunks: Iterator[bytes] = action.answer.stream.iter_bytes()
        while True:
            try:
                chunk = next(chunks, None)
            except Exception as error:
                failure = failure_from_exception(error)
                if failure is None:
                    raise
                return failure
            if chunk is None:
                return None
            failure = reader.count(len(chunk))
            came = self._environment.monotonic()
            action.writer.write(chunk)
            action.report_progress()
            reader.exclude_time(self._environment.monotonic() - came)
            if failure is not None:
                return failure
