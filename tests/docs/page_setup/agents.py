"""The agent of the page."""

from __future__ import annotations

import shutil
from typing import Any

from eigenpal.testing import EigenpalServer, RunContext
from tests.support.pages import PageRun


def add_receipt_sorter(server: EigenpalServer) -> None:
    """Register the agent ``receipt-sorter``."""

    @server.agent("receipt-sorter", versions=["1.2.0", "1.3.0"])
    def sort(input: Any, files: Any, context: RunContext) -> dict[str, Any]:
        context.artifact("trips-2026-03-20.json", "[]")
        return {"trips": 2}


def prepare(run: PageRun) -> None:
    add_receipt_sorter(run.server)
    shutil.make_archive(str(run.folder / "receipts"), "zip", run.folder, "invoice.pdf")


def check(run: PageRun) -> None:
    assert (run.folder / "trips.zip").stat().st_size > 0
