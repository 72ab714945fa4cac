"""Adds the imports that a generated module needs, and keeps its own names from hiding them.

Code is written with the plain names of what it imports: ``runtime``, ``datetime``, ``list``. An API may have a
resource, an argument or a schema of the same name; only in a module with such a name, the import gets an alias.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator import text
from generator.hand_layer import names_defined
from generator.naming import OWN, PACKAGE

TEMPLATES = Path(__file__).parent.parent / "templates"

_MODULES = ("builtins",)
_SHARED = ("base_models", "decoding", "encoding", "runtime")
_MEMBERS = {
    "collections.abc": ("AsyncIterator", "Callable", "Iterator", "Mapping", "Sequence"),
    "datetime": ("date", "datetime"),
    "typing": ("TYPE_CHECKING", "Any", "ClassVar", "Literal", "TypeAlias", "cast", "overload"),
    PACKAGE: ("api", "models", "resources", *_SHARED),
}


def with_imports(code: str) -> str:
    """Return the code of a module with the imports that it needs.

    Args:
        code: The code. The names of the classes and types that it defines end in `OWN`, which is removed. What it
            imports in any case with an underscore, it uses with one.
    """
    tree = ast.parse(code)
    members = {**_MEMBERS, **{f"{PACKAGE}.{name}": _names_in(name) for name in _SHARED}}
    imported = frozenset(_MODULES).union(*members.values())
    taken = {*re.findall(rf"(\w+){OWN}", code), *_names_of_members(tree)}
    outside, quoted = _uses(tree), _quoted_types(tree)
    inside = [node for target in quoted.values() for node in ast.walk(target) if isinstance(node, ast.Name)]
    for use in (*outside, *inside):
        if use.id in taken and use.id in imported:
            use.id = f"_{use.id}"
        elif use.id in taken and hasattr(builtins, use.id):
            use.id = f"{'_builtins' if 'builtins' in taken else 'builtins'}.{use.id}"
    used = {use.id.partition(".")[0] for use in (*outside, *inside)}
    lines = [f"import {name}" for name in _imports(_MODULES, used)]
    for module, names in members.items():
        lines += [f"from {module} import {name}" for name in _imports(names, used)]
    edits: dict[ast.expr, str] = {use: use.id for use in outside}
    edits |= {node: text.literal(ast.unparse(target).replace(OWN, "")) for node, target in quoted.items()}
    start = "from __future__ import annotations\n"
    return _edited(code, edits).replace(start, "\n".join([start, *lines, ""]), 1).replace(OWN, "")


@cache
def _names_in(module: str) -> tuple[str, ...]:
    """Return the names that a module defines which is the same for every API."""
    body = ast.parse((TEMPLATES / f"{module}.py").read_text(encoding="utf-8")).body
    own = (statement for statement in body if not isinstance(statement, (ast.Import, ast.ImportFrom)))
    return tuple(name for statement in own for name in names_defined(statement))


def _imports(names: tuple[str, ...], used: set[str]) -> Iterator[str]:
    for name in names:
        if name in used:
            yield name
        if f"_{name}" in used:
            yield f"{name} as _{name}"


def _names_of_members(tree: ast.Module) -> Iterator[str]:
    """Yield the names of arguments, methods, fields and variables with a type."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.arg(arg=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.AnnAssign(target=ast.Name(id=name))
            ):
                yield name
            case _:
                pass


def _uses(tree: ast.Module) -> list[ast.Name]:
    """Return the uses of globals. Arguments are only passed on: what is called or has attributes is a global."""
    locals_: set[ast.AST] = set()
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            nodes = [node for statement in function.body for node in ast.walk(statement)]
            names = [node for node in nodes if isinstance(node, ast.Name)]
            arguments = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
            stored = {name.id for name in names if isinstance(name.ctx, ast.Store)}
            passed = {name for name in names if name.id in arguments}
            for node in nodes:
                match node:
                    case ast.Call(func=ast.Name() as target) | ast.Attribute(value=ast.Name() as target):
                        passed.discard(target)
                    case ast.AnnAssign(annotation=annotation):
                        passed.difference_update(ast.walk(annotation))
                    case _:
                        pass
            locals_ |= passed | {name for name in names if name.id in stored}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in locals_]
    return [name for name in names if isinstance(name.ctx, ast.Load)]


def _quoted_types(tree: ast.Module) -> dict[ast.expr, ast.expr]:
    """Return the types in quotes, of type aliases, casts and pages, and what is in the quotes."""
    found: dict[ast.expr, ast.expr] = {}
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.Constant(value=str(inside)) as quoted):
                found[quoted] = ast.parse(inside, mode="eval").body
            case ast.Call(func=ast.Name(id="cast"), args=[ast.Constant(value=str(inside)) as quoted, _]):
                found[quoted] = ast.parse(inside, mode="eval").body
            case ast.ClassDef(bases=[ast.Subscript(slice=ast.Constant(value=str(inside)) as quoted)]):  # a page of rows
                found[quoted] = ast.parse(inside, mode="eval").body
            case _:
                pass
    return found


def _edited(code: str, edits: dict[ast.expr, str]) -> str:
    """Return code in which some expressions are replaced."""
    lines = [line.encode() for line in code.split("\n")]
    # From the end, so that the places of the others stay the same.
    for node in sorted(edits, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        lines[node.lineno - 1] = line[: node.col_offset] + edits[node].encode() + line[node.end_col_offset :]
    return b"\n".join(lines).decode()
