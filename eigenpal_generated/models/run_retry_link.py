# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunRetryLink`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "status": _decode_str,
        }


_make_mutable_run_retry_link = _make_mutable(RunRetryLink)


def _read_run_retry_link(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        status = raw["status"]
    except KeyError:
        id_, status = _get_or_none(raw, "id", "status")
    if id_.__class__ is not str or status.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_retry_link()
    self.id = id_
    self.status = status
    self._raw = raw
    self.__class__ = RunRetryLink
    return self


decode_run_retry_link: Callable[[Any], RunRetryLink] = _register(RunRetryLink, _read_run_retry_link)
