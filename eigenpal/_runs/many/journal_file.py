"""The file of a journal: locking it, reading it, and writing it ahead of the starts."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eigenpal._runs.many.actions import BatchFlow, Event, Pause
from eigenpal._runs.many.inputs import compute_fingerprint
from eigenpal._runs.many.journal import (
    DamagedJournalError,
    Entry,
    Header,
    Recovery,
    check_header,
    parse_entry,
)
from eigenpal._transport.actions import RunInThread
from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK_TIMEOUT_SECONDS = 2.0
"""How long a loop that was left may need to end."""

_sync: Callable[[int], object] = getattr(os, "fdatasync", os.fsync)


class JournalInUseError(EigenpalError):
    """Another call of run_many uses the journal."""


class _Group:
    """Lines that are written together."""

    def __init__(self, synced: Event) -> None:
        self.synced = synced
        """Set when they are on the disk, or could not be written."""
        self.is_durable = False


class JournalFile:
    """A journal that is open and locked.

    Lines about to be durable are collected while an earlier group is on its way to the disk: one sync for all starts
    that wait. The other lines are only written; if a power cut loses one, the run is looked for.

    Args:
        path: The file. It is created if it does not exist.
        header: The header of a new journal, with which that of an existing one is compared.
        make_event: Makes an event for the flows of the batch.
        lock_timeout: Seconds to wait for a call that is just ending.

    Raises:
        ModuleNotFoundError: The library for locks is not installed.
        JournalInUseError: Another process, or another call in this one, uses the journal.
        ValueError: The file is not a journal, or belongs to other runs.
        OSError: The file cannot be read or written.
    """

    def __init__(
        self, path: str | os.PathLike[str], header: Header, make_event: Callable[[], Event], lock_timeout: float = 0.0
    ) -> None:
        self.path = Path(path)
        # The lock has to be the same for all names of a file, and the working directory may change.
        self._real_path = Path(os.path.realpath(path))
        if self._real_path.exists() and not self._real_path.is_file():
            raise ValueError(f"the journal {str(self.path)!r} is not a regular file")
        self._make_event = make_event
        self._waiting: list[bytes] = []
        self._group = _Group(make_event())
        self._syncing: _Group | None = None
        self._failure: OSError | None = None
        # Threads write groups, and the loops of batches single lines.
        self._write_lock = threading.Lock()
        self._size = 0
        self.is_lost = False
        """Whether another program has removed, replaced or changed the file."""
        self.is_closed = False
        self._lock = _acquire_lock(self._real_path, lock_timeout)
        try:
            self._open(header)
        except BaseException:
            self._lock.release()
            raise

    def _open(self, header: Header) -> None:
        # Opened for appending first, so that a path that cannot be written fails before anything is started.
        self._file = self._real_path.open("ab", buffering=0)
        self._reader = self._real_path.open("rb")
        try:
            recovery = self._recover()
            self._size = self._file.tell()
            if recovery.header is None:
                self._truncate(0)
                self._write(header.to_line())
                _sync(self._file.fileno())
                # Also if the file exists: a process may have been killed after it had created it.
                _sync_directory(self._real_path.parent)
            else:
                check_header(recovery.header, header, self.path)
                if self._size > recovery.size:
                    self._truncate(recovery.size)
                if not recovery.is_complete:
                    self._write(b"\n")
        except BaseException:
            self._file.close()
            self._reader.close()
            raise
        self.token: str = (recovery.header or header).token
        self.unknown = recovery.unknown
        self.started = recovery.started
        self._offsets = recovery.offsets

    def _recover(self) -> Recovery:
        try:
            return Recovery(self._reader)
        except DamagedJournalError as error:
            raise ValueError(f"the journal {str(self.path)!r} cannot be used: {error}") from None

    def _truncate(self, size: int) -> None:
        self._file.truncate(size)
        self._size = size

    # --- reading ------------------------------------------------------------------------------------------------------

    def take(self, key: str) -> Entry | None:
        """Return what an earlier call has recorded for a key, and forget it."""
        self.unknown.pop(key, None)
        self.started.pop(key, None)
        offset = self._offsets.pop(compute_fingerprint(key), None)
        if offset is None:
            return None
        self._reader.seek(offset)
        entry = parse_entry(self._reader.readline())
        return entry if entry is not None and entry.key == key else None

    def read_started(self) -> Iterator[Entry]:
        """Yield the lines about runs that were started, from a handle of its own."""
        with self._real_path.open("rb") as lines:
            for line in lines:
                entry = parse_entry(line) if b'"started"' in line else None
                if entry is not None and entry.state == "started":
                    yield entry

    # --- writing ------------------------------------------------------------------------------------------------------

    def append(self, entry: Entry) -> None:
        """Write a line that need not outlive a power cut.

        Raises:
            OSError: It cannot be written.
        """
        if not self.is_closed:
            self._write(entry.to_line())

    def append_durably(self, entry: Entry) -> BatchFlow[None]:
        """Write a line, and return when it is on the disk.

        Raises:
            OSError: It cannot be written.
        """
        self._waiting.append(entry.to_line())
        group = self._group
        if len(self._waiting) == 1:
            # The first one of a group writes it, after the group before. If it cannot, the batch was stopped.
            while self._syncing is not None:
                yield Pause(self._syncing.synced)
            yield from self._sync_group()
        while not group.synced.is_set():
            yield Pause(group.synced)
        if not group.is_durable:
            raise self._failure or OSError("the journal is closed")

    def _sync_group(self) -> BatchFlow[None]:
        lines, self._waiting = b"".join(self._waiting), []
        group, self._group = self._group, _Group(self._make_event())
        self._syncing = group
        try:
            yield RunInThread(partial(self._write_durably, lines))
            group.is_durable = True
        except OSError as error:
            self._failure = error
        finally:
            self._syncing = None
            group.synced.set()
            if self.is_closed:
                self._release()

    def _write_durably(self, lines: bytes) -> None:
        self._write(lines)
        _sync(self._file.fileno())

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        with self._write_lock:
            if self._failure is not None:
                # Half a line may be in the file, after which no other may follow.
                raise self._failure
            try:
                self._check_unchanged()
                while rest:
                    written = self._file.write(rest)
                    self._size += written
                    rest = rest[written:]
            except OSError as error:
                self._failure = error
                raise

    def _check_unchanged(self) -> None:
        """Check that a later call will find in the file what was written to it.

        Raises:
            OSError: It will not. It would start runs again.
        """
        status = os.fstat(self._file.fileno())
        try:
            is_same = os.path.samestat(status, self._real_path.stat())
        except FileNotFoundError:
            is_same = False
        if is_same and status.st_size == self._size:
            return
        self.is_lost = True
        what = "changed" if is_same else "removed or replaced"
        raise OSError(
            f"the journal {str(self.path)!r} was {what} by another program while run_many used it. Nothing more was "
            "started, because another call would not know of these runs and would start them again. Restore the file, "
            "or leave out the inputs that have a run"
        )

    def close(self) -> None:
        """Write nothing more, and close and unlock the file, after the group that a thread may be writing."""
        self.is_closed = True
        if self._syncing is None:
            self._release()

    def _release(self) -> None:
        self._file.close()
        self._reader.close()
        self._lock.release()


def _acquire_lock(path: Path, timeout: float) -> Any:
    try:
        import filelock
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "journal= needs filelock; install it with: pip install 'eigenpal[batch]'", name=error.name
        ) from None
    # filelock would create a folder that is missing, for example because its storage is not mounted, and waits for one
    # in which no file can be created.
    if not path.parent.is_dir():
        raise FileNotFoundError(f"the folder of the journal {str(path)!r} does not exist; create it, or check the path")
    path.open("ab").close()
    # Not bound to a thread, because an iterator may be closed by another one.
    lock: Any = filelock.FileLock(f"{path}.lock", thread_local=False)
    try:
        lock.acquire(timeout=timeout)
    except filelock.Timeout:
        raise JournalInUseError(
            f"the journal {str(path)!r} is in use by another call of run_many, in this process or another one",
            hint="Wait for it to end, or use another journal for other inputs.",
        ) from None
    return lock


def _sync_directory(path: Path) -> None:
    """Have the name of a new file outlive a power cut, where directories can be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
