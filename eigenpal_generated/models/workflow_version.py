# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `WorkflowVersion`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_bool as _decode_bool,
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    parse_datetime as _parse_datetime,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class WorkflowVersion(Model):
    """A version of a workflow."""

    id: str
    """Id of the version."""
    workflow_id: str
    """Id of the workflow."""
    version: str | None = None
    """Version, such as `2.4.1`. None if it has none."""
    yaml_content: str | None = None
    """Definition of this version, as YAML. None if the server did not send it."""
    is_current: bool | None = None
    """Whether this is the current version, the one that `client.workflows.get` returns. None if the server did not send
    it.
    """
    created_at: datetime | None = None
    """When the version was created, in UTC. None if the server did not send it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "workflow_id": "workflowId",
        "version": "version",
        "yaml_content": "yamlContent",
        "is_current": "isCurrent",
        "created_at": "createdAt",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "workflow_id",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "workflow_id": _decode_str,
            "version": _make_nullable_decoder(_decode_str),
            "yaml_content": _make_nullable_decoder(_decode_str),
            "is_current": _make_nullable_decoder(_decode_bool),
            "created_at": _make_nullable_decoder(_decode_datetime),
        }


_make_mutable_workflow_version = _make_mutable(WorkflowVersion)


def _read_workflow_version(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        workflow_id = raw["workflowId"]
    except KeyError:
        id_, workflow_id = _get_or_none(raw, "id", "workflowId")
    version = raw.get("version")
    yaml_content = raw.get("yamlContent")
    is_current = raw.get("isCurrent")
    created_at = raw.get("createdAt")
    if created_at is not None:
        created_at = _parse_datetime(created_at)
    if (
        id_.__class__ is not str
        or workflow_id.__class__ is not str
        or (version is not None and version.__class__ is not str)
        or (yaml_content is not None and yaml_content.__class__ is not str)
        or (is_current is not None and is_current.__class__ is not bool)
        or (created_at is not None and created_at.tzinfo is None)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_workflow_version()
    self.id = id_
    self.workflow_id = workflow_id
    self.version = version
    self.yaml_content = yaml_content
    self.is_current = is_current
    self.created_at = created_at
    self._raw = raw
    self.__class__ = WorkflowVersion
    return self


decode_workflow_version: Callable[[Any], WorkflowVersion] = _register(WorkflowVersion, _read_workflow_version)
