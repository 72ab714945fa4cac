# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `WorkflowVersion`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    moment as _moment,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class WorkflowVersion(Model):
    """A version of a workflow."""

    id: str
    """Id of the version."""
    workflow_id: str
    """Id of the workflow."""
    version: str | None = None
    """Name of the version, such as `2.4.1`. None if it has none."""
    yaml_content: str | None = None
    """Definition of this version in YAML. None if the server left it out."""
    is_current: bool | None = None
    """Whether this is the current version of the workflow, the one that `client.workflows.get` returns. None if the
    server left it out.
    """
    created_at: datetime | None = None
    """When the version was created, in UTC. None if the server left it out."""

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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> WorkflowVersion:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if type(workflow_id := _get("workflowId")) is not str:
            _mistyped("workflowId", "a string", workflow_id)
        if (version := _get("version")) is not None and type(version) is not str:
            _mistyped("version", "a string", version)
        if (yaml_content := _get("yamlContent")) is not None and type(yaml_content) is not str:
            _mistyped("yamlContent", "a string", yaml_content)
        if (is_current := _get("isCurrent")) is not None and type(is_current) is not bool:
            _mistyped("isCurrent", "a boolean", is_current)
        if (created_at := _get("createdAt")) is not None:
            created_at = _moment("createdAt", created_at)
        self = _unfrozen_workflow_version()
        self.id = id_
        self.workflow_id = workflow_id
        self.version = version
        self.yaml_content = yaml_content
        self.is_current = is_current
        self.created_at = created_at
        self._raw = raw
        self.__class__ = WorkflowVersion
        decoded: WorkflowVersion = self
        return decoded


_unfrozen_workflow_version = _unfrozen(WorkflowVersion)
