"""Directories that downloads are written to, and entering them without following links."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

# Not on Windows. Paths relative to an open directory cannot be redirected by replacing one of their parts.
_HAS_RELATIVE_PATHS = {os.open, os.mkdir, os.stat, os.unlink, os.rename, os.chmod} <= os.supports_dir_fd
# O_PATH (Linux) also opens directories that cannot be listed.
_ENTER = getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FILE = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | _NO_FOLLOW


class Folder:
    """A directory whose files are opened, renamed and deleted by name."""

    def __init__(self, path: Path, descriptor: int | None = None) -> None:
        """Use the directory at a path, or the one of an open descriptor, which `close` closes."""
        self.path = path
        self._descriptor = descriptor

    def check(self) -> None:
        """Raise an OSError if the directory is no longer where it was entered."""

    def open(self, name: str, flags: int, mode: int) -> int:
        """Open a file, but not through a link where the operating system can refuse that."""
        with self._full_paths():
            return os.open(self._locate(name), flags | _FILE, mode, dir_fd=self._descriptor)

    def stat(self, name: str) -> os.stat_result | None:
        """Return the status of a file or link; None if there is none."""
        with self._full_paths(), suppress(FileNotFoundError):
            return os.stat(self._locate(name), dir_fd=self._descriptor, follow_symlinks=False)
        return None

    def chmod(self, name: str, mode: int) -> None:
        """Change the permissions of a file."""
        with self._full_paths():
            os.chmod(self._locate(name), mode, dir_fd=self._descriptor)

    def replace(self, name: str, target: str) -> None:
        """Rename a file, replacing a file or link that has the new name."""
        with self._full_paths():
            os.replace(
                self._locate(name),
                self._locate(target),
                src_dir_fd=self._descriptor,
                dst_dir_fd=self._descriptor,
            )

    def unlink(self, name: str) -> None:
        """Delete a file or link."""
        with self._full_paths():
            os.unlink(self._locate(name), dir_fd=self._descriptor)

    def close(self) -> None:
        """Close the descriptor."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _locate(self, name: str) -> str:
        return name if self._descriptor is not None else str(self.path / name)

    @contextmanager
    def _full_paths(self) -> Generator[None, None, None]:
        """Complete the paths in the errors of the operating system, which are relative to the descriptor."""
        try:
            yield
        except OSError as error:
            error.filename = str(self.path / error.filename)
            if error.filename2 is not None:
                error.filename2 = str(self.path / error.filename2)
            raise


class _CheckedFolder(Folder):
    """A directory below another one, for systems without paths relative to an open directory."""

    def __init__(self, root: Path, parts: tuple[str, ...]) -> None:
        super().__init__(root.joinpath(*parts))
        self._expected = os.path.normcase(Path(os.path.realpath(root), *parts))

    def check(self) -> None:
        # Also finds junctions, which are not symbolic links.
        if os.path.normcase(os.path.realpath(self.path)) != self._expected:
            raise _make_link_error(self.path)


def enter_folder(root: Path, parts: tuple[str, ...]) -> Folder:
    """Return a directory below another one, and create it if needed. ``root`` may be a link, the rest may not.

    Raises:
        NotADirectoryError: A part of the path is a link or a file.
    """
    if not _HAS_RELATIVE_PATHS:
        folder = _CheckedFolder(root, parts)
        for depth in range(1, len(parts) + 1):
            _CheckedFolder(root, parts[: depth - 1]).check()
            with suppress(FileExistsError):
                root.joinpath(*parts[:depth]).mkdir()
        folder.check()
        return folder
    descriptor = os.open(root, _ENTER)
    path = root
    for part in parts:
        path /= part
        outer = descriptor
        try:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=outer)
            descriptor = os.open(part, _ENTER | _NO_FOLLOW, dir_fd=outer)
        except OSError as error:
            error.filename = str(path)
            if error.errno in (errno.ENOTDIR, errno.ELOOP, errno.EMLINK):
                is_link = stat.S_ISLNK(os.stat(part, dir_fd=outer, follow_symlinks=False).st_mode)
                raise (_make_link_error(path) if is_link else error) from None
            raise
        finally:
            os.close(outer)
    return Folder(path, descriptor)


def _make_link_error(path: Path) -> OSError:
    problem = "a directory in it is a link, which is not followed because it may lead out of the target directory"
    return NotADirectoryError(errno.ENOTDIR, problem, str(path))
