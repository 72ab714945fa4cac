"""Celery tasks that run a workflow: one starts it, once; the other collects the output without blocking a worker.

    pip install eigenpal 'celery[redis]'
    export EIGENPAL_API_KEY=... CELERY_BROKER_URL=redis:// CELERY_RESULT_BACKEND=redis://
    celery --workdir examples --app celery_task worker &
    python examples/celery_task.py examples/invoice.pdf

Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import sys
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import Any

from celery import Celery, Task, chain
from celery.result import AsyncResult

from eigenpal import EigenpalClient, errors

TARGET = "workflows.extract-invoice"
TRANSIENT = (
    errors.EigenpalConnectionError,
    errors.EigenpalRateLimitError,
    errors.EigenpalServerError,
    errors.EigenpalTimeoutError,
)
app = Celery("invoices")
# If a worker dies, another one gets its task. That must not start a second run; see `start`.
app.conf.update(task_acks_late=True, task_reject_on_worker_lost=True)


@cache
def get_client() -> EigenpalClient:
    """Return the client of this process."""
    return EigenpalClient()


@app.task(bind=True, autoretry_for=TRANSIENT, max_retries=5, default_retry_delay=60)
def start(self: Task, path: str, queued_at: str) -> str:
    """Start a run, unless an earlier attempt of this task has started it, and return its id."""
    client, key = get_client(), self.request.id
    if self.request.retries or self.request.delivery_info.get("redelivered"):
        run = client.runs.find_started(key, target=TARGET, started_after=queued_at)
        if run is not None:
            return run.id
    return client.run(TARGET, {"contract": Path(path)}, idempotency_key=key).id


@app.task(bind=True, autoretry_for=TRANSIENT, max_retries=720, default_retry_delay=5)
def collect(self: Task, run_id: str) -> dict[str, Any] | None:
    """Return the output of a run. If it has not finished, look again in a few seconds, for up to an hour."""
    run = get_client().runs.get(run_id)
    if not run.finished:
        raise self.retry()
    if run.execution.status != "completed":
        raise RuntimeError(f"{run_id} ended as {run.execution.status}: {run.error}")
    return run.output


def extract(path: Path) -> AsyncResult:
    """Queue both tasks for a document. The workers read it, so it must be on a disk that they share."""
    return chain(start.s(str(path.resolve()), datetime.now(timezone.utc).isoformat()), collect.s()).delay()


if __name__ == "__main__":
    print(extract(Path(sys.argv[1])).get(timeout=600))
