# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunArtifact`."""

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
    decode_int as _decode_int,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunArtifact(Model):
    """A downloadable file of a run."""

    name: str
    """Name of the file."""
    path: str
    """Path of the file, such as `output/summary.pdf`. Pass it to `client.runs.artifacts.download`."""
    step_name: str | None = None
    """Workflow step that produced the file. None if it belongs to no step."""
    content_type: str | None = None
    """Content type of the file, such as `application/pdf`. None if unknown."""
    size: int | None = None
    """Size of the file in bytes. None if unknown."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "path": "path",
        "step_name": "stepName",
        "content_type": "contentType",
        "size": "size",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "name",
            "path",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "name": _decode_str,
            "path": _decode_str,
            "step_name": _make_nullable_decoder(_decode_str),
            "content_type": _make_nullable_decoder(_decode_str),
            "size": _make_nullable_decoder(_decode_int),
        }


_make_mutable_run_artifact = _make_mutable(RunArtifact)


def _read_run_artifact(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        name = raw["name"]
        path = raw["path"]
    except KeyError:
        name, path = _get_or_none(raw, "name", "path")
    step_name = raw.get("stepName")
    content_type = raw.get("contentType")
    size = raw.get("size")
    if size is not None and size.__class__ is not int:
        size = _decode_int(size)
    if (
        name.__class__ is not str
        or path.__class__ is not str
        or (step_name is not None and step_name.__class__ is not str)
        or (content_type is not None and content_type.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_artifact()
    self.name = name
    self.path = path
    self.step_name = step_name
    self.content_type = content_type
    self.size = size
    self._raw = raw
    self.__class__ = RunArtifact
    return self


decode_run_artifact: Callable[[Any], RunArtifact] = _register(RunArtifact, _read_run_artifact)
