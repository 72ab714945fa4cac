"""Turns the properties that openapi-python-client parsed into types."""

from __future__ import annotations

from functools import cache

from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from generator import naming, text, types
from generator.facts import Facts, Schema
from generator.parsing import Parsed
from generator.types import Type

_SCALARS: dict[type, Type] = {
    AnyProperty: types.ANYTHING,
    BooleanProperty: types.BOOLEAN,
    DateProperty: types.TEXT,
    DateTimeProperty: types.MOMENT,
    FileProperty: types.FILE,
    FloatProperty: types.NUMBER,
    IntProperty: types.INTEGER,
    NoneProperty: types.ANYTHING,
    StringProperty: types.TEXT,
    UuidProperty: types.TEXT,
}
_CONSTANTS = {str: types.TEXT, bool: types.BOOLEAN, int: types.INTEGER}


class Types:
    """The types of a document."""

    def __init__(self, facts: Facts, parsed: Parsed) -> None:
        self._facts = facts
        self._parsed = parsed
        self.named = cache(self._named)
        """Returns the type of a named schema where it is used."""

    def of(self, found: PropertyProtocol, union: Schema | None = None, helper: str = "") -> Type:
        """Return the type of a property.

        Args:
            found: The property.
            union: Its schema, if it can be a union that variants tell apart.
            helper: The name of the function that tells them apart.
        """
        if isinstance(found, UnionProperty):
            branches = [self.of(inner, union, helper) for inner in found.inner_properties if not _is_null(inner)]
            return types.by_kind(branches).with_null(nullable=len(branches) < len(found.inner_properties))
        if isinstance(found, ConstProperty):
            value: str | bool | int = found.value.raw_value
            return types.constant(_CONSTANTS[type(value)], text.value(value))
        if isinstance(found, ListProperty):
            return types.list_of(self.of(found.inner_property))
        if isinstance(found, (LiteralEnumProperty, ModelProperty)):
            key = str(found.class_info.name)
            if key in self._parsed.names:
                return self.named(self._parsed.names[key])
            return self.union(key, union, helper) if union and union.variants else self._map(key)
        return _SCALARS[type(found)]

    def union(self, key: str, schema: Schema, function: str) -> Type:
        """Return the type of a union that a function tells apart, and the code of that function."""
        branches = [self.of(found) for found in self._parsed.branches(key)]
        variants = [(entry, self.named(entry.schema)) for entry in schema.variants]
        return types.by_content(branches, function, variants)

    def content(self, name: str) -> Type:
        """Return the type that a named schema writes out or stands for."""
        return self.of(self._parsed.branches(self._parsed.key(name))[0])

    def values(self, name: str) -> list[str | int]:
        """Return the values of an enum, in the order of the document."""
        found = self._parsed.schemas[self._parsed.key(name)]
        order = self._facts.schemas[name].enum_values
        if not isinstance(found, LiteralEnumProperty):
            return []
        return sorted(found.values, key=lambda value: order.index(value) if value in order else len(order))

    def _named(self, name: str) -> Type:
        kind = self._facts.kinds[name]
        if kind == "plain":
            return self.content(name)
        if kind == "alias":
            return types.alias(name, self.content(name))
        if kind == "enum":
            values = self.values(name)
            base = types.TEXT if isinstance(values[0], str) else types.INTEGER
            return types.enum(name, base, tuple(map(str, values)))
        if kind == "recursive":
            found = self._parsed.branches(self._parsed.key(name))[0]
            shape = (
                "list" if isinstance(found, ListProperty) else "map" if isinstance(found, ModelProperty) else "union"
            )
            return types.recursive(name, naming.decoder_name(name), shape)
        return types.model(name, naming.decoder_name(name))

    def _map(self, key: str) -> Type:
        values = getattr(self._parsed.schemas[key], "additional_properties", None)
        return types.OBJECT if values is None or isinstance(values, AnyProperty) else types.map_of(self.of(values))


def _is_null(found: PropertyProtocol) -> bool:
    return isinstance(found, NoneProperty)
