# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceReleasesResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import Page, define as _define, make_mutable as _make_mutable, register as _register
from eigenpal_generated.decoding import (
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "package_path": _decode_str,
            "releases": _make_list_decoder(_models.decode_source_release),
        }


_make_mutable_source_releases_response = _make_mutable(SourceReleasesResponse)


def _read_source_releases_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        package_path = raw["packagePath"]
        releases = raw["releases"]
    except KeyError:
        package_path, releases = _get_or_none(raw, "packagePath", "releases")
    releases = _decode_list(_models.decode_source_release, releases)
    if package_path.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_source_releases_response()
    self.package_path = package_path
    self.releases = releases
    self._raw = raw
    self.__class__ = SourceReleasesResponse
    return self


decode_source_releases_response: Callable[[Any], SourceReleasesResponse] = _register(
    SourceReleasesResponse, _read_source_releases_response
)
