"""Compares the code of generated packages without its docstrings, so that nothing that changed goes unsaid."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import cast

from generator.changes.markdown import code
from generator.formatting import Files
from generator.naming import PACKAGE, module_name


class Code:
    """The Python files of a package without docstrings and comments."""

    def __init__(self, files: Files) -> None:
        self._modules = {name: _strip_docstrings(ast.parse(content)) for name, content in files.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Code) and self._dump() == other._dump()

    __hash__ = None  # type: ignore[assignment]

    def _dump(self) -> dict[str, str]:
        return {name: ast.dump(module) for name, module in self._modules.items()}

    def differing(self, other: Code) -> list[str]:
        """Return the names of the files that differ, or are only on one side."""
        one, two = self._dump(), other._dump()
        return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))

    def pieces(self, name: str) -> dict[str, str]:
        """Return what a module defines, by name; the members of classes each by themselves, all without types."""
        return dict(_pieces(self._modules[name].body)) if name in self._modules else {}


def model_file(name: str) -> str:
    """Return the file of a type in the package."""
    return f"models/{module_name(name)}.py"


def name_files(files: list[str]) -> str:
    """Name some files of the package."""
    return f"{code(f'{PACKAGE}/{files[0]}')}{f' and {len(files) - 1} more' if len(files) > 1 else ''}"


def _strip_docstrings(module: ast.Module) -> ast.Module:
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [statement for statement in cast("list[ast.stmt]", body) if not _is_text(statement)]
            cast("ast.Module", node).body = kept or [ast.Pass()]
    return module


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _pieces(body: list[ast.stmt], around: str = "") -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for node in body:
        match node:
            case ast.Import() | ast.ImportFrom():
                continue  # what is imported is used in a piece
            case ast.ClassDef(name=name, body=inner):
                yield from _pieces(inner, f"{around}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                pass
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case _:
                name = type(node).__name__
        seen[name] = seen.get(name, 0) + 1
        count = "" if seen[name] == 1 else f"#{seen[name]}"  # overloads have the name of their function
        yield f"{around}{name}{count}", "" if isinstance(node, ast.ClassDef) else _dump_without_types(node)


def _dump_without_types(node: ast.stmt) -> str:
    node = copy.deepcopy(node)
    for inner in ast.walk(node):
        match inner:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                inner.returns = None
            case ast.arg():
                inner.annotation = None
            case ast.AnnAssign():
                inner.annotation = ast.Constant(None)
            case _:
                pass
    return ast.dump(node)
