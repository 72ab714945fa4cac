"""The examples run unchanged."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext, UploadedFile
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parent.parent.parent


def test_the_quick_start_prints_the_data_of_the_invoice() -> None:
    with add_invoice_workflow(EigenpalServer()) as server:
        environment = {**os.environ, "EIGENPAL_API_KEY": server.api_key, "EIGENPAL_BASE_URL": server.url}
        done = subprocess.run(
            [sys.executable, "examples/quick_start.py"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True {")
    assert "'total': 1534.39" in done.stdout
    parts = [request for request in server.requests if request.operation == "run"]
    assert len(parts) == 1


@pytest.mark.parametrize(("new", "exit_code"), [("1.1.0", 0), ("2.0.0", 1)])
def test_versions_are_compared(new: str, exit_code: int, tmp_path: Path) -> None:
    documents, summary = tmp_path / "documents", tmp_path / "summary.md"
    documents.mkdir()
    for name in ("equal.txt", "odd | name.txt", "unreadable.txt"):
        (documents / name).write_text(name)
    with EigenpalServer() as server:

        @server.workflow("extract", steps=["read", "total"], versions=["1.0.0", "1.1.0", "2.0.0"])
        def extract(input: Any, files: dict[str, UploadedFile], context: RunContext) -> Any:
            text = files["contract"].text()
            is_new = context.version == "2.0.0"
            if is_new and text.startswith("unreadable"):
                raise ValueError("unreadable,\nunfortunately")
            context.step("read", {"text": text})
            return context.step("total", {"total": 2 if is_new and text.startswith("odd") else 1})

        done = subprocess.run(
            [sys.executable, "examples/compare_versions.py", "extract", "1.0.0", new, str(documents)],
            cwd=ROOT,
            env={**os.environ, **server.environment, "GITHUB_STEP_SUMMARY": str(summary), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
        )
    assert done.returncode == exit_code, done.stderr
    odd, unreadable = (
        ("✅", "✅") if new == "1.1.0" else ("❌ output; step total", "❌ 2.0.0 failed: unreadable, unfortunately")
    )
    assert done.stdout.splitlines() == [
        f"### extract 1.0.0 → {new}: {2 * exit_code} of 3 differ",
        "",
        "| Document | Differences |",
        "|---|---|",
        "| equal.txt | ✅ |",
        rf"| odd \| name.txt | {odd} |",
        f"| unreadable.txt | {unreadable} |",
    ]
    assert summary.read_text(encoding="utf-8") == done.stdout


def test_comparing_nothing_is_no_success(tmp_path: Path) -> None:
    with EigenpalServer() as server:
        done = subprocess.run(
            [sys.executable, "examples/compare_versions.py", "echo", "1.0.0", "1.1.0", str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, **server.environment, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert "0 of 0 differ" in done.stdout


def test_the_tests_of_the_application_pass_and_notice_a_mistake(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "tested_application", tmp_path, dirs_exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
    application = tmp_path / "approvals.py"
    application.write_text(application.read_text().replace('if run.execution.status != "completed"', "if False"))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "FAILED test_approvals.py::test_somebody_looks_at_a_failed_run" in done.stdout


def test_the_application_approves_an_invoice() -> None:
    with add_invoice_workflow(EigenpalServer()) as server:
        command = [sys.executable, "examples/tested_application/approvals.py", "examples/invoice.pdf", "2000"]
        environment = {**os.environ, **server.environment}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "pay\n"), done.stderr


def test_the_demo_shows_everything_it_promises(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "demo.py")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "running" in done.stdout
    assert "completed" in done.stdout
    assert '"invoiceNumber": "2026-0415"' in done.stdout
    assert "EigenpalNotFoundError" in done.stdout
    assert "`client.runs.notes.list()`: List the notes on a run." in done.stdout
    assert "(['The total was checked by Ada.'], 'example')" in done.stdout
    assert "pass (read: match, extract: match)" in done.stdout
    assert "12 different runs for 12 documents" in done.stdout
    folder = re.search(r'download_all\(run\.id, "(.+)"\)', done.stdout)
    assert folder is not None
    assert {path.name for path in (ROOT / folder[1]).rglob("*") if path.is_file()} >= {"invoice.csv", "text.txt"}


def test_every_example_is_on_a_page_and_every_example_on_a_page_exists() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        name.rstrip("/")
        for page in pages
        for name in re.findall(r"\bexamples/[\w./]*\w", page.read_text(encoding="utf-8"))
    }
    assert [name for name in named if not (ROOT / name).exists()] == []
    # The others are parts of `make demo` and of the notebook, and the quick start is the README's own code.
    parts = {"examples/demo.py", "examples/changed_api.py", "examples/last_week.py", "examples/quick_start.py"}
    programs = {
        f"examples/{path.name}"
        for path in (ROOT / "examples").iterdir()
        if path.suffix in (".py", ".ipynb") or path.name == "tested_application"
    }
    assert programs - named <= parts
