"""A workflow with a release that reads the total differently."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eigenpal.testing import RunContext
from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    old = import_module("examples.invoices").extract_invoice

    def new(input: Any, files: Any, context: RunContext) -> Any:
        output = old(input, files, context)
        context.step("extract", {**output, "total": 0.0})
        return {**output, "total": 0.0}

    run.server.workflow("extract-invoice", steps=["read", "extract"], versions={"1.0.0": old, "1.1.0": new})(old)
