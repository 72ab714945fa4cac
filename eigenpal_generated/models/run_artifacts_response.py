# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunArtifactsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import Page, define as _define, make_mutable as _make_mutable, register as _register
from eigenpal_generated.decoding import (
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunArtifactsResponse(Page["_models.RunArtifact"]):
    """All artifacts of a run."""

    artifacts: list[_models.RunArtifact]
    """The artifacts. Outputs are under `output/`, and diagnostics of agent runs at the root."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "artifacts": "artifacts",
    }
    _rows_name: ClassVar[str] = "artifacts"
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("artifacts",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "artifacts": _make_list_decoder(_models.decode_run_artifact),
        }


_make_mutable_run_artifacts_response = _make_mutable(RunArtifactsResponse)


def _read_run_artifacts_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        artifacts = raw["artifacts"]
    except KeyError:
        (artifacts,) = _get_or_none(raw, "artifacts")
    artifacts = _decode_list(_models.decode_run_artifact, artifacts)
    self = _make_mutable_run_artifacts_response()
    self.artifacts = artifacts
    self._raw = raw
    self.__class__ = RunArtifactsResponse
    return self


decode_run_artifacts_response: Callable[[Any], RunArtifactsResponse] = _register(
    RunArtifactsResponse, _read_run_artifacts_response
)
