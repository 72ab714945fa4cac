"""Compares openapi/openapi.yaml, with the overlay applied, with the facts of the wire in tests/contract.

`outline_facts` and `outline_document` bring both into one form, an outline: nested mappings of everything that is said
about the wire. Every difference is a contradiction, unless the document only says more, such as an optional parameter.
That has no facts yet: it fails no test, and is one of the gaps that `make gaps` lists.

Some facts do not bind the document. Schemas and parameters of an older revision (`legacy`), or that are likely but not
confirmed (`hint`), may be missing. `closed` counts for a body that is sent and never received, because a reader must
accept properties it does not know. `idempotent` counts for POST.
"""

from __future__ import annotations

import copy
import functools
import json
import operator
import re
import reprlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from generator.reading import read_document
from tests.support.contract import OPERATIONS, SCHEMAS

SPEC = Path(__file__).resolve().parents[2] / "openapi" / "openapi.yaml"
OVERLAY = SPEC.with_name("overlay.yaml")
METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")

Node: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[str, ...]


# --- reading a document -----------------------------------------------------------------------------------------------


def load_document() -> Node:
    return read_document(SPEC)


def component_name(reference: str) -> str:
    return reference.rpartition("/")[2]


def look_up(document: Node, reference: str) -> Node:
    found: Node = functools.reduce(operator.getitem, reference.removeprefix("#/").split("/"), document)
    return found


def resolve(document: Node, node: Node) -> Node:
    """Follow the references of a node until there is none."""
    while "$ref" in node:
        node = look_up(document, node["$ref"])
    return node


def find_references(node: object) -> set[str]:
    return {*re.findall(r'"\$ref": "([^"]*)"', json.dumps(node))}


def iter_operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield every operation with its method, in capitals, and its path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def iter_parameters(document: Node, operation: Node) -> Iterator[Node]:
    for parameter in operation.get("parameters", []):
        yield resolve(document, parameter)


# --- the outline of the facts -----------------------------------------------------------------------------------------

PLAIN_TYPES: Mapping[str, Node] = {
    "any": {},
    "integer": {"type": "integer", "minimum": 0},
    "object": {"type": "object", "additionalProperties": True},
    "datetime-string": {"type": "string", "format": "date-time"},
    "binary": {"type": "string", "format": "binary"},
    **{name: {"type": name} for name in ("string", "number", "boolean")},
}


def collect_schemas(names: set[str]) -> set[str]:
    """Return the names of schemas in the facts, and of all schemas that they are made of."""
    found: set[str] = set()
    while names:
        found |= names
        text = json.dumps([SCHEMAS[name] for name in names])
        names = {*re.findall(r"ref:(\w+)", text), *re.findall(r'"schema_ref": "(\w+)"', text)} - found
    return found


RESPONSES = [response for row in OPERATIONS for response in [*row["responses"].values(), *row["errors"].values()]]
SENT = collect_schemas({body["schema_ref"] for row in OPERATIONS for body in row["request_bodies"]})
RECEIVED = collect_schemas({response["schema_ref"] for response in RESPONSES if "schema_ref" in response})


def outline_facts() -> Node:
    names = [name for name in SENT | RECEIVED if SCHEMAS[name]["kind"] != "enum"]
    operations = {f"{row['method']} {row['path']}": _expect_operation(row) for row in OPERATIONS}
    return {**operations, **{f"schema {name}": _expect_schema(name) for name in names}}


def _expect_operation(row: Node) -> Node:
    outline: Node = {
        "operationId": _camel_case(row["sdk_path"]),
        "deprecated": row["deprecated"],
        "idempotent": row["method"] == "POST" and row["idempotent"],
        **{f"method {_camel_case(path)}": True for path in row.get("also_sdk_paths", [])},
    }
    if row["paginated"]:
        outline["pagination"] = {re.sub("_(field|param)$", "", key): value for key, value in row["paginated"].items()}
        outline["pagination"].setdefault("limit", "limit")  # said for pagination by offset only
    for location, key in (("path", "path_params"), ("query", "query_params"), ("header", "headers")):
        facts = (fact for fact in row[key] if not fact.get("legacy"))
        outline |= {f"{location} {fact['name']}": _expect_parameter(fact) for fact in facts}
    if row["request_bodies"]:
        outline["needs a body"] = True
    for body in row["request_bodies"]:
        outline[f"body {body['content_type']}"] = _expect_body(body)
    for status, response in [*row["responses"].items(), *row["errors"].items()]:
        if response.get("body") == "empty":
            outline[f"response {status}"] = "empty"
        else:
            kind = f"ref:{response['schema_ref']}" if "schema_ref" in response else response["body"]
            outline[f"response {status} {response['content_type']}"] = _expect_type(kind)
    return outline


