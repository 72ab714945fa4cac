"""The code of docs/how-to/batches.md and examples/batch.py is correct."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from eigenpal import EigenpalClient
from eigenpal.testing import EigenpalServer

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "how-to" / "batches.md").read_text(encoding="utf-8")


def read_code(name: str) -> str:
    code = TEXT.partition(f"<!-- {name} -->\n```python\n")[2].partition("```")[0]
    assert code
    return code


def test_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"document {number}")
    arguments = ["examples/batch.py", "workflows.echo", "document", str(folder), str(tmp_path / "runs.jsonl")]
    with EigenpalServer(idempotency=False) as server:
        environment = {**os.environ, **server.environment}
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr
            assert "3 completed" in done.stdout
        assert len(server.runs) == 3
    with (tmp_path / "runs.csv").open(newline="", encoding="utf-8") as file:
        assert sorted(row[0] for row in csv.reader(file)) == ["0.txt", "1.txt", "2.txt"]


def test_it_takes_at_most_six_lines() -> None:
    lines = [line for line in read_code("a folder").splitlines() if line and "import" not in line]
    assert len(lines) <= 6
    assert EigenpalClient.run_many.__doc__
