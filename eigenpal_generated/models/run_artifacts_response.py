# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunArtifactsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunArtifactsResponse(Model):
    """All artifacts of a run."""

    artifacts: list[_models.RunArtifact]
    """The artifacts. Outputs are under `output/`, diagnostics of an agent run at the top."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "artifacts": "artifacts",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("artifacts",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunArtifactsResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            artifacts = raw["artifacts"]
        except KeyError:
            (artifacts,) = _values_or_none(raw, "artifacts")
        artifacts = _item_list("artifacts", _models.decode_run_artifact, artifacts)
        self = _unfrozen_run_artifacts_response()
        self.artifacts = artifacts
        self._raw = raw
        self.__class__ = RunArtifactsResponse
        decoded: RunArtifactsResponse = self
        return decoded


_unfrozen_run_artifacts_response = _unfrozen(RunArtifactsResponse)
decode_run_artifacts_response: Callable[[Mapping[str, Any]], RunArtifactsResponse] = RunArtifactsResponse.from_dict
