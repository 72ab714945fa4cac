# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentSummary`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentSummary:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if slug.__class__ is not str:
            _raise_type_error("slug", "a string", slug)
        if name.__class__ is not str:
            _raise_type_error("name", "a string", name)
        if description is not None and description.__class__ is not str:
            _raise_type_error("description", "a string", description)
        if api_enabled is not None and api_enabled.__class__ is not bool:
            _raise_type_error("apiEnabled", "a boolean", api_enabled)
        if triggers is not None:
            try:
                triggers = _models.decode_trigger_flags(triggers)
            except _DecodeError as _error:
                raise _error.inside("triggers") from None
        if source_integrity is not None and source_integrity.__class__ is not str:
            _raise_type_error("sourceIntegrity", "a string", source_integrity)
        if latest_version is not None and latest_version.__class__ is not str:
            _raise_type_error("latestVersion", "a string", latest_version)
        if latest_commit is not None and latest_commit.__class__ is not str:
            _raise_type_error("latestCommit", "a string", latest_commit)
        if config is not None and config.__class__ is not dict:
            _raise_type_error("config", "an object", config)
        created_at = _decode_datetime("createdAt", created_at)
        if updated_at is not None:
            updated_at = _decode_datetime("updatedAt", updated_at)
        if stats is not None:
            try:
                stats = _models.decode_agent_stats(stats)
            except _DecodeError as _error:
                raise _error.inside("stats") from None
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
        decoded: AgentSummary = self
        return decoded


_make_mutable_agent_summary = _make_mutable(AgentSummary)
decode_agent_summary: Callable[[Mapping[str, Any]], AgentSummary] = AgentSummary.from_dict
