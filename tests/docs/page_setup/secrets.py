"""The source of a workflow with two releases."""

from __future__ import annotations

from typing import Any

from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    @run.server.workflow("extract-invoice", versions=["1.0.0", "1.1.0"])
    def extract(input: Any) -> Any:
        return input

    run.server.write_source("workflows/extract-invoice/workflow.yaml", "name: extract-invoice\n")
