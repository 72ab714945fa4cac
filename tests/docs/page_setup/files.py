"""The workflow and the documents of the page."""

from __future__ import annotations

import shutil

from eigenpal.testing._server.echo import echo
from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    run.server.workflow("review")(echo)
    for name in ("a.pdf", "b.pdf"):
        shutil.copy(run.folder / "invoice.pdf", run.folder / name)
