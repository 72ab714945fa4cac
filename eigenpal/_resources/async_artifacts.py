"""`client.runs.artifacts`: what the spec says of it, and saving all of a run's artifacts at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from eigenpal._downloads.safe_paths import safe_paths
from eigenpal._logging import logger
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.api.runs.artifacts import download as download_page, download_zip as download_zip_page
from eigenpal_generated.resources import runs as generated
from eigenpal_generated.runtime import Progress, encode_path

if TYPE_CHECKING:
    from eigenpal._transport import AsyncHttpxTransport, AsyncStream, HttpxTransport, Stream
    from eigenpal_generated.models import RunArtifact

_AT_ONCE = 4
"""How many artifacts the asynchronous client fetches at the same time: enough to hide the time between them."""


class SavedArtifact(NamedTuple):
    """An artifact that was saved by ``download_all``."""

    artifact: RunArtifact
    """The artifact, as the server lists it."""
    path: Path
    """Where it is now."""
    size: int
    """In bytes."""


class RunsArtifacts(generated.RunsArtifacts):
    """`client.runs.artifacts`."""

    _transport: HttpxTransport  # pyright: ignore[reportIncompatibleVariableOverride] - narrower than in the tree

    def __init__(self, transport: HttpxTransport) -> None:
        super().__init__(transport)

    def stream(self, id: str, path: str) -> AbstractContextManager[Stream]:
        """Open one artifact of a run and read it while it comes in.

        For content that is passed on rather than kept. A connection that breaks is not repaired here; ``download(...,
        to=...)`` continues where it broke off.

        Args:
            id: Id of the run, such as `run_w01`.
            path: Path of the artifact, exactly as given by the artifact's `path`.

        Returns:
            A context manager; iterate over what it gives, or over its `iter_bytes(chunk_size)`.

        Raises:
            EigenpalError: The API refused the call, or the connection broke on the way.
            ValueError: An argument cannot be sent as it is.

        Example::

            with client.runs.artifacts.stream("run_w01", "output/lines.csv") as stream:
                for chunk in stream:
                    print(len(chunk), "of", stream.size)
        """
        return self._transport.stream(download_page.request(id, path))

    def stream_zip(
        self, id: str, *, files: str | None = None, token: str | None = None
    ) -> AbstractContextManager[Stream]:
        """Open the ZIP archive of an agent run's output files and read it while it comes in.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Not specified; likely a choice of the files. Leave it out to get them all.
            token: Not specified. Leave it out if you have no use for it.

        Returns:
            A context manager; iterate over what it gives, or over its `iter_bytes(chunk_size)`.

        Raises:
            EigenpalError: The API refused the call, or the connection broke on the way.
            ValueError: An argument cannot be sent as it is.

        Example::

            with client.runs.artifacts.stream_zip("run_a01") as stream:
                for chunk in stream:
                    print(len(chunk))
        """
        return self._transport.stream(download_zip_page.request(id, files=files, token=token))

    def download_all(
        self, id: str, directory: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> list[SavedArtifact]:
        """Save all artifacts of a run, one after the other.

        Each goes to its own `path` under the directory, which is made where it is missing. Names that could lead out
        of it, that another system could not hold or that collide are changed; the result says what became of each.
        A file appears only when it is complete and replaces one of the same name; those saved before a failure stay.

        Args:
            id: Id of the run, such as `run_w01`.
            directory: Where to save them.
            progress: Called with the bytes received so far, of all artifacts together, and their total, None as long
                as that is unknown.

        Returns:
            What was saved, in the order of the server's list.

        Raises:
            EigenpalError: The API refused a call, or a download failed for good.
            OSError: A file cannot be written.
            ValueError: An argument cannot be sent as it is.

        Example::

            for saved in client.runs.artifacts.download_all("run_w01", "results"):
                print(saved.path, saved.size)
        """
        saving = _Saving(directory, progress)
        saving.plan(self.list(id).artifacts)
        for index, artifact in enumerate(saving.artifacts):
            with saving.named(index):
                size = self.download(id, artifact.path, to=saving.prepared(index), progress=saving.teller(index))
            saving.sizes[index] = size
        return saving.result()


class AsyncRunsArtifacts(generated.AsyncRunsArtifacts):
    """`client.runs.artifacts` of the asynchronous client."""

    _transport: AsyncHttpxTransport  # pyright: ignore[reportIncompatibleVariableOverride] - narrower than in the tree

    def __init__(self, transport: AsyncHttpxTransport) -> None:
        super().__init__(transport)

    def stream(self, id: str, path: str) -> AbstractAsyncContextManager[AsyncStream]:
        """Open one artifact of a run and read it while it comes in.

        For content that is passed on rather than kept. A connection that breaks is not repaired here; ``download(...,
        to=...)`` continues where it broke off.

        Args:
            id: Id of the run, such as `run_w01`.
            path: Path of the artifact, exactly as given by the artifact's `path`.

        Returns:
            An asynchronous context manager; iterate over what it gives, or over its `iter_bytes(chunk_size)`.

        Raises:
            EigenpalError: The API refused the call, or the connection broke on the way.
            ValueError: An argument cannot be sent as it is.

        Example::

            async with client.runs.artifacts.stream("run_w01", "output/lines.csv") as stream:
                async for chunk in stream:
                    print(len(chunk), "of", stream.size)
        """
        return self._transport.stream(download_page.request(id, path))

    def stream_zip(
        self, id: str, *, files: str | None = None, token: str | None = None
    ) -> AbstractAsyncContextManager[AsyncStream]:
        """Open the ZIP archive of an agent run's output files and read it while it comes in.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Not specified; likely a choice of the files. Leave it out to get them all.
            token: Not specified. Leave it out if you have no use for it.

        Returns:
            An asynchronous context manager; iterate over what it gives, or over its `iter_bytes(chunk_size)`.

        Raises:
            EigenpalError: The API refused the call, or the connection broke on the way.
            ValueError: An argument cannot be sent as it is.

        Example::

            async with client.runs.artifacts.stream_zip("run_a01") as stream:
                async for chunk in stream:
                    print(len(chunk))
        """
        return self._transport.stream(download_zip_page.request(id, files=files, token=token))

    async def download_all(
        self, id: str, directory: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> list[SavedArtifact]:
        """Save all artifacts of a run, a few at the same time.

        Each goes to its own `path` under the directory, which is made where it is missing. Names that could lead out
        of it, that another system could not hold or that collide are changed; the result says what became of each.
        A file appears only when it is complete and replaces one of the same name; those saved before a failure stay.

        Args:
            id: Id of the run, such as `run_w01`.
            directory: Where to save them.
            progress: Called with the bytes received so far, of all artifacts together, and their total, None as long
                as that is unknown.

        Returns:
            What was saved, in the order of the server's list.

        Raises:
            EigenpalError: The API refused a call, or a download failed for good; the other downloads are ended.
            OSError: A file cannot be written.
            ValueError: An argument cannot be sent as it is.

        Example::

            for saved in await client.runs.artifacts.download_all("run_w01", "results"):
                print(saved.path, saved.size)
        """
        from anyio import create_task_group  # here, because the blocking client has no use for it

        saving = _Saving(directory, progress)
        saving.plan((await self.list(id)).artifacts)
        waiting = iter(range(len(saving.artifacts)))
        failures: list[Exception] = []

        async def save_next() -> None:
            for index in waiting:
                try:
                    with saving.named(index):
                        path = saving.artifacts[index].path
                        to, tell = saving.prepared(index), saving.teller(index)
                        saving.sizes[index] = await self.download(id, path, to=to, progress=tell)
                except Exception as error:
                    failures.append(error)
                    raise

        try:
            async with create_task_group() as group:
                for _ in range(min(_AT_ONCE, len(saving.artifacts))):
                    group.start_soon(save_next)
        except BaseException:
            # The group wraps what its tasks raise. The first of it is why the others were cancelled.
            if failures:
                raise failures[0] from None
            raise
        return saving.result()


class _Saving:
    """What is saved where, and how much of it is there."""

    def __init__(self, directory: str | os.PathLike[str], progress: Progress | None) -> None:
        self._directory = Path(directory)
        if self._directory.exists() and not self._directory.is_dir():
            raise NotADirectoryError(f"directory is {str(directory)!r}, which is a file")
        self._progress = progress
        self.artifacts: list[RunArtifact] = []
        self._paths: list[Path] = []
        self.sizes: list[int] = []
        self._totals: list[int | None] = []

    def plan(self, artifacts: list[RunArtifact]) -> None:
        """Take note of what there is to save.

        Raises:
            EigenpalResponseError: The server lists something that it could not be asked for.
        """
        for index, item in enumerate(artifacts):
            try:
                encode_path("its path", item.path)
            except ValueError as error:
                problem = f"the server lists an artifact that cannot be download: {error}"
                raise EigenpalResponseError(problem, body=item.to_dict(), field=f"artifacts[{index}].path") from None
        self.artifacts = artifacts
        self._paths = [self._directory.joinpath(*parts) for parts in safe_paths(item.path for item in artifacts)]
        self._totals = [item.size for item in artifacts]
        self.sizes = [0] * len(artifacts)
        self._directory.mkdir(parents=True, exist_ok=True)

    def prepared(self, index: int) -> Path:
        """Return where an artifact goes, in a directory that exists."""
        path = self._paths[index]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def teller(self, index: int) -> Progress | None:
        """Return what to tell of one artifact's progress, so that the caller is told of all together."""
        progress = self._progress
        if progress is None:
            return None

        def tell(received: int, total: int | None) -> None:
            self.sizes[index] = received
            if total is not None:
                self._totals[index] = total
            known = [size for size in self._totals if size is not None]
            progress(sum(self.sizes), sum(known) if len(known) == len(self._totals) else None)

        return tell

    @contextmanager
    def named(self, index: int) -> Generator[None, None, None]:
        """Put the name of an artifact on whatever keeps it from being saved."""
        try:
            yield
        except Exception as error:
            text = f"This came up while saving the artifact {self.artifacts[index].path!r}."
            if sys.version_info >= (3, 11):
                error.add_note(text)
            else:
                logger.warning("%s: %s", type(error).__name__, text)
            raise

    def result(self) -> list[SavedArtifact]:
        """Say what became of each artifact."""
        return [
            SavedArtifact(artifact, path, size)
            for artifact, path, size in zip(self.artifacts, self._paths, self.sizes, strict=True)
        ]
