# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunCancellationState`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunCancellationState: TypeAlias = Literal["cancelled", "requested", "already_terminal"]
"""What a request to cancel a run did.

- `cancelled`: the run had not started, and does not start.
- `requested`: the run is in progress and will stop; its status changes later.
- `already_terminal`: the run had already finished; nothing was changed.
"""
