"""Names what needs a name: objects with properties, enums, and unions of objects other than those of a property."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, cast

from generator.lowering.names import Names
from generator.lowering.shapes import (
    VARIANTS,
    WHEN,
    allowing_null,
    inner_schemas,
    is_null,
    only_annotations,
    refer,
    schemas_of,
    target,
    with_schemas,
)
from generator.lowering.walk import Spot, rewrite_roots, rewrite_schemas
from generator.lowering.words import pascal_case, singular
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

# What belongs to the place where a schema is used, and stays there.
_OF_USES = ("x-eigenpal-name", "readOnly", "writeOnly", "deprecated", "default", WHEN)


def hoist_schemas(document: Node, report: Report) -> Node:
    """Move what needs a name to the named schemas.

    It is named after its place, ``RunTiming`` or ``RunsGetResponse``, so that its name does not depend on others; or by
    its title, if that is a class name that nothing else has. Answers that are errors are not models: these need none.
    """
    del report
    document = rewrite_schemas(document, _with_title_inside)
    hoister = _Hoister(document)
    document = rewrite_roots(document, hoister.root)
    schemas = schemas_of(document)
    return with_schemas(document, Node({**schemas, **hoister.hoisted}, schemas.origin)) if hoister.hoisted else document


class _Hoister:
    def __init__(self, document: Node) -> None:
        self.names = Names(schemas_of(document))
        self.hoisted: dict[str, Node] = {}
        self.same: dict[tuple[str, str], str] = {}
        """The names of what was hoisted, by the place of its property or root, and by content."""
        self.titles: Counter[str] = Counter()
        rewrite_schemas(document, self._count_title)

    def _count_title(self, schema: Node, _: Spot) -> Node:
        if _needs_name(schema):
            self.titles[str(schema.get("title"))] += 1
        return schema

    def root(self, schema: Node, spot: Spot) -> Node:
        if spot.role == "component":
            return self._inside(schema, spot.words[0], spot.words[0])
        if spot.is_raw:
            return schema
        if spot.role == "error":
            return only_annotations(schema) if _needs_names(schema) else schema
        words = [pascal_case(word) for word in spot.words]
        if spot.role == "body" and spot.is_form:
            words[-1] = "Form"
        name = "".join(words)
        return self._placed(schema, [name], name)

    def _placed(self, schema: Node, wanted: list[str], place: str, prop: str = "") -> Node:
        """Replace a schema that needs a name by a reference to it.

        Args:
            schema: The schema.
            wanted: Names for it, the best first.
            place: The property or root in which it is.
            prop: The name of the property that it is.
        """
        if not _needs_name(schema, is_property=bool(prop)):
            return self._inside(schema, wanted[0], place)
        branches = nodes(schema, "anyOf")
        if branches and is_null(branches[-1]):
            return allowing_null(self._placed(schema.having(anyOf=branches[:-1]), wanted, place))
        title = schema.get("title")
        # Some frameworks write the name of each property as its title.
        if isinstance(title, str) and title != pascal_case(prop) and self.titles[title] == 1:
            wanted = [title, *wanted]
        inner = schema.without(*_OF_USES)
        key = (place, json.dumps(inner, sort_keys=True))
        if key not in self.same:
            self.same[key] = name = self.names.take(*wanted)
            self.hoisted[name] = Node(origin=inner.origin)  # It comes before what is inside it.
            self.hoisted[name] = self._inside(inner, name, place)
        used = Node({key: value for key, value in schema.items() if key in _OF_USES}, schema.origin)
        return refer(used, self.same[key])

    def _inside(self, schema: Node, name: str, place: str) -> Node:
        """Replace what needs a name inside a schema, whose own name is given or would be this one."""
        changes: dict[str, Any] = {}
        properties = mapping(schema, "properties")
        if properties:
            entries: dict[str, Any] = {}
            # What is in a list could get the same name as a property.
            for key, node in sorted(properties.items(), key=lambda item: not _needs_name(item[1])):
                own = name + pascal_case(key)
                entries[key] = self._placed(node, [own], own, key)
            changes["properties"] = Node({key: entries[key] for key in properties}, properties.origin)
        if isinstance(schema.get("items"), Node):
            changes["items"] = self._placed(schema["items"], _inner_names(name, "Item"), place)
        if isinstance(schema.get("additionalProperties"), Node):
            wanted = [f"{name}Value"] if properties else _inner_names(name, "Value")
            changes["additionalProperties"] = self._placed(schema["additionalProperties"], wanted, place)
        if not changes and "anyOf" not in schema:
            return schema
        return self._union(schema, name, place) if "anyOf" in schema else schema.having(**changes)

    def _union(self, schema: Node, name: str, place: str) -> Node:
        branches = [branch for branch in nodes(schema, "anyOf") if not is_null(branch)]
        is_named = _is_union_of_objects(schema)
        placed: list[Node] = []
        for index, branch in enumerate(branches):
            if is_named:
                title = [name + pascal_case(branch["title"])] if isinstance(branch.get("title"), str) else []
                wanted = [*title, name + _suffix(branch, index)]
            else:
                wanted = [name, name + str(branch.get("type", "union")).capitalize()]
            placed.append(self._placed(branch, wanted, place))
        changes: dict[str, Any] = {
            "anyOf": [branch.without(WHEN) for branch in placed] + nodes(schema, "anyOf")[len(branches) :]
        }
        if is_named and VARIANTS not in schema:
            entries = [Node({"schema": target(branch), **branch.get(WHEN, {})}, branch.origin) for branch in placed]
            changes[VARIANTS] = entries
        return schema.having(**changes)


def _with_title_inside(schema: Node, _: Spot) -> Node:
    """Move the title of what may be null to what it is otherwise."""
    branches = nodes(schema, "anyOf")
    if "title" not in schema or len(branches) != 2 or not is_null(branches[1]) or not _needs_name(branches[0]):
        return schema
    titled = Node({"title": schema["title"], **branches[0]}, branches[0].origin)
    return schema.having(anyOf=[titled, branches[1]]).without("title")


def _is_union_of_objects(schema: Node) -> bool:
    return VARIANTS in schema or any(WHEN in branch for branch in nodes(schema, "anyOf"))


def _needs_name(schema: Node, *, is_property: bool = False) -> bool:
    return "properties" in schema or "enum" in schema or (_is_union_of_objects(schema) and not is_property)


def _needs_names(schema: Node) -> bool:
    return _needs_name(schema) or any(map(_needs_names, inner_schemas(schema)))


def _inner_names(name: str, role: str) -> list[str]:
    """Return names for what a list or a map holds: the singular, if its name is a plural."""
    return [*filter(None, [singular(name)]), name + role]


def _suffix(branch: Node, index: int) -> str:
    """Return a name for a branch, by what selects it."""
    when = branch.get(WHEN)
    if when is None:
        return f"Variant{index + 1}"
    equals: dict[str, Any] = when.get("equals", {})
    for name, value in equals.items():
        if isinstance(value, list):
            value = cast("list[Any]", value)[0]
        if isinstance(value, str):
            return pascal_case(value)
        if isinstance(value, bool):
            return pascal_case(name) if value else f"Not{pascal_case(name)}"
        return pascal_case(f"{name} {value}")
    return "".join(pascal_case(name) for name in when.get("holds", [])[:1]) or "Other"
