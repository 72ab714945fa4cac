"""Types and decoders as code, for the modules of models and of endpoints."""

from __future__ import annotations

from dataclasses import dataclass, replace

# Placeholders for the prefix of a name, which depends on the module that uses it.
_MODEL = "\0"
_RUNTIME = "\1"
_MAPPING = "Mapping[str, Any]"


@dataclass(frozen=True)
class Scope:
    """The prefixes that a module uses for models and for runtime functions."""

    models: str
    runtime: str

    def write(self, code: str) -> str:
        """Format code whose names are marked."""
        return code.replace(_MODEL, self.models).replace(_RUNTIME, self.runtime)


IN_MODELS = Scope(models="_models.", runtime="_")
BARE = Scope(models="", runtime="")
IN_PAGES = Scope(models="models.", runtime="runtime.")


@dataclass(frozen=True)
class Decoder:
    """How code decodes a JSON value."""

    function: str
    """Takes the value, or if ``named``: the name of the field, the inner decoder if there is one, and the value."""
    named: bool = False
    inner: Decoder | None = None
    """For the rows of a list, or the values of a map."""
    choices: tuple[tuple[str, Decoder], ...] = ()
    """Instead of a function: a test of the value's class and a decoder for each JSON type; the last needs no test."""
    nullable: bool = False

    def call(self, value: str, field: str = '""') -> str:
        """Format the call for a value expression, which must be cheap and pure because it is repeated."""
        if self.choices:
            chosen = self.choices[-1][1].call(value, field)
            for test, decoder in reversed(self.choices[:-1]):
                chosen = f"{decoder.call(value, field)} if {value}.__class__ {test} else {chosen}"
        elif self.named:
            inner = f"{self.inner.as_function()}, " if self.inner else ""
            chosen = f"{self.function}({field}, {inner}{value})"
        else:
            chosen = f"{self.function}({value})"
        return f"None if {value} is None else {chosen}" if self.nullable else chosen

    def as_function(self) -> str:
        """Format a function that takes only the value."""
        plain = not (self.named or self.choices or self.nullable)
        return self.function if plain else f"lambda value: {self.call('value')}"


@dataclass(frozen=True)
class Type:
    """A schema as a Python type."""

    python: str
    """As an attribute or a return value."""
    arguments: tuple[str, ...]
    """What is accepted as an argument: a mapping as well as a model, a tuple as well as a list."""
    decoder: Decoder
    check: str = ""
    """The key of the inlined check that replaces the decoder."""
    nullable: bool = False
    helper: str = ""
    """The code of a function that the decoder needs."""

    @property
    def is_file(self) -> bool:
        """Whether it is a file to send."""
        return self.python == FILE.python

    @property
    def is_files(self) -> bool:
        """Whether it is a list of files to send."""
        return self.python == FILES.python

    @property
    def is_anything(self) -> bool:
        """Whether it is any JSON value."""
        return self.python == ANYTHING.python

    def annotation(self, scope: Scope) -> str:
        """Format the type."""
        return scope.write(self.python) + (" | None" if self.nullable and not self.is_anything else "")

    def argument_annotation(self, scope: Scope) -> str:
        """Format the type as that of an argument, without None."""
        return scope.write(" | ".join(self.arguments))

    def decoding(self, scope: Scope, value: str) -> str:
        """Format the call that decodes a value."""
        return scope.write(replace(self.decoder, nullable=self.nullable and not self.is_anything).call(value))

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


def _plain(python: str, function: str) -> Type:
    return Type(python, (python,), Decoder(_RUNTIME + function), check=python)


TEXT = _plain("str", "decode_str")
BOOLEAN = _plain("bool", "decode_bool")
INTEGER = _plain("int", "decode_int")
NUMBER = _plain("float", "decode_float")
OBJECT = Type("dict[str, Any]", (_MAPPING,), Decoder(f"{_RUNTIME}decode_object"), check="dict[str, Any]")
ANYTHING = Type("Any", ("Any",), Decoder(f"{_RUNTIME}decode_any"))
MOMENT = Type("datetime", ("datetime", "str"), Decoder(f"{_RUNTIME}decode_datetime", named=True))
FILE = Type(f"{_RUNTIME}FileInput", (f"{_RUNTIME}FileInput",), Decoder(f"{_RUNTIME}decode_any"))


def enum(name: str, base: Type) -> Type:
    """Return the type of an enum. It is open: unknown values are accepted."""
    return replace(base, python=_MODEL + name, arguments=(_MODEL + name,))


def model(name: str, decoder: str) -> Type:
    """Return the type of a model, or of a union of models, which has a decoder function."""
    marked = _MODEL + name
    return Type(marked, (marked, _MAPPING), Decoder(_MODEL + decoder))


def alias(name: str, target: Type) -> Type:
    """Return the type of an alias."""
    return replace(target, python=_MODEL + name)


def constant(base: Type, written: str) -> Type:
    """Return the type of a constant; like an enum, it is open."""
    return replace(base, python=f"Literal[{written}]", arguments=(f"Literal[{written}]",))


def list_of(rows: Type) -> Type:
    """Return the type of a list."""
    inner = rows.inside()
    return Type(
        f"list[{inner.python}]",
        (f"Sequence[{' | '.join(inner.arguments)}]",),
        Decoder(f"{_RUNTIME}decode_list", named=True, inner=inner.decoder),
    )


FILES = list_of(FILE)


def map_of(values: Type) -> Type:
    """Return the type of an object whose values all have the same type."""
    inner = values.inside()
    return Type(
        f"dict[str, {inner.python}]",
        (f"Mapping[str, {' | '.join(inner.arguments)}]",),
        Decoder(f"{_RUNTIME}decode_map", named=True, inner=inner.decoder),
    )


def one_of(types: list[Type], decoder: Decoder, helper: str = "") -> Type:
    """Return the type of a union."""
    return Type(
        " | ".join(dict.fromkeys(found.python for found in types)),
        tuple(dict.fromkeys(part for found in types for part in found.arguments)),
        decoder,
        helper=helper,
    )


_CLASSES = {
    "array": "is list",
    "object": "is dict",
    "string": "is str",
    "boolean": "is bool",
    # 3 is also a number, and 3.0 is also an integer.
    "number": "in (float, int)",
}


def by_kind(types: list[Type], kinds: list[str]) -> Type:
    """Return the type of a union whose variants have different JSON types."""
    choices = tuple((_CLASSES[kind], found.decoder) for found, kind in zip(types, kinds, strict=True))
    return one_of(types, Decoder("", choices=choices))


def by_content(types: list[Type], function: str, helper: str) -> Type:
    """Return the type of a union whose variants a function tells apart."""
    return one_of(types, Decoder(function), helper)
