"""Names of schemas: classes in PascalCase, whose modules are distinct."""

from __future__ import annotations

import hashlib
import keyword
import re
from collections.abc import Iterable
from itertools import chain, count

from generator.lowering.shapes import SCHEMAS, VARIANTS, schemas_of, target, with_schemas
from generator.lowering.walk import rewrite_schemas
from generator.lowering.words import camel_case
from generator.naming import COMPONENT_NAME, module_name
from generator.nodes import Node, nodes
from generator.problems import Report

_LONGEST = 150
_NO_PLURALS = re.compile(r"(?i)(news|series|species|ss|us|is)$")
_SINGULARS = (
    (re.compile(r"(?<=[Cc]hild)ren$"), ""),
    (re.compile(r"eople$"), "erson"),
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(ss|sh|tch|nch|ias|tus|x)es$"), r"\1"),
    (re.compile(r"(?<=[A-Za-z]{2})s$"), ""),
)


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
        last = wanted[-1] if COMPONENT_NAME.match(wanted[-1]) else f"Schema{wanted[-1]}"
        if len(last) > _LONGEST:
            last = last[: _LONGEST - 20] + hashlib.sha256(last.encode()).hexdigest()[:8]
        numbered = (f"{last[: _LONGEST - 10]}{number}" for number in count(2))
        name = next(filter(self.is_free, chain([*wanted, last], numbered)))
        self._modules.add(module_name(name))
        return name


def pascal_case(text: str) -> str:
    """Spell a text as the name of a class; it is that of its bytes if it has no letters or digits."""
    spelled = camel_case(text) or text.encode().hex()
    return spelled[:1].upper() + spelled[1:]


def singular(name: str) -> str:
    """Return the singular of a name that ends in an English plural; empty if it does not."""
    if not _NO_PLURALS.search(name):
        for pattern, ending in _SINGULARS:
            if pattern.search(name):
                return pattern.sub(ending, name)
    return ""
