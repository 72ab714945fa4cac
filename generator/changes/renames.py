"""Recognizes calls under a new name by their method and path, and types by what holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from generator.changes.places import Places, identity
from generator.surface.values import Call, Model, Parameter, Surface

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ALIKE = 0.5
"""What part of the fields two models must share for one to be the other under a new name."""


def find_renamed_calls(old: Surface, new: Surface, before: Places, after: Places) -> dict[str, str]:
    """Return the new names of calls by their old ones; calls can also have swapped their names."""
    fresh = {
        identity(after.endpoints[name]): name for name in new.calls if name not in old.calls and name in after.endpoints
    }
    gone = [name for name in old.calls if name not in new.calls and name in before.endpoints]
    found = {name: fresh.get(identity(before.endpoints[name]), "") for name in gone}
    return {name: other for name, other in found.items() if other} | _find_swapped(before, after)


def _find_swapped(before: Places, after: Places) -> dict[str, str]:
    """Return the new names of calls that all have the former name of another one."""
    kept = [name for name in before.endpoints if name in after.endpoints]
    now = {identity(after.endpoints[name]): name for name in kept}
    moved = {name: now.get(identity(before.endpoints[name]), "") for name in kept}
    moved = {name: other for name, other in moved.items() if other != name}
    while not moved.keys() <= {*moved.values()}:  # something else has the former name of one
        moved = {name: other for name, other in moved.items() if name in moved.values()}
    return moved


def find_renamed_types(old: Surface, new: Surface, renamed_calls: Mapping[str, str]) -> dict[str, str]:
    """Return the new names of types by their old ones: those that a call or a field now holds in their place."""
    gone, fresh = _names(old) - _names(new), _names(new) - _names(old)
    renamed: dict[str, str] = {}
    calls = {name: new.calls.get(renamed_calls.get(name, name)) for name in sorted(old.calls)}
    waiting = [pair for name, call in calls.items() if call for pair in _call(old.calls[name], call)]
    waiting += [pair for name in sorted(_names(old) & _names(new)) for pair in _inside(old, name, new, name)]
    while waiting:
        before, after = waiting.pop()
        here = sorted({*_WORD.findall(before)} & gone), sorted({*_WORD.findall(after)} & fresh)
        for one, other in ((one, other) for one in here[0] for other in here[1]):
            if one in renamed or other in renamed.values() or not _is_alike(old, one, new, other):
                continue
            renamed[one] = other
            waiting += _inside(old, one, new, other)
    return renamed


def _names(surface: Surface) -> set[str]:
    return {*surface.models, *surface.aliases}


def _call(old: Call, new: Call) -> Iterator[tuple[str, str]]:
    yield old.returns, new.returns
    yield from _parameters(old.parameters, new.parameters)


def _parameters(old: tuple[Parameter, ...], new: tuple[Parameter, ...]) -> Iterator[tuple[str, str]]:
    after = {parameter.name: parameter.type for parameter in new}
    yield from ((parameter.type, after[parameter.name]) for parameter in old if parameter.name in after)


def _inside(old: Surface, one: str, new: Surface, other: str) -> list[tuple[str, str]]:
    if one in old.models and other in new.models:
        return [*_parameters(old.models[one].fields, new.models[other].fields)]
    return [(old.aliases[one], new.aliases[other])] if one in old.aliases and other in new.aliases else []


def _is_alike(old: Surface, one: str, new: Surface, other: str) -> bool:
    if one in old.models and other in new.models:
        before, after = (sorted(field.name for field in found.fields) for found in (old.models[one], new.models[other]))
        return SequenceMatcher(None, before, after).ratio() >= _ALIKE
    if one in old.aliases and other in new.aliases:
        return SequenceMatcher(None, old.aliases[one], new.aliases[other]).ratio() >= _ALIKE
    return False


def rename_types(surface: Surface, renamed: dict[str, str]) -> Surface:
    """Return a surface in which some types have their new names."""
    if not renamed:
        return surface

    def rename(written: str) -> str:
        return _WORD.sub(lambda word: renamed.get(word[0], word[0]), written)

    def change(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        return tuple(parameter._replace(type=rename(parameter.type)) for parameter in parameters)

    def calls(found: dict[str, Call]) -> dict[str, Call]:
        return {
            name: replace(call, parameters=change(call.parameters), returns=rename(call.returns))
            for name, call in found.items()
        }

    models: dict[str, Model] = {}
    for name, model in surface.models.items():
        models[renamed.get(name, name)] = replace(model, name=rename(name), fields=change(model.fields))
    return Surface(
        calls=calls(surface.calls),
        models=models,
        aliases={renamed.get(name, name): rename(written) for name, written in surface.aliases.items()},
        requests=calls(surface.requests),
    )
