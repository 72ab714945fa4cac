"""The imports of a generated module, found by the names its code uses."""

from __future__ import annotations

import ast

PACKAGE = "eigenpal_generated"

_KNOWN = {
    "collections.abc": ("AsyncIterator", "Callable", "Iterator", "Mapping", "Sequence"),
    "datetime": ("datetime",),
    "typing": ("TYPE_CHECKING", "Any", "ClassVar", "Literal", "TypeAlias", "overload"),
    PACKAGE: ("models", "runtime"),
    f"{PACKAGE}.runtime": (
        "AsyncCaller",
        "Caller",
        "DownloadTarget",
        "Model",
        "Progress",
        "Request",
        "Response",
        "UNSET",
        "Unset",
    ),
}
# Functions of the runtime that models import under private names, as a property may be called the same.
_HELPERS = (
    "DecodeError",
    "anything",
    "boolean",
    "integer",
    "item_list",
    "item_map",
    "mistyped",
    "moment",
    "nested",
    "number",
    "plain_object",
    "text",
    "unfrozen",
)


def imports_for(code: str) -> str:
    """Write the imports that code needs; the formatter sorts them."""
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    lines = [f"import {module}" for module in ("attrs", "builtins") if module in used]
    # Whole packages whose members are loaded when they are first used.
    lines += [f"from {PACKAGE} import {name} as _{name}" for name in ("api", "models") if f"_{name}" in used]
    for module, names in _KNOWN.items():
        found = [name for name in names if name in used]
        if module == f"{PACKAGE}.runtime":
            found += [f"{name} as _{name}" for name in _HELPERS if f"_{name}" in used]
        if found:
            lines.append(f"from {module} import {', '.join(found)}")
    return "\n".join(lines)
