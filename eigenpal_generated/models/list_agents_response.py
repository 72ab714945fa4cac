# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListAgentsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    integer as _integer,
    item_list as _item_list,
    nested as _nested,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class ListAgentsResponse(Model):
    """One page of agents."""

    data: list[_models.AgentSummary]
    """The agents on this page."""
    total: int
    """Number of agents on all pages together."""
    limit: int
    """Largest number of entries a page can hold, as applied by the server."""
    offset: int
    """Number of entries before this page."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "total": "total",
        "limit": "limit",
        "offset": "offset",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "data",
            "total",
            "limit",
            "offset",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> ListAgentsResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            data = raw["data"]
            total = raw["total"]
            limit = raw["limit"]
            offset = raw["offset"]
        except KeyError:
            data, total, limit, offset = _values_or_none(raw, "data", "total", "limit", "offset")
        data = _item_list("data", _models.decode_agent_summary, data)
        if total.__class__ is not int:
            total = _nested("total", _integer, total)
        if limit.__class__ is not int:
            limit = _nested("limit", _integer, limit)
        if offset.__class__ is not int:
            offset = _nested("offset", _integer, offset)
        self = _unfrozen_list_agents_response()
        self.data = data
        self.total = total
        self.limit = limit
        self.offset = offset
        self._raw = raw
        self.__class__ = ListAgentsResponse
        decoded: ListAgentsResponse = self
        return decoded


_unfrozen_list_agents_response = _unfrozen(ListAgentsResponse)
decode_list_agents_response: Callable[[Mapping[str, Any]], ListAgentsResponse] = ListAgentsResponse.from_dict
