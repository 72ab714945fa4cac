"""The named schemas: the type of each, and the content of its module under ``models/``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

from generator import text, types
from generator.decoding import Source, decoding_lines, documented, reading_lines, variants_function
from generator.document import Node
from generator.naming import RESERVED_IN_MODELS, decoder_name, local_name, module_name
from generator.parsing import Parsed
from generator.problems import Problem, SpecError, below, pointer
from generator.spec import (
    JSON_MEDIA,
    body_of,
    branches_of,
    component_kind,
    component_of,
    component_schemas,
    distinct_kinds,
    kinds_of,
    mapping,
    nodes,
    operations,
    properties_of,
    property_name,
    referred,
    resolve,
    without_null,
)
from generator.spelling import description_of, method_names, spelled
from generator.types import BARE, IN_MODELS, Type

_FORMATS = {"date-time": types.MOMENT, "binary": types.FILE}
_KINDS = {"string": types.TEXT, "boolean": types.BOOLEAN, "integer": types.INTEGER, "number": types.NUMBER}


@dataclass(frozen=True)
class Field:
    """A field of a model."""

    name: str
    source: Source
    wire_name: str
    annotation: str
    default: str
    """The default of the constructor; empty if there is none."""
    documentation: str
    decoding: list[str]
    null_is_sent: bool
    """Whether None, passed to the constructor, is sent as null instead of being omitted."""
    secret: bool


@dataclass(frozen=True)
class ModelPage:
    """A module under ``models/``."""

    name: str
    module: str
    kind: str
    """``model``, ``enum``, ``union`` or ``alias``."""
    documentation: str
    fields: list[Field] = field(default_factory=list[Field])
    reading: list[str] = field(default_factory=list[str])
    """The lines of a model's decoder that read the fields."""
    imports: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The modules and functions that a model's decoder always needs."""
    helpers: list[str] = field(default_factory=list[str])
    values: list[str] = field(default_factory=list[str])
    """The values of an enum, as literals."""
    target: str = ""
    """The target of a union or an alias."""
    decoder: str = ""
    """The name of the function that decodes a model or a union."""

    @property
    def exports(self) -> list[str]:
        """The public names of the module."""
        return [self.name, *([self.decoder] if self.decoder else [])]


