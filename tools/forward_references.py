"""An extension of griffe, for the reference: reads a quoted base class or type alias as the type that it names.

The models quote each other because they import each other. Griffe reads only quoted annotations as types.
"""

from __future__ import annotations

import ast
from typing import Any

import griffe


class ForwardReferences(griffe.Extension):
    """Reads quoted base classes and type aliases as types."""

    def on_class_instance(self, *, node: ast.AST | griffe.ObjectNode, cls: griffe.Class, **_: Any) -> None:
        """Read the base classes of a class again."""
        if isinstance(node, ast.ClassDef):
            types = [_read_type(base, cls) for base in node.bases]
            cls.bases = [base for base in types if base is not None]

    def on_attribute_instance(self, *, node: ast.AST | griffe.ObjectNode, attr: griffe.Attribute, **_: Any) -> None:
        """Read the value of a type alias again."""
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            attr.value = _read_type(node.value, attr)


def _read_type(node: ast.AST | None, owner: griffe.Object) -> str | griffe.Expr | None:
    assert owner.parent is not None
    return _shorten(griffe.get_expression(node, parent=owner.parent, parse_strings=True))


def _shorten(type_: str | griffe.Expr | None) -> str | griffe.Expr | None:
    """Leave out the modules of the members of a union; the names stay links."""
    if isinstance(type_, griffe.ExprAttribute):
        return type_.last
    if isinstance(type_, griffe.ExprBinOp):
        type_.left, type_.right = _shorten(type_.left) or "", _shorten(type_.right) or ""
    return type_
