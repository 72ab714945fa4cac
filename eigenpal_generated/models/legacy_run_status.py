# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `LegacyRunStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

LegacyRunStatus: TypeAlias = Literal[
    "created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected", "timeout"
]
"""Status of a run in the older endpoint: the current statuses and `timeout`.

- `created`: not finished.
- `pending`: not finished.
- `running`: not finished; the run is executing.
- `waiting`: not finished.
- `finalizing`: not finished.
- `completed`: finished; the run has its output.
- `failed`: finished; the run ended with an error.
- `cancelled`: finished; the run was cancelled.
- `rejected`: finished; the run was rejected.
- `timeout`: the run timed out.
"""