def _camel_case(sdk_path: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), sdk_path)


def _expect_parameter(fact: Node) -> Node:
    schema = _expect_type(fact["type"])
    values = fact.get("enum") or fact.get("known_values") or (fact.get("tokens_complete") and fact["tokens"])
    if values:
        schema["enum"] = dict.fromkeys(values, True)
    elif "tokens" in fact:
        schema["known so far"] = sorted(fact["tokens"])
    schema |= {keyword: fact[key] for key, keyword in (("max", "maximum"), ("default", "default")) if key in fact}
    if fact.get("list_style") == "comma":
        schema = {"type": "array", "items": schema, "separated by commas": True}
    extensions = {
        "slashes": fact.get("slashes") == "kept" and "kept",
        "timestamp": fact.get("moment"),
        "server-wait": fact.get("unit") == "seconds",
        "null is sent as text": "null_wire_value" in fact,
    }
    return {"required": fact["required"], **schema, **{key: value for key, value in extensions.items() if value}}


def _expect_body(body: Node) -> Node:
    parts = SCHEMAS[body["schema_ref"]].get("parts", [])
    encoding = {part["part"]: {"contentType": "text/plain"} for part in parts if part["encoding"] == "json-text"}
    return {"ref": body["schema_ref"], **({"encoding": encoding} if encoding else {})}


def _expect_schema(name: str) -> Node:
    facts = SCHEMAS[name]
    if facts["kind"] == "alias":
        return _expect_type(facts["type"])
    if facts["kind"] == "union":
        return _expect_type(f"union[{', '.join(facts['variants'])}]")
    if facts["kind"] == "multipart":
        return _expect_multipart(facts)
    others = {"open": True, "closed": name in RECEIVED and None}.get(facts["additional_properties"])
    properties = {f".{fact['wire']}": _expect_property(fact) for fact in facts["fields"]}
    return {"type": "object", **({} if others is None else {"additionalProperties": others}), **properties}


def _expect_multipart(facts: Node) -> Node:
    outline: Node = {"type": "object"}
    for part in facts["parts"]:
        kind = {"text": "string", "json-text": "object", "binary": "binary"}[part["encoding"]]
        schema = _expect_type(f"ref:{part['schema_ref']}" if "schema_ref" in part else kind)
        if part.get("pattern"):
            outline |= {"additionalProperties": schema, "part-prefix": part["part"].removesuffix("<field>")}
        else:
            outline[f".{part['part']}"] = {"required": part["required"], **schema}
    return outline


def _expect_property(fact: Node) -> Node:
    outline = {"required": fact["required"], **_expect_type(fact["type"])}
    if "enum" in fact:
        outline["enum"] = dict.fromkeys(fact["enum"], True)
    if "const" in fact:
        outline["const"] = fact["const"]
        outline.pop("minimum", None)
    return {**outline, **({"nullable": True} if fact["nullable"] and fact["type"] != "any" else {})}


def _expect_type(kind: str) -> Node:
    if kind in PLAIN_TYPES:
        return dict(PLAIN_TYPES[kind])
    if kind.startswith("ref:"):
        facts = SCHEMAS[name := kind.removeprefix("ref:")]
        is_enum = facts["kind"] == "enum"
        return {"type": facts["type"], "enum": dict.fromkeys(facts["values"], True)} if is_enum else {"ref": name}
    nested = re.fullmatch(r"(array|map|union)[<\[](.*)[>\]]", kind)
    assert nested, kind
    outer, inner = nested.groups()
    if outer == "union":
        return {"union": _sort_branches([_expect_type(branch) for branch in inner.split(", ")])}
    if outer == "array":
        return {"type": "array", "items": _expect_type(inner)}
    return {"type": "object", "additionalProperties": _expect_type(inner)}


def _sort_branches(branches: list[Node]) -> list[Node]:
    return sorted(branches, key=lambda branch: json.dumps(branch, sort_keys=True))


