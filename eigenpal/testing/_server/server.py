"""`EigenpalServer`: the embedded server, for tests and experiments."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from time import sleep  # here, because tests replace time.sleep
from types import BuiltinFunctionType, TracebackType
from typing import Any

import eigenpal
from eigenpal import _hooks
from eigenpal._clock import real_monotonic, skip
from eigenpal.testing._server import origin_guard
from eigenpal.testing._server.application import Application
from eigenpal.testing._server.automations import RunSchedule
from eigenpal.testing._server.clock import Clock
from eigenpal.testing._server.echo import echo
from eigenpal.testing._server.endpoints import ENDPOINTS
from eigenpal.testing._server.faults import FaultInjector
from eigenpal.testing._server.journal import Journal
from eigenpal.testing._server.registration import RegistrationMixin
from eigenpal.testing._server.request_body import Limits
from eigenpal.testing._server.run_record import RunRecord
from eigenpal.testing._server.seeding import SeedingMixin
from eigenpal.testing._server.server_state import ServerState
from eigenpal.testing._server.specification import load_specification
from eigenpal.testing._server.storage import SqliteStorage
from eigenpal.testing._server.uvicorn_thread import UvicornThread

DEFAULT_KEY = "ep_test_key"

_SKIP_LOCK = threading.Lock()


class ContractViolation(AssertionError):
    """A response did not match the API document, or could not be made: a bug in the server itself."""

    __module__ = "eigenpal.testing"  # where to import it from; tracebacks show it


class EigenpalServer(RegistrationMixin, SeedingMixin):
    """Emulates the Eigenpal API on a local port.

    Workflows and agents are Python functions. Runs go through the documented statuses on `clock`, which tests can
    advance. The workflow ``echo`` is built in: it returns its input.

    Args:
        api_key: API key that clients must send.
        host: Address to listen on. On a loopback address, requests must be for this machine: `localhost` or a
            loopback address. `0.0.0.0` listens on every address, and answers for every name.
        port: Port to listen on. Defaults to a free one.
        clock: Clock of the server. Defaults to real time; ``Clock(frozen=True)`` is stopped until it is advanced.
        queue_seconds: Seconds, on the clock, before runs start, unless their workflow sets its own.
        run_seconds: Seconds, on the clock, from start to end of runs, unless their workflow sets its own.
        unfinished_polls: Number of reads that return an unfinished run (created, pending, running), unless its workflow
            sets its own. Clients then receive every status, regardless of the clock.
        state: SQLite file that stores all state across restarts. By default, nothing is stored.
        limits: Limits for requests.
        specification: The ``openapi.json`` of another generated package, whose document is to be served.
        validate_responses: Whether to validate responses against the document before they are sent. If one does not
            match, the client receives a 418, which it does not retry, and leaving the ``with`` block raises
            `ContractViolation`.
        idempotency: Whether to honor the header `Idempotency-Key`. With False, every request is carried out, also one
            that repeats another, so a client that retries blindly starts a second run.

    Attributes:
        api_key: API key that clients must send.
        clock: Clock of the server.
        faults: Injects faults; see `FaultInjector.add`.
        requests: The requests received; see `Journal`.
        app: ASGI application, for use without a socket. It works without `start`.

    Examples:
        >>> with EigenpalServer() as server:  # doctest: +SKIP
        ...     @server.workflow("add")
        ...     def add(input, files):
        ...         return {"sum": input["a"] + input["b"]}
        ...     client = server.client()
        ...     client.workflows.executions.run_and_wait("add", {"a": 1, "b": 2})["output"]
        {'sum': 3}
    """

    def __init__(
        self,
        *,
        api_key: str = DEFAULT_KEY,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
        queue_seconds: float = 0.0,
        run_seconds: float = 0.0,
        unfinished_polls: int = 0,
        state: str | Path | None = None,
        limits: Limits | None = None,
        specification: str | Path | None = None,
        validate_responses: bool = True,
        idempotency: bool = True,
    ) -> None:
        if not api_key or api_key != api_key.strip() or not api_key.isascii() or not api_key.isprintable():
            raise ValueError("api_key must be printable ASCII without surrounding spaces")
        self.api_key: str = api_key
        self.clock: Clock = clock or Clock()
        self._host, self._port = host, port
        self._uvicorn: UvicornThread | None = None
        self._lock = threading.Lock()
        document = load_specification(specification)
        self.state: ServerState = ServerState(
            self.clock,
            RunSchedule(queue_seconds, run_seconds, unfinished_polls),
            document.version,
            SqliteStorage(Path(state)) if state is not None else None,
        )
        self.app: Application = Application(
            document,
            ENDPOINTS,
            self.state,
            api_key=api_key,
            limits=limits or Limits(),
            validate_responses=validate_responses,
            idempotency=idempotency,
        )
        self._register("workflow", "echo", echo, steps=["echo"], description="Returns its input.")

    # --- lifecycle ---

    def start(self, *, host: str | None = None, port: int | None = None) -> EigenpalServer:
        """Start listening. A ``with`` block calls this automatically.

        Args:
            host: Address to listen on. Defaults to that of the constructor.
            port: Port to listen on. Defaults to that of the constructor.

        Returns:
            The server.

        Raises:
            OSError: The port is in use.
            ValueError: The port is out of range, or another server uses or has changed the state file.
            RuntimeError: The server is already running.
        """
        with self._lock:
            if self._uvicorn is not None:
                raise RuntimeError(f"the server is already running at {self._uvicorn.url}")
            self.state.open()
            try:
                uvicorn_thread = UvicornThread(
                    self.app, self._host if host is None else host, self._port if port is None else port
                )
                uvicorn_thread.start()
            except BaseException:
                self.state.close()
                raise
            self._uvicorn = uvicorn_thread
            _hooks.embedded_servers[uvicorn_thread.port] = _hooks.EmbeddedServer(
                uvicorn_thread.host, self._is_time_frozen, self._sleep
            )
        return self

    def stop(self) -> None:
        """Stop listening and release all resources. A ``with`` block calls this automatically."""
        with self._lock:
            uvicorn_thread, self._uvicorn = self._uvicorn, None
            if uvicorn_thread is not None:
                _hooks.embedded_servers.pop(uvicorn_thread.port, None)
                uvicorn_thread.stop()
            self.state.executor.stop()
            self.app.close_connection = None
            self.app.listening_host = None
            self.state.close()

    def __enter__(self) -> EigenpalServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if error is None:
            self.check()

    async def __aenter__(self) -> EigenpalServer:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)
        if error is None:
            self.check()

    def check(self) -> None:
        """Check that every response matched the API document.

        Raises:
            ContractViolation: One did not, or an endpoint failed.
        """
        if self.app.violations:
            raise ContractViolation("\n".join(self.app.violations))

    # --- other servers ---

    def block_other_origins(self) -> AbstractContextManager[None]:
        """Return a context manager that blocks requests to other servers.

        While it is entered, every client of this process, also one that was created before, raises `RequestBlocked`
        instead of sending a request to another origin than that of an embedded server. The fixture `eigenpal_server`
        enters it.

        Raises:
            RequestBlocked: When it is left, if a request was blocked and the error was caught, unless the function that
                caught it names `RequestBlocked`, as in `with pytest.raises(RequestBlocked)`.

        Examples:
            >>> with EigenpalServer() as server, server.block_other_origins():  # doctest: +SKIP
            ...     run_the_tests()
        """
        return origin_guard.block_other_origins(self.url)

    def allow_other_origins(self) -> AbstractContextManager[None]:
        """Return a context manager in which requests to other servers are sent in spite of `block_other_origins`.

        It is meant for requests to which something else responds, such as respx, or a transport that you passed as
        `http_client`.

        Examples:
            >>> with eigenpal_server.allow_other_origins():  # doctest: +SKIP
            ...     call_what_respx_responds_to()
        """
        return origin_guard.allow_other_origins()

    # --- clients ---

    def _is_time_frozen(self) -> bool:
        # freezegun replaces time.monotonic, with which event loops sleep, by a function of its own.
        return self.clock.frozen or not isinstance(time.monotonic, BuiltinFunctionType)

    def _sleep(self, seconds: float) -> None:
        """Sleep for a client, on the clock."""
        if not self.clock.frozen:
            sleep(seconds)
            return
        began = real_monotonic()
        # How long they take on the clock is known only when they have returned.
        self.state.executor.wait_for_handlers(seconds)
        self.clock.advance(seconds)
        with _SKIP_LOCK:
            skip(max(0.0, seconds - (real_monotonic() - began)))

    @property
    def url(self) -> str:
        """Base URL for clients.

        Raises:
            RuntimeError: The server is not running.
        """
        if self._uvicorn is None:
            raise RuntimeError("the server is not running; use it in a with block or call start()")
        return self._uvicorn.url

    @property
    def port(self) -> int:
        """Port the server listens on."""
        return int(self.url.rsplit(":", 1)[-1])

    @property
    def faults(self) -> FaultInjector:
        """Injects faults."""
        return self.app.faults

    @property
    def requests(self) -> Journal:
        """The requests received, oldest first."""
        return self.app.journal

    @property
    def unimplemented_operations(self) -> list[str]:
        """The operationIds of the operations that the server answers from the document alone.

        The response is the example of the document, or a sample of its schema; see `RecordedRequest.response_source`.
        """
        return self.app.unimplemented_operations

    @property
    def runs(self) -> list[RunRecord]:
        """All runs, oldest first. Waits up to 1 s for handlers that are running."""
        self.state.executor.refresh_blocking()
        return list(self.state.runs)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that point a client at this server, in any process and language.

        Examples:
            >>> for name, value in server.environment.items():  # doctest: +SKIP
            ...     monkeypatch.setenv(name, value)
        """
        return {"EIGENPAL_BASE_URL": self.url, "EIGENPAL_API_KEY": self.api_key}

    def client(self, **options: Any) -> eigenpal.EigenpalClient:
        """Return a client for this server.

        Args:
            **options: Options of `eigenpal.EigenpalClient`; they override this server's key and URL.

        Returns:
            The client; close it, or use it in a ``with`` block.

        Examples:
            >>> with server.client(max_retries=0) as client:  # doctest: +SKIP
            ...     client.runs.list()
        """
        chosen: dict[str, Any] = {"api_key": self.api_key, "base_url": self.url, **options}
        return eigenpal.EigenpalClient(**chosen)

    def async_client(self, **options: Any) -> eigenpal.AsyncEigenpalClient:
        """Return an asynchronous client for this server.

        Args:
            **options: Options of `eigenpal.AsyncEigenpalClient`; they override this server's key and URL.

        Returns:
            The client; close it, or use it in an ``async with`` block.
        """
        chosen: dict[str, Any] = {"api_key": self.api_key, "base_url": self.url, **options}
        return eigenpal.AsyncEigenpalClient(**chosen)

    def __repr__(self) -> str:
        where = self._uvicorn.url if self._uvicorn is not None else "not running"
        return f"<EigenpalServer {where}>"
