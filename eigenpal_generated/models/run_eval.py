# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunEval`."""

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
    decode_bool as _decode_bool,
    decode_float as _decode_float,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "example": _make_nullable_decoder(_decode_str),
            "example_id": _make_nullable_decoder(_decode_str),
            "score": _make_nullable_decoder(_decode_float),
            "passed": _make_nullable_decoder(_decode_bool),
        }


_make_mutable_run_eval = _make_mutable(RunEval)


def _read_run_eval(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        example = raw["example"]
        score = raw["score"]
        passed = raw["passed"]
    except KeyError:
        example, score, passed = _get_or_none(raw, "example", "score", "passed")
    example_id = raw.get("exampleId")
    if (
        (example is not None and example.__class__ is not str)
        or (example_id is not None and example_id.__class__ is not str)
        or (score is not None and score.__class__ is not int and score.__class__ is not float)
        or (passed is not None and passed.__class__ is not bool)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_eval()
    self.example = example
    self.example_id = example_id
    self.score = score
    self.passed = passed
    self._raw = raw
    self.__class__ = RunEval
    return self


decode_run_eval: Callable[[Any], RunEval] = _register(RunEval, _read_run_eval)
