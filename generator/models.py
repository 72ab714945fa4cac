"""The modules under ``models/``: one for each model, enum, union and alias."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import compress
from typing import Any

from generator import text
from generator.decoding import Source, check, decoding_lines, function, reading_lines
from generator.facts import Facts, Schema
from generator.naming import OWN, RESERVED_IN_MODELS, decoder_name, local_name, module_name
from generator.parsing import Parsed, Property
from generator.spelling import described, spelled
from generator.types import IN_MODELS, Scope, Type
from generator.visitor import Types


@dataclass(frozen=True)
class Field:
    """A field of a model."""

    name: str
    source: Source
    wire_name: str
    annotation: str
    default: str
    """The default of the constructor; empty if there is none."""
    documentation: str
    decoding: list[str]
    check: str
    """The condition under which the value is not as documented."""
    decoder: str
    """The function that decodes the value."""
    strict: bool
    """Whether an object cannot be decoded without it."""
    null_is_sent: bool
    """Whether None, passed to the constructor, is sent as null instead of being omitted."""
    secret: bool


@dataclass(frozen=True)
class ModelPage:
    """A module under ``models/``."""

    name: str
    module: str
    kind: str
    """``model``, ``enum``, ``union`` (or another type that needs a decoder) or ``alias``."""
    documentation: str
    fields: list[Field] = field(default_factory=list[Field])
    reading: list[str] = field(default_factory=list[str])
    """The lines of a model's decoder that read the fields."""
    checks: list[str] = field(default_factory=list[str])
    """The conditions under which the values of a model are not as documented."""
    imports: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The modules and functions that a model's decoder always needs."""
    helpers: list[str] = field(default_factory=list[str])
    values: list[str] = field(default_factory=list[str])
    """The values of an enum, as literals."""
    target: str = ""
    """The target of a union or an alias."""
    runtime_target: str = ""
    """The same where it is evaluated, so that it does not refer to itself."""
    chooser: str = ""
    """The name of the function that chooses the decoder of a union."""
    decoder: str = ""
    """The name of the function that decodes a model or a union."""
    rows: Field | None = None
    """The field with the rows of a page."""
    row: str = ""
    """The type of a row of a page, as a literal."""

    @property
    def exports(self) -> list[str]:
        """The public names of the module."""
        return [self.name, *([self.decoder] if self.decoder else [])]


