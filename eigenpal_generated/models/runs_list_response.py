# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunsListResponse`."""

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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunsListResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            runs = raw["runs"]
            next_cursor = raw["nextCursor"]
        except KeyError:
            runs, next_cursor = _get_or_none(raw, "runs", "nextCursor")
        runs = _decode_list("runs", _models.decode_run_list_item, runs)
        if next_cursor is not None and next_cursor.__class__ is not str:
            _raise_type_error("nextCursor", "a string", next_cursor)
        self = _make_mutable_runs_list_response()
        self.runs = runs
        self.next_cursor = next_cursor
        self._raw = raw
        self.__class__ = RunsListResponse
        decoded: RunsListResponse = self
        return decoded


_make_mutable_runs_list_response = _make_mutable(RunsListResponse)
decode_runs_list_response: Callable[[Mapping[str, Any]], RunsListResponse] = RunsListResponse.from_dict
