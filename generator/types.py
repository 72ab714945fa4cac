"""Types and decoders as code, for the modules of models and of endpoints."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator import text
from generator.facts import Variant

# Placeholders for the prefix of a name, which depends on the module that uses it.
_MODEL = "\0"
_DECODING = "\1"
_RUNTIME = "\2"
_MAPPING = "Mapping[str, Any]"


@dataclass(frozen=True)
class Scope:
    """The prefixes that a module uses for models, for decoders and for types of the runtime."""

    models: str
    decoding: str
    runtime: str

    def write(self, code: str) -> str:
        """Format code whose names are marked."""
        code = code.replace(_MODEL, self.models)
        return code.replace(_DECODING, self.decoding).replace(_RUNTIME, self.runtime)


IN_MODELS = Scope(models="_models.", decoding="_", runtime="_")
IN_PAGES = Scope(models="models.", decoding="decoding.", runtime="runtime.")


@dataclass(frozen=True)
class Decoder:
    """How code decodes a JSON value."""

    function: str
    """Takes the value; with ``inner``, the inner decoder and the value."""
    inner: Decoder | None = None
    """For the rows of a list, or the values of a map."""
    maker: str = ""
    """Makes a function of ``inner`` that takes only the value."""
    chooses: bool = False
    """Whether the function returns the decoder for the value, as for the variants of a union."""
    choices: tuple[tuple[str, Decoder], ...] = ()
    """Instead of a function: a test of the value's class and a decoder for each JSON type; the last needs no test."""
    nullable: bool = False

    def call(self, value: str) -> str:
        """Format the call for a value expression, which must be cheap and pure because it is repeated."""
        if self.choices:
            chosen = self._choose(value, [(test, decoder.call(value)) for test, decoder in self.choices])
        elif self.inner:
            chosen = f"{self.function}({self.inner.as_function()}, {value})"
        else:
            chosen = f"{self.function}({value})({value})" if self.chooses else f"{self.function}({value})"
        return f"None if {value} is None else {chosen}" if self.nullable else chosen

    def as_function(self) -> str:
        """Format a function that takes only the value."""
        function = self.function
        if self.choices:
            functions = [(test, decoder.as_function()) for test, decoder in self.choices]
            function = f"{_DECODING}make_union_decoder(lambda value: {self._choose('value', functions)})"
        elif self.inner:
            function = f"{self.maker}({self.inner.as_function()})"
        elif self.chooses:
            function = f"{_DECODING}make_union_decoder({function})"
        return f"{_DECODING}make_nullable_decoder({function})" if self.nullable else function

    def _choose(self, value: str, codes: list[tuple[str, str]]) -> str:
        chosen = codes[-1][1]
        for test, code in reversed(codes[:-1]):
            chosen = f"{code} if {value}.__class__ {test} else {chosen}"
        return chosen


