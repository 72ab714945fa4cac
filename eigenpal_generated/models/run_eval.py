# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunEval`."""

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
class RunEval(Model):
    """The evaluation that a run is part of, and its result."""

    example: str | None
    """Name of the example. None if it has none."""
    example_id: str | None = None
    """Id of the example. None if it has none."""
    score: float | None
    """Score of the run. None if it has none."""
    passed: bool | None
    """Whether the run passed. None if unknown."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "example": "example",
        "example_id": "exampleId",
        "score": "score",
        "passed": "passed",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "example",
            "score",
            "passed",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunEval:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            example = raw["example"]
            score = raw["score"]
            passed = raw["passed"]
        except KeyError:
            example, score, passed = _get_or_none(raw, "example", "score", "passed")
        example_id = raw.get("exampleId")
        if example is not None and example.__class__ is not str:
            _raise_type_error("example", "a string", example)
        if example_id is not None and example_id.__class__ is not str:
            _raise_type_error("exampleId", "a string", example_id)
        if score is not None and score.__class__ is not int and score.__class__ is not float:
            _raise_type_error("score", "a number", score)
        if passed is not None and passed.__class__ is not bool:
            _raise_type_error("passed", "a boolean", passed)
        self = _make_mutable_run_eval()
        self.example = example
        self.example_id = example_id
        self.score = score
        self.passed = passed
        self._raw = raw
        self.__class__ = RunEval
        decoded: RunEval = self
        return decoded


_make_mutable_run_eval = _make_mutable(RunEval)
decode_run_eval: Callable[[Mapping[str, Any]], RunEval] = RunEval.from_dict
