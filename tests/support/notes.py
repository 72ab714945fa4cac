"""Notes on exceptions."""

from __future__ import annotations

import sys

import pytest


def read_note(error: BaseException, logged: pytest.LogCaptureFixture) -> str:
    """Return the notes of an exception, or the log on versions of Python without notes."""
    if sys.version_info >= (3, 11):
        return "\n".join(getattr(error, "__notes__", []))
    return logged.text