# --- the outline of a document ----------------------------------------------------------------------------------------

TEXTS = {"summary", "description", "title", "tags", "example", "examples"}
UNKNOWN_TO_FACTS = {f"x-eigenpal-{mark}" for mark in ("name", "method", "rows", "starts-run", "strict", "variants")}
"""Extensions that concern the client alone, or have tests of their own."""


def outline_document(document: Node) -> Node:
    outline: Node = {
        f"{method} {path}": _outline_operation(document, operation)
        for method, path, operation in iter_operations(document)
    }
    for name, schema in document["components"]["schemas"].items():
        if "enum" not in schema:  # an enum is compared wherever it is used, because most have no name in the facts
            outline[f"schema {name}"] = _outline_schema(document, schema)
    return outline


def _keywords(node: Node, *without: str) -> Node:
    """Return the keywords of a node that say something about the wire."""
    names = node.keys() - TEXTS - UNKNOWN_TO_FACTS - {*without}
    return {name.removeprefix("x-eigenpal-"): node[name] for name in sorted(names)}


def _outline_operation(document: Node, operation: Node) -> Node:
    outline = {
        "deprecated": False,
        "idempotent": False,
        **{f"method {entry['operation']}": True for entry in operation.get("x-eigenpal-also", [])},
        **_keywords(operation, "parameters", "requestBody", "responses", "x-eigenpal-also"),
    }
    for parameter in iter_parameters(document, operation):
        name = f"{parameter['in']} {parameter['name']}"
        assert name not in outline, f"{name} is described twice"
        outline[name] = _outline_parameter(document, parameter)
    body = resolve(document, operation.get("requestBody", {}))
    if body.get("required"):
        outline["needs a body"] = True
    for media_type, media in body.get("content", {}).items():
        outline[f"body {media_type}"] = _outline_media(document, media)
    for status, response in operation["responses"].items():
        content = resolve(document, response).get("content")
        if not content:
            outline[f"response {status}"] = "empty"
        for media_type, media in content.items() if content else ():
            outline[f"response {status} {media_type}"] = _outline_media(document, media)
    return outline


def _outline_media(document: Node, media: Node) -> Node:
    return {**_outline_schema(document, media["schema"]), **_keywords(media, "schema")}


def _outline_parameter(document: Node, parameter: Node) -> Node:
    outline = _outline_schema(document, parameter["schema"])
    without = ["name", "in", "schema"]
    if "items" in outline:
        without += ["style", "explode"]
        is_form = parameter.get("style", "form") == "form"
        outline["separated by commas"] = is_form and parameter.get("explode", True) is False
        known = resolve(document, parameter["schema"]["items"]).get("examples")
        if known and "enum" not in outline["items"]:
            outline["items"]["known so far"] = sorted(known)
    if any(example["value"] == "null" for example in parameter.get("examples", {}).values()):
        outline["null is sent as text"] = True
    return {"required": False, **outline, **_keywords(parameter, *without)}


def _outline_schema(document: Node, schema: Node) -> Node:
    if "$ref" in schema and "enum" not in resolve(document, schema):
        return {"ref": component_name(schema["$ref"]), **_keywords(schema, "$ref")}
    schema = {**resolve(document, schema), **schema}
    outline = _keywords(schema, "$ref", "anyOf", "oneOf", "properties", "required", "deprecated")
    branches = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    if filled := [_outline_schema(document, branch) for branch in branches if branch.get("type") != "null"]:
        outline |= filled[0] if len(filled) == 1 else {"union": _sort_branches(filled)}
    kinds = [outline["type"]] if isinstance(outline.get("type"), str) else outline.get("type", [])
    if kinds:
        others = [kind for kind in kinds if kind != "null"]
        outline["type"] = others[0] if len(others) == 1 else others
    if "null" in kinds or len(filled) < len(branches):
        outline["nullable"] = True
    if outline.get("format") == "password":  # text on the wire; that secrets are marked has a test of its own
        del outline["format"]
    if "enum" in outline:
        outline["enum"] = dict.fromkeys(outline["enum"], True)
    for key in ("items", "additionalProperties"):
        if isinstance(outline.get(key), dict):
            outline[key] = _outline_schema(document, outline[key])
    properties, required = schema.get("properties", {}), schema.get("required", [])
    for name, described in properties.items():
        outline[f".{name}"] = {"required": name in required, **_outline_schema(document, described)}
    if missing := {*required} - properties.keys():
        outline["required but not described"] = sorted(missing)
    return outline


