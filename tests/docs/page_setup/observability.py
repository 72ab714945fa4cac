"""Takes back what the page does to the logger of the package."""

from __future__ import annotations

import logging

from eigenpal import _logging
from tests.support.pages import PageRun


def check(run: PageRun) -> None:
    handlers = _logging._handlers  # pyright: ignore[reportPrivateUsage]
    assert handlers, "EIGENPAL_LOG has no effect"
    while handlers:
        _logging.logger.removeHandler(handlers.pop())
    logging.getLogger("eigenpal").setLevel(logging.NOTSET)
