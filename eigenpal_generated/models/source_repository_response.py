# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRepositoryResponse`."""

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
class SourceRepositoryResponse(Model):
    """The Git repository of the organization."""

    git_repository_path: str
    """Path of the repository on the Git server, such as `acme/automations.git`."""
    remote_url: str
    """URL of the Git remote, to clone from and push to."""

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
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            git_repository_path = raw["gitRepositoryPath"]
            remote_url = raw["remoteUrl"]
        except KeyError:
            git_repository_path, remote_url = _get_or_none(raw, "gitRepositoryPath", "remoteUrl")
        if git_repository_path.__class__ is not str:
            _raise_type_error("gitRepositoryPath", "a string", git_repository_path)
        if remote_url.__class__ is not str:
            _raise_type_error("remoteUrl", "a string", remote_url)
        self = _make_mutable_source_repository_response()
        self.git_repository_path = git_repository_path
        self.remote_url = remote_url
        self._raw = raw
        self.__class__ = SourceRepositoryResponse
        decoded: SourceRepositoryResponse = self
        return decoded


_make_mutable_source_repository_response = _make_mutable(SourceRepositoryResponse)
decode_source_repository_response: Callable[[Mapping[str, Any]], SourceRepositoryResponse] = (
    SourceRepositoryResponse.from_dict
)
