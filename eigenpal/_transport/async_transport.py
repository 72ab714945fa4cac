"""The transport of the asynchronous client; it runs under asyncio and trio alike."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Mapping,
)
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from typing import Any, NoReturn, TypeVar, cast

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx

from eigenpal._downloads.writers import content_length, sink_for
from eigenpal._logging import show_log_if_asked
from eigenpal._options import ClientOptions
from eigenpal._transport.body_reader import Intake
from eigenpal._transport.connections import (
    AsyncConnections,
    BorrowedCookies,
    closed_error,
    refuse_pickling,
    running_loop,
)
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

# Writing is left to a thread, and each change of threads costs about as much as writing this.
_WRITTEN_AT_ONCE = 512 * 1024

_OPENED = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")


class AsyncStream:
    """An answer whose bytes are read while they come in; its ``async with`` block closes it."""

    def __init__(self, call: Call, answer: Answer, clock: Callable[[], float]) -> None:
        self._call = call
        self._answer = answer
        self._clock = clock
        self._is_over = False
        self.status: int = answer.status
        self.headers: Mapping[str, str] = answer.stream.headers
        self.size: int | None = content_length(answer.headers)
        """The length the server announced, in bytes; None where it did not."""

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes, in pieces as they come or of ``chunk_size``; they can be read once.

        Raises:
            EigenpalConnectionError: The connection broke before all of them came.
            EigenpalTimeoutError: They came too slowly.
        """
        if self._is_over:
            raise stream_over_error()
        self._is_over = True
        intake = stream_intake(self._answer, self._call, self._clock)
        pieces = self._answer.stream.aiter_bytes(chunk_size)
        fault: Fault | None = None
        try:
            while piece := await _in_own_task(partial(anext, pieces, b"")):
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
        finally:
            await _in_own_task(pieces.aclose)
        if fault is not None:
            raise self._call.error(fault)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.iter_bytes()

    async def aclose(self) -> None:
        """Let go of the connection."""
        self._is_over = True
        await _in_own_task(self._answer.stream.aclose)


async def _in_own_task(function: Callable[[], Awaitable[T]]) -> T:
    """Carry something out in a task of its own, where a cancellation by asyncio arrives as one by anyio.

    From that one httpcore shields itself. Interrupted by asyncio itself while it gives a connection back, it would keep
    that checked out for ever, and after a hundred of them a client would have none left.
    """
    loop = running_loop()
    if not isinstance(loop, asyncio.AbstractEventLoop):
        return await function()
    scope = anyio.CancelScope()
    results: list[T] = []
    failures: list[BaseException] = []

    async def carry_out() -> None:
        with scope:
            try:
                results.append(await function())
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001  (handed over: a task would keep it, or end the event loop)
                failures.append(error)
        if not done.done():
            done.set_result(None)

    # Not asyncio.shield, which takes as long as the rest of this together.
    done: asyncio.Future[None] = loop.create_future()
    task = loop.create_task(carry_out())
    task.add_done_callback(lambda _: done.cancel())
    try:
        await done
    except asyncio.CancelledError:
        scope.cancel()
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        raise
    if failures:
        raise failures.pop()
    return results.pop()


def _tracing() -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """Return what httpcore calls at each step, so that a cancellation takes effect as soon as there is a connection.

    A moment later, between opening a connection and using it, httpcore would keep that for ever; and one whose
    encryption is being agreed on it leaves to the garbage collector.
    """
    opened: list[Any] = []

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(_OPENED):
            opened.append(info["return_value"])
        elif not event.endswith("start_tls.failed"):
            return
        try:
            await anyio.lowlevel.checkpoint_if_cancelled()
        except BaseException:
            with anyio.CancelScope(shield=True):
                for stream in opened[-1:]:
                    await stream.aclose()
            raise

    return trace


def _pieces(response: httpx.Response, headers: Mapping[str, str]) -> AsyncIterable[bytes]:
    """Return the pieces of a body in the cheapest way there is."""
    if response.is_stream_consumed or "content-encoding" in headers:
        # Read before by a mock or by a hook of the caller's own client, or to be decompressed.
        return response.aiter_bytes()
    return cast("httpx.AsyncByteStream", response.stream)


