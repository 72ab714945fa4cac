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

    Its state is at `execution.status`; `finished` says whether that state is final.
    """

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
    output: dict[str, Any] | None = None
    """What the run has produced. Completed runs have it, and None stands for nothing; runs in other states may lack it.
    """
    files: list[_models.RunArtifact] | None = None
    """Files the run has produced; pass the `path` of one to `client.runs.artifacts.download`. Completed runs have them,
    possibly none. None if the server left them out, as it may for runs in other states.
    """
    error: str | None = None
    """Why the run failed or was cancelled, for people. None otherwise."""
    input: _models.RunInput | None = None
    """What the run was started with. None unless `expand` asks for `input`."""
    usage: _models.RunUsage | None = None
    """What the run consumed. None unless `expand` asks for `usage`, and None if it was not recorded, as for old runs.
    """
    execution: _models.RunExecution | _models.RunExecutionMeta
    """State of the run, always present. It has the short form, `RunExecutionMeta`, unless `expand` asks for
    `execution`: then a workflow run has `steps` in it and an agent run `files`.
    """
    debug: _models.RunDebug | None = None
    """Data for troubleshooting. None unless `expand` asks for `debug`."""

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
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
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
