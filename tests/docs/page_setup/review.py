"""A run of an agent that nobody has reviewed."""

from __future__ import annotations

import shutil

from tests.docs.page_setup.agents import add_receipt_sorter
from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    add_receipt_sorter(run.server)
    with run.server.client() as client:
        client.run_and_wait("agents.receipt-sorter")
    shutil.copy(run.folder / "invoice.pdf", run.folder / "summary.pdf")
