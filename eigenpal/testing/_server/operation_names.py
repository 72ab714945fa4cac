"""Checks the names of operations that tests pass, so that a misspelt one does not match nothing without a word."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def check_operation(operation: str, operations: Collection[str]) -> None:
    """Raise a `ValueError` unless an operation exists; any name does if no operations are known."""
    if not operations or operation in operations:
        return
    if operation.endswith("run_and_wait"):
        hint = "; it sends 'run' and then 'runs.get'"
    else:
        near = difflib.get_close_matches(operation, operations, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"there is no operation {operation!r}{hint}")
