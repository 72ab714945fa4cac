"""Finds the imports of a generated module from the names its code uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

PACKAGE = "eigenpal_generated"

_KNOWN = {
    "collections.abc": ("AsyncIterator", "Callable", "Iterator", "Mapping", "Sequence"),
    "datetime": ("datetime",),
    "typing": ("TYPE_CHECKING", "Any", "ClassVar", "Literal", "TypeAlias", "overload"),
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
# Runtime functions that models import under private names, because a property may have the same name.
_HELPERS = (
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
)


def imports_for(code: str) -> str:
    """Return the imports that code needs; the formatter sorts them."""
    used = set(_used(ast.parse(code)))
    lines = [f"import {module}" for module in ("attrs", "builtins") if module in used]
    # Imported as packages, whose members are loaded on first use.
    lines += [f"from {PACKAGE} import {name} as _{name}" for name in ("api", "models") if f"_{name}" in used]
    for module, names in _KNOWN.items():
        found = [name for name in names if name in used]
        if module == f"{PACKAGE}.runtime":
            found += [f"{name} as _{name}" for name in _HELPERS if f"_{name}" in used]
        if found:
            lines.append(f"from {module} import {', '.join(found)}")
    return "\n".join(lines)


def _used(node: ast.AST, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the global names that code uses; an argument may hide a global of the same name."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id not in hidden:
            yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        stored = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))
        local = hidden | {argument.arg for argument in arguments} | {inner.id for inner in stored}
        for outside in (*node.decorator_list, node.args, *([node.returns] if node.returns else [])):
            yield from _used(outside, hidden)
        for statement in node.body:
            yield from _used(statement, local)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _used(child, hidden)
