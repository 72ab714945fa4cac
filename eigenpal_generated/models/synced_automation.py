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
    values_or_none as _values_or_none,
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
        try:
            id_ = raw["id"]
            type_ = raw["type"]
            slug = raw["slug"]
            status = raw["status"]
            updated_at = raw["updatedAt"]
        except KeyError:
            id_, type_, slug, status, updated_at = _values_or_none(raw, "id", "type", "slug", "status", "updatedAt")
        if id_.__class__ is not str:
            _mistyped("id", "a string", id_)
        if type_.__class__ is not str:
            _mistyped("type", "a string", type_)
        if slug.__class__ is not str:
            _mistyped("slug", "a string", slug)
        if status.__class__ is not str:
            _mistyped("status", "a string", status)
        updated_at = _moment("updatedAt", updated_at)
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
decode_synced_automation: Callable[[Mapping[str, Any]], SyncedAutomation] = SyncedAutomation.from_dict
