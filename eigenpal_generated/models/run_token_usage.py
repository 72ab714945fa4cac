# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTokenUsage`."""

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
    decode_float as _decode_float,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunTokenUsage(Model):
    """Tokens used by language models. None means not measured."""

    input: float | None
    """Number of input tokens. None if not measured."""
    output: float | None
    """Number of output tokens. None if not measured."""
    cache_read: float | None
    """Number of tokens read from the cache. None if not measured."""
    cache_write: float | None
    """Number of tokens written to the cache. None if not measured."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "input": "input",
        "output": "output",
        "cache_read": "cacheRead",
        "cache_write": "cacheWrite",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "input",
            "output",
            "cache_read",
            "cache_write",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "input": _make_nullable_decoder(_decode_float),
            "output": _make_nullable_decoder(_decode_float),
            "cache_read": _make_nullable_decoder(_decode_float),
            "cache_write": _make_nullable_decoder(_decode_float),
        }


_make_mutable_run_token_usage = _make_mutable(RunTokenUsage)


def _read_run_token_usage(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        input_ = raw["input"]
        output = raw["output"]
        cache_read = raw["cacheRead"]
        cache_write = raw["cacheWrite"]
    except KeyError:
        input_, output, cache_read, cache_write = _get_or_none(raw, "input", "output", "cacheRead", "cacheWrite")
    if (
        (input_ is not None and input_.__class__ is not int and input_.__class__ is not float)
        or (output is not None and output.__class__ is not int and output.__class__ is not float)
        or (cache_read is not None and cache_read.__class__ is not int and cache_read.__class__ is not float)
        or (cache_write is not None and cache_write.__class__ is not int and cache_write.__class__ is not float)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_token_usage()
    self.input = input_
    self.output = output
    self.cache_read = cache_read
    self.cache_write = cache_write
    self._raw = raw
    self.__class__ = RunTokenUsage
    return self


decode_run_token_usage: Callable[[Any], RunTokenUsage] = _register(RunTokenUsage, _read_run_token_usage)
