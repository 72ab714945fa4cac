# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `Run`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.run_source import decode_run_source as _decode_run_source
from eigenpal_generated.models.run_timing import decode_run_timing as _decode_run_timing
from eigenpal_generated.models.run_trigger import decode_run_trigger as _decode_run_trigger
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


def _execution_variant(value: Any) -> _models.RunExecution | _models.RunExecutionMeta:
    raw = _decode_object(value)
    if "steps" in raw or "files" in raw:
        return _models.decode_run_execution(raw)
    return _models.decode_run_execution_meta(raw)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> Run:
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
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if type_.__class__ is not str:
            _raise_type_error("type", "a string", type_)
        if finished.__class__ is not bool:
            _raise_type_error("finished", "a boolean", finished)
        try:
            timing = _decode_run_timing(timing)
        except _DecodeError as _error:
            raise _error.inside("timing") from None
        try:
            source = _decode_run_source(source)
        except _DecodeError as _error:
            raise _error.inside("source") from None
        try:
            trigger = _decode_run_trigger(trigger)
        except _DecodeError as _error:
            raise _error.inside("trigger") from None
        if eval_ is not None:
            try:
                eval_ = _models.decode_run_eval(eval_)
            except _DecodeError as _error:
                raise _error.inside("eval") from None
        if output is not None and output.__class__ is not dict:
            _raise_type_error("output", "an object", output)
        if files is not None:
            files = _decode_list("files", _models.decode_run_artifact, files)
        if error is not None and error.__class__ is not str:
            _raise_type_error("error", "a string", error)
        if input_ is not None:
            try:
                input_ = _models.decode_run_input(input_)
            except _DecodeError as _error:
                raise _error.inside("input") from None
        if usage is not None:
            try:
                usage = _models.decode_run_usage(usage)
            except _DecodeError as _error:
                raise _error.inside("usage") from None
        try:
            execution = _execution_variant(execution)
        except _DecodeError as _error:
            raise _error.inside("execution") from None
        if debug is not None:
            try:
                debug = _models.decode_run_debug(debug)
            except _DecodeError as _error:
                raise _error.inside("debug") from None
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
        decoded: Run = self
        return decoded


_make_mutable_run = _make_mutable(Run)
decode_run: Callable[[Mapping[str, Any]], Run] = Run.from_dict
