# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunUsage`."""

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
    decode_float as _decode_float,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.run_token_usage import decode_run_token_usage as _decode_run_token_usage


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunUsage(Model):
    """Resources a run used."""

    tokens: _models.RunTokenUsage
    """Tokens used by language models."""
    credits_charged: float | None
    """Credits charged for the run. None if unknown."""
    duration_ms: float | None
    """Duration of the run, in milliseconds. None if unknown."""
    llm_call_count: float | None = None
    """Number of language model calls. None if not counted."""
    ocr_pages_processed: float | None = None
    """Number of pages processed by OCR. None if not counted."""
    agent_turns: float | None = None
    """Number of agent turns. None for workflows."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "tokens": "tokens",
        "credits_charged": "creditsCharged",
        "duration_ms": "durationMs",
        "llm_call_count": "llmCallCount",
        "ocr_pages_processed": "ocrPagesProcessed",
        "agent_turns": "agentTurns",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "tokens",
            "credits_charged",
            "duration_ms",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "tokens": _models.decode_run_token_usage,
            "credits_charged": _make_nullable_decoder(_decode_float),
            "duration_ms": _make_nullable_decoder(_decode_float),
            "llm_call_count": _make_nullable_decoder(_decode_float),
            "ocr_pages_processed": _make_nullable_decoder(_decode_float),
            "agent_turns": _make_nullable_decoder(_decode_float),
        }


_make_mutable_run_usage = _make_mutable(RunUsage)


def _read_run_usage(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        tokens = raw["tokens"]
        credits_charged = raw["creditsCharged"]
        duration_ms = raw["durationMs"]
    except KeyError:
        tokens, credits_charged, duration_ms = _get_or_none(raw, "tokens", "creditsCharged", "durationMs")
    llm_call_count = raw.get("llmCallCount")
    ocr_pages_processed = raw.get("ocrPagesProcessed")
    agent_turns = raw.get("agentTurns")
    tokens = _decode_run_token_usage(tokens)
    if (
        (
            credits_charged is not None
            and credits_charged.__class__ is not int
            and credits_charged.__class__ is not float
        )
        or (duration_ms is not None and duration_ms.__class__ is not int and duration_ms.__class__ is not float)
        or (
            llm_call_count is not None and llm_call_count.__class__ is not int and llm_call_count.__class__ is not float
        )
        or (
            ocr_pages_processed is not None
            and ocr_pages_processed.__class__ is not int
            and ocr_pages_processed.__class__ is not float
        )
        or (agent_turns is not None and agent_turns.__class__ is not int and agent_turns.__class__ is not float)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_usage()
    self.tokens = tokens
    self.credits_charged = credits_charged
    self.duration_ms = duration_ms
    self.llm_call_count = llm_call_count
    self.ocr_pages_processed = ocr_pages_processed
    self.agent_turns = agent_turns
    self._raw = raw
    self.__class__ = RunUsage
    return self


decode_run_usage: Callable[[Any], RunUsage] = _register(RunUsage, _read_run_usage)
