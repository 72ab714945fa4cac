"""Compares the generated files with the package on disk, and writes them."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from generator.formatting import Files

_CACHE = "__pycache__"
_MARK = b"# Generated from "


class ForeignFolderError(Exception):
    """The output folder contains files that were not generated; writing would delete them."""


@dataclass(frozen=True)
class Comparison:
    """How a folder differs from the generated files."""

    missing: list[str]
    changed: list[str]
    stray: list[str]

    @property
    def count(self) -> int:
        """The number of files that differ."""
        return len(self.missing) + len(self.changed) + len(self.stray)


def compare(files: Files, folder: Path) -> Comparison:
    """Compare the files byte by byte, and find those that are not generated.

    Raises:
        ForeignFolderError: It is not a folder.
    """
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(f"{folder} is not a folder; choose another")
    present = _present(folder)
    return Comparison(
        missing=sorted(set(files) - set(present)),
        changed=sorted(
            name
            for name, path in present.items()
            if name in files and (path.is_symlink() or path.read_bytes() != files[name].encode())
        ),
        stray=sorted(set(present) - set(files)),
    )


def difference(files: Files, folder: Path, comparison: Comparison) -> str:
    """Format the difference between the existing and the generated files as a unified diff."""
    parts: list[str] = []
    for name in sorted({*comparison.missing, *comparison.changed, *comparison.stray}):
        path = folder / name
        before = path.read_bytes().decode(errors="replace") if path.is_file() else ""
        after = files.get(name, "")
        lines = list(
            difflib.unified_diff(
                before.splitlines(keepends=True),
                after.splitlines(keepends=True),
                fromfile=f"{folder.name}/{name}" if path.exists() else "(missing)",
                tofile=f"{folder.name}/{name}" if name in files else "(not generated)",
            )
        )
        if not lines:  # an empty file, or bytes that decode to the same text
            lines = [f"{folder.name}/{name} differs, but has no lines to show"]
        parts.append("".join(line if line.endswith("\n") else f"{line}\n" for line in lines))
    return "".join(parts)


def write(files: Files, folder: Path) -> Comparison:
    """Write files that differ and remove files that are no longer generated.

    Raises:
        ForeignFolderError: The folder holds something other than a generated package.
    """
    comparison = compare(files, folder)
    if comparison.stray and not _is_generated(folder):
        raise ForeignFolderError(
            f"{folder} is not a generated package, and writing would delete its files, "
            f"such as {comparison.stray[0]}; choose another folder"
        )
    for name in comparison.stray:
        (folder / name).unlink(missing_ok=True)
    _remove_empty_folders(folder)
    for name in [*comparison.missing, *comparison.changed]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, files[name].encode())
    return comparison


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically. A symbolic link is replaced, not followed."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.fresh")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _is_generated(folder: Path) -> bool:
    """Return whether a folder contains a generated package or parts of one, according to the headers of its modules."""
    for name in ("__init__.py", "runtime.py"):
        path = folder / name
        if path.is_file() and path.read_bytes().startswith(_MARK):
            return True
    return False


def _remove_empty_folders(folder: Path) -> None:
    """Remove the folders that contain nothing but bytecode."""
    inner = [path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink() and path.name != _CACHE]
    for path in sorted(inner, reverse=True):
        if all(item.name == _CACHE for item in path.iterdir()):
            for cached in path.glob(f"{_CACHE}/*"):
                cached.unlink()
            for cache in path.glob(_CACHE):
                cache.rmdir()
            path.rmdir()


def _present(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir()) and _CACHE not in path.relative_to(folder).parts
    }
