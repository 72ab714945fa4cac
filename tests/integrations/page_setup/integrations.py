"""What pydantic, json and rich print."""

from __future__ import annotations

from tests.support.pages import PageRun


def check(run: PageRun) -> None:
    for part in ("Invoice\n", '{"invoices": [{"id": ', "completed", "'total': 1534.39"):
        assert part in run.printed
