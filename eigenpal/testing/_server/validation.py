"""Validates requests and responses against the OpenAPI document; every issue names its field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, cast

from jsonschema_rs import Draft202012Validator, ValidationError

from eigenpal.testing._server.http_errors import ErrorIssue, HttpError
from eigenpal.testing._server.request_body import decode_json
from eigenpal.testing._server.specification import (
    Credential,
    MediaTypeSpec,
    OperationSpec,
    ParameterSpec,
    find_media,
    is_json,
    json_types,
    plain_media_type,
)

_MAX_ISSUES = 20
_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?(e-?[0-9]{1,2})?\Z")

_CODES: Mapping[str, str] = {
    "required": "required",
    "type": "invalid_type",
    "additionalProperties": "unrecognized_key",
    "minLength": "too_small",
    "minItems": "too_small",
    "minProperties": "too_small",
    "minimum": "too_small",
    "maxLength": "too_big",
    "maxItems": "too_big",
    "maximum": "too_big",
}


class MessageValidator:
    """Validates requests and responses; each schema is compiled the first time it is needed."""

    def __init__(self) -> None:
        self._compiled: dict[int, tuple[Mapping[str, Any], Draft202012Validator]] = {}

    def find_issues(self, schema: Mapping[str, Any], value: object, place: str) -> list[ErrorIssue]:
        """Return the issues of ``value``, with fields below ``place``."""
        # The entry also holds the schema, so that its id cannot be reused by another one.
        entry = self._compiled.get(id(schema))
        if entry is None:
            entry = self._compiled[id(schema)] = schema, Draft202012Validator(dict(schema), validate_formats=True)
        try:
            errors = list(islice(entry[1].iter_errors(value), _MAX_ISSUES))
        except UnicodeEncodeError:
            # JSON text may hold lone surrogates, which the validator cannot read.
            readable = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
            errors = list(islice(entry[1].iter_errors(readable), _MAX_ISSUES))
        return [issue for error in errors for issue in _convert_error(error, place)]

    def decode_query(self, operation: OperationSpec, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return the query parameters of a request, decoded by their schemas.

        Raises:
            HttpError: A parameter is invalid, missing, repeated or unknown.
        """
        issues: list[ErrorIssue] = []
        values: dict[str, Any] = {}
        in_query = [parameter for parameter in operation.parameters if parameter.location == "query"]
        sent: dict[str, list[str]] = {}
        for name, text in pairs:
            parameter = next(
                (parameter for parameter in in_query if parameter.has(name)),
                next((parameter for parameter in in_query if parameter.takes_any_name), None),
            )
            if parameter is not None and parameter.is_pairs:
                values.setdefault(parameter.name, {})[name] = text
            elif parameter is not None:
                sent.setdefault(name, []).append(text)
            elif operation.credential != Credential("query", name):
                known = ", ".join(parameter.name for parameter in in_query) or "none"
                message = f"{operation.id} has no such query parameter; known: {known}"
                issues.append(ErrorIssue(f"query.{name}", message, "unrecognized_key"))
        for parameter in in_query:
            if parameter.name in sent:
                values[parameter.name] = self._decode_parameter(
                    parameter, sent[parameter.name], f"query.{parameter.name}", issues
                )
        self._add_missing(operation, "query", values, issues)
        _raise_if_any(issues)
        return values

    def decode_headers(self, operation: OperationSpec, headers: Mapping[str, str]) -> dict[str, Any]:
        """Return the declared headers of a request.

        Raises:
            HttpError: A header is invalid or missing.
        """
        issues: list[ErrorIssue] = []
        values: dict[str, Any] = {}
        for parameter in operation.parameters:
            text = headers.get(parameter.name.lower()) if parameter.location == "header" else None
            if text is not None:
                values[parameter.name] = self._decode_parameter(parameter, [text], f"header.{parameter.name}", issues)
        self._add_missing(operation, "header", values, issues)
        _raise_if_any(issues)
        return values

    def check_path(self, operation: OperationSpec, values: Mapping[str, str]) -> None:
        """Validate path parameters.

        Raises:
            HttpError: A value is invalid.
        """
        issues: list[ErrorIssue] = []
        for name, text in values.items():
            parameter = operation.parameter("path", name)
            if parameter is not None:
                self._decode_parameter(parameter, [text], f"path.{name}", issues)
        _raise_if_any(issues)

    def check_body(self, media: MediaTypeSpec, value: object) -> None:
        """Validate a decoded body.

        Raises:
            HttpError: It is invalid.
        """
        _raise_if_any(self.find_issues(media.schema, value, "body"))

    def find_response_violations(
        self, operation: OperationSpec, status: int, content_type: str | None, value: object
    ) -> list[str]:
        """Return what does not match the document: status, media type or body."""
        keys = (str(status), f"{status // 100}XX", "default")
        described = next((operation.responses[key] for key in keys if key in operation.responses), None)
        if described is None:
            if not operation.successes and status // 100 == 2:
                return []
            return [f"{operation.id} responded {status}, which is not documented"]
        if not described:
            return [] if content_type is None else [f"{operation.id} {status} must not have a body"]
        plain = plain_media_type(content_type or "")
        media = find_media(described, plain)
        if media is None:
            return [f"{operation.id} {status} has content type {content_type}, documented: {', '.join(described)}"]
        if not is_json(plain) or plain not in described:
            return []
        found = self.find_issues(media.schema, value, "response")
        return [f"{operation.id} {status}: {issue.field}: {issue.message}" for issue in found]

    def _decode_parameter(
        self, parameter: ParameterSpec, texts: Sequence[str], field: str, issues: list[ErrorIssue]
    ) -> Any:
        types = json_types(parameter.schema)
        value: Any
        if "array" in types and not parameter.is_json and parameter.separator is None:
            value = _decode_items(parameter, texts)
        elif len(texts) > 1:
            issues.append(ErrorIssue(field, "Repeated; send one value, with commas between the items of a list"))
            return None
        elif parameter.is_json:
            value = decode_json(texts[0].encode("utf-8", "surrogatepass"), field)
        elif "array" in types:
            # Empty items are ignored.
            value = _decode_items(parameter, [item for item in texts[0].split(parameter.separator) if item])
        elif "object" in types and "string" not in types and parameter.separator is not None:
            value = _decode_object(parameter, texts[0])
        else:
            value = _decode_scalar(texts[0], types)
        issues.extend(self.find_issues(parameter.schema, value, field))
        return value

    @staticmethod
    def _add_missing(
        operation: OperationSpec, location: str, values: Mapping[str, Any], issues: list[ErrorIssue]
    ) -> None:
        seen = {issue.field for issue in issues}
        for parameter in operation.parameters:
            field = f"{location}.{parameter.name}"
            if (
                parameter.required
                and parameter.location == location
                and parameter.name not in values
                and field not in seen
            ):
                issues.append(ErrorIssue(field, f"{parameter.name} is required", "required"))


