"""Schemathesis finds no fault with the server."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.endpoints import ENDPOINTS

ROOT = Path(__file__).parents[2]

# Links from a response to the next request. They are not in the document, because generators reject them.
LINKS: dict[str, tuple[dict[str, str], list[str]]] = {
    "run": (
        {"id": "$response.body#/id"},
        [
            *("runs.get", "runs.cancel", "runs.connect", "runs.definition", "runs.trace.get", "runs.comparison.get"),
            *("runs.artifacts.list", "runs.artifacts.downloadZip", "runs.files.list", "runs.files.upload", "rerun"),
            *("runs.expected.list", "runs.expected.copyOutput", "runs.feedback.get", "runs.feedback.update"),
            "runs.feedback.clear",
        ],
    ),
    "runs.expected.copyOutput": (
        {"id": "$request.path.id", "filename": "$response.body#/name"},
        ["runs.expected.download", "runs.expected.rename", "runs.expected.delete"],
    ),
    "runs.files.upload": (
        {"id": "$request.path.id", "fileId": "$response.body#/id"},
        ["runs.files.delete"],
    ),
    "agents.create": (
        {"agentId": "$response.body#/agent/id"},
        [
            *("agents.get", "agents.update", "agents.versions", "agents.listFiles", "agents.putFile"),
            *("agents.uploadFiles", "agents.emailTriggers.get", "agents.emailTriggers.update"),
            "agents.emailTriggers.createAlias",
        ],
    ),
    "agents.emailTriggers.createAlias": (
        {"agentId": "$request.path.agentId", "emailId": "$response.body#/email/id"},
        ["agents.emailTriggers.updateAlias", "agents.emailTriggers.deleteAlias"],
    ),
}

# A valid request may get a 400 for what schemas cannot express: an unknown cursor, a slug that exists, a target
# that does not start with workflows. or agents.
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "4xx"]
"""

# All checks are on by default. A new operation may have forms and files, about which Schemathesis is wrong: an empty
# list is sent as nothing, and any bytes are a file.
NEW_OPERATION = """
[[operations]]
include-operation-id = "{}"
checks.negative_data_rejection.enabled = false
"""


def linked_document() -> dict[str, Any]:
    text = resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    for item in document["paths"].values():
        for operation in item.values():
            if operation["operationId"] not in ENDPOINTS:
                # A new operation may document neither a success nor what is refused.
                for status in ("2XX", "4XX"):
                    operation["responses"].setdefault(status, {"description": ""})
            if operation.get("operationId") in LINKS:
                parameters, targets = LINKS[operation["operationId"]]
                links = {
                    target.replace(".", "-"): {"operationId": target, "parameters": parameters} for target in targets
                }
                operation["responses"]["201"]["links"] = links
    return document


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    pytest.importorskip("schemathesis")
    (tmp_path / "openapi.json").write_text(json.dumps(linked_document()))
    with EigenpalServer() as server:
        new = sorted(server.app.specification.operations.keys() - ENDPOINTS.keys())
        (tmp_path / "schemathesis.toml").write_text(CONFIGURATION + "".join(NEW_OPERATION.format(name) for name in new))
        command = [
            *(str(Path(sys.executable).with_name("schemathesis")), "run", "openapi.json", "--url", server.url),
            *("-H", f"Authorization: Bearer {server.api_key}", "--max-examples", "5"),
            *("--phases", "examples,coverage,fuzzing,stateful", "--seed", "1", "--no-color"),
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        asked = {request.operation for request in server.requests}
        assert asked >= set(server.app.specification.operations)
        statuses = {item.status for item in server.requests}
        assert {200, 201, 400, 401, 404} <= statuses
        assert not any(status is not None and status >= 500 for status in statuses)
