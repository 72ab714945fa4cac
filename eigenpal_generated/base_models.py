# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The base classes of models and pages, and how they are decoded.

Each model has a straight-line decoder, which stops at the first value that is not as documented. Only then, the
response is decoded again by `_Reader`, field by field, and what cannot be decoded is left out.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextlib import suppress
from copy import copy
from functools import lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, TypeAlias, TypeVar, cast, overload

from eigenpal_generated.decoding import (
    Decode,
    DecodeError,
    ResponseContext,
    decode_any,
    decode_chosen,
    decode_list,
    decode_map,
    decode_nullable,
    decode_object,
    join_path,
    raise_mismatch,
)
from eigenpal_generated.encoding import UNSET, JsonObject, join_names, to_json

if TYPE_CHECKING:
    from attrs import define as define

T = TypeVar("T")
TModel = TypeVar("TModel", bound="BaseModel")
TRow_co = TypeVar("TRow_co", covariant=True)


def load_module(name: str) -> Any:
    """Load a module of this package that is rarely needed."""
    return import_module(f"{__package__}.{name}")


def read(decode: Decode[T], value: Any, context: ResponseContext | None = None) -> T:
    """Decode a JSON value. A part that is not as documented costs only the attribute that would hold it.

    Such an attribute is missing: reading it raises an ``AttributeError`` that describes the problem. An item of a list
    or map is left out. The problems are added to ``context``.

    Raises:
        DecodeError: It cannot be decoded at all, for example because it is not an object.
    """
    with suppress(TypeError, ValueError):
        return decode(value)
    context = context or ResponseContext()
    reader = _Reader(context)
    result: T = reader.read(decode, value, "")
    context.problems += reader.problems
    return result


class _Reader:
    """Decodes what is not as documented, field by field, and collects the problems."""

    def __init__(self, context: ResponseContext) -> None:
        self._context = context
        self.problems: list[DecodeError] = []

    def read(self, decode: Any, value: Any, path: str) -> Any:
        """Decode the value at a path.

        Raises:
            DecodeError: It cannot be decoded at all; the error has the full path.
        """
        model = _MODELS.get(decode) or getattr(decode, "__self__", None)
        if isinstance(model, type) and issubclass(model, BaseModel):  # the latter is the one of `Model.from_dict`
            return self.read_model(model, value, path)
        items: Iterable[tuple[Any, Any]] = ()
        chosen: Any = None
        try:
            if not isinstance(decode, partial):
                return decode(value)
            kind, (inner,) = decode.func, decode.args
            if kind is decode_list:
                items = enumerate(decode_list(decode_any, value))
            elif kind is decode_map:
                items = decode_object(value).items()
            elif kind is decode_chosen:
                chosen = inner(value)
            else:
                chosen = decode_any if kind is decode_nullable and value is None else inner
        except DecodeError as error:
            raise error.inside(path) from None
        if kind is decode_list:
            return [item for _, item in self._read_items(inner, items, path, "[{}]")]
        if kind is decode_map:
            return dict(self._read_items(inner, items, path, ".{}" if path else "{}"))
        return self.read(chosen, value, path)

    def _read_items(
        self, decode: Any, items: Iterable[tuple[Any, Any]], path: str, place: str
    ) -> list[tuple[Any, Any]]:
        """Decode the items of a list or map, without those that cannot be decoded at all."""
        read: list[tuple[Any, Any]] = []
        refused: list[DecodeError] = []
        for key, value in items:
            try:
                read.append((key, self.read(decode, value, path + place.format(key))))
            except DecodeError as error:
                refused.append(error)
        if len(refused) > 1 and not read:
            # An empty list would be a lie: the server speaks of something else.
            raise refused[0]
        self.problems += refused
        return read

    def read_model(self, model: type[BaseModel], value: Any, path: str) -> Any:
        """Decode an object."""
        try:
            raw = decode_object(value)
        except DecodeError as error:
            raise error.inside(path) from None
        before = len(self.problems)
        wire_names, defaults = model._wire_names, model._defaults  # pyright: ignore[reportPrivateUsage]
        promised = [wire_name for name, wire_name in wire_names.items() if name not in defaults]
        if raw and promised and not any(wire_name in raw for wire_name in promised):
            raise DecodeError(path, f"an object with {join_names(promised)}", value)
        values: dict[str, Any] = {}
        for name, decode in model._decoders().items():  # pyright: ignore[reportPrivateUsage]
            wire_name = wire_names[name]
            if wire_name not in raw and name in defaults:
                values[name] = copy(defaults[name])
                continue
            try:
                values[name] = self.read(decode, raw.get(wire_name), join_path(path, wire_name))
            except DecodeError as error:
                if name in model._strict:  # pyright: ignore[reportPrivateUsage]
                    del self.problems[before:]
                    raise
                self.problems.append(error)
        if len(self.problems) == before:
            return _fill(object.__new__(model), {**values, "_raw": raw})
        kind = _make_incomplete(cast("Any", model), frozenset(wire_names).difference(values))
        return _fill(object.__new__(kind), {**values, "_raw": raw, "_context": self._context, "_path": path})


