# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunRetryLink`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunRetryLink(Model):
    """The run that retried this one."""

    id: str
    """Id of that run."""
    status: str
    """State of that run, as a text; likely one of `ExecutionStatus`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "status": "status",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "status",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunRetryLink:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            id_ = raw["id"]
            status = raw["status"]
        except KeyError:
            id_, status = _values_or_none(raw, "id", "status")
        if id_.__class__ is not str:
            _mistyped("id", "a string", id_)
        if status.__class__ is not str:
            _mistyped("status", "a string", status)
        self = _unfrozen_run_retry_link()
        self.id = id_
        self.status = status
        self._raw = raw
        self.__class__ = RunRetryLink
        decoded: RunRetryLink = self
        return decoded


_unfrozen_run_retry_link = _unfrozen(RunRetryLink)
decode_run_retry_link: Callable[[Mapping[str, Any]], RunRetryLink] = RunRetryLink.from_dict
