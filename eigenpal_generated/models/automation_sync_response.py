# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AutomationSyncResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.source_release import decode_source_release as _decode_source_release
from eigenpal_generated.models.synced_automation import decode_synced_automation as _decode_synced_automation
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class AutomationSyncResponse(Model):
    """Result of syncing a workflow or agent with its latest release."""

    automation: _models.SyncedAutomation
    """The synced workflow or agent."""
    release: _models.SourceRelease
    """The release it was synced with."""
    warnings: list[str]
    """Human-readable warnings about the source. Empty if there are none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "automation": "automation",
        "release": "release",
        "warnings": "warnings",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "automation",
            "release",
            "warnings",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AutomationSyncResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            automation = raw["automation"]
            release = raw["release"]
            warnings = raw["warnings"]
        except KeyError:
            automation, release, warnings = _get_or_none(raw, "automation", "release", "warnings")
        try:
            automation = _decode_synced_automation(automation)
        except _DecodeError as _error:
            raise _error.inside("automation") from None
        try:
            release = _decode_source_release(release)
        except _DecodeError as _error:
            raise _error.inside("release") from None
        warnings = _decode_list("warnings", _decode_str, warnings)
        self = _make_mutable_automation_sync_response()
        self.automation = automation
        self.release = release
        self.warnings = warnings
        self._raw = raw
        self.__class__ = AutomationSyncResponse
        decoded: AutomationSyncResponse = self
        return decoded


_make_mutable_automation_sync_response = _make_mutable(AutomationSyncResponse)
decode_automation_sync_response: Callable[[Mapping[str, Any]], AutomationSyncResponse] = (
    AutomationSyncResponse.from_dict
)