def _fill(model: BaseModel, values: dict[str, Any]) -> BaseModel:
    for name, value in values.items():
        object.__setattr__(model, name, value)  # models are frozen
    return model


# These functions do without recursion, because responses may be nested almost as deeply as Python's recursion limit,
# and then pickling, copying or comparing them as they are would exceed it.


def _take_apart(value: dict[str, Any]) -> list[_Part]:
    """Return copies of a JSON object and all objects and arrays in it, each with the places of those inside."""
    parts: list[_Part] = [(dict(value), [])]
    for container, links in parts:
        is_object = isinstance(container, dict)
        for key, item in cast("dict[str, Any]", container).items() if is_object else enumerate(container):
            if type(item) in (dict, list):
                links.append((key, len(parts)))
                parts.append((item.copy(), []))
        for key, _ in links:
            container[key] = None
    return parts


def _put_together(parts: list[_Part]) -> dict[str, Any]:
    for container, links in parts:
        for key, position in links:
            container[key] = parts[position][0]
    return cast("dict[str, Any]", parts[0][0])


_Part: TypeAlias = tuple[Any, list[tuple[Any, int]]]


def _get_container_type(value: object) -> type[object] | None:
    return type(value) if type(value) in (dict, list) else None


def is_same_json(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal."""
    stack = [(one, other)]
    while stack:
        one, other = stack.pop()
        kind = _get_container_type(one)
        if kind is not _get_container_type(other):
            return False
        if kind is dict:
            if one.keys() != other.keys():
                return False
            stack += [(one[key], other[key]) for key in one]
        elif kind is list:
            if len(one) != len(other):
                return False
            stack += zip(one, other, strict=True)
        elif one is not other and one != other:
            return False
    return True


# On Python 3.11, a class with `__getattr__` is read several times slower, so that the names that other models have, and
# other SDKs, are descriptors there. Everywhere else, also before, the loss is small.
_IS_READING_SLOWED = sys.version_info[:2] == (3, 11)


class _MissingField:
    """A name that is no field of a model, which looks as if it were not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, model: BaseModel | None, kind: type[BaseModel]) -> NoReturn:
        if model is None:
            raise AttributeError(f"type object {kind.__name__!r} has no attribute {self._name!r}")
        _raise_missing(model, self._name)


def _add_missing_fields(names: Iterable[str]) -> None:
    for name in names:
        if _IS_READING_SLOWED and not (hasattr(Model, name) or hasattr(Page, name) or name in vars(BaseModel)):
            setattr(BaseModel, name, _MissingField(name))


def _raise_missing(model: BaseModel, name: str) -> NoReturn:
    raise AttributeError(load_module("suggestions").describe_missing_field(model, name), name=name)


if not TYPE_CHECKING:

    def define(**options: bool) -> Callable[[type[BaseModel]], type[BaseModel]]:
        """Decorate a model, which attrs completes when it is first used as a class of attrs.

        Decoding needs only the slots, and importing attrs would take a tenth of the time until the first response.
        """

        def decorate(model: type[BaseModel]) -> type[BaseModel]:
            model.__attrs_attrs__ = _AttrsMember(model, "__attrs_attrs__", options)
            model.__init__ = _AttrsMember(model, "__init__", options)
            return model

        return decorate


