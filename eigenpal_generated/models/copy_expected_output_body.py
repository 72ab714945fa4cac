# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CopyExpectedOutputBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class CopyExpectedOutputBody(Model):
    """Output file of a run to copy into its ground truth."""

    output_file_name: str
    """Name of the output file to copy."""
    expected_name: str | None = None
    """Name to store the expected file under."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "output_file_name": "outputFileName",
        "expected_name": "expectedName",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("output_file_name",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "output_file_name": _decode_str,
            "expected_name": _make_nullable_decoder(_decode_str),
        }


_make_mutable_copy_expected_output_body = _make_mutable(CopyExpectedOutputBody)


def _read_copy_expected_output_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        output_file_name = raw["outputFileName"]
    except KeyError:
        (output_file_name,) = _get_or_none(raw, "outputFileName")
    expected_name = raw.get("expectedName")
    if output_file_name.__class__ is not str or (expected_name is not None and expected_name.__class__ is not str):
        _raise_mismatch(raw)
    self = _make_mutable_copy_expected_output_body()
    self.output_file_name = output_file_name
    self.expected_name = expected_name
    self._raw = raw
    self.__class__ = CopyExpectedOutputBody
    return self


decode_copy_expected_output_body: Callable[[Any], CopyExpectedOutputBody] = _register(
    CopyExpectedOutputBody, _read_copy_expected_output_body
)
