"""Compares what is only read by people: descriptions and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.changes.entries import Entry, Section
from generator.changes.places import Endpoint, Places
from generator.facts import Described, Parameter, Schema

_DESCRIPTION = "the description changed"
_EXAMPLE = "the example changed"


def compare_texts(before: Places, after: Places, renamed: Mapping[str, str]) -> Iterator[Entry]:
    """Compare the texts of everything that both sides have, and find what is deprecated now.

    Args:
        before: Where the earlier document describes what.
        after: Where the present one does.
        renamed: The new names of calls and types by their old ones.
    """
    for name, old in {**before.endpoints, **before.hidden}.items():
        call = renamed.get(name, name)
        new = after.endpoint(call)
        if new is not None and not old.is_iterator:
            yield from _call(call, old, new, after)
    for name in before.models:
        model = renamed.get(name, name)
        if model in after.models:
            yield from _model(model, before.models[name], after.models[model], before.fields(name), after)
    for steps, about in before.resources.items():
        if steps in after.resources and after.resources[steps] != about:
            yield _text(steps, _DESCRIPTION, about, after.resources[steps], "")


def _call(name: str, old: Endpoint, new: Endpoint, places: Places) -> Iterator[Entry]:
    written, place = f"{name}()", places.call(name)
    one, other = old.operation, new.operation
    yield from _deprecated(written, one, other, place)
    if (one.summary, one.description) != (other.summary, other.description):
        yield _text(written, _DESCRIPTION, _said(one), _said(other), place)
    about = ["\n".join(answer.description for answer in found.answers) for found in (one, other)]
    if about[0] != about[1]:
        text = "the description of what it returns changed"
        yield _text(written, text, about[0], about[1], places.answer(name))
    if one.failures != other.failures:
        text = "the statuses of its documented errors changed"
        yield _text(written, text, ", ".join(one.failures), ", ".join(other.failures), place)
    before, after = old.arguments, new.arguments
    for argument in before:
        if argument in after:
            here = f"{name}({argument}=)", places.argument(name, argument)
            yield from _described(here[0], before[argument], after[argument], here[1])


def _model(
    name: str, old: Schema, new: Schema, fields: Mapping[str, tuple[str, Schema]], places: Places
) -> Iterator[Entry]:
    yield from _described(f"types.{name}", old, new, places.model(name))
    after = places.fields(name)
    for field, (_, schema) in fields.items():
        if field in after:
            yield from _described(f"types.{name}.{field}", schema, after[field][1], places.field(name, field))


def _described(name: str, old: Parameter | Schema, new: Parameter | Schema, place: str) -> Iterator[Entry]:
    yield from _deprecated(name, old, new, place)
    if old.description != new.description:
        yield _text(name, _DESCRIPTION, old.description, new.description, place)
    if old.examples[:1] != new.examples[:1]:
        yield _text(name, _EXAMPLE, _first(old.examples), _first(new.examples), place)


def _deprecated(name: str, old: Described, new: Described, place: str) -> Iterator[Entry]:
    if new.deprecated and not old.deprecated:
        yield Entry(Section.DEPRECATED, name, "is deprecated", "", new.description, place)
    elif old.deprecated and not new.deprecated:
        yield _text(name, "is no longer deprecated", old.description, new.description, place)


def _said(found: Described) -> str:
    return f"{found.summary}\n\n{found.description}".strip()


def _first(examples: list[Any]) -> str:
    return repr(examples[0]) if examples else ""


def _text(name: str, text: str, old: str, new: str, place: str) -> Entry:
    return Entry(Section.TEXTS, name, text, old, new, place)
