"""Everything that can be typed after `client.`, and everything after a model or a result."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, is_typeddict

from eigenpal import AsyncEigenpalClient, EigenpalClient, types
from eigenpal_generated.runtime import Resource

CLIENTS: tuple[type[Any], ...] = (EigenpalClient, AsyncEigenpalClient)


def list_public_names(value: object) -> list[str]:
    return sorted(name for name in dir(value) if not name.startswith("_"))


def walk(client: type[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the client and each of its resources with its place, such as `client.runs.expected`."""
    pending: list[tuple[str, Any]] = [("client", client(api_key="key"))]
    for place, value in pending:
        yield place, value
        names = list_public_names(value)
        pending += [(f"{place}.{name}", getattr(value, name)) for name in names if _is_resource(getattr(value, name))]


def list_methods(client: type[Any]) -> dict[str, Any]:
    """Return all methods by their place, such as `client.runs.expected.rename`."""
    return {
        f"{place}.{name}": method
        for place, value in walk(client)
        for name in list_public_names(value)
        if callable(method := getattr(value, name))
    }


def list_members() -> dict[str, list[str]]:
    """Return the own fields, properties and methods of each class of `eigenpal.types`, by the name of the class."""
    exported = {name: getattr(types, name) for name in list_public_names(types)}
    return {
        name: sorted(member for member in {*inspect.get_annotations(value), *vars(value)} if not member.startswith("_"))
        for name, value in exported.items()
        if isinstance(value, type) and not is_typeddict(value)
    }


def _is_resource(value: object) -> bool:
    return isinstance(value, Resource)
