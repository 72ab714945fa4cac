"""An embedded server on which a week of runs has taken place, in a second or two. For review.ipynb."""

import atexit
import random
from datetime import datetime, timedelta, timezone
from typing import Any

from eigenpal import EigenpalClient
from eigenpal.testing import Clock, EigenpalServer, RunContext, RunRejected

# Seconds that a run takes, and how many runs there are.
WORKFLOWS = {"extract-invoice": (9, 80), "extract-contract": (35, 30), "sort-mail": (4, 50)}


def extract(document: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
    """Version 1.0.0 of each workflow."""
    context.sleep(document["seconds"])
    if document["dark"] and context.version == "1.0.0":
        raise ValueError("The scan is too dark to read")
    if document["blank"]:
        raise RunRejected("The document is blank")
    return {"number": document["number"], "total": document["total"]}


def extract_net(document: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
    """Version 1.1.0 of extract-invoice, which has a mistake: foreign invoices lose their VAT."""
    output = extract(document, files, context)
    return {**output, "total": round(output["total"] / 1.2, 2)} if document["foreign"] else output


def run_last_week() -> EigenpalClient:
    """Return a client for a server that ends with this process."""
    chance = random.Random(7)  # noqa: S311 - the same runs every time
    today = datetime.now(timezone.utc)
    times = sorted(
        (today - timedelta(days=chance.uniform(0.1, 6.9)), workflow, seconds)
        for workflow, (seconds, count) in WORKFLOWS.items()
        for _ in range(count)
    )
    # The clock is moved by hand, so no run takes real time.
    server = EigenpalServer(clock=Clock(today - timedelta(days=7), frozen=True)).start()
    atexit.register(server.stop)
    client = server.client()
    for workflow in WORKFLOWS:
        server.workflow(workflow, steps=["extract"], version="1.0.0")(extract)
    for number, (time, workflow, seconds) in enumerate(times):
        server.clock.advance(max(0, (time - server.clock.now()).total_seconds()))
        document = {
            "number": f"2026-{number:04}",
            "total": round(chance.uniform(20, 2000), 2),
            "seconds": seconds * chance.lognormvariate(0, 0.5),
            "dark": chance.random() < 0.1,
            "blank": chance.random() < 0.04,
            "foreign": chance.random() < 0.3,
        }
        client.run(f"workflows.{workflow}", document, wait_for_completion=600)
    server.clock.advance(max(0, (today - server.clock.now()).total_seconds()))
    for workflow in WORKFLOWS:
        server.workflow(workflow, version="1.1.0")(extract_net if workflow == "extract-invoice" else extract)
    return client
