"""Compares types as they are written in signatures."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from enum import Enum
from functools import cache

_NOT_SHOWN = ("Unset",)
_ANYTHING = frozenset(["Any"])


class Relation(Enum):
    """How a type relates to an earlier one."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    KNOWS_MORE = "knows more"
    """It has further literals, and everything else stays."""
    OTHER = "other"


def branches(annotation: str, names: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return the branches of a type; each value of a Literal is one.

    Args:
        annotation: The type, as it is written.
        names: What the names of types stand for; by default, they stand for themselves.
    """
    found = _parse(annotation)
    return frozenset[str]().union(*(_parse(names.get(one, one)) for one in found)) if names else found


@cache
def _parse(annotation: str) -> frozenset[str]:
    try:
        return frozenset(_branches(ast.parse(annotation or "Any", mode="eval").body)) - {*_NOT_SHOWN}
    except SyntaxError:
        return frozenset([annotation])


def _branches(node: ast.expr) -> list[str]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_branches(left), *_branches(right)]
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            return [f"Literal[{ast.unparse(value)}]" for value in values]
        case _:
            return [ast.unparse(node)]


def relate(old: str, new: str, names: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})) -> Relation:
    """Compare a type with an earlier one.

    Args:
        old: The earlier type.
        new: The present one.
        names: What the names of types stand for on either side; another name for the same type is the same type.
    """
    before, after = branches(old), branches(new)
    if before != after:
        same = before & after
        before, after = (
            same | branches(" | ".join(one - same) or "None", found) if one - same else same
            for one, found in zip((before, after), names, strict=True)
        )
    if before == after:
        return Relation.SAME
    if before < after and any(map(is_literal, before)) and all(map(is_literal, after - before)):
        return Relation.KNOWS_MORE
    if _has(after, before) or after == _ANYTHING:
        return Relation.WIDER
    return Relation.NARROWER if _has(before, after) or before == _ANYTHING else Relation.OTHER


def _has(branches: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether a type takes all values of another one: every known value is text or a number, an int a float."""
    within = {"int": "float"}
    return all({other, within.get(other, ""), _type_of(other)} & branches for other in others)


def _type_of(branch: str) -> str:
    """Return the type of a known value."""
    return type(ast.literal_eval(literal_value(branch))).__name__ if is_literal(branch) else ""


def is_literal(branch: str) -> bool:
    """Return whether a branch of a type is a known value."""
    return branch.startswith("Literal[")


def literal_value(branch: str) -> str:
    """Return the value of such a branch, as code."""
    return branch.removeprefix("Literal[").removesuffix("]")


def shown(annotation: str) -> str:
    """Format a type without the default of arguments that are not passed."""
    return annotation.replace(" | Unset", "")
