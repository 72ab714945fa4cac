"""The folder of the page, and the two documents beside it."""

from __future__ import annotations

import shutil

from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    (run.folder / "contracts").mkdir()
    for name in ("0415.pdf", "0416.pdf", "contracts/a.pdf", "contracts/b.pdf"):
        shutil.copy(run.folder / "invoice.pdf", run.folder / name)
