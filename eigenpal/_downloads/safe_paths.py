"""Safe relative paths for artifacts, so that no name leads out of the target directory.

Names come from documents and agents, so they can be anything. The same artifacts get the same paths on every system:
whatever a common system does not allow is replaced on all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Not allowed in names on Windows; slashes of both kinds have separated folders before.
_FORBIDDEN = frozenset('<>:"|?*')
# Devices on Windows, in every folder and with any extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)
# Most file systems allow 255 bytes, some less.
_MAX_NAME = 200
_MAX_EXTENSION = 20
_UNNAMED = "file"


def safe_paths(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Return a relative path, as its parts, for each artifact path; all differ, and none is a folder of another."""
    names = _UniquePaths()
    return [names.add(_make_safe_parts(path)) for path in paths]


def _make_safe_parts(path: str) -> list[str]:
    parts = [part for part in re.split(r"[/\\]", path) if part.strip(" .")]
    return [_make_safe_name(part) for part in parts] or [_UNNAMED]


def _make_safe_name(name: str) -> str:
    # Not printable are also line ends, marks that change the direction of text, and lone surrogates.
    characters = (c if c.isprintable() and c not in _FORBIDDEN else "_" for c in unicodedata.normalize("NFC", name))
    safe = _shorten("".join(characters).strip(" ").rstrip(" ."), "") or _UNNAMED
    # Last, because the replacements may have made it the name of a device.
    return f"_{safe}" if _DEVICES.match(safe) else safe


def _shorten(name: str, addition: str) -> str:
    """Insert an addition before the extension of a name, and shorten the name if it is too long."""
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _MAX_EXTENSION:
        stem, dot, extension = name, "", ""
    end = f"{addition}{dot}{extension}"
    room = _MAX_NAME - len(end.encode())
    # Cut between characters.
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + end


class _UniquePaths:
    """The paths of files and folders so far; on many systems, names that differ only in case are the same."""

    def __init__(self) -> None:
        self._files: set[tuple[str, ...]] = set()
        self._folders: set[tuple[str, ...]] = set()
        # The last number added to each name, so that thousands of the same name do not each count from 1.
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
        wanted = (_make_key([*folder, name]), is_file)
        count = self._counts.get(wanted, 1)
        while True:
            free = name if count == 1 else _shorten(name, f" ({count})")
            if not self._is_taken(_make_key([*folder, free]), is_file):
                self._counts[wanted] = count
                return free
            count += 1

    def _is_taken(self, key: tuple[str, ...], is_file: bool) -> bool:
        # Folders can be shared; a file can be neither another file nor a folder.
        return key in self._files or (is_file and key in self._folders)


def _make_key(parts: list[str]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part.casefold()) for part in parts)
