# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunAccepted`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunAccepted:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            id_ = raw["id"]
            type_ = raw["type"]
            finished = raw["finished"]
        except KeyError:
            id_, type_, finished = _get_or_none(raw, "id", "type", "finished")
        source = raw.get("source")
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if type_.__class__ is not str:
            _raise_type_error("type", "a string", type_)
        if finished.__class__ is not bool:
            _raise_type_error("finished", "a boolean", finished)
        if source is not None:
            try:
                source = _models.decode_run_source(source)
            except _DecodeError as _error:
                raise _error.inside("source") from None
        self = _make_mutable_run_accepted()
        self.id = id_
        self.type = type_
        self.finished = finished
        self.source = source
        self._raw = raw
        self.__class__ = RunAccepted
        decoded: RunAccepted = self
        return decoded


_make_mutable_run_accepted = _make_mutable(RunAccepted)
decode_run_accepted: Callable[[Mapping[str, Any]], RunAccepted] = RunAccepted.from_dict