def _decode_items(parameter: ParameterSpec, texts: Sequence[str]) -> list[Any]:
    branches = [parameter.schema, *parameter.schema.get("anyOf", ())]
    types = set[str]().union(*(json_types(branch.get("items", {})) for branch in branches))
    return [_decode_scalar(text, types) for text in texts]


def _decode_object(parameter: ParameterSpec, text: str) -> Any:
    pieces = text.split(parameter.separator)
    if parameter.has_equals:
        pairs = [piece.partition("=")[::2] for piece in pieces]
    else:
        pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    properties, further = parameter.schema.get("properties", {}), parameter.schema.get("additionalProperties", {})
    schemas = {name: properties.get(name, further) for name, _ in pairs}
    return {
        name: _decode_scalar(value, json_types(schemas[name] if isinstance(schemas[name], dict) else {}))
        for name, value in pairs
    }


def _decode_scalar(text: str, types: set[str]) -> Any:
    if "integer" in types and _INTEGER.match(text):
        return int(text)
    if "number" in types and _NUMBER.match(text):
        return float(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    return text


def _raise_if_any(issues: Sequence[ErrorIssue]) -> None:
    if issues:
        raise HttpError(400, issues)


def _convert_error(error: ValidationError, place: str) -> list[ErrorIssue]:
    keyword, detail = error.kind.name, error.kind.value
    branches: list[list[ValidationError]] = getattr(error.kind, "context", [])
    if branches and any(branches):
        return _convert_error(_closest_match(branches), place)
    field = ".".join([place, *(str(step) for step in error.instance_path)])
    code = _CODES.get(keyword, "invalid_value")
    if keyword == "required":
        return [ErrorIssue(f"{field}.{detail}", f"{detail} is required", code)]
    if keyword == "additionalProperties":
        return [
            ErrorIssue(f"{field}.{name}", f"{name} is not a known field", code) for name in cast("list[str]", detail)
        ]
    return [ErrorIssue(field, _describe(keyword, detail, error), code)]


def _describe(keyword: str, detail: Any, error: ValidationError) -> str:
    if keyword == "type":
        return f"Expected {' or '.join(detail)}, got {_type_name(error.instance)}"
    if keyword == "enum":
        return f"Expected one of {', '.join(str(option) for option in detail)}, got {_shorten_value(error.instance)}"
    if keyword == "const":
        return f"Expected {detail!r}, got {_shorten_value(error.instance)}"
    if keyword in ("minimum", "maximum"):
        bound = "at least" if keyword == "minimum" else "at most"
        return f"Expected {bound} {detail}, got {_shorten_value(error.instance)}"
    return _shorten(error.message)


def _closest_match(branches: list[list[ValidationError]]) -> ValidationError:
    """Return the error of the alternative that matched deepest, the one most likely intended."""
    errors = [error for branch in branches for error in branch]
    return max(errors, key=lambda error: (len(error.instance_path), error.kind.name not in ("type", "const")))


def _type_name(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def _shorten_value(value: object) -> str:
    return _shorten(repr(value) if isinstance(value, str) else str(value))


def _shorten(text: str) -> str:
    return text if len(text) <= 160 else text[:157] + "..."
