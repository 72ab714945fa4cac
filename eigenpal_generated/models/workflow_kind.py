# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `WorkflowKind`."""

from __future__ import annotations

from typing import Literal, TypeAlias

WorkflowKind: TypeAlias = Literal["workflow", "block"]
"""Kind of a workflow. The API specifies no more than the names.

- `workflow`: likely to be run by itself.
- `block`: likely a part to be used in workflows.
"""
