"""Names of schemas: classes in PascalCase, whose modules are distinct."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count

from generator.lowering.shapes import SCHEMAS, VARIANTS, schemas_of, target, with_schemas
from generator.lowering.walk import rewrite_schemas
from generator.naming import COMPONENT_NAME, RESERVED_CLASSES, decoder_name, module_name
from generator.nodes import Node, nodes
from generator.problems import Report

_LONGEST = 150
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "þ": "th"})
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
    renamed = {name: name if name in kept else names.take(*_class_names(name)) for name in schemas}
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
        self._modules = {module for name in taken for module in _modules(name)}

    def is_free(self, name: str) -> bool:
        """Return whether a name could be that of another schema."""
        fits = COMPONENT_NAME.fullmatch(name) and name not in RESERVED_CLASSES and len(name) <= _LONGEST
        return bool(fits) and self._modules.isdisjoint(_modules(name))

    def take(self, *wanted: str) -> str:
        """Take the first of the wanted names that is free, or the last one with a number."""
        last = wanted[-1] if COMPONENT_NAME.match(wanted[-1]) else f"Schema{wanted[-1]}"
        if len(last) > _LONGEST:
            last = last[: _LONGEST - 20] + hashlib.sha256(last.encode()).hexdigest()[:8]
        numbered = (f"{last[: _LONGEST - 10]}{number}" for number in count(2))
        name = next(filter(self.is_free, chain([*wanted, last], numbered)))
        self._modules.update(_modules(name))
        return name


def _modules(name: str) -> tuple[str, str]:
    # The package of the models has the decoders of unions too.
    return module_name(name), decoder_name(name)


def _class_names(name: str) -> list[str]:
    spelled = pascal_case(name)
    return [spelled, f"{spelled}Schema"] if spelled in RESERVED_CLASSES else [spelled]


def ascii_letters(text: str) -> str:
    """Replace letters with accents by those without."""
    # A fixed Unicode version, so that the output does not depend on the Python that runs the generator.
    return unicodedata.ucd_3_2_0.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()


def pascal_case(text: str) -> str:
    """Spell a name as that of a class; may be empty, or begin with a digit."""
    words: list[str] = re.findall(r"[A-Za-z0-9]+", ascii_letters(text))
    if len(words) > 1 and text.isupper():
        words = [word.lower() for word in words]
    return "".join(word[0].upper() + word[1:] for word in words) or text.encode().hex()


def singular(name: str) -> str:
    """Return the singular of a name that ends in an English plural; empty if it does not."""
    if not _NO_PLURALS.search(name):
        for pattern, ending in _SINGULARS:
            if pattern.search(name):
                return pattern.sub(ending, name)
    return ""
