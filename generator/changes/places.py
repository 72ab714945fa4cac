"""Finds where the document describes a call, an argument, a model or a field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.changes.sides import Side
from generator.facts import Body, Operation, Parameter, Schema
from generator.naming import RESERVED_IN_MODELS


@dataclass(frozen=True)
class Endpoint:
    """The operation behind a call, and the body that it sends."""

    operation: Operation
    body: Body | None
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

    @property
    def arguments(self) -> dict[str, Parameter | Schema]:
        """What describes the arguments of the call, by their name in Python."""
        found: dict[str, Parameter | Schema] = {}
        if self.body is not None:
            for wire_name, schema in self.body.schema.properties.items():
                found[schema.python_name(wire_name, self.body.reserved)] = schema
        return found | {parameter.name: parameter for parameter in self.operation.parameters}

    @property
    def wire_names(self) -> dict[str, str]:
        """The names and places of the arguments on the wire, by their name in Python."""
        body = self.body.schema.properties if self.body is not None else {}
        reserved = self.body.reserved if self.body is not None else frozenset[str]()
        found = {schema.python_name(name, reserved): f"body {name}" for name, schema in body.items()}
        return found | {one.name: f"{one.location} {one.wire_name}" for one in self.operation.parameters}


class Places:
    """The places of everything on one side."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self.endpoints: dict[str, Endpoint] = {}
        """By the name of the call, such as ``client.runs.get``."""
        self.hidden: dict[str, Endpoint] = {}
        """Those of operations without a method of their own, by the place of their endpoint, such as ``run``."""
        for found in side.facts.operations:
            (self.endpoints if found.has_method else self.hidden).update(_endpoints(found))
        self.models = {name: schema for name, schema in side.facts.schemas.items() if side.facts.kinds[name] != "plain"}
        """The named schemas that are types of their own."""
        self.resources = {".".join(["client", *naming.operation_steps(name)]): about for name, about in side.facts.tags}
        """The descriptions of resources."""

    def endpoint(self, call: str) -> Endpoint | None:
        """Return the endpoint behind a call, also behind one of `eigenpal/` itself."""
        return self.endpoints.get(call) or self.hidden.get(call.removeprefix("client."))

    def shown(self, name: str) -> str:
        """Return what a user calls an endpoint, which may be behind a call of `eigenpal/` itself."""
        own = f"client.{name}"
        return f"{own}()" if own in self._side.surface.calls else f"{name}()" if name in self.endpoints else name

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
        found = self._side.facts.schemas.get(model)
        properties = found.properties if found else {}
        return {schema.python_name(name, RESERVED_IN_MODELS): (name, schema) for name, schema in properties.items()}

    def field(self, model: str, name: str) -> str:
        """Return the place of a field."""
        found = self.fields(model).get(name)
        return self._locate(found[1].origin) if found else self.model(model)

    def _locate(self, origin: str) -> str:
        return self._side.locate(origin)


def _endpoints(found: Operation) -> Iterator[tuple[str, Endpoint]]:
    bodies = {body.media: body for body in found.bodies}
    own = next(iter(bodies.values()), None)
    if not found.has_method:
        place = ".".join(naming.operation_steps(found.identifier))
        yield place, Endpoint(found, own)
        for further, word in list(zip(found.bodies, naming.media_words(list(bodies)), strict=True))[1:]:
            yield f"{place}.{word}", Endpoint(found, further)
        return
    names = [(found.identifier, own)]
    for entry in found.further_methods:
        names.append((str(entry.node["operation"]), bodies.get(str(entry.node.get("media", "")), own)))
    for identifier, body in names:
        *steps, method = naming.operation_steps(identifier)
        yield ".".join(["client", *steps, method]), Endpoint(found, body)
        if found.pagination:
            iterator = ".".join(["client", *steps, naming.iterator_name(method)])
            yield iterator, Endpoint(found, body, is_iterator=True)


def identity(found: Endpoint) -> tuple[str, str, str, bool]:
    """Return what a call keeps under another name."""
    path = naming.PATH_PARAMETER.sub("{}", found.operation.path)
    return found.operation.method, path, found.body.media if found.body else "", found.is_iterator
