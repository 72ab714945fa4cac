"""Recognizes operations under a new name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast

from generator.lowering.walk import METHODS


class Renames:
    """Compares the operations of a document with those of an earlier one."""

    def __init__(self, earlier: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        self._earlier = {name: endpoint for endpoint, name in _operations(earlier)}
        self._endpoints = {_anonymous(endpoint): (endpoint, name) for endpoint, name in _operations(document)}
        self.names = [name for _, name in self._endpoints.values()]

    def new_name(self, name: str) -> str:
        """Return the operationId that an operation has now, by its method and path; empty if there is none."""
        return self._at_same_endpoint(name)[1]

    def explain(self, name: str) -> str:
        """Say what became of an operation that the document no longer has, in a clause."""
        endpoint, new = self._at_same_endpoint(name)
        if new:
            return f"{endpoint} is now called {new}"
        close = get_close_matches(name, self.names, n=3)
        similar = f"; similar operations are {', '.join(close)}" if close else ""
        was = self._earlier_endpoint(name)
        return f"{was} is gone{similar}" if was else f"there is no operation {name}{similar}"

    def _at_same_endpoint(self, name: str) -> tuple[str, str]:
        return self._endpoints.get(_anonymous(self._earlier_endpoint(name)), ("", ""))

    def _earlier_endpoint(self, name: str) -> str:
        # An operationId without dots may stand under a tag in the earlier document.
        under_tags = (endpoint for known, endpoint in self._earlier.items() if known.endswith(f".{name}"))
        return self._earlier.get(name) or next(under_tags, "")


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    paths = document.get("paths")
    for path, item in cast("dict[str, Any]", paths).items() if isinstance(paths, dict) else ():
        for method in METHODS:
            operation = cast("dict[str, Any]", item).get(method) if isinstance(item, dict) else None
            if isinstance(operation, dict):
                yield f"{method.upper()} {path}", str(cast("dict[str, Any]", operation).get("operationId", ""))


def _anonymous(endpoint: str) -> str:
    """Return an endpoint without the names of its path parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", endpoint)
