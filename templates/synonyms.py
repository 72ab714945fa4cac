"""What other SDKs call things, for the hints in errors about names that do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "abort": ("cancel",),
    "agent": ("source",),
    "all": ("list", "iter"),
    "await": ("wait",),
    "began": ("started",),
    "create": ("run",),
    "data": ("output",),
    "describe": ("get",),
    "elapsed": ("duration",),
    "ended": ("completed",),
    "enqueue": ("run",),
    "event": ("watch",),
    "execute": ("run",),
    "failure": ("error",),
    "fetch": ("get", "download"),
    "file": ("artifact",),
    "find": ("list", "iter"),
    "finished": ("completed",),
    "get": ("download",),
    "invoke": ("run",),
    "job": ("run",),
    "join": ("wait",),
    "launch": ("run",),
    "log": ("trace",),
    "message": ("error",),
    "modify": ("update",),
    "paginate": ("iter",),
    "phase": ("status",),
    "poll": ("wait",),
    "query": ("list", "iter"),
    "read": ("get", "download"),
    "refresh": ("get",),
    "reload": ("get",),
    "remove": ("delete",),
    "repeat": ("rerun",),
    "response": ("output",),
    "restart": ("rerun",),
    "result": ("output",),
    "retrieve": ("get", "download"),
    "retry": ("rerun",),
    "save": ("download",),
    "search": ("list", "iter"),
    "start": ("run",),
    "state": ("status",),
    "stop": ("cancel",),
    "submit": ("run",),
    "task": ("run",),
    "terminate": ("cancel",),
    "trigger": ("run",),
    "workflow": ("source",),
}
"""Words of other SDKs, and what they may be called in this one."""

WORDS_FOR_ROWS: Final = frozenset(
    {"content", "data", "entries", "list", "objects", "records", "result", "results", "rows"}
)
"""What other SDKs call the rows of a page."""

WORDS_FOR_MORE: Final = frozenset(
    {"cursor", "has_more", "has_next", "has_next_page", "next", "next_page", "next_page_token"}
)
"""What other SDKs call that a page is not the last one."""
