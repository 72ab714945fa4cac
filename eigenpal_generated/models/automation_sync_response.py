# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AutomationSyncResponse`."""

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
)
from eigenpal_generated.models.source_release import decode_source_release as _decode_source_release
from eigenpal_generated.models.synced_automation import decode_synced_automation as _decode_synced_automation


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "automation": _models.decode_synced_automation,
            "release": _models.decode_source_release,
            "warnings": _make_list_decoder(_decode_str),
        }


_make_mutable_automation_sync_response = _make_mutable(AutomationSyncResponse)


def _read_automation_sync_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        automation = raw["automation"]
        release = raw["release"]
        warnings = raw["warnings"]
    except KeyError:
        automation, release, warnings = _get_or_none(raw, "automation", "release", "warnings")
    automation = _decode_synced_automation(automation)
    release = _decode_source_release(release)
    warnings = _decode_list(_decode_str, warnings)
    self = _make_mutable_automation_sync_response()
    self.automation = automation
    self.release = release
    self.warnings = warnings
    self._raw = raw
    self.__class__ = AutomationSyncResponse
    return self


decode_automation_sync_response: Callable[[Any], AutomationSyncResponse] = _register(
    AutomationSyncResponse, _read_automation_sync_response
)
