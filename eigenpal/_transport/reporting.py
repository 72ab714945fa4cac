"""Calling ``on_response``, whose exceptions must not cost anybody a response."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from eigenpal._logging import logger

_is_reporting: ContextVar[bool] = ContextVar("eigenpal_is_reporting", default=False)


def is_reporting() -> bool:
    """Return whether the current call is made by an ``on_response``. Reporting it too could go on forever."""
    return _is_reporting.get()


@contextmanager
def reporting(operation: str) -> Generator[None]:
    """Log the exception of a callback; those that end a task or the program pass."""
    token = _is_reporting.set(True)
    try:
        yield
    except Exception:  # noqa: BLE001 - logged
        logger.exception("on_response failed for %s; the call is not affected", operation)
    finally:
        _is_reporting.reset(token)
