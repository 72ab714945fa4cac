"""Schemas compiled to plain functions that only say yes or no.

Nearly every answer fits, and saying so takes a twentieth of the time a full validator needs. What does not fit is held
against the full validator, which finds the words for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

Check = Callable[[Any], bool]

_KNOWN = frozenset(
    {
        *("type", "properties", "required", "additionalProperties", "items", "enum", "const"),
        *("anyOf", "oneOf", "format", "minimum", "maximum"),
    }
)


class _Unknown(Exception):
    """A schema says something that only the full validator knows."""


def compile_check(schema: Mapping[str, Any]) -> Check | None:
    """Return a function that tells whether a value fits a schema.

    Args:
        schema: An inlined JSON Schema.

    Returns:
        The function; None if the schema says something this module does not know, such as a reference.
    """
    try:
        return _compiled(schema)
    except _Unknown:
        return None


def _compiled(schema: Any) -> Check:
    if schema is True or schema == {}:
        return _anything
    if schema is False:
        return _nothing
    if not schema.keys() <= _KNOWN:
        raise _Unknown(f"cannot compile {sorted(schema.keys() - _KNOWN)}")
    checks: list[Check] = []
    if "type" in schema:
        checks.append(_of_type(schema["type"]))
    if "const" in schema:
        checks.append(_one_of([schema["const"]]))
    if "enum" in schema:
        checks.append(_one_of(schema["enum"]))
    if schema.keys() & {"properties", "required", "additionalProperties"}:
        checks.append(_object(schema))
    if "items" in schema:
        checks.append(_array(_compiled(schema["items"])))
    if "anyOf" in schema:
        checks.append(_any_of([_compiled(one) for one in schema["anyOf"]]))
    if "oneOf" in schema:
        checks.append(_exactly_one_of([_compiled(one) for one in schema["oneOf"]]))
    if schema.get("format") == "date-time":
        checks.append(_is_moment)
    if "minimum" in schema or "maximum" in schema:
        checks.append(_between(schema.get("minimum"), schema.get("maximum")))
    return _all_of(checks)


def _anything(value: Any) -> bool:
    return True


def _nothing(value: Any) -> bool:
    return False


def _all_of(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda value: first(value) and second(value)
    return lambda value: all(check(value) for check in checks)


def _any_of(checks: list[Check]) -> Check:
    return lambda value: any(check(value) for check in checks)


def _exactly_one_of(checks: list[Check]) -> Check:
    return lambda value: sum(check(value) for check in checks) == 1


_CLASSES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "object": (dict,),
    "array": (list,),
    "integer": (int,),
    "number": (int, float),
}


def _of_type(named: str | list[str]) -> Check:
    names = named if isinstance(named, list) else [named]
    classes = frozenset(one for name in names for one in _CLASSES[name])
    if "integer" in names and "number" not in names:
        # A float without a fraction is an integer to JSON Schema.
        return lambda value: type(value) in classes or (type(value) is float and value.is_integer())
    return lambda value: type(value) in classes


def _one_of(values: list[Any]) -> Check:
    if all(isinstance(value, str) for value in values):
        texts = frozenset(cast("list[str]", values))
        return lambda value: isinstance(value, str) and value in texts
    if all(isinstance(value, (str, bool, int, type(None))) for value in values):
        pairs = frozenset(_typed(value) for value in values)
        return lambda value: isinstance(value, (str, bool, int, type(None))) and _typed(value) in pairs
    raise _Unknown("cannot compile an enum of structures")


def _typed(value: Any) -> tuple[str, Any]:
    """Return a value that is told from an equal one of another type, as True from 1."""
    return type(cast("object", value)).__name__, value


def _object(schema: Mapping[str, Any]) -> Check:
    properties: dict[str, Check] = {name: _compiled(one) for name, one in schema.get("properties", {}).items()}
    required = frozenset(cast("list[str]", schema.get("required", [])))
    extra = _compiled(schema.get("additionalProperties", True))

    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        members = cast("dict[str, Any]", value)
        if not members.keys() >= required:
            return False
        for name, one in members.items():
            known = properties.get(name)
            if not (extra if known is None else known)(one):
                return False
        return True

    return check


def _array(item: Check) -> Check:
    if item is _anything:
        return _anything
    return lambda value: not isinstance(value, list) or all(item(one) for one in cast("list[Any]", value))


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def _between(minimum: float | None, maximum: float | None) -> Check:
    def check(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return True
        return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)

    return check
