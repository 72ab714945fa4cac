# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ExecutionStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ExecutionStatus: TypeAlias = Literal[
    "created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected"
]
"""Status of a run.

- `created`: not finished.
- `pending`: not finished.
- `running`: not finished; the run is executing.
- `waiting`: not finished.
- `finalizing`: not finished.
- `completed`: finished; the run has its output and files.
- `failed`: finished; the run ended with an error.
- `cancelled`: finished; the run was cancelled.
- `rejected`: finished; the run was rejected.
"""
