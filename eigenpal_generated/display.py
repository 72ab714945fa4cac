# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""How models, pages and the client tree are shown by ``repr``, rich, IPython and notebooks. Loaded on first use.

``repr`` is one short line. rich and IPython show all of a model, and of a page the first rows. Secrets are never shown.
"""

# The models and the tree are of the same package.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from eigenpal_generated.base_models import BaseModel
from eigenpal_generated.encoding import UNSET
from eigenpal_generated.runtime import Resource

# The most that is shown of a text, of an object, and of a page.
_LETTERS = 60
_ENTRIES = 6
_ROWS = 10


class _Text:
    """Something that is shown as a text without quotes."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def repr_model(model: BaseModel) -> str:
    """Format a model as one line, in which long values are shortened."""
    shown = ", ".join([f"{name}={_shorten(value)}" for name, value in _find_fields(model)])
    return f"{type(model).__name__}({shown})"


def find_shown(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """Yield what rich and IPython show of a model: the fields that have a value."""
    rows_name = getattr(model, "_rows_name", None)
    for name, value in _find_fields(model):
        if name == rows_name and isinstance(value, list):
            rows = cast("list[Any]", value)
            shown = [_Text(repr(row)) for row in rows[:_ROWS]]
            value = [*shown, _Text(f"... {len(rows) - _ROWS} more rows")] if len(rows) > _ROWS else shown
        yield name, value


def print_pretty(model: BaseModel, printer: Any) -> None:
    """Show a model in IPython, with its pretty printer."""
    opening = f"{type(model).__name__}("
    with printer.group(len(opening), opening, ")"):
        for index, (name, value) in enumerate(find_shown(model)):
            if index:
                printer.text(",")
                printer.breakable()
            printer.text(f"{name}=")
            printer.pretty(value)


def list_names(model: BaseModel) -> list[str]:
    """Return the names of a model that tools may read, and show: public ones that have a value, without secrets."""
    fields = model._wire_names
    hidden = {*model._get_model()._wire_names}.difference(fields) | model._secrets
    names = set(dir(type(model))) - hidden
    return sorted(name for name in names if not name.startswith("_") or name.endswith("__"))


def repr_resource(resource: Resource) -> str:
    """Format a part of the client tree: its place and its members."""
    names = ", ".join([name for name in dir(type(resource)) if not name.startswith("_")])
    return f"<{type(resource).__name__} {resource._place}: {names}>"


def _find_fields(model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in model._wire_names:
        value = getattr(model, name)
        if value is not None and value is not UNSET:
            yield name, _Text("***") if name in model._secrets else value


def _shorten(value: Any, *, inside: bool = False) -> str:
    if isinstance(value, BaseModel):
        shown = [] if inside else [f"{name}={_shorten(field, inside=True)}" for name, field in _find_fields(value)]
        more = ["..."] if inside or len(shown) > 1 else []
        return f"{type(value).__name__}({', '.join([*shown[:1], *more])})"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        count = len(cast("list[Any]", value))
        return "[1 item]" if count == 1 else f"[{count} items]" if count else "[]"
    if isinstance(value, dict):
        entries = list(cast("dict[str, Any]", value).items())
        shown = [
            f"{_shorten(key)}: {_shorten(item, inside=True)}" for key, item in ([] if inside else entries)[:_ENTRIES]
        ]
        return "{" + ", ".join([*shown, *(["..."] if len(entries) > len(shown) else [])]) + "}"
    if isinstance(value, str) and len(value) > _LETTERS:
        return repr(f"{value[: _LETTERS - 3]}...")
    return repr(value)
