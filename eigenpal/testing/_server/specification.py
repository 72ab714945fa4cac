"""Parses the OpenAPI document into operations, with references resolved."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, cast

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}

_DEFINITIONS = "#/$defs/"

_ANNOTATIONS = {"description", "summary", "title", "examples", "example", "deprecated", "default", "contentMediaType"}


class Credential(NamedTuple):
    """How an operation expects the API key."""

    kind: str
    """``bearer``, ``basic``, ``header``, ``query`` or ``cookie``."""
    name: str = ""
    """The name of the header, query parameter or cookie."""


@dataclass(frozen=True)
class ParameterSpec:
    """A parameter of an operation, outside its body."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]
    separator: str | None
    """What is between the items of an array; None if each is sent by itself."""
    is_json: bool
    """Whether the value is JSON text."""
    is_pairs: bool
    """Whether each property of an object is sent by itself."""
    takes_any_name: bool
    """Whether these properties can have any name."""
    has_equals: bool
    """Whether name and value of a property are joined by an equals sign, otherwise by the separator."""
    keeps_slashes: bool

    def has(self, name: str) -> bool:
        """Return whether a query parameter of this name is, or belongs to, this parameter."""
        if not self.is_pairs:
            return name == self.name
        return name.startswith(f"{self.name}[") or name in self.schema.get("properties", {})


@dataclass(frozen=True)
class MediaTypeSpec:
    """A media type of a body or a response."""

    schema: Mapping[str, Any]
    declared: Mapping[str, Any] = field(default_factory=lambda: dict[str, Any]())
    """The schema as it is in the document."""
    part_prefix: str | None = None
    """Prefix of the names of undeclared file parts; None if there are none."""
    examples: tuple[Any, ...] = ()
    """The examples of the media type, then those of its schema."""


@dataclass(frozen=True)
class OperationSpec:
    """An operation."""

    id: str
    method: str
    path: str
    parameters: tuple[ParameterSpec, ...]
    body: Mapping[str, MediaTypeSpec]
    body_required: bool
    responses: Mapping[str, Mapping[str, MediaTypeSpec]]
    credential: Credential | None = None
    """None if it needs no API key."""
    secret_names: frozenset[str] = field(default_factory=lambda: frozenset[str]())
    """Properties of the JSON body that contain secrets, at any depth."""
    starts_run: bool = False
    pagination: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    """How its response is a page, see ``x-eigenpal-pagination`` in the overlay; empty if it is not."""

    @property
    def successes(self) -> Mapping[str, Mapping[str, MediaTypeSpec]]:
        """The responses that are successes, by status."""
        found = {status: media for status, media in self.responses.items() if status.startswith("2")}
        return found or {status: media for status, media in self.responses.items() if status == "default"}

    def parameter(self, location: str, name: str) -> ParameterSpec | None:
        """Return a parameter by location and name, or None."""
        return next(
            (parameter for parameter in self.parameters if parameter.location == location and parameter.name == name),
            None,
        )


