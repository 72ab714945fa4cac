# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunsListResponse`."""

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
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunsListResponse(Page["_models.RunListItem"]):
    """One page of runs."""

    runs: list[_models.RunListItem]
    """The runs on this page."""
    next_cursor: str | None
    """Cursor of the next page. Pass it as `cursor`. None on the last page."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "runs": "runs",
        "next_cursor": "nextCursor",
    }
    _rows_name: ClassVar[str] = "runs"
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "runs",
            "next_cursor",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "runs": _make_list_decoder(_models.decode_run_list_item),
            "next_cursor": _make_nullable_decoder(_decode_str),
        }


_make_mutable_runs_list_response = _make_mutable(RunsListResponse)


def _read_runs_list_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        runs = raw["runs"]
        next_cursor = raw["nextCursor"]
    except KeyError:
        runs, next_cursor = _get_or_none(raw, "runs", "nextCursor")
    runs = _decode_list(_models.decode_run_list_item, runs)
    if next_cursor is not None and next_cursor.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_runs_list_response()
    self.runs = runs
    self.next_cursor = next_cursor
    self._raw = raw
    self.__class__ = RunsListResponse
    return self


decode_runs_list_response: Callable[[Any], RunsListResponse] = _register(RunsListResponse, _read_runs_list_response)
