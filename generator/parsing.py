"""Runs openapi-python-client, which resolves and types the spec; everything it would skip is an error here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, cast

from openapi_python_client import schema as oai
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.openapi import Endpoint, GeneratorData
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.strings import PythonIdentifier
from pydantic import ValidationError

from generator.document import Node
from generator.problems import Problem, SpecError, pointer
from generator.spec import (
    SCHEMAS,
    component_of,
    component_schemas,
    is_by_name,
    is_data,
    is_file,
    kinds_of,
    mapping,
    operations,
)

# How its messages name the part that it could not use.
_OPERATION = re.compile(r"parsing (?P<method>[A-Z]+) (?P<path>/\S*) within ")
_COMPONENT = re.compile(r"/components/(?P<kind>schemas|parameters)/(?P<name>[A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class Parsed:
    """The spec as parsed by openapi-python-client."""

    models: dict[str, ModelProperty]
    """By schema name."""
    endpoints: dict[str, Endpoint]
    """By operationId."""

    def required_properties(self, model: str) -> list[str]:
        """Return the wire names of a model's required properties."""
        found = self.models[model].required_properties or []
        return [str(required.name.get_untrusted_value()) for required in found]

    def path_parameters(self, operation_id: str) -> list[str]:
        """Return the wire names of the path parameters, in the order of the path."""
        return [str(found.name.get_untrusted_value()) for found in self.endpoints[operation_id].path_parameters]


def parse(document: Node) -> Parsed:
    """Parse a linted spec.

    Raises:
        SpecError: openapi-python-client rejected something, or would have skipped something.
    """
    settings = ConfigFile(
        literal_enums=True,
        use_path_prefixes_for_title_model_names=False,
        content_type_overrides=dict.fromkeys(_file_media(document), "application/octet-stream"),
        post_hooks=[],
    )
    config = Config.from_sources(
        settings,
        meta_type=MetaType("none"),
        document_source=Path("openapi.yaml"),
        file_encoding="utf-8",
        overwrite=False,
        output_path=None,
    )
    data = GeneratorData.from_dict(_prepared(document), config=config)
    if isinstance(data, GeneratorError):
        raise SpecError(_validation_problems(document, data))
    problems = [_problem(error) for error in data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        problems += [_problem(error) for error in collection.parse_errors]
    endpoints = {
        endpoint.name: endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    by_operation: dict[str, Endpoint] = {}
    for found in operations(document):
        identifier: str = found.node["operationId"]
        endpoint = endpoints.get(PythonIdentifier(identifier, prefix="operation_"))
        if endpoint is not None:
            by_operation[identifier] = endpoint
        elif not problems:
            problems.append(Problem(found.place, "openapi-python-client skipped this operation and gave no reason"))
    if problems:
        raise SpecError(problems)
    found_models = {str(model.name.get_untrusted_value()): model for model in data.models}
    paths = {name: f"/components/schemas/{name}" for name in component_schemas(document)}
    models = {name: found_models[path] for name, path in paths.items() if path in found_models}
    return Parsed(models=models, endpoints=by_operation)


def _file_media(document: Node) -> list[str]:
    answers = list(mapping(mapping(document, "components"), "responses").values())
    for found in operations(document):
        answers += mapping(found.node, "responses").values()
    return [media for answer in answers for media in mapping(answer, "content") if is_file(media)]


def _prepared(document: Node) -> Node:
    """Return a copy without what openapi-python-client interprets in its own way.

    It names classes after titles, so those of the spec are removed, and unnamed objects get one each because the names
    it generates may collide. It turns defaults into code, although they are never sent. It generates aliases twice.
    """
    numbers = count(1)

    def prepare(value: Any, *, by_name: bool) -> Any:
        if isinstance(value, list):
            return [prepare(item, by_name=False) for item in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return value
        node = cast("Node", value)
        if by_name:
            return {name: prepare(item, by_name=False) for name, item in node.items()}
        copy = {
            key: item if is_data(key) else prepare(item, by_name=is_by_name(key))
            for key, item in node.items()
            if key not in ("title", "default")
        }
        if str(copy.get("$ref", "")).startswith(SCHEMAS):
            copy["$ref"] = SCHEMAS + _unaliased(document, component_of(copy["$ref"]))
        if "object" in kinds_of(copy) and "properties" not in copy:
            copy["title"] = f"GeneratedObject{next(numbers)}"
        return copy

    copy = {**cast("Node", prepare(document, by_name=False)), "info": document.get("info")}
    schemas = mapping(mapping(copy, "components"), "schemas")
    for name in component_schemas(document):
        if _unaliased(document, name) != name:
            del schemas[name]
    return copy


def _unaliased(document: Node, name: str) -> str:
    schemas = component_schemas(document)
    while name in schemas and "$ref" in schemas[name]:
        name = component_of(schemas[name]["$ref"])
    return name


def _validation_problems(document: Node, failure: GeneratorError) -> list[Problem]:
    try:
        oai.OpenAPI.model_validate(document)
    except ValidationError as error:
        return [Problem(_place(document, found["loc"]), found["msg"]) for found in error.errors()]
    return [Problem("", f"{failure.header}: {failure.detail}")]


def _place(document: Node, location: tuple[int | str, ...]) -> str:
    """Convert pydantic's location, which also names the variants it tried, to a pointer into the spec."""
    steps: list[str | int] = []
    value: Any = document
    for step in location:
        if isinstance(value, dict) and step in value:
            value = cast("Node", value)[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast("list[Any]", value)):
            value = cast("list[Any]", value)[step]
        else:
            continue
        steps.append(step)
    return pointer(*steps)


def _problem(error: ParseError) -> Problem:
    reason = " ".join(" ".join((error.header or "", error.detail or "")).split())
    place = ""
    if operation := _OPERATION.search(reason):
        place = pointer("paths", operation["path"], operation["method"].lower())
    elif component := _COMPONENT.search(reason):
        place = pointer("components", component["kind"], component["name"])
    return Problem(place, reason or "openapi-python-client gave no reason")
