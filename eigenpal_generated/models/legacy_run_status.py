# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `LegacyRunStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

LegacyRunStatus: TypeAlias = Literal[
    "created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected", "timeout"
]
"""State of a run in the older endpoint: the present states and `timeout`.

- `created`: recorded, not yet queued.
- `pending`: queued.
- `running`: being executed.
- `waiting`: paused until something outside happens.
- `finalizing`: executed, results are being stored.
- `completed`: finished with an output.
- `failed`: ended by an error.
- `cancelled`: stopped on request.
- `rejected`: refused before it was executed.
- `timeout`: took too long.
"""
