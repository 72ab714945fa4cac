"""Bodies that are sent chunk by chunk, once for each attempt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence

from eigenpal._uploads.file_arguments import make_file_part
from eigenpal._uploads.files import FilePart
from eigenpal_generated.runtime import FileInput, Progress


class UploadBody(ABC):
    """A body with files, which are checked when it is created and opened for each attempt."""

    progress: Progress | None = None
    """Called after each chunk was sent."""

    def __init__(self, content_type: str, files: Sequence[FilePart]) -> None:
        self.content_type = content_type
        self._files = files
        self._is_read = False
        self._is_abandoned = False

    @property
    @abstractmethod
    def size(self) -> int | None:
        """The size in bytes; None if the size of a file is not known."""

    @property
    def replayable(self) -> bool:
        """Whether it can be sent (again): always true before it is first read."""
        return not self._is_read or (not self._is_abandoned and all(file.replayable for file in self._files))

    def abandon(self) -> None:
        """Note that another thread may still be reading it, so that it cannot be sent again."""
        self._is_abandoned = True

    @property
    def blocking(self) -> bool:
        """Whether reading it may block, so that an event loop has to use a thread."""
        return any(file.blocking for file in self._files)

    @property
    def may_hang(self) -> bool:
        """Whether reading it may never end, so that a deadline requires a thread."""
        return any(file.may_hang for file in self._files)

    def chunks(self) -> Generator[bytes]:
        """Yield the body from the beginning.

        Raises:
            FileReadError: A file cannot be read, or its size has changed since it was checked.
        """
        self._is_read = True
        yield from self._read()

    @abstractmethod
    def _read(self) -> Generator[bytes]: ...


class FileBody(UploadBody):
    """A body that is one file."""

    def __init__(self, file: FileInput | FilePart, media_type: str) -> None:
        part = make_file_part("body", file, is_named=False)
        part.prepare()
        is_range = not media_type or media_type.endswith("/*")
        super().__init__(part.content_type if is_range or part.has_own_type else media_type, [part])
        self._part = part

    @property
    def size(self) -> int | None:
        """The size in bytes; None if it is not known."""
        return self._part.size

    def _read(self) -> Generator[bytes]:
        yield from self._part.chunks()
