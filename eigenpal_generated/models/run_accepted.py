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
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunAccepted(Model):
    """A run that was started and is not finished: the short answer to starting one. Fetch the run by its `id` to follow
    it.
    """

    id: str
    """Id of the run, to fetch it with `client.runs.get`."""
    type: _models.RunType
    """Whether a workflow or an agent was started. One of `workflow`, `agent`."""
    finished: Literal[False]
    """Always false: the run is not finished."""
    source: _models.RunSource | None = None
    """The workflow or agent, and the version that was chosen. None if the server left it out."""

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
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if type(type_ := _get("type")) is not str:
            _mistyped("type", "a string", type_)
        if type(finished := _get("finished")) is not bool:
            _mistyped("finished", "a boolean", finished)
        if (source := _get("source")) is not None:
            try:
                source = _models.RunSource.from_dict(source)
            except _DecodeError as _error:
                raise _error.inside("source") from None
        self = _unfrozen_run_accepted()
        self.id = id_
        self.type = type_
        self.finished = finished
        self.source = source
        self._raw = raw
        self.__class__ = RunAccepted
        decoded: RunAccepted = self
        return decoded


_unfrozen_run_accepted = _unfrozen(RunAccepted)
