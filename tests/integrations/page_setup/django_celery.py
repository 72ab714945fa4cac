"""An upload to the view, and a worker that carries out the tasks; the response to a start is lost."""

from __future__ import annotations

import threading
from typing import Any

from celery.contrib.testing.worker import start_worker
from celery.signals import task_success
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tests.integrations.web_frameworks import set_up_django
from tests.support.pages import PageRun


def prepare(run: PageRun) -> None:
    run.set_variable("CELERY_BROKER_URL", "memory://")


def check(run: PageRun) -> None:
    set_up_django()
    views: Any = run.load("views")
    tasks: Any = run.load("tasks")
    upload = SimpleUploadedFile("march.pdf", (run.folder / "invoice.pdf").read_bytes(), "application/pdf")
    assert views.upload_invoice(RequestFactory().post("/", {"document": upload})).status_code == 202

    # The page has queued a start. Its response is lost, so the task is repeated, which finds the run.
    run.server.faults.add("run", reset=True, after=True)
    retry = tasks.process_invoice.retry
    tasks.process_invoice.retry = lambda **options: retry(**{**options, "countdown": 0})
    done: list[str] = []
    all_done = threading.Event()

    def note(sender: Any, **_: Any) -> None:
        done.append(sender.name)
        if len(done) == 3:
            all_done.set()

    task_success.connect(note)
    try:
        with start_worker(tasks.app, pool="solo", perform_ping_check=False, shutdown_timeout=60):
            assert all_done.wait(60), done
    finally:
        task_success.disconnect(note)
    assert sorted(done) == ["tasks.process_invoice", "tasks.save_result", "tasks.save_result"]
    assert run.server.requests.of("runs.list")
    assert len(run.server.requests.of("run")) == len(run.server.runs) == 2
