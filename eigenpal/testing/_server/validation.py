"""Requests and answers held against the document: every finding names the field it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, cast

from jsonschema_rs import Draft202012Validator, ValidationError

from eigenpal.testing._server.errors import Issue, Problem
from eigenpal.testing._server.specification import Media, Operation, Parameter

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


class Validators:
    """Validates requests and responses; each schema is compiled the first time it is needed."""

    def __init__(self) -> None:
        self._compiled: dict[int, tuple[Mapping[str, Any], Draft202012Validator]] = {}

    def issues(self, schema: Mapping[str, Any], value: object, place: str) -> list[Issue]:
        """Return what is wrong with ``value``, with fields that start with ``place``."""
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
        return [issue for error in errors for issue in _issues_of(error, place)]

    def query(self, operation: Operation, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return the query of a request, decoded by its parameters.

        Raises:
            Problem: A value does not fit, one is missing, given twice, or unknown.
        """
        issues: list[Issue] = []
        values: dict[str, Any] = {}
        for name, text in pairs:
            field = f"query.{name}"
            parameter = operation.parameter("query", name)
            if parameter is None:
                known = ", ".join(one.name for one in operation.parameters if one.location == "query") or "none"
                message = f"{operation.id} has no such query parameter; it has: {known}"
                issues.append(Issue(field, message, "unrecognized_key"))
            elif name in values:
                issues.append(Issue(field, "Given twice; send one value, lists are separated by commas"))
            else:
                values[name] = self._read(parameter, text, field, issues)
        self._missing(operation, "query", values, issues)
        _raise(issues)
        return values

    def headers(self, operation: Operation, headers: Mapping[str, str]) -> dict[str, Any]:
        """Return the declared headers of a request.

        Raises:
            Problem: A value does not fit or one is missing.
        """
        issues: list[Issue] = []
        values: dict[str, Any] = {}
        for parameter in operation.parameters:
            text = headers.get(parameter.name.lower()) if parameter.location == "header" else None
            if text is not None:
                values[parameter.name] = self._read(parameter, text, f"header.{parameter.name}", issues)
        self._missing(operation, "header", values, issues)
        _raise(issues)
        return values

    def path(self, operation: Operation, values: Mapping[str, str]) -> None:
        """Check the values a path holds.

        Raises:
            Problem: A value does not fit.
        """
        issues: list[Issue] = []
        for name, text in values.items():
            parameter = operation.parameter("path", name)
            if parameter is not None:
                self._read(parameter, text, f"path.{name}", issues)
        _raise(issues)

    def body(self, media: Media, value: object) -> None:
        """Check a decoded body.

        Raises:
            Problem: It does not fit.
        """
        _raise(self.issues(media.schema, value, "body"))

    def answer(self, operation: Operation, status: int, content_type: str | None, value: object) -> list[str]:
        """Return what is wrong with an answer: an undocumented status, media type or body."""
        described = operation.answers.get(str(status), operation.answers.get("default"))
        if described is None:
            return [f"{operation.id} answers {status}, which the document does not describe"]
        if not described:
            return [] if content_type is None else [f"{operation.id} {status} must not have a body"]
        plain = (content_type or "").split(";")[0]
        media = described.get(plain, described.get("*/*"))
        if media is None:
            return [f"{operation.id} {status} answers {content_type}, the document describes {', '.join(described)}"]
        if plain != "application/json" or "application/json" not in described:
            return []
        found = self.issues(media.schema, value, "answer")
        return [f"{operation.id} {status}: {issue.field}: {issue.message}" for issue in found]

    def _read(self, parameter: Parameter, text: str, field: str, issues: list[Issue]) -> Any:
        value: Any = text
        if parameter.comma_separated:
            # Nothing between the commas is nothing asked for.
            value = [one for one in text.split(",") if one]
        kind = parameter.schema.get("type")
        if kind == "integer" and _INTEGER.match(text):
            value = int(text)
        elif kind == "number" and _NUMBER.match(text):
            value = float(text)
        elif kind == "boolean" and text in ("true", "false"):
            value = text == "true"
        issues.extend(self.issues(parameter.schema, value, field))
        return value

    @staticmethod
    def _missing(operation: Operation, location: str, values: Mapping[str, Any], issues: list[Issue]) -> None:
        seen = {issue.field for issue in issues}
        for parameter in operation.parameters:
            field = f"{location}.{parameter.name}"
            if (
                parameter.required
                and parameter.location == location
                and parameter.name not in values
                and field not in seen
            ):
                issues.append(Issue(field, f"{parameter.name} is required", "required"))


def _raise(issues: Sequence[Issue]) -> None:
    if issues:
        raise Problem(400, issues)


def _issues_of(error: ValidationError, place: str) -> list[Issue]:
    keyword, detail = error.kind.name, error.kind.value
    branches: list[list[ValidationError]] = getattr(error.kind, "context", [])
    if branches and any(branches):
        return _issues_of(_closest_match(branches), place)
    field = ".".join([place, *(str(step) for step in error.instance_path)])
    code = _CODES.get(keyword, "invalid_value")
    if keyword == "required":
        return [Issue(f"{field}.{detail}", f"{detail} is required", code)]
    if keyword == "additionalProperties":
        return [Issue(f"{field}.{name}", f"{name} is not known here", code) for name in cast("list[str]", detail)]
    return [Issue(field, _message(keyword, detail, error), code)]


def _message(keyword: str, detail: Any, error: ValidationError) -> str:
    if keyword == "type":
        return f"Expected {' or '.join(detail)}, got {_kind(error.instance)}"
    if keyword == "enum":
        return f"Expected one of {', '.join(str(one) for one in detail)}, got {_short(error.instance)}"
    if keyword == "const":
        return f"Expected {detail!r}, got {_short(error.instance)}"
    if keyword in ("minimum", "maximum"):
        bound = "at least" if keyword == "minimum" else "at most"
        return f"Expected {bound} {detail}, got {_short(error.instance)}"
    return _cut(error.message)


def _closest_match(branches: list[list[ValidationError]]) -> ValidationError:
    """Return the error of the alternative that was most likely meant: the one that got furthest into the value."""
    errors = [error for branch in branches for error in branch]
    return max(errors, key=lambda one: (len(one.instance_path), one.kind.name not in ("type", "const")))


def _kind(value: object) -> str:
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


def _short(value: object) -> str:
    return _cut(repr(value) if isinstance(value, str) else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= 160 else text[:157] + "..."
