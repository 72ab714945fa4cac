"""Loads a document from YAML or JSON, with the line of every place; rejects what parsers of either silently accept."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from generator.nodes import Node
from generator.problems import Problem, SpecError, below

# The loader in C is several times faster.
if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader
else:
    from yaml import CSafeLoader as SafeLoader

DEEPEST = 100
"""The maximum nesting depth of a document, so that the modules after this one can recurse."""
ALIASED = 300_000
"""The maximum number of values that YAML aliases may add: they can expand a short file to any size."""
LONGEST = 20_000_000
"""The maximum number of characters in a document."""

_TAG = "tag:yaml.org,2002:"
_PLAIN, _JSON = "plain", "json"
"""Tags of scalars that are not text, or may not be: without quotes in YAML, and in JSON."""
_KINDS: dict[str, tuple[type, ...]] = {"bool": (bool,), "int": (int,), "float": (float, int), "null": (type(None),)}
_NULLS = ("", "~", "null", "Null", "NULL")
_BOOLEANS = {"true": True, "false": False}
_FLAGS = {**_BOOLEANS, "yes": True, "no": False, "on": True, "off": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*|0x[0-9a-fA-F]+|0o[0-7]+)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_FINITE = re.compile(r"[-+]?\.inf|\.nan", re.IGNORECASE)
_JSON_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}\n]|[^\s,:\[\]{}"]+')

# Keywords that hold true or false, those that hold values of a schema, and texts that are often written like numbers.
_FLAG_KEYS = (
    *("required", "deprecated", "nullable", "readOnly", "writeOnly", "explode", "allowReserved", "allowEmptyValue"),
    *("uniqueItems", "exclusiveMinimum", "exclusiveMaximum", "additionalProperties"),
)
_VALUE_KEYS = ("default", "const", "example", "examples", "enum")
_TEXT_PLACES = ("#/info/version", "#/info/title")

_TOO_DEEP = f"is nested more than {DEEPEST} levels deep"
_LONE_SURROGATE = "contains a lone surrogate, which is not a valid character"


@dataclass(frozen=True)
class Source:
    """A loaded file."""

    root: Node
    lines: dict[str, int]
    """The line of every place; the first is 1."""

    def line(self, place: str) -> int:
        """Return the line of a place, or that of the nearest place around it."""
        while place and place not in self.lines:
            place = place.rpartition("/")[0]
        return self.lines.get(place, 1)


def load(path: Path) -> Source:
    """Load an OpenAPI document.

    Raises:
        SpecError: The file cannot be read, is not YAML or JSON, or is not an OpenAPI document of version 3.0 or 3.1.
    """
    source = read(path)
    version = source.root.get("openapi")
    if "swagger" in source.root:
        raise _error(source, "#/swagger", "Swagger 2 is not supported; convert the document to OpenAPI 3")
    if version is None:
        raise _error(source, "#", 'is not an OpenAPI document: it has no openapi: "3.1.0"')
    if isinstance(version, (int, float)) and not isinstance(version, bool):
        raise _error(source, "#/openapi", f'must be text, not a number; write openapi: "{version}.0", with the quotes')
    if not isinstance(version, str) or not re.match(r"3\.[01](\.|$)", version):
        raise _error(source, "#/openapi", f"must be version 3.0 or 3.1 of OpenAPI, not {version!r}")
    return source


def read(path: Path, origin: str = "#") -> Source:
    """Read any YAML or JSON file that holds an object.

    Args:
        path: The file.
        origin: The place of the object, from which the places inside are made.

    Raises:
        SpecError: The file cannot be read, is not YAML or JSON, or holds something else.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SpecError([Problem(origin, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise SpecError([Problem(origin, f"is not UTF-8: {error.reason} at byte {error.start}")]) from None
    if len(content) > LONGEST:
        raise SpecError([Problem(origin, f"is longer than {LONGEST:,} characters, the maximum")])
    try:
        tree, size = _compose(content, origin)
        builder = _Builder(size + ALIASED)
        root = builder.build(tree, origin, ()) if tree else None
    except RecursionError:
        raise SpecError([Problem(origin, _TOO_DEEP)]) from None
    if builder.problems:
        raise SpecError(builder.problems)
    if not isinstance(root, Node):
        raise SpecError([Problem(origin, "must be an object at the top level")])
    return Source(root, builder.lines)


def _error(source: Source, place: str, message: str) -> SpecError:
    return SpecError([Problem(place, message, line=source.line(place))])


# --- parsing: YAML and JSON become nodes of YAML ----------------------------------------------------------------------


def _compose(content: str, origin: str) -> tuple[yaml.Node | None, int]:
    """Return the root, and the number of values written out in the text."""
    # JSON first: a YAML parser rejects some of it, such as the halves of an escaped surrogate pair.
    if content.lstrip()[:1] in ("{", "["):
        try:
            json.loads(content)
        except ValueError:
            pass  # a YAML mapping may begin with a brace, too
        else:
            return _JsonComposer(content).node(), len(content)
    try:
        depth = size = 0
        for event in yaml.parse(content, Loader=_Loader):  # the composer in C does not survive deep nesting
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            size += isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent))
            if depth > DEEPEST + 1:
                raise RecursionError
        return yaml.compose(content, Loader=_Loader), size
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or " ".join(str(error).split())
        where = f", column {mark.column + 1}" if mark else ""
        raise SpecError([Problem(origin, f"not YAML: {reason}{where}", line=mark.line + 1 if mark else 0)]) from None


class _Loader(SafeLoader):
    """Leaves scalars without quotes to us: PyYAML reads YAML 1.1, in which `no` and `12:30` are not text."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode and implicit[0]:
            return _PLAIN
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]  # pyright: ignore


class _JsonComposer:
    """Composes JSON, which is known to be valid."""

    def __init__(self, content: str) -> None:
        self._line = 0
        self._tokens = self._tokenize(content)

    def _tokenize(self, content: str) -> Iterator[str]:
        for found in _JSON_TOKEN.findall(content):
            if found == "\n":
                self._line += 1
            else:
                yield found

    def node(self) -> yaml.Node:
        return self._node(next(self._tokens))

    def _node(self, start: str) -> yaml.Node:
        mark, following = yaml.Mark("", 0, self._line, 0, "", 0), self._tokens.__next__
        if start == "{":
            pairs = [(self._node(key), self._node(following())) for key in iter(following, "}")]
            return yaml.MappingNode(f"{_TAG}map", pairs, mark, mark)
        if start == "[":
            return yaml.SequenceNode(f"{_TAG}seq", [self._node(item) for item in iter(following, "]")], mark, mark)
        if start[0] == '"':
            return yaml.ScalarNode(f"{_TAG}str", json.loads(start), mark, mark)
        return yaml.ScalarNode(_JSON, start, mark, mark)


# --- building: nodes of YAML become JSON types ------------------------------------------------------------------------


class _Builder:
    """Builds JSON types; YAML has more types than JSON, and a value can contain itself."""

    def __init__(self, limit: int) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self._left = limit

    def build(self, node: yaml.Node, place: str, within: tuple[yaml.Node, ...], expected: str = "") -> Any:
        """Build a value. A scalar that may be text or not is read as ``text`` or as a ``flag`` if that is expected."""
        self._left -= 1
        self.lines.setdefault(place, node.start_mark.line + 1)
        if self._left < 0:
            message = f"YAML aliases add more than {ALIASED:,} values to the document"
            raise SpecError([Problem(place, message, line=node.start_mark.line + 1)])
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place, expected)
        if any(node is outer for outer in within):
            return self._refuse(place, "refers to itself through a YAML alias", node)
        if len(within) > DEEPEST:
            return self._refuse(place, _TOO_DEEP, node)
        inner = (*within, node)
        if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
            return Node(self._entries(node, place, inner), place)
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            listed = expected if expected == "text" else ""  # `required` may be a list of names
            return [self.build(item, below(place, index), inner, listed) for index, item in enumerate(node.value)]
        return self._refuse(place, f"{node.tag} is not a JSON type", node)

    def _entries(self, node: yaml.MappingNode, place: str, within: tuple[yaml.Node, ...]) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        entries: dict[str, Any] = {}
        kinds = _kinds_of(node)
        for key_node, value_node in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            if key_node.tag == _PLAIN and key_node.value == "<<":
                merged = {**self._merged(value_node, place, within), **merged}
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(place, "a key must be text", key_node)
                continue
            key: str = key_node.value  # as it is written: a status code is often a number, and `on` and `no` are words
            at = below(place, key)
            if key in entries:
                self._refuse(at, "is defined twice", key_node)
            if _SURROGATE.search(key):
                self._refuse(place, f"the key {key!r} {_LONE_SURROGATE}", key_node)
            self.lines[at] = key_node.start_mark.line + 1
            entries[key] = self.build(value_node, at, within, _expected(key, kinds, at))
        return {**merged, **entries}

    def _merged(self, node: yaml.Node, place: str, within: tuple[yaml.Node, ...]) -> dict[str, Any]:
        """Return the entries of a merge key (``<<``): of one mapping, or of several, of which the first wins."""
        found: dict[str, Any] = {}
        for mapping in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(mapping, yaml.MappingNode):
                value: dict[str, Any] = self.build(mapping, place, within) or {}
                found |= {key: item for key, item in value.items() if key not in found}
            else:
                self._refuse(place, "a merge key (<<) must hold a mapping, or a list of mappings", mapping)
        return found

    def _scalar(self, node: yaml.ScalarNode, place: str, expected: str) -> Any:
        text, tag = str(node.value), node.tag.removeprefix(_TAG)
        if tag in ("str", "timestamp"):
            return self._refuse(place, _LONE_SURROGATE, node) if _SURROGATE.search(text) else text
        if tag == _PLAIN and expected == "text" and text not in _NULLS:
            return text
        if tag == _PLAIN and expected == "flag" and text.lower() in _FLAGS:
            return _FLAGS[text.lower()]
        if tag not in (_PLAIN, _JSON, *_KINDS):
            return self._refuse(place, f"{text!r} is {node.tag}, which is not a JSON type", node)
        try:
            value = json.loads(text) if tag == _JSON else _plain(text)
        except ValueError:
            value = math.nan
        if isinstance(value, float) and not math.isfinite(value):
            return self._refuse(place, f"{text[:40]!r} is not a valid JSON number", node)
        if not isinstance(value, _KINDS.get(tag, object)):
            return self._refuse(place, f"{text[:40]!r} is not a valid {tag}", node)
        return value

    def _refuse(self, place: str, message: str, node: yaml.Node) -> None:
        self.problems.append(Problem(place, message, line=node.start_mark.line + 1))


def _plain(text: str) -> Any:
    """Read a scalar without quotes, as YAML 1.2 does."""
    if text in _NULLS:
        return None
    if text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return math.nan if _NOT_FINITE.fullmatch(text) else text


def _kinds_of(node: yaml.MappingNode) -> set[str]:
    """Return the types that a schema lists, without null."""
    for key_node, value_node in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
        if key_node.value == "type":
            listed = value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            return {kind.value for kind in listed if isinstance(kind, yaml.ScalarNode)} - {"null"}
    return set()


def _expected(key: str, kinds: set[str], place: str) -> str:
    """Return how to read a scalar that may be text or not, where only one of both makes sense."""
    if key in _FLAG_KEYS or key.startswith("x-eigenpal-") or (kinds == {"boolean"} and key in _VALUE_KEYS):
        return "flag"
    return "text" if place.endswith(_TEXT_PLACES) or (kinds == {"string"} and key in _VALUE_KEYS) else ""
