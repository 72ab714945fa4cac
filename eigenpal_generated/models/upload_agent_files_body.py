# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UploadAgentFilesBody`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class UploadAgentFilesBody(Model):
    """Source files to write, with the property that older clients send."""

    files: list[_models.AgentFileEntry] | None = None
    """The files to write."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "files": "files",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "files": _make_nullable_decoder(_make_list_decoder(_models.decode_agent_file_entry)),
        }


_make_mutable_upload_agent_files_body = _make_mutable(UploadAgentFilesBody)


def _read_upload_agent_files_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    files = raw.get("files")
    if files is not None:
        files = _decode_list(_models.decode_agent_file_entry, files)
    self = _make_mutable_upload_agent_files_body()
    self.files = files
    self._raw = raw
    self.__class__ = UploadAgentFilesBody
    return self


decode_upload_agent_files_body: Callable[[Any], UploadAgentFilesBody] = _register(
    UploadAgentFilesBody, _read_upload_agent_files_body
)
