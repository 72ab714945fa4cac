"""Safe relative paths for artifacts, which cannot leave the target directory.

Names come from documents and agents, so they can be anything. Paths are the same on every operating system: characters
that one of them does not allow are always replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Not allowed in names on Windows, besides slashes and backslashes, which separate folders.
_FORBIDDEN = frozenset('<>:"|?*')
# Device names on Windows, in any folder and with any extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)
# The names of incomplete downloads.
_PART = re.compile(r"\..*\.part", re.IGNORECASE)
# Most file systems allow 255 bytes, some fewer.
_MAX_NAME = 200
_MAX_EXTENSION = 20
_UNNAMED = "file"


def make_safe_paths(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Return a unique relative path, as a tuple of parts, for each artifact path; no file is also a folder."""
    names = _UniquePaths()
    return [names.add(_make_safe_parts(path)) for path in paths]


def _make_safe_parts(path: str) -> list[str]:
    parts = [part for part in re.split(r"[/\\]", path) if part.strip(" .")]
    return [_make_safe_name(part) for part in parts] or [_UNNAMED]


def _make_safe_name(name: str) -> str:
    # Unprintable characters include newlines, bidirectional control characters and lone surrogates.
    characters = (c if c.isprintable() and c not in _FORBIDDEN else "_" for c in unicodedata.normalize("NFC", name))
    safe = _shorten("".join(characters).strip(" ").rstrip(" ."), "") or _UNNAMED
    # Last, because the replacements may result in such a name.
    return f"_{safe}" if _DEVICES.match(safe) or _PART.fullmatch(safe) else safe


def _shorten(name: str, addition: str) -> str:
    """Insert an addition before the extension of a name, and shorten the name if it is too long."""
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _MAX_EXTENSION:
        stem, dot, extension = name, "", ""
    end = f"{addition}{dot}{extension}"
    room = _MAX_NAME - len(end.encode())
    # Drops a character whose bytes were cut.
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + end


class _UniquePaths:
    """The paths used so far; on many systems, names that differ only in case are the same."""

    def __init__(self) -> None:
        self._files: set[tuple[str, ...]] = set()
        self._folders: set[tuple[str, ...]] = set()
        # The last number added to each name, so that finding a free number does not start from 1 each time.
        self._counts: dict[tuple[tuple[str, ...], bool], int] = {}

    def add(self, parts: list[str]) -> tuple[str, ...]:
        path: list[str] = []
        for part in parts[:-1]:
            path.append(self._find_free_name(path, part, is_file=False))
            self._folders.add(_make_key(path))
        path.append(self._find_free_name(path, parts[-1], is_file=True))
        self._files.add(_make_key(path))
        return tuple(path)

    def _find_free_name(self, folder: list[str], name: str, *, is_file: bool) -> str:
        key = (_make_key([*folder, name]), is_file)
        count = self._counts.get(key, 1)
        while True:
            free = name if count == 1 else _shorten(name, f" ({count})")
            if not self._is_taken(_make_key([*folder, free]), is_file):
                self._counts[key] = count
                return free
            count += 1

    def _is_taken(self, key: tuple[str, ...], is_file: bool) -> bool:
        # Files can share a folder, but a file needs a unique path.
        return key in self._files or (is_file and key in self._folders)


def _make_key(parts: list[str]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part.casefold()) for part in parts)
