"""Compares the calls of the client, and their arguments."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.changes.entries import Entry, Section
from generator.changes.markdown import code, plain
from generator.changes.places import Places, identity
from generator.changes.surfaces import RETURNS, TAKES, YIELDS, Surfaces, section_of_answer, section_of_argument
from generator.surface.annotations import Relation, shown
from generator.surface.values import Call, Parameter, Surface

_BEHIND = "the operation behind it"
_HIDDEN = "an operation without a method"


class Calls:
    """Compares the calls of two surfaces."""

    def __init__(self, surfaces: Surfaces) -> None:
        self._surfaces = surfaces
        self._old, self._new = surfaces.old.calls, surfaces.new.calls
        self._before, self._after = surfaces.before, surfaces.after
        self._renamed = surfaces.renamed_calls

    def entries(self) -> Iterator[Entry]:
        """Compare all calls."""
        for name, call in self._old.items():
            other = self._renamed.get(name, name)
            if other not in self._new:
                yield self._call(Section.BREAKING, name, "was removed", self._before, self._surfaces.new)
                continue
            if other != name:
                text = f"is now called {code(f'{other}()')}"
                yield Entry(Section.BREAKING, f"{name}()", text, name, other, self._after.call(other))
            yield from self._signature(call, self._new[other])
        for name, call in self._new.items():
            if name not in self._old and name not in self._renamed.values():
                yield self._call(Section.NEW, name, self._summarize(call), self._after, self._surfaces.old)
        yield from self._hidden()

    def _summarize(self, call: Call) -> str:
        found = self._after.endpoint(call.name)
        summary = found.operation.summary if found else call.about.partition("\n")[0]
        return plain(summary) or "is new"

    @staticmethod
    def _call(section: Section, name: str, text: str, places: Places, other: Surface) -> Entry:
        """Return the entry of a call that only one side has; `other` is the surface of the other."""
        found = places.endpoints.get(name)
        written = found.written if found else ""
        old, new = (written, "") if section is Section.BREAKING else ("", written)
        return Entry(section, f"{name}()", text, old, new, places.call(name), _outermost(name, other))

    def _signature(self, old: Call, new: Call) -> Iterator[Entry]:
        yield from self._arguments(old, new)
        relation = self._surfaces.relate(old.returns, new.returns)
        if relation is not Relation.SAME:
            is_iterator = new.returns.startswith(("Iterator[", "AsyncIterator["))
            text = self._surfaces.describe(YIELDS if is_iterator else RETURNS, old.returns, new.returns)
            place = self._after.answer(new.name)
            yield Entry(section_of_answer(relation), self._after.shown(new.name), text, old.returns, new.returns, place)

    # --- arguments ----------------------------------------------------------------------------------------------------

    def _arguments(self, old: Call, new: Call) -> Iterator[Entry]:
        before = {parameter.name: parameter for parameter in old.parameters}
        after = {parameter.name: parameter for parameter in new.parameters}
        renamed = self._renamed_arguments(old, new)
        for name, parameter in before.items():
            other = renamed.get(name, name)
            written, place = self._after.shown(new.name, name), self._after.argument(new.name, other)
            if other not in after:
                place = self._before.argument(old.name, name)
                yield Entry(Section.BREAKING, written, "was removed", shown(parameter.type), "", place)
                continue
            if other != name:
                yield Entry(Section.BREAKING, written, f"is now called {code(other)}", name, other, place)
            yield from self._argument(self._after.shown(new.name, other), parameter, after[other], place)
        for name, parameter in after.items():
            if name not in before and name not in renamed.values():
                place = self._after.argument(new.name, name)
                yield added(self._after.shown(new.name, name), parameter, place, is_sent=True)
        yield from self._order([one._replace(name=renamed.get(one.name, one.name)) for one in old.parameters], new)
        yield from self._positions([renamed.get(name, name) for name in old.positional], new)

    def _argument(self, written: str, old: Parameter, new: Parameter, place: str) -> Iterator[Entry]:
        relation = self._surfaces.relate(old.type, new.type)
        if old.is_required is not new.is_required:
            yield required(written, place, is_required=new.is_required)
            if self._surfaces.is_only_optional(old, new):
                return
        elif old.default != new.default and "UNSET" not in (old.default, new.default):
            text = f"has the default {code(new.default)}, formerly {code(old.default)}"
            yield Entry(Section.BEHAVIOUR, written, text, old.default, new.default, place)
        if relation is not Relation.SAME:
            text = self._surfaces.describe(TAKES, old.type, new.type)
            yield Entry(section_of_argument(relation), written, text, shown(old.type), shown(new.type), place)

    def _order(self, before: list[Parameter], new: Call) -> Iterator[Entry]:
        # Required arguments come first, so that one that is required now, or not any more, moves by itself.
        after = {(found.name, found.is_required): found.is_positional for found in new.parameters}
        kept = [key for key in ((found.name, found.is_required) for found in before) if after.get(key) is False]
        if kept != [key for key in after if key in kept]:
            text = "lists its arguments in another order"
            yield Entry(Section.BEHAVIOUR, self._after.shown(new.name), text, "", "", self._after.call(new.name))

    def _positions(self, before: list[str], new: Call) -> Iterator[Entry]:
        after = new.positional
        if [name for name in before if name in after] != [name for name in after if name in before]:
            now, formerly = ", ".join(after), ", ".join(before)
            text = f"takes its positional arguments in the order {code(now)}, formerly {code(formerly)}"
            place = self._after.call(new.name)
            yield Entry(Section.BREAKING, self._after.shown(new.name), text, formerly, now, place)
        names = {parameter.name for parameter in new.parameters}
        for name in before:
            if name in names and name not in after:
                place = self._after.argument(new.name, name)
                written = self._after.shown(new.name, name)
                yield Entry(Section.BREAKING, written, "can only be passed by name", "", "", place)

    def _renamed_arguments(self, old: Call, new: Call) -> dict[str, str]:
        """Return the new names of arguments by their old ones: those of the same name on the wire."""
        one, other = self._before.endpoint(old.name), self._after.endpoint(new.name)
        if one is None or other is None:
            return {}
        before, after = ({parameter.name for parameter in call.parameters} for call in (old, new))
        fresh = {wire: name for name, wire in other.wire_names.items() if name in after - before}
        # A parameter of the path is known by its place in the path; nobody sees its name on the wire.
        paths = [naming.PATH_PARAMETER.findall(found.operation.path) for found in (one, other)]
        same = {f"path {was}": f"path {now}" for was, now in zip(*paths, strict=False)}
        gone = {name: wire for name, wire in one.wire_names.items() if name in before - after}
        found = {name: fresh.get(same.get(wire, wire), "") for name, wire in gone.items()}
        return {name: new_name for name, new_name in found.items() if new_name}

    # --- operations without a method ----------------------------------------------------------------------------------

    def _hidden(self) -> Iterator[Entry]:
        """Compare the operations that only `eigenpal/` itself calls, if anybody."""
        before, after = self._before.hidden, self._after.hidden
        now = {identity(found): f"{name}()" for name, found in self._after.endpoints.items()}
        now |= {identity(found): name for name, found in after.items()}
        known = {identity(found) for found in [*self._before.endpoints.values(), *before.values()]}
        for name in before.keys() - after.keys():
            other, written = now.get(identity(before[name]), ""), self._before.shown(name)
            if other != written:
                text, section = f"is now {code(other)}" if other else "was removed", Section.BEHAVIOUR
                if self._before.is_behind_method(name):
                    text, section = f"{_BEHIND} {text}", section if other else Section.BREAKING
                else:
                    text = f"{text} ({_HIDDEN})"
                yield Entry(section, written, text, before[name].written, other, self._before.call(name))
        for name in after.keys() - before.keys():
            if identity(after[name]) not in known:
                text = f"{_BEHIND} is new" if self._after.is_behind_method(name) else f"is new ({_HIDDEN})"
                yield Entry(Section.NEW, self._after.shown(name), text, "", after[name].written, self._after.call(name))
        old, new = self._surfaces.old.requests, self._surfaces.new.requests
        for name in before.keys() & after.keys() & old.keys() & new.keys():
            # Nobody can call an operation without a method, so that nobody's call breaks.
            can_break = self._after.is_behind_method(name)
            note = f"in {_BEHIND}" if can_break else _HIDDEN
            for entry in self._signature(old[name], new[name]):
                is_harmless = entry.section is Section.BREAKING and not can_break
                section = Section.BEHAVIOUR if is_harmless else entry.section
                yield entry._replace(section=section, text=f"{entry.text} ({note})")


def added(written: str, parameter: Parameter, place: str, *, is_sent: bool) -> Entry:
    """Return the entry of a new argument or field."""
    is_needed = is_sent and parameter.is_required
    section, text = (Section.BREAKING, "is new and required") if is_needed else (Section.NEW, "is new")
    found = shown(parameter.type)
    return Entry(section, written, f"{text}: {code(found)}", "", found, place)


def required(written: str, place: str, *, is_required: bool) -> Entry:
    """Return the entry of an argument or field that is required now, or not any more."""
    if is_required:
        return Entry(Section.BREAKING, written, "is now required", "optional", "required", place)
    return Entry(Section.NEW, written, "is now optional", "required", "optional", place)


def _outermost(call: str, other: Surface) -> str:
    """Return the outermost resource around a call that the other surface does not have."""
    steps = call.split(".")
    resources = (".".join(steps[:length]) for length in range(2, len(steps)))
    return next((found for found in resources if not other.has_resource(found)), "")