class Specification:
    """A parsed OpenAPI document.

    Args:
        document: The document, decoded from JSON.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._recursive: dict[str, bool] = {}
        self._references: dict[str, set[str]] = {}
        self.version: str = str(document["info"]["version"])
        self.default_credential: Credential | None = self._credential(document.get("security"))
        """How operations expect the API key unless they say otherwise."""
        self.operations: dict[str, OperationSpec] = {}
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = self._operation(path, method, item[method], item.get("parameters", []))
                    self.operations[operation.id] = operation

    def resolve(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the target of a reference, or the value itself."""
        while "$ref" in value:
            place: Any = self.document
            for step in str(value["$ref"]).removeprefix("#/").split("/"):
                place = place[step.replace("~1", "/").replace("~0", "~")]
            value = place
        return value

    def inline(self, schema: Mapping[str, Any], *, forbid_extra: bool = False) -> dict[str, Any]:
        """Return a self-contained schema: references inlined (recursive ones in ``$defs``), annotations dropped.

        Args:
            schema: A schema of the document.
            forbid_extra: Whether objects without ``additionalProperties`` forbid further properties. Responses must
                be fully described, while requests may contain more.
        """
        recursive: dict[str, Any] = {}
        result: dict[str, Any] = self._inline_value(schema, recursive, forbid_extra)
        if result.keys() == {"$ref"}:
            result = recursive[str(result["$ref"]).removeprefix(_DEFINITIONS)]
        return {**result, "$defs": recursive} if recursive else result

    def _inline_value(self, schema: Any, recursive: dict[str, Any], forbid_extra: bool) -> Any:
        if isinstance(schema, list):
            return [self._inline_value(item, recursive, forbid_extra) for item in cast("list[Any]", schema)]
        if not isinstance(schema, dict):
            return schema
        mapping = cast("dict[str, Any]", schema)
        if "$ref" in mapping:
            reference = str(mapping["$ref"])
            if not self._is_recursive(reference):
                return self._inline_value(self.resolve(mapping), recursive, forbid_extra)
            name = re.sub("[/~%]", ".", reference.removeprefix("#/components/schemas/"))
            if name not in recursive:
                recursive[name] = {}
                recursive[name] = self._inline_value(self.resolve(mapping), recursive, forbid_extra)
            return {"$ref": f"{_DEFINITIONS}{name}"}
        result: dict[str, Any] = {}
        for key, value in mapping.items():
            if key in _ANNOTATIONS or key.startswith("x-"):
                continue
            if key == "properties":
                result[key] = {
                    name: self._inline_value(value_schema, recursive, forbid_extra)
                    for name, value_schema in value.items()
                }
            elif key in ("enum", "const"):
                result[key] = value
            else:
                # Each part of an allOf describes some of the properties, so only the whole can forbid others.
                inner = forbid_extra and key != "allOf"
                result[key] = self._inline_value(value, recursive, inner)
        if forbid_extra and "allOf" in result:
            result.setdefault("unevaluatedProperties", False)
        elif forbid_extra and "properties" in result:
            # What is required but not described may hold anything.
            undescribed: dict[str, Any] = {name: {} for name in result.get("required", ())}
            result["properties"] = {**undescribed, **result["properties"]}
            result.setdefault("additionalProperties", False)
        return result

    def _is_recursive(self, reference: str) -> bool:
        """Return whether the target of a reference leads back to it."""
        if reference not in self._recursive:
            reached: set[str] = set()
            waiting = [reference]
            while waiting:
                for inner in self._list_references(waiting.pop()) - reached:
                    reached.add(inner)
                    waiting.append(inner)
            self._recursive[reference] = reference in reached
        return self._recursive[reference]

    def _list_references(self, reference: str) -> set[str]:
        if reference not in self._references:
            self._references[reference] = _find_references(self.resolve({"$ref": reference}))
        return self._references[reference]

    def _operation(self, path: str, method: str, raw: Mapping[str, Any], shared: list[Any]) -> OperationSpec:
        parameters = tuple(self._parameter(self.resolve(value)) for value in [*shared, *raw.get("parameters", [])])
        body = self.resolve(raw.get("requestBody", {}))
        media = {
            plain_media_type(name): self._media(media_type) for name, media_type in body.get("content", {}).items()
        }
        responses = {
            str(status): {
                plain_media_type(name): self._media(media_type, forbid_extra=True)
                for name, media_type in self.resolve(response).get("content", {}).items()
            }
            for status, response in raw["responses"].items()
        }
        return OperationSpec(
            id=str(raw["operationId"]),
            method=method.upper(),
            path=path,
            parameters=parameters,
            body=media,
            body_required=bool(body.get("required", False)),
            responses=responses,
            credential=self._credential(raw["security"]) if "security" in raw else self.default_credential,
            secret_names=frozenset(name for media_type in media.values() for name in _secret_names(media_type.schema)),
            starts_run=bool(raw.get("x-eigenpal-starts-run", False)),
            pagination=raw.get("x-eigenpal-pagination", {}),
        )

    def _credential(self, security: list[Mapping[str, Any]] | None) -> Credential | None:
        if security is None:
            return Credential("bearer")
        for name in [name for requirement in security for name in requirement]:
            scheme = self.document["components"]["securitySchemes"][name]
            if scheme["type"] == "apiKey":
                return Credential(scheme["in"], scheme["name"])
            return Credential("basic" if str(scheme.get("scheme")).lower() == "basic" else "bearer")
        return None

    def _parameter(self, raw: Mapping[str, Any]) -> ParameterSpec:
        location = str(raw["in"])
        content = next(iter(raw.get("content", {}).values()), None)
        schema = self.inline((raw if content is None else content).get("schema", {}))
        style = raw.get("style", "form" if location in ("query", "cookie") else "simple")
        explode = raw.get("explode", style == "form")
        is_pairs = content is None and explode and style != "simple" and "object" in json_types(schema)
        further = schema.get("additionalProperties", "properties" not in schema)
        return ParameterSpec(
            name=str(raw["name"]),
            location=location,
            required=bool(raw.get("required", False)),
            schema=schema,
            separator=None if explode and style != "simple" else _SEPARATORS.get(style),
            is_json=content is not None,
            is_pairs=is_pairs,
            takes_any_name=is_pairs and style == "form" and further is not False,
            has_equals=style == "simple" and explode,
            keeps_slashes=raw.get("x-eigenpal-slashes") == "kept",
        )

    def _media(self, raw: Mapping[str, Any], *, forbid_extra: bool = False) -> MediaTypeSpec:
        declared = self.resolve(raw.get("schema", {}))
        named: Mapping[str, Mapping[str, Any]] = raw.get("examples", {})
        examples = [raw.get("example"), *(self.resolve(example).get("value") for example in named.values())]
        examples += [*declared.get("examples", ()), declared.get("example")]
        prefix = declared.get("x-eigenpal-part-prefix")
        if prefix is None:
            extra = declared.get("additionalProperties")
            if isinstance(extra, dict):
                prefix = cast("dict[str, Any]", extra).get("x-eigenpal-part-prefix")
        return MediaTypeSpec(
            schema=self.inline(raw.get("schema", {}), forbid_extra=forbid_extra),
            declared=raw.get("schema", {}),
            part_prefix=prefix,
            examples=tuple(example for example in examples if example is not None),
        )


