"""Runs openapi-python-client on the view of a document, and finds what it parsed by the names of the document."""

from __future__ import annotations

import re
from pathlib import Path

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.openapi import Endpoint, GeneratorData
from openapi_python_client.parser.properties import ModelProperty, Property as Property

from generator.facts import Facts
from generator.problems import Problem, SpecError
from generator.view import FIRST_STATUS, View

_KEY = re.compile(r"\b[so]\d+\b", re.IGNORECASE)


class Parsed:
    """A document as parsed by openapi-python-client.

    Raises:
        SpecError: openapi-python-client rejected something, or would have skipped something.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._view = View(facts)
        data = GeneratorData.from_dict(dict(self._view.document), config=_config())
        if isinstance(data, GeneratorError):
            raise SpecError([self._problem(data)])
        collections = data.endpoint_collections_by_tag.values()
        errors = [*data.errors, *(error for collection in collections for error in collection.parse_errors)]
        if errors:
            raise SpecError(self._problem(error) for error in errors)
        self._endpoints = {str(found.name): found for collection in collections for found in collection.endpoints}
        self._models = {str(found.class_info.name): found for found in data.models}
        self.schemas = {
            **{str(found.class_info.name): found for found in data.enums},
            **self._models,
        }
        """The models, boxes and enums by the name of their class."""
        self.names = {self._view.key(name): name for name in facts.schemas}
        """The names of the schemas by the name of their class."""

    def key(self, name: str) -> str:
        """Return the name of the class of a named schema."""
        return self._view.key(name)

    def fields(self, name: str) -> list[tuple[str, Property]]:
        """Return the properties of a model by wire name, in the order of the document."""
        wire_names = list(self._facts.schemas[name].properties)
        return [(wire_names[index], found) for index, found in _ordered(_properties(self._models[self.key(name)]), "f")]

    def branches(self, key: str) -> list[Property]:
        """Return what is in a box."""
        return [found for _, found in _ordered(_properties(self._models[key]), "b")]

    def parameters(self, operation: int) -> list[tuple[int, Property]]:
        """Return the parameters of an operation, by their position in the document."""
        return _ordered(self._endpoint(operation).query_parameters, "p")

    def bodies(self, operation: int) -> list[tuple[int, Property]]:
        """Return the bodies of an operation, by their position in the document."""
        found = self._endpoint(operation).bodies
        return [(int(re.sub(r"\D", "", body.content_type.get_untrusted_value())), body.prop) for body in found]

    def answers(self, operation: int) -> list[tuple[int, Property]]:
        """Return the success responses of an operation, by their position in the document."""
        found = self._endpoint(operation).responses.patterns
        return [
            (answer.status_code.range[0] - FIRST_STATUS, answer.prop) for answer in found if answer.status_code.range
        ]

    def _endpoint(self, operation: int) -> Endpoint:
        return self._endpoints[f"o{operation}"]

    def _problem(self, error: GeneratorError) -> Problem:
        data = error.data if isinstance(error, ParseError) else None
        reason = " ".join(f"{error.header} {error.detail or ''} {data or ''}".split())
        places = [self._view.places.get(key.capitalize()) or self._view.places.get(key) for key in _KEY.findall(reason)]
        place = next((place for place in places if place), "#")
        return Problem(place, f"openapi-python-client cannot parse this: {reason[:400]}", "openapi-python-client")


def _config() -> Config:
    return Config.from_sources(
        ConfigFile(literal_enums=True, use_path_prefixes_for_title_model_names=False, post_hooks=[]),
        meta_type=MetaType("none"),
        document_source=Path("view"),
        file_encoding="utf-8",
        overwrite=False,
        output_path=None,
    )


def _properties(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or []), *(model.optional_properties or [])]


def _ordered(properties: list[Property], letter: str) -> list[tuple[int, Property]]:
    """Return properties by the numbers in their keys, and in that order."""
    numbered = [(int(found.name.get_untrusted_value().removeprefix(letter)), found) for found in properties]
    return sorted(numbered, key=lambda pair: pair[0])
