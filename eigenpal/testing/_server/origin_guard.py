"""Blocks requests that clients of this process would send to other servers than the embedded ones."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from eigenpal import _hooks

_DEFAULT_PORTS = {"http": 80, "https": 443}


class RequestBlocked(AssertionError):
    """A client was about to send a request to another server than the embedded one that the test uses.

    The request was not sent. It is not an `eigenpal.EigenpalError`, so that applications do not handle it. A test that
    expects it catches it by its name: `with pytest.raises(RequestBlocked)`.
    """

    __module__ = "eigenpal.testing"  # where to import it from; tracebacks show it


class _Guard:
    """One block in which requests to other origins are blocked."""

    def __init__(self, server_url: str) -> None:
        self.server_url = server_url
        self.errors: list[RequestBlocked] = []


_lock = threading.Lock()
_guards: list[_Guard] = []
_allowances: list[object] = []


@contextmanager
def block_other_origins(server_url: str) -> Generator[None]:
    """Block requests to other origins than those of the embedded servers of this process.

    Raises:
        RequestBlocked: When the block ends, if the error for a request was caught by code that does not name it.
    """
    guard = _Guard(server_url)
    with _lock:
        _guards.append(guard)
        _hooks.before_send = _check
    try:
        yield
    finally:
        with _lock:
            _guards.remove(guard)
            if not _guards:
                _hooks.before_send = None
    # pytest keeps the exception that made the test fail there; it need not be reported twice.
    reported = list(_iter_chain(getattr(sys, "last_value", None)))
    caught = [
        error for error in guard.errors if not _is_expected(error) and not any(error is other for other in reported)
    ]
    if caught:
        count = "a request was" if len(caught) == 1 else f"{len(caught)} requests were"
        raise RequestBlocked(
            f"{count} blocked, and the application caught the error: {caught[0]}\n"
            "If the test expects the error, let it catch it by its name: with pytest.raises(RequestBlocked)"
        )


@contextmanager
def allow_other_origins() -> Generator[None]:
    """Allow requests to every origin."""
    allowance = object()
    _allowances.append(allowance)
    try:
        yield
    finally:
        _allowances.remove(allowance)


def _check(method: str, url: str) -> None:
    parts = urlsplit(url)
    origin = (parts.scheme, parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0))
    if _allowances or _hooks.find_embedded_server(origin) is not None:
        return
    with _lock:
        if not _guards:
            return
        guard = _guards[-1]
        error = RequestBlocked(_describe(method, f"{parts.scheme}://{parts.netloc}", guard.server_url))
        guard.errors.append(error)
    raise error


def _is_expected(error: RequestBlocked) -> bool:
    """Return whether the function that caught an error refers to its class, as a test does that expects it."""
    if error.__traceback__ is None:
        return False
    frame = error.__traceback__.tb_frame
    names = (*frame.f_code.co_names, *frame.f_code.co_freevars)
    return RequestBlocked.__name__ in names or any(value is RequestBlocked for value in frame.f_locals.values())


def _describe(method: str, origin: str, server_url: str) -> str:
    return (
        f"a client was about to send a {method} request to {origin}, but this test uses the embedded server at "
        f"{server_url}; nothing was sent.\n"
        "The client was probably created before the test, such as by the import of a module. Replace it in the test:\n"
        '    monkeypatch.setattr("my_app.client", eigenpal_server.client())\n'
        "or create it when it is first used. If something else responds to the request, such as respx, allow it:\n"
        "    with eigenpal_server.allow_other_origins():\n"
        'See "Clients that are created at import" in docs/how-to/testing.md.'
    )


def _iter_chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, its causes, and those in a group."""
    pending, seen = [error], set[int]()
    while pending:
        current = pending.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending += [current.__cause__, current.__context__, *getattr(current, "exceptions", ())]
