# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `Run`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    make_union_decoder as _make_union_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.run_source import decode_run_source as _decode_run_source
from eigenpal_generated.models.run_timing import decode_run_timing as _decode_run_timing
from eigenpal_generated.models.run_trigger import decode_run_trigger as _decode_run_trigger


def _execution_variant(value: Any) -> Callable[[Any], _models.RunExecution | _models.RunExecutionMeta]:
    raw = _decode_object(value)
    if "steps" in raw or "files" in raw:
        return _models.decode_run_execution
    return _models.decode_run_execution_meta


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class Run(Model):
    """A run of a workflow or agent.

    The status is at `execution.status`. `finished` is true once the run has finished.
    """

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
    output: dict[str, Any] | None = None
    """Output of a completed run. None if there is none."""
    files: list[_models.RunArtifact] | None = None
    """Output files of a completed run. Pass the `path` of a file to `client.runs.artifacts.download`. None if the
    server did not send it.
    """
    error: str | None = None
    """Human-readable reason why the run failed or was cancelled. None otherwise."""
    input: _models.RunInput | None = None
    """Input of the run. None unless `expand` includes `input`."""
    usage: _models.RunUsage | None = None
    """Resources the run used. None unless `expand` includes `usage`. Also None if not recorded, as for old runs."""
    execution: _models.RunExecution | _models.RunExecutionMeta
    """Status of the run, and more if requested. It is the short form, `RunExecutionMeta`, unless `expand` includes
    `execution`: then workflow runs have `steps` and agent runs have `files`.
    """
    debug: _models.RunDebug | None = None
    """Debug data. None unless `expand` includes `debug`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type",
        "finished": "finished",
        "timing": "timing",
        "source": "source",
        "trigger": "trigger",
        "eval": "eval",
        "output": "output",
        "files": "files",
        "error": "error",
        "input": "input",
        "usage": "usage",
        "execution": "execution",
        "debug": "debug",
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
            "output": _make_nullable_decoder(_decode_object),
            "files": _make_nullable_decoder(_make_list_decoder(_models.decode_run_artifact)),
            "error": _make_nullable_decoder(_decode_str),
            "input": _make_nullable_decoder(_models.decode_run_input),
            "usage": _make_nullable_decoder(_models.decode_run_usage),
            "execution": _make_union_decoder(_execution_variant),
            "debug": _make_nullable_decoder(_models.decode_run_debug),
        }


_make_mutable_run = _make_mutable(Run)


def _read_run(raw: Any, /) -> Any:
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
    output = raw.get("output")
    files = raw.get("files")
    error = raw.get("error")
    input_ = raw.get("input")
    usage = raw.get("usage")
    debug = raw.get("debug")
    timing = _decode_run_timing(timing)
    source = _decode_run_source(source)
    trigger = _decode_run_trigger(trigger)
    if eval_ is not None:
        eval_ = _models.decode_run_eval(eval_)
    if files is not None:
        files = _decode_list(_models.decode_run_artifact, files)
    if input_ is not None:
        input_ = _models.decode_run_input(input_)
    if usage is not None:
        usage = _models.decode_run_usage(usage)
    execution = _execution_variant(execution)(execution)
    if debug is not None:
        debug = _models.decode_run_debug(debug)
    if (
        id_.__class__ is not str
        or type_.__class__ is not str
        or finished.__class__ is not bool
        or (output is not None and output.__class__ is not dict)
        or (error is not None and error.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run()
    self.id = id_
    self.type = type_
    self.finished = finished
    self.timing = timing
    self.source = source
    self.trigger = trigger
    self.eval = eval_
    self.output = output
    self.files = files
    self.error = error
    self.input = input_
    self.usage = usage
    self.execution = execution
    self.debug = debug
    self._raw = raw
    self.__class__ = Run
    return self


decode_run: Callable[[Any], Run] = _register(Run, _read_run)
