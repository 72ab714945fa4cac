"""Splits schemas of which several forms are used: what is answered, what is sent, and what is a form with files."""

from __future__ import annotations

from typing import Any

from generator.lowering.media import MULTIPART
from generator.lowering.names import Names, with_names
from generator.lowering.shapes import Shapes, is_null, referred, replacing, schemas_of, target, with_schemas
from generator.lowering.walk import Spot, rewrite_roots, rewrite_schema, rewrite_schemas
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report

_USES = {"answer": "Output", "body": "Input", "form": "Form"}
"""The uses of a schema, and what the name of a schema ends in that has another form in this use than in the first."""
_DIRECTIONS = ("readOnly", "writeOnly")


def split_directions(document: Node, report: Report) -> Node:
    """Leave out what is not sent or not answered: properties that are ``readOnly`` or ``writeOnly``.

    A file is one in a form only; in JSON, it is text. A schema that then differs between its uses becomes several; the
    first of ``answer``, ``body`` and ``form`` keeps the name.
    """
    document = _without_named_files(document)
    splitter = _Splitter(document, report)
    document = rewrite_roots(document, splitter.root)
    return with_schemas(document, splitter.schemas()) if splitter.named else document


class _Splitter:
    def __init__(self, document: Node, report: Report) -> None:
        self.report = report
        self.named = schemas_of(document)
        self.shapes = Shapes(document)
        self.uses: dict[str, list[str]] = {name: [] for name in self.named}
        rewrite_roots(document, self._collect)
        self.forms = {
            name: {use: self._form(node, use) for use in self._uses_of(name)} for name, node in self.named.items()
        }
        self.first = self._first_uses()
        names = Names(self.named)
        self.names = {
            (name, use): name if use == self._uses_of(name)[0] else names.take(name + _USES[use])
            for name, firsts in self.first.items()
            for use in dict.fromkeys(firsts.values())
        }
        self.renamed = {
            use: {name: self.names[name, firsts[use]] for name, firsts in self.first.items() if use in firsts}
            for use in _USES
        }

    # --- which schema is used for what --------------------------------------------------------------------------------

    def _collect(self, schema: Node, spot: Spot) -> Node:
        if spot.role != "component":
            for name in referred(schema):
                self._use(name, _use_of(spot))
        return schema

    def _use(self, name: str, use: str) -> None:
        if name in self.uses and use not in self.uses[name]:
            self.uses[name].append(use)
            for inner in referred(self.named[name]):
                self._use(inner, _inner(use))

    def _uses_of(self, name: str) -> list[str]:
        return [use for use in _USES if use in self.uses[name]] or ["answer"]

    def _first_uses(self) -> dict[str, dict[str, str]]:
        """Return the first use, for each use of a schema, in which it and all it refers to have the same form."""
        found = {name: dict.fromkeys(forms, self._uses_of(name)[0]) for name, forms in self.forms.items()}
        changed = True
        while changed:
            changed = False
            for name, forms in self.forms.items():
                for use in forms:
                    first = next(other for other in forms if self._is_same(name, use, other, found))
                    changed |= found[name][use] != first
                    found[name][use] = first
        return found

    def _is_same(self, name: str, use: str, other: str, found: dict[str, dict[str, str]]) -> bool:
        if use == other:
            return True
        inner = [firsts for inner in referred(self.forms[name][use]) if (firsts := found.get(inner))]
        same = all(firsts[_inner(use)] == firsts[_inner(other)] for firsts in inner)
        return same and self.forms[name][use] == self.forms[name][other]

    # --- its forms ----------------------------------------------------------------------------------------------------

    def root(self, schema: Node, spot: Spot) -> Node:
        """Return a body, an answer or a parameter in the form of its use."""
        if spot.role == "component" or spot.is_raw:
            return schema
        use = _use_of(spot)
        return self._renamed(self._form(schema, use), use)

    def schemas(self) -> Node:
        """Return the named schemas in all forms that are used."""
        entries = {
            other: self._renamed(self.forms[name][use], _inner(use)) for (name, use), other in self.names.items()
        }
        return Node(entries, self.named.origin)

    def _renamed(self, schema: Node, use: str) -> Node:
        renamed: Node = rewrite_schema(
            schema, Spot("component", ()), lambda inner, _: with_names(inner, self.renamed[use])
        )
        return renamed

    def _form(self, schema: Node, use: str, *, part: bool = False) -> Node:
        """Return a schema as it is in a use, apart from those it refers to; ``part`` is that of a form."""
        changes: dict[str, Any] = {}
        is_form = use == "form" and not part
        if properties := mapping(schema, "properties"):
            left_out = _DIRECTIONS[use == "answer"]
            entries = {
                name: self._form(_as_part(node) if is_form else node, use, part=is_form)
                for name, node in properties.items()
                if not (node.get(left_out) or self.shapes.resolve(node).get(left_out))
            }
            changes["properties"] = Node(entries, properties.origin)
            changes["required"] = [name for name in sequence(schema, "required") if name in entries]
        if isinstance(schema.get("items"), Node):
            changes["items"] = self._form(schema["items"], use, part=part)
        if isinstance(schema.get("additionalProperties"), Node):
            changes["additionalProperties"] = self._form(schema["additionalProperties"], use, part=is_form)
        if "anyOf" in schema:
            changes["anyOf"] = [self._form(branch, use) for branch in nodes(schema, "anyOf")]
        if schema.get("format") == "binary" and not part:
            schema = schema.without("format")
            self.report.note(schema.origin, "a file in JSON is text", kind="a file in JSON, which is text there")
        empty = [key for key in ("properties", "required") if not changes.get(key, True)]
        return schema.having(**changes).without(*_DIRECTIONS, *empty)


def _without_named_files(document: Node) -> Node:
    """Write files, and lists of files, where they are used: only there it is known whether they are sent as files."""
    named = schemas_of(document)
    files = {name: schema for name, schema in named.items() if _is_file_or_files(_as_part(schema))}
    if not files:
        return document
    others = {name: schema for name, schema in named.items() if name not in files}
    return _without_named_files(
        rewrite_schemas(
            with_schemas(document, Node(others, named.origin)),
            lambda schema, _: replacing(schema, files[target(schema)]) if target(schema) in files else schema,
        )
    )


def _inner(use: str) -> str:
    """Return the use of what is inside: only the parts of a form can be files."""
    return "answer" if use == "answer" else "body"


def _use_of(spot: Spot) -> str:
    if spot.role in ("answer", "error"):
        return "answer"
    return "form" if spot.role == "body" and spot.media == MULTIPART else "body"


def _as_part(schema: Node) -> Node:
    """Return a part that may be a file, or several: several is the same as one, sent several times."""
    branches = [branch for branch in nodes(schema, "anyOf") if not is_null(branch)]
    lists = [branch for branch in branches if _is_file(mapping(branch, "items"))]
    if not branches or not all(branch in lists or _is_file(branch) for branch in branches):
        return schema
    return replacing(schema, (lists or branches)[0])


def _is_file_or_files(schema: Node) -> bool:
    return _is_file(schema) or _is_file(mapping(schema, "items"))


def _is_file(schema: Node) -> bool:
    return schema.get("format") == "binary"
