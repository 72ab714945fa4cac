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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunStartBody:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
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
