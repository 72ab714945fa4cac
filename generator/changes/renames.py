"""Recognizes models under a new name: those that a call or a field now holds in place of one that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from generator.surface.values import Call, Model, Parameter, Surface

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ALIKE = 0.5
"""What part of the fields two models must share for one to be the other under a new name."""


def find_renamed_types(old: Surface, new: Surface) -> dict[str, str]:
    """Return the new names of types by their old ones."""
    gone, fresh = _names(old) - _names(new), _names(new) - _names(old)
    renamed: dict[str, str] = {}
    waiting = [
        pair for name in sorted(old.calls.keys() & new.calls.keys()) for pair in _call(old.calls[name], new.calls[name])
    ]
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
