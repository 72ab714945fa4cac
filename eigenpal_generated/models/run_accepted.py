# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunAccepted`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunAccepted(Model):
    """Short form of a run that was started and is still in progress. Poll the run by its `id`."""

    id: str
    """Id of the run. Pass it to `client.runs.get`."""
    type: _models.RunType
    """Whether this is a workflow run or an agent run. One of `workflow`, `agent`."""
    finished: Literal[False]
    """Always false: the run is still in progress."""
    source: _models.RunSource | None = None
    """The workflow or agent, and the version that runs. None if the server did not send it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type",
        "finished": "finished",
        "source": "source",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "type",
            "finished",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "type": _decode_str,
            "finished": _decode_bool,
            "source": _make_nullable_decoder(_models.decode_run_source),
        }


_make_mutable_run_accepted = _make_mutable(RunAccepted)


def _read_run_accepted(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        type_ = raw["type"]
        finished = raw["finished"]
    except KeyError:
        id_, type_, finished = _get_or_none(raw, "id", "type", "finished")
    source = raw.get("source")
    if source is not None:
        source = _models.decode_run_source(source)
    if id_.__class__ is not str or type_.__class__ is not str or finished.__class__ is not bool:
        _raise_mismatch(raw)
    self = _make_mutable_run_accepted()
    self.id = id_
    self.type = type_
    self.finished = finished
    self.source = source
    self._raw = raw
    self.__class__ = RunAccepted
    return self


decode_run_accepted: Callable[[Any], RunAccepted] = _register(RunAccepted, _read_run_accepted)