class AsyncTransport:
    """Sends the requests of an asynchronous client, from any number of tasks."""

    def __init__(
        self,
        options: ClientOptions,
        *,
        http_client: httpx.AsyncClient | None = None,
        world: World | None = None,
        sleep: Callable[[float], Awaitable[object]] = anyio.sleep,
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
        connections = AsyncConnections(options.verify_ssl, http_client)
        self._set_up(options, connections, World() if world is None else world, sleep)
        self._owner = weakref.ref(self)
        show_log_if_asked()

    def _set_up(
        self,
        options: ClientOptions,
        connections: AsyncConnections,
        world: World,
        sleep: Callable[[float], Awaitable[object]],
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

    def with_options(self, options: ClientOptions) -> AsyncTransport:
        """Return a transport with other options on the same connections, which stay this one's to close."""
        if self._is_closed:
            raise closed_error()
        if options.verify_ssl != self.options.verify_ssl and self.connections.borrowed is None:
            return AsyncTransport(options, world=self._world, sleep=self._sleep)
        derived = AsyncTransport.__new__(AsyncTransport)
        derived._set_up(options, self.connections, self._world, self._sleep)
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
        steps = Call(request, self.settings, self._world, deadline).response()
        result = parsed(request, await self._drive(steps), parse, self.settings)
        if isinstance(result, EigenpalResponseError):
            raise result
        return result

    async def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the answer into ``to`` and return the number of bytes written.

        Raises:
            EigenpalError: It did not come, or not completely; nothing is left behind then.
        """
        sink = sink_for(to)
        return await self._drive(fetched(Call(request, self.settings, self._world), sink, progress))

    @asynccontextmanager
    async def stream(self, request: Request, /) -> AsyncGenerator[AsyncStream]:
        """Send a request and hand out its answer while it comes in.

        Raises:
            EigenpalError: There was no success.
        """
        call = Call(request, self.settings, self._world)
        opened: list[AsyncStream] = []

        async def open_stream() -> None:
            answer = await self._carried_out(call.answered(streaming=True), keeps_stream=True)
            opened.append(AsyncStream(call, answer, self._world.clock))

        try:
            await _in_own_task(open_stream)
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
        return f"<{type(self).__name__} to {self.settings.where}{' (closed)' if self._is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        refuse_pickling()

    # --- carrying out -------------------------------------------------------------------------------------------------

    async def _drive(self, steps: Steps[T]) -> T:
        return await _in_own_task(partial(self._carried_out, steps))

    async def _carried_out(self, steps: Steps[T], *, keeps_stream: bool = False) -> T:
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
                        await opened.aclose()
                    results.append(await self._sent_in_time(client, effect))
                    opened = getattr(results[0], "stream", None)
                elif isinstance(effect, Pause):
                    await self._sleep(effect.seconds)
                    results.append(None)
                elif isinstance(effect, Receive):
                    results.append(await self._receive(effect))
                else:
                    results.append(await anyio.to_thread.run_sync(effect.function))
        finally:
            steps.close()
            if opened is not None:
                await opened.aclose()

    def _client(self) -> httpx.AsyncClient:
        if self._is_closed:
            raise closed_error()
        return self.connections.client()

    async def _sent_in_time(self, client: httpx.AsyncClient, send: Send) -> Outcome:
        if send.deadline is None:
            return await self._send(client, send)
        # Beside the timeouts of the phases, which know nothing of a name that takes long to be found, or of headers
        # that come a byte at a time.
        with anyio.move_on_after(max(0.0, send.deadline - self._world.clock())):
            return await self._send(client, send)
        return Fault("timeout", "")

    async def _send(self, client: httpx.AsyncClient, send: Send) -> Outcome:
        cookies = None if self.connections.borrowed is None else BorrowedCookies(client)
        try:
            request = self.wire.request(send)
            request.extensions["trace"] = _tracing()
            response = await client.send(request, auth=None, follow_redirects=False, stream=True)
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
                # By another task, after this one had asked for it.
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
                async for piece in _pieces(response, headers):
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
            await response.aclose()
        # Of an answer that is no success, whatever came of its body is enough.
        return fault if fault is not None and is_success else Answer(status, headers, intake.body())

    async def _receive(self, effect: Receive) -> Fault | None:
        intake = effect.intake(self._world.clock)
        fault: Fault | None = None
        waiting: list[bytes] = []
        size = 0
        async with aclosing(effect.answer.stream.aiter_bytes()) as pieces:
            while fault is None:
                try:
                    piece: bytes | None = await anext(pieces, None)
                except Exception as error:
                    fault = fault_of(error)
                    if fault is None:
                        raise
                    break
                if piece is None:
                    break
                fault = intake.count(len(piece))
                waiting.append(piece)
                size += len(piece)
                if size >= _WRITTEN_AT_ONCE:
                    came = self._world.clock()
                    await self._write(effect, waiting)
                    intake.forgive(self._world.clock() - came)
                    size = 0
        if waiting:
            # What came before a cut is kept: the download may be continued behind it.
            await self._write(effect, waiting)
        return fault

    @staticmethod
    async def _write(effect: Receive, waiting: list[bytes]) -> None:
        await anyio.to_thread.run_sync(effect.sink.write, b"".join(waiting))
        waiting.clear()
        effect.tell()
