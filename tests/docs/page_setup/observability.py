"""The log of the page."""

from __future__ import annotations

import logging

from tests.support.pages import PageRun


def check(run: PageRun) -> None:
    logging.getLogger("eigenpal").setLevel(logging.NOTSET)
