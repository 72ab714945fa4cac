# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRelease`."""

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
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceRelease:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            version = raw["version"]
            tag = raw["tag"]
            commit = raw["commit"]
        except KeyError:
            version, tag, commit = _get_or_none(raw, "version", "tag", "commit")
        if version.__class__ is not str:
            _raise_type_error("version", "a string", version)
        if tag.__class__ is not str:
            _raise_type_error("tag", "a string", tag)
        if commit.__class__ is not str:
            _raise_type_error("commit", "a string", commit)
        self = _make_mutable_source_release()
        self.version = version
        self.tag = tag
        self.commit = commit
        self._raw = raw
        self.__class__ = SourceRelease
        decoded: SourceRelease = self
        return decoded


_make_mutable_source_release = _make_mutable(SourceRelease)
decode_source_release: Callable[[Mapping[str, Any]], SourceRelease] = SourceRelease.from_dict
