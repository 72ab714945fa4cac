# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `LegacyRunStartResponse`."""

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
    decode_any as _decode_any,
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class LegacyRunStartResponse(Model):
    """A run in the flat form of the older endpoint."""

    run_id: str
    """Id of the run."""
    type: _models.RunType
    """Type of the run. One of `workflow`, `agent`."""
    status: _models.LegacyRunStatus | None = None
    """Status of the run. One of `created`, `pending`, `running`, `waiting`, `finalizing`, `completed`, `failed`,
    `cancelled`, `rejected`, `timeout`. None if the server did not send it.
    """
    output: Any = None
    """Output of the run. None until the run is completed."""
    error: str | None = None
    """Why the run failed. None if it did not fail."""
    schema_valid: bool | None = None
    """Whether the output matches its declared schema. None if unknown."""
    requested_source_ref: str | None = None
    """Requested version. None if unknown."""
    resolved_git_ref: str | None = None
    """Git ref that the version resolved to. None if unknown."""
    resolved_git_tag: str | None = None
    """Git tag that the version resolved to. None if it is not a tag."""
    resolved_commit_sha: str | None = None
    """Git commit that the version resolved to. None if unknown."""
    cost: dict[str, Any] | None = None
    """Cost of the run, a free-form object. None if the server did not send it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "run_id": "runId",
        "type": "type",
        "status": "status",
        "output": "output",
        "error": "error",
        "schema_valid": "schemaValid",
        "requested_source_ref": "requestedSourceRef",
        "resolved_git_ref": "resolvedGitRef",
        "resolved_git_tag": "resolvedGitTag",
        "resolved_commit_sha": "resolvedCommitSha",
        "cost": "cost",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "run_id",
            "type",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("run_id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "run_id": _decode_str,
            "type": _decode_str,
            "status": _make_nullable_decoder(_decode_str),
            "output": _decode_any,
            "error": _make_nullable_decoder(_decode_str),
            "schema_valid": _make_nullable_decoder(_decode_bool),
            "requested_source_ref": _make_nullable_decoder(_decode_str),
            "resolved_git_ref": _make_nullable_decoder(_decode_str),
            "resolved_git_tag": _make_nullable_decoder(_decode_str),
            "resolved_commit_sha": _make_nullable_decoder(_decode_str),
            "cost": _make_nullable_decoder(_decode_object),
        }


_make_mutable_legacy_run_start_response = _make_mutable(LegacyRunStartResponse)


def _read_legacy_run_start_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        run_id = raw["runId"]
        type_ = raw["type"]
    except KeyError:
        run_id, type_ = _get_or_none(raw, "runId", "type")
    status = raw.get("status")
    output = raw.get("output")
    error = raw.get("error")
    schema_valid = raw.get("schemaValid")
    requested_source_ref = raw.get("requestedSourceRef")
    resolved_git_ref = raw.get("resolvedGitRef")
    resolved_git_tag = raw.get("resolvedGitTag")
    resolved_commit_sha = raw.get("resolvedCommitSha")
    cost = raw.get("cost")
    if (
        run_id.__class__ is not str
        or type_.__class__ is not str
        or (status is not None and status.__class__ is not str)
        or (error is not None and error.__class__ is not str)
        or (schema_valid is not None and schema_valid.__class__ is not bool)
        or (requested_source_ref is not None and requested_source_ref.__class__ is not str)
        or (resolved_git_ref is not None and resolved_git_ref.__class__ is not str)
        or (resolved_git_tag is not None and resolved_git_tag.__class__ is not str)
        or (resolved_commit_sha is not None and resolved_commit_sha.__class__ is not str)
        or (cost is not None and cost.__class__ is not dict)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_legacy_run_start_response()
    self.run_id = run_id
    self.type = type_
    self.status = status
    self.output = output
    self.error = error
    self.schema_valid = schema_valid
    self.requested_source_ref = requested_source_ref
    self.resolved_git_ref = resolved_git_ref
    self.resolved_git_tag = resolved_git_tag
    self.resolved_commit_sha = resolved_commit_sha
    self.cost = cost
    self._raw = raw
    self.__class__ = LegacyRunStartResponse
    return self


decode_legacy_run_start_response: Callable[[Any], LegacyRunStartResponse] = _register(
    LegacyRunStartResponse, _read_legacy_run_start_response
)
