"""Reads what `eigenpal/`, the layer written by hand, needs of the generated package, and which names it adds to it.

Its code is read and not run: it could not be imported if something that it needs were missing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.naming import PACKAGE

HOOK = "_make_"
"""The prefix of the methods by which a generated class makes its resources; the hand layer overrides them."""


@dataclass(frozen=True, order=True)
class Need:
    """Something generated that the hand layer uses."""

    name: str
    """Below the generated package, with dots: ``api.runs.get.request``."""
    where: str
    """File and line: ``eigenpal/_runs/polling.py:178``."""
    arguments: tuple[str, ...] = ()
    """The keyword arguments it passes."""


@dataclass(frozen=True, order=True)
class Addition:
    """A name that a class of the hand layer adds to the generated class it extends."""

    base: str
    """The generated class, such as ``resources.runs.AsyncRuns``."""
    name: str
    where: str


@dataclass
class HandLayer:
    """What the hand layer needs, and which names it adds."""

    needs: list[Need] = field(default_factory=list[Need])
    additions: list[Addition] = field(default_factory=list[Addition])


def scan(folder: Path) -> HandLayer:
    """Read the code in a folder, type stubs included."""
    layer = HandLayer()
    for path in sorted(folder.rglob("*.py*")):
        if path.suffix in (".py", ".pyi"):
            module = ast.parse(path.read_text(encoding="utf-8"))
            _Module(module, f"{folder.name}/{path.relative_to(folder).as_posix()}", layer).scan()
    return layer


def names_defined(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement defines, also inside a condition."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.If):
        yield from (name for inner in (*node.body, *node.orelse) for name in names_defined(inner))


class _Module:
    """A module of the hand layer."""

    def __init__(self, module: ast.Module, path: str, layer: HandLayer) -> None:
        self._nodes = list(ast.walk(module))
        self._path, self._layer = path, layer
        self._imported: dict[str, str] = {}
        self._calls: Mapping[int, ast.Call] = {
            id(node.func): node for node in self._nodes if isinstance(node, ast.Call)
        }

    def scan(self) -> None:
        for node in self._nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                around = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                for alias in node.names:
                    imported = f"{around}{alias.name}".removesuffix(".*")
                    if imported.startswith(f"{PACKAGE}."):
                        name = imported.removeprefix(f"{PACKAGE}.")
                        self._imported[alias.asname or alias.name] = name
                        self._need(name, node)
        for node in self._nodes:
            if isinstance(node, ast.Attribute) and (name := self._resolve(node)):
                self._need(name, node)
            elif isinstance(node, ast.ClassDef):
                for base in map(self._resolve, node.bases):
                    if base.startswith("resources."):
                        self._scan_class(node, base)

    def _resolve(self, node: ast.expr) -> str:
        """Return what an expression means in the generated package; empty if it means something else."""
        if isinstance(node, ast.Attribute):
            around = self._resolve(node.value)
            return around and f"{around}.{node.attr}"
        return self._imported.get(node.id, "") if isinstance(node, ast.Name) else ""

    def _scan_class(self, node: ast.ClassDef, base: str) -> None:
        own = {name: inner for inner in node.body for name in names_defined(inner)}
        for name, inner in own.items():
            if name.startswith(HOOK):
                self._need(f"{base}.{name}", inner)
            self._add(base, name, inner)
        for used in ast.walk(node):
            match used:
                case ast.Attribute(attr=name) if name.startswith("_"):
                    pass
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    self._add(base, name, used)
                case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in own:
                    pass
                case ast.Attribute(value=ast.Name(id="self") | ast.Call(func=ast.Name(id="super")), attr=name):
                    self._need(f"{base}.{name}", used)
                case _:
                    pass

    def _add(self, base: str, name: str, node: ast.AST) -> None:
        if not name.startswith("_"):
            self._layer.additions.append(Addition(base, name, self._where(node)))

    def _need(self, name: str, node: ast.AST) -> None:
        call = self._calls.get(id(node))
        arguments = tuple(keyword.arg for keyword in call.keywords if keyword.arg) if call else ()
        self._layer.needs.append(Need(name, self._where(node), arguments))

    def _where(self, node: ast.AST) -> str:
        return f"{self._path}:{getattr(node, 'lineno', 1)}"
