"""Names what needs a name: objects with properties, enums, and unions of objects other than those of a property.

``Run: {properties: {timing: {properties: ...}}}`` becomes ``Run: {properties: {timing: RunTiming}}`` and ``RunTiming:
{properties: ...}``.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, cast

from generator.lowering.names import Names
from generator.lowering.shapes import (
    VARIANTS,
    WHEN,
    allowing_null,
    allows_null,
    branches_of,
    inner_schemas,
    only_annotations,
    refer,
    schemas_of,
    target,
    with_branches,
    with_schemas,
)
from generator.lowering.walk import Spot, rewrite_roots, rewrite_schemas
from generator.lowering.words import pascal_case, singular
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

# What belongs to the place where a schema is used, and stays there.
_OF_USES = ("x-eigenpal-name", "x-eigenpal-strict", "readOnly", "writeOnly", "deprecated", "default", WHEN)


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
            self.titles[schema.get("title", "")] += 1
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
        if allows_null(schema):
            return allowing_null(self._placed(schema.having(anyOf=branches_of(schema)), wanted, place))
        title = schema.get("title", "")
        # Some frameworks write the name of each property as its title.
        if title and title != pascal_case(prop) and self.titles[title] == 1:
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
        if "anyOf" in schema:
            return self._union(schema, name, place)
        changes: dict[str, Any] = {}
        if properties := mapping(schema, "properties"):
            entries = dict(properties)
            # What is in a list could get the same name as a property.
            for key, node in sorted(properties.items(), key=lambda item: not _needs_name(item[1])):
                own = name + pascal_case(key)
                entries[key] = self._placed(node, [own], own, key)
            changes["properties"] = Node(entries, properties.origin)
        for key, role in (("items", "Item"), ("additionalProperties", "Value")):
            if isinstance(schema.get(key), Node):
                # What a list or a map holds has the singular, if its name is a plural.
                one = "" if properties else singular(name)
                changes[key] = self._placed(schema[key], [one, name + role] if one else [name + role], place)
        return schema.having(**changes)

    def _union(self, schema: Node, name: str, place: str) -> Node:
        is_named = _is_union_of_objects(schema)
        placed: list[Node] = []
        for index, branch in enumerate(branches_of(schema)):
            wanted = [name, name + str(branch.get("type", "union")).capitalize()]
            if is_named:
                title = [name + pascal_case(branch["title"])] if "title" in branch else []
                wanted = [*title, name + _suffix(branch, index)]
            placed.append(self._placed(branch, wanted, place))
        schema = with_branches(schema, [branch.without(WHEN) for branch in placed])
        if not is_named or VARIANTS in schema:
            return schema
        entries = [Node({"schema": target(branch), **branch.get(WHEN, {})}, branch.origin) for branch in placed]
        return schema.having(**{VARIANTS: entries})


def _with_title_inside(schema: Node, _: Spot) -> Node:
    """Move the title of what may be null to what it is otherwise."""
    branches = branches_of(schema)
    if "title" not in schema or len(branches) != 1 or not _needs_name(branches[0]):
        return schema
    titled = Node({"title": schema["title"], **branches[0]}, branches[0].origin)
    return with_branches(schema, [titled]).without("title")


def _is_union_of_objects(schema: Node) -> bool:
    return VARIANTS in schema or any(WHEN in branch for branch in nodes(schema, "anyOf"))


def _needs_name(schema: Node, *, is_property: bool = False) -> bool:
    return "properties" in schema or "enum" in schema or (_is_union_of_objects(schema) and not is_property)


def _needs_names(schema: Node) -> bool:
    return _needs_name(schema) or any(map(_needs_names, inner_schemas(schema)))


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
