# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunStartBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_list as _decode_list,
    decode_map as _decode_map,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunStartBody(Model):
    """What to run, and with which input."""

    target: str
    """What to run: `workflows.` or `agents.`, followed by the slug or id. Folders are joined with dots. The version
    does not belong here.
    """
    input: dict[str, Any] | None = None
    """Values by the names of the input fields of the workflow or agent."""
    files: dict[str, _models.RunFileReference | list[_models.RunFileReference]] | None = None
    """Files that are already stored, by the names of the input fields: one, or a list of them. To send files along, use
    `multipart/form-data`.
    """
    overrides: _models.RunOverrides | None = None
    """Results to use in place of executing steps. For workflows only."""
    metadata: dict[str, Any] | None = None
    """Your own data about the run. It is stored, and comes back with the `input` of the run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "target": "target",
        "input": "input",
        "files": "files",
        "overrides": "overrides",
        "metadata": "metadata",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("target",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunStartBody:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
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
        if target.__class__ is not str:
            _raise_type_error("target", "a string", target)
        if input_ is not None and input_.__class__ is not dict:
            _raise_type_error("input", "an object", input_)
        if files is not None:
            files = _decode_map(
                "files",
                lambda value: (
                    _models.decode_run_file_reference(value)
                    if value.__class__ is dict
                    else _decode_list("", _models.decode_run_file_reference, value)
                ),
                files,
            )
        if overrides is not None:
            try:
                overrides = _models.decode_run_overrides(overrides)
            except _DecodeError as _error:
                raise _error.inside("overrides") from None
        if metadata is not None and metadata.__class__ is not dict:
            _raise_type_error("metadata", "an object", metadata)
        self = _make_mutable_run_start_body()
        self.target = target
        self.input = input_
        self.files = files
        self.overrides = overrides
        self.metadata = metadata
        self._raw = raw
        self.__class__ = RunStartBody
        decoded: RunStartBody = self
        return decoded


_make_mutable_run_start_body = _make_mutable(RunStartBody)
decode_run_start_body: Callable[[Mapping[str, Any]], RunStartBody] = RunStartBody.from_dict
