"""How the value of a parameter, or of a field of a form, is written, and the type of its argument."""

from __future__ import annotations

from dataclasses import dataclass

from generator import text
from generator.types import IN_PAGES, Type

_TARGETS = {"query": "_query", "header": "_headers", "cookie": "_cookies", "form": "_form"}
_SCALARS = {
    "integer": "encode_query_int",
    "number": "encode_query_float",
    "boolean": "encode_query_bool",
    "moment": "encode_query_datetime",
    "string": "encode_query_str",
}
_OBJECTS = ("map", "object", "model")
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True)
class Value:
    """A value to be written, and how the document says it is."""

    name: str
    """The name of the argument."""
    wire_name: str
    type: Type
    location: str
    """``path``, ``query``, ``header``, ``cookie`` or ``form``."""
    style: str
    explode: bool
    is_json: bool = False
    bounds: tuple[tuple[str, float], ...] = ()
    is_timestamp: bool = False
    keeps_slashes: bool = False

    @property
    def annotation(self) -> str:
        """The type of the argument, without None."""
        if self.is_moment:
            return "str | datetime | date"
        annotation = self.type.argument_annotation(IN_PAGES)
        if not self._is_comma_list:
            return annotation
        # Known values also come first and by themselves, so that editors complete them although any str is accepted.
        row = annotation.removeprefix("Sequence[").removesuffix("]")
        return f"str | {annotation}" if row == "str" else f"{row} | str | {annotation}"

    @property
    def is_moment(self) -> bool:
        """Whether the argument can be a datetime, a date or a string."""
        return self.is_timestamp or self.type.shape == "moment"

    @property
    def _is_comma_list(self) -> bool:
        row = self.type.item
        is_text = self.type.shape == "list" and row is not None and row.shape == "string"
        return is_text and self.location == "query" and self.style == "form" and not self.explode and not self.is_json

    @property
    def adding(self) -> str:
        """The statement that adds it to the query, the headers, the cookies or the form."""
        target = _TARGETS[self.location]
        if self.style == "deepObject" and not self.is_json:
            call = f"encoding.encode_deep_object({self._said}, {text.literal(self.wire_name)}, {self.name})"
            return f"{target}.extend({call})"
        if self.style == "form" and self.explode and not self.is_json:
            if self.type.shape == "list":
                call = f"encoding.encode_items({self._said}, {self.name}{self._item_encoder})"
                return f"{target}.extend(({text.literal(self.wire_name)}, value) for value in {call})"
            if self.type.shape in _OBJECTS:
                return f"{target}.extend(encoding.encode_properties({self._said}, {self.name}))"
            if self.type.shape in ("union", "anything") and not self.is_scalar:
                call = f"encoding.encode_form({self._said}, {text.literal(self.wire_name)}, {self.name})"
                return f"{target}.extend({call})"
        return f"{target}.append(({text.literal(self.wire_name)}, {self.code}))"

    @property
    def code(self) -> str:
        """The expression for the value as one text."""
        if self.is_json:
            ascii_only = ", ascii_only=True" if self.location in ("header", "cookie") else ""
            return self._in_place(f"encode_json({self._said}, {self.name}{ascii_only})")
        if self._is_comma_list:
            return f"encoding.encode_query_list({self._said}, {self.name})"
        if self.type.shape == "list":
            separator = _SEPARATORS.get(self.style, "")
            given = f', separator="{separator}"' if separator else ""
            return self._in_place(f"encode_delimited({self._said}, {self.name}{self._item_encoder}{given})")
        if self.type.shape in _OBJECTS:
            exploded = ", exploded=True" if self.explode else ""
            return self._in_place(f"encode_object({self._said}, {self.name}{exploded})")
        return self._scalar

    @property
    def _scalar(self) -> str:
        shape = "moment" if self.is_moment else self.type.shape
        if shape in ("integer", "number", "boolean"):
            given = "".join(f", {bound}={value!r}" for bound, value in self.bounds if shape != "boolean")
            return f"encoding.{_SCALARS[shape]}({self._said}, {self.name}{given})"
        if shape == "string" and self.location == "path":
            encoder = "encode_path" if self.keeps_slashes else "encode_path_segment"
            return f"encoding.{encoder}({self._said}, {self.name})"
        if shape == "string":
            encoder = "encode_header" if self.location == "header" else "encode_query_str"
            return f"encoding.{encoder}({self._said}, {self.name})"
        if shape == "moment" and self.location not in ("path", "header"):
            return f"encoding.encode_query_datetime({self._said}, {self.name})"
        return self._in_place(f"{_SCALARS.get(shape, 'encode_scalar')}({self._said}, {self.name})")

    def _in_place(self, call: str) -> str:
        """Format a call whose result may need more encoding where it goes."""
        if self.location == "path":
            given = ', ","' if self.type.shape in ("list", *_OBJECTS) and not self.is_json else ""
            return f"encoding.encode_path_segment({self._said}, encoding.{call}{given})"
        if self.location == "header" and not self.is_json:
            return f"encoding.encode_header({self._said}, encoding.{call})"
        return f"encoding.{call}"

    @property
    def _said(self) -> str:
        return text.literal(self.name)

    @property
    def _item_encoder(self) -> str:
        row = self.type.item
        if row is None or row.shape in _SCALARS:
            return f", encoding.{_SCALARS[row.shape]}" if row else ""
        # In a URL-encoded form, a row that is no scalar is JSON, as in a multipart body.
        return ", encoding.encode_json" if self.location == "form" and row.shape in ("list", *_OBJECTS) else ""

    @property
    def is_scalar(self) -> bool:
        """Whether it is a union of scalars."""
        return bool(self.type.branches) and all(branch.shape in _SCALARS for branch in self.type.branches)
