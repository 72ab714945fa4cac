# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `WorkflowSummary`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from eigenpal_generated import models as _models
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
class WorkflowSummary(Model):
    """A workflow."""

    id: str
    """Id of the workflow."""
    name: str | None = None
    """Name of the workflow, which is its slug. The target of a run is `workflows.<name>`. None if it has none."""
    version: str | None = None
    """Current version, such as `2.4.1`. None if there is none."""
    api_enabled: bool | None = None
    """Whether runs can be started through the API. None if the server did not send it."""
    triggers: _models.TriggerFlags | None = None
    """Which triggers are enabled. None if the server did not send it."""
    created_at: datetime
    """When the workflow was created, in UTC."""
    updated_at: datetime | None = None
    """When the workflow was last updated, in UTC. None if the server did not send it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "version": "version",
        "api_enabled": "apiEnabled",
        "triggers": "triggers",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "created_at",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "name": _make_nullable_decoder(_decode_str),
            "version": _make_nullable_decoder(_decode_str),
            "api_enabled": _make_nullable_decoder(_decode_bool),
            "triggers": _make_nullable_decoder(_models.decode_trigger_flags),
            "created_at": _decode_datetime,
            "updated_at": _make_nullable_decoder(_decode_datetime),
        }


_make_mutable_workflow_summary = _make_mutable(WorkflowSummary)


def _read_workflow_summary(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        created_at = raw["createdAt"]
    except KeyError:
        id_, created_at = _get_or_none(raw, "id", "createdAt")
    name = raw.get("name")
    version = raw.get("version")
    api_enabled = raw.get("apiEnabled")
    triggers = raw.get("triggers")
    updated_at = raw.get("updatedAt")
    if triggers is not None:
        triggers = _models.decode_trigger_flags(triggers)
    created_at = _parse_datetime(created_at)
    if updated_at is not None:
        updated_at = _parse_datetime(updated_at)
    if (
        id_.__class__ is not str
        or (name is not None and name.__class__ is not str)
        or (version is not None and version.__class__ is not str)
        or (api_enabled is not None and api_enabled.__class__ is not bool)
        or created_at.tzinfo is None
        or (updated_at is not None and updated_at.tzinfo is None)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_workflow_summary()
    self.id = id_
    self.name = name
    self.version = version
    self.api_enabled = api_enabled
    self.triggers = triggers
    self.created_at = created_at
    self.updated_at = updated_at
    self._raw = raw
    self.__class__ = WorkflowSummary
    return self


decode_workflow_summary: Callable[[Any], WorkflowSummary] = _register(WorkflowSummary, _read_workflow_summary)
