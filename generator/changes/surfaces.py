"""Two surfaces side by side, and what the comparisons of calls and of types share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from generator.changes.entries import Section
from generator.changes.markdown import code
from generator.changes.places import Places
from generator.surface.annotations import Relation, branches, is_literal, literal_value, relate, shown
from generator.surface.values import Parameter, Surface

_CLIENTS = ("client.", "async_client.")
_CALLBACK = re.compile(r"Callable\[\[.*?\]")


class Verbs(NamedTuple):
    """How to say that a type changed."""

    now: str
    also: str
    never: str


TAKES = Verbs("takes", "also takes", "no longer takes")
RETURNS = Verbs("returns", "also returns", "no longer returns")
YIELDS = Verbs("yields", "also yields", "no longer yields")
IS = Verbs("is", "can also be", "can no longer be")


@dataclass(frozen=True)
class Surfaces:
    """Two surfaces, and where the documents describe them."""

    old: Surface
    """The earlier one, in which types have the names that they have now."""
    new: Surface
    before: Places
    after: Places
    renamed_calls: Mapping[str, str]
    """The new names of calls by their old ones."""
    renamed_types: Mapping[str, str]
    """The new names of types by their old ones."""

    def relate(self, old: str, new: str) -> Relation:
        """Compare a type with an earlier one."""
        return relate(old, new, (self.old.aliases, self.new.aliases))

    def describe(self, verbs: Verbs, old: str, new: str) -> str:
        """Say what a type is now: only the values, where both have known ones."""
        before, after = branches(old, self.old.aliases), branches(new, self.new.aliases)
        if any(map(is_literal, before)) and any(map(is_literal, after)) and all(map(is_literal, before ^ after)):
            fresh, gone = (
                ", ".join(code(literal_value(one)) for one in sorted(values))
                for values in (after - before, before - after)
            )
            return " and ".join(
                [*([f"{verbs.also} {fresh}"] if fresh else []), *([f"{verbs.never} {gone}"] if gone else [])]
            )
        return f"{verbs.now} {code(shown(new))}, formerly {code(shown(old))}"

    def is_only_optional(self, old: Parameter, new: Parameter) -> bool:
        """Return whether two types differ in None at most, which goes without saying if one of them is optional."""
        return self.relate(f"{old.type} | None", f"{new.type} | None") is Relation.SAME

    @cached_property
    def _sent(self) -> set[str]:
        return reachable(self.old, is_sent=True) & reachable(self.new, is_sent=True)

    @cached_property
    def _answered(self) -> set[str]:
        return reachable(self.old, is_sent=False) & reachable(self.new, is_sent=False)

    def use(self, name: str) -> Use:
        """Return how a type is used on both sides; one that no call uses is read by people."""
        return Use(name in self._sent, name in self._answered or name not in self._sent)

    def comes_with_calls(self, name: str) -> bool:
        """Return whether a new type is used by new calls only."""
        used = reachable(self.new, is_sent=True) | reachable(self.new, is_sent=False)
        return name in used - self.used_by_both[1]

    @cached_property
    def used_by_both(self) -> tuple[set[str], set[str]]:
        """The types on either side that those calls use that both sides have."""
        return _used(self.old, self.new), _used(self.new, self.old)


@dataclass(frozen=True)
class Use:
    """How a type is used."""

    is_sent: bool
    is_answered: bool

    def section(self, relation: Relation) -> Section:
        """Return what a changed type means for users who make values of it, or read them, or both."""
        sections = {section_of_answer(relation)} if self.is_answered else set[Section]()
        sections |= {section_of_argument(relation)} if self.is_sent else set[Section]()
        return Section.BREAKING if Section.BREAKING in sections else Section.NEW


def section_of_argument(relation: Relation) -> Section:
    """Return what a changed type means for who passes a value of it."""
    return Section.NEW if relation in (Relation.WIDER, Relation.KNOWS_MORE) else Section.BREAKING


def section_of_answer(relation: Relation) -> Section:
    """Return what a changed type means for who gets a value of it; new known values are none to worry about."""
    return Section.NEW if relation in (Relation.NARROWER, Relation.KNOWS_MORE) else Section.BREAKING


def reachable(surface: Surface, *, is_sent: bool) -> set[str]:
    """Return the types that calls of the client take, or those that they return, with all that these are made of."""
    # The methods of `eigenpal/` itself take apart what the functions that they call take as models.
    calls = [call for name, call in surface.calls.items() if name.startswith(_CLIENTS)] + [*surface.requests.values()]
    names = {*surface.models, *surface.aliases}
    waiting = [call.returns for call in calls]
    if is_sent:  # what a callback is called with is not
        waiting = [_CALLBACK.sub("", parameter.type) for call in calls for parameter in call.parameters]
    reached: set[str] = set()
    while waiting:
        found = ({*re.findall(r"\w+", waiting.pop())} & names) - reached
        reached |= found
        waiting += [written for name in found for written in _inside(surface, name)]
    return reached


def _inside(surface: Surface, name: str) -> Iterator[str]:
    if name in surface.models:
        yield from (field.type for field in surface.models[name].fields)
    else:
        yield surface.aliases[name]


def _used(surface: Surface, other: Surface) -> set[str]:
    calls = {name: call for name, call in surface.calls.items() if name in other.calls}
    requests = {name: call for name, call in surface.requests.items() if name in other.requests}
    inner = replace(surface, calls=calls, requests=requests)
    return reachable(inner, is_sent=True) | reachable(inner, is_sent=False)
