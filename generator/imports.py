"""Finds the imports of a generated module from the names its code uses, and keeps its own names from hiding them.

Code is written with the plain names of what it imports: ``runtime``, ``datetime``, ``list``. An API may have a
resource, an argument or a schema of the same name; only where it would hide an import, the import gets an alias.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from generator.naming import OWN

PACKAGE = "eigenpal_generated"

_KNOWN = {
    "collections.abc": ("AsyncIterator", "Callable", "Iterator", "Mapping", "Sequence"),
    "datetime": ("datetime",),
    "typing": ("TYPE_CHECKING", "Any", "ClassVar", "Literal", "TypeAlias", "cast", "overload"),
    PACKAGE: ("models", "runtime"),
    f"{PACKAGE}.runtime": (
        "AsyncTransport",
        "Transport",
        "DownloadTarget",
        "Model",
        "Progress",
        "Request",
        "Response",
        "UNSET",
        "Unset",
    ),
}
# Names that are imported with an underscore in any case. A property may have the same name as a runtime function.
_PRIVATE = {
    PACKAGE: ("api", "models"),
    f"{PACKAGE}.runtime": (
        "DecodeError",
        "decode_any",
        "decode_bool",
        "decode_datetime",
        "decode_field",
        "decode_float",
        "decode_int",
        "decode_list",
        "decode_map",
        "decode_object",
        "decode_str",
        "get_or_none",
        "make_mutable",
        "raise_type_error",
    ),
}
_MODULES = ("attrs", "builtins")
_IMPORTED = frozenset(_MODULES).union(*_KNOWN.values())


@dataclass(frozen=True)
class _Use:
    """Where code uses a global, or would use it if nothing hid it."""

    node: ast.Name
    scope: frozenset[str]
    """Names that hide globals there."""

    @property
    def is_hidden(self) -> bool:
        return self.node.id in self.scope


def with_imports(code: str) -> str:
    """Return the code of a module with the imports that it needs.

    Args:
        code: The code. The names of the classes and types that it defines end in `OWN`, and those of local variables
            begin with an underscore; both are removed, the latter unless an argument has the same name.
    """
    tree = ast.parse(code)
    quoted = [(node, ast.parse(cast("str", node.value), mode="eval")) for node in _quoted_types(tree)]
    outside = list(_uses(tree))
    uses = [*outside, *(use for _, inner in quoted for use in _uses(inner))]
    own = frozenset(re.findall(rf"(\w+){OWN}", code))
    used = {use.node.id for use in uses}
    hidden = own | {use.node.id for use in uses if use.is_hidden}
    hidden |= {"builtins" for use in uses if "builtins" in use.scope}
    for use in uses:
        name = use.node.id
        if name in _IMPORTED and name in hidden:
            use.node.id = f"_{name}"
        elif name not in _IMPORTED and hasattr(builtins, name) and (use.is_hidden or name in own):
            use.node.id = f"_builtins.{name}" if "builtins" in hidden else f"builtins.{name}"
            used.add("builtins")
    lines = _edited(
        code,
        [
            *((use.node, use.node.id) for use in outside),
            *((node, _quote(ast.unparse(inner))) for node, inner in quoted),
            *_shortened_locals(tree),
        ],
    )
    start = next(line for line, text in enumerate(lines) if text.startswith("from __future__")) + 1
    lines[start:start] = ["", *_imports(used, hidden)]
    return "\n".join(lines).replace(OWN, "")


def _imports(used: set[str], hidden: frozenset[str]) -> Iterator[str]:
    for name in _MODULES:
        if name in used:
            yield f"import {name} as _{name}" if name in hidden else f"import {name}"
    for module, names in _PRIVATE.items():
        # Packages among them load their members on first use.
        if found := [f"{name} as _{name}" for name in names if f"_{name}" in used]:
            yield f"from {module} import {', '.join(found)}"
    for module, names in _KNOWN.items():
        if found := [f"{name} as _{name}" if name in hidden else name for name in names if name in used]:
            yield f"from {module} import {', '.join(found)}"


def _edited(code: str, edits: list[tuple[ast.expr, str]]) -> list[str]:
    """Return the lines of code with some expressions replaced."""
    lines = [line.encode() for line in code.split("\n")]
    # From the end, so that the places of the others stay the same.
    for node, text in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        line = lines[node.lineno - 1]
        lines[node.lineno - 1] = line[: node.col_offset] + text.encode() + line[node.end_col_offset :]
    return [line.decode() for line in lines]


def _quoted_types(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the types in quotes: those that type aliases stand for, and those of casts."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.Constant() as quoted):
                yield quoted
            case ast.Call(func=ast.Name(id="cast"), args=[ast.Constant() as quoted, _]):
                yield quoted
            case _:
                pass


def _quote(code: str) -> str:
    return '"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shortened_locals(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Yield the local variables that need no underscore, and their names without it."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = {name for name in _stored(function) if name[0] == "_" and name[1:] not in _arguments(function.args)}
            for node in ast.walk(function):
                if isinstance(node, ast.Name) and node.id in names:
                    yield node, node.id[1:]


# --- scopes -----------------------------------------------------------------------------------------------------------


def _uses(node: ast.AST, hidden: frozenset[str] = frozenset()) -> Iterator[_Use]:
    """Yield the uses of globals; in a function, ``hidden`` are its arguments and local variables."""
    if isinstance(node, ast.Name):
        if node.id not in hidden and isinstance(node.ctx, ast.Load):
            yield _Use(node, hidden)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield from _function_uses(node, hidden)
    elif isinstance(node, ast.ClassDef):
        yield from _class_uses(node)
    elif isinstance(node, ast.Lambda):
        yield from _uses(node.body, hidden | _arguments(node.args))
    elif isinstance(node, ast.AnnAssign):
        yield from _outer_uses(node.annotation, hidden)
        yield from _uses(node.value, hidden) if node.value else ()
    elif isinstance(node, (ast.Call, ast.Attribute)):
        # Arguments are only passed on. What is called, or has attributes, is a global even if an argument hides it.
        target = node.func if isinstance(node, ast.Call) else node.value
        for child in ast.iter_child_nodes(node):
            yield from (_outer_uses if child is target and isinstance(child, ast.Name) else _uses)(child, hidden)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _uses(child, hidden)


def _outer_uses(node: ast.AST, hidden: frozenset[str]) -> Iterator[_Use]:
    """Yield the names of an annotation or a decorator, which are always globals."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield _Use(inner, hidden)


