"""examples/review.ipynb runs from the first cell to the last, on its embedded server and on a service."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from eigenpal.testing import EigenpalServer, RunContext

FOLDER = Path(__file__).parents[2] / "examples"


def read_notebook() -> Any:
    return nbformat.read(FOLDER / "review.ipynb", as_version=4)


def run_notebook() -> dict[str, Any]:
    """Run all cells, and return what each shows by its id."""
    notebook = read_notebook()
    resources = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(notebook, timeout=240, kernel_name="python3", resources=resources).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    return {cell.id: cell.outputs[-1]["data"] for cell in cells if cell.outputs}


def test_it_is_committed_without_outputs() -> None:
    cells = [cell for cell in read_notebook().cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


def test_it_runs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EIGENPAL_API_KEY", raising=False)
    shown = run_notebook()
    picture = base64.b64decode(shown["picture"]["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert "The scan is too dark to read" in shown["failed"]["text/plain"]
    statuses = shown["rerun"]["text/plain"]
    assert "completed" in statuses
    assert "failed" not in statuses
    # A version of one workflow has a mistake.
    results = {row.split()[0]: row.split()[-2:] for row in shown["compare"]["text/plain"].splitlines()[2:]}
    assert sorted(results) == ["extract-contract", "extract-invoice", "sort-mail"]
    assert {name for name, (_, fail) in results.items() if fail != "0"} == {"extract-invoice"}
    assert "total" in shown["changed"]["text/plain"]


def test_it_reviews_the_runs_of_a_service(eigenpal_server: EigenpalServer) -> None:
    @eigenpal_server.workflow("sign", steps=["sign"])
    def sign(input: Any, files: Any, context: RunContext) -> dict[str, Any]:
        return {"signed": True}

    with eigenpal_server.client() as client:
        compared = client.run_and_wait("workflows.sign").id
    now = eigenpal_server.clock.now()
    failed = eigenpal_server.add_run(
        "workflows.sign", status="failed", error="no ink", created_at=now - timedelta(days=3)
    ).id
    old = eigenpal_server.add_run("workflows.sign", created_at=now - timedelta(days=8)).id
    shown = run_notebook()
    assert compared in shown["runs"]["text/plain"]
    assert old not in shown["runs"]["text/plain"]
    assert "no ink" in shown["failed"]["text/plain"]
    assert failed in shown["rerun"]["text/plain"]
    assert "pass" in shown["compare"]["text/plain"]
    assert len(eigenpal_server.runs) == 5
