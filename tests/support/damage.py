"""Damaged JSON answers, and what must have become of them: only the damaged part is lost."""

from __future__ import annotations

import copy
import pickle
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import attrs

from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.base_models import BaseModel

Path = tuple[str | int, ...]

REPLACEMENTS: list[Any] = [..., None, "odd", 1.5, [None], {"odd": 1}]
"""Values to put in the place of others; an ellipsis removes a field."""


def find_paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value inside a JSON value."""
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield (*path, key)
            yield from find_paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[Any]", value)):
            yield (*path, index)
            yield from find_paths(inner, (*path, index))


def replace_value(value: Any, path: Path, replacement: Any) -> Any:
    """Return a copy with another value at a path, or without the field for an ellipsis."""
    if not path:
        return replacement
    result = copy.deepcopy(value)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    if replacement is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = replacement
    return result


def format_path(path: Path) -> str:
    """Format a path as errors do."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def get_hints(model: type[BaseModel]) -> dict[str, Any]:
    """Return the types of a model's fields."""
    if model not in _hints:
        _hints[model] = get_type_hints(model, vars(sys.modules[model.__module__]))
    return _hints[model]


_hints: dict[type[BaseModel], dict[str, Any]] = {}


def get_model(model: BaseModel) -> type[BaseModel]:
    """Return the class of a model, which is the same if it lacks some of its fields."""
    return model._get_model()  # pyright: ignore[reportPrivateUsage]


def get_wire_names(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the wire names of a model's fields."""
    return model._wire_names  # pyright: ignore[reportPrivateUsage]


def has_type(value: Any, hint: Any) -> bool:
    """Return whether a decoded value is of a type, whose literals are open."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, types.UnionType):
        return any(has_type(value, inner) for inner in arguments)
    if origin is Literal:
        return type(value) is type(arguments[0])
    if origin is list:
        return isinstance(value, list) and all(has_type(item, arguments[0]) for item in cast("list[Any]", value))
    if origin is dict:
        return isinstance(value, dict) and all(
            has_type(item, arguments[1]) for item in cast("dict[str, Any]", value).values()
        )
    if hint in (float, int):
        return isinstance(value, (int, hint)) and not isinstance(value, bool)
    return isinstance(value, hint or type(None))


def list_required(model: type[BaseModel]) -> list[str]:
    """Return the fields of a model that the API always sends."""
    return [field.name for field in attrs.fields(cast("Any", model)) if field.default is attrs.NOTHING]


def is_readable(raw: Any, hint: Any) -> bool:
    """Return whether at least a part of a JSON value can be decoded as a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any(is_readable(raw, inner) for inner in arguments)
    if origin is list and isinstance(raw, list):
        items = cast("list[Any]", raw)
        return len(items) < 2 or any(is_readable(item, arguments[0]) for item in items)
    if origin is dict and isinstance(raw, dict):
        values = cast("dict[str, Any]", raw).values()
        return len(values) < 2 or any(is_readable(item, arguments[1]) for item in values)
    if origin is None and isinstance(hint, type) and issubclass(hint, BaseModel):
        if not isinstance(raw, dict):
            return False
        fields, names, hints = cast("dict[str, Any]", raw), get_wire_names(hint), get_hints(hint)
        promised = {names[name] for name in list_required(hint)}
        strict = hint._strict  # pyright: ignore[reportPrivateUsage]
        has_strict = all(is_readable(fields.get(names[name]), hints[name]) for name in strict)
        return has_strict and (not promised or not fields or bool(promised & fields.keys()))
    if hint is int:
        return has_type(raw, int) or (isinstance(raw, float) and raw.is_integer())
    return has_type(raw, hint)


def check_remainder(found: Any, healthy: Any, raw: Any, path: Path, above: Path = ()) -> Path | None:
    """Check that all of an answer but the value at a path is as it would be without the damage.

    Args:
        found: What the damaged answer was decoded into.
        healthy: What the whole answer is decoded into.
        raw: The damaged answer.
        path: The place of the damage.
        above: The path of ``found``.

    Returns:
        The path of what was lost, if anything was.
    """
    if not path:
        return None
    step, *rest = path
    here = (*above, step)
    if isinstance(healthy, BaseModel):
        assert isinstance(found, BaseModel)
        model = get_model(healthy)
        if get_model(found) is not model:
            return None  # without this value, it is another variant of the union
        attributes = {wire_name: name for name, wire_name in get_wire_names(model).items()}
        for wire_name, other in attributes.items():
            assert wire_name == step or getattr(found, other) == getattr(healthy, other), other
        wire_name = str(step)
        received = found.to_dict()
        assert (wire_name in received) is (wire_name in raw)
        assert received.get(wire_name) == raw.get(wire_name)
        if wire_name not in attributes:
            return None
        name = attributes[wire_name]
        hint = get_hints(model)[name]
        missing = check_missing(found, name, here)
        is_optional = wire_name not in raw and type(None) in get_args(hint)
        assert missing is not (is_optional or is_readable(raw.get(wire_name), hint))
        if missing:
            return here
        value = getattr(found, name)
        assert has_type(value, hint)
        return check_remainder(value, getattr(healthy, name), raw.get(wire_name), tuple(rest), here)
    items = _list_items(healthy)
    if type(healthy) is type(found) and any(isinstance(item, BaseModel) for item in items.values()):
        others = [item for key, item in items.items() if key != step]
        if len(found) < len(healthy):
            assert list(_list_items(found).values()) == others
            return here if len(found) < len(raw) else None
        assert [item for key, item in _list_items(found).items() if key != step] == others
        return check_remainder(found[step], healthy[step], raw[step], tuple(rest), here)
    return None


def _list_items(value: Any) -> dict[Any, Any]:
    """Return the items of a list or map by index or key; none of other values."""
    if isinstance(value, list):
        return dict(enumerate(cast("list[Any]", value)))
    return cast("dict[Any, Any]", value) if isinstance(value, dict) else {}


def check_missing(model: BaseModel, name: str, path: Path) -> bool:
    """Return whether an attribute is missing; check the error for reading it."""
    error: EigenpalResponseError | None = None
    try:
        getattr(model, name)
    except EigenpalResponseError as raised:
        error = raised
    assert hasattr(model, name) is (error is None)
    if error is None:
        return False
    assert isinstance(error, AttributeError)
    assert error.operation
    assert error.field is not None
    assert error.field.startswith(format_path(path))
    assert error.field in str(error)
    assert pickle.loads(pickle.dumps(error)).field == error.field
    return True


def check_safe(model: BaseModel, raw: Mapping[str, Any]) -> None:
    """Check that whatever is done with a model as a whole does not raise, and that it keeps what was received."""
    assert model.to_dict() == raw
    assert dict(cast("Any", model)) == raw
    assert repr(model)
    assert all(pair for pair in model.__rich_repr__())
    assert isinstance(attrs.asdict(cast("Any", model)), dict)
    for twin in (copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert twin == model
        assert model == twin
        assert type(twin) is type(model)
        assert repr(twin) == repr(model)
        assert twin.to_dict() == raw
