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
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SyncedAutomation(Model):
    """A synced workflow or agent."""

    id: str
    """Id of the workflow or agent."""
    type: _models.AutomationType
    """Whether this is a workflow or an agent. One of `agent`, `workflow`."""
    slug: str
    """Slug of the workflow or agent."""
    status: _models.AutomationStatus
    """Status of the workflow or agent. One of `active`, `archived`."""
    updated_at: datetime
    """When it was last updated, in UTC."""

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
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            id_ = raw["id"]
            type_ = raw["type"]
            slug = raw["slug"]
            status = raw["status"]
            updated_at = raw["updatedAt"]
        except KeyError:
            id_, type_, slug, status, updated_at = _get_or_none(raw, "id", "type", "slug", "status", "updatedAt")
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if type_.__class__ is not str:
            _raise_type_error("type", "a string", type_)
        if slug.__class__ is not str:
            _raise_type_error("slug", "a string", slug)
        if status.__class__ is not str:
            _raise_type_error("status", "a string", status)
        updated_at = _decode_datetime("updatedAt", updated_at)
        self = _make_mutable_synced_automation()
        self.id = id_
        self.type = type_
        self.slug = slug
        self.status = status
        self.updated_at = updated_at
        self._raw = raw
        self.__class__ = SyncedAutomation
        decoded: SyncedAutomation = self
        return decoded


_make_mutable_synced_automation = _make_mutable(SyncedAutomation)
decode_synced_automation: Callable[[Mapping[str, Any]], SyncedAutomation] = SyncedAutomation.from_dict
