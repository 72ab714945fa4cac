"""The examples that use a framework run with the real one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import celery.contrib.testing.worker
import httpx
import pytest
import uvicorn

from eigenpal.errors import EigenpalNotFoundError
from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parents[2]
INVOICE = ROOT / "examples" / "invoice.pdf"


@contextmanager
def serve(app: Any) -> Iterator[str]:
    """Serve an ASGI application, as `uvicorn` on the command line does."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def test_fastapi_responds_at_once_and_waits_in_the_background(eigenpal_server: EigenpalServer) -> None:
    from examples.fastapi_upload import app

    may_finish = threading.Event()

    @eigenpal_server.workflow("extract-invoice")
    def extract(input: Any, files: Any) -> dict[str, Any]:
        assert may_finish.wait(120)
        return {"name": files["contract"].filename, "size": len(files["contract"].content)}

    with serve(app) as url, httpx.Client(base_url=url, timeout=120) as browser:
        response = browser.post("/invoices", files={"document": ("march.pdf", INVOICE.read_bytes())})
        assert response.status_code == 202
        run_id = response.json()["id"]
        assert browser.get(f"/invoices/{run_id}").json() == {"status": "in progress"}
        may_finish.set()
        ends = time.monotonic() + 120
        while (invoice := browser.get(f"/invoices/{run_id}").json())["status"] == "in progress":
            assert time.monotonic() < ends
            time.sleep(0.05)
        output = {"name": "march.pdf", "size": INVOICE.stat().st_size}
        assert invoice == {"status": "completed", "output": output, "error": None}
        # Runs of others are not shown, although the API key could read them.
        assert browser.get(f"/invoices/{eigenpal_server.add_run('workflows.echo').id}").status_code == 404


def test_fastapi_reports_a_run_that_cannot_be_started(eigenpal_server: EigenpalServer) -> None:
    from examples.fastapi_upload import app

    with serve(app) as url, httpx.Client(base_url=url, timeout=120) as browser:
        response = browser.post("/invoices", files={"document": ("march.pdf", INVOICE.read_bytes())})
    assert response.status_code == 502
    assert response.json() == {"detail": "The document could not be processed."}
    assert eigenpal_server.requests.operations == ["run"]


@pytest.fixture
def celery_task(eigenpal_server: EigenpalServer) -> Iterator[Any]:
    """The example with a worker of this process, and with retries that do not wait."""
    from examples import celery_task

    celery_task.get_client.cache_clear()
    celery_task.app.conf.update(broker_url="memory://", result_backend="cache+memory://")
    for task in (celery_task.start, celery_task.collect):
        task.default_retry_delay = 0
    with celery.contrib.testing.worker.start_worker(celery_task.app, perform_ping_check=False, shutdown_timeout=120):
        yield celery_task
    celery_task.get_client().close()
    celery_task.get_client.cache_clear()


def test_celery_collects_the_output(eigenpal_server: EigenpalServer, celery_task: Any) -> None:
    add_invoice_workflow(eigenpal_server)
    eigenpal_server.faults.add("runs.get", status=503, times=5, retry_after=0)
    assert celery_task.extract(INVOICE).get(timeout=120)["total"] == 1534.39
    assert len(eigenpal_server.runs) == 1


def test_celery_starts_a_run_once(eigenpal_server: EigenpalServer, celery_task: Any) -> None:
    add_invoice_workflow(eigenpal_server)
    eigenpal_server.faults.add("run", reset=True, after=True)
    assert celery_task.extract(INVOICE).get(timeout=120)["total"] == 1534.39
    assert eigenpal_server.requests.operations.count("run") == len(eigenpal_server.runs) == 1


def test_celery_starts_a_run_that_was_not_started(eigenpal_server: EigenpalServer, celery_task: Any) -> None:
    add_invoice_workflow(eigenpal_server)
    eigenpal_server.faults.add("run", reset=True)
    assert celery_task.extract(INVOICE).get(timeout=120)["total"] == 1534.39
    assert len(eigenpal_server.runs) == 1


def test_celery_finds_the_run_of_a_worker_that_died(eigenpal_server: EigenpalServer, celery_task: Any) -> None:
    add_invoice_workflow(eigenpal_server)
    queued_at = datetime.now(timezone.utc).isoformat()
    started: list[str] = []
    for redelivered in (False, True):
        celery_task.start.push_request(id="task 7", retries=0, delivery_info={"redelivered": redelivered})
        started.append(celery_task.start.run(str(INVOICE), queued_at))
        celery_task.start.pop_request()
    assert started == [eigenpal_server.runs[0].id] * 2
    assert eigenpal_server.requests.operations.count("run") == len(eigenpal_server.runs) == 1


def test_celery_reports_what_does_not_help_to_repeat(eigenpal_server: EigenpalServer, celery_task: Any) -> None:
    with pytest.raises(EigenpalNotFoundError):
        celery_task.extract(INVOICE).parent.get(timeout=120)
    assert eigenpal_server.requests.operations == ["run"]

    @eigenpal_server.workflow("extract-invoice")
    def fail(input: Any) -> None:
        raise ValueError("the scan is too dark")

    with pytest.raises(RuntimeError, match="ended as failed: the scan is too dark"):
        celery_task.extract(INVOICE).get(timeout=120)
