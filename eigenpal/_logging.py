"""The logger of this package: ``logging.getLogger("eigenpal")``.

A line contains method, path, status, attempt, seconds and request id; never a query, header or body, because those may
contain confidential data.
"""

from __future__ import annotations

import logging
import os

LOG_VARIABLE = "EIGENPAL_LOG"

logger = logging.getLogger("eigenpal")
logger.addHandler(logging.NullHandler())

_handlers: list[logging.Handler] = []


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
        logger.warning("%s is %r; it can be debug or info", LOG_VARIABLE, value[:20])
    else:
        logger.setLevel(level)
