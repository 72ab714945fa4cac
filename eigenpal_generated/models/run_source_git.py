# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunSourceGit`."""

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
class RunSourceGit(Model):
    """How the requested version of an agent resolved to a Git commit."""

    requested_ref: str | None
    """Requested version, such as `latest`. None if unknown."""
    resolved_ref: str | None
    """Full name of the resolved Git ref. None if unknown."""
    resolved_tag: str | None
    """Resolved Git tag. None if the version is not a tag."""
    commit_sha: str | None
    """Resolved Git commit. None if unknown."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "requested_ref": "requestedRef",
        "resolved_ref": "resolvedRef",
        "resolved_tag": "resolvedTag",
        "commit_sha": "commitSha",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "requested_ref",
            "resolved_ref",
            "resolved_tag",
            "commit_sha",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunSourceGit:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            requested_ref = raw["requestedRef"]
            resolved_ref = raw["resolvedRef"]
            resolved_tag = raw["resolvedTag"]
            commit_sha = raw["commitSha"]
        except KeyError:
            requested_ref, resolved_ref, resolved_tag, commit_sha = _get_or_none(
                raw, "requestedRef", "resolvedRef", "resolvedTag", "commitSha"
            )
        if requested_ref is not None and requested_ref.__class__ is not str:
            _raise_type_error("requestedRef", "a string", requested_ref)
        if resolved_ref is not None and resolved_ref.__class__ is not str:
            _raise_type_error("resolvedRef", "a string", resolved_ref)
        if resolved_tag is not None and resolved_tag.__class__ is not str:
            _raise_type_error("resolvedTag", "a string", resolved_tag)
        if commit_sha is not None and commit_sha.__class__ is not str:
            _raise_type_error("commitSha", "a string", commit_sha)
        self = _make_mutable_run_source_git()
        self.requested_ref = requested_ref
        self.resolved_ref = resolved_ref
        self.resolved_tag = resolved_tag
        self.commit_sha = commit_sha
        self._raw = raw
        self.__class__ = RunSourceGit
        decoded: RunSourceGit = self
        return decoded


_make_mutable_run_source_git = _make_mutable(RunSourceGit)
decode_run_source_git: Callable[[Mapping[str, Any]], RunSourceGit] = RunSourceGit.from_dict