class Schemas:
    """Computes the types and the model modules of the component schemas."""

    def __init__(self, document: Node, parsed: Parsed) -> None:
        self.document = document
        self.parsed = parsed
        self.components = component_schemas(document)
        self._methods = method_names(document)
        json_bodies, multipart_bodies = self._bodies()
        answers = self._answers()
        # Schemas that are only sent: in these, null differs from absent.
        self._inputs = self._closure(json_bodies) - answers
        self._multipart_only = multipart_bodies - self._closure(json_bodies) - answers

    # --- which component is what --------------------------------------------------------------------------------------

    def kind(self, name: str) -> str:
        """Return what a component becomes: a model, an enum, a union, an alias, or no module of its own (``plain``)."""
        return component_kind(self.document, name)

    def pages(self) -> list[ModelPage]:
        """Compute every module under ``models/``."""
        makers = {"model": self._model, "enum": self._enum, "union": self._union, "alias": self._alias}
        return [
            makers[self.kind(name)](name)
            for name in sorted(self.components)
            if self.kind(name) in makers and name not in self._multipart_only
        ]

    def _bodies(self) -> tuple[set[str], set[str]]:
        """Return the schemas of JSON bodies and of multipart bodies."""
        json_bodies: set[str] = set()
        multipart_bodies: set[str] = set()
        for found in operations(self.document):
            body, _ = body_of(self.document, found.node, found.place)
            for media, value in mapping(body, "content").items():
                name = component_of(mapping(cast("Node", value), "schema")["$ref"])
                (json_bodies if media == JSON_MEDIA else multipart_bodies).add(name)
        return json_bodies, multipart_bodies

    def _answers(self) -> set[str]:
        components = mapping(self.document, "components")
        found = referred({"responses": mapping(components, "responses")})
        for operation in operations(self.document):
            found |= referred({"responses": mapping(operation.node, "responses")})
        return self._closure(found)

    def _closure(self, names: set[str]) -> set[str]:
        """Return the schemas that some schemas refer to, directly or not, and these themselves."""
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(referred(self.components[name]))
        return reached

    # --- types --------------------------------------------------------------------------------------------------------

    def type_of(self, node: Node, place: str, helper_name: str = "") -> Type:
        """Return the type of a schema; ``helper_name`` names the function a union needs, where one is possible."""
        if "$ref" in node:
            return self._named(component_of(node["$ref"]))
        if branches_of(node):
            return self._of_union(node, place, helper_name)
        kinds = kinds_of(node)
        found = self._of_kind(node, str(kinds[0]) if kinds else "", place)
        return replace(found, nullable=isinstance(node.get("type"), list) and "null" in node["type"])

    def _of_kind(self, node: Node, kind: str, place: str) -> Type:
        if kind == "array":
            return types.list_of(self.type_of(mapping(node, "items"), below(place, "items")))
        if kind == "object":
            values = mapping(node, "additionalProperties")
            at = below(place, "additionalProperties")
            return types.map_of(self.type_of(values, at)) if values else types.OBJECT
        if kind not in _KINDS:
            return types.ANYTHING
        if "const" in node:
            return types.constant(_KINDS[kind], text.value(node["const"]))
        return _FORMATS.get(str(node.get("format")), _KINDS[kind]) if kind == "string" else _KINDS[kind]

    def _named(self, name: str) -> Type:
        kind = self.kind(name)
        if kind == "plain":
            return self.type_of(self.components[name], pointer("components", "schemas", name))
        if kind == "alias":
            return types.alias(name, self._named(component_of(self.components[name]["$ref"])))
        if kind == "enum":
            return types.enum(name, _KINDS[self.components[name]["type"]])
        return types.model(name, decoder_name(name))

    def _of_union(self, node: Node, place: str, helper_name: str) -> Type:
        branches = branches_of(node)
        plain = without_null(branches)
        key = "anyOf" if "anyOf" in node else "oneOf"
        found = [self.type_of(branch, below(place, key, branches.index(branch))) for branch in plain]
        nullable = len(plain) != len(branches) or any(inner.nullable for inner in found)
        if len(found) == 1:
            return replace(found[0], nullable=nullable)
        if "x-eigenpal-variants" not in node:
            return replace(types.by_kind(found, distinct_kinds(self.document, plain, place)), nullable=nullable)
        if not helper_name:
            raise SpecError(
                [Problem(place, "a union of objects needs a name: move it to #/components/schemas and refer to it")]
            )
        returns = " | ".join(inner.annotation(IN_MODELS) for inner in found)
        variants = [(entry, self._named(str(entry["schema"]))) for entry in nodes(node, "x-eigenpal-variants")]
        helper = variants_function(helper_name, returns, variants)
        return replace(types.by_content(found, helper_name, helper), nullable=nullable)

    # --- texts --------------------------------------------------------------------------------------------------------

    def attribute_names(self, name: str) -> dict[str, str]:
        """Return the names of a model's attributes by wire name."""
        properties = properties_of(self.document, self.components[name], pointer("components", "schemas", name))
        return {
            wire_name: property_name(wire_name, schema, RESERVED_IN_MODELS) for wire_name, schema in properties.items()
        }

    def _spelled(self, name: str, about: str) -> str:
        """Replace the wire names of attributes and methods in a text with those a caller uses."""
        return spelled(about, {**self._methods, **self.attribute_names(name)})

    # --- pages --------------------------------------------------------------------------------------------------------

    def _page(self, name: str, **values: Any) -> ModelPage:
        node = self.components[name]
        indent = 0 if values["kind"] == "enum" else 4
        said = self._spelled(name, str(node.get("description") or name))
        about = text.prose(said, text.WIDTH - indent - 3)
        documentation = text.docstring([about], indent)
        return ModelPage(name=name, module=module_name(name), documentation=documentation, **values)

    def _enum(self, name: str) -> ModelPage:
        values = [text.value(value) for value in self.components[name]["enum"]]
        return self._page(name, kind="enum", values=values)

    def _alias(self, name: str) -> ModelPage:
        target = component_of(self.components[name]["$ref"])
        return self._page(name, kind="alias", target=types.IN_MODELS.models + target)

    def _union(self, name: str) -> ModelPage:
        decoder = decoder_name(name)
        found = self.type_of(self.components[name], pointer("components", "schemas", name), decoder)
        target = found.annotation(IN_MODELS)
        return self._page(
            name,
            kind="union",
            target=target,
            helpers=[documented(found.helper, f"Decode the matching variant: {found.annotation(BARE)}.")],
            decoder=decoder,
        )

    def _model(self, name: str) -> ModelPage:
        node, place = self.components[name], pointer("components", "schemas", name)
        required = self.parsed.required_properties(name)
        direct = self._direct(name)
        fields: list[Field] = []
        helpers: list[str] = []
        for wire_name, schema in mapping(node, "properties").items():
            at = below(place, "properties", wire_name)
            own_name = property_name(wire_name, schema, RESERVED_IN_MODELS)
            found = self.type_of(cast("Node", schema), at, f"_{own_name}_variant")
            decoder = f"_{decoder_name(direct[wire_name])}" if wire_name in direct else ""
            fields.append(
                self._field(name, own_name, wire_name, cast("Node", schema), found, wire_name in required, decoder)
            )
            if found.helper:
                helpers.append(found.helper)
        return self._page(
            name,
            kind="model",
            fields=fields,
            reading=reading_lines([found.source for found in fields]),
            imports=sorted({(module_name(model), decoder_name(model)) for model in direct.values()}),
            helpers=helpers,
            decoder=decoder_name(name),
        )

    def _direct(self, name: str) -> dict[str, str]:
        """Return the fields that always hold another model, and that model, whose decoder is imported directly.

        Looking up a function of the module is several times faster than a method of a class in a lazy package. Other
        models are loaded when a response contains them, as are those that refer back to this one.
        """
        found: dict[str, str] = {}
        required = self.parsed.required_properties(name)
        for wire_name, schema in mapping(self.components[name], "properties").items():
            node = cast("Node", schema)
            if wire_name in required and "$ref" in node:
                target = component_of(node["$ref"])
                while self.kind(target) == "alias":
                    target = component_of(self.components[target]["$ref"])
                if self.kind(target) == "model" and name not in self._closure({target}):
                    found[wire_name] = target
        return found

    def _field(
        self, model: str, name: str, wire_name: str, node: Node, found: Type, required: bool, decoder: str
    ) -> Field:
        # Absent and null differ only where the API accepts both.
        unset = not required and model in self._inputs and (found.nullable or found.is_anything)
        default = "" if required else "UNSET" if unset else "None"
        parts = [IN_MODELS.write(found.python)]
        if unset:
            parts.append("Unset")
        if (found.nullable or default == "None") and not found.is_anything:
            parts.append("None")
        described, _ = resolve(self.document, node, "")
        source = Source(local_name(name), wire_name, required, unset)
        about = self._spelled(model, description_of(self.document, node))
        if default == "None" and model not in self._inputs and "None" not in about:
            about = f"{about} None if the server did not send it.".strip()
        return Field(
            name=name,
            source=source,
            wire_name=text.literal(wire_name),
            annotation=" | ".join(parts),
            default=default,
            documentation=text.docstring([text.prose(about, text.WIDTH - 7)], 4) if about else "",
            decoding=decoding_lines(source, found, decoder),
            null_is_sent=required or unset,
            secret=described.get("format") == "password",
        )
