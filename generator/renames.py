"""Recognizes operations under a new name: by their method and path, in an earlier document and in the present one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import Any, cast

from generator.lowering.walk import METHODS
from generator.nodes import Node, mapping, sequence

# Of two, one for the name and one for the endpoint.
_ENOUGH = 1.2
_AS_GOOD = 0.05


def operation_names(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield every name of an operation, also further ones, with its method and path."""
    for path, item in mapping(document, "paths").items():
        for method in METHODS if isinstance(item, dict) else ():
            operation = mapping(cast("Node", item), method)
            if operation:
                yield str(operation.get("operationId", "")), method, path
            for entry in sequence(operation, "x-eigenpal-also"):
                if isinstance(entry, dict):
                    yield str(cast("Node", entry).get("operation", "")), method, path


class Renames:
    """Compares the operations of a document with those of an earlier one."""

    def __init__(self, earlier: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        self._earlier = {name: f"{method.upper()} {path}" for name, method, path in operation_names(earlier)}
        self._names: dict[str, tuple[str, str]] = {}
        self.names: list[str] = []
        for name, method, path in operation_names(document):
            self.names.append(name)
            self._names.setdefault(_anonymous(f"{method.upper()} {path}"), (f"{method.upper()} {path}", name))

    def explain(self, name: str) -> str:
        """Say what became of an operation, in a clause."""
        endpoint, new = self._find(name)
        if new == name:
            return f"{endpoint} has another place in the client tree"
        if new:
            return f"{endpoint} is now called {new}"
        was = self._earlier_endpoint(name)
        if was:
            replacements = " or ".join(self._replacements(name, was))
            return f"{was} is gone{replacements and f'; perhaps it is now {replacements}'}"
        similar = ", ".join(get_close_matches(name, self.names, n=3))
        return f"there is no operation {name}{similar and f'; similar operations are {similar}'}"

    def _replacements(self, name: str, was: str) -> list[str]:
        """Return the names of the new operations that are most similar to one that is gone, by name and endpoint."""
        earlier = {_anonymous(endpoint) for endpoint in self._earlier.values()}
        scores = {
            new: _likeness(_words(was), _words(key)) + _likeness(name.split("."), new.split("."))
            for key, (_, new) in self._names.items()
            if key not in earlier
        }
        enough = max(_ENOUGH, max(scores.values(), default=0) - _AS_GOOD)
        return sorted((new for new in scores if scores[new] > enough), key=lambda new: -scores[new])[:3]

    def remedy(self, name: str) -> str:
        """Return the action that gives an operation its name back; empty if it was not recognized."""
        _, new = self._find(name)
        if not new:
            return ""
        key = "operationId" if new != name else "x-eigenpal-method"
        action = f"{{target: \"$.paths.*[?@.operationId=='{new}']\", update: {{{key}: {name}}}}}"
        return f"give it its name back, in the first action: {action}"

    def endpoint(self, name: str) -> tuple[str, str]:
        """Return the method and the path that an operation has now; empty if it was not recognized."""
        method, _, path = self._find(name)[0].partition(" ")
        return method.lower(), path

    def _find(self, name: str) -> tuple[str, str]:
        return self._names.get(_anonymous(self._earlier_endpoint(name)), ("", ""))

    def _earlier_endpoint(self, name: str) -> str:
        # An operationId without dots may stand under a tag in the earlier document.
        under_tags = (endpoint for known, endpoint in self._earlier.items() if known.endswith(f".{name}"))
        return self._earlier.get(name) or next(under_tags, "")


def _likeness(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _words(endpoint: str) -> list[str]:
    method, _, path = _anonymous(endpoint).partition(" ")
    return [method, *path.strip("/").split("/")]


def _anonymous(endpoint: str) -> str:
    """Return an endpoint without the names of its path parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", endpoint)
