"""Compares what is only read by people: descriptions and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.changes.code import model_file
from generator.changes.entries import Entry, Section
from generator.changes.places import Endpoint, Places
from generator.changes.sides import Side
from generator.facts import Described, Parameter, Schema
from generator.text import WIDTH, prose

_DESCRIPTION = "the description changed"
_EXAMPLE = "the example changed"


class Texts:
    """Compares the texts of everything that both sides have, where the package shows them."""

    def __init__(self, old: Side, new: Side, before: Places, after: Places, renamed: Mapping[str, str]) -> None:
        """Take both sides.

        Args:
            old: The earlier side.
            new: The present one.
            before: Where the earlier document describes what.
            after: Where the present one does.
            renamed: The new names of calls and types by their old ones.
        """
        self._old, self._new, self._before, self._after, self._renamed = old, new, before, after, renamed

    def entries(self) -> Iterator[Entry]:
        """Compare the texts, and find what is deprecated now."""
        for name, old in {**self._before.endpoints, **self._before.hidden}.items():
            call = self._renamed.get(name, name)
            new = self._after.endpoint(call)
            if new is not None and not old.is_iterator:
                yield from self._call(name, call, old, new)
        for name, schema in self._before.models.items():
            model = self._renamed.get(name, name)
            if model in self._after.models:
                yield from self._model(name, model, schema, self._after.models[model])
        before, after = (
            {name: _shown(tag.description) for name, tag in places.resources.items()}
            for places in (self._before, self._after)
        )
        for name in before.keys() | after.keys():
            about = before.get(name, ""), after.get(name, "")
            if about[0] != about[1] and all(side.surface.has_resource(name) for side in (self._old, self._new)):
                place = self._after.resource(name) or self._before.resource(name)
                yield _text(name, _DESCRIPTION, about[0], about[1], place)

    def _call(self, name: str, call: str, old: Endpoint, new: Endpoint) -> Iterator[Entry]:
        written, place = self._after.shown(call), self._after.call(call)
        yield from _deprecated(written, old.operation, new.operation, place)
        before, after = old.arguments, new.arguments
        arguments = [
            (self._after.shown(call, argument), before[argument], after[argument], self._after.argument(call, argument))
            for argument in before
            if argument in after
        ]
        for argument in arguments:
            yield from _deprecated(*argument)
        one, other = (side.surface.calls.get(key) for side, key in ((self._old, name), (self._new, call)))
        if one is None or other is None or one.about == other.about:
            return
        if _said(old.described) != _said(new.described):
            yield _text(written, _DESCRIPTION, _said(old.described), _said(new.described), place)
        said, says = _answers(old), _answers(new)
        differing = [status for status in said if status in says and said[status] != says[status]]
        if differing:
            about = ["\n".join(found[status] for status in differing) for found in (said, says)]
            text = "the description of what it returns changed"
            yield _text(written, text, about[0], about[1], self._after.answer(call))
        failures = ", ".join(old.operation.failures), ", ".join(new.operation.failures)
        if failures[0] != failures[1]:
            yield _text(written, "the statuses of its documented errors changed", failures[0], failures[1], place)
        if old.body and new.body:
            examples = [[*body.examples, *body.schema.target.examples] for body in (old.body, new.body)]
            yield from _example(written, examples[0], examples[1], place)
        for name, earlier, present, where in arguments:
            yield from _described(name, earlier, present, where)
            yield from _example(name, earlier.examples, present.examples, where)

    def _model(self, name: str, model: str, old: Schema, new: Schema) -> Iterator[Entry]:
        fields, present = self._before.fields(name), self._after.fields(model)
        pairs = [(f"types.{model}", old, new, self._after.model(model))]
        for field in fields.keys() & present.keys():
            place = self._after.field(model, field)
            pairs.append((f"types.{model}.{field}", fields[field][1], present[field][1], place))
        is_shown = self._old.files.get(model_file(name)) != self._new.files.get(model_file(model))
        for pair in pairs:
            yield from _deprecated(*pair)
            yield from _described(*pair) if is_shown else ()


def _described(name: str, old: Parameter | Schema, new: Parameter | Schema, place: str) -> Iterator[Entry]:
    # A description of its own can also have been that of the schema it refers to.
    if _shown(old.description) != _shown(new.description) and _shown(old.about) != _shown(new.about):
        yield _text(name, _DESCRIPTION, old.about, new.about, place)


def _example(name: str, old: list[Any], new: list[Any], place: str) -> Iterator[Entry]:
    if old[:1] != new[:1]:
        yield _text(name, _EXAMPLE, _first(old), _first(new), place)


NO_LONGER_DEPRECATED = "is no longer deprecated"


def _deprecated(name: str, old: Described, new: Described, place: str) -> Iterator[Entry]:
    if new.deprecated and not old.deprecated:
        yield Entry(Section.DEPRECATED, name, "is deprecated", "", new.description, place)
    elif old.deprecated and not new.deprecated:
        yield _text(name, NO_LONGER_DEPRECATED, old.description, new.description, place)


def _answers(found: Endpoint) -> dict[str, str]:
    return {answer.status: _shown(answer.description) for answer in found.operation.answers}


def _shown(description: str) -> str:
    """Return a description as documentation shows it, where line breaks are others."""
    return prose(description, WIDTH)


def _said(found: Described) -> str:
    return _shown(f"{found.summary}\n\n{found.description}")


def _first(examples: list[Any]) -> str:
    return repr(examples[0]) if examples else ""


def _text(name: str, text: str, old: str, new: str, place: str) -> Entry:
    return Entry(Section.TEXTS, name, text, old, new, place)