def plain_media_type(text: str) -> str:
    """Return a media type in lower case, without parameters."""
    return text.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Return whether a media type, without parameters, is JSON or a flavour of it."""
    return media_type == "application/json" or media_type.endswith("+json")


def find_media(described: Mapping[str, MediaTypeSpec], media_type: str) -> MediaTypeSpec | None:
    """Return what describes a media type, which may be a range such as ``image/*``; None if nothing does."""
    names = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((described[name] for name in names if name in described), None)


def json_types(schema: Mapping[str, Any]) -> set[str]:
    """Return the types of the values that an inlined schema allows, as far as it says."""
    declared = schema.get("type", [])
    found = set(cast("list[str]", [declared] if isinstance(declared, str) else declared))
    return found.union(*(json_types(branch) for key in ("anyOf", "oneOf") for branch in schema.get(key, [])))


def _find_references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set[str]().union(*(_find_references(item) for item in cast("list[Any]", schema)))
    if not isinstance(schema, dict):
        return set()
    mapping = cast("dict[str, Any]", schema)
    reference: object = mapping.get("$ref")
    found = {reference} if isinstance(reference, str) else set[str]()
    for key, value in mapping.items():
        if key == "properties":
            found = found.union(*(_find_references(inner) for inner in value.values()))
        elif key not in (*_ANNOTATIONS, "enum", "const"):
            found |= _find_references(value)
    return found


def _secret_names(schema: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        mapping = cast("dict[str, Any]", schema)
        for name, property_schema in cast("dict[str, Any]", mapping.get("properties") or {}).items():
            if (
                isinstance(property_schema, dict)
                and cast("dict[str, Any]", property_schema).get("format") == "password"
            ):
                found.add(name)
        for value in mapping.values():
            found |= _secret_names(value)
    elif isinstance(schema, list):
        for value in cast("list[Any]", schema):
            found |= _secret_names(value)
    return found


@functools.lru_cache(maxsize=8)
def _parse(text: str) -> Specification:
    return Specification(json.loads(text))


def load_specification(path: str | Path | None = None) -> Specification:
    """Return the parsed document of this package, or another one; servers of a process share it.

    Args:
        path: The ``openapi.json`` of another generated package. Defaults to that of this one.

    Returns:
        The parsed document.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not the ``openapi.json`` of a generated package.
    """
    if path is None:
        return _parse(resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8"))
    try:
        return _parse(Path(path).read_text(encoding="utf-8"))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"specification must be the openapi.json of a generated package; {path} is not") from error
