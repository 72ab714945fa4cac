# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunSourceGit`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunSourceGit(Model):
    """How the requested version of an agent was resolved to a commit."""

    requested_ref: str | None
    """Version that was asked for, such as `latest`. None if that is not known."""
    resolved_ref: str | None
    """Full name of the Git ref it was resolved to. None if that is not known."""
    resolved_tag: str | None
    """Git tag it was resolved to. None if it is not a tag."""
    commit_sha: str | None
    """Git commit it was resolved to. None if that is not known."""

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
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if (requested_ref := _get("requestedRef")) is not None and type(requested_ref) is not str:
            _mistyped("requestedRef", "a string", requested_ref)
        if (resolved_ref := _get("resolvedRef")) is not None and type(resolved_ref) is not str:
            _mistyped("resolvedRef", "a string", resolved_ref)
        if (resolved_tag := _get("resolvedTag")) is not None and type(resolved_tag) is not str:
            _mistyped("resolvedTag", "a string", resolved_tag)
        if (commit_sha := _get("commitSha")) is not None and type(commit_sha) is not str:
            _mistyped("commitSha", "a string", commit_sha)
        self = _unfrozen_run_source_git()
        self.requested_ref = requested_ref
        self.resolved_ref = resolved_ref
        self.resolved_tag = resolved_tag
        self.commit_sha = commit_sha
        self._raw = raw
        self.__class__ = RunSourceGit
        decoded: RunSourceGit = self
        return decoded


_unfrozen_run_source_git = _unfrozen(RunSourceGit)
