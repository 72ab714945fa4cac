# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunStartBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_map as _decode_map,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_map_decoder as _make_map_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    make_union_decoder as _make_union_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunStartBody(Model):
    """The workflow or agent to run, and its input."""

    target: str
    """Workflow or agent to run: `workflows.` or `agents.`, followed by its slug or id. Join folders with dots. Do not
    include a version.
    """
    input: dict[str, Any] | None = None
    """Input values, by input name."""
    files: dict[str, _models.RunFileReference | list[_models.RunFileReference]] | None = None
    """Stored files, by input name: one file, or a list of files. To upload files, use `multipart/form-data`."""
    overrides: _models.RunOverrides | None = None
    """Step outputs to use instead of executing the steps. Workflow runs only."""
    metadata: dict[str, Any] | None = None
    """Your own metadata about the run. It is returned with the `input` of the run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "target": "target",
        "input": "input",
        "files": "files",
        "overrides": "overrides",
        "metadata": "metadata",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("target",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "target": _decode_str,
            "input": _make_nullable_decoder(_decode_object),
            "files": _make_nullable_decoder(
                _make_map_decoder(
                    _make_union_decoder(
                        lambda value: (
                            _models.decode_run_file_reference
                            if value.__class__ is dict
                            else _make_list_decoder(_models.decode_run_file_reference)
                        )
                    )
                )
            ),
            "overrides": _make_nullable_decoder(_models.decode_run_overrides),
            "metadata": _make_nullable_decoder(_decode_object),
        }


_make_mutable_run_start_body = _make_mutable(RunStartBody)


def _read_run_start_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        target = raw["target"]
    except KeyError:
        (target,) = _get_or_none(raw, "target")
    input_ = raw.get("input")
    files = raw.get("files")
    overrides = raw.get("overrides")
    metadata = raw.get("metadata")
    if files is not None:
        files = _decode_map(
            _make_union_decoder(
                lambda value: (
                    _models.decode_run_file_reference
                    if value.__class__ is dict
                    else _make_list_decoder(_models.decode_run_file_reference)
                )
            ),
            files,
        )
    if overrides is not None:
        overrides = _models.decode_run_overrides(overrides)
    if (
        target.__class__ is not str
        or (input_ is not None and input_.__class__ is not dict)
        or (metadata is not None and metadata.__class__ is not dict)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_start_body()
    self.target = target
    self.input = input_
    self.files = files
    self.overrides = overrides
    self.metadata = metadata
    self._raw = raw
    self.__class__ = RunStartBody
    return self


decode_run_start_body: Callable[[Any], RunStartBody] = _register(RunStartBody, _read_run_start_body)
