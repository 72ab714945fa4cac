"""Makes sure that the files that are uploaded are those that were built and checked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tools.regenerate.errors import JobError


def format_digests(folder: Path) -> str:
    """Return the SHA-256 of each file of a folder, as JSON on one line."""
    return json.dumps({path.name: _digest(path) for path in sorted(folder.iterdir())})


def check_digests(folder: Path, expected: str) -> None:
    """Compare the files of a folder with those of `format_digests`.

    Raises:
        JobError: They are others.
    """
    if not json.loads(expected) or format_digests(folder) != expected:
        raise JobError(f"These are not the files that were built.\nBuilt: {expected}\nFound: {format_digests(folder)}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
