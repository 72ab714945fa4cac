# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListAgentVersionsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class ListAgentVersionsResponse(Model):
    """All releases of an agent."""

    agent_id: str
    """Id of the agent."""
    slug: str
    """Slug of the agent."""
    package_path: str
    """Path of its package in the repository, such as `agents/receipt-sorter`."""
    versions: list[_models.AgentVersion]
    """The releases. Their order is not specified; `latest` marks the newest."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent_id": "agentId",
        "slug": "slug",
        "package_path": "packagePath",
        "versions": "versions",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "agent_id",
            "slug",
            "package_path",
            "versions",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> ListAgentVersionsResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(agent_id := _get("agentId")) is not str:
            _mistyped("agentId", "a string", agent_id)
        if type(slug := _get("slug")) is not str:
            _mistyped("slug", "a string", slug)
        if type(package_path := _get("packagePath")) is not str:
            _mistyped("packagePath", "a string", package_path)
        versions = _item_list("versions", _models.AgentVersion.from_dict, _get("versions"))
        self = _unfrozen_list_agent_versions_response()
        self.agent_id = agent_id
        self.slug = slug
        self.package_path = package_path
        self.versions = versions
        self._raw = raw
        self.__class__ = ListAgentVersionsResponse
        decoded: ListAgentVersionsResponse = self
        return decoded


_unfrozen_list_agent_versions_response = _unfrozen(ListAgentVersionsResponse)
