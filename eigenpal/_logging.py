"""The logger of this package: ``logging.getLogger("eigenpal")``.

Lines contain the method, path, status, attempt, duration and request id, but no query, header or body, which may be
confidential.
"""

from __future__ import annotations

import logging
import os
import sys

LOG_VARIABLE = "EIGENPAL_LOG"

logger = logging.getLogger("eigenpal")
logger.addHandler(logging.NullHandler())

_handlers: list[logging.Handler] = []


def add_note(error: BaseException, text: str) -> None:
    """Add a note to an exception that is passing through, and log it where the note may be lost."""
    if sys.version_info >= (3, 11):
        error.add_note(text)
        if isinstance(error, Exception):
            return
        # Logged too, because task groups, timeouts and asyncio.run replace the exception of a cancelled task.
    elif not _is_logged() and sys.stderr is not None:
        # Exceptions have no notes yet, so a note that is not logged would be lost.
        sys.stderr.write(f"{type(error).__name__}: {text}\n")
    logger.warning("%s: %s", type(error).__name__, text)


def _is_logged() -> bool:
    """Return whether the application, or ``EIGENPAL_LOG``, has configured logging."""
    handlers = logger.handlers + (logging.root.handlers if logger.propagate else [])
    return any(not isinstance(handler, logging.NullHandler) for handler in handlers)


def enable_logging_from_env() -> None:
    """Log to standard error if ``EIGENPAL_LOG`` is ``debug`` or ``info``. Further calls do nothing."""
    value = os.environ.get(LOG_VARIABLE, "").strip().lower()
    if not value or _handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    _handlers.append(handler)
    logger.addHandler(handler)
    level = {"debug": logging.DEBUG, "info": logging.INFO}.get(value)
    if level is None:
        logger.warning("%s must be debug or info, not %r", LOG_VARIABLE, value[:20])
    else:
        logger.setLevel(level)
