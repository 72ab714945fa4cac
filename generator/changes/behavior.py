"""Compares what no signature shows: where and how requests are sent, and how their responses are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.changes.code import Code
from generator.changes.entries import Entry, Section
from generator.changes.markdown import code
from generator.changes.places import Endpoint, Places
from generator.changes.sides import Side
from generator.facts import Body, Operation, Parameter, Schema
from generator.naming import PATH_PARAMETER

_LOCATIONS = {
    "query": "the query parameter",
    "path": "the path parameter",
    "header": "the header",
    "cookie": "the cookie",
    "body": "the property",
}
_MANY = 4
"""How many operations move to other paths together."""
_BOUNDS = {"minimum": "at least", "maximum": "at most"}


@dataclass(frozen=True)
class Behavior:
    """Compares two sides; and the new names of calls and types by their old ones."""

    old: Side
    new: Side
    before: Places
    after: Places
    renamed: Mapping[str, str]

    def entries(self) -> Iterator[Entry]:
        """Compare the behavior of everything that both sides have."""
        yield from self._server()
        packages = Code(self.old.files), Code(self.new.files)
        prefixes = Counter(_find_prefixes(old, new) for _, old, new in self._calls())
        for name, old, new in self._calls():
            fixed = _listed(old.fixed) or "no fixed values", _listed(new.fixed) or "no fixed values"
            yield from _differs(self.after.shown(name), "always sends {}", *fixed, self.after.call(name))
            if packages[0].pieces(old.module) != packages[1].pieces(new.module):
                went, goes = _find_prefixes(old, new)
                yield from self._sending(name, old, new, is_one_of_many=went != goes and prefixes[went, goes] >= _MANY)
                yield from self._call(name, old, new)
        for name in self.before.models:
            yield from self._model(self.renamed.get(name, name), self.before.fields(name))

    def _calls(self) -> Iterator[tuple[str, Endpoint, Endpoint]]:
        """Yield the calls that both sides have, by their present name."""
        after = {**self.after.hidden, **self.after.endpoints}
        for name, old in {**self.before.hidden, **self.before.endpoints}.items():
            current = self.renamed.get(name, name)
            if current in after and not old.is_iterator:
                yield current, old, after[current]

    def _model(self, name: str, before: Mapping[str, tuple[str, Schema]]) -> Iterator[Entry]:
        after = self.after.fields(name)
        for field in before.keys() & after.keys():
            (old_wire, old), (new_wire, new) = before[field], after[field]
            written, place = f"types.{name}.{field}", self.after.field(name, field)
            yield from _differs(written, "is {} on the wire", code(old_wire), code(new_wire), place)
            if old.is_secret is not new.is_secret:
                text = f"is {_now(new.is_secret)} hidden in the representation of the model"
                yield Entry(Section.BEHAVIOUR, written, text, "", "", place)

    def _server(self) -> Iterator[Entry]:
        old, new = self.old.facts.server, self.new.facts.server
        if old == new:
            return
        has_servers = bool(self.new.facts.document.get("servers"))
        went, goes = code(old or ""), code(new or "")
        if new:
            formerly = f"formerly to {went}" if old else "formerly there was no default"
            text = f"requests, and the API key with them, go to {goes} by default, {formerly}"
        else:
            text = f"has no default any more, formerly {went}"
        place = self.new.locate("#/servers/0/url" if has_servers else "#")
        yield Entry(Section.BEHAVIOUR, "EigenpalClient(base_url=)", text, old or "", new or "", place)

    def _sending(self, name: str, old: Endpoint, new: Endpoint, *, is_one_of_many: bool) -> Iterator[Entry]:
        if _anonymous(old) == _anonymous(new):
            return
        text = f"is sent as {code(new.written)}, formerly {code(old.written)}"
        if is_one_of_many:
            went, goes = (code(f"{prefix}/...") for prefix in _find_prefixes(old, new))
            text = f"is sent to {goes}, formerly {went}"
        yield Entry(Section.BEHAVIOUR, self.after.shown(name), text, old.written, new.written, self.after.call(name))

    def _call(self, name: str, old: Endpoint, new: Endpoint) -> Iterator[Entry]:
        written, place = self.after.shown(name), self.after.call(name)
        one, other = old.operation, new.operation
        yield from _differs(written, "sends {}", _credential(one), _credential(other), place)
        if one.is_idempotent is not other.is_idempotent:
            text = f"is {_now(other.is_idempotent)} retried after a failure with an unknown outcome"
            yield Entry(Section.BEHAVIOUR, written, text, "", "", place)
        if one.marked("starts-run") is not other.marked("starts-run"):
            text = f"is {_now(other.marked('starts-run'))} handled as the start of a run"
            yield Entry(Section.BEHAVIOUR, written, text, "", "", place)
        if one.is_confidential is not other.is_confidential:
            text = f"{'no longer' if other.is_confidential else 'now'} quotes the response in errors"
            yield Entry(Section.BEHAVIOUR, written, text, "", "", place)
        yield from _differs(written, "asks for {}", code(one.accepted), code(other.accepted), place)
        if old.body and new.body:
            yield from _differs(written, "sends its body as {}", code(old.body.media), code(new.body.media), place)
            prefixes = _prefixed(old.body), _prefixed(new.body)
            yield from _differs(written, "names further parts of its body {}", *prefixes, place)
            if one.has_required_body is not other.has_required_body:
                text = "now always sends a body" if other.has_required_body else "can now be called without a body"
                yield Entry(Section.BEHAVIOUR, written, text, "", "", place)
        if one.pagination and other.pagination:
            differing = dict(one.pagination.items() ^ other.pagination.items())
            pages = [{key: found.pagination.get(key) for key in differing} for found in (one, other)]
            yield from _differs(written, "is paginated by {}", _listed(pages[0]), _listed(pages[1]), place)
        for argument in old.wire_names.keys() & new.wire_names.keys():
            here = self.after.shown(name, argument), self.after.argument(name, argument)
            if not old.in_path(argument) or not new.in_path(argument):
                where = _location(old, argument), _location(new, argument)
                yield from _differs(here[0], "is sent as {}", *where, here[1])
            if self._has_same_type(name, argument):  # otherwise, that it is written in another way goes without saying
                yield from _differs(here[0], "is written {}", _form(old, argument), _form(new, argument), here[1])
            yield from _differs(here[0], "must be {}", _bounds(old, argument), _bounds(new, argument), here[1])

    def _has_same_type(self, call: str, argument: str) -> bool:
        was = next((old for old, new in self.renamed.items() if new == call), call)
        types = [
            {parameter.name: parameter.type for parameter in calls[name].parameters} if name in calls else {}
            for calls, name in ((self.old.surface.calls, was), (self.new.surface.calls, call))
        ]
        return types[0].get(argument) == types[1].get(argument)


def _differs(name: str, text: str, old: str, new: str, place: str) -> Iterator[Entry]:
    if old != new:
        yield Entry(Section.BEHAVIOUR, name, f"{text.format(new)}, formerly {old}", old, new, place)


def _anonymous(found: Endpoint) -> tuple[str, str]:
    return found.operation.method, PATH_PARAMETER.sub("{}", found.operation.path)


def _find_prefixes(old: Endpoint, new: Endpoint) -> tuple[str, str]:
    """Return in what two paths differ if they only do at their beginning; otherwise twice the same."""
    one, other = (found.operation.path.split("/") for found in (old, new))
    if old.operation.method != new.operation.method or one[-1] != other[-1]:
        return "", ""
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return "/".join(one), "/".join(other)


def _credential(found: Operation) -> str:
    if found.credential is None:
        return "no API key"
    kind, name = found.credential
    if name:
        return f"the API key in the {'query parameter' if kind == 'query' else kind} {code(name)}"
    return "the API key as a bearer token" if kind == "bearer" else "the API key as basic authentication"


def _now(value: bool) -> str:
    return "now" if value else "no longer"


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {code(value)}" for key, value in values.items())


def _prefixed(body: Body) -> str:
    return "not at all" if body.part_prefix is None else f"{code(body.part_prefix)} and a name of the caller"


def _location(found: Endpoint, name: str) -> str:
    location, _, wire_name = found.wire_names[name].partition(" ")
    return f"{_LOCATIONS[location]} {code(wire_name)}"


def _form(found: Endpoint, name: str) -> str:
    described, details = found.arguments[name], list[str]()
    if isinstance(described, Parameter):
        if described.is_json:
            details.append("as JSON")
        elif described.schema.has_parts:
            details.append(f"in the style {described.style}")
            details.append("with a pair for each value" if described.explode else "with all values in one")
        details += ["as a timestamp"] if described.marked("timestamp") else []
        if found.in_path(name):
            details.append(f"with its slashes {'kept' if described.mark('slashes') == 'kept' else 'encoded'}")
        details += ["as the seconds that the timeout is extended by"] if described.marked("server-wait") else []
    elif found.body is not None:
        wire_name = found.wire_names[name].partition(" ")[2]
        details += [f"with the {key} {code(value)}" for key, value in found.body.encoding(wire_name).items()]
    return ", ".join(details) or "in the usual way"


def _bounds(found: Endpoint, name: str) -> str:
    described = found.arguments[name]
    schema = described.schema if isinstance(described, Parameter) else described
    bounds = {key: value for branch in [schema, *schema.branches] for key, value in branch.bounds.items()}
    return " and ".join(f"{_BOUNDS[key]} {bounds[key]}" for key in _BOUNDS if key in bounds) or "any number"
