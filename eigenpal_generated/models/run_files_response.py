# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFilesResponse`."""

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
    decode_list as _decode_list,
    decode_map as _decode_map,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_map_decoder as _make_map_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunFilesResponse(Model):
    """Stored files of a workflow run."""

    inputs: list[dict[str, Any]]
    """The input files, each a free-form object. Known keys: `id`, `filename`, `mimeType` and `size`."""
    outputs_by_step: dict[str, list[dict[str, Any]]]
    """The output files by step name, each a free-form object like those in `inputs`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "inputs": "inputs",
        "outputs_by_step": "outputsByStep",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "inputs",
            "outputs_by_step",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "inputs": _make_list_decoder(_decode_object),
            "outputs_by_step": _make_map_decoder(_make_list_decoder(_decode_object)),
        }


_make_mutable_run_files_response = _make_mutable(RunFilesResponse)


def _read_run_files_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        inputs = raw["inputs"]
        outputs_by_step = raw["outputsByStep"]
    except KeyError:
        inputs, outputs_by_step = _get_or_none(raw, "inputs", "outputsByStep")
    inputs = _decode_list(_decode_object, inputs)
    outputs_by_step = _decode_map(_make_list_decoder(_decode_object), outputs_by_step)
    self = _make_mutable_run_files_response()
    self.inputs = inputs
    self.outputs_by_step = outputs_by_step
    self._raw = raw
    self.__class__ = RunFilesResponse
    return self


decode_run_files_response: Callable[[Any], RunFilesResponse] = _register(RunFilesResponse, _read_run_files_response)