@dataclass(frozen=True)
class Type:
    """A schema as a Python type."""

    python: str
    """As an attribute or a return value."""
    arguments: tuple[str, ...]
    """What is accepted as an argument: a mapping as well as a model, a tuple as well as a list."""
    decoder: Decoder
    shape: str
    """``string``, ``boolean``, ``integer``, ``number``, ``moment``, ``file``, ``list``, ``map``, ``object`` (a
    free-form one), ``model``, ``union`` or ``anything``."""
    nullable: bool = False
    helper: str = ""
    """The code of a function that the decoder needs."""
    item: Type | None = None
    """The type of a list's rows, or of a map's values."""
    values: tuple[str, ...] = ()
    """The known values of an enum."""
    names: frozenset[str] = frozenset()
    """The named schemas that it mentions."""
    branches: tuple[Type, ...] = ()
    """The branches of a union."""

    @property
    def is_file(self) -> bool:
        """Whether it is a file to send."""
        return self.shape == "file"

    @property
    def is_files(self) -> bool:
        """Whether it is a list of files to send."""
        return self.item is not None and self.item.is_file and self.shape == "list"

    @property
    def is_anything(self) -> bool:
        """Whether it is any JSON value."""
        return self.shape == "anything"

    @property
    def has_literals(self) -> bool:
        """Whether it is or holds an enum or a constant, apart from those inside models."""
        inner = (*self.branches, *([self.item] if self.item else []))
        return bool(self.values) or self.python.startswith("Literal[") or any(one.has_literals for one in inner)

    def annotation(self, scope: Scope) -> str:
        """Format the type."""
        return scope.write(self.python) + (" | None" if self.nullable and not self.is_anything else "")

    def argument_annotation(self, scope: Scope) -> str:
        """Format the type as that of an argument, without None."""
        return scope.write(" | ".join(self.arguments))

    def decoding(self, scope: Scope) -> str:
        """Format the function that decodes a value."""
        return scope.write(replace(self.decoder, nullable=self.nullable and not self.is_anything).as_function())

    def with_null(self, *, nullable: bool) -> Type:
        """Return the type as one that can also be null, if it can be."""
        return replace(self, nullable=self.nullable or nullable)

    def inside(self) -> Type:
        """Return the type of a list's rows or a map's values, with null moved into its parts."""
        if not self.nullable or self.is_anything:
            return self
        return replace(
            self,
            python=f"{self.python} | None",
            arguments=(*self.arguments, "None"),
            decoder=replace(self.decoder, nullable=True),
        )


def _plain(shape: str, python: str, function: str) -> Type:
    return Type(python, (python,), Decoder(_DECODING + function), shape)


TEXT = _plain("string", "str", "decode_str")
BOOLEAN = _plain("boolean", "bool", "decode_bool")
INTEGER = _plain("integer", "int", "decode_int")
NUMBER = _plain("number", "float", "decode_float")
OBJECT = Type("dict[str, Any]", (_MAPPING,), Decoder(f"{_DECODING}decode_object"), "object")
ANYTHING = _plain("anything", "Any", "decode_any")
MOMENT = Type("datetime", ("datetime", "str"), Decoder(f"{_DECODING}decode_datetime"), "moment")
FILE = Type(f"{_RUNTIME}FileInput", (f"{_RUNTIME}FileInput",), Decoder(f"{_DECODING}decode_any"), "file")


def enum(name: str, base: Type, values: tuple[str, ...]) -> Type:
    """Return the type of an enum. It is open: unknown values are accepted."""
    marked = _MODEL + name
    return replace(base, python=marked, arguments=(marked,), values=values, names=frozenset([name]))


def model(name: str, decoder: str) -> Type:
    """Return the type of a model, or of a union of models, which has a decoder function."""
    marked = _MODEL + name
    return Type(marked, (marked, _MAPPING), Decoder(_MODEL + decoder), "model", names=frozenset([name]))


def recursive(name: str, decoder: str, shape: str) -> Type:
    """Return the type of a list, a map or a union that contains itself, which has a decoder function."""
    marked = _MODEL + name
    return Type(marked, (marked,), Decoder(_MODEL + decoder), shape, names=frozenset([name]))


def alias(name: str, target: Type) -> Type:
    """Return the type of an alias."""
    return replace(target, python=_MODEL + name, names=target.names | {name})


def constant(base: Type, written: str) -> Type:
    """Return the type of a constant; like an enum, it is open."""
    return replace(base, python=f"Literal[{written}]", arguments=(f"Literal[{written}]",))


def list_of(rows: Type) -> Type:
    """Return the type of a list."""
    inner = rows.inside()
    return Type(
        f"list[{inner.python}]",
        (f"Sequence[{' | '.join(inner.arguments)}]",),
        Decoder(f"{_DECODING}decode_list", inner.decoder, f"{_DECODING}make_list_decoder"),
        "list",
        item=rows,
        names=rows.names,
    )


