"""Finds where the document describes a call, an argument, a model or a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator import naming
from generator.changes.sides import Side
from generator.facts import Body, Described, Operation, Parameter, Schema
from generator.naming import RESERVED_IN_MODELS


@dataclass(frozen=True)
class Endpoint:
    """The operation behind a call, and the body that it sends."""

    operation: Operation
    body: Body | None
    described: Described
    """What has the summary and the description of the call."""
    fixed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The properties of the body that the call does not take as arguments, with their values."""
    is_iterator: bool = False

    @property
    def written(self) -> str:
        """The method and the path."""
        return f"{self.operation.method.upper()} {self.operation.path}"

    @property
    def module(self) -> str:
        """The module of the endpoint, in the package."""
        return f"{'/'.join(['api', *naming.operation_steps(self.operation.identifier)])}.py"

    def in_path(self, argument: str) -> bool:
        """Return whether an argument is a parameter of the path, whose name on the wire nobody sees."""
        return self.wire_names[argument].startswith("path ")

    @cached_property
    def arguments(self) -> dict[str, Parameter | Schema]:
        """What describes the arguments of the call, by their name in Python."""
        found = {name: schema for name, (_, schema) in self._properties.items()}
        return {**found, **{parameter.name: parameter for parameter in self.operation.parameters}}

    @cached_property
    def wire_names(self) -> dict[str, str]:
        """The names and places of the arguments on the wire, by their name in Python."""
        found = {name: f"body {wire_name}" for name, (wire_name, _) in self._properties.items()}
        return found | {one.name: f"{one.location} {one.wire_name}" for one in self.operation.parameters}

    @cached_property
    def _properties(self) -> dict[str, tuple[str, Schema]]:
        if self.body is None:
            return {}
        properties = {name: schema for name, schema in self.body.schema.properties.items() if name not in self.fixed}
        return {schema.python_name(name, self.body.reserved): (name, schema) for name, schema in properties.items()}


class Places:
    """The places of everything on one side."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self.endpoints: dict[str, Endpoint] = {}
        """By the name of the call, such as ``client.runs.get``."""
        self.hidden: dict[str, Endpoint] = {}
        """Those without a generated method, by their place, such as ``run``: `eigenpal/` may have a method instead."""
        self._by_hand = {name for name, call in side.surface.calls.items() if call.is_written_by_hand}
        for found in side.facts.operations:
            if found.has_method and f"client.{_place(found)}" not in self._by_hand:
                self.endpoints |= _methods(found)
            else:
                self.hidden |= _functions(found)
        self.models = {name: schema for name, schema in side.facts.schemas.items() if side.facts.kinds[name] != "plain"}
        """The named schemas that are types of their own."""
        self.resources = {".".join(["client", *naming.operation_steps(name)]): tag for name, tag in side.facts.tags}
        """What has the descriptions of resources."""

    def endpoint(self, call: str) -> Endpoint | None:
        """Return the endpoint behind a call, also behind one of `eigenpal/` itself."""
        return self.endpoints.get(call) or self.hidden.get(call.removeprefix("client."))

    def is_behind_method(self, name: str) -> bool:
        """Return whether `eigenpal/` itself has a method for an endpoint."""
        return name in self.hidden and f"client.{_place(self.hidden[name].operation)}" in self._by_hand

    def shown(self, name: str, argument: str = "") -> str:
        """Return what a user calls an endpoint, or an argument of it."""
        if self.is_behind_method(name):
            name = f"client.{_place(self.hidden[name].operation)}"
        elif name in self.hidden and not argument:
            return name
        return f"{name}({f'{argument}=' if argument else ''})"

    def resource(self, name: str) -> str:
        """Return the place of the description of a resource."""
        return self._locate(self.resources[name].origin) if name in self.resources else ""

    def call(self, name: str) -> str:
        """Return the place of a call."""
        found = self.endpoint(name)
        return self._locate(found.operation.origin) if found else ""

    def argument(self, call: str, name: str) -> str:
        """Return the place of an argument of a call."""
        found = self.endpoint(call)
        described = found.arguments.get(name) if found else None
        return self._locate(described.origin) if described else self.call(call)

    def answer(self, call: str) -> str:
        """Return the place of what a call returns."""
        found = self.endpoint(call)
        answers = found.operation.answers if found else []
        return self._locate(answers[0].origin) if answers else self.call(call)

    def model(self, name: str) -> str:
        """Return the place of a named schema."""
        found = self._side.facts.schemas.get(name)
        return self._locate(found.origin) if found else ""

    def fields(self, model: str) -> dict[str, tuple[str, Schema]]:
        """Return the wire names and the schemas of a model's fields, by their name in Python."""
        # Those of a union are told where its branches are.
        is_model = self._side.facts.kinds.get(model) == "model"
        properties = self._side.facts.schemas[model].properties if is_model else {}
        return {schema.python_name(name, RESERVED_IN_MODELS): (name, schema) for name, schema in properties.items()}

    def field(self, model: str, name: str) -> str:
        """Return the place of a field."""
        found = self.fields(model).get(name)
        return self._locate(found[1].origin) if found else self.model(model)

    def _locate(self, origin: str) -> str:
        return self._side.locate(origin)


def _place(found: Operation) -> str:
    return ".".join(naming.operation_steps(found.identifier))


def _functions(found: Operation) -> dict[str, Endpoint]:
    """Return the endpoints of an operation without a method, one for each media type, by their place."""
    words = naming.media_words([body.media for body in found.bodies])
    further = {f"{_place(found)}.{word}": body for word, body in list(zip(words, found.bodies, strict=True))[1:]}
    bodies = {_place(found): next(iter(found.bodies), None), **further}
    return {place: Endpoint(found, body, found) for place, body in bodies.items()}


def _methods(found: Operation) -> dict[str, Endpoint]:
    """Return the endpoints of an operation by the calls of the client tree."""
    bodies = {body.media: body for body in found.bodies}
    own = next(iter(bodies.values()), None)
    endpoints = {found.identifier: Endpoint(found, own, found)}
    for method in found.further_methods:
        described = method if method.is_described else found
        endpoints[method.identifier] = Endpoint(found, bodies.get(method.media, own), described, method.fixed)
    calls: dict[str, Endpoint] = {}
    for identifier, endpoint in endpoints.items():
        *steps, name = naming.operation_steps(identifier)
        calls[".".join(["client", *steps, name])] = endpoint
        if found.pagination:
            calls[".".join(["client", *steps, naming.iterator_name(name)])] = replace(endpoint, is_iterator=True)
    return calls


def identity(found: Endpoint) -> tuple[str, str, str, bool]:
    """Return what a call keeps under another name."""
    path = naming.PATH_PARAMETER.sub("{}", found.operation.path)
    return found.operation.method, path, found.body.media if found.body else "", found.is_iterator
