"""The type of a reference to a file that is already stored on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from eigenpal_generated.models import RunFileReference

FileReference: TypeAlias = RunFileReference | Mapping[str, Any]
