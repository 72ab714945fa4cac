# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunSource`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunSource(Model):
    """The workflow or agent of a run, and the version that ran."""

    id: str
    """Id of the workflow or agent."""
    name: str | None
    """Name of the workflow or agent. None if it has none."""
    version: str | None
    """Version that ran, such as `2.4.1`. None if the version has no name. For agents, see also `git`."""
    version_id: str | None = None
    """Id of the workflow version. None for agents."""
    slug: str | None = None
    """Slug of the agent. None for workflows."""
    model: str | None = None
    """Language model of the agent. None for workflows."""
    git: _models.RunSourceGit | None = None
    """Git source of the agent. None for workflows."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "version": "version",
        "version_id": "versionId",
        "slug": "slug",
        "model": "model",
        "git": "git",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "name",
            "version",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "name": _make_nullable_decoder(_decode_str),
            "version": _make_nullable_decoder(_decode_str),
            "version_id": _make_nullable_decoder(_decode_str),
            "slug": _make_nullable_decoder(_decode_str),
            "model": _make_nullable_decoder(_decode_str),
            "git": _make_nullable_decoder(_models.decode_run_source_git),
        }


_make_mutable_run_source = _make_mutable(RunSource)


def _read_run_source(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        name = raw["name"]
        version = raw["version"]
    except KeyError:
        id_, name, version = _get_or_none(raw, "id", "name", "version")
    version_id = raw.get("versionId")
    slug = raw.get("slug")
    model = raw.get("model")
    git = raw.get("git")
    if git is not None:
        git = _models.decode_run_source_git(git)
    if (
        id_.__class__ is not str
        or (name is not None and name.__class__ is not str)
        or (version is not None and version.__class__ is not str)
        or (version_id is not None and version_id.__class__ is not str)
        or (slug is not None and slug.__class__ is not str)
        or (model is not None and model.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_source()
    self.id = id_
    self.name = name
    self.version = version
    self.version_id = version_id
    self.slug = slug
    self.model = model
    self.git = git
    self._raw = raw
    self.__class__ = RunSource
    return self


decode_run_source: Callable[[Any], RunSource] = _register(RunSource, _read_run_source)
