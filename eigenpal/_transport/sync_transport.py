"""The transport of the synchronous client."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar, cast

import httpx

from eigenpal._downloads.writers import content_length, sink_for
from eigenpal._logging import show_log_if_asked
from eigenpal._options import ClientOptions
from eigenpal._transport.body_reader import Intake
from eigenpal._transport.connections import BorrowedCookies, Connections, closed_error, refuse_pickling
from eigenpal._transport.download_flow import fetched
from eigenpal._transport.httpx_adapter import (
    Wire,
    fault_of,
    plain_headers,
    raised_answer,
    stream_intake,
    stream_over_error,
)
from eigenpal._transport.outcomes import Answer, Fault, Outcome
from eigenpal._transport.request_flow import Call, Pause, Receive, Send, Settings, Steps, World, parsed
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import DownloadTarget, Progress, Request, Response

T = TypeVar("T")


class Stream:
    """An answer whose bytes are read while they come in; its ``with`` block closes it."""

    def __init__(self, call: Call, answer: Answer, clock: Callable[[], float]) -> None:
        self._call = call
        self._answer = answer
        self._clock = clock
        self._is_over = False
        self.status: int = answer.status
        self.headers: Mapping[str, str] = answer.stream.headers
        self.size: int | None = content_length(answer.headers)
        """The length the server announced, in bytes; None where it did not."""

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes, in pieces as they come or of ``chunk_size``; they can be read once.

        Raises:
            EigenpalConnectionError: The connection broke before all of them came.
            EigenpalTimeoutError: They came too slowly.
        """
        if self._is_over:
            raise stream_over_error()
        self._is_over = True
        intake = stream_intake(self._answer, self._call, self._clock)
        fault: Fault | None = None
        try:
            for piece in self._answer.stream.iter_bytes(chunk_size):
                fault = intake.count(len(piece))
                if fault is not None:
                    break
                handed_out = self._clock()
                yield piece
                intake.forgive(self._clock() - handed_out)
            else:
                fault = intake.missing()
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
        if fault is not None:
            raise self._call.error(fault)

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def close(self) -> None:
        """Let go of the connection."""
        self._is_over = True
        self._answer.stream.close()


def _pieces(response: httpx.Response, headers: Mapping[str, str]) -> Iterable[bytes]:
    """Return the pieces of a body in the cheapest way there is."""
    if response.is_stream_consumed:
        # A mock, or a hook of the caller's own client, has read it.
        return (response.content,)
    if "content-encoding" in headers:
        return response.iter_bytes()
    return cast("httpx.SyncByteStream", response.stream)


