# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ExecutionStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ExecutionStatus: TypeAlias = Literal[
    "created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected"
]
"""State of a run. The last four are final: `finished` is true for exactly these. What the others mean is read from
their names.

- `created`: not final; likely recorded and not yet queued.
- `pending`: not final; likely queued.
- `running`: not final; being executed.
- `waiting`: not final; likely paused until something outside happens.
- `finalizing`: not final; likely executed, with the results being stored.
- `completed`: final; finished, with an output.
- `failed`: final; ended by an error.
- `cancelled`: final; stopped on request.
- `rejected`: final; likely refused before it was executed.
"""