def map_of(values: Type) -> Type:
    """Return the type of an object whose values all have the same type."""
    inner = values.inside()
    return Type(
        f"dict[str, {inner.python}]",
        (f"Mapping[str, {' | '.join(inner.arguments)}]",),
        Decoder(f"{_DECODING}decode_map", inner.decoder, f"{_DECODING}make_map_decoder"),
        "map",
        item=values,
        names=values.names,
    )


def _one_of(branches: list[Type], decoder: Decoder, helper: str = "") -> Type:
    return Type(
        " | ".join(dict.fromkeys(found.python for found in branches)),
        tuple(dict.fromkeys(part for found in branches for part in found.arguments)),
        decoder,
        "union",
        nullable=any(found.nullable for found in branches),
        helper=helper,
        names=frozenset[str]().union(*(found.names for found in branches)),
        branches=tuple(branches),
    )


_JSON_TYPES = {"integer": "number", "moment": "string", "list": "array", "map": "object", "model": "object"}
_CLASSES = {
    "array": "is list",
    "object": "is dict",
    "string": "is str",
    "boolean": "is bool",
    # 3 is also a number, and 3.0 is also an integer.
    "number": "in (float, int)",
}


def by_kind(branches: list[Type]) -> Type:
    """Return the type of a union whose branches have different JSON types; scalars of one type count as one."""
    if len(branches) == 1:
        return branches[0]
    if any(found.is_anything for found in branches):
        return ANYTHING
    decoders: dict[str, Decoder] = {}
    for found in branches:
        kind = _JSON_TYPES.get(found.shape, found.shape)
        mixed = kind in decoders and decoders[kind] != found.decoder
        base = TEXT if kind == "string" else NUMBER
        decoders[kind] = base.decoder if mixed else found.decoder
    if decoders.get("string") == TEXT.decoder:  # a timestamp beside other text stays text
        branches = [replace(found, python=TEXT.python) if found.shape == "moment" else found for found in branches]
    if len(decoders) == 1:
        kind, decoder = next(iter(decoders.items()))
        return replace(_one_of(branches, decoder), shape=kind if kind in _CLASSES else branches[0].shape)
    return _one_of(branches, Decoder("", choices=tuple((_CLASSES[kind], decoders[kind]) for kind in decoders)))


def by_content(branches: list[Type], function: str, variants: list[tuple[Variant, Type]]) -> Type:
    """Return the type of a union of objects that a function tells apart."""
    last = variants[-1][0]
    if last.holds or last.equals:
        branches = [*branches, OBJECT]
    returns = " | ".join(found.annotation(IN_MODELS) for found in branches)
    return _one_of(branches, Decoder(function, chooses=True), _variants_function(function, returns, variants))


def _variants_function(function: str, returns: str, variants: list[tuple[Variant, Type]]) -> str:
    """Return the function that chooses the decoder of a union by its properties; an unknown kind stays as it is."""
    lines = [f"def {function}(value: Any) -> Callable[[Any], {returns}]:", "    raw = _decode_object(value)"]
    for entry, found in variants:
        lacks = "".join(f" and {text.literal(key)} not in raw" for key in entry.lacks)
        holds = [f"{text.literal(key)} in raw{lacks}" for key in entry.holds]
        conditions = [f"({condition})" if lacks else condition for condition in holds]
        conditions += [_test(f"raw.get({text.literal(key)})", values) for key, values in entry.equals]
        decode = IN_MODELS.write(found.decoder.as_function())
        if conditions:
            lines += [f"    if {' or '.join(conditions)}:", f"        return {decode}"]
        else:
            lines.append(f"    return {decode}")
    last = variants[-1][0]
    return "\n".join([*lines, *(["    return _decode_object"] if last.holds or last.equals else [])])


def _test(value: str, expected: tuple[str | bool | int, ...]) -> str:
    tests = [f"{value} is {one!r}" if isinstance(one, bool) else f"{value} == {text.value(one)}" for one in expected]
    same = [one for one in expected if not isinstance(one, bool)]
    if len(same) == len(expected) and len(same) > 1:
        return f"{value} in ({', '.join(map(text.value, same))})"
    return " or ".join(tests)
