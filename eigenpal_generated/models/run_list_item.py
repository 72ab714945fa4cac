# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunListItem`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

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
from eigenpal_generated.models.run_execution_meta import decode_run_execution_meta as _decode_run_execution_meta
from eigenpal_generated.models.run_source import decode_run_source as _decode_run_source
from eigenpal_generated.models.run_timing import decode_run_timing as _decode_run_timing
from eigenpal_generated.models.run_trigger import decode_run_trigger as _decode_run_trigger


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunListItem(Model):
    """A run in a list: without output and files, and with the short form of `execution`."""

    id: str
    """Id of the run."""
    type: _models.RunType
    """Whether this is a workflow run or an agent run. One of `workflow`, `agent`."""
    finished: bool
    """Whether the run has finished: its status is completed, failed, cancelled or rejected."""
    timing: _models.RunTiming
    """Timestamps and duration of the run."""
    source: _models.RunSource
    """The workflow or agent that ran, and its version."""
    trigger: _models.RunTrigger
    """What started the run."""
    eval: _models.RunEval | None = None
    """Evaluation that the run is part of. None for other runs."""
    error: str | None = None
    """Human-readable reason why the run failed or was cancelled. None otherwise."""
    execution: _models.RunExecutionMeta
    """Status of the run, in the short form."""

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

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "type": _decode_str,
            "finished": _decode_bool,
            "timing": _models.decode_run_timing,
            "source": _models.decode_run_source,
            "trigger": _models.decode_run_trigger,
            "eval": _make_nullable_decoder(_models.decode_run_eval),
            "error": _make_nullable_decoder(_decode_str),
            "execution": _models.decode_run_execution_meta,
        }


_make_mutable_run_list_item = _make_mutable(RunListItem)


def _read_run_list_item(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        type_ = raw["type"]
        finished = raw["finished"]
        timing = raw["timing"]
        source = raw["source"]
        trigger = raw["trigger"]
        execution = raw["execution"]
    except KeyError:
        id_, type_, finished, timing, source, trigger, execution = _get_or_none(
            raw, "id", "type", "finished", "timing", "source", "trigger", "execution"
        )
    eval_ = raw.get("eval")
    error = raw.get("error")
    timing = _decode_run_timing(timing)
    source = _decode_run_source(source)
    trigger = _decode_run_trigger(trigger)
    if eval_ is not None:
        eval_ = _models.decode_run_eval(eval_)
    execution = _decode_run_execution_meta(execution)
    if (
        id_.__class__ is not str
        or type_.__class__ is not str
        or finished.__class__ is not bool
        or (error is not None and error.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_list_item()
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
    return self


decode_run_list_item: Callable[[Any], RunListItem] = _register(RunListItem, _read_run_list_item)
