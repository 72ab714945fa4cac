"""The page waits for a run that needs an approval."""

from __future__ import annotations

from typing import Any

from eigenpal.testing import RunContext
from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    @run.server.workflow("approve")
    def approve(input: Any, files: Any, context: RunContext) -> None:
        context.sleep(3600, status="waiting")
