"""Tells PyInstaller what to include in a frozen application, because most of this package is imported on first use."""

from __future__ import annotations

from pathlib import Path


def get_hook_dirs() -> list[str]:
    """Return the folder of the hooks, for the entry point of PyInstaller."""
    return [str(Path(__file__).parent / "hooks")]
