# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunArtifact`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    integer as _integer,
    mistyped as _mistyped,
    nested as _nested,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunArtifact(Model):
    """A file of a run that can be downloaded."""

    name: str
    """Name of the file."""
    path: str
    """Path of the file in the run, such as `output/summary.pdf`. `client.runs.artifacts.download` takes it as it is."""
    step_name: str | None = None
    """Step of the workflow that has produced it. None if it belongs to no step."""
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunArtifact:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            name = raw["name"]
            path = raw["path"]
        except KeyError:
            name, path = _values_or_none(raw, "name", "path")
        step_name = raw.get("stepName")
        content_type = raw.get("contentType")
        size = raw.get("size")
        if name.__class__ is not str:
            _mistyped("name", "a string", name)
        if path.__class__ is not str:
            _mistyped("path", "a string", path)
        if step_name is not None and step_name.__class__ is not str:
            _mistyped("stepName", "a string", step_name)
        if content_type is not None and content_type.__class__ is not str:
            _mistyped("contentType", "a string", content_type)
        if size is not None and size.__class__ is not int:
            size = _nested("size", _integer, size)
        self = _unfrozen_run_artifact()
        self.name = name
        self.path = path
        self.step_name = step_name
        self.content_type = content_type
        self.size = size
        self._raw = raw
        self.__class__ = RunArtifact
        decoded: RunArtifact = self
        return decoded


_unfrozen_run_artifact = _unfrozen(RunArtifact)
decode_run_artifact: Callable[[Mapping[str, Any]], RunArtifact] = RunArtifact.from_dict
