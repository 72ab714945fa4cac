"""The documented examples in `tests/contract`, and servers that respond with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from .script import RequestHandler, Script, ok

IN_PROGRESS = ("created", "pending", "running", "waiting", "finalizing")
FINAL = ("completed", "failed", "cancelled", "rejected")
"""The statuses of a run that has finished."""

EXAMPLES = Path(__file__).parents[1] / "contract" / "examples"


def load_example(name: str) -> Any:
    """Return an example by the name of its file, without the ending."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def run_json(status: str, **changes: Any) -> dict[str, Any]:
    """Return the documented run with another status."""
    run = load_example("Run")
    run["execution"]["status"] = status
    run["finished"] = status in FINAL
    if status != "completed":
        del run["output"], run["files"]
    return {**run, **changes}


def serve_run(
    *polls: dict[str, Any] | httpx.Response | Exception, start: httpx.Response | None = None
) -> RequestHandler:
    """Return a server that accepts a start, and responds to polls as listed, where a run is a success."""
    accepted = httpx.Response(201, json={**load_example("RunAccepted"), "id": load_example("Run")["id"]})
    starts = Script(accepted if start is None else start)
    responses = [ok(poll) if isinstance(poll, dict) else poll for poll in polls or (load_example("Run"),)]
    reads = Script(*responses)
    return lambda request: (starts if request.method == "POST" else reads)(request)