class _AttrsMember:
    """Stands for a member that attrs makes, until that is used."""

    def __init__(self, model: type[BaseModel], name: str, options: dict[str, Any]) -> None:
        self._model: Any = model
        self._name = name
        self._options = options

    def __get__(self, instance: BaseModel | None, kind: type[BaseModel]) -> Any:
        self._complete_model()
        member = getattr(self._model, self._name)
        return member.__get__(instance, kind) if hasattr(member, "__get__") else member

    def _complete_model(self) -> None:
        from attrs import define as define_now

        model, annotations = self._model, self._model.__annotations__
        members = {
            "__annotations__": {name: annotations[name] for name in model._wire_names},
            "__module__": model.__module__,
            "__qualname__": model.__qualname__,
            **model._defaults,
        }
        # Of this class, attrs would make another one, but there are instances and subclasses of this one.
        twin: Any = cast("Any", define_now)(**self._options)(type(model.__name__, (), members))
        for name in ("__attrs_attrs__", "__init__"):
            setattr(model, name, getattr(twin, name))


class _ModelType(ABCMeta):
    """The type of models: adds their slots, and leaves what only looks like a field out of ``dir``."""

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> _ModelType:
        if "_wire_names" in members and "__slots__" not in members:
            fields: Iterable[str] = members["_wire_names"]
            members["_defaults"] = {field: members.pop(field) for field in fields if field in members}
            members["__slots__"] = tuple(fields)
        return super().__new__(cls, name, bases, members)

    def __dir__(cls) -> list[str]:
        missing = {name for name, value in vars(BaseModel).items() if isinstance(value, _MissingField)}
        own = {name for kind in cls.__mro__ if kind is not BaseModel for name in vars(kind)}
        return sorted({*super().__dir__()} - (missing - own))


class BaseModel(JsonObject, metaclass=_ModelType):
    """Base of models and pages: Python attributes, and the JSON object that they were decoded from."""

    __slots__ = ("__weakref__", "_raw")

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _defaults: ClassVar[Mapping[str, Any]] = {}
    """The values of the fields that may be left out."""
    _sent_as_null: ClassVar[frozenset[str]] = frozenset()
    """Fields whose None is sent as null. In other fields, None is not sent."""
    _secrets: ClassVar[frozenset[str]] = frozenset()
    """Fields that are secrets, or lists or maps of secrets; masked in ``repr``."""
    _strict: ClassVar[frozenset[str]] = frozenset()
    """Fields without which an object cannot be decoded at all."""
    _decode: ClassVar[Callable[[Any], Any]] = raise_mismatch
    """The straight-line decoder."""

    _raw: dict[str, Any]

    @classmethod
    def from_dict(cls: type[TModel], raw: Mapping[str, Any], /) -> TModel:
        """Decode a JSON object.

        A field that the object lacks, or whose value is not as documented, is missing: reading the attribute raises an
        ``AttributeError`` that describes the problem.

        Raises:
            DecodeError: It is not such an object at all.
        """
        with suppress(TypeError, ValueError):
            return cast("TModel", cls._decode(raw))
        return cast("TModel", _Reader(ResponseContext()).read_model(cls._get_model(), raw, ""))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        """Return the decoder of each field."""
        raise NotImplementedError

    @classmethod
    def _get_model(cls) -> type[BaseModel]:
        """Return the class without the changes for missing fields."""
        return cls

    def _data(self) -> dict[str, Any]:
        try:
            return self._raw
        except AttributeError:  # made by its constructor, not decoded
            raw: dict[str, Any] = {}
            for name, wire_name in self._wire_names.items():
                value = getattr(self, name)
                if value is not UNSET and (value is not None or name in self._sent_as_null):
                    raw[wire_name] = to_json(value, f"{type(self).__name__}.{name}")
            return raw

    def to_dict(self) -> dict[str, Any]:
        """Return a copy of the JSON object that was received or will be sent."""
        return _put_together(_take_apart(self._data()))

    def __getitem__(self, key: str, /) -> Any:
        data = self._data()
        try:
            return data[key]
        except KeyError:
            names = ", ".join(map(repr, data)) or "no keys"
            raise KeyError(f"{key!r} is not in this {type(self).__name__}, which has {names}") from None

    def __reduce__(self) -> tuple[Any, ...]:
        decoded = getattr(self, "_raw", None)
        if decoded is not None:
            return _restore, (type(self), _take_apart(decoded))
        return _construct, (type(self), {name: getattr(self, name) for name in self._wire_names})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseModel):
            return NotImplemented
        return self._get_model() is other._get_model() and is_same_json(self._data(), other._data())

    if not TYPE_CHECKING:  # checkers know what attrs adds

        def __replace__(self, /, **changes: Any) -> BaseModel:
            from attrs import evolve

            return evolve(self, **changes)

    # How a model is shown, and what is said of a missing attribute, is in modules that are loaded on first use.

    def __repr__(self) -> str:
        shown: str = load_module("display").repr_model(self)
        return shown

    # Sentry sends the items of mappings otherwise.
    __sentry_repr__ = __repr__

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        # Without it, rich shows all fields of attrs classes, also in tracebacks with local variables.
        shown: Iterator[tuple[str, Any]] = load_module("display").find_shown(self)
        return shown

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:
        load_module("display").print_pretty(self, printer)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._data())

    def __dir__(self) -> list[str]:
        # Without secrets, because tools such as rich.inspect and debuggers show the values of all names.
        names: list[str] = load_module("display").list_names(self)
        return names

    if not TYPE_CHECKING:  # or checkers would accept every name

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or hasattr(type(self), name):
                return object.__getattribute__(self, name)  # raises the usual error
            _raise_missing(self, name)

        if _IS_READING_SLOWED:
            del __getattr__

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        return load_module("pydantic_schema").make_core_schema(cls)

    @property
    def __pydantic_serializer__(self) -> Any:
        # For fields of any type.
        try:
            return load_module("pydantic_schema").make_serializer()
        except ModuleNotFoundError:  # tools look at all attributes
            raise AttributeError("pydantic is not installed") from None

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = load_module("pydantic_schema").make_json_schema(cls)
        return schema


