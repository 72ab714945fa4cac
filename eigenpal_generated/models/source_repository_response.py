# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceRepositoryResponse`."""

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
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "git_repository_path": _decode_str,
            "remote_url": _decode_str,
        }


_make_mutable_source_repository_response = _make_mutable(SourceRepositoryResponse)


def _read_source_repository_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        git_repository_path = raw["gitRepositoryPath"]
        remote_url = raw["remoteUrl"]
    except KeyError:
        git_repository_path, remote_url = _get_or_none(raw, "gitRepositoryPath", "remoteUrl")
    if git_repository_path.__class__ is not str or remote_url.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_source_repository_response()
    self.git_repository_path = git_repository_path
    self.remote_url = remote_url
    self._raw = raw
    self.__class__ = SourceRepositoryResponse
    return self


decode_source_repository_response: Callable[[Any], SourceRepositoryResponse] = _register(
    SourceRepositoryResponse, _read_source_repository_response
)