class Models:
    """Computes the modules of the named schemas."""

    def __init__(self, facts: Facts, parsed: Parsed, types: Types) -> None:
        self._facts = facts
        self._parsed = parsed
        self._types = types
        self._sent: set[str] = set()
        self._sent_in_parts: set[str] = set()
        self._answered: set[str] = set()
        self.fields = cache(self._fields)
        """Returns the properties of a model: their wire names, schemas, and what was parsed."""
        self._reachable = cache(self._reach)

    def use(self, *, sent: Iterable[Type] = (), parts: Iterable[Type] = (), answered: Iterable[Type] = ()) -> None:
        """Record the types of the bodies and answers of an operation."""
        for reached, found in ((self._sent, sent), (self._sent_in_parts, parts), (self._answered, answered)):
            reached.update(name for one in found for name in one.names)

    def is_model(self, name: str) -> bool:
        """Return whether a named schema is an object with properties."""
        return self._facts.kinds.get(name) == "model"

    def _fields(self, name: str) -> list[tuple[str, Schema, Property, Type]]:
        properties = self._facts.schemas[name].properties
        found: list[tuple[str, Schema, Property, Type]] = []
        for wire_name, parsed in self._parsed.fields(name):
            schema = properties[wire_name]
            helper = f"_{schema.python_name(wire_name, RESERVED_IN_MODELS)}_variant"
            found.append((wire_name, schema, parsed, self._types.of(parsed, schema, helper)))
        return found

    def pages(self) -> list[ModelPage]:
        """Compute every module. Bodies of multipart requests have none: they are passed as arguments."""
        makers = {
            "model": self._model,
            "enum": self._enum,
            "union": self._union,
            "alias": self._alias,
            "recursive": self._recursive,
        }
        only_parts = self._sent_in_parts - self._closure(self._sent) - self._closure(self._answered)
        return [
            makers[kind](name)
            for name, kind in sorted(self._facts.kinds.items())
            if kind in makers and name not in only_parts
        ]

    @cached_property
    def _inputs(self) -> set[str]:
        """The schemas that are only sent: in these, null differs from absent."""
        return self._closure(self._sent) - self._closure(self._answered)

    def _mentioned(self, name: str) -> frozenset[str]:
        kind = self._facts.kinds[name]
        if kind == "model":
            return frozenset[str]().union(*(found.names for _, _, _, found in self.fields(name)))
        if kind == "union":
            return frozenset[str]().union(
                *(self._types.of(found).names for found in self._parsed.branches(self._parsed.key(name)))
            )
        return frozenset() if kind == "enum" else self._types.content(name).names

    def _reach(self, name: str) -> set[str]:
        return self._closure({name})

    def _closure(self, names: set[str]) -> set[str]:
        """Return the schemas that some schemas mention, directly or not, and these themselves."""
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(self._mentioned(name))
        return reached

    # --- texts --------------------------------------------------------------------------------------------------------

    def attribute_names(self, name: str) -> dict[str, str]:
        """Return the names of a model's attributes by wire name."""
        properties = self._facts.schemas[name].properties
        return {
            wire_name: schema.python_name(wire_name, RESERVED_IN_MODELS) for wire_name, schema in properties.items()
        }

    def _spelled(self, name: str, about: str) -> str:
        """Replace the wire names of attributes and methods in a text with those a caller uses."""
        return spelled(about, {**self._facts.methods, **self.attribute_names(name)})

    # --- pages --------------------------------------------------------------------------------------------------------

    def _page(self, name: str, **values: Any) -> ModelPage:
        indent = 0 if values["kind"] == "enum" else 4
        said = self._spelled(name, self._facts.schemas[name].description or name)
        about = text.prose(said, text.WIDTH - indent - 3)
        documentation = text.docstring([about], indent)
        return ModelPage(name=name, module=module_name(name), documentation=documentation, **values)

    def _enum(self, name: str) -> ModelPage:
        return self._page(name, kind="enum", values=[text.value(value) for value in self._types.values(name)])

    def _alias(self, name: str) -> ModelPage:
        target = self._types.content(name).annotation(IN_MODELS)
        return self._page(name, kind="alias", target=target, runtime_target=target)

    def _union(self, name: str) -> ModelPage:
        chooser = f"_choose_{module_name(name).rstrip('_')}"
        found = self._types.union(self._parsed.key(name), self._facts.schemas[name], chooser)
        target = found.annotation(IN_MODELS)
        return self._page(
            name,
            kind="union",
            target=target,
            runtime_target=target,
            helpers=[found.helper],
            chooser=chooser,
            decoder=decoder_name(name),
        )

    def _recursive(self, name: str) -> ModelPage:
        chooser = f"_choose_{module_name(name).rstrip('_')}"
        found = self._types.content(name)
        recursive = "|".join(other for other, kind in self._facts.kinds.items() if kind == "recursive")
        target = found.annotation(IN_MODELS)
        code, returns = found.decoding(IN_MODELS), f"Callable[[Any], {name}{OWN}]"
        code = f"cast({text.literal(returns)}, {code})" if found.has_literals else code
        return self._page(
            name,
            kind="union",
            target=re.sub(rf"_models\.{name}\b", name + OWN, target),
            runtime_target=re.sub(rf"_models\.({recursive})\b", "Any", target),
            helpers=[f"def {chooser}(_value: Any) -> {returns}:\n    return {code}"],
            chooser=chooser,
            decoder=decoder_name(name),
        )

    def _model(self, name: str) -> ModelPage:
        found = self.fields(name)
        direct = self._direct(name)
        fields = [
            self._field(name, *one, f"_{decoder_name(direct[one[0]])}" if one[0] in direct else "") for one in found
        ]
        is_rows = [one.source.wire_name == self._facts.pages.get(name) for one in fields]
        rows = next(compress(fields, is_rows), None)
        return self._page(
            name,
            kind="model",
            rows=rows,
            row=text.literal(self.row(name, IN_MODELS)) if rows else "",
            fields=fields,
            reading=reading_lines([one.source for one in fields]),
            checks=[one.check for one in fields if one.check],
            imports=sorted({(module_name(model), decoder_name(model)) for model in direct.values()}),
            helpers=[one.helper for _, _, _, one in found if one.helper],
            decoder=decoder_name(name),
        )

    def row(self, page: str, scope: Scope) -> str:
        """Return the type of the rows of a page."""
        rows = self._facts.pages[page]
        found = next(one for wire_name, _, _, one in self.fields(page) if wire_name == rows)
        return found.item.inside().annotation(scope) if found.item else "Any"

    def _direct(self, name: str) -> dict[str, str]:
        """Return the fields that always hold another model, and that model, whose decoder is imported directly.

        Looking up a function of the module is several times faster than a method of a class in a lazy package. Other
        models are loaded when a response contains them, as are those that refer back to this one.
        """
        found: dict[str, str] = {}
        for wire_name, schema, parsed, one in self.fields(name):
            target = schema.target_name
            if (
                parsed.required
                and one.shape == "model"
                and not one.nullable
                and self._facts.kinds.get(target) == "model"
                and name not in self._reachable(target)
            ):
                found[wire_name] = target
        return found

    def _field(self, model: str, wire_name: str, schema: Schema, parsed: Property, found: Type, decoder: str) -> Field:
        name = schema.python_name(wire_name, RESERVED_IN_MODELS)
        # Absent and null differ only where the API accepts both.
        unset = not parsed.required and model in self._inputs and (found.nullable or found.is_anything)
        default = "" if parsed.required else "UNSET" if unset else "None"
        parts = [IN_MODELS.write(found.python)]
        if unset:
            parts.append("Unset")
        if (found.nullable or default == "None") and not found.is_anything:
            parts.append("None")
        source = Source(local_name(name), wire_name, parsed.required, unset)
        about = self._spelled(model, described(schema.about, found, deprecated=schema.is_deprecated))
        if default == "None" and model not in self._inputs and "None" not in about:
            about = f"{about} None if the server did not send it.".strip()
        return Field(
            name=name,
            source=source,
            wire_name=text.literal(wire_name),
            annotation=" | ".join(parts),
            default=default,
            documentation=text.docstring([text.prose(about, text.WIDTH - 7)], 4) if about else "",
            decoding=decoding_lines(source, found, decoder),
            check=check(source, found),
            decoder=function(source, found),
            strict=schema.marked("strict"),
            null_is_sent=parsed.required or unset,
            secret=schema.is_secret,
        )
