"""The type of a loaded document, for modules that do not use nodes yet."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]