def _function_uses(
    node: ast.FunctionDef | ast.AsyncFunctionDef, hidden: frozenset[str], members: frozenset[str] = frozenset()
) -> Iterator[_Use]:
    # A class hides globals from the signatures of its methods, but not from their code.
    for outside in (*node.decorator_list, node.args, *([node.returns] if node.returns else [])):
        yield from _outer_uses(outside, hidden | members)
    for statement in node.body:
        yield from _uses(statement, hidden | _arguments(node.args) | _stored(node))


def _class_uses(node: ast.ClassDef) -> Iterator[_Use]:
    for outside in (*node.decorator_list, *node.bases, *node.keywords):
        yield from _outer_uses(outside, frozenset())
    methods = [one for one in node.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
    fields = [one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    members = frozenset([*fields, *(method.name for method in methods)])
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _function_uses(statement, frozenset(), members)
        elif isinstance(statement, ast.AnnAssign):
            yield from _outer_uses(statement.annotation, members)
            yield from _outer_uses(statement.value, members) if statement.value else ()


def _arguments(node: ast.arguments) -> frozenset[str]:
    return frozenset(argument.arg for argument in (*node.posonlyargs, *node.args, *node.kwonlyargs))


def _stored(function: ast.AST) -> frozenset[str]:
    names = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    return frozenset(name.id for name in names if isinstance(name.ctx, ast.Store))
