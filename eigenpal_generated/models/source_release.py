# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRelease`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceRelease(Model):
    """A release of a source package."""

    version: str
    """The version, such as `2.4.1`."""
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceRelease:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            version = raw["version"]
            tag = raw["tag"]
            commit = raw["commit"]
        except KeyError:
            version, tag, commit = _values_or_none(raw, "version", "tag", "commit")
        if version.__class__ is not str:
            _mistyped("version", "a string", version)
        if tag.__class__ is not str:
            _mistyped("tag", "a string", tag)
        if commit.__class__ is not str:
            _mistyped("commit", "a string", commit)
        self = _unfrozen_source_release()
        self.version = version
        self.tag = tag
        self.commit = commit
        self._raw = raw
        self.__class__ = SourceRelease
        decoded: SourceRelease = self
        return decoded


_unfrozen_source_release = _unfrozen(SourceRelease)
decode_source_release: Callable[[Mapping[str, Any]], SourceRelease] = SourceRelease.from_dict
