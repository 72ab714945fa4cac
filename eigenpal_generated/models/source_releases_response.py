# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceReleasesResponse`."""

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
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceReleasesResponse(Model):
    """The releases of a source package."""

    package_path: str
    """Path of the package from the root of the repository, such as `workflows/extract-invoice`."""
    releases: list[_models.SourceRelease]
    """The releases. Their order is not specified."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "package_path": "packagePath",
        "releases": "releases",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "package_path",
            "releases",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceReleasesResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            package_path = raw["packagePath"]
            releases = raw["releases"]
        except KeyError:
            package_path, releases = _values_or_none(raw, "packagePath", "releases")
        if package_path.__class__ is not str:
            _mistyped("packagePath", "a string", package_path)
        releases = _item_list("releases", _models.decode_source_release, releases)
        self = _unfrozen_source_releases_response()
        self.package_path = package_path
        self.releases = releases
        self._raw = raw
        self.__class__ = SourceReleasesResponse
        decoded: SourceReleasesResponse = self
        return decoded


_unfrozen_source_releases_response = _unfrozen(SourceReleasesResponse)
decode_source_releases_response: Callable[[Mapping[str, Any]], SourceReleasesResponse] = (
    SourceReleasesResponse.from_dict
)
