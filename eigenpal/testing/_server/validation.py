"""Requests and answers held against the document: every finding names the field it is about."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from eigenpal.testing._server.checks import Check, compile_check
from eigenpal.testing._server.errors import Issue, Problem
from eigenpal.testing._server.specification import Media, Operation, Parameter

_MOST_ISSUES = 20
_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?(e-?[0-9]{1,2})?\Z")

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None


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
    """Compiled validators, one for each schema that was needed so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiled: dict[int, tuple[Mapping[str, Any], Check | None, Draft202012Validator]] = {}

    def issues(self, schema: Mapping[str, Any], value: object, place: str) -> list[Issue]:
        """Return what is wrong with ``value``, with fields that start with ``place``."""
        check, validator = self._compile(schema)
        if check is not None and check(value):
            return []
        errors: Iterable[ValidationError] = cast("Any", validator).iter_errors(value)
        found: list[Issue] = []
        for error in errors:
            found.extend(_issues_of(error, place))
            if len(found) >= _MOST_ISSUES:
                break
        return found

    def _compile(self, schema: Mapping[str, Any]) -> tuple[Check | None, Draft202012Validator]:
        # The entry holds the schema, so that no other one can come to have its identity.
        known = self._compiled.get(id(schema))
        if known is None:
            with self._lock:
                validator = Draft202012Validator(schema, format_checker=_FORMATS)
                known = self._compiled[id(schema)] = (schema, compile_check(schema), validator)
        return known[1:]

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
    if error.validator in ("anyOf", "oneOf") and error.context:
        return _issues_of(_most_telling(error.context), place)
    field = ".".join([place, *(str(step) for step in error.absolute_path)])
    code = _CODES.get(str(error.validator), "invalid_value")
    instance: Any = error.instance
    schema = cast("Mapping[str, Any]", error.schema)
    if error.validator == "required":
        missing = [name for name in schema["required"] if name not in instance]
        # jsonschema reports each missing name on its own; the message tells which one this is.
        name = next((one for one in missing if error.message.startswith(repr(one))), missing[0])
        return [Issue(f"{field}.{name}", f"{name} is required", code)]
    if error.validator == "additionalProperties":
        extra = [str(name) for name in instance if name not in schema.get("properties", {})]
        return [Issue(f"{field}.{name}", f"{name} is not known here", code) for name in extra]
    return [Issue(field, _message(error, schema), code)]


def _message(error: ValidationError, schema: Mapping[str, Any]) -> str:
    if error.validator == "type":
        wanted = schema["type"]
        names = cast("list[str]", wanted) if isinstance(wanted, list) else [str(wanted)]
        return f"Expected {' or '.join(names)}, got {_kind(error.instance)}"
    if error.validator == "enum":
        return f"Expected one of {', '.join(str(one) for one in schema['enum'])}, got {_short(error.instance)}"
    if error.validator == "const":
        return f"Expected {schema['const']!r}, got {_short(error.instance)}"
    if error.validator in ("minimum", "maximum"):
        bound = "at least" if error.validator == "minimum" else "at most"
        return f"Expected {bound} {schema[str(error.validator)]}, got {_short(error.instance)}"
    return _cut(error.message)


def _most_telling(context: Sequence[ValidationError]) -> ValidationError:
    # The alternative that got furthest into the value is the one that was most likely meant.
    return max(context, key=lambda one: (len(one.absolute_path), one.validator not in ("type", "const")))


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
