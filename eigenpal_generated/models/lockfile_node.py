# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `LockfileNode`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class LockfileNode(Model):
    """A package resolved to a Git commit, with its dependencies."""

    package_path: str
    """Path of the package from the repository root, such as `blocks/ocr`."""
    requested_ref: str
    """Requested version."""
    resolved_ref: str
    """Full name of the resolved Git ref, such as `refs/heads/main`."""
    resolved_tag: str | None = None
    """Resolved Git tag. None if the version is not a tag."""
    commit: str
    """Resolved Git commit."""
    dependencies: list[_models.LockfileNode]
    """Dependencies of the package, each with its own dependencies."""

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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "package_path": _decode_str,
            "requested_ref": _decode_str,
            "resolved_ref": _decode_str,
            "resolved_tag": _make_nullable_decoder(_decode_str),
            "commit": _decode_str,
            "dependencies": _make_list_decoder(_models.decode_lockfile_node),
        }


_make_mutable_lockfile_node = _make_mutable(LockfileNode)


def _read_lockfile_node(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        package_path = raw["packagePath"]
        requested_ref = raw["requestedRef"]
        resolved_ref = raw["resolvedRef"]
        commit = raw["commit"]
        dependencies = raw["dependencies"]
    except KeyError:
        package_path, requested_ref, resolved_ref, commit, dependencies = _get_or_none(
            raw, "packagePath", "requestedRef", "resolvedRef", "commit", "dependencies"
        )
    resolved_tag = raw.get("resolvedTag")
    dependencies = _decode_list(_models.decode_lockfile_node, dependencies)
    if (
        package_path.__class__ is not str
        or requested_ref.__class__ is not str
        or resolved_ref.__class__ is not str
        or (resolved_tag is not None and resolved_tag.__class__ is not str)
        or commit.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_lockfile_node()
    self.package_path = package_path
    self.requested_ref = requested_ref
    self.resolved_ref = resolved_ref
    self.resolved_tag = resolved_tag
    self.commit = commit
    self.dependencies = dependencies
    self._raw = raw
    self.__class__ = LockfileNode
    return self


decode_lockfile_node: Callable[[Any], LockfileNode] = _register(LockfileNode, _read_lockfile_node)
