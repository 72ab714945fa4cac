"""`EigenpalServer`: the whole of Eigenpal in one object, for tests and for trying things out."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from eigenpal.testing._server.application import Application
from eigenpal.testing._server.automations import Pace
from eigenpal.testing._server.bodies import Limits
from eigenpal.testing._server.clock import Clock
from eigenpal.testing._server.echo import echo
from eigenpal.testing._server.faults import Faults
from eigenpal.testing._server.handlers import HANDLERS
from eigenpal.testing._server.journal import Journal
from eigenpal.testing._server.listener import Listener
from eigenpal.testing._server.registration import Registration
from eigenpal.testing._server.run import Run
from eigenpal.testing._server.seeding import Seeding
from eigenpal.testing._server.specification import load_specification
from eigenpal.testing._server.state import SqliteState
from eigenpal.testing._server.world import World

if TYPE_CHECKING:
    from eigenpal import AsyncEigenpalClient, EigenpalClient

DEFAULT_KEY = "ep_test_key"


class ContractViolation(AssertionError):
    """The server was about to send what the document does not describe, or failed; a mistake of the server itself."""


class EigenpalServer(Registration, Seeding):
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
        queued: float = 0.0,
        takes: float = 0.0,
        polls: int = 0,
        state: str | Path | None = None,
        limits: Limits | None = None,
        specification: Path | None = None,
        check_answers: bool = True,
    ) -> None:
        if not api_key or api_key != api_key.strip() or not api_key.isascii() or not api_key.isprintable():
            raise ValueError("api_key must be printable ASCII without blanks around it")
        self.api_key: str = api_key
        self.clock: Clock = clock or Clock()
        self._host, self._port = host, port
        self._listener: Listener | None = None
        self._lock = threading.Lock()
        document = load_specification(specification)
        self.world: World = World(
            self.clock,
            Pace(queued, takes, polls),
            document.version,
            SqliteState(Path(state)) if state is not None else None,
        )
        self.app: Application = Application(
            document,
            HANDLERS,
            self.world,
            api_key=api_key,
            limits=limits or Limits(),
            check_answers=check_answers,
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
            if self._listener is not None:
                raise RuntimeError(f"the server is running already, at {self._listener.url}")
            self.world.open()
            try:
                listener = Listener(
                    self.app, self._host if host is None else host, self._port if port is None else port
                )
                listener.start()
            except BaseException:
                self.world.close()
                raise
            self._listener = listener
        return self

    def stop(self) -> None:
        """Stop to listen and let go of everything; a ``with`` block does it by itself."""
        with self._lock:
            listener, self._listener = self._listener, None
            if listener is not None:
                listener.stop()
            self.world.engine.stop()
            self.app.cut = None
            self.world.close()

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
        if self._listener is None:
            raise RuntimeError("the server is not running; use it in a with block, or call start()")
        return self._listener.url

    @property
    def port(self) -> int:
        """The port the server listens on."""
        return int(self.url.rsplit(":", 1)[-1])

    @property
    def faults(self) -> Faults:
        """The faults to play."""
        return self.app.faults

    @property
    def requests(self) -> Journal:
        """The requests that were made, oldest first."""
        return self.app.journal

    @property
    def runs(self) -> list[Run]:
        """All runs, oldest first, as the server keeps them; functions that are computing are waited for, up to 1 s."""
        self.world.engine.settle_here()
        return list(self.world.runs)

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
        where = self._listener.url if self._listener is not None else "not running"
        return f"<EigenpalServer {where}>"
