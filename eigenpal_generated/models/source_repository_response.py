# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRepositoryResponse`."""

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
class SourceRepositoryResponse(Model):
    """The Git repository of the organization."""

    git_repository_path: str
    """Path of the repository on its server, such as `acme/automations.git`."""
    remote_url: str
    """Address of the Git remote, to clone from and push to."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "git_repository_path": "gitRepositoryPath",
        "remote_url": "remoteUrl",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "git_repository_path",
            "remote_url",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceRepositoryResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            git_repository_path = raw["gitRepositoryPath"]
            remote_url = raw["remoteUrl"]
        except KeyError:
            git_repository_path, remote_url = _values_or_none(raw, "gitRepositoryPath", "remoteUrl")
        if git_repository_path.__class__ is not str:
            _mistyped("gitRepositoryPath", "a string", git_repository_path)
        if remote_url.__class__ is not str:
            _mistyped("remoteUrl", "a string", remote_url)
        self = _unfrozen_source_repository_response()
        self.git_repository_path = git_repository_path
        self.remote_url = remote_url
        self._raw = raw
        self.__class__ = SourceRepositoryResponse
        decoded: SourceRepositoryResponse = self
        return decoded


_unfrozen_source_repository_response = _unfrozen(SourceRepositoryResponse)
decode_source_repository_response: Callable[[Mapping[str, Any]], SourceRepositoryResponse] = (
    SourceRepositoryResponse.from_dict
)
