"""The examples run unchanged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from eigenpal.testing import EigenpalServer
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
