"""Holds openapi/openapi.yaml against the facts about the API in tests/contract.

Both are reduced to an outline: a flat mapping from a place ("GET /api/v1/runs / query limit / required") to what holds
there. Two outlines are compared key by key, so whatever one of them has and the other has not is a difference.

What the spec leaves out of the facts on purpose:

- Schemas that no operation sends or answers with: those of the client side, those that are likely but not promised, and
  the answers an older revision gave on endpoints that exist today.
- Parameters of that older revision on endpoints that exist today (marked `legacy` in the facts).
- `closed`, where it is about an answer. A reader must not trip over properties it does not know, so only a body that is
  sent, and nothing else, may refuse them.
- `idempotent` of PATCH. A client may repeat all of them here, because each sets what it names; of POST it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "openapi" / "openapi.yaml"
CONTRACT = ROOT / "tests" / "contract"

Node: TypeAlias = dict[str, Any]
Outline: TypeAlias = dict[str, object]

METHODS = ("get", "put", "post", "patch", "delete")
MULTIPART = "multipart/form-data"


class LoaderWithoutDuplicates(yaml.SafeLoader):
    """Refuses a mapping that has a key twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if keys.count(key.value) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key.value!r}", key.start_mark)
        return super().construct_mapping(node, deep)


def load_yaml(text: str) -> Any:
    return yaml.load(text, Loader=LoaderWithoutDuplicates)


def load_spec() -> Node:
    spec: Node = load_yaml(SPEC.read_text(encoding="utf-8"))
    return spec


