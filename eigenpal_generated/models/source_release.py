# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRelease`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceRelease(Model):
    """A release of a source package."""

    version: str
    """Version, such as `2.4.1`."""
    tag: str
    """Git tag of the release, such as `workflows/extract-invoice/2.4.1`."""
    commit: str
    """Git commit of the release."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "version": "version",
        "tag": "tag",
        "commit": "commit",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "version",
            "tag",
            "commit",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "version": _decode_str,
            "tag": _decode_str,
            "commit": _decode_str,
        }


_make_mutable_source_release = _make_mutable(SourceRelease)


def _read_source_release(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        version = raw["version"]
        tag = raw["tag"]
        commit = raw["commit"]
    except KeyError:
        version, tag, commit = _get_or_none(raw, "version", "tag", "commit")
    if version.__class__ is not str or tag.__class__ is not str or commit.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_source_release()
    self.version = version
    self.tag = tag
    self.commit = commit
    self._raw = raw
    self.__class__ = SourceRelease
    return self


decode_source_release: Callable[[Any], SourceRelease] = _register(SourceRelease, _read_source_release)
