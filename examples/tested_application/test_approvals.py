"""The tests of an application, with the fixture `eigenpal_server`: no network, no API key, no waiting.

pip install 'eigenpal[testing]' pytest
pytest examples/tested_application
"""

from pathlib import Path
from typing import Any

import pytest
from approvals import approve

from eigenpal.testing import EigenpalServer, RunContext


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "invoice.txt"
    path.write_text("Total: 120.00")
    return path


@pytest.fixture
def output(eigenpal_server: EigenpalServer) -> dict[str, Any]:
    """The output of the workflow; a test may change it."""
    output: dict[str, Any] = {"total": 120.0}

    @eigenpal_server.workflow("extract-invoice")
    def extract(input: dict[str, Any]) -> dict[str, Any]:
        return output

    return output


@pytest.mark.parametrize(("total", "decision"), [(500, "pay"), (500.01, "ask: 500.01 is more than 500.00")])
def test_the_total_decides(total: float, decision: str, invoice: Path, output: dict[str, Any]) -> None:
    output["total"] = total
    assert approve(invoice, 500) == decision


def test_somebody_looks_at_a_failed_run(invoice: Path, eigenpal_server: EigenpalServer) -> None:
    @eigenpal_server.workflow("extract-invoice")
    def fail(input: dict[str, Any]) -> None:
        raise ValueError("the scan is too dark")

    assert approve(invoice, 500) == "ask: the scan is too dark"


def test_somebody_looks_at_a_slow_run(invoice: Path, eigenpal_server: EigenpalServer) -> None:
    eigenpal_server.clock.freeze()  # waiting takes no time now

    @eigenpal_server.workflow("extract-invoice")
    def take_an_hour(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.sleep(3600)

    assert approve(invoice, 500) == f"ask: {eigenpal_server.runs[0].id} has not finished"


@pytest.mark.usefixtures("output")
def test_an_outage_during_the_wait_is_ridden_out(invoice: Path, eigenpal_server: EigenpalServer) -> None:
    eigenpal_server.faults.add("runs.get", status=503, times=2, retry_after=0)
    assert approve(invoice, 500) == "pay"
    assert eigenpal_server.requests.operations == ["run", "runs.get", "runs.get", "runs.get"]
