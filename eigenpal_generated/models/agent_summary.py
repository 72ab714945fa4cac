# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentSummary`."""

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
class AgentSummary(Model):
    """An agent."""

    id: str
    """Id of the agent."""
    slug: str
    """Slug of the agent. The target of a run is `agents.<slug>`."""
    name: str
    """Display name of the agent."""
    description: str | None = None
    """Description of the agent. None if there is none."""
    api_enabled: bool | None = None
    """Whether runs can be started through the API. None if the server did not send it."""
    triggers: _models.TriggerFlags | None = None
    """Which triggers are enabled. None if the server did not send it."""
    source_integrity: _models.AgentSourceIntegrity | None = None
    """State of the agent's source package. One of `healthy`, `source_missing`, `unregistered`. None if the server did
    not send it.
    """
    latest_version: str | None = None
    """Version of the latest release, such as `1.3.0`. None if there is no release."""
    latest_commit: str | None = None
    """Git commit of the latest release. None if there is no release."""
    config: dict[str, Any] | None = None
    """Configuration of the agent, a free-form object. None if the server did not send it."""
    created_at: datetime
    """When the agent was created, in UTC."""
    updated_at: datetime | None = None
    """When the agent was last updated, in UTC. None if the server did not send it."""
    stats: _models.AgentStats | None = None
    """Statistics of the agent and its runs. None if the server did not send it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "slug": "slug",
        "name": "name",
        "description": "description",
        "api_enabled": "apiEnabled",
        "triggers": "triggers",
        "source_integrity": "sourceIntegrity",
        "latest_version": "latestVersion",
        "latest_commit": "latestCommit",
        "config": "config",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
        "stats": "stats",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "slug",
            "name",
            "created_at",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "slug": _decode_str,
            "name": _decode_str,
            "description": _make_nullable_decoder(_decode_str),
            "api_enabled": _make_nullable_decoder(_decode_bool),
            "triggers": _make_nullable_decoder(_models.decode_trigger_flags),
            "source_integrity": _make_nullable_decoder(_decode_str),
            "latest_version": _make_nullable_decoder(_decode_str),
            "latest_commit": _make_nullable_decoder(_decode_str),
            "config": _make_nullable_decoder(_decode_object),
            "created_at": _decode_datetime,
            "updated_at": _make_nullable_decoder(_decode_datetime),
            "stats": _make_nullable_decoder(_models.decode_agent_stats),
        }


_make_mutable_agent_summary = _make_mutable(AgentSummary)


def _read_agent_summary(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        slug = raw["slug"]
        name = raw["name"]
        created_at = raw["createdAt"]
    except KeyError:
        id_, slug, name, created_at = _get_or_none(raw, "id", "slug", "name", "createdAt")
    description = raw.get("description")
    api_enabled = raw.get("apiEnabled")
    triggers = raw.get("triggers")
    source_integrity = raw.get("sourceIntegrity")
    latest_version = raw.get("latestVersion")
    latest_commit = raw.get("latestCommit")
    config = raw.get("config")
    updated_at = raw.get("updatedAt")
    stats = raw.get("stats")
    if triggers is not None:
        triggers = _models.decode_trigger_flags(triggers)
    created_at = _parse_datetime(created_at)
    if updated_at is not None:
        updated_at = _parse_datetime(updated_at)
    if stats is not None:
        stats = _models.decode_agent_stats(stats)
    if (
        id_.__class__ is not str
        or slug.__class__ is not str
        or name.__class__ is not str
        or (description is not None and description.__class__ is not str)
        or (api_enabled is not None and api_enabled.__class__ is not bool)
        or (source_integrity is not None and source_integrity.__class__ is not str)
        or (latest_version is not None and latest_version.__class__ is not str)
        or (latest_commit is not None and latest_commit.__class__ is not str)
        or (config is not None and config.__class__ is not dict)
        or created_at.tzinfo is None
        or (updated_at is not None and updated_at.tzinfo is None)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_summary()
    self.id = id_
    self.slug = slug
    self.name = name
    self.description = description
    self.api_enabled = api_enabled
    self.triggers = triggers
    self.source_integrity = source_integrity
    self.latest_version = latest_version
    self.latest_commit = latest_commit
    self.config = config
    self.created_at = created_at
    self.updated_at = updated_at
    self.stats = stats
    self._raw = raw
    self.__class__ = AgentSummary
    return self


decode_agent_summary: Callable[[Any], AgentSummary] = _register(AgentSummary, _read_agent_summary)
