# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTokenUsage`."""

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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunTokenUsage:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            input_ = raw["input"]
            output = raw["output"]
            cache_read = raw["cacheRead"]
            cache_write = raw["cacheWrite"]
        except KeyError:
            input_, output, cache_read, cache_write = _get_or_none(raw, "input", "output", "cacheRead", "cacheWrite")
        if input_ is not None and input_.__class__ is not int and input_.__class__ is not float:
            _raise_type_error("input", "a number", input_)
        if output is not None and output.__class__ is not int and output.__class__ is not float:
            _raise_type_error("output", "a number", output)
        if cache_read is not None and cache_read.__class__ is not int and cache_read.__class__ is not float:
            _raise_type_error("cacheRead", "a number", cache_read)
        if cache_write is not None and cache_write.__class__ is not int and cache_write.__class__ is not float:
            _raise_type_error("cacheWrite", "a number", cache_write)
        self = _make_mutable_run_token_usage()
        self.input = input_
        self.output = output
        self.cache_read = cache_read
        self.cache_write = cache_write
        self._raw = raw
        self.__class__ = RunTokenUsage
        decoded: RunTokenUsage = self
        return decoded


_make_mutable_run_token_usage = _make_mutable(RunTokenUsage)
decode_run_token_usage: Callable[[Mapping[str, Any]], RunTokenUsage] = RunTokenUsage.from_dict
