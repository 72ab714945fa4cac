# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunListItem`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

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
class RunListItem(Model):
    """A run in a list: without output and files, and with the short form of `execution`."""

    id: str
    """Id of the run."""
    type: _models.RunType
    """Whether a workflow or an agent was run. One of `workflow`, `agent`."""
    finished: bool
    """Whether the run has reached a final state: completed, failed, cancelled or rejected."""
    timing: _models.RunTiming
    """When things happened to the run."""
    source: _models.RunSource
    """The workflow or agent that was run, and its version."""
    trigger: _models.RunTrigger
    """What started the run."""
    eval: _models.RunEval | None = None
    """The evaluation the run is part of. None for other runs."""
    error: str | None = None
    """Why the run failed or was cancelled, for people. None otherwise."""
    execution: _models.RunExecutionMeta
    """State of the run, in its short form."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type",
        "finished": "finished",
        "timing": "timing",
        "source": "source",
        "trigger": "trigger",
        "eval": "eval",
        "error": "error",
        "execution": "execution",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "type",
            "finished",
            "timing",
            "source",
            "trigger",
            "execution",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunListItem:
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
        try:
            timing = _models.RunTiming.from_dict(_get("timing"))
        except _DecodeError as _error:
            raise _error.inside("timing") from None
        try:
            source = _models.RunSource.from_dict(_get("source"))
        except _DecodeError as _error:
            raise _error.inside("source") from None
        try:
            trigger = _models.RunTrigger.from_dict(_get("trigger"))
        except _DecodeError as _error:
            raise _error.inside("trigger") from None
        if (eval_ := _get("eval")) is not None:
            try:
                eval_ = _models.RunEval.from_dict(eval_)
            except _DecodeError as _error:
                raise _error.inside("eval") from None
        if (error := _get("error")) is not None and type(error) is not str:
            _mistyped("error", "a string", error)
        try:
            execution = _models.RunExecutionMeta.from_dict(_get("execution"))
        except _DecodeError as _error:
            raise _error.inside("execution") from None
        self = _unfrozen_run_list_item()
        self.id = id_
        self.type = type_
        self.finished = finished
        self.timing = timing
        self.source = source
        self.trigger = trigger
        self.eval = eval_
        self.error = error
        self.execution = execution
        self._raw = raw
        self.__class__ = RunListItem
        decoded: RunListItem = self
        return decoded


_unfrozen_run_list_item = _unfrozen(RunListItem)
