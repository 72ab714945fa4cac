"""The supported keywords, where each is allowed, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, cast

from generator.document import Node
from generator.problems import Problem, below
from generator.spec import METHODS


class Shape(Enum):
    """What a keyword holds."""

    TEXT = "text"
    FLAG = "true or false"
    COUNT = "a non-negative integer"
    NUMBER = "a number"
    LIST = "a list"
    OBJECT = "an object"
    OBJECTS = "a list of objects"
    FLAG_OR_OBJECT = "true, false or a schema"
    FLAG_OR_TEXT = "false or text"
    ANYTHING = "anything"

    def fits(self, value: Any) -> bool:
        """Return whether a value has this shape."""
        if self in (Shape.COUNT, Shape.NUMBER):
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return is_number and (self is Shape.NUMBER or (isinstance(value, int) and value >= 0))
        if self is Shape.OBJECTS:
            return isinstance(value, list) and all(isinstance(entry, dict) for entry in cast("list[Any]", value))
        return isinstance(value, _CLASSES[self])


_CLASSES: dict[Shape, type | tuple[type, ...]] = {
    Shape.TEXT: str,
    Shape.FLAG: bool,
    Shape.LIST: list,
    Shape.OBJECT: dict,
    Shape.FLAG_OR_OBJECT: (bool, dict),
    Shape.FLAG_OR_TEXT: (bool, str),
    Shape.ANYTHING: object,
}
_TEXTS = {"summary": Shape.TEXT, "description": Shape.TEXT}
_EXAMPLES = {"example": Shape.ANYTHING, "examples": Shape.ANYTHING}

DOCUMENT = {
    "openapi": Shape.TEXT,
    "info": Shape.OBJECT,
    "servers": Shape.OBJECTS,
    "security": Shape.OBJECTS,
    "tags": Shape.OBJECTS,
    "paths": Shape.OBJECT,
    "components": Shape.OBJECT,
}
INFO = {
    **_TEXTS,
    "title": Shape.TEXT,
    "version": Shape.TEXT,
    "termsOfService": Shape.TEXT,
    "contact": Shape.OBJECT,
    "license": Shape.OBJECT,
}
SERVER = {"url": Shape.TEXT, "description": Shape.TEXT}
TAG = {"name": Shape.TEXT, "description": Shape.TEXT}
COMPONENTS: dict[str, Shape] = dict.fromkeys(
    ("schemas", "parameters", "responses", "requestBodies", "headers", "securitySchemes"), Shape.OBJECT
)
SECURITY_SCHEME = {"type": Shape.TEXT, "scheme": Shape.TEXT, "bearerFormat": Shape.TEXT, "description": Shape.TEXT}
PATH = {**_TEXTS, "parameters": Shape.OBJECTS, **dict.fromkeys(METHODS, Shape.OBJECT)}
OPERATION = {
    **_TEXTS,
    "operationId": Shape.TEXT,
    "tags": Shape.LIST,
    "parameters": Shape.OBJECTS,
    "requestBody": Shape.OBJECT,
    "responses": Shape.OBJECT,
    "deprecated": Shape.FLAG,
    "x-eigenpal-method": Shape.FLAG_OR_TEXT,
    "x-eigenpal-also": Shape.OBJECTS,
    "x-eigenpal-pagination": Shape.OBJECT,
    "x-eigenpal-idempotent": Shape.FLAG,
    "x-eigenpal-starts-run": Shape.FLAG,
}
ALSO = {**_TEXTS, "operation": Shape.TEXT, "media": Shape.TEXT, "fixed": Shape.OBJECT}
PARAMETER = {
    **_EXAMPLES,
    "name": Shape.TEXT,
    "in": Shape.TEXT,
    "description": Shape.TEXT,
    "required": Shape.FLAG,
    "deprecated": Shape.FLAG,
    "schema": Shape.OBJECT,
    "style": Shape.TEXT,
    "explode": Shape.FLAG,
    "x-eigenpal-name": Shape.TEXT,
    "x-eigenpal-server-wait": Shape.FLAG,
    "x-eigenpal-slashes": Shape.TEXT,
    "x-eigenpal-timestamp": Shape.FLAG,
}
BODY = {"description": Shape.TEXT, "required": Shape.FLAG, "content": Shape.OBJECT}
MEDIA = {**_EXAMPLES, "schema": Shape.OBJECT}
MULTIPART = {**MEDIA, "encoding": Shape.OBJECT}
ANSWER = {"description": Shape.TEXT, "headers": Shape.OBJECT, "content": Shape.OBJECT}
REFERENCE = {"$ref": Shape.TEXT}
DESCRIBED_REFERENCE = {"$ref": Shape.TEXT, "description": Shape.TEXT}

_SCHEMA_TEXTS = {
    **_EXAMPLES,
    "title": Shape.TEXT,
    "description": Shape.TEXT,
    "default": Shape.ANYTHING,
    "deprecated": Shape.FLAG,
    "$comment": Shape.TEXT,
    "x-eigenpal-name": Shape.TEXT,
}
SCHEMA_REFERENCE = {**_SCHEMA_TEXTS, "$ref": Shape.TEXT}
SCHEMA_UNION = {
    **_SCHEMA_TEXTS,
    "anyOf": Shape.OBJECTS,
    "oneOf": Shape.OBJECTS,
    "x-eigenpal-variants": Shape.OBJECTS,
}
_BOUNDS = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), Shape.NUMBER),
    "format": Shape.TEXT,
}
SCHEMA_OF_KIND = {
    "string": {
        "enum": Shape.LIST,
        "const": Shape.ANYTHING,
        "format": Shape.TEXT,
        "minLength": Shape.COUNT,
        "maxLength": Shape.COUNT,
        "pattern": Shape.TEXT,
    },
    "boolean": {"const": Shape.ANYTHING},
    "integer": {**_BOUNDS, "enum": Shape.LIST, "const": Shape.ANYTHING},
    "number": _BOUNDS,
    "object": {
        "properties": Shape.OBJECT,
        "required": Shape.LIST,
        "additionalProperties": Shape.FLAG_OR_OBJECT,
        "minProperties": Shape.COUNT,
        "maxProperties": Shape.COUNT,
        "x-eigenpal-part-prefix": Shape.TEXT,
    },
    "array": {
        "items": Shape.OBJECT,
        "minItems": Shape.COUNT,
        "maxItems": Shape.COUNT,
        "uniqueItems": Shape.FLAG,
    },
}
SCHEMA = {
    **_SCHEMA_TEXTS,
    "type": Shape.ANYTHING,
    **{key: shape for keys in SCHEMA_OF_KIND.values() for key, shape in keys.items()},
}

# What to use instead of common keywords that are not supported.
_INSTEAD = {
    "allOf": "list all properties in one schema; a description next to a $ref needs no allOf",
    "discriminator": "use x-eigenpal-variants, with equals: {property: value}",
    "nullable": 'use type: [..., "null"], or for a $ref anyOf with {type: "null"}',
    "readOnly": "use separate schemas for requests and responses",
    "writeOnly": "use separate schemas for requests and responses",
    "patternProperties": "use additionalProperties",
    "content": "use schema",
    "security": "all operations use the security at the top of the spec",
}


def keyword_problems(node: Node, understood: dict[str, Shape], place: str, beside: str = "") -> Iterator[Problem]:
    """Find keywords that are not supported, and values of the wrong shape."""
    for key in sorted(node):
        if key not in understood:
            instead = f"; {_INSTEAD[key]}" if key in _INSTEAD else ""
            yield Problem(below(place, key), f"{key} {f'next to {beside} ' if beside else ''}is not supported{instead}")
        elif not understood[key].fits(node[key]):
            is_number = understood[key] is Shape.TEXT and Shape.NUMBER.fits(node[key])
            yield Problem(below(place, key), f"must be {understood[key].value}{', in quotes' if is_number else ''}")
