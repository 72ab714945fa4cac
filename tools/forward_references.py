"""An extension of griffe, for the reference: reads a quoted base class or type alias as the type that it names.

The models quote each other because they import each other. Griffe reads only quoted annotations as types.

It also leaves out the modules of this package in the annotations of arguments, which name types as their members.
"""

from __future__ import annotations

import ast
from typing import Any

import griffe

_OUR_MODULES = frozenset({"eigenpal", "types", "models", "_resources", "_runs", "_transport"})


class ForwardReferences(griffe.Extension):
    """Reads quoted base classes and type aliases as types, and leaves out modules of ours."""

    def on_function_instance(self, *, func: griffe.Function, **_: Any) -> None:
        """Leave out modules in the annotations of the arguments."""
        for parameter in func.parameters:
            _leave_out_modules(parameter.annotation)

    def on_class_instance(self, *, node: ast.AST | griffe.ObjectNode, cls: griffe.Class, **_: Any) -> None:
        """Read the base classes of a class again."""
        if isinstance(node, ast.ClassDef):
            types = [_read_type(base, cls) for base in node.bases]
            cls.bases = [base for base in types if base is not None]

    def on_attribute_instance(self, *, node: ast.AST | griffe.ObjectNode, attr: griffe.Attribute, **_: Any) -> None:
        """Read the value of a type alias again."""
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            attr.value = _read_type(node.value, attr)


def _leave_out_modules(type_: str | griffe.Expr | None) -> None:
    if isinstance(type_, griffe.ExprAttribute):
        while len(type_.values) > 1 and str(type_.values[0]) in _OUR_MODULES:
            del type_.values[0]
    elif isinstance(type_, griffe.Expr) and not isinstance(type_, griffe.ExprName):  # which yields itself
        for inner in type_.iterate(flat=False):
            _leave_out_modules(inner)


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
