# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SyncedAutomation`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    moment as _moment,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SyncedAutomation(Model):
    """The workflow or agent that was brought up to date."""

    id: str
    """Id of the workflow or agent."""
    type: _models.AutomationType
    """Whether it is a workflow or an agent. One of `agent`, `workflow`."""
    slug: str
    """Slug of the workflow or agent."""
    status: _models.AutomationStatus
    """Whether it is in use. One of `active`, `archived`."""
    updated_at: datetime
    """When it was last changed, in UTC."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type",
        "slug": "slug",
        "status": "status",
        "updated_at": "updatedAt",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "type",
            "slug",
            "status",
            "updated_at",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SyncedAutomation:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if type(type_ := _get("type")) is not str:
            _mistyped("type", "a string", type_)
        if type(slug := _get("slug")) is not str:
            _mistyped("slug", "a string", slug)
        if type(status := _get("status")) is not str:
            _mistyped("status", "a string", status)
        updated_at = _moment("updatedAt", _get("updatedAt"))
        self = _unfrozen_synced_automation()
        self.id = id_
        self.type = type_
        self.slug = slug
        self.status = status
        self.updated_at = updated_at
        self._raw = raw
        self.__class__ = SyncedAutomation
        decoded: SyncedAutomation = self
        return decoded


_unfrozen_synced_automation = _unfrozen(SyncedAutomation)