# --- the comparison ---------------------------------------------------------------------------------------------------

ABSENT = object()
ADDITION = re.compile(rf"({'|'.join(METHODS).upper()}|schema|query|header|body|response|method) |[.]")
"""What a document may have in addition to the facts."""


def compare(document: Node) -> tuple[list[str], list[str]]:
    """Return what contradicts the facts, a sentence each, and the places in the document that have no facts."""
    contradictions: list[str] = []
    additions: list[str] = []
    for place, known, found in _iter_differences(outline_facts(), outline_document(document), ()):
        if known is ABSENT and _is_addition(place, found):
            additions.append(" / ".join(place))
        else:
            facts, said = ("nothing" if value is ABSENT else reprlib.repr(value) for value in (known, found))
            contradictions.append(f"{' / '.join(place)}: the facts say {facts}, the document says {said}")
    return contradictions, additions


def _iter_differences(known: object, found: object, place: Place) -> Iterator[tuple[Place, object, object]]:
    is_equal = (type(known), known) == (type(found), found)  # 1 is not True
    if isinstance(known, dict) and isinstance(found, dict):
        left, right = cast("Node", known), cast("Node", found)
        for key in sorted({*left, *right}):
            yield from _iter_differences(left.get(key, ABSENT), right.get(key, ABSENT), (*place, key))
    elif not is_equal:
        yield place, known, found


def _is_addition(place: Place, found: object) -> bool:
    """Return whether requests and responses as the facts know them stay valid."""
    if "enum" in place[:-1]:
        return True
    is_required = isinstance(found, dict) and cast("Node", found).get("required", False)
    is_only_received = place[0].startswith("schema ") and place[0].removeprefix("schema ") not in SENT
    return bool(ADDITION.match(place[-1])) and (is_only_received or not is_required)


def keep_known(document: Node) -> Node:
    """Return a copy of a document without the operations, parameters, responses and properties that have no facts."""
    known: Node = copy.deepcopy(document)
    facts = outline_facts()
    for method, path, operation in [*iter_operations(known)]:
        row = facts.get(f"{method} {path}")
        if row is None:
            del known["paths"][path][method.lower()]
            continue
        if "parameters" in operation:
            entries = [(entry, resolve(known, entry)) for entry in operation["parameters"]]
            operation["parameters"] = [entry for entry, found in entries if f"{found['in']} {found['name']}" in row]
        statuses = {key.split()[1] for key in row if key.startswith("response ")}
        operation["responses"] = {key: value for key, value in operation["responses"].items() if key in statuses}
        if "x-eigenpal-also" in operation:
            entries = operation["x-eigenpal-also"]
            operation["x-eigenpal-also"] = [entry for entry in entries if f"method {entry['operation']}" in row]
        if "needs a body" not in row:
            operation.pop("requestBody", None)
    for name, schema in known["components"]["schemas"].items():
        if "properties" in schema and (row := facts.get(f"schema {name}")):
            properties = schema["properties"].items()
            schema["properties"] = {wire: described for wire, described in properties if f".{wire}" in row}
    known["paths"] = {path: item for path, item in known["paths"].items() if item.keys() & {*METHODS}}
    used = find_references(known["paths"])
    while more := {inner for reference in used for inner in find_references(look_up(known, reference))} - used:
        used |= more
    for kind in known["components"].keys() - {"securitySchemes"}:
        entries = known["components"][kind].items()
        known["components"][kind] = {name: entry for name, entry in entries if f"#/components/{kind}/{name}" in used}
    secured = [known, *(operation for _, _, operation in iter_operations(known))]
    schemes = {name for node in secured for requirement in node.get("security", []) for name in requirement}
    entries = known["components"].get("securitySchemes", {}).items()
    known["components"]["securitySchemes"] = {name: entry for name, entry in entries if name in schemes}
    unused_tags = _collect_tags(document) - _collect_tags(known)
    known["tags"] = [tag for tag in known.get("tags", []) if tag["name"] not in unused_tags]
    return known


def _collect_tags(document: Node) -> set[str]:
    tags: set[str] = set()
    for _, _, operation in iter_operations(document):
        tags |= {*operation.get("tags", []), operation.get("operationId", "").rpartition(".")[0]}
    return tags
