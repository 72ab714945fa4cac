"""Who owns the connections: ourselves, one set for each process and event loop, or the caller, whose client we use."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Hashable
from contextlib import suppress
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import httpx

from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    import ssl

TClient = TypeVar("TClient", httpx.Client, httpx.AsyncClient)

# As many kept open as there may be: opening one again costs more than keeping it for a few seconds. But for less than
# the five that servers (Node.js, uvicorn) keep theirs, because what is sent while the other side closes is lost.
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=4.0)

_CLOSED = "this client is closed; make a new one, and keep it open (or inside its with block) as long as it is used"
_CLOSED_HTTP_CLIENT = "the http_client this client was made with is closed"
_FORKED = (
    "the http_client of this client was in use before the process was forked, and its connections belong to the "
    "parent; make the client after the fork, or leave http_client out"
)
_UNPICKLABLE = (
    "a client cannot be pickled or copied, because it holds connections and an API key; make one in each process, "
    "or use with_options() for one with other options"
)


def make_closed_error() -> EigenpalError:
    """Make the error for a client that was closed."""
    return EigenpalError(_CLOSED)


def raise_unpicklable() -> NoReturn:
    """Raise the error for a client that is pickled or copied."""
    raise TypeError(_UNPICKLABLE)


def _make_client(kind: type[TClient], verify: bool | ssl.SSLContext) -> TClient:
    """Make a client of our own.

    Raises:
        EigenpalError: What the environment says of proxies and certificates cannot be followed.
    """
    try:
        return kind(verify=verify, limits=_LIMITS, cookies=_make_empty_jar())
    except ImportError as error:
        # SOCKS needs another package, and the words say which.
        problem = f"the proxy that the environment names cannot be used: {error}"
    except (ValueError, httpx.InvalidURL):
        # Not in their words, which may hold the password of the proxy.
        problem = (
            "what the environment says of proxies cannot be understood; "
            "check the variables HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY"
        )
    except OSError as error:
        problem = (
            f"the certificates of trusted authorities cannot be read: {error.strerror or error}; "
            "check the variables SSL_CERT_FILE and SSL_CERT_DIR"
        )
    raise EigenpalError(problem)


def _make_empty_jar() -> CookieJar:
    # The API sets none that matter, and a jar would only grow.
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


def _check_user_client(client: httpx.Client | httpx.AsyncClient, first_process: int | None) -> None:
    if client.is_closed:
        raise EigenpalError(_CLOSED_HTTP_CLIENT)
    if first_process not in (None, os.getpid()):
        raise EigenpalError(_FORKED)


class Connections:
    """The connections of one client and of those derived from it."""

    def __init__(self, verify: bool | ssl.SSLContext, user_client: httpx.Client | None) -> None:
        given: Any = user_client
        if given is not None and not isinstance(given, httpx.Client):
            raise TypeError(_describe_wrong_client(given, "httpx.Client", "AsyncEigenpalClient", httpx.AsyncClient))
        self.verify = verify
        self.user_client = user_client
        # A set for each process. After a fork the parent's stay here untouched: another of its threads may have held
        # their locks at that moment, and nobody in the child would ever let go of them.
        self._by_process: dict[int, httpx.Client] = {}
        self._user_client_pid: int | None = None
        self._is_closed = False

    def client(self) -> httpx.Client:
        """Return the httpx client to send with.

        Raises:
            EigenpalError: It is closed.
        """
        if self._is_closed:
            raise make_closed_error()
        if self.user_client is not None:
            _check_user_client(self.user_client, self._user_client_pid)
            self._user_client_pid = os.getpid()
            return self.user_client
        client = self._by_process.get(os.getpid())
        return self._open_client() if client is None else client

    def _open_client(self) -> httpx.Client:
        made = _make_client(httpx.Client, self.verify)
        # Without a lock, which a fork could leave locked for ever: of two threads that come here, the first wins.
        client = self._by_process.setdefault(os.getpid(), made)
        if client is not made:
            made.close()
        return client

    def close(self) -> None:
        """Close the connections of this process; the caller's own client stays open."""
        self._is_closed = True
        client = self._by_process.pop(os.getpid(), None)
        if client is not None:
            client.close()

    def __del__(self) -> None:
        # Nobody can use them any more; closed in silence, for not closing a client is no mistake.
        if getattr(self, "_by_process", None) and not self._is_closed and os is not None:
            self.close()


