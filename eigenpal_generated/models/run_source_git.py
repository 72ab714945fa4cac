# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunSourceGit`."""

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
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "requested_ref": _make_nullable_decoder(_decode_str),
            "resolved_ref": _make_nullable_decoder(_decode_str),
            "resolved_tag": _make_nullable_decoder(_decode_str),
            "commit_sha": _make_nullable_decoder(_decode_str),
        }


_make_mutable_run_source_git = _make_mutable(RunSourceGit)


def _read_run_source_git(raw: Any, /) -> Any:
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
    if (
        (requested_ref is not None and requested_ref.__class__ is not str)
        or (resolved_ref is not None and resolved_ref.__class__ is not str)
        or (resolved_tag is not None and resolved_tag.__class__ is not str)
        or (commit_sha is not None and commit_sha.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_source_git()
    self.requested_ref = requested_ref
    self.resolved_ref = resolved_ref
    self.resolved_tag = resolved_tag
    self.commit_sha = commit_sha
    self._raw = raw
    self.__class__ = RunSourceGit
    return self


decode_run_source_git: Callable[[Any], RunSourceGit] = _register(RunSourceGit, _read_run_source_git)
