"""Compares the models and the other types of `eigenpal.types`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.changes.calls import added, required
from generator.changes.entries import Entry, Section
from generator.changes.markdown import code
from generator.changes.surfaces import IS, Surfaces
from generator.surface.annotations import Relation, branches, is_literal, literal_value, shown
from generator.surface.values import Model, Parameter, full_name


def compare_types(surfaces: Surfaces) -> Iterator[Entry]:
    """Compare all types."""
    for name, other in surfaces.renamed_types.items():
        text = f"is now called {code(full_name(other))}"
        yield Entry(Section.BREAKING, full_name(name), text, name, other, surfaces.after.model(other))
    before = surfaces.old.models | surfaces.old.aliases
    after = surfaces.new.models | surfaces.new.aliases
    with_kept_calls, _ = surfaces.used_by_both
    for name, old in before.items():
        place = surfaces.after.model(name)
        if name not in after:
            text = "was removed" if name in with_kept_calls else "was removed with the calls that use it"
            yield Entry(Section.BREAKING, full_name(name), text, "", "", surfaces.before.model(name))
            continue
        new = after[name]
        if isinstance(old, Model) and isinstance(new, Model):
            yield from _Fields(surfaces, old, new).entries()
        elif isinstance(old, str) and isinstance(new, str):
            yield from _alias(surfaces, name, old, new)
        else:
            now, formerly = (code(found) if isinstance(found, str) else "a model" for found in (new, old))
            yield Entry(Section.BREAKING, full_name(name), f"is {now}, formerly {formerly}", formerly, now, place)
    for name in after:
        if name not in before:
            text = "is new with the calls that use it" if surfaces.comes_with_calls(name) else "is new"
            yield Entry(Section.NEW, full_name(name), text, "", "", surfaces.after.model(name))


class _Fields:
    def __init__(self, surfaces: Surfaces, old: Model, new: Model) -> None:
        self._surfaces, self._name, self._use = surfaces, new.name, surfaces.use(new.name)
        self._old = {field.name: field for field in old.fields}
        self._new = {field.name: field for field in new.fields}
        self._was_page, self._is_page = old.is_page, new.is_page
        self._old_name = next((was for was, now in surfaces.renamed_types.items() if now == new.name), new.name)

    def entries(self) -> Iterator[Entry]:
        renamed = self._renamed()
        for name, field in self._old.items():
            other = renamed.get(name, name)
            place = self._surfaces.after.field(self._name, other)
            if other not in self._new:
                place = self._surfaces.before.field(self._old_name, name)
                yield Entry(Section.BREAKING, self._write(name), "was removed", shown(field.type), "", place)
                continue
            if other != name:
                yield Entry(Section.BREAKING, self._write(name), f"is now called {code(other)}", name, other, place)
            yield from self._field(self._write(other), field, self._new[other], place)
        for name, field in self._new.items():
            if name not in self._old and name not in renamed.values():
                place = self._surfaces.after.field(self._name, name)
                yield added(self._write(name), field, place, is_sent=self._use.is_sent)

        if self._was_page is not self._is_page:
            text = "iterates its rows, formerly its keys" if self._is_page else "iterates its keys, formerly its rows"
            yield Entry(Section.BREAKING, full_name(self._name), text, "", "", self._surfaces.after.model(self._name))

        kept = [name for name in (renamed.get(name, name) for name in self._old) if name in self._new]
        if kept != [name for name in self._new if name in kept]:
            text = "lists its fields in another order"
            yield Entry(Section.BEHAVIOUR, full_name(self._name), text, "", "", self._surfaces.after.model(self._name))

    def _write(self, field: str) -> str:
        name = full_name(self._name)
        return f"{name}.{field}" if self._use.is_answered else f"{name}({field}=)"

    def _renamed(self) -> dict[str, str]:
        """Return the new names of fields by their old ones: those of the same name on the wire."""
        before = self._surfaces.before.fields(self._old_name)
        after = self._surfaces.after.fields(self._name)
        fresh = {wire: name for name, (wire, _) in after.items() if name in self._new.keys() - self._old.keys()}
        gone = {name: wire for name, (wire, _) in before.items() if name in self._old.keys() - self._new.keys()}
        return {name: fresh[wire] for name, wire in gone.items() if wire in fresh}

    def _field(self, written: str, old: Parameter, new: Parameter, place: str) -> Iterator[Entry]:
        relation = self._surfaces.relate(old.type, new.type)
        if old.is_required is not new.is_required:
            # One that can be left out is None for whoever reads it, which is said below.
            if self._use.is_sent and (new.is_required or not self._use.is_answered or relation is Relation.SAME):
                yield required(written, place, is_required=new.is_required)
                if self._surfaces.is_only_optional(old, new):
                    return
            elif relation is Relation.SAME:
                text = "is now always sent" if new.is_required else "can now be left out, which makes it None"
                yield Entry(Section.BEHAVIOUR, written, text, "", "", place)
        if relation is not Relation.SAME:
            text = self._surfaces.describe(IS, old.type, new.type)
            yield Entry(self._use.section(relation), written, text, shown(old.type), shown(new.type), place)


def _alias(surfaces: Surfaces, name: str, old: str, new: str) -> Iterator[Entry]:
    before, after, place = branches(old), branches(new), surfaces.after.model(name)
    if all(map(is_literal, before | after)):
        for one in sorted(before - after):
            value = literal_value(one)
            yield Entry(Section.BREAKING, full_name(name), f"no longer includes {code(value)}", value, "", place)
        for one in sorted(after - before):
            value = literal_value(one)
            yield Entry(Section.NEW, full_name(name), f"includes {code(value)}", "", value, place)
        return
    relation = surfaces.relate(old, new)
    if relation is not Relation.SAME:
        yield Entry(
            surfaces.use(name).section(relation), full_name(name), surfaces.describe(IS, old, new), old, new, place
        )
