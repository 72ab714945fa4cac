# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `LockfileNode`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class LockfileNode(Model):
    """A package resolved to a commit, with the packages it depends on."""

    package_path: str
    """Path of the package from the root of the repository, such as `blocks/ocr`."""
    requested_ref: str
    """Version that was asked for."""
    resolved_ref: str
    """Full name of the Git ref it was resolved to, such as `refs/heads/main`."""
    resolved_tag: str | None = None
    """Git tag it was resolved to. None if it is not a tag."""
    commit: str
    """Git commit it was resolved to."""
    dependencies: list[_models.LockfileNode]
    """The packages it depends on, each with its own dependencies."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "package_path": "packagePath",
        "requested_ref": "requestedRef",
        "resolved_ref": "resolvedRef",
        "resolved_tag": "resolvedTag",
        "commit": "commit",
        "dependencies": "dependencies",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "package_path",
            "requested_ref",
            "resolved_ref",
            "commit",
            "dependencies",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> LockfileNode:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(package_path := _get("packagePath")) is not str:
            _mistyped("packagePath", "a string", package_path)
        if type(requested_ref := _get("requestedRef")) is not str:
            _mistyped("requestedRef", "a string", requested_ref)
        if type(resolved_ref := _get("resolvedRef")) is not str:
            _mistyped("resolvedRef", "a string", resolved_ref)
        if (resolved_tag := _get("resolvedTag")) is not None and type(resolved_tag) is not str:
            _mistyped("resolvedTag", "a string", resolved_tag)
        if type(commit := _get("commit")) is not str:
            _mistyped("commit", "a string", commit)
        dependencies = _item_list("dependencies", _models.LockfileNode.from_dict, _get("dependencies"))
        self = _unfrozen_lockfile_node()
        self.package_path = package_path
        self.requested_ref = requested_ref
        self.resolved_ref = resolved_ref
        self.resolved_tag = resolved_tag
        self.commit = commit
        self.dependencies = dependencies
        self._raw = raw
        self.__class__ = LockfileNode
        decoded: LockfileNode = self
        return decoded


_unfrozen_lockfile_node = _unfrozen(LockfileNode)
