# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentVersion`."""

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
class AgentVersion(Model):
    """A release of an agent."""

    version: str
    """Version, such as `1.3.0`."""
    source_ref: str
    """Full name of the Git ref, such as `refs/tags/agents/receipt-sorter/1.3.0`."""
    tag: str
    """Git tag of the release, such as `agents/receipt-sorter/1.3.0`."""
    commit: str
    """Git commit of the release."""
    notes: str | None
    """Release notes. None if there are none."""
    created_at: datetime | None
    """When it was released, in UTC. None if unknown."""
    created_by_user: _models.AgentVersionAuthor | None
    """User who released it. None if unknown."""
    latest: bool
    """Whether this is the latest release."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "version": "version",
        "source_ref": "sourceRef",
        "tag": "tag",
        "commit": "commit",
        "notes": "notes",
        "created_at": "createdAt",
        "created_by_user": "createdByUser",
        "latest": "latest",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "version",
            "source_ref",
            "tag",
            "commit",
            "notes",
            "created_at",
            "created_by_user",
            "latest",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "version": _decode_str,
            "source_ref": _decode_str,
            "tag": _decode_str,
            "commit": _decode_str,
            "notes": _make_nullable_decoder(_decode_str),
            "created_at": _make_nullable_decoder(_decode_datetime),
            "created_by_user": _make_nullable_decoder(_models.decode_agent_version_author),
            "latest": _decode_bool,
        }


_make_mutable_agent_version = _make_mutable(AgentVersion)


def _read_agent_version(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        version = raw["version"]
        source_ref = raw["sourceRef"]
        tag = raw["tag"]
        commit = raw["commit"]
        notes = raw["notes"]
        created_at = raw["createdAt"]
        created_by_user = raw["createdByUser"]
        latest = raw["latest"]
    except KeyError:
        version, source_ref, tag, commit, notes, created_at, created_by_user, latest = _get_or_none(
            raw, "version", "sourceRef", "tag", "commit", "notes", "createdAt", "createdByUser", "latest"
        )
    if created_at is not None:
        created_at = _parse_datetime(created_at)
    if created_by_user is not None:
        created_by_user = _models.decode_agent_version_author(created_by_user)
    if (
        version.__class__ is not str
        or source_ref.__class__ is not str
        or tag.__class__ is not str
        or commit.__class__ is not str
        or (notes is not None and notes.__class__ is not str)
        or (created_at is not None and created_at.tzinfo is None)
        or latest.__class__ is not bool
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_version()
    self.version = version
    self.source_ref = source_ref
    self.tag = tag
    self.commit = commit
    self.notes = notes
    self.created_at = created_at
    self.created_by_user = created_by_user
    self.latest = latest
    self._raw = raw
    self.__class__ = AgentVersion
    return self


decode_agent_version: Callable[[Any], AgentVersion] = _register(AgentVersion, _read_agent_version)
