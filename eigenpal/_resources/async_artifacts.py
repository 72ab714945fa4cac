"""`client.runs.artifacts`: the generated methods, streams, and saving all artifacts of a run."""

from __future__ import annotations

import os
from contextlib import AbstractAsyncContextManager

import eigenpal
from eigenpal import _transport
from eigenpal._resources.for_each import async_for_each
from eigenpal._resources.saved_artifacts import SavedArtifact, SavePlan, check_directory
from eigenpal_generated.api.runs.artifacts import download as download_endpoint, download_zip as download_zip_endpoint
from eigenpal_generated.resources import runs as generated
from eigenpal_generated.runtime import Progress


class AsyncRunsArtifacts(generated.AsyncRunsArtifacts):
    """`client.runs.artifacts`."""

    def __init__(self, transport: _transport.AsyncHttpxTransport) -> None:
        super().__init__(transport)
        self._open_stream = transport.stream

    def stream(self, id: str, path: str) -> AbstractAsyncContextManager[eigenpal.types.AsyncStream]:
        """Stream an artifact of a run.

        Use this to forward the content without storing it. If the connection breaks, the stream raises an error;
        ``download(..., to=...)`` resumes instead.

        Args:
            id: Id of the run, such as `run_w01`.
            path: The `path` of the artifact, such as `output/render/summary.pdf`.

        Returns:
            A context manager for the stream. Iterate over the stream, or over its `iter_bytes(chunk_size)`, to read
            chunks of bytes.

        Raises:
            EigenpalError: The API returned an error, or the connection broke.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async with client.runs.artifacts.stream("run_w01", "output/lines.csv") as stream:
                async for chunk in stream:
                    print(len(chunk), "of", stream.size)
            ```
        """
        return self._open_stream(download_endpoint.request(id, path))

    def stream_zip(
        self, id: str, *, files: str | None = None, token: str | None = None
    ) -> AbstractAsyncContextManager[eigenpal.types.AsyncStream]:
        """Stream the output files of an agent run as a ZIP archive.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Sent to the server unchanged. Omit it to stream all output files.
            token: Sent to the server unchanged.

        Returns:
            A context manager for the stream. Iterate over the stream, or over its `iter_bytes(chunk_size)`, to read
            chunks of bytes.

        Raises:
            EigenpalError: The API returned an error, or the connection broke.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async with client.runs.artifacts.stream_zip("run_a01") as stream:
                async for chunk in stream:
                    print(len(chunk))
            ```
        """
        return self._open_stream(download_zip_endpoint.request(id, files=files, token=token))

    async def download_all(
        self, id: str, directory: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> list[SavedArtifact]:
        """Save all artifacts of a run to a directory, up to four at a time.

        Each artifact is saved under its own `path` below the directory. Paths that point outside it, that are invalid
        on some operating systems, or that collide are changed; the result has the actual paths. Each file appears once
        it is complete, and replaces an existing file or link with that name. Links to directories are not followed;
        only the directory itself may be a link. If some artifacts cannot be saved, the others are, and the error lists
        both. After three connection errors, timeouts or rate limits in a row, the rest is not tried. Call it again to
        continue downloads that broke off.

        Args:
            id: Id of the run, such as `run_w01`.
            directory: Directory to save to; created if it does not exist.
            progress: Called with the number of bytes received so far and the total, both for all artifacts together.
                The total is None while it is unknown.

        Returns:
            One entry for each saved artifact, in the order of the server's list.

        Raises:
            EigenpalDownloadError: Some artifacts were not saved; `failed` has the reasons, `saved` has the others.
            EigenpalError: The artifacts could not be listed.
            OSError: The directory cannot be created.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            for saved in await client.runs.artifacts.download_all("run_w01", "results"):
                print(saved.path, saved.size)
            ```
        """
        directory = check_directory(directory)
        plan = SavePlan((await self.list(id)).artifacts, directory, progress)

        async def save(index: int) -> None:
            with plan.collect_error(index):
                path, target, report = plan.artifacts[index].path, plan.make_target(index), plan.make_progress(index)
                plan.sizes[index] = await self.download(id, path, to=target, progress=report)

        await async_for_each(save, plan.iter_artifacts())
        return plan.result()
