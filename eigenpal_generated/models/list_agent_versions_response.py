# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListAgentVersionsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import Page, define as _define, make_mutable as _make_mutable, register as _register
from eigenpal_generated.decoding import (
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "agent_id": _decode_str,
            "slug": _decode_str,
            "package_path": _decode_str,
            "versions": _make_list_decoder(_models.decode_agent_version),
        }


_make_mutable_list_agent_versions_response = _make_mutable(ListAgentVersionsResponse)


def _read_list_agent_versions_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        agent_id = raw["agentId"]
        slug = raw["slug"]
        package_path = raw["packagePath"]
        versions = raw["versions"]
    except KeyError:
        agent_id, slug, package_path, versions = _get_or_none(raw, "agentId", "slug", "packagePath", "versions")
    versions = _decode_list(_models.decode_agent_version, versions)
    if agent_id.__class__ is not str or slug.__class__ is not str or package_path.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_list_agent_versions_response()
    self.agent_id = agent_id
    self.slug = slug
    self.package_path = package_path
    self.versions = versions
    self._raw = raw
    self.__class__ = ListAgentVersionsResponse
    return self


decode_list_agent_versions_response: Callable[[Any], ListAgentVersionsResponse] = _register(
    ListAgentVersionsResponse, _read_list_agent_versions_response
)
