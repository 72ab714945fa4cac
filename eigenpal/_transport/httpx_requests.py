"""From our values to requests of httpx."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from inspect import signature
from typing import Any, Final

import httpx

from eigenpal._options import ClientOptions
from eigenpal._transport.actions import SendRequest
from eigenpal._transport.body_reader import BodyReader
from eigenpal._transport.outcomes import RawResponse
from eigenpal._transport.request_flow import RequestFlow
from eigenpal._uploads.multipart import Multipart
from eigenpal._version import __version__
from eigenpal.errors import EigenpalError

_EMPTY: Final = httpx.ByteStream(b"")
_WITH_BODY = frozenset(("POST", "PUT", "PATCH"))
# A timeout of zero is no timeout to sockets, but another way of working.
_SHORTEST_TIMEOUT = 0.001


class DeadlineExceeded(Exception):
    """The deadline of a flow came while its body was on the way, so the server cannot have taken it."""


class DeadlineTimeouts(Mapping[str, float]):
    """The timeouts of the phases under a deadline: each is looked up when its phase begins, and ends with the deadline.

    Fixed when a request is sent, every phase might take all the time there was then, one after the other.
    """

    def __init__(self, timeouts: Mapping[str, float], deadline: float, monotonic: Callable[[], float]) -> None:
        self._timeouts = timeouts
        self._deadline = deadline
        self._monotonic = monotonic

    def __getitem__(self, phase: str) -> float:
        return max(_SHORTEST_TIMEOUT, min(self._timeouts[phase], self._deadline - self._monotonic()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._timeouts)

    def __len__(self) -> int:
        return len(self._timeouts)


class UploadStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A multipart body on its way; in an event loop, files are read by a thread."""

    def __init__(self, body: Multipart, deadline: float | None, monotonic: Callable[[], float]) -> None:
        self._body = body
        self._deadline = deadline
        self._monotonic = monotonic

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces()

    def _pieces(self) -> Generator[bytes]:
        for piece in self._body.pieces():
            # A timeout is armed for each piece alone, and there may be thousands.
            if self._deadline is not None and self._monotonic() >= self._deadline:
                raise DeadlineExceeded
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._pieces()
        if not self._body.blocking:
            for piece in pieces:
                yield piece
            return
        from anyio import to_thread  # here, because the blocking client has no use for it

        # Nothing is lost with the thread, and the source may be a pipe in which nothing ever comes.
        abandoned: dict[str, Any] = {abandon_on_cancel(to_thread.run_sync): True}
        try:
            while piece := await to_thread.run_sync(next, pieces, b"", **abandoned):
                yield piece
        finally:
            # Where the task was cancelled the thread may still be reading; it then ends the generator itself.
            with suppress(ValueError):
                pieces.close()


@cache
def abandon_on_cancel(run_sync: Callable[..., object]) -> str:
    """Return the name of the argument that lets a cancelled task leave its thread behind."""
    # httpx takes any anyio, and before 4.1 the argument was called otherwise.
    return "abandon_on_cancel" if "abandon_on_cancel" in signature(run_sync).parameters else "cancellable"


@lru_cache(maxsize=256)
def _parsed_url(url: str) -> httpx.URL:
    # Taking an address apart is a tenth of a flow, and waiting for a run asks for the same one again and again.
    return httpx.URL(url)


