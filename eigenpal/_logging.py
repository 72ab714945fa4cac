"""The log of this package: ``logging.getLogger("eigenpal")``.

A line holds method, path, status, attempt, seconds and request id; never a query, a header or a body, because those
hold what applications entrust to us.
"""

from __future__ import annotations

import logging
import os

LOG_VARIABLE = "EIGENPAL_LOG"

logger = logging.getLogger("eigenpal")
logger.addHandler(logging.NullHandler())

_shown: list[logging.Handler] = []


def enable_logging_from_env() -> None:
    """Write the log to the standard error stream where ``EIGENPAL_LOG`` is ``debug`` or ``info``; once is enough."""
    wanted = os.environ.get(LOG_VARIABLE, "").strip().lower()
    if not wanted or _shown:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    _shown.append(handler)
    logger.addHandler(handler)
    level = {"debug": logging.DEBUG, "info": logging.INFO}.get(wanted)
    if level is None:
        logger.warning("%s is %r; it can be debug or info", LOG_VARIABLE, wanted[:20])
    else:
        logger.setLevel(level)
