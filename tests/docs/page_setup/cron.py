"""A run that failed, and whose rerun completes."""

from __future__ import annotations

from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    run.server.add_run("workflows.echo", {"a": 1}, status="failed", error="the other system was down")


def check(run: PageRun) -> None:
    # What was run again is not run again: the script can be repeated.
    assert run.load("nightly").main() == 0
    assert len(run.server.runs) == 2
    assert (run.folder / "last-seen.txt").exists()
