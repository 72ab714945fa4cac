"""Compares the generated files with the package on disk, and writes them."""

from __future__ import annotations

import difflib
import os
import shutil
from pathlib import Path

from generator.formatting import Files

_CACHE = "__pycache__"
_MARK = b"# Generated from "


class ForeignFolderError(Exception):
    """The output folder contains files that were not generated; writing would delete them."""


def compare(files: Files, folder: Path) -> list[str]:
    """Return the names of files that are missing, differ, or are not generated.

    Raises:
        ForeignFolderError: It is not a folder.
    """
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(f"{folder} is not a folder; choose another")
    present = _present(folder)
    return sorted(
        name
        for name in {*files, *present}
        if name not in files
        or name not in present
        or present[name].is_symlink()
        or present[name].read_bytes() != files[name].encode()
    )


def difference(files: Files, folder: Path) -> str:
    """Format the difference between the existing and the generated files as a unified diff."""
    parts: list[str] = []
    for name in compare(files, folder):
        path = folder / name
        before = path.read_bytes().decode(errors="replace") if path.is_file() else ""
        lines = list(
            difflib.unified_diff(
                before.splitlines(keepends=True),
                files.get(name, "").splitlines(keepends=True),
                fromfile=f"{folder.name}/{name}" if path.exists() else "(missing)",
                tofile=f"{folder.name}/{name}" if name in files else "(not generated)",
            )
        )
        if not lines:  # an empty file, or bytes that decode to the same text
            lines = [f"{folder.name}/{name} differs, but has no lines to show"]
        parts.append("".join(line if line.endswith("\n") else f"{line}\n" for line in lines))
    return "".join(parts)


def write(files: Files, folder: Path) -> int:
    """Write files that differ and remove files that are no longer generated; return how many.

    Raises:
        ForeignFolderError: The folder holds something other than a generated package.
    """
    names = compare(files, folder)
    stray = [name for name in names if name not in files]
    if stray and not _is_generated(folder):
        raise ForeignFolderError(
            f"{folder} is not a generated package, and writing would delete its files, "
            f"such as {stray[0]}; choose another folder"
        )
    for name in stray:
        (folder / name).unlink()
    _remove_empty_folders(folder)
    for name in names:
        if name in files:
            _write_whole(folder / name, files[name].encode())
    return len(names)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically. A symbolic link is replaced, not followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.fresh")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _is_generated(folder: Path) -> bool:
    """Return whether a folder contains a generated package or parts of one, according to the headers of its modules."""
    paths = (folder / name for name in ("__init__.py", "runtime.py"))
    return any(path.is_file() and path.read_bytes().startswith(_MARK) for path in paths)


def _remove_empty_folders(folder: Path) -> None:
    """Remove the folders that contain nothing but bytecode."""
    for path in sorted(folder.rglob("*"), reverse=True):
        is_folder = path.is_dir() and not path.is_symlink() and path.name != _CACHE
        if is_folder and all(item.name == _CACHE for item in path.iterdir()):
            shutil.rmtree(path)


def _present(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir()) and _CACHE not in path.relative_to(folder).parts
    }
