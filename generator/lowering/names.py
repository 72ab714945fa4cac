"""Names of schemas: classes in PascalCase, whose modules are distinct.

``page_of_users`` becomes ``PageOfUsers``, or ``PageOfUsers2`` if there is a schema of that name.
"""

from __future__ import annotations

import hashlib
import keyword
from collections.abc import Iterable
from itertools import chain

from generator.lowering.shapes import SCHEMAS, VARIANTS, schemas_of, target, with_schemas
from generator.lowering.walk import rewrite_schemas
from generator.lowering.words import numbered, pascal_case
from generator.naming import COMPONENT_NAME, module_name
from generator.nodes import Node, nodes
from generator.problems import Report

_LONGEST = 150


def name_schemas(document: Node, report: Report) -> Node:
    """Rename schemas whose names cannot be those of classes, and the references to them.

    A good name is kept, whatever else there is. What a schema is renamed to depends on it and on those before it.
    """
    del report
    schemas = schemas_of(document)
    names = Names()
    kept = [name for name in schemas if names.is_free(name) and names.take(name)]
    renamed = {name: name if name in kept else names.take(pascal_case(name)) for name in schemas}
    if all(name == new for name, new in renamed.items()):
        return document
    schemas = Node({renamed[name]: schema for name, schema in schemas.items()}, schemas.origin)
    return rewrite_schemas(with_schemas(document, schemas), lambda schema, _: with_names(schema, renamed))


def with_names(schema: Node, names: dict[str, str]) -> Node:
    """Replace the names that a schema itself mentions, not those in schemas inside it."""
    if (name := target(schema)) in names:
        return schema.having(**{"$ref": SCHEMAS + names[name]})
    if VARIANTS in schema:
        entries = nodes(schema, VARIANTS)
        known = [entry.having(schema=names.get(str(entry.get("schema")), entry.get("schema"))) for entry in entries]
        return schema.having(**{VARIANTS: known})
    return schema


class Names:
    """The names of schemas that are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._modules = {module_name(name) for name in taken}

    def is_free(self, name: str) -> bool:
        """Return whether a name could be that of another schema."""
        is_class = COMPONENT_NAME.fullmatch(name) and not keyword.iskeyword(name) and len(name) <= _LONGEST
        return bool(is_class) and module_name(name) not in self._modules

    def take(self, *wanted: str) -> str:
        """Take the first of the wanted names that is free, or the last one with a number."""
        last = wanted[-1]
        if len(last) > _LONGEST:
            last = last[: _LONGEST - 20] + hashlib.sha256(last.encode()).hexdigest()[:8]
        name = next(filter(self.is_free, chain([*wanted, last], numbered(last[: _LONGEST - 10]))))
        self._modules.add(module_name(name))
        return name