class Transport:
    """Sends the requests of a client, from any number of threads."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: httpx.Client | None = None,
        world: World | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Make a transport; nothing is opened before the first request.

        Args:
            options: What `resolve_options` returned.
            http_client: A client of the caller's, used for sending, and neither closed nor changed.
            world: Clocks and chance, for tests.
            sleep: What pauses are made of, for tests.

        Raises:
            TypeError: The ``http_client`` is of the wrong kind.
        """
        self._set_up(options, Connections(options.verify_ssl, http_client), World() if world is None else world, sleep)
        self._owner = weakref.ref(self)
        show_log_if_asked()

    def _set_up(
        self, options: ClientOptions, connections: Connections, world: World, sleep: Callable[[float], object]
    ) -> None:
        self.settings: Settings = Settings(options)
        self.wire: Wire = Wire(options, world.clock)
        self.connections = connections
        self._world = world
        self._sleep = sleep
        self._is_closed = False

    @property
    def options(self) -> ClientOptions:
        """What this transport was made with."""
        return self.settings.options

    def with_options(self, options: ClientOptions) -> Transport:
        """Return a transport with other options on the same connections, which stay this one's to close."""
        if self._is_closed:
            raise closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.borrowed is None:
            return Transport(options, world=self._world, sleep=self._sleep)
        derived = Transport.__new__(Transport)
        derived._set_up(options, self.connections, self._world, self._sleep)
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
        steps = Call(request, self.settings, self._world, deadline).response()
        result = parsed(request, self._drive(steps), parse, self.settings)
        if isinstance(result, EigenpalResponseError):
            raise result
        return result

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the answer into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: It did not come, or not completely; nothing is left behind then.
        """
        sink = sink_for(to)
        return self._drive(fetched(Call(request, self.settings, self._world), sink, progress))

    @contextmanager
    def stream(self, request: Request, /) -> Generator[Stream]:
        """Send a request and hand out its answer while it comes in.

        Raises:
            EigenpalError: There was no success.
        """
        call = Call(request, self.settings, self._world)
        answer = self._drive(call.answered(streaming=True), keeps_stream=True)
        stream = Stream(call, answer, self._world.clock)
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
        return f"<{type(self).__name__} to {self.settings.where}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        refuse_pickling()

    # --- carrying out -------------------------------------------------------------------------------------------------

    def _drive(self, steps: Steps[T], *, keeps_stream: bool = False) -> T:
        client = self._client()
        opened: httpx.Response | None = None
        try:
            # Handed over and not kept: an answer may repeat the API key, and tracebacks show what a frame holds.
            results: list[Any] = [None]
            while True:
                try:
                    effect = steps.send(results.pop())
                except StopIteration as stop:
                    if keeps_stream:
                        opened = None
                    return cast("T", stop.value)
                if isinstance(effect, Send):
                    if opened is not None:
                        opened.close()
                    results.append(self._send(client, effect))
                    opened = getattr(results[0], "stream", None)
                elif isinstance(effect, Pause):
                    self._sleep(effect.seconds)
                    results.append(None)
                elif isinstance(effect, Receive):
                    results.append(self._receive(effect))
                else:
                    results.append(effect.function())
        finally:
            steps.close()
            if opened is not None:
                opened.close()

    def _client(self) -> httpx.Client:
        if self._is_closed:
            raise closed_error()
        return self.connections.client()

    def _send(self, client: httpx.Client, send: Send) -> Outcome:
        cookies = None if self.connections.borrowed is None else BorrowedCookies(client)
        try:
            response = client.send(self.wire.request(send), auth=None, follow_redirects=False, stream=True)
        except httpx.HTTPStatusError as error:
            # A hook of the caller's own client raised what is for us to judge.
            if cookies is not None:
                cookies.restore(error.response)
            return raised_answer(error)
        except Exception as error:
            fault = fault_of(error)
            if fault is not None:
                return fault
            if client.is_closed:
                # By another thread, after this one had asked for it.
                raise closed_error() from None
            raise
        if cookies is not None:
            cookies.restore(response)
        status = response.status_code
        headers = plain_headers(response)
        is_success = 200 <= status < 300
        is_streamed = send.streaming and is_success
        intake = Intake(
            status,
            headers,
            send.wants,
            send.timeouts["read"],
            send.deadline,
            self._world.clock,
            streaming=is_streamed,
        )
        fault = intake.refusal(headers)
        if is_streamed and fault is None:
            return Answer(status, headers, b"", response)
        try:
            if fault is None:
                for piece in _pieces(response, headers):
                    fault = intake.add(piece)
                    if fault is not None:
                        break
                else:
                    fault = intake.missing()
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
        finally:
            response.close()
        # Of an answer that is no success, whatever came of its body is enough.
        return fault if fault is not None and is_success else Answer(status, headers, intake.body())

    def _receive(self, effect: Receive) -> Fault | None:
        intake = effect.intake(self._world.clock)
        pieces: Iterator[bytes] = effect.answer.stream.iter_bytes()
        while True:
            try:
                piece = next(pieces, None)
            except Exception as error:
                fault = fault_of(error)
                if fault is None:
                    raise
                return fault
            if piece is None:
                return None
            fault = intake.count(len(piece))
            came = self._world.clock()
            effect.sink.write(piece)
            effect.tell()
            intake.forgive(self._world.clock() - came)
            if fault is not None:
                return fault
