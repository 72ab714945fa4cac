"""Where each artifact of a run is saved, so that no name can lead anywhere else; pure.

Names come from documents and agents, which may call their files what they like. The same artifacts get the same paths
on every system, so whatever one of the common systems cannot hold is replaced on all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What Windows allows in no name; slashes of both kinds separate folders before this is asked.
_FORBIDDEN = frozenset('<>:"|?*')
# Devices to Windows, in every folder, with any extension and any space before it.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)
# Common file systems take 255 bytes; some leave less.
_LONGEST_NAME = 200
_LONGEST_EXTENSION = 20
_UNNAMED = "file"


def safe_paths(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Return a relative path, in parts, for each artifact path: all of them different, none of them above another."""
    taken = _Taken()
    return [taken.place(_safe_parts(path)) for path in paths]


def _safe_parts(path: str) -> list[str]:
    pieces = [piece for piece in re.split(r"[/\\]", path) if piece.strip(" .")]
    return [_safe_name(piece) for piece in pieces] or [_UNNAMED]


def _safe_name(name: str) -> str:
    # Also takes what is not seen: line ends, marks that turn the direction of text, halves of characters.
    characters = (c if c.isprintable() and c not in _FORBIDDEN else "_" for c in unicodedata.normalize("NFC", name))
    safe = _shortened("".join(characters).strip(" ").rstrip(" ."), "") or _UNNAMED
    # Last, for what was taken away before may have made a device of it.
    return f"_{safe}" if _DEVICES.match(safe) else safe


def _shortened(name: str, addition: str) -> str:
    """Put an addition before the extension of a name, and shorten what is before it where that is too long."""
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    end = f"{addition}{dot}{extension}"
    room = _LONGEST_NAME - len(end.encode())
    # Cut between characters, not within one.
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + end


class _Taken:
    """The files and folders there will be; names that differ only in case are one to many systems."""

    def __init__(self) -> None:
        self._files: set[tuple[str, ...]] = set()
        self._folders: set[tuple[str, ...]] = set()
        # The last number given to each name, so that thousands of the same name are not counted from 1 each time.
        self._counts: dict[tuple[tuple[str, ...], bool], int] = {}

    def place(self, parts: list[str]) -> tuple[str, ...]:
        placed: list[str] = []
        for part in parts[:-1]:
            placed.append(self._free(placed, part, is_file=False))
            self._folders.add(_key(placed))
        placed.append(self._free(placed, parts[-1], is_file=True))
        self._files.add(_key(placed))
        return tuple(placed)

    def _free(self, folder: list[str], name: str, *, is_file: bool) -> str:
        wanted = (_key([*folder, name]), is_file)
        count = self._counts.get(wanted, 1)
        while True:
            free = name if count == 1 else _shortened(name, f" ({count})")
            if not self._is_taken(_key([*folder, free]), is_file):
                self._counts[wanted] = count
                return free
            count += 1

    def _is_taken(self, key: tuple[str, ...], is_file: bool) -> bool:
        # Folders may be shared; a file may be neither above another nor in its place.
        return key in self._files or (is_file and key in self._folders)


def _key(parts: list[str]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part.casefold()) for part in parts)
