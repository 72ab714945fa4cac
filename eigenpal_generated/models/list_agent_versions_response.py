# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListAgentVersionsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Page,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class ListAgentVersionsResponse(Page["_models.AgentVersion"]):
    """All releases of an agent."""

    agent_id: str
    """Id of the agent."""
    slug: str
    """Slug of the agent."""
    package_path: str
    """Path of the agent's package in the repository, such as `agents/receipt-sorter`."""
    versions: list[_models.AgentVersion]
    """The releases. `latest` marks the newest one."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent_id": "agentId",
        "slug": "slug",
        "package_path": "packagePath",
        "versions": "versions",
    }
    _rows_name: ClassVar[str] = "versions"
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
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            agent_id = raw["agentId"]
            slug = raw["slug"]
            package_path = raw["packagePath"]
            versions = raw["versions"]
        except KeyError:
            agent_id, slug, package_path, versions = _get_or_none(raw, "agentId", "slug", "packagePath", "versions")
        if agent_id.__class__ is not str:
            _raise_type_error("agentId", "a string", agent_id)
        if slug.__class__ is not str:
            _raise_type_error("slug", "a string", slug)
        if package_path.__class__ is not str:
            _raise_type_error("packagePath", "a string", package_path)
        versions = _decode_list("versions", _models.decode_agent_version, versions)
        self = _make_mutable_list_agent_versions_response()
        self.agent_id = agent_id
        self.slug = slug
        self.package_path = package_path
        self.versions = versions
        self._raw = raw
        self.__class__ = ListAgentVersionsResponse
        decoded: ListAgentVersionsResponse = self
        return decoded


_make_mutable_list_agent_versions_response = _make_mutable(ListAgentVersionsResponse)
decode_list_agent_versions_response: Callable[[Mapping[str, Any]], ListAgentVersionsResponse] = (
    ListAgentVersionsResponse.from_dict
)