@dataclass(frozen=True)
class Facts:
    operations: list[Node]
    schemas: dict[str, Node]

    @cached_property
    def outline(self) -> Outline:
        return outline_of_facts(self)

    def sent(self) -> set[str]:
        """Names of the schemas that request bodies are made of."""
        return self._with_all_inside({body["schema_ref"] for row in self.operations for body in row["request_bodies"]})

    def received(self) -> set[str]:
        """Names of the schemas that answers are made of, errors included."""
        rows = self.operations
        answers = [answer for row in rows for answer in [*row["responses"].values(), *row["errors"].values()]]
        return self._with_all_inside({answer["schema_ref"] for answer in answers if "schema_ref" in answer})

    def _with_all_inside(self, names: set[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                text = json.dumps(self.schemas[name])
                waiting += re.findall(r"ref:(\w+)", text) + re.findall(r'"schema_ref": "(\w+)"', text)
        return found


def load_facts() -> Facts:
    def load(name: str) -> Any:
        return json.loads((CONTRACT / f"{name}.json").read_text(encoding="utf-8"))

    return Facts(operations=load("operations"), schemas=load("schemas"))


def differences(spec: Node, facts: Facts) -> list[str]:
    """Say, one line each, where the spec and the facts disagree."""
    said, known = outline_of_spec(spec), facts.outline
    lines: list[str] = []
    for place in sorted({*said, *known}):
        if place not in said:
            lines.append(f"{place}: missing from the spec; the facts say {known[place]!r}")
        elif place not in known:
            lines.append(f"{place}: not in the facts; the spec says {said[place]!r}")
        elif said[place] != known[place]:
            lines.append(f"{place}: {known[place]!r} in the facts, {said[place]!r} in the spec")
    return lines


# --- the facts --------------------------------------------------------------------------------------------------------


def outline_of_facts(facts: Facts) -> Outline:
    outline: Outline = {}
    for row in facts.operations:
        _outline_known_operation(outline, row)
    sent, received = facts.sent(), facts.received()
    for name in sorted(sent | received):
        _outline_known_schema(outline, name, facts.schemas, refuses_others=name not in received)
    return outline


def camel_case(sdk_path: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), sdk_path)


def _outline_known_operation(outline: Outline, row: Node) -> None:
    place = f"{row['method']} {row['path']}"
    outline[place] = camel_case(row["sdk_path"])
    outline[f"{place} / deprecated"] = row["deprecated"]
    outline[f"{place} / methods beside it"] = sorted(camel_case(path) for path in row.get("also_sdk_paths", []))
    if row["method"] == "POST":
        outline[f"{place} / repeatable"] = row["idempotent"]
    if row["paginated"]:
        outline[f"{place} / pages"] = {
            re.sub("_(field|param)$", "", key): value for key, value in row["paginated"].items()
        }
    for location, key in (("path", "path_params"), ("query", "query_params"), ("header", "headers")):
        for parameter in row[key]:
            if not parameter.get("legacy"):
                _outline_known_parameter(outline, f"{place} / {location} {parameter['name']}", parameter)
    for body in row["request_bodies"]:
        outline[f"{place} / body {body['content_type']}"] = f"ref:{body['schema_ref']}"
    for status, answer in [*row["responses"].items(), *row["errors"].items()]:
        if answer.get("body") == "empty":
            outline[f"{place} / answer {status}"] = "empty"
        else:
            body = f"ref:{answer['schema_ref']}" if "schema_ref" in answer else answer["body"]
            outline[f"{place} / answer {status} {answer['content_type']}"] = body


def _outline_known_parameter(outline: Outline, place: str, parameter: Node) -> None:
    outline[place] = parameter["type"]
    outline[f"{place} / required"] = parameter["required"]
    values = parameter.get("enum") or parameter.get("known_values")
    if parameter.get("tokens_complete"):
        values = parameter["tokens"]
    elif "tokens" in parameter:
        outline[f"{place} / values known so far"] = sorted(parameter["tokens"])
    if values:
        outline[f"{place} / values"] = sorted(values)
    if parameter["type"] == "integer":
        outline[f"{place} / minimum"] = 0
    for key, said in (("max", "maximum"), ("default", "default"), ("null_wire_value", "null is sent as")):
        if key in parameter:
            outline[f"{place} / {said}"] = parameter[key]
    if parameter.get("list_style") == "comma":
        outline[f"{place} / list"] = "comma"
    if parameter.get("slashes") == "kept":
        outline[f"{place} / slashes"] = "kept"
    if parameter.get("moment"):
        outline[f"{place} / moment"] = True
    if parameter.get("unit") == "seconds":
        outline[f"{place} / the server waits that many seconds"] = True


def _outline_known_schema(outline: Outline, name: str, schemas: Mapping[str, Node], *, refuses_others: bool) -> None:
    schema, place = schemas[name], f"schema {name}"
    if schema["kind"] == "enum":
        return  # compared wherever it is used, because most enums have no name of their own in the facts
    outline[place] = schema["kind"]
    if schema["kind"] == "alias":
        outline[f"{place} / of"] = schema["type"]
    elif schema["kind"] == "union":
        outline[f"{place} / of"] = sorted(schema["variants"])
    elif schema["kind"] == "multipart":
        for part in schema["parts"]:
            outline[f"{place} / part {part['part']}"] = part["encoding"]
            if not part.get("pattern"):
                outline[f"{place} / part {part['part']} / required"] = part["required"]
            if "schema_ref" in part:
                outline[f"{place} / part {part['part']} / of"] = f"ref:{part['schema_ref']}"
    else:
        others = {"open": "expected", "closed": "refused" if refuses_others else "unspecified"}
        outline[f"{place} / other properties"] = others.get(schema["additional_properties"], "unspecified")
        for field in schema["fields"]:
            _outline_known_property(outline, f"{place}.{field['wire']}", field, schemas)


def _outline_known_property(outline: Outline, place: str, field: Node, schemas: Mapping[str, Node]) -> None:
    kind, values = field["type"], field.get("enum")
    name = kind.removeprefix("ref:")
    if name in schemas and schemas[name]["kind"] == "enum":
        kind, values = schemas[name]["type"], schemas[name]["values"]
    outline[place] = _sorted_union(kind)
    outline[f"{place} / required"] = field["required"]
    outline[f"{place} / nullable"] = field["nullable"]
    if values:
        outline[f"{place} / values"] = sorted(values)
    if "const" in field:
        outline[f"{place} / always"] = field["const"]
    if kind == "integer" and "const" not in field:
        outline[f"{place} / minimum"] = 0


def _sorted_union(kind: str) -> str:
    def in_order(match: re.Match[str]) -> str:
        return f"union[{', '.join(sorted(match[1].split(', ')))}]"

    return re.sub(r"union\[([^]]*)]", in_order, kind)


# --- the spec ---------------------------------------------------------------------------------------------------------


def component_name(reference: str) -> str:
    return reference.rpartition("/")[2]


def resolve(spec: Node, node: Node) -> Node:
    """Follow the references of a node until there is none."""
    while "$ref" in node:
        target: Any = spec
        for step in node["$ref"].removeprefix("#/").split("/"):
            if step not in target:
                raise ValueError(f"{node['$ref']} points nowhere")
            target = target[step]
        node = target
    return node


def operations(spec: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield every operation with its method, in capitals, and its path."""
    for path, item in spec["paths"].items():
        for method in item:
            if method not in METHODS:
                raise ValueError(f"{path} has {method!r}, which is not a method the facts could know")
            yield method.upper(), path, item[method]


def parameters(spec: Node, operation: Node) -> Iterator[Node]:
    for parameter in operation.get("parameters", []):
        yield resolve(spec, parameter)


def outline_of_spec(spec: Node) -> Outline:
    return _SpecOutline(spec).outline


class _SpecOutline:
    """The outline of a spec, collected while walking over it."""

    def __init__(self, spec: Node) -> None:
        self.spec = spec
        self.schemas: dict[str, Node] = spec["components"]["schemas"]
        self.outline: Outline = {}
        self.json_parts: dict[str, set[str]] = {}
        """Names of the parts that hold JSON text, by the schema of the multipart body."""
        for method, path, operation in operations(spec):
            self.operation(f"{method} {path}", operation)
        for name, schema in self.schemas.items():
            self.schema(name, schema)

    def note(self, place: str, value: object) -> None:
        if place in self.outline:
            raise ValueError(f"{place}: there twice")
        self.outline[place] = value

    def note_unknown_keywords(self, place: str, schema: Node, known: str) -> None:
        told_elsewhere = {"description", "examples", "deprecated"}
        for keyword in sorted({key for key in schema if not key.startswith("x-")} - {*known.split()} - told_elsewhere):
            self.note(f"{place} / {keyword}", schema[keyword])

    def operation(self, place: str, operation: Node) -> None:
        self.note(place, operation["operationId"])
        self.note(f"{place} / deprecated", operation.get("deprecated", False))
        also = operation.get("x-eigenpal-also", [])
        self.note(f"{place} / methods beside it", sorted(entry["operation"] for entry in also))
        if place.startswith("POST ") or "x-eigenpal-repeatable" in operation:
            self.note(f"{place} / repeatable", operation.get("x-eigenpal-repeatable", False))
        if "x-eigenpal-pages" in operation:
            self.note(f"{place} / pages", operation["x-eigenpal-pages"])
        for parameter in parameters(self.spec, operation):
            self.parameter(f"{place} / {parameter['in']} {parameter['name']}", parameter)
        body = operation.get("requestBody", {})
        for media_type, media in body.get("content", {}).items():
            self.note(f"{place} / body {media_type}", self.kind(media["schema"]))
            if not body.get("required"):
                self.note(f"{place} / body {media_type} / required", False)
            if media_type == MULTIPART:
                self.encodings(f"{place} / body {media_type}", media)
        for status, answer in operation["responses"].items():
            content = resolve(self.spec, answer).get("content")
            if not content:
                self.note(f"{place} / answer {status}", "empty")
            for media_type, media in content.items() if content else ():
                self.note(f"{place} / answer {status} {media_type}", self.kind(media["schema"]))

    def encodings(self, place: str, media: Node) -> None:
        parts: set[str] = set()
        for part, encoding in media.get("encoding", {}).items():
            if encoding == {"contentType": "text/plain"}:
                parts.add(part)
            else:
                self.note(f"{place} / encoding of {part}", encoding)
        name = component_name(media["schema"]["$ref"])
        if self.json_parts.setdefault(name, parts) != parts:
            self.note(f"{place} / JSON parts unlike those elsewhere", sorted(parts))

    def parameter(self, place: str, parameter: Node) -> None:
        self.note(f"{place} / required", parameter.get("required", False))
        schema = resolve(self.spec, parameter["schema"])
        is_list = schema.get("type") == "array"
        if is_list:
            joined = parameter.get("style", "form") == "form" and parameter.get("explode", True) is False
            self.note(f"{place} / list", "comma" if joined else "repeated")
            self.note_unknown_keywords(place, schema, "type items")
            schema = resolve(self.spec, schema["items"])
        self.note(place, schema.get("type", "any"))
        self.note_unknown_keywords(place, schema, "type enum")
        if "enum" in schema:
            self.note(f"{place} / values", sorted(schema["enum"]))
        elif is_list and "examples" in schema:
            self.note(f"{place} / values known so far", sorted(schema["examples"]))
        if any(example["value"] == "null" for example in parameter.get("examples", {}).values()):
            self.note(f"{place} / null is sent as", "null")
        for extension, said in (
            ("x-eigenpal-slashes", "slashes"),
            ("x-eigenpal-moment", "moment"),
            ("x-eigenpal-server-wait", "the server waits that many seconds"),
        ):
            if extension in parameter:
                self.note(f"{place} / {said}", parameter[extension])

    def schema(self, name: str, schema: Node) -> None:
        place = f"schema {name}"
        if "enum" in schema:
            self.note_unknown_keywords(place, schema, "type enum")
        elif name in self.json_parts:
            self.multipart(place, schema, self.json_parts[name])
        elif "$ref" in schema:
            self.note(place, "alias")
            self.note(f"{place} / of", self.kind(schema))
            self.note_unknown_keywords(place, schema, "$ref")
        elif "anyOf" in schema or "oneOf" in schema:
            self.note(place, "union")
            self.note(f"{place} / of", sorted(self.kind(branch) for branch in self.branches(schema)))
            self.note_unknown_keywords(place, schema, "anyOf oneOf")
        else:
            self.note(place, self.kind({"type": schema["type"]} if "type" in schema else {}))
            self.note(f"{place} / other properties", self.others(schema.get("additionalProperties")))
            for wire_name, property_schema in schema["properties"].items():
                required = wire_name in schema.get("required", [])
                self.property(f"{place}.{wire_name}", property_schema, required=required)
            self.required_names(place, schema)
            self.note_unknown_keywords(place, schema, "type properties required additionalProperties")

    def others(self, value: object) -> str:
        if isinstance(value, dict):
            return self.kind(cast("Node", value))
        return "unspecified" if value is None else "expected" if value else "refused"

    def required_names(self, place: str, schema: Node) -> None:
        for wire_name in sorted({*schema.get("required", [])} - {*schema["properties"]}):
            self.note(f"{place}.{wire_name}", "required, but not described")

    def multipart(self, place: str, schema: Node, json_parts: set[str]) -> None:
        self.note(place, "multipart")
        for part, part_schema in schema["properties"].items():
            kind = self.kind(part_schema)
            if part in json_parts:
                self.note(f"{place} / part {part}", "json-text")
                if kind != "object":
                    self.note(f"{place} / part {part} / of", kind)
            else:
                self.note(f"{place} / part {part}", "text" if kind == "string" else kind)
            self.note(f"{place} / part {part} / required", part in schema.get("required", []))
            self.part_keywords(f"{place} / part {part}", part_schema)
        if "additionalProperties" in schema:
            kind = self.kind(schema["additionalProperties"])
            self.note(f"{place} / part {schema['x-eigenpal-part-prefix']}<field>", kind)
            self.part_keywords(f"{place} / other parts", schema["additionalProperties"])
        self.required_names(place, schema)
        self.note_unknown_keywords(place, schema, "type properties required additionalProperties")

    def part_keywords(self, place: str, schema: Node) -> None:
        self.note_unknown_keywords(place, schema, "$ref type format additionalProperties")
        if "null" in _types(schema):
            self.note(f"{place} / nullable", True)
        self.inner_keywords(place, schema)

    def property(self, place: str, schema: Node, *, required: bool) -> None:
        branches = self.branches(schema)
        without_null = [branch for branch in branches if branch.get("type") != "null"]
        nullable = len(without_null) < len(branches)
        if nullable and len(without_null) == 1:
            schema = without_null[0]
        kind = self.kind(schema)
        self.note(f"{place} / required", required)
        self.note(f"{place} / nullable", nullable or kind == "any" or "null" in _types(schema))
        told = resolve(self.spec, schema)
        if "enum" in told:
            kind = told["type"]
            self.note(f"{place} / values", sorted(told["enum"]))
        if "const" in schema:
            self.note(f"{place} / always", schema["const"])
        self.note(place, kind)
        self.note_unknown_keywords(place, schema, "$ref type format const items additionalProperties anyOf oneOf")
        self.inner_keywords(place, schema)

    def inner_keywords(self, place: str, schema: Node) -> None:
        """Note what the schemas inside the schema of a property say beyond the types `kind` tells."""
        inner: list[object] = [*self.branches(schema), schema.get("items"), schema.get("additionalProperties")]
        for number, part in enumerate(cast("Node", part) for part in inner if isinstance(part, dict)):
            inside = f"{place} / inside {number}"
            self.note_unknown_keywords(inside, part, "$ref type format items additionalProperties anyOf oneOf")
            if "null" in _types(part) and _types(part) != ["null"]:
                self.note(f"{inside} / nullable", True)
            self.inner_keywords(inside, part)

    def branches(self, schema: Node) -> list[Node]:
        branches: list[Node] = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
        return branches

    def kind(self, schema: Node) -> str:
        """Spell the type of a schema as the facts do."""
        if "$ref" in schema:
            return f"ref:{component_name(schema['$ref'])}"
        if branches := self.branches(schema):
            return f"union[{', '.join(sorted(self.kind(branch) for branch in branches))}]"
        types = [name for name in _types(schema) if name != "null"]
        if not types:
            return "any"
        if len(types) > 1:
            return f"one of {types}"
        if types == ["string"]:
            text_format = schema.get("format", "")
            known = {"": "string", "password": "string", "date-time": "datetime-string", "binary": "binary"}
            return known.get(text_format, f"string as {text_format}")
        if types == ["array"]:
            return f"array<{self.kind(schema['items'])}>"
        if types == ["object"]:
            values: object = schema.get("additionalProperties", True)
            if isinstance(values, dict):
                return f"map<{self.kind(cast('Node', values))}>"
            return "object" if values is True else "empty object"
        return str(types[0])


def _types(schema: Node) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else kind