class RequestBuilder:
    """Makes httpx requests; all headers that do not change are put together once."""

    def __init__(self, options: ClientOptions, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        host = httpx.URL(options.base_url).netloc.decode("ascii")
        self._own_json = _headers(options, host, is_json=True)
        self._own_json_with_body = self._own_json.copy()
        self._own_json_with_body["Content-Type"] = "application/json"
        self._own_bytes = _headers(options, host, is_json=False)

    def request(self, send: SendRequest) -> httpx.Request:
        """Make the httpx request for one sending.

        Raises:
            httpx.InvalidURL: A redirect led to an address that is none.
        """
        content = send.content
        if isinstance(content, bytes):
            stream: httpx.ByteStream | UploadStream = httpx.ByteStream(content)
        elif content is None:
            stream = _EMPTY
        else:
            stream = UploadStream(content, send.deadline, self._monotonic)
        timeouts: Mapping[str, float] = send.timeouts
        if send.deadline is not None:
            timeouts = DeadlineTimeouts(timeouts, send.deadline, self._monotonic)
        if send.is_own:
            own = self._own_json
            if send.response_kind == "file":
                own = self._own_bytes
            elif isinstance(content, bytes):
                own = self._own_json_with_body
            request = httpx.Request(
                send.method, _parsed_url(send.url), headers=own, stream=stream, extensions={"timeout": timeouts}
            )
        else:
            request = _foreign_request(send, timeouts)
        headers = request.headers
        for name, value in send.headers:
            headers[name] = value
        if content is None:
            if send.method in _WITH_BODY:
                headers["Content-Length"] = "0"
        elif isinstance(content, bytes):
            headers["Content-Length"] = str(len(content))
            if send.response_kind == "file":
                headers["Content-Type"] = "application/json"
        else:
            size = content.size
            if size is None:
                headers["Transfer-Encoding"] = "chunked"
            else:
                headers["Content-Length"] = str(size)
            return request
        # Kept on the request, where mocks and other transports look for it.
        request.read()
        return request


def _foreign_request(send: SendRequest, timeouts: Mapping[str, float]) -> httpx.Request:
    """Make a request to another origin than that of ``base_url``: it says nothing about this client."""
    headers = {"Accept": "*/*" if send.response_kind == "file" else "application/json"}
    headers["Accept-Encoding"] = "identity" if send.response_kind == "file" else "gzip, deflate"
    headers["User-Agent"] = user_agent_headers()["User-Agent"]
    return httpx.Request(send.method, send.url, headers=headers, content=b"", extensions={"timeout": timeouts})


def _headers(options: ClientOptions, host: str, *, is_json: bool) -> httpx.Headers:
    headers = httpx.Headers({"Host": host})
    for name, value in user_agent_headers().items():
        headers[name] = value
    headers["Accept"] = "application/json" if is_json else "*/*"
    # Only what can be decoded in bounded steps; files as they are, so that their length can be checked.
    headers["Accept-Encoding"] = "gzip, deflate" if is_json else "identity"
    for name, secret in options.default_headers:
        headers.pop(name, None)
        if secret is not None:
            headers[name] = secret.reveal()
    # Shown as [secure] by the repr of httpx.Headers.
    headers["Authorization"] = f"Bearer {options.api_key.reveal()}"
    return headers


def lowercase_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers as a dict by name in lower case; those of httpx are searched from the start each time."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def make_stream_reader(answer: RawResponse, flow: RequestFlow, monotonic: Callable[[], float]) -> BodyReader:
    """Return what judges the pieces of an answer that the caller reads."""
    reader = BodyReader(answer.status, answer.headers, "file", flow.timeouts["read"], None, monotonic, streaming=True)
    reader.check_headers(answer.headers)
    return reader


def make_stream_consumed_error() -> EigenpalError:
    """Make the error for a stream that is read a second time, or after its block."""
    return EigenpalError("the bytes of a stream can be read once, inside its with block")


def user_agent_headers() -> dict[str, str]:
    """Return the headers that tell the server which SDK is calling, and from what kind of machine."""
    runtime = _runtime()
    system = _system()
    return {
        "User-Agent": f"eigenpal-sdk-python/{__version__} ({runtime}; {system})",
        "X-Eigenpal-Sdk": "python",
        "X-Eigenpal-Sdk-Version": __version__,
        "X-Eigenpal-Sdk-Runtime": runtime,
        "X-Eigenpal-Sdk-Os": system,
    }


def _runtime() -> str:
    implementation = sys.implementation
    name = "python" if implementation.name == "cpython" else implementation.name
    version = sys.version_info if implementation.name == "cpython" else implementation.version
    return _printable(f"{name}-{version.major}.{version.minor}.{version.micro}")


def _system() -> str:
    # Not by the platform module: on Windows it asks the management service, which may take seconds.
    if sys.platform == "win32":
        machine = os.environ.get("PROCESSOR_ARCHITECTURE", "unknown")
        return _printable(f"windows-{machine}".lower())
    return _printable(f"{sys.platform}-{os.uname().machine}".lower())


def _printable(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else "_" for character in text)
