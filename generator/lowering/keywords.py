"""Keeps the keywords that are understood, and checks what each holds, so that later passes meet no surprises."""

from __future__ import annotations

import difflib
from typing import Any, cast

from generator.lowering.keyword_lists import HARMLESS, MISPLACED, OURS, REFUSED, TELLING, UNDERSTOOD
from generator.nodes import Node
from generator.problems import Report, below

_WRONG: Any = object()
_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
_REMOVE = "remove the keyword, or correct it"
_BESIDE_REFERENCES = ("$ref", "summary", "description")
_OF_REQUESTS = ("path item", "operation", "parameter", "request body", "response", "media type", "encoding")
_OURS = "an unknown key of our own"


def keywords(document: Node, report: Report) -> Node:
    """Remove keywords without an effect, and report those that are not supported and values of the wrong shape."""
    for key in ("info", "paths"):
        if key not in document:
            report.refuse(f"#/{key}", "is missing", remedy=f"add it: target $, update: {{{key}: ...}}")
    return _Reader(report).node(document, "document")


class _Reader:
    def __init__(self, report: Report) -> None:
        self._report = report

    def node(self, node: Node, kind: str) -> Node:
        """Read an object of a kind."""
        kept: dict[str, Any] = {}
        is_reference = "$ref" in node and kind not in ("schema", "path item")
        for key, value in self._schema(node).items() if kind == "schema" else node.items():
            shape = UNDERSTOOD[kind].get(key)
            if shape is None:
                self._unknown(node, kind, key)
            elif is_reference and key not in _BESIDE_REFERENCES and not key.startswith("x-eigenpal-"):
                self._report.note(node.at(key), f"{key} beside $ref has no effect", kind="a keyword beside a $ref")
            else:
                read = self._value(value, shape, node.at(key))
                if isinstance(value, bool) and key == "additionalProperties":
                    read = value
                if read is not _WRONG:
                    kept[key] = read
        return Node(kept, node.origin)

    def _value(self, value: Any, shape: str, place: str) -> Any:
        """Return a value of some shape, or a marker if it is of another one."""
        if shape == "any":
            return value
        if shape == "type":
            return self._type(value, place)
        if value is None and (shape in UNDERSTOOD or shape[0] in "{<"):
            self._report.note(place, "is null; read as an empty object", kind="null in place of an object")
            value = Node(origin=place)
        if value is None and not place.rpartition("/")[2].isdecimal():
            return _WRONG  # an empty line of YAML, the same as no line
        if shape[0] == "[":
            return self._list(value, shape[1:-1], place)
        if shape == "schema" and isinstance(value, bool):
            return Node(origin=place)
        if shape[0] not in "{<" and shape not in UNDERSTOOD:
            return self._scalar(value, shape, place)
        if not isinstance(value, Node):
            return self._wrong(place, "must be an object")
        return self.node(value, shape) if shape in UNDERSTOOD else self._map(value, shape)

    def _map(self, node: Node, shape: str) -> Node:
        kept: dict[str, Any] = {}
        for key, value in node.items():
            if shape[0] == "{" or not key.startswith("x-"):
                is_blank = value is None and shape[1] == "["  # the scopes of a security scheme
                kept[key] = [] if is_blank else self._value(value, shape[1:-1], node.at(key))
        return Node({key: value for key, value in kept.items() if value is not _WRONG}, node.origin)

    def _list(self, value: Any, shape: str, place: str) -> Any:
        if not isinstance(value, list):
            return self._wrong(place, "must be a list")
        rows = cast("list[Any]", value)
        places = [row.origin if isinstance(row, Node) else below(place, index) for index, row in enumerate(rows)]
        read = (self._value(row, shape, at) for row, at in zip(rows, places, strict=True))
        return [row for row in read if row is not _WRONG]

    def _scalar(self, value: Any, shape: str, place: str) -> Any:
        kind = shape.removeprefix("?")
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        expected, fits = {
            "text": ("text", isinstance(value, str)),
            "flag": ("true or false", isinstance(value, bool)),
            "method": ("text, or true or false", isinstance(value, (str, bool))),
            "rows": ("a list", isinstance(value, list)),
            "number": ("a number", is_number),
            "bound": ("a number", is_number or isinstance(value, bool)),
            "count": ("a non-negative integer", is_number and value >= 0 and value == int(value)),
        }[kind]
        if kind == "text" and is_number:
            self._report.note(place, f"{value!r} is read as text", kind="a number in place of text")
            return str(value)
        if fits:
            return int(value) if kind == "count" else value
        return self._wrong(place, f"must be {expected}", tolerated=shape[0] == "?")

    def _type(self, value: Any, place: str) -> Any:
        # Without quotes, YAML reads the type null as a null.
        listed = cast("list[Any]", value) if isinstance(value, list) else [value]
        names = ["null" if name is None else name for name in listed]
        for name in names:
            if name == "file":
                return self._wrong(place, "'file' is not a type; use type: string with format: binary")
            if name not in _TYPES:
                near = difflib.get_close_matches(str(name), _TYPES, 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                return self._wrong(place, f"{name!r} is not a type{hint}")
        return names if isinstance(value, list) else names[0]

    def _wrong(self, place: str, message: str, *, tolerated: bool = False) -> Any:
        if tolerated:
            self._report.note(place, f"{message}; it is passed over", kind="a value of the wrong shape")
        else:
            self._report.refuse(place, message, kind=message, remedy="update it to a value of this shape, or remove it")
        return _WRONG

    def _unknown(self, node: Node, kind: str, key: str) -> None:
        """Report a keyword that this kind of object does not have."""
        place = node.at(key)
        is_ours = key.startswith("x-eigenpal-") or kind in OURS
        names = {
            name.lower(): name for name, shape in UNDERSTOOD[kind].items() if shape[0] != "?" and name not in TELLING
        }
        near = difflib.get_close_matches(key.lower(), names, 1, 0.7 if is_ours else 0.82)
        hint = f"; did you mean {names[near[0]]}?" if near else ""
        if is_ours:
            self._report.refuse(place, f"{key} is not supported{hint}", kind=_OURS, remedy=_REMOVE)
        elif key.startswith("x-"):
            return
        elif key in HARMLESS.get(kind, {}):
            if about := HARMLESS[kind][key]:
                self._report.note(place, f"{key}: {about}", kind=f"{key}: {about}")
        elif key in REFUSED.get(kind, {}):
            self._report.refuse(place, f"{key} is not supported; {REFUSED[kind][key]}", remedy=_REMOVE)
        elif key in TELLING:
            self._report.note(place, f"{key} has no meaning here", kind="a keyword without a meaning")
        elif near:
            self._report.refuse(
                place,
                f"{key} is not a keyword{hint}",
                kind="a misspelt keyword",
                remedy="remove the keyword, and update its object with the right one",
            )
        elif key in MISPLACED and kind in _OF_REQUESTS and not {"schema", "content"} & (set(node) - {key}):
            message = f"{key} has no effect in this place ({kind})"
            remedy = f"{_REMOVE}: what a value is stands in the `schema` of its object"
            self._report.refuse(place, message, kind="a keyword in the wrong place", remedy=remedy)
        else:
            message = f"{key} is not a keyword of OpenAPI in this place ({kind})"
            self._report.note(place, message, kind="a keyword that OpenAPI does not have in this place")

    def _schema(self, node: Node) -> Node:
        """Rewrite what schemas said in another way before OpenAPI 3."""
        if isinstance(node.get("required"), bool):
            self._report.note(node.at("required"), "true or false has no meaning here; the object lists its properties")
            node = node.without("required")
        if isinstance(node.get("items"), list):
            node = node.without("items").having(prefixItems=node["items"])
        return node
