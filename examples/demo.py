"""The main job against the embedded server, as `make demo` shows it: upload, start, wait, fetch, and one error."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalNotFoundError
from eigenpal.testing import EigenpalServer
from eigenpal.types import Run

INVOICE = Path(__file__).with_name("invoice.pdf")
FOLDER = Path(__file__).parent.parent / "demo-output"


def main() -> None:
    """Show it all."""
    # Every run takes two seconds of real time, so that there is something to wait for.
    with EigenpalServer(queued=0.4, takes=2.0) as server:
        headline(f"The embedded server is at {server.url}")
        with server.client() as client:
            run = extract(client)
            save_artifacts(client, run)
            show_error(client)
        asyncio.run(extract_async(server.async_client()))
        headline(f"Done: {len(server.requests)} requests were made, and every answer was held against the spec")


def extract(client: EigenpalClient) -> Run:
    """Upload the invoice, start the workflow, wait for it, print what it found."""
    headline(f"Synchronous: {INVOICE.name} ({INVOICE.stat().st_size} bytes) goes through extract-invoice")
    run = client.workflows.executions.run_and_wait(
        "extract-invoice",
        input={"contract": INVOICE},
        poll_interval_seconds=0.1,
        on_update=progress(),
    )
    print(f"{run['finished']} {json.dumps(run['output'], indent=2)}")
    return run


def save_artifacts(client: EigenpalClient, run: Run) -> None:
    """Save everything the run produced."""
    folder = FOLDER / run.id
    headline(f"Its artifacts go to {folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    for saved in client.runs.artifacts.download_all(run.id, folder):
        print(f"  {saved.size:>6} bytes  {saved.path.relative_to(folder)}")


def show_error(client: EigenpalClient) -> None:
    """Ask for what is not there."""
    headline("An error of the API is an exception of its own")
    try:
        client.runs.get("run_that_is_not_there")
    except EigenpalNotFoundError as error:
        print(f"  {type(error).__name__}: {error}")


async def extract_async(client: AsyncEigenpalClient) -> None:
    """Do it again, three at a time."""
    headline("Asynchronous: three of them at once")
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
            print(f"  {run.id}: {run.finished}, total {(run.output or {}).get('total')}")


def progress() -> Callable[[Run], None]:
    """Return a function that writes the statuses of a run into one line, as they come."""
    began = time.monotonic()
    shown: list[str] = []

    def show(run: Run) -> None:
        status = run.execution.status
        print(f" -> {status}" if shown else f"  {run.id}: {status}", end="", flush=True)
        shown.append(status)
        if run.finished:
            print(f" ({time.monotonic() - began:.1f} s)")

    return show


def headline(text: str) -> None:
    """Print what comes next."""
    print(f"\n== {text}")


if __name__ == "__main__":
    main()
