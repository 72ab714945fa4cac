"""`EigenpalServer`: the whole of Eigenpal in one object, for tests and for trying things out."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from eigenpal import AsyncEigenpalClient, EigenpalClient

DEFAULT_KEY = "ep_test_key"


class ContractViolation(AssertionError):
    """The server was about to send what the document does not describe, or failed; a mistake of the server itself."""


class EigenpalServer(RegistrationMixin, SeedingMixin):
    """A server that plays the whole Eigenpal API, on a free port of this machine.

    Workflows and agents are Python functions. Runs go through the documented statuses on `clock`, which a test can
    turn. The workflow ``echo`` is built in: it returns its input.

    Args:
        api_key: The key that clients must send.
        host: Where to listen.
        port: On which port; a free one, if left out.
        clock: The time of the server; real time, if left out. ``Clock(frozen=True)`` stands still until turned.
        queued: Seconds, on the clock, that runs wait before they start, unless their workflow says otherwise.
        takes: Seconds, on the clock, that runs take from start to end, unless their workflow says otherwise.
        polls: How many reads of a run find it unfinished (created, pending, running), unless its workflow says
            otherwise. With this, a client sees every status, whatever the clock says.
        state: An SQLite file that keeps everything over restarts; nothing is kept, if left out.
        limits: How much of a request is taken.
        specification: Another OpenAPI document, as JSON, to play.
        check_answers: Whether each answer is held against the document before it leaves. If one does not fit, the
            client gets a 500, and leaving the ``with`` block raises `ContractViolation`.

    Attributes:
        api_key: The key that clients must send.
        clock: The time of the server.
        faults: Faults to play; see `Faults.add`.
        requests: The requests that were made; see `Journal`.
        app: The ASGI application, for use without a socket. It needs no start.

    Example:
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
        specification: Path | None = None,
        validate_responses: bool = True,
    ) -> None:
        if not api_key or api_key != api_key.strip() or not api_key.isascii() or not api_key.isprintable():
            raise ValueError("api_key must be printable ASCII without blanks around it")
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
        )
        self._register("workflow", "echo", echo, steps=["echo"], description="Gives back its input.")

    # --- life ---

    def start(self, *, host: str | None = None, port: int | None = None) -> EigenpalServer:
        """Start to listen; a ``with`` block does it by itself.

        Args:
            host: Where to listen; as given to the constructor, if left out.
            port: On which port; as given to the constructor, if left out.

        Returns:
            The server.

        Raises:
            OSError: The port is taken.
            ValueError: There is no such port, or the state file is in use or was changed by another server.
            RuntimeError: The server is running already.
        """
        with self._lock:
            if self._uvicorn is not None:
                raise RuntimeError(f"the server is running already, at {self._uvicorn.url}")
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
        return self

    def stop(self) -> None:
        """Stop to listen and let go of everything; a ``with`` block does it by itself."""
        with self._lock:
            uvicorn_thread, self._uvicorn = self._uvicorn, None
            if uvicorn_thread is not None:
                uvicorn_thread.stop()
            self.state.executor.stop()
            self.app.close_connection = None
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
        """Check that every answer fitted the document.

        Raises:
            ContractViolation: One did not, or a handler failed.
        """
        if self.app.violations:
            raise ContractViolation("\n".join(self.app.violations))

    # --- clients ---

    @property
    def url(self) -> str:
        """The base URL to point a client at.

        Raises:
            RuntimeError: The server is not running.
        """
        if self._uvicorn is None:
            raise RuntimeError("the server is not running; use it in a with block, or call start()")
        return self._uvicorn.url

    @property
    def port(self) -> int:
        """The port the server listens on."""
        return int(self.url.rsplit(":", 1)[-1])

    @property
    def faults(self) -> FaultInjector:
        """The faults to play."""
        return self.app.faults

    @property
    def requests(self) -> Journal:
        """The requests that were made, oldest first."""
        return self.app.journal

    @property
    def runs(self) -> list[RunRecord]:
        """All runs, oldest first, as the server keeps them; functions that are computing are waited for, up to 1 s."""
        self.state.executor.refresh_blocking()
        return list(self.state.runs)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that point a client at this server, in whichever process and language.

        Example:
            >>> for name, value in server.environment.items():  # doctest: +SKIP
            ...     monkeypatch.setenv(name, value)
        """
        return {"EIGENPAL_BASE_URL": self.url, "EIGENPAL_API_KEY": self.api_key}

    def client(self, **options: Any) -> EigenpalClient:
        """Return a client of this server.

        Args:
            **options: Options of `eigenpal.EigenpalClient`, in place of this server's key and address.

        Returns:
            The client; close it, or use it in a ``with`` block.

        Example:
            >>> with server.client(max_retries=0) as client:  # doctest: +SKIP
            ...     client.runs.list()
        """
        from eigenpal import EigenpalClient

        chosen: dict[str, Any] = {"api_key": self.api_key, "base_url": self.url, **options}
        return EigenpalClient(**chosen)

    def async_client(self, **options: Any) -> AsyncEigenpalClient:
        """Return an asynchronous client of this server.

        Args:
            **options: Options of `eigenpal.AsyncEigenpalClient`, in place of this server's key and address.

        Returns:
            The client; close it, or use it in an ``async with`` block.
        """
        from eigenpal import AsyncEigenpalClient

        chosen: dict[str, Any] = {"api_key": self.api_key, "base_url": self.url, **options}
        return AsyncEigenpalClient(**chosen)

    def __repr__(self) -> str:
        where = self._uvicorn.url if self._uvicorn is not None else "not running"
        return f"<EigenpalServer {where}>"
