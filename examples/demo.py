"""The demo of `make demo`: uploads, runs, waits, downloads, compares, shows an error and how the client grows."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from changed_api import show_changed_api
from invoices import extract_invoice

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalNotFoundError
from eigenpal.testing import EigenpalServer
from eigenpal.types import Run

INVOICE = Path(__file__).with_name("invoice.pdf")
FOLDER = Path(__file__).parent.parent / "demo-output"


def main() -> None:
    """Run the demo."""
    # Every run takes two seconds of real time, so that there is progress to show.
    with EigenpalServer(queue_seconds=0.4, run_seconds=2.0) as server:
        server.workflow("extract-invoice", steps=["read", "extract"])(extract_invoice)
        headline(
            "An embedded Eigenpal server on this machine, and a client for it",
            "EigenpalServer(queue_seconds=0.4, run_seconds=2.0)",
        )
        with server.client() as client:
            print(f"   {client}")
            run = extract(client)
            save_artifacts(client, run)
            compare_with_rerun(client, run)
            show_error(client)
            extract_many(client)
        asyncio.run(extract_async(server.async_client()))
        headline(
            "The API gets a new operation: what that means, and the client that is generated from it",
            "python -m generator.changes OLD NEW",
        )
        show_changed_api()
        headline(f"Done: {len(server.requests)} requests, and every response was validated against the spec")
        print(f"   The code is in {Path(__file__).relative_to(FOLDER.parent)}; the pages in docs/ explain each step.")


def extract(client: EigenpalClient) -> Run:
    """Upload the invoice, run the workflow, wait for it and print its output."""
    headline(
        f"Upload a PDF of {INVOICE.stat().st_size} bytes, run a workflow on it, and wait for the run",
        'client.workflows.executions.run_and_wait("extract-invoice", input={"contract": Path("invoice.pdf")})',
    )
    run = client.workflows.executions.run_and_wait(
        "extract-invoice",
        input={"contract": INVOICE},
        poll_interval_seconds=0.1,
        on_update=progress(),
    )
    print(textwrap.indent(f"{run['finished']} {json.dumps(run['output'], indent=2)}", "   "))
    return run


def save_artifacts(client: EigenpalClient, run: Run) -> None:
    """Save all artifacts of the run."""
    folder = FOLDER / run.id
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    headline("Save its artifacts", f'client.runs.artifacts.download_all(run.id, "{shown}")')
    shutil.rmtree(FOLDER, ignore_errors=True)
    for saved in client.runs.artifacts.download_all(run.id, folder):
        print(f"   {saved.size:>6} bytes  {saved.path.relative_to(folder)}")


def compare_with_rerun(client: EigenpalClient, run: Run) -> None:
    """Run it again with the same input and compare the steps."""
    headline(
        "Run it again with the same input, and compare both runs",
        "client.runs.compare(run.id, client.rerun(run.id, wait_for_completion=30).id)",
    )
    report = client.runs.compare(run.id, client.rerun(run.id, wait_for_completion=30).id)
    steps = ", ".join(f"{step.step_name}: {step.output_state}" for step in report.steps or [])
    print(f"   {report.status} ({steps})")


def show_error(client: EigenpalClient) -> None:
    """Request a run that does not exist."""
    headline("API errors are exceptions", 'client.runs.get("run_that_is_not_there")')
    try:
        client.runs.get("run_that_is_not_there")
    except EigenpalNotFoundError as error:
        print(f"   {type(error).__name__}: {error}")


def extract_many(client: EigenpalClient) -> None:
    """Run it for many inputs, stop in the middle, and go on."""
    journal = FOLDER / "invoices.jsonl"
    headline(
        "Twelve documents, interrupted after four and started again: each runs once",
        'for result in client.run_many("workflows.extract-invoice", inputs, journal="invoices.jsonl"): ...',
    )
    text = "Invoice no. {}\nTotal: EUR {}.00"
    inputs = {
        f"invoice-{number}": {"contract": {"content": text.format(number, number).encode(), "filename": "invoice.txt"}}
        for number in range(101, 113)
    }
    ids: set[str | None] = set()
    for stop_after in (4, 12):
        batch = client.run_many("workflows.extract-invoice", inputs, journal=journal, concurrency=6)
        for count, result in enumerate(batch, 1):
            ids.add(result.run_id)
            if count == stop_after:
                break
        print(textwrap.indent(str(batch.summary()), "   "))
    print(f"   {len(ids)} different runs for {len(inputs)} documents")


async def extract_async(client: AsyncEigenpalClient) -> None:
    """Run three at a time with the asynchronous client."""
    headline("The asynchronous client, with three runs at once", "await asyncio.gather(client.run_and_wait(...), ...)")
    async with client:
        watch = progress()
        runs = await asyncio.gather(
            client.workflows.executions.run_and_wait(
                "extract-invoice", {"contract": INVOICE}, poll_interval_seconds=0.1, on_update=watch
            ),
            client.workflows.executions.run_and_wait("extract-invoice", {"contract": INVOICE}),
            client.run_and_wait("workflows.extract-invoice@latest", {"contract": INVOICE}),
        )
        for run in runs:
            print(f"   {run.id}: {run.execution.status}, total {(run.output or {}).get('total')}")


def progress() -> Callable[[Run], None]:
    """Return a function that prints the statuses of a run on one line."""
    began = time.monotonic()
    shown: list[str] = []

    def show(run: Run) -> None:
        status = run.execution.status
        print(f" -> {status}" if shown else f"   {run.id}: {status}", end="", flush=True)
        shown.append(status)
        if run.finished:
            print(f" ({time.monotonic() - began:.1f} s)")

    return show


def headline(text: str, call: str = "") -> None:
    """Print a heading and the code that follows."""
    print(f"\n== {text}" + (f"\n   >>> {call}" if call else ""), flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt as interrupt:
        print("\n\nInterrupted.", *getattr(interrupt, "__notes__", []))
        sys.exit(130)
