"""The code of docs/how-to/integrations.md runs, in order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import fastapi.testclient
import pytest

from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "integrations.md").read_text(encoding="utf-8")


def test_every_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "examples" / "invoice.pdf", tmp_path / "contract.pdf")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    with add_invoice_workflow(EigenpalServer()) as server:
        monkeypatch.setenv("EIGENPAL_API_KEY", server.api_key)
        monkeypatch.setenv("EIGENPAL_BASE_URL", server.url)
        for block in re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
            exec(compile(block, "docs/how-to/integrations.md", "exec", dont_inherit=True), names)
        run = names["run"]
        with fastapi.testclient.TestClient(names["app"]) as client:
            assert client.get(f"/invoices/{run.id}").json() == run.to_dict()
            assert client.get("/invoices").json()["runs"][0]["id"] == run.id
    shown = capsys.readouterr().out
    for part in ("Invoice\n", '{"invoices": [{"id": ', "completed", "'total': 1534.39", "runs.list 200 "):
        assert part in shown
