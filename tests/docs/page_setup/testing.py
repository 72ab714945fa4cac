"""What curl gets from the embedded server."""

from __future__ import annotations

from tests.support.pages import PageRun


def check(run: PageRun) -> None:
    # The calls of curl: the workflows, a run without and one with a file, and the finished runs.
    assert '"name":"echo"' in run.printed
    assert run.printed.count('"finished":false') == 1
    assert run.printed.count('"filename":"invoice.pdf"') == 1
    assert run.printed.rpartition('{"runs":[')[2].count('"status":"completed"') == 2
