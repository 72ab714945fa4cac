"""The file beside the target that a download is written to until it is complete.

It is named ``.NAME.part``. It contains the file as far as it arrived, and at the end a record that says what it belongs
to, how many of its bytes count, and their checksum. A new record is written ahead of the bytes that overwrite the last
one, so that a download can be continued even if the process was killed. Without a valid record it starts over.

Only one process at a time can lock the file. Others, and those that find something else under its name, write to a
temporary file with a random name, which is never continued.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import zlib
from contextlib import suppress
from struct import Struct
from typing import NamedTuple

from eigenpal._downloads.folders import Folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# If the process is killed, up to this many bytes are received again.
_STEP = 256 * 1024
_READ_SIZE = 1024 * 1024

# The end of a record: the checksum and the length of the JSON before it, and a mark.
_END = Struct(">II8s")
_MARK = b"EPpart1\n"
_MAX_RECORD = 16 * 1024


class PartRecord(NamedTuple):
    """What is known about the first bytes of a file."""

    source: str
    """What they were downloaded from."""
    etag: str
    """The strong ETag of the file."""
    size: int | None
    """The size of the whole file, if known."""
    length: int
    """The number of bytes."""
    crc: int
    """Their CRC-32."""


class PartFile:
    """The file beside the target, open and locked."""

    def __init__(self, folder: Folder, name: str, descriptor: int, *, is_private: bool) -> None:
        self.path = folder.path / name
        self._name = name
        self._folder = folder
        # Unbuffered, so that positions are exact after an error.
        self._handle = io.FileIO(descriptor, "r+b")
        self._is_private = is_private
        self._identity: tuple[str, str, int | None] | None = None
        self._crc = 0
        self._next_record = 0
        self._end = 0
        self.length = 0
        """The number of bytes written or recovered."""

    def recover(self, source: str | None) -> PartRecord | None:
        """Return the record of an earlier download from this source, and continue after its bytes.

        If there is none, the file is emptied.
        """
        record = None if self._is_private else _read_record(self._handle)
        if record is None or record.source != source or not self._read_content(record):
            self.rewind()
            return None
        self.identify(record.source, record.etag, record.size)
        return record

    def _read_content(self, record: PartRecord) -> bool:
        """Return whether the content matches its record, and set the length to what does not have to be requested."""
        # Leave something to request. If nothing was missing, servers would respond with 416, without the ETag.
        length = record.length if record.size is not None and record.length < record.size else record.length - 1
        crc, position = 0, 0
        self._handle.seek(0)
        while position < length:
            chunk = self._handle.read(min(_READ_SIZE, length - position))
            if not chunk:
                return False
            crc = zlib.crc32(chunk, crc)
            position += len(chunk)
        if zlib.crc32(self._handle.read(record.length - length), crc) != record.crc or length <= 0:
            return False
        self.length, self._crc, self._next_record = length, crc, record.length
        self._end = self._handle.seek(0, os.SEEK_END)
        return True

    def identify(self, source: str | None, etag: str | None, size: int | None) -> None:
        """Set where the bytes come from. They are only kept if there is a source and a strong ETag."""
        self._identity = None
        if source is not None and etag is not None and not self._is_private:
            self._identity = source, etag, size

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        end = self.length + len(chunk)
        if self._identity is not None:
            if end > self._next_record:
                # The chunk will overwrite the last record, so the next one comes first.
                self._write_record(max(end, self.length + _STEP))
            crc = zlib.crc32(chunk, self._crc)
        else:
            crc = 0
        self._write_at(self.length, chunk)
        self.length, self._crc = end, crc

    def rewind(self) -> None:
        """Empty the file."""
        self._handle.truncate(0)
        self.length = self._crc = self._next_record = self._end = 0

    def commit(self, target: str) -> None:
        """Give the file the name of the target, once all bytes are on disk."""
        os.fsync(self._handle.fileno())
        if self._end:
            # After the bytes are on disk, because the record is lost.
            self._handle.truncate(self.length)
            os.fsync(self._handle.fileno())
        self._folder.check()
        if not self._is_in_place():
            raise FileExistsError(f"{str(self.path)!r} was replaced during the download")
        existing = self._folder.stat(target)
        if existing is not None and stat.S_ISREG(existing.st_mode):
            self._folder.chmod(self._name, stat.S_IMODE(existing.st_mode))
        if sys.platform == "win32":
            self.close()  # open files cannot be renamed
        self._folder.replace(self._name, target)
        self.close()

    def keep_or_delete(self) -> bool:
        """Close an incomplete file. Return whether it is kept for the next call; otherwise it is deleted."""
        try:
            if not self._is_in_place():
                return False
            if self._identity is not None and self.length > 0:
                self._end_with_record()
                return True
            if sys.platform == "win32":
                self.close()  # open files cannot be deleted
            self._folder.unlink(self._name)
            return False
        finally:
            self.close()

    def _end_with_record(self) -> None:
        try:
            self._write_record(self.length)
        except OSError:
            # The disk is full, so end the file with the last complete record.
            self._handle.truncate(self._end)

    def close(self) -> None:
        """Unlock and close the file, and its directory."""
        if not self._handle.closed:
            # Explicitly, because processes forked meanwhile have the lock too.
            _unlock(self._handle.fileno())
            self._handle.close()
            self._folder.close()

    def _write_record(self, position: int) -> None:
        assert self._identity is not None
        record = PartRecord(*self._identity, self.length, self._crc)
        content = json.dumps(record).encode()
        content += _END.pack(zlib.crc32(content), len(content), _MARK)
        self._write_at(position, content)
        self._handle.truncate(position + len(content))
        self._next_record, self._end = position, position + len(content)

    def _write_at(self, position: int, content: bytes) -> None:
        self._handle.seek(position)
        rest = memoryview(content)
        while rest:
            rest = rest[self._handle.write(rest) :]

    def _is_in_place(self) -> bool:
        # Some network file systems cannot tell, and a random name is not replaced by others.
        return self._is_private or _is_same_file(self._handle.fileno(), self._folder, self._name)


def open_part_file(folder: Folder, target: str, mode: int) -> PartFile:
    """Open and lock the file ``.NAME.part`` for a target, or a temporary file if that is not possible.

    Args:
        folder: The directory of the target.
        target: The name of the target.
        mode: The permissions, before the umask.

    Raises:
        OSError: The directory cannot be written to.
    """
    name = f".{target}.part"
    descriptor = _open_locked(folder, name, mode)
    if descriptor is not None:
        return PartFile(folder, name, descriptor, is_private=False)
    name = f".eigenpal-{os.urandom(8).hex()}.part"
    return PartFile(folder, name, folder.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode), is_private=True)


def _open_locked(folder: Folder, name: str, mode: int) -> int | None:
    """Return a descriptor of the file, which is created if needed; None if it is in use or not ours."""
    try:
        found = folder.stat(name)
        if found is not None and not stat.S_ISREG(found.st_mode):
            return None
        # Exclusive if new, so that no file is left behind by a file system without locks.
        exclusive = os.O_CREAT | os.O_EXCL if found is None else 0
        descriptor = folder.open(name, os.O_RDWR | exclusive, mode)
    except OSError:
        # The temporary file has the same problem, or works, as for a name that is too long.
        return None
    try:
        _lock(descriptor)
        is_ours = _is_same_file(descriptor, folder, name)
        if is_ours and found is not None and hasattr(os, "fchmod"):
            # Some file systems have no permissions.
            with suppress(PermissionError):
                os.fchmod(descriptor, stat.S_IMODE(found.st_mode) & mode)
    except OSError as error:
        is_ours = False
        if found is None and not isinstance(error, BlockingIOError):
            with suppress(OSError):
                folder.unlink(name)
    if not is_ours:
        os.close(descriptor)
        return None
    return descriptor


def _is_same_file(descriptor: int, folder: Folder, name: str) -> bool:
    """Return whether this is a plain file of this user, and still has its name and no other."""
    opened, named = os.fstat(descriptor), folder.stat(name)
    is_own = not hasattr(os, "geteuid") or opened.st_uid == os.geteuid()
    return (
        named is not None
        and os.path.samestat(opened, named)
        and stat.S_ISREG(opened.st_mode)
        and opened.st_nlink == 1
        and is_own
    )


def _read_record(handle: io.FileIO) -> PartRecord | None:
    """Return the record at the end of a file; None if there is no valid one."""
    size = handle.seek(0, os.SEEK_END)
    if size < _END.size:
        return None
    handle.seek(size - _END.size)
    crc, length, mark = _END.unpack(handle.read(_END.size))
    start = size - _END.size - length
    if mark != _MARK or length > _MAX_RECORD or start < 0:
        return None
    handle.seek(start)
    content = handle.read(length)
    if zlib.crc32(content) != crc:
        return None
    try:
        record = PartRecord(*json.loads(content))
        is_plausible = 0 < record.length <= start and (record.size is None or record.length <= record.size)
    except (ValueError, TypeError):
        return None
    return record if is_plausible else None


if sys.platform == "win32":
    # Others cannot even read a locked byte, so lock one beyond the end of most files.
    _LOCKED_BYTE = 0x7FFF_FFFE

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
