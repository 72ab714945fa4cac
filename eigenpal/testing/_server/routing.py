"""Routes a method and an encoded path to an operation, with a tree of path segments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from eigenpal.testing._server.http_errors import HttpError, bad_request, error_for_status, not_found
from eigenpal.testing._server.specification import OperationSpec

_VARIABLE = re.compile(r"\{([^}]*)\}")


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=lambda: dict[str, _Node]())
    patterns: dict[re.Pattern[str], _Node] = field(default_factory=lambda: dict[re.Pattern[str], _Node]())
    """Segments with text beside a parameter, such as ``{id}:cancel``."""
    variable: _Node | None = None
    catch_all: _Node | None = None
    operations: dict[str, OperationSpec] = field(default_factory=lambda: dict[str, OperationSpec]())


@dataclass(frozen=True)
class RouteMatch:
    """An operation, and the values of its path parameters."""

    operation: OperationSpec
    values: dict[str, str]


class Router:
    """Finds the operation for a request.

    The path is split before it is decoded, so an encoded slash never separates. A fixed segment takes precedence over a
    parameter, and a parameter that keeps its slashes takes the rest of the path.
    """

    def __init__(self, operations: Iterable[OperationSpec]) -> None:
        self._root = _Node()
        for operation in operations:
            node = self._root
            for segment in operation.path.removeprefix("/").split("/"):
                if "{" not in segment:
                    node = node.children.setdefault(segment, _Node())
                    continue
                if not _VARIABLE.fullmatch(segment):
                    texts = [re.escape(text) for text in _VARIABLE.split(segment)[::2]]
                    node = node.patterns.setdefault(re.compile("(.+)".join(texts)), _Node())
                    continue
                parameter = operation.parameter("path", segment[1:-1])
                if parameter is not None and parameter.keeps_slashes:
                    node.catch_all = node = node.catch_all or _Node()
                else:
                    node.variable = node = node.variable or _Node()
            node.operations[operation.method] = operation

    def match(self, method: str, raw_path: bytes) -> RouteMatch:
        """Return the operation for this method and path.

        Raises:
            HttpError: The path does not exist, does not support this method or is not valid UTF-8.
        """
        encoded = raw_path.removeprefix(b"/").split(b"/")
        try:
            segments = [unquote_to_bytes(segment).decode("utf-8") for segment in encoded]
        except UnicodeDecodeError:
            raise bad_request("path", "The path is not percent-encoded UTF-8", "invalid_encoding") from None
        found = self._find(self._root, segments, 0, [])
        if found is None:
            raise _unknown_path(segments)
        node, captured = found
        operation = node.operations.get(method)
        if operation is None:
            raise error_for_status(
                405,
                f"This path does not support {method}, only {', '.join(sorted(node.operations))}",
                headers={"allow": ", ".join(sorted(node.operations))},
            )
        return RouteMatch(operation, dict(zip(_VARIABLE.findall(operation.path), captured, strict=True)))

    def _find(
        self, node: _Node, segments: list[str], position: int, captured: list[str]
    ) -> tuple[_Node, list[str]] | None:
        if position == len(segments):
            return (node, captured) if node.operations else None
        segment = segments[position]
        if segment in node.children:
            found = self._find(node.children[segment], segments, position + 1, captured)
            if found is not None:
                return found
        for pattern, child in node.patterns.items():
            matched = pattern.fullmatch(segment)
            found = matched and self._find(child, segments, position + 1, [*captured, *matched.groups()])
            if found:
                return found
        if node.variable is not None and segment:
            found = self._find(node.variable, segments, position + 1, [*captured, segment])
            if found is not None:
                return found
        if node.catch_all is not None and segment:
            return node.catch_all, [*captured, "/".join(segments[position:])]
        return None


def _unknown_path(segments: list[str]) -> HttpError:
    hint = "Every path starts with /api/v1." if segments[:2] != ["api", "v1"] else None
    return not_found("Unknown path", hint=hint)
