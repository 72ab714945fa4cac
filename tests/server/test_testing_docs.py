"""Every block of docs/how-to/testing.md runs as it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eigenpal.testing import EigenpalServer

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "how-to" / "testing.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_blocks() -> None:
    assert (len(PYTHON), len(SHELL)) == (17, 1)


@pytest.mark.parametrize("block", [block for block in PYTHON if "def test_" not in block])
def test_a_script(block: str, tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(block, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, path], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


TESTS = [block for block in PYTHON if "def test_" in block]
NEEDS_TIME_MACHINE = [block for block in TESTS if "time_machine" in block]


@pytest.mark.parametrize("block", [block for block in TESTS if block not in NEEDS_TIME_MACHINE])
def test_a_test(block: str, tmp_path: Path) -> None:
    run_block(block, tmp_path)


def run_block(block: str, tmp_path: Path) -> None:
    """Run a block with a test; one of several files has their names as comments."""
    names_and_texts = re.split(r"^# (\w+\.py)\n", block, flags=re.MULTILINE)
    for name, text in zip(["test_user.py", *names_and_texts[1::2]], names_and_texts[::2], strict=True):
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "eigenpal.testing.plugin", "-q", "-p", "no:cacheprovider", "."]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("sh") is None, reason="needs curl")
def test_curl(tmp_path: Path) -> None:
    (tmp_path / "invoice.pdf").write_bytes(b"%PDF")
    with EigenpalServer() as server:
        script = SHELL[0].replace("http://127.0.0.1:8787", server.url)
        done = subprocess.run(["sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert [request.status for request in server.requests] == [200, 201, 200, 200]
    assert '"filename":"invoice.pdf"' in done.stdout
    assert '"name":"echo"' in done.stdout
