"""The code of docs/batches.md and examples/batch.py is correct."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eigenpal import EigenpalClient
from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.echo import echo

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "batches.md").read_text(encoding="utf-8")


def read_code(name: str) -> str:
    code = TEXT.partition(f"<!-- {name} -->\n```python\n")[2].partition("```")[0]
    assert code
    return code


def test_the_code_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contracts").mkdir()
    for number in range(3):
        (tmp_path / "contracts" / f"{number}.pdf").write_bytes(b"%%PDF %d" % number)
    with EigenpalServer(idempotency=False) as server:
        server.workflow("extract-invoice")(echo)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        for _ in range(2):
            exec(read_code("a folder"), {})
            assert len(server.runs) == 3
        assert capsys.readouterr().out.count("{'contract':") == 6
        names: dict[str, Any] = {"inputs": [{"n": 1}], "client": server.client()}
        exec(read_code("the failed ones again"), names)
        exec(read_code("progress"), names)
        assert "1 done, 0 failed, 0 running" in capsys.readouterr().out
        names["client"].close()


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
