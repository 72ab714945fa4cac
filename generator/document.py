"""Loads the spec: converts YAML or JSON to plain JSON types, and rejects what parsers of either silently accept."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from generator.problems import Problem, SpecError, below

Node = dict[str, Any]

DEEPEST = 100
"""The maximum nesting depth of a spec, so that the modules after this one can recurse."""
LARGEST = 200_000
"""The maximum number of values in a spec: YAML aliases can expand a short file to any size."""
LONGEST = 5_000_000
"""The maximum number of characters in a spec: parsing more takes minutes."""

_TOO_DEEP = f"is nested more than {DEEPEST} levels deep"
_LONE_SURROGATE = "contains a lone surrogate, which is not a valid character"

_TEXTS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")  # on the wire, a timestamp is text
_SCALARS = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float"))
# YAML 1.1 reads these as booleans, and 10:30 as a number, but they are meant as text.
_MISLEADING = ("yes", "no", "on", "off")
_MAPPING = "tag:yaml.org,2002:map"
_SEQUENCE = "tag:yaml.org,2002:seq"


def load(path: Path) -> Node:
    """Load a spec from a file.

    Raises:
        SpecError: The file cannot be read, is not YAML or JSON, or is not an OpenAPI 3.1 document.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SpecError([Problem("", f"cannot read {path}: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise SpecError([Problem("", f"{path} is not UTF-8: {error.reason} at byte {error.start}")]) from None
    return parse(content)


def parse(content: str) -> Node:
    """Parse the text of a spec.

    Raises:
        SpecError: The text is not YAML or JSON, or is not an OpenAPI 3.1 document.
    """
    if len(content) > LONGEST:
        raise SpecError([Problem("", f"is longer than {LONGEST:,} characters, the maximum")])
    try:
        # JSON first: a YAML parser rejects tabs, and does not join the halves of an escaped surrogate pair.
        root = _from_json(content) if content.lstrip()[:1] in ("{", "[") else _from_yaml(content)
    except RecursionError:
        raise SpecError([Problem("", _TOO_DEEP)]) from None
    if not isinstance(root, dict):
        raise SpecError([Problem("", "not an OpenAPI document: the top level must be an object")])
    document = cast("Node", root)
    version = document.get("openapi")
    if version is None and "swagger" in document:
        raise SpecError([Problem("#/swagger", f"must be OpenAPI 3.1, not Swagger {document['swagger']!r}")])
    if not isinstance(version, str) or not version.startswith("3.1."):
        raise SpecError([Problem("#/openapi", f"must be a 3.1 version, not {version!r}")])
    return document


# --- JSON -------------------------------------------------------------------------------------------------------------


def _from_json(content: str) -> Any:
    try:
        root = json.loads(content, object_pairs_hook=_Pairs)
    except json.JSONDecodeError:
        return _from_yaml(content)  # a YAML mapping may begin with a brace, too
    except ValueError as error:
        raise SpecError([Problem("", f"not JSON: {error}")]) from None
    problems: list[Problem] = []
    result = _plain(root, "#", 0, problems)
    if problems:
        raise SpecError(problems)
    return result


class _Pairs(list[tuple[str, Any]]):
    """The members of an object, including repeated ones."""


def _plain(value: Any, place: str, depth: int, problems: list[Problem]) -> Any:
    if depth > DEEPEST:
        problems.append(Problem(place, _TOO_DEEP))
        return None
    if isinstance(value, _Pairs):
        result: Node = {}
        for key, item in value:
            at = below(place, key)
            if key in result:
                problems.append(Problem(at, "is defined twice"))
            if not _is_whole(key):
                problems.append(Problem(place, f"the key {key!r} {_LONE_SURROGATE}"))
            result[key] = _plain(item, at, depth + 1, problems)
        return result
    if isinstance(value, list):
        rows = cast("list[Any]", value)
        return [_plain(item, below(place, index), depth + 1, problems) for index, item in enumerate(rows)]
    if isinstance(value, float) and not math.isfinite(value):
        problems.append(Problem(place, f"{value!r} is not a valid JSON number"))
    if isinstance(value, str) and not _is_whole(value):
        problems.append(Problem(place, _LONE_SURROGATE))
    return value


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- YAML -------------------------------------------------------------------------------------------------------------


def _from_yaml(content: str) -> Any:
    try:
        root = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        reason = getattr(error, "problem", None) or " ".join(str(error).split())
        raise SpecError([Problem("", f"not YAML: {reason}{where}")]) from None
    if root is None:
        return None
    builder = _Builder()
    result = builder.build(root, "#", ())
    if builder.problems:
        raise SpecError(builder.problems)
    return result


class _Builder:
    """Converts YAML nodes to JSON types; YAML has more types than JSON, and a value can contain itself."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._scalars = yaml.constructor.SafeConstructor()
        self._count = 0

    def build(self, node: yaml.Node, place: str, within: tuple[yaml.Node, ...]) -> Any:
        self._count += 1
        if self._count > LARGEST:
            raise SpecError([Problem(place, f"the spec has more than {LARGEST:,} values; aliases may multiply them")])
        if any(node is outer for outer in within):
            return self._refuse(place, "refers to itself through a YAML alias", node)
        if len(within) > DEEPEST:
            return self._refuse(place, _TOO_DEEP, node)
        inner = (*within, node)
        if isinstance(node, yaml.MappingNode) and node.tag == _MAPPING:
            result: Node = {}
            for key_node, value_node in node.value:
                for key in self._key(key_node, place):
                    at = below(place, key)
                    if key in result:
                        self._refuse(at, "is defined twice", key_node)
                    result[key] = self.build(value_node, at, inner)
            return result
        if isinstance(node, yaml.SequenceNode) and node.tag == _SEQUENCE:
            return [self.build(item, below(place, index), inner) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        return self._refuse(place, f"{node.tag} is not a JSON type", node)

    def _key(self, node: yaml.Node, place: str) -> Iterator[str]:
        # Status codes are often written as numbers, but JSON keys are text.
        if isinstance(node, yaml.ScalarNode) and node.tag in (*_TEXTS, "tag:yaml.org,2002:int"):
            if not _is_whole(node.value):
                self._refuse(place, f"the key {node.value!r} {_LONE_SURROGATE}", node)
            yield str(node.value)
        elif node.tag == "tag:yaml.org,2002:merge":
            self._refuse(place, "YAML merge keys (<<) are not supported; write the keys out", node)
        elif isinstance(node, yaml.ScalarNode):
            self._refuse(place, f"the key {node.value!r} is not text; put it in quotes", node)
        else:
            self._refuse(place, "a key must be text", node)

    def _scalar(self, node: yaml.ScalarNode, place: str) -> Any:
        if node.tag in _TEXTS:
            if not _is_whole(node.value):
                return self._refuse(place, _LONE_SURROGATE, node)
            return str(node.value)
        if node.value.lower() in _MISLEADING or (":" in node.value and node.tag in _SCALARS):
            return self._refuse(place, f"YAML does not read {node.value!r} as text; put it in quotes", node)
        if node.tag not in _SCALARS:
            return self._refuse(place, f"{node.value!r} is {node.tag}, which is not a JSON type", node)
        try:
            value: Any = self._scalars.construct_object(node)  # pyright: ignore[reportUnknownMemberType]
        except (ValueError, KeyError, yaml.YAMLError):
            return self._refuse(place, f"{node.value[:40]!r} is not a valid {node.tag.rsplit(':', 1)[1]}", node)
        if isinstance(value, float) and not math.isfinite(value):
            return self._refuse(place, f"{node.value!r} is not a valid JSON number", node)
        return value

    def _refuse(self, place: str, message: str, node: yaml.Node) -> None:
        self.problems.append(Problem(place, f"{message} (line {node.start_mark.line + 1})"))
