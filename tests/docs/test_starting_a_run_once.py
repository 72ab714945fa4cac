"""The code of docs/explanation/retries-and-starts.md for a start that may have happened is correct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eigenpal.errors import EigenpalConnectionError, EigenpalNotFoundError
from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.echo import echo

TEXT = (Path(__file__).parents[2] / "docs" / "explanation" / "retries-and-starts.md").read_text(encoding="utf-8")
CODE = TEXT.partition("<!-- a start that can be found -->\n```python\n")[2].partition("```")[0]


def test_a_start_that_can_be_found() -> None:
    names: dict[str, Any] = {}
    exec(CODE, names)
    start_once = names["start_once"]
    with EigenpalServer(idempotency=False) as server, server.client() as client:
        with pytest.raises(EigenpalNotFoundError):
            start_once(client, "0415")
        server.workflow("extract-invoice")(echo)
        started = [start_once(client, "0414").id]
        server.faults.add("run", reset=True, after=True)
        started.append(start_once(client, "0415").id)
        assert [run.id for run in server.runs] == started
        server.faults.add("run", reset=True)
        with pytest.raises(EigenpalConnectionError, match="find_started"):
            start_once(client, "0416")
        assert len(server.runs) == 2