class Model(BaseModel, Mapping[str, Any]):
    """Base of all models: Python attributes, and a read-only mapping with the API's property names.

    ``run.timing.created_at`` is a datetime; ``run["timing"]["createdAt"]`` is the value that the server sent. Fields
    that are new in the API are available only in the mapping.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._data())

    def __len__(self) -> int:
        return len(self._data())

    def __bool__(self) -> bool:
        return True


def _restore(
    model: type[BaseModel], parts: list[_Part], path: str = "", context: ResponseContext | None = None
) -> BaseModel:
    raw = _put_together(parts)
    if context is not None:
        restored: BaseModel = _Reader(context).read_model(model, raw, path)
        return restored
    return model.from_dict(raw)


def _construct(model: type[BaseModel], fields: dict[str, Any]) -> BaseModel:
    return model(**fields)


class _KnownFields:
    """The attributes of attrs for the fields that are not missing."""

    def __get__(self, _incomplete: BaseModel | None, kind: Any) -> tuple[Any, ...]:
        attributes = kind._get_model().__attrs_attrs__
        return tuple(attribute for attribute in attributes if attribute.name in kind._wire_names)


@lru_cache(maxsize=256)
def _make_incomplete(model: type[Any], missing: frozenset[str]) -> type[BaseModel]:
    """Return a class for objects that lack some fields of a model, or contain an object that does.

    It is as if the model did not have these fields, for ``repr``, attrs and others, but reading them raises an error.
    """
    names = {name: wire for name, wire in model._wire_names.items() if name not in missing}

    def construct(_: type[BaseModel], **fields: Any) -> Any:
        return model(**fields)

    members: dict[str, Any] = {
        "__slots__": ("_context", "_path"),
        "__doc__": model.__doc__,
        "__module__": model.__module__,
        "__qualname__": model.__qualname__,
        "__attrs_attrs__": _KnownFields(),
        "_wire_names": names,
        "_get_model": classmethod(lambda _: model),
        # The constructor makes whole models, for example when attrs.evolve passes the missing fields.
        "__new__": construct,
        "__getattr__": _raise_field_error,
        "__reduce__": _reduce_incomplete,
    }
    return cast("type[BaseModel]", type(model.__name__, (model,), members))


def _raise_field_error(incomplete: Any, name: str) -> Any:
    missing = incomplete._get_model()._wire_names.keys() - incomplete._wire_names.keys()
    if name not in missing:
        if not name.startswith("_") and not hasattr(cast("object", type(incomplete)), name):
            _raise_missing(incomplete, name)
        return object.__getattribute__(incomplete, name)  # raises the usual error
    # Made elsewhere, because tracebacks include the variables of this function, and the value may be a secret.
    raise _make_field_error_of(incomplete, name)


def _make_field_error_of(incomplete: Any, name: str) -> AttributeError:
    model = incomplete._get_model()
    wire_name = model._wire_names[name]
    path = join_path(incomplete._path, wire_name)
    try:
        # The problem is not kept, because an exception keeps the variables of the functions that it came through.
        _Reader(incomplete._context).read(model._decoders()[name], incomplete._raw.get(wire_name), path)
    except DecodeError as problem:
        return cast("AttributeError", incomplete._context.make_field_error(problem))
    raise AssertionError(f"{path} is missing, but can be decoded")


def _reduce_incomplete(incomplete: Any) -> tuple[Any, ...]:
    parts = _take_apart(incomplete._raw)
    return _restore, (incomplete._get_model(), parts, incomplete._path, incomplete._context)


_MODELS: dict[Callable[[Any], Any], type[BaseModel]] = {}
"""The models by their decoders."""


def register(model: type[TModel], decode: Callable[[Any], Any]) -> Callable[[Any], TModel]:
    """Register the decoder of a model, which stops at the first value that is not as documented, and return it."""
    type.__setattr__(model, "_decode", staticmethod(decode))
    for name in cast("Any", model)._wire_names:
        first, *others = name.split("_")
        _add_missing_fields([name, f"{name}s", "".join([first, *map(str.capitalize, others)])])
    _MODELS[decode] = model
    return decode


def make_mutable(model: type[BaseModel]) -> Callable[[], Any]:
    """Return a class of the same layout whose attributes can be set.

    Decoding fills an instance of it and then sets its ``__class__`` to ``model``, which is several times faster than
    setting each attribute of a frozen attrs instance.
    """
    # The error raised by attrs has no hint.
    type.__setattr__(model, "__setattr__", _raise_frozen)
    type.__setattr__(model, "__delattr__", _raise_frozen)
    # A subclass without its own slots, because assigning a base class to ``__class__`` is fastest.
    members = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(model.__name__, (model,), {"__slots__": (), **members})


def _raise_frozen(model: BaseModel, name: str, _value: object = None) -> NoReturn:
    raise AttributeError(f"{type(model).__name__} is read-only; to_dict() returns a copy that you can change")


class Page(BaseModel, Generic[TRow_co]):
    """Base of the pages of a list: iterates the rows of this page, and has the API's property names as keys.

    ``for run in page``, ``len(page)``, ``page[0]``, slices, ``in``, ``reversed`` and ``bool(page)`` are about the rows;
    ``page["nextCursor"]``, ``page.keys()``, ``page.get(...)``, ``dict(page)`` and ``page.to_dict()`` about the JSON
    object that the server sent. A page is neither a ``Mapping`` nor a ``Sequence``.
    """

    __slots__ = ()

    _rows_name: ClassVar[str]
    """The attribute with the rows."""

    def _rows(self) -> list[TRow_co]:
        return getattr(self, self._rows_name) or []

    def __iter__(self) -> Iterator[TRow_co]:
        return iter(self._rows())

    def __reversed__(self) -> Iterator[TRow_co]:
        return reversed(self._rows())

    def __len__(self) -> int:
        return len(self._rows())

    def __contains__(self, row: object, /) -> bool:
        return row in self._rows()

    @overload
    def __getitem__(self, key: str, /) -> Any: ...

    @overload
    def __getitem__(self, key: int, /) -> TRow_co: ...

    @overload
    def __getitem__(self, key: slice, /) -> list[TRow_co]: ...

    def __getitem__(self, key: int | slice | str, /) -> Any:
        if isinstance(key, str):
            return super().__getitem__(key)
        rows = self._rows()
        try:
            return rows[key]
        except IndexError:
            count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
            raise IndexError(f"row {key} is not on this {type(self).__name__}, which has {count}") from None

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value that the server sent for a property, or ``default`` if it is absent."""
        return self._data().get(key, default)

    def keys(self) -> KeysView[str]:
        """Return the names of the properties that the server sent."""
        return self._data().keys()

    def values(self) -> ValuesView[Any]:
        """Return the values that the server sent."""
        return self._data().values()

    def items(self) -> ItemsView[str, Any]:
        """Return the names and values that the server sent; the rows are in the page itself."""
        return self._data().items()


if _IS_READING_SLOWED:
    from eigenpal_generated.synonyms import OTHER_WORDS, WORDS_FOR_MORE, WORDS_FOR_ROWS

    _add_missing_fields([f"{word}{ending}" for word in OTHER_WORDS for ending in ("", "s", "_id")])
    _add_missing_fields([*WORDS_FOR_ROWS, *WORDS_FOR_MORE, "cancel", "delete", "duration", "update", "wait"])
