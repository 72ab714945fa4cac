# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunUsage`."""

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
class RunUsage(Model):
    """What a run consumed."""

    tokens: _models.RunTokenUsage
    """Tokens the language models read and wrote."""
    credits_charged: float | None
    """Credits charged for the run. None if that is not known."""
    duration_ms: float | None
    """Duration of the run, in milliseconds. None if that is not known."""
    llm_call_count: float | None = None
    """Number of calls to language models. None if they were not counted."""
    ocr_pages_processed: float | None = None
    """Number of pages that went through text recognition. None if they were not counted."""
    agent_turns: float | None = None
    """Number of turns the agent took. For agents only, otherwise None."""

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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunUsage:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        try:
            tokens = _models.RunTokenUsage.from_dict(_get("tokens"))
        except _DecodeError as _error:
            raise _error.inside("tokens") from None
        if (
            (credits_charged := _get("creditsCharged")) is not None
            and type(credits_charged) is not float
            and type(credits_charged) is not int
        ):
            _mistyped("creditsCharged", "a number", credits_charged)
        if (
            (duration_ms := _get("durationMs")) is not None
            and type(duration_ms) is not float
            and type(duration_ms) is not int
        ):
            _mistyped("durationMs", "a number", duration_ms)
        if (
            (llm_call_count := _get("llmCallCount")) is not None
            and type(llm_call_count) is not float
            and type(llm_call_count) is not int
        ):
            _mistyped("llmCallCount", "a number", llm_call_count)
        if (
            (ocr_pages_processed := _get("ocrPagesProcessed")) is not None
            and type(ocr_pages_processed) is not float
            and type(ocr_pages_processed) is not int
        ):
            _mistyped("ocrPagesProcessed", "a number", ocr_pages_processed)
        if (
            (agent_turns := _get("agentTurns")) is not None
            and type(agent_turns) is not float
            and type(agent_turns) is not int
        ):
            _mistyped("agentTurns", "a number", agent_turns)
        self = _unfrozen_run_usage()
        self.tokens = tokens
        self.credits_charged = credits_charged
        self.duration_ms = duration_ms
        self.llm_call_count = llm_call_count
        self.ocr_pages_processed = ocr_pages_processed
        self.agent_turns = agent_turns
        self._raw = raw
        self.__class__ = RunUsage
        decoded: RunUsage = self
        return decoded


_unfrozen_run_usage = _unfrozen(RunUsage)
