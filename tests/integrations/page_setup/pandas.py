"""Three runs of the workflow."""

from __future__ import annotations

from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    add = run.server.add_run
    add("workflows.extract-invoice", seconds=2, output={"total": 980.0, "currency": "EUR"})
    add("workflows.extract-invoice", seconds=1, status="failed", error="not an invoice")
    add("workflows.extract-invoice", seconds=4, output={"total": 1534.39, "currency": "EUR"})
