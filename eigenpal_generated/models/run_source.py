# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunSource`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunSource:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if name is not None and name.__class__ is not str:
            _raise_type_error("name", "a string", name)
        if version is not None and version.__class__ is not str:
            _raise_type_error("version", "a string", version)
        if version_id is not None and version_id.__class__ is not str:
            _raise_type_error("versionId", "a string", version_id)
        if slug is not None and slug.__class__ is not str:
            _raise_type_error("slug", "a string", slug)
        if model is not None and model.__class__ is not str:
            _raise_type_error("model", "a string", model)
        if git is not None:
            try:
                git = _models.decode_run_source_git(git)
            except _DecodeError as _error:
                raise _error.inside("git") from None
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
        decoded: RunSource = self
        return decoded


_make_mutable_run_source = _make_mutable(RunSource)
decode_run_source: Callable[[Mapping[str, Any]], RunSource] = RunSource.from_dict
