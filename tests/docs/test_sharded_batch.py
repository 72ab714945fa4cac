"""examples/sharded_batch.py: a shard that was killed is taken up again, and no document has two runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer

ROOT = Path(__file__).parents[2]
SHARDS = 3
DOCUMENTS = 90


def begin(server: EigenpalServer, tmp_path: Path, shard: int, shards: int = SHARDS) -> subprocess.Popen[str]:
    folders = [str(tmp_path / "documents"), str(tmp_path / "journals")]
    return subprocess.Popen(
        [sys.executable, "examples/sharded_batch.py", "workflows.echo", "document", *folders, str(shard), str(shards)],
        cwd=ROOT,
        env={**os.environ, **server.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_shard_that_was_killed_is_taken_up_again(tmp_path: Path) -> None:
    for folder in ("documents", "journals"):
        (tmp_path / folder).mkdir()
    for number in range(DOCUMENTS):
        (tmp_path / "documents" / f"{number}.txt").write_text(f"document {number}")
    # Keys are not honored, so that every repeated start is a second run.
    with EigenpalServer(idempotency=False) as server:
        # After ten runs the server does not answer, so that the process is killed while all its starts are in flight.
        lost = server.faults.add("run", hang=True, after=True, skip=10, times=8)
        killed = begin(server, tmp_path, 1)
        while lost.count < 8:
            assert killed.poll() is None, killed.communicate()
            time.sleep(0.01)
        refused = begin(server, tmp_path, 1)
        assert "is in use by another call of run_many" in refused.communicate()[1]
        killed.kill()
        killed.communicate()
        while len(server.runs) < 18:
            time.sleep(0.01)
        shards = [begin(server, tmp_path, shard) for shard in range(SHARDS)]
        ended: list[Any] = [(*shard.communicate(), shard.returncode) for shard in shards]
        assert [code for *_, code in ended] == [0] * SHARDS, ended
        documents = [part.file.filename for run in server.runs for part in run.input_files]
        assert len(documents) == len(set(documents)) == DOCUMENTS
        printed = [line.split()[0] for output, *_ in ended for line in output.splitlines() if ".txt {" in line]
        assert sorted(printed) == sorted(set(documents))
        assert len(server.requests.of("run")) == DOCUMENTS


@pytest.mark.parametrize("shards", [SHARDS - 1, SHARDS + 1])
def test_another_number_of_shards_is_refused(tmp_path: Path, shards: int) -> None:
    (tmp_path / "journals").mkdir()
    (tmp_path / "documents").mkdir()
    (tmp_path / "journals" / f"0-of-{SHARDS}.jsonl").touch()
    with EigenpalServer(idempotency=False) as server:
        refused = begin(server, tmp_path, 1, shards)
        assert "has the journals of another number of shards" in refused.communicate()[1]
        assert refused.returncode == 1