class AsyncConnections:
    """The connections of one asynchronous client and of those derived from it: a set for each event loop."""

    def __init__(self, verify: bool | ssl.SSLContext, user_client: httpx.AsyncClient | None) -> None:
        given: Any = user_client
        if given is not None and not isinstance(given, httpx.AsyncClient):
            raise TypeError(_describe_wrong_client(given, "httpx.AsyncClient", "EigenpalClient", httpx.Client))
        self.verify = verify
        self.user_client = user_client
        self._by_loop: weakref.WeakKeyDictionary[Hashable, httpx.AsyncClient] = weakref.WeakKeyDictionary()
        self._inherited: list[Any] = []
        self._process = os.getpid()
        self._user_client_pid: int | None = None
        self._is_closed = False

    def client(self) -> httpx.AsyncClient:
        """Return the httpx client to send with from the running event loop.

        Raises:
            EigenpalError: It is closed.
        """
        if self._is_closed:
            raise make_closed_error()
        if self.user_client is not None:
            _check_user_client(self.user_client, self._user_client_pid)
            self._user_client_pid = os.getpid()
            return self.user_client
        if self._process != os.getpid():
            # Kept, for the same reason as above.
            self._inherited.append(self._by_loop)
            self._by_loop = weakref.WeakKeyDictionary()
            self._process = os.getpid()
        # A connection belongs to the event loop that opened it, so a second asyncio.run needs connections of its own.
        loop = running_loop()
        client = self._by_loop.get(loop)
        if client is None:
            self._forget_closed_loops()
            client = _make_client(httpx.AsyncClient, self.verify)
            self._by_loop[loop] = client
        return client

    def _forget_closed_loops(self) -> None:
        # Their connections hold on to them, and they to their connections, so nobody else would.
        for loop in list(self._by_loop):
            is_closed: Any = getattr(loop, "is_closed", None)
            if is_closed is not None and is_closed():
                self._by_loop.pop(loop, None)

    async def aclose(self) -> None:
        """Close the connections of the running event loop; the caller's own client stays open."""
        self._is_closed = True
        if self._process != os.getpid():
            return
        client = self._by_loop.pop(running_loop(), None)
        if client is not None:
            await client.aclose()


class BorrowedCookies:
    """The cookies of the caller's own client while we use it: what our answers set is taken back."""

    def __init__(self, client: httpx.Client | httpx.AsyncClient) -> None:
        self._jar = client.cookies.jar
        self._before = self._copy_jar()

    def restore(self, response: httpx.Response) -> None:
        """Leave the cookies as they were before this answer."""
        if "set-cookie" not in response.headers:
            return
        ours = httpx.Cookies()
        ours.extract_cookies(response)
        for cookie in ours.jar:
            with suppress(KeyError):
                self._jar.clear(cookie.domain, cookie.path, cookie.name)
        kept = self._copy_jar()
        for cookie in self._before:
            if cookie not in kept:
                self._jar.set_cookie(cookie)

    def _copy_jar(self) -> list[Cookie]:
        for _ in range(10):
            # Another thread may have changed the jar in the middle.
            with suppress(RuntimeError):
                return list(self._jar)
        return []


def running_loop() -> Hashable:
    """Return what tells the running event loop from others.

    Raises:
        RuntimeError: None runs.
    """
    # Whichever library runs, it has been imported; importing it here would only make programs that use neither slower.
    asyncio: Any = sys.modules.get("asyncio")
    trio: Any = sys.modules.get("trio")
    with suppress(RuntimeError):
        if asyncio is not None:
            return cast("Hashable", asyncio.get_running_loop())
    with suppress(RuntimeError):
        if trio is not None:
            return cast("Hashable", trio.lowlevel.current_trio_token())
    raise RuntimeError("an asynchronous client works only inside an event loop: asyncio.run(main())")


def _describe_wrong_client(given: object, wanted: str, other: str, other_kind: type[Any]) -> str:
    text = f"http_client must be an {wanted}, not {type(given).__module__.partition('.')[0]}.{type(given).__name__}"
    return f"{text}; that one belongs to {other}" if isinstance(given, other_kind) else text
