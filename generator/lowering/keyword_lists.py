"""The keywords of OpenAPI documents: those that are understood, those that do no harm, and those that matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator.nodes import Node


def _read(*lists: str) -> dict[str, str]:
    """Read a list of keywords and what they hold."""
    entries = (entry.partition(": ") for listed in lists for entry in listed.split(", "))
    return {keyword: shape for keyword, _, shape in entries}


_TEXTS = "summary: text, description: text"
_EXAMPLES = "example: any, examples: {example}"
_REFERENCE = f"$ref: text, {_TEXTS}"
_OPERATIONS = ", ".join(
    f"{method}: operation" for method in ("get", "put", "post", "delete", "patch", "head", "options", "trace")
)

UNDERSTOOD: dict[str, dict[str, str]] = {
    "document": _read(
        "openapi: text, info: info, servers: [server], security: [{[text]}], tags: [tag], paths: <path item>",
        "components: components",
    ),
    "info": _read("title: text, version: text", _TEXTS),
    "server": _read("url: text, description: text, variables: {variable}"),
    "variable": _read("default: text, enum: [text], description: text"),
    "tag": _read("name: text, description: text"),
    "components": _read(
        "schemas: {schema}, parameters: {parameter}, requestBodies: {request body}, responses: {response}",
        "examples: {example}, pathItems: {path item}, securitySchemes: {security scheme}",
    ),
    "path item": _read(_REFERENCE, "parameters: [parameter], servers: [server]", _OPERATIONS),
    "operation": _read(
        _TEXTS,
        "operationId: text, tags: [text], deprecated: flag, security: [{[text]}], servers: [server]",
        "parameters: [parameter], requestBody: request body, responses: <response>",
        "x-eigenpal-method: method, x-eigenpal-also: [also], x-eigenpal-pagination: pagination",
        "x-eigenpal-rows: text, x-eigenpal-idempotent: flag, x-eigenpal-starts-run: flag",
    ),
    "parameter": _read(
        _REFERENCE,
        _EXAMPLES,
        "name: text, in: text, required: flag, deprecated: flag, schema: schema, content: {media type}",
        "style: text, explode: flag, x-eigenpal-name: text, x-eigenpal-server-wait: flag, x-eigenpal-slashes: text",
        "x-eigenpal-timestamp: flag",
    ),
    "request body": _read(_REFERENCE, "required: flag, content: {media type}"),
    "response": _read(_REFERENCE, "content: {media type}"),
    "media type": _read(_EXAMPLES, "schema: schema, encoding: {encoding}"),
    "encoding": _read("contentType: text, style: text, explode: flag"),
    "example": _read(_REFERENCE, "value: any"),
    "security scheme": _read(_REFERENCE, "type: text, name: text, in: text, scheme: text, bearerFormat: text"),
    "schema": _read(
        "$ref: text, title: text, description: text, deprecated: flag, default: any, example: any, examples: ?rows",
        "type: type, format: text, enum: rows, const: any, nullable: flag, readOnly: flag, writeOnly: flag",
        "properties: {schema}, required: [text], additionalProperties: schema, items: schema",
        "anyOf: [schema], oneOf: [schema], allOf: [schema], discriminator: discriminator",
        "exclusiveMinimum: ?bound, exclusiveMaximum: ?bound, minimum: ?number, maximum: ?number, multipleOf: ?number",
        "minLength: ?count, maxLength: ?count, pattern: ?text, minItems: ?count, maxItems: ?count, uniqueItems: ?flag",
        "minProperties: ?count, maxProperties: ?count, $defs: {schema}, definitions: {schema}, prefixItems: [schema]",
        "patternProperties: {schema}, contentMediaType: text, contentEncoding: text",
        "x-eigenpal-name: text, x-eigenpal-variants: [variant], x-eigenpal-part-prefix: text, x-eigenpal-strict: flag",
    ),
    "discriminator": _read("propertyName: text, mapping: {text}"),
    # Objects of our own extensions.
    "also": _read(_TEXTS, "operation: text, media: text, fixed: {text}"),
    "pagination": _read("style: text, items: text, total: text, limit: text, offset: text, next: text, cursor: text"),
    "variant": _read("schema: text, holds: [text], lacks: [text], equals: {any}"),
}
"""For each kind of object, the keywords that are understood and what they hold: a scalar, ``[a list]``, ``{a map}``,
``<a map with x- keys>`` or an object of a kind. A wrong value of a shape with a question mark does no harm."""

OURS = ("also", "pagination", "variant")

_REQUESTS_OF_THE_SERVER = "requests that the server makes; nothing is generated for them"
_CONDITIONS = "what a schema demands only under a condition is left out"

HARMLESS: dict[str, dict[str, str]] = {
    "document": _read("externalDocs, jsonSchemaDialect, $schema, $id", f"webhooks: {_REQUESTS_OF_THE_SERVER}"),
    "info": _read("termsOfService, contact, license"),
    "server": _read("name"),
    "tag": _read("externalDocs, parent, kind"),
    "components": _read("headers, links, callbacks"),
    "operation": _read("externalDocs", f"callbacks: {_REQUESTS_OF_THE_SERVER}"),
    "parameter": _read("allowReserved, allowEmptyValue"),
    "response": _read("headers, links"),
    "encoding": _read("allowReserved, headers: headers of the parts of a body are not sent"),
    "example": _read("externalValue"),
    "security scheme": _read("flows, openIdConnectUrl, oauth2MetadataUrl, deprecated"),
    "schema": _read(
        "$comment, $schema, $id, id, $anchor, $dynamicAnchor, $recursiveAnchor, $vocabulary, xml, externalDocs, not",
        "propertyNames, contains, minContains, maxContains, unevaluatedItems, unevaluatedProperties, dependentRequired",
        "dependencies, contentSchema, additionalItems",
        *(f"{key}: {_CONDITIONS}" for key in ("if", "then", "else", "dependentSchemas")),
    ),
}
"""Keywords without an effect on what is generated, and the note about those that a maintainer may miss."""

REFUSED = {
    "schema": _read(*(f"{key}: refer to a named schema with $ref instead" for key in ("$dynamicRef", "$recursiveRef")))
}
"""Keywords that matter and are not supported, and what to write instead."""

TELLING = ("title", "summary", "description", "example", "examples", "deprecated", "externalDocs", "default")
"""Keywords that only tell something to readers, wherever they stand."""

MISPLACED = (
    *("$ref", "type", "items", "properties", "enum", "anyOf", "oneOf", "allOf", "schema", "content", "encoding"),
    *("parameters", "requestBody", "responses", "security", "servers"),
)
"""Keywords that matter to requests or responses, so that they are refused where they have no effect."""


def objects(value: Any, shape: str = "document") -> Iterator[tuple[Node, str]]:
    """Yield every object of a document and its kind; examples and other data are skipped."""
    if isinstance(value, list):
        for row in cast("list[Any]", value):
            yield from objects(row, shape[1:-1])
    elif isinstance(value, Node):
        if shape in UNDERSTOOD:
            yield value, shape
        for key, item in value.items():
            inner = UNDERSTOOD[shape].get(key, "any") if shape in UNDERSTOOD else shape[1:-1]
            if inner in UNDERSTOOD or inner[0] in "[{<":
                yield from objects(item, inner)


def kind_at(steps: list[str]) -> str:
    """Return what kind of object stands where these steps of a JSON pointer lead; empty for anything else."""
    shape = "document"
    for step in steps:
        shape = shape[1:-1] if shape[:1] in ("[", "{", "<") else UNDERSTOOD.get(shape, {}).get(step, "")
    return shape if shape in UNDERSTOOD else ""
