# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceReleasesResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Page,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceReleasesResponse(Page["_models.SourceRelease"]):
    """The releases of a source package."""

    package_path: str
    """Path of the package from the repository root, such as `workflows/extract-invoice`."""
    releases: list[_models.SourceRelease]
    """The releases."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "package_path": "packagePath",
        "releases": "releases",
    }
    _rows_name: ClassVar[str] = "releases"
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "package_path",
            "releases",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceReleasesResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            package_path = raw["packagePath"]
            releases = raw["releases"]
        except KeyError:
            package_path, releases = _get_or_none(raw, "packagePath", "releases")
        if package_path.__class__ is not str:
            _raise_type_error("packagePath", "a string", package_path)
        releases = _decode_list("releases", _models.decode_source_release, releases)
        self = _make_mutable_source_releases_response()
        self.package_path = package_path
        self.releases = releases
        self._raw = raw
        self.__class__ = SourceReleasesResponse
        decoded: SourceReleasesResponse = self
        return decoded


_make_mutable_source_releases_response = _make_mutable(SourceReleasesResponse)
decode_source_releases_response: Callable[[Mapping[str, Any]], SourceReleasesResponse] = (
    SourceReleasesResponse.from_dict
)
