# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunsListResponse`."""

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
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunsListResponse(Model):
    """One page of runs."""

    runs: list[_models.RunListItem]
    """The runs on this page."""
    next_cursor: str | None
    """Where the next page starts: send it as `cursor`. None on the last page."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "runs": "runs",
        "next_cursor": "nextCursor",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "runs",
            "next_cursor",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunsListResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            runs = raw["runs"]
            next_cursor = raw["nextCursor"]
        except KeyError:
            runs, next_cursor = _values_or_none(raw, "runs", "nextCursor")
        runs = _item_list("runs", _models.decode_run_list_item, runs)
        if next_cursor is not None and next_cursor.__class__ is not str:
            _mistyped("nextCursor", "a string", next_cursor)
        self = _unfrozen_runs_list_response()
        self.runs = runs
        self.next_cursor = next_cursor
        self._raw = raw
        self.__class__ = RunsListResponse
        decoded: RunsListResponse = self
        return decoded


_unfrozen_runs_list_response = _unfrozen(RunsListResponse)
decode_runs_list_response: Callable[[Mapping[str, Any]], RunsListResponse] = RunsListResponse.from_dict
