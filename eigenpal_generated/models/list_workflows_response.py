# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListWorkflowsResponse`."""

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
class ListWorkflowsResponse(Page["_models.WorkflowSummary"]):
    """One page of workflows."""

    data: list[_models.WorkflowSummary]
    """The workflows on this page."""
    total: int
    """Number of workflows on all pages."""
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
            "data": _make_list_decoder(_models.decode_workflow_summary),
            "total": _decode_int,
            "limit": _decode_int,
            "offset": _decode_int,
        }


_make_mutable_list_workflows_response = _make_mutable(ListWorkflowsResponse)


def _read_list_workflows_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        data = raw["data"]
        total = raw["total"]
        limit = raw["limit"]
        offset = raw["offset"]
    except KeyError:
        data, total, limit, offset = _get_or_none(raw, "data", "total", "limit", "offset")
    data = _decode_list(_models.decode_workflow_summary, data)
    if total.__class__ is not int:
        total = _decode_int(total)
    if limit.__class__ is not int:
        limit = _decode_int(limit)
    if offset.__class__ is not int:
        offset = _decode_int(offset)
    self = _make_mutable_list_workflows_response()
    self.data = data
    self.total = total
    self.limit = limit
    self.offset = offset
    self._raw = raw
    self.__class__ = ListWorkflowsResponse
    return self


decode_list_workflows_response: Callable[[Any], ListWorkflowsResponse] = _register(
    ListWorkflowsResponse, _read_list_workflows_response
)
