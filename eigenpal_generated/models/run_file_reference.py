# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFileReference`."""

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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "file_id": _decode_str,
            "filename": _make_nullable_decoder(_decode_str),
            "mime_type": _make_nullable_decoder(_decode_str),
        }


_make_mutable_run_file_reference = _make_mutable(RunFileReference)


def _read_run_file_reference(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        file_id = raw["fileId"]
    except KeyError:
        (file_id,) = _get_or_none(raw, "fileId")
    filename = raw.get("filename")
    mime_type = raw.get("mimeType")
    if (
        file_id.__class__ is not str
        or (filename is not None and filename.__class__ is not str)
        or (mime_type is not None and mime_type.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_file_reference()
    self.file_id = file_id
    self.filename = filename
    self.mime_type = mime_type
    self._raw = raw
    self.__class__ = RunFileReference
    return self


decode_run_file_reference: Callable[[Any], RunFileReference] = _register(RunFileReference, _read_run_file_reference)
