# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ExecutionStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ExecutionStatus: TypeAlias = Literal[
    "created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected"
]
"""State of a run. The last four are final.

- `created`: recorded, not yet queued.
- `pending`: queued.
- `running`: being executed.
- `waiting`: paused until something outside happens.
- `finalizing`: executed, results are being stored.
- `completed`: finished with an output.
- `failed`: ended by an error.
- `cancelled`: stopped on request.
- `rejected`: refused before it was executed.
"""
