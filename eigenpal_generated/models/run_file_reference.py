# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFileReference`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunFileReference(Model):
    """A stored file to use as input. The API cannot store a file before a run exists."""

    file_id: str
    """Id of the stored file."""
    filename: str | None = None
    """Filename to use in the run."""
    mime_type: str | None = None
    """Content type to use in the run, such as `application/pdf`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "file_id": "fileId",
        "filename": "filename",
        "mime_type": "mimeType",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("file_id",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunFileReference:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            file_id = raw["fileId"]
        except KeyError:
            (file_id,) = _get_or_none(raw, "fileId")
        filename = raw.get("filename")
        mime_type = raw.get("mimeType")
        if file_id.__class__ is not str:
            _raise_type_error("fileId", "a string", file_id)
        if filename is not None and filename.__class__ is not str:
            _raise_type_error("filename", "a string", filename)
        if mime_type is not None and mime_type.__class__ is not str:
            _raise_type_error("mimeType", "a string", mime_type)
        self = _make_mutable_run_file_reference()
        self.file_id = file_id
        self.filename = filename
        self.mime_type = mime_type
        self._raw = raw
        self.__class__ = RunFileReference
        decoded: RunFileReference = self
        return decoded


_make_mutable_run_file_reference = _make_mutable(RunFileReference)
decode_run_file_reference: Callable[[Mapping[str, Any]], RunFileReference] = RunFileReference.from_dict
