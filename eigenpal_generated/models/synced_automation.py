# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SyncedAutomation`."""

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
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    parse_datetime as _parse_datetime,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "type": _decode_str,
            "slug": _decode_str,
            "status": _decode_str,
            "updated_at": _decode_datetime,
        }


_make_mutable_synced_automation = _make_mutable(SyncedAutomation)


def _read_synced_automation(raw: Any, /) -> Any:
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
    updated_at = _parse_datetime(updated_at)
    if (
        id_.__class__ is not str
        or type_.__class__ is not str
        or slug.__class__ is not str
        or status.__class__ is not str
        or updated_at.tzinfo is None
    ):
        _raise_mismatch(raw)
    self = _make_mutable_synced_automation()
    self.id = id_
    self.type = type_
    self.slug = slug
    self.status = status
    self.updated_at = updated_at
    self._raw = raw
    self.__class__ = SyncedAutomation
    return self


decode_synced_automation: Callable[[Any], SyncedAutomation] = _register(SyncedAutomation, _read_synced_automation)
