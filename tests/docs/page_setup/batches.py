"""The folder of the page, the two documents beside it, and threads in place of a cluster.

tests/integrations/test_dask.py runs the same code on a cluster.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    (run.folder / "contracts").mkdir()
    for name in ("0415.pdf", "0416.pdf", "contracts/a.pdf", "contracts/b.pdf"):
        shutil.copy(run.folder / "invoice.pdf", run.folder / name)
    paths = sorted((run.folder / "contracts").glob("*.pdf"))
    processed: list[Future[Any]] = []
    run.names |= {
        "as_completed": as_completed,
        "cluster": Cluster(),
        "paths": paths,
        "prepare": _prepare_input,
        "process": _process_output,
        "processed": processed,
    }


def check(run: PageRun) -> None:
    assert sorted(future.result()[0] for future in run.names["processed"]) == ["a.pdf", "b.pdf"]


def _prepare_input(path: Path) -> tuple[str, dict[str, Path]]:
    return path.name, {"contract": path}


def _process_output(key: str, output: Any) -> tuple[str, Any]:
    return key, output


class Cluster:
    """What the page uses of a client of Dask."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2)

    def submit(self, function: Callable[..., Any], *arguments: Any, pure: bool) -> Future[Any]:
        assert not pure
        return self._threads.submit(function, *arguments)

    def map(self, function: Callable[..., Any], values: Iterable[Path], pure: bool) -> list[Future[Any]]:
        return [self.submit(function, value, pure=pure) for value in values]
