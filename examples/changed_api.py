"""A scene of the demo: the API's document changes, and the client has the new method without a line written by hand.

Everything happens in a temporary folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
NEW_PATH = {
    "get": {
        "operationId": "runs.notes.list",
        "tags": ["runs"],
        "summary": "List the notes on a run",
        "parameters": [{"$ref": "#/components/parameters/RunId"}],
        "responses": {
            "200": {
                "description": "The notes.",
                "content": {
                    "application/json": {
                        "schema": {
                            "title": "RunNotes",
                            "type": "object",
                            "required": ["notes"],
                            "properties": {"notes": {"type": "array", "items": {"type": "string"}}},
                        },
                        "example": {"notes": ["The total was checked by Ada."]},
                    }
                },
            }
        },
    }
}
CALL = """
from eigenpal.testing import EigenpalServer
with EigenpalServer() as server, server.client() as client:
    print((client.runs.notes.list("run_1").notes, server.requests[-1].response_source))
"""


def show_changed_api() -> None:
    """Add an operation to a copy of the document, report the change, generate the client, and call the new method."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "openapi" / "openapi.yaml").read_text(encoding="utf-8"))
    document["paths"]["/api/v1/runs/{id}/notes"] = NEW_PATH
    with tempfile.TemporaryDirectory() as created:
        folder = Path(created)
        shutil.copy(ROOT / "openapi" / "overlay.yaml", folder)
        spec = folder / "openapi.yaml"
        spec.write_text(json.dumps(document, indent=1), encoding="utf-8")
        report = run("-m", "generator.changes", "openapi/openapi.yaml", str(spec), expected=10)
        print(textwrap.indent(report.partition("\n## For the changelog")[0].replace(f"{folder}/", "new/"), "   "))
        run("-m", "generator", "--spec", str(spec), "--out", str(folder / "eigenpal_generated"))
        print('   >>> client.runs.notes.list("run_1").notes, server.requests[-1].response_source')
        call = folder / "call.py"  # beside the new package, which is found before the one of this checkout
        call.write_text(CALL, encoding="utf-8")
        print(f"   {run(str(call))}", end="")


def run(*arguments: str, expected: int = 0) -> str:
    """Run Python in the checkout, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != expected:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
