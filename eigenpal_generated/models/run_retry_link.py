# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunRetryLink`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunRetryLink(Model):
    """The run that retried another run."""

    id: str
    """Id of the run."""
    status: str
    """Status of the run."""

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
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            id_ = raw["id"]
            status = raw["status"]
        except KeyError:
            id_, status = _get_or_none(raw, "id", "status")
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if status.__class__ is not str:
            _raise_type_error("status", "a string", status)
        self = _make_mutable_run_retry_link()
        self.id = id_
        self.status = status
        self._raw = raw
        self.__class__ = RunRetryLink
        decoded: RunRetryLink = self
        return decoded


_make_mutable_run_retry_link = _make_mutable(RunRetryLink)
decode_run_retry_link: Callable[[Mapping[str, Any]], RunRetryLink] = RunRetryLink.from_dict
