# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `WorkflowKind`."""

from __future__ import annotations

from typing import Literal, TypeAlias

WorkflowKind: TypeAlias = Literal["workflow", "block"]
"""Kind of a workflow.

- `workflow`: a workflow.
- `block`: a block.
"""
