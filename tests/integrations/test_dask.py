"""A Dask cluster prepares inputs and processes outputs, and one of its workers is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster, as_completed
from distributed.diagnostics.plugin import SchedulerPlugin

from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.echo import echo

ROOT = Path(__file__).parents[2]
DOCUMENTS = 60


class CountExecutions(SchedulerPlugin):
    """Counts how often each task was given to a worker."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def transition(self, key: Any, start: str, finish: str, *args: Any, **kwargs: Any) -> None:
        if finish == "processing":
            self.counts[str(key)] += 1


def kill_fullest_worker(cluster: LocalCluster) -> None:
    """Kill the process of the worker that has the most results of tasks, which are lost."""
    states = cluster.scheduler.workers
    nanny = max(cluster.workers.values(), key=lambda nanny: len(states[nanny.worker_address].has_what))
    os.kill(nanny.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="There is no SIGKILL")
def test_a_worker_that_is_killed_starts_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number}.txt").write_text(f"document {number}")
    (folder / "subfolder").mkdir()
    executions = CountExecutions()
    started: list[str] = []
    lock = threading.Lock()
    # Keys are not honored, so that every repeated start is a second run.
    server = EigenpalServer(idempotency=False)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        server,
    ):
        cluster.scheduler.add_plugin(executions)

        @server.workflow("take")
        def take(input: Any, files: Any) -> Any:
            with lock:
                started.append(files["document"].filename)
                if len(started) == DOCUMENTS // 2:
                    kill_fullest_worker(cluster)
            return {"size": len(files["document"].content)}

        arguments = [cluster.scheduler_address, "workflows.take", "document", str(folder), str(tmp_path / "runs.jsonl")]
        done = subprocess.run(
            [sys.executable, "examples/dask_batch.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **server.environment},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert "Is a directory" in done.stderr
    assert f"{DOCUMENTS} inputs" in done.stdout and f"{DOCUMENTS} completed" in done.stdout
    assert sorted(re.findall(r'^(\d+)\.txt: {"size": \d+}$', done.stdout, re.MULTILINE), key=int) == [
        str(number) for number in range(DOCUMENTS)
    ]
    assert len(started) == len(set(started)) == len(server.runs) == DOCUMENTS
    # Dask has executed tasks again, and would have started their runs again.
    assert max(executions.counts.values()) > 1


def test_the_code_of_the_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "how-to" / "batches.md").read_text(encoding="utf-8")
    code = text.partition("<!-- a cluster -->\n```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    processed: list[Any] = []
    names: dict[str, Any] = {
        "as_completed": as_completed,
        "paths": ["a", "b"],
        "prepare": lambda path: (path, {"path": path}),
        "process": lambda key, output: (key, output["path"]),
        "processed": processed,
    }
    with (
        EigenpalServer(idempotency=False) as server,
        server.client() as client,
        Client(processes=False, n_workers=1, dashboard_address=None) as cluster,
    ):
        server.workflow("extract-invoice")(echo)
        exec(code, {**names, "cluster": cluster, "client": client})
        assert sorted(future.result() for future in processed) == [("a", "a"), ("b", "b")]
        assert len(server.runs) == 2
