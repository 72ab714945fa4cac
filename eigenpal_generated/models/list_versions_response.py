# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListVersionsResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import Page, define as _define, make_mutable as _make_mutable, register as _register
from eigenpal_generated.decoding import (
    decode_int as _decode_int,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class ListVersionsResponse(Page["_models.WorkflowVersion"]):
    """One page of workflow versions."""

    data: list[_models.WorkflowVersion]
    """The versions on this page."""
    total: int
    """Number of versions on all pages."""
    limit: int
    """Maximum number of items per page, as applied by the server."""
    offset: int
    """Number of items skipped before this page."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "total": "total",
        "limit": "limit",
        "offset": "offset",
    }
    _rows_name: ClassVar[str] = "data"
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "data",
            "total",
            "limit",
            "offset",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "data": _make_list_decoder(_models.decode_workflow_version),
            "total": _decode_int,
            "limit": _decode_int,
            "offset": _decode_int,
        }


_make_mutable_list_versions_response = _make_mutable(ListVersionsResponse)


def _read_list_versions_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        data = raw["data"]
        total = raw["total"]
        limit = raw["limit"]
        offset = raw["offset"]
    except KeyError:
        data, total, limit, offset = _get_or_none(raw, "data", "total", "limit", "offset")
    data = _decode_list(_models.decode_workflow_version, data)
    if total.__class__ is not int:
        total = _decode_int(total)
    if limit.__class__ is not int:
        limit = _decode_int(limit)
    if offset.__class__ is not int:
        offset = _decode_int(offset)
    self = _make_mutable_list_versions_response()
    self.data = data
    self.total = total
    self.limit = limit
    self.offset = offset
    self._raw = raw
    self.__class__ = ListVersionsResponse
    return self


decode_list_versions_response: Callable[[Any], ListVersionsResponse] = _register(
    ListVersionsResponse, _read_list_versions_response
)
