"""Splits schemas of which several forms are used: what is answered, what is sent, and what is a form with files.

``User: {properties: {id (readOnly), name, password (writeOnly)}}``, which is answered and sent, becomes ``User:
{properties: {id, name}}`` and ``UserInput: {properties: {name, password}}``.
"""

from __future__ import annotations

from generator.lowering.media import MULTIPART
from generator.lowering.names import Names, with_names
from generator.lowering.shapes import (
    branches_of,
    is_binary,
    referred,
    replacing,
    resolved,
    schemas_of,
    target,
    with_schemas,
)
from generator.lowering.walk import INNER, Spot, rewrite_inside, rewrite_roots, rewrite_schema, rewrite_schemas
from generator.nodes import Node, mapping, sequence
from generator.problems import Report

_USES = {"answer": "Output", "body": "Input", "form": "Form"}
"""The uses of a schema, and what the name of a schema ends in that has another form in this use than in the first."""
_DIRECTIONS = ("readOnly", "writeOnly")
_Names = dict[str, dict[str, str]]
"""For each use, the names of schemas in this use."""


def split_directions(document: Node, report: Report) -> Node:
    """Leave out what is not sent or not answered: properties that are ``readOnly`` or ``writeOnly``.

    A file is one in a form only; in JSON, it is text. A schema that then differs between its uses becomes several; the
    first of ``answer``, ``body`` and ``form`` keeps the name.
    """
    document = _without_named_files(document)
    schemas = schemas_of(document)
    forms = {
        (name, use): _form(document, schemas[name], use, report)
        for name, uses in _uses(document).items()
        for use in uses
    }
    names = _names(forms)

    def in_its_form(schema: Node, spot: Spot) -> Node:
        if spot.role == "component" or spot.is_raw:
            return schema
        use = _use_of(spot)
        return _renamed(_form(document, schema, use, report), names[use])

    document = rewrite_roots(document, in_its_form)
    entries = {names[use][name]: _renamed(form, names[_inner(use)]) for (name, use), form in forms.items()}
    return with_schemas(document, Node(entries, schemas.origin)) if entries else document


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


# --- which schema is used for what ------------------------------------------------------------------------------------


def _use_of(spot: Spot) -> str:
    if spot.role in ("answer", "error"):
        return "answer"
    return "form" if spot.role == "body" and spot.media == MULTIPART else "body"


def _inner(use: str) -> str:
    """Return the use of what is inside: only the parts of a form can be files."""
    return "answer" if use == "answer" else "body"


def _uses(document: Node) -> dict[str, list[str]]:
    """Return the uses of each named schema."""
    schemas = schemas_of(document)
    found: set[tuple[str, str]] = set()

    def add(schema: Node, use: str) -> None:
        for name in referred(schema):
            if (name, use) not in found:
                found.add((name, use))
                add(mapping(schemas, name), _inner(use))

    def collect(schema: Node, spot: Spot) -> Node:
        if spot.role != "component":
            add(schema, _use_of(spot))
        return schema

    rewrite_roots(document, collect)
    return {name: [use for use in _USES if (name, use) in found] or ["answer"] for name in schemas}


# --- its forms --------------------------------------------------------------------------------------------------------


def _form(document: Node, schema: Node, use: str, report: Report) -> Node:
    """Return a schema as it is in a use, apart from those it refers to."""
    if properties := mapping(schema, "properties"):
        left_out = _DIRECTIONS[use == "answer"]
        entries = {
            name: _as_part(node) if use == "form" else node
            for name, node in properties.items()
            if not (node.get(left_out) or resolved(document, node).get(left_out))
        }
        required = [name for name in sequence(schema, "required") if name in entries]
        schema = schema.having(properties=Node(entries, properties.origin), required=required)
    if is_binary(schema):
        schema = schema.without("format")
        report.note(schema.origin, "a file in JSON is text")
    empty = [key for key in ("properties", "required") if not schema.get(key, True)]

    def inside(inner: Node) -> Node:
        if use == "form" and _is_file_or_files(inner):
            return inner.without(*_DIRECTIONS)
        return _form(document, inner, _inner(use), report)

    return rewrite_inside(schema.without(*_DIRECTIONS, *empty), inside)


def _as_part(schema: Node) -> Node:
    """Return a part that may be a file, or several: several is the same as one, sent several times."""
    branches = branches_of(schema)
    lists = [branch for branch in branches if not is_binary(branch)]
    is_part = branches and all(map(_is_file_or_files, branches))
    return replacing(schema, (lists or branches)[0]) if is_part else schema


def _is_file_or_files(schema: Node) -> bool:
    return is_binary(schema) or is_binary(mapping(schema, "items"))


# --- the names of its forms -------------------------------------------------------------------------------------------


def _names(forms: dict[tuple[str, str], Node]) -> _Names:
    """Name each form of a schema; those that are the same, with all they refer to, have one name."""
    same = dict.fromkeys(forms, "")
    while True:
        marked: _Names = {use: {} for use in _USES}
        for (name, use), first in same.items():
            marked[use][name] = f"{name} {first}"
        renamed = {(name, use): _renamed(form, marked[_inner(use)]) for (name, use), form in forms.items()}
        before = same
        same = {key: next(use for use in _USES if renamed.get((key[0], use)) == form) for key, form in renamed.items()}
        if same == before:
            break
    taken = Names(name for name, _ in forms)
    found: _Names = {use: {} for use in _USES}
    for (name, use), first in same.items():
        if first != use:
            found[use][name] = found[first][name]
        else:
            is_first = not any(name in names for names in found.values())
            found[use][name] = name if is_first else taken.take(name + _USES[use])
    return found


def _renamed(schema: Node, names: dict[str, str]) -> Node:
    return rewrite_schema(schema, INNER, lambda inner, _: with_names(inner, names))
