"""Rejects what the generator would have to guess, with the place of each problem; nothing is silently skipped."""

from __future__ import annotations

from generator.document import Node
from generator.lint.document import document_problems
from generator.lint.operations import operation_problems
from generator.lint.references import reference_problems
from generator.lint.schemas import schema_problems
from generator.lint.tree import tree_problems
from generator.problems import SpecError


def check(document: Node) -> None:
    """Check a whole spec.

    Raises:
        SpecError: The spec has problems; the error lists all of them.
    """
    problems = list(reference_problems(document))
    if problems:
        raise SpecError(problems)  # the other checks follow references
    problems += document_problems(document)
    problems += schema_problems(document)
    problems += operation_problems(document)
    problems += tree_problems(document)
    if problems:
        raise SpecError(problems)
