# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `runs`, for both clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, overload

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.runtime import UNSET, AsyncTransport, DownloadTarget, Progress, Transport, Unset


class RunsTrace:
    """`client.runs.trace`: The events recorded while a run was executed."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> models.RunTraceResponse:
        """Get the trace of a run.

        Fetches the events recorded while the run was executed. What an event holds is not specified; it depends on the
        kind of run.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The events.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.trace.get("run_w01")
        """
        return self._transport.call(_api.runs.trace.get.request(id), _api.runs.trace.get.parse)


class AsyncRunsTrace:
    """`client.runs.trace` of the asynchronous client: The events recorded while a run was executed."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> models.RunTraceResponse:
        """Get the trace of a run.

        Fetches the events recorded while the run was executed. What an event holds is not specified; it depends on the
        kind of run.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The events.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.trace.get("run_w01")
        """
        return await self._transport.call(_api.runs.trace.get.request(id), _api.runs.trace.get.parse)


class RunsComparison:
    """`client.runs.comparison`: The comparison the server has stored for a run."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> dict[str, Any]:
        """Get the comparison the server stored for a run.

        Fetches the comparison the server has worked out and kept for this run. What it compares the run with is not
        specified; it is not the report of `runs.compare`, which a client works out itself from two runs.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The comparison. The API promises an object and no more.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.comparison.get("run_w01")
        """
        return self._transport.call(_api.runs.comparison.get.request(id), _api.runs.comparison.get.parse)


class AsyncRunsComparison:
    """`client.runs.comparison` of the asynchronous client: The comparison the server has stored for a run."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> dict[str, Any]:
        """Get the comparison the server stored for a run.

        Fetches the comparison the server has worked out and kept for this run. What it compares the run with is not
        specified; it is not the report of `runs.compare`, which a client works out itself from two runs.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The comparison. The API promises an object and no more.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.comparison.get("run_w01")
        """
        return await self._transport.call(_api.runs.comparison.get.request(id), _api.runs.comparison.get.parse)


class RunsArtifacts:
    """`client.runs.artifacts`.

    What a run has to download; outputs of workflow and agent runs, and the diagnostics of an agent run.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> models.RunArtifactsResponse:
        """List the artifacts of a run.

        Lists everything a run has to download, in one answer, for workflow and agent runs alike. Outputs are under
        `output/`; diagnostics of an agent run, such as `trace.jsonl`, `issues.md` and `eigenpal.lock`, are at the top.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            All artifacts of the run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.artifacts.list("run_w01")
        """
        return self._transport.call(_api.runs.artifacts.list.request(id), _api.runs.artifacts.list.parse)

    @overload
    def download(self, id: str, path: str) -> bytes: ...

    @overload
    def download(self, id: str, path: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    def download(
        self, id: str, path: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download one artifact of a run.

        Fetches the content of an artifact, byte for byte. Take `path` from the `files` of the run or from
        `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.
            path: Path of the artifact, exactly as given by the artifact's `path`, such as `output/render/summary.pdf`.
                Slashes separate folders and stay as they are.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            client.runs.artifacts.download("run_w01", "output/render/summary.pdf")
        """
        request = _api.runs.artifacts.download.request(id, path)
        if to is not None:
            return self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return self._transport.call(request, _api.runs.artifacts.download.parse)

    @overload
    def download_zip(self, id: str, *, files: str | None = None, token: str | None = None) -> bytes: ...

    @overload
    def download_zip(
        self,
        id: str,
        *,
        files: str | None = None,
        token: str | None = None,
        to: DownloadTarget,
        progress: Progress | None = None,
    ) -> int: ...

    def download_zip(
        self,
        id: str,
        *,
        files: str | None = None,
        token: str | None = None,
        to: DownloadTarget | None = None,
        progress: Progress | None = None,
    ) -> bytes | int:
        """Download the output files of an agent run as a ZIP archive.

        Fetches the outputs of an agent run in one archive. It is for agent runs only; download the outputs of a
        workflow run one by one, with `client.runs.artifacts.download`.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Not specified; likely a choice of the files. Leave it out to get them all.
            token: Not specified. Leave it out if you have no use for it.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            client.runs.artifacts.download_zip("run_a01")
        """
        request = _api.runs.artifacts.download_zip.request(id, files=files, token=token)
        if to is not None:
            return self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return self._transport.call(request, _api.runs.artifacts.download_zip.parse)


class AsyncRunsArtifacts:
    """`client.runs.artifacts` of the asynchronous client.

    What a run has to download; outputs of workflow and agent runs, and the diagnostics of an agent run.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> models.RunArtifactsResponse:
        """List the artifacts of a run.

        Lists everything a run has to download, in one answer, for workflow and agent runs alike. Outputs are under
        `output/`; diagnostics of an agent run, such as `trace.jsonl`, `issues.md` and `eigenpal.lock`, are at the top.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            All artifacts of the run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.artifacts.list("run_w01")
        """
        return await self._transport.call(_api.runs.artifacts.list.request(id), _api.runs.artifacts.list.parse)

    @overload
    async def download(self, id: str, path: str) -> bytes: ...

    @overload
    async def download(self, id: str, path: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    async def download(
        self, id: str, path: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download one artifact of a run.

        Fetches the content of an artifact, byte for byte. Take `path` from the `files` of the run or from
        `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.
            path: Path of the artifact, exactly as given by the artifact's `path`, such as `output/render/summary.pdf`.
                Slashes separate folders and stay as they are.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            await client.runs.artifacts.download("run_w01", "output/render/summary.pdf")
        """
        request = _api.runs.artifacts.download.request(id, path)
        if to is not None:
            return await self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return await self._transport.call(request, _api.runs.artifacts.download.parse)

    @overload
    async def download_zip(self, id: str, *, files: str | None = None, token: str | None = None) -> bytes: ...

    @overload
    async def download_zip(
        self,
        id: str,
        *,
        files: str | None = None,
        token: str | None = None,
        to: DownloadTarget,
        progress: Progress | None = None,
    ) -> int: ...

    async def download_zip(
        self,
        id: str,
        *,
        files: str | None = None,
        token: str | None = None,
        to: DownloadTarget | None = None,
        progress: Progress | None = None,
    ) -> bytes | int:
        """Download the output files of an agent run as a ZIP archive.

        Fetches the outputs of an agent run in one archive. It is for agent runs only; download the outputs of a
        workflow run one by one, with `client.runs.artifacts.download`.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Not specified; likely a choice of the files. Leave it out to get them all.
            token: Not specified. Leave it out if you have no use for it.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            await client.runs.artifacts.download_zip("run_a01")
        """
        request = _api.runs.artifacts.download_zip.request(id, files=files, token=token)
        if to is not None:
            return await self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return await self._transport.call(request, _api.runs.artifacts.download_zip.parse)


class RunsFiles:
    """`client.runs.files`.

    The stored input and output files of a workflow run, and its inputs before it starts.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> models.RunFilesResponse:
        """List the stored input and output files of a workflow run.

        Lists the files kept for a workflow run: its inputs, and its outputs by step. For agent runs, and to download
        outputs, use `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The files of the run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.files.list("run_w01")
        """
        return self._transport.call(_api.runs.files.list.request(id), _api.runs.files.list.parse)

    def upload(self, id: str, file: runtime.FileInput) -> dict[str, Any]:
        """Add an input file to a workflow run.

        Stores another input file for a run. Possible for workflow runs only, and only before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file: The file, with its name and content type. Give a path, a handle opened in binary mode, or a mapping
                such as `{"content": b"...", "filename": "a.pdf"}`.

        Returns:
            The stored file. The API promises an object and no more; it is likely to resemble the rows listed for the
            run, with `id`, `filename`, `mimeType` and `size`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: The file does not exist or cannot be read; nothing was sent.

        Example::

            client.runs.files.upload("run_w01", Path("invoice.pdf"))
        """
        return self._transport.call(_api.runs.files.upload.request(id, file), _api.runs.files.upload.parse)

    def delete(self, id: str, file_id: str) -> None:
        """Delete an input file of a workflow run.

        Removes an input file that was stored for the run. Meant for workflow runs before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file_id: Id of the file; likely the `id` of one of the `inputs` that `client.runs.files.list` returns.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.files.delete("run_w01", "fil_1")
        """
        return self._transport.call(_api.runs.files.delete.request(id, file_id), _api.runs.files.delete.parse)


class AsyncRunsFiles:
    """`client.runs.files` of the asynchronous client.

    The stored input and output files of a workflow run, and its inputs before it starts.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> models.RunFilesResponse:
        """List the stored input and output files of a workflow run.

        Lists the files kept for a workflow run: its inputs, and its outputs by step. For agent runs, and to download
        outputs, use `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The files of the run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.files.list("run_w01")
        """
        return await self._transport.call(_api.runs.files.list.request(id), _api.runs.files.list.parse)

    async def upload(self, id: str, file: runtime.FileInput) -> dict[str, Any]:
        """Add an input file to a workflow run.

        Stores another input file for a run. Possible for workflow runs only, and only before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file: The file, with its name and content type. Give a path, a handle opened in binary mode, or a mapping
                such as `{"content": b"...", "filename": "a.pdf"}`.

        Returns:
            The stored file. The API promises an object and no more; it is likely to resemble the rows listed for the
            run, with `id`, `filename`, `mimeType` and `size`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: The file does not exist or cannot be read; nothing was sent.

        Example::

            await client.runs.files.upload("run_w01", Path("invoice.pdf"))
        """
        return await self._transport.call(_api.runs.files.upload.request(id, file), _api.runs.files.upload.parse)

    async def delete(self, id: str, file_id: str) -> None:
        """Delete an input file of a workflow run.

        Removes an input file that was stored for the run. Meant for workflow runs before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file_id: Id of the file; likely the `id` of one of the `inputs` that `client.runs.files.list` returns.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.files.delete("run_w01", "fil_1")
        """
        return await self._transport.call(_api.runs.files.delete.request(id, file_id), _api.runs.files.delete.parse)


class RunsExpected:
    """`client.runs.expected`: The ground truth of a run, that is the files it should have produced."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> dict[str, Any]:
        """Get the ground truth of a run.

        Fetches what the run should have produced: the expected output, and the expected files.

        Args:
            id: Id of the run, such as `run_a01`.

        Returns:
            The ground truth. The API promises an object and no more; it is likely to hold `expected` (the expected
            output, or None) and `files` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.expected.list("run_a01")
        """
        return self._transport.call(_api.runs.expected.list.request(id), _api.runs.expected.list.parse)

    @overload
    def copy_output(self, id: str, *, output_file_name: str, expected_name: str | None = None) -> dict[str, Any]: ...

    @overload
    def copy_output(self, id: str, *, body: models.CopyExpectedOutputBody | Mapping[str, Any]) -> dict[str, Any]: ...

    def copy_output(
        self,
        id: str,
        *,
        output_file_name: str | Unset = UNSET,
        expected_name: str | None = None,
        body: models.CopyExpectedOutputBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Make an output file of a run an expected one.

        Copies a file the run has produced into its ground truth, under the same name or another.

        Args:
            id: Id of the run, such as `run_a01`.
            output_file_name: Name of the output file to copy. Needed unless `body` is given.
            expected_name: Name of the expected file. What the server chooses if it is left out is not specified; the
                name of the output file is likely.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.expected.copy_output(
                "run_a01",
                output_file_name="trips-2026-03-20.json",
                expected_name="trips.json",
            )
        """
        return self._transport.call(
            _api.runs.expected.copy_output.request(
                id, output_file_name=output_file_name, expected_name=expected_name, body=body
            ),
            _api.runs.expected.copy_output.parse,
        )

    def upload(self, id: str, file: runtime.FileInput, *, name: str | None = None) -> dict[str, Any]:
        """Upload an expected file for a run.

        Adds a file of your own to the ground truth of a run, under its own name or another.

        Args:
            id: Id of the run, such as `run_a01`.
            file: The file, with its name and content type. Give a path, a handle opened in binary mode, or a mapping
                such as `{"content": b"...", "filename": "a.pdf"}`.
            name: Name of the expected file. What the server chooses if it is left out is not specified; the name of the
                file is likely.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: The file does not exist or cannot be read; nothing was sent.

        Example::

            client.runs.expected.upload("run_a01", Path("invoice.pdf"))
        """
        return self._transport.call(
            _api.runs.expected.copy_output.request_multipart(id, file, name=name), _api.runs.expected.copy_output.parse
        )

    @overload
    def download(self, id: str, filename: str) -> bytes: ...

    @overload
    def download(self, id: str, filename: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    def download(
        self, id: str, filename: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download one expected file of a run.

        Fetches the content of an expected file, byte for byte.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            client.runs.expected.download("run_a01", "trips.json")
        """
        request = _api.runs.expected.download.request(id, filename)
        if to is not None:
            return self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return self._transport.call(request, _api.runs.expected.download.parse)

    def delete(self, id: str, filename: str) -> None:
        """Delete an expected file of a run.

        Removes a file from the ground truth. The output of the run is not touched.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.expected.delete("run_a01", "trips.json")
        """
        return self._transport.call(_api.runs.expected.delete.request(id, filename), _api.runs.expected.delete.parse)

    @overload
    def rename(self, id: str, filename: str, *, name: str) -> dict[str, Any]: ...

    @overload
    def rename(
        self, id: str, filename: str, *, body: models.RenameExpectedFileBody | Mapping[str, Any]
    ) -> dict[str, Any]: ...

    def rename(
        self,
        id: str,
        filename: str,
        *,
        name: str | Unset = UNSET,
        body: models.RenameExpectedFileBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Rename an expected file of a run.

        Gives an expected file another name; its content stays the same.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.
            name: The new name. Needed unless `body` is given.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.expected.rename("run_a01", "trips.json", name="trips-final.json")
        """
        return self._transport.call(
            _api.runs.expected.rename.request(id, filename, name=name, body=body), _api.runs.expected.rename.parse
        )


class AsyncRunsExpected:
    """`client.runs.expected` of the asynchronous client: The ground truth of a run, that is the files it should have produced."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> dict[str, Any]:
        """Get the ground truth of a run.

        Fetches what the run should have produced: the expected output, and the expected files.

        Args:
            id: Id of the run, such as `run_a01`.

        Returns:
            The ground truth. The API promises an object and no more; it is likely to hold `expected` (the expected
            output, or None) and `files` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.expected.list("run_a01")
        """
        return await self._transport.call(_api.runs.expected.list.request(id), _api.runs.expected.list.parse)

    @overload
    async def copy_output(
        self, id: str, *, output_file_name: str, expected_name: str | None = None
    ) -> dict[str, Any]: ...

    @overload
    async def copy_output(
        self, id: str, *, body: models.CopyExpectedOutputBody | Mapping[str, Any]
    ) -> dict[str, Any]: ...

    async def copy_output(
        self,
        id: str,
        *,
        output_file_name: str | Unset = UNSET,
        expected_name: str | None = None,
        body: models.CopyExpectedOutputBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Make an output file of a run an expected one.

        Copies a file the run has produced into its ground truth, under the same name or another.

        Args:
            id: Id of the run, such as `run_a01`.
            output_file_name: Name of the output file to copy. Needed unless `body` is given.
            expected_name: Name of the expected file. What the server chooses if it is left out is not specified; the
                name of the output file is likely.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.expected.copy_output(
                "run_a01",
                output_file_name="trips-2026-03-20.json",
                expected_name="trips.json",
            )
        """
        return await self._transport.call(
            _api.runs.expected.copy_output.request(
                id, output_file_name=output_file_name, expected_name=expected_name, body=body
            ),
            _api.runs.expected.copy_output.parse,
        )

    async def upload(self, id: str, file: runtime.FileInput, *, name: str | None = None) -> dict[str, Any]:
        """Upload an expected file for a run.

        Adds a file of your own to the ground truth of a run, under its own name or another.

        Args:
            id: Id of the run, such as `run_a01`.
            file: The file, with its name and content type. Give a path, a handle opened in binary mode, or a mapping
                such as `{"content": b"...", "filename": "a.pdf"}`.
            name: Name of the expected file. What the server chooses if it is left out is not specified; the name of the
                file is likely.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: The file does not exist or cannot be read; nothing was sent.

        Example::

            await client.runs.expected.upload("run_a01", Path("invoice.pdf"))
        """
        return await self._transport.call(
            _api.runs.expected.copy_output.request_multipart(id, file, name=name), _api.runs.expected.copy_output.parse
        )

    @overload
    async def download(self, id: str, filename: str) -> bytes: ...

    @overload
    async def download(
        self, id: str, filename: str, *, to: DownloadTarget, progress: Progress | None = None
    ) -> int: ...

    async def download(
        self, id: str, filename: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download one expected file of a run.

        Fetches the content of an expected file, byte for byte.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.
            to: Where to write what is received: a path, replaced only once everything has arrived, or a handle opened
                in binary mode. Left out, the bytes are returned.
            progress: Called with the number of bytes received and their total, None where that is unknown. Only
                together with `to`.

        Returns:
            The bytes as they were sent, or their number if `to` is given.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.
            OSError: What `to` names cannot be written.

        Example::

            await client.runs.expected.download("run_a01", "trips.json")
        """
        request = _api.runs.expected.download.request(id, filename)
        if to is not None:
            return await self._transport.download(request, to, progress)
        if progress is not None:
            raise TypeError("progress= is for downloads to a file; give to= as well")
        return await self._transport.call(request, _api.runs.expected.download.parse)

    async def delete(self, id: str, filename: str) -> None:
        """Delete an expected file of a run.

        Removes a file from the ground truth. The output of the run is not touched.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.expected.delete("run_a01", "trips.json")
        """
        return await self._transport.call(
            _api.runs.expected.delete.request(id, filename), _api.runs.expected.delete.parse
        )

    @overload
    async def rename(self, id: str, filename: str, *, name: str) -> dict[str, Any]: ...

    @overload
    async def rename(
        self, id: str, filename: str, *, body: models.RenameExpectedFileBody | Mapping[str, Any]
    ) -> dict[str, Any]: ...

    async def rename(
        self,
        id: str,
        filename: str,
        *,
        name: str | Unset = UNSET,
        body: models.RenameExpectedFileBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Rename an expected file of a run.

        Gives an expected file another name; its content stays the same.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of one of the run's expected files, such as `trips.json`.
            name: The new name. Needed unless `body` is given.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The expected file. The API promises an object and no more; it is likely to hold the `name` of the file.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.expected.rename("run_a01", "trips.json", name="trips-final.json")
        """
        return await self._transport.call(
            _api.runs.expected.rename.request(id, filename, name=name, body=body), _api.runs.expected.rename.parse
        )


class RunsFeedback:
    """`client.runs.feedback`: The review of a run, with a rating, a text and a status."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> dict[str, Any]:
        """Get the feedback on a run.

        Fetches the review of a run: text, rating, status and ground truth.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.feedback.get("run_w01")
        """
        return self._transport.call(_api.runs.feedback.get.request(id), _api.runs.feedback.get.parse)

    def clear(self, id: str) -> dict[str, Any]:
        """Remove the feedback on a run.

        Removes the review of a run as a whole. To clear parts of it, set them to None with
        `client.runs.feedback.update`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.feedback.clear("run_w01")
        """
        return self._transport.call(_api.runs.feedback.clear.request(id), _api.runs.feedback.clear.parse)

    def update(
        self,
        id: str,
        *,
        body: str | Unset | None = UNSET,
        feedback: str | Unset | None = UNSET,
        rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_rating: models.FeedbackRating | Unset | None = UNSET,
        status: models.FeedbackStatus | Unset | None = UNSET,
        feedback_status: models.FeedbackStatus | Unset | None = UNSET,
        expected: Any = UNSET,
        request_body: models.RunFeedbackRequest | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Write or change the feedback on a run.

        Sets what is given. A property left out stays as it is, and None clears it.

        Args:
            id: Id of the run, such as `run_w01`.
            body: What the reviewer has to say; None clears it.
            feedback: Another spelling of `body`, which is the one to use; None clears it.
            rating: Verdict on the run; None clears it. One of `pass`, `fail`, `partial`.
            feedback_rating: Another spelling of `rating`, which is the one to use; None clears it. One of `pass`,
                `fail`, `partial`.
            status: What has become of the feedback; None clears it. One of `open`, `resolved`, `ignored`.
            feedback_status: Another spelling of `status`, which is the one to use; None clears it. One of `open`,
                `resolved`, `ignored`.
            expected: The output the run should have produced: any JSON value; None clears it.
            request_body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.feedback.update(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                status="open",
                expected={"total": 1289.4},
            )
        """
        return self._transport.call(
            _api.runs.feedback.update.request(
                id,
                body=body,
                feedback=feedback,
                rating=rating,
                feedback_rating=feedback_rating,
                status=status,
                feedback_status=feedback_status,
                expected=expected,
                request_body=request_body,
            ),
            _api.runs.feedback.update.parse,
        )

    def resolve(
        self,
        id: str,
        *,
        body: str | Unset | None = UNSET,
        feedback: str | Unset | None = UNSET,
        rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_status: models.FeedbackStatus | Unset | None = UNSET,
        expected: Any = UNSET,
    ) -> dict[str, Any]:
        """Mark the feedback on a run as resolved.

        Sets the status of the feedback to `resolved`, and whatever else is given. A property left out stays as it is,
        and None clears it.

        Args:
            id: Id of the run, such as `run_w01`.
            body: What the reviewer has to say; None clears it.
            feedback: Another spelling of `body`, which is the one to use; None clears it.
            rating: Verdict on the run; None clears it. One of `pass`, `fail`, `partial`.
            feedback_rating: Another spelling of `rating`, which is the one to use; None clears it. One of `pass`,
                `fail`, `partial`.
            feedback_status: Another spelling of `status`, which is the one to use; None clears it. One of `open`,
                `resolved`, `ignored`.
            expected: The output the run should have produced: any JSON value; None clears it.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.feedback.resolve(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                expected={"total": 1289.4},
            )
        """
        return self._transport.call(
            _api.runs.feedback.update.request(
                id,
                body=body,
                feedback=feedback,
                rating=rating,
                feedback_rating=feedback_rating,
                feedback_status=feedback_status,
                expected=expected,
                status="resolved",
            ),
            _api.runs.feedback.update.parse,
        )


class AsyncRunsFeedback:
    """`client.runs.feedback` of the asynchronous client: The review of a run, with a rating, a text and a status."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> dict[str, Any]:
        """Get the feedback on a run.

        Fetches the review of a run: text, rating, status and ground truth.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.feedback.get("run_w01")
        """
        return await self._transport.call(_api.runs.feedback.get.request(id), _api.runs.feedback.get.parse)

    async def clear(self, id: str) -> dict[str, Any]:
        """Remove the feedback on a run.

        Removes the review of a run as a whole. To clear parts of it, set them to None with
        `client.runs.feedback.update`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.feedback.clear("run_w01")
        """
        return await self._transport.call(_api.runs.feedback.clear.request(id), _api.runs.feedback.clear.parse)

    async def update(
        self,
        id: str,
        *,
        body: str | Unset | None = UNSET,
        feedback: str | Unset | None = UNSET,
        rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_rating: models.FeedbackRating | Unset | None = UNSET,
        status: models.FeedbackStatus | Unset | None = UNSET,
        feedback_status: models.FeedbackStatus | Unset | None = UNSET,
        expected: Any = UNSET,
        request_body: models.RunFeedbackRequest | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Write or change the feedback on a run.

        Sets what is given. A property left out stays as it is, and None clears it.

        Args:
            id: Id of the run, such as `run_w01`.
            body: What the reviewer has to say; None clears it.
            feedback: Another spelling of `body`, which is the one to use; None clears it.
            rating: Verdict on the run; None clears it. One of `pass`, `fail`, `partial`.
            feedback_rating: Another spelling of `rating`, which is the one to use; None clears it. One of `pass`,
                `fail`, `partial`.
            status: What has become of the feedback; None clears it. One of `open`, `resolved`, `ignored`.
            feedback_status: Another spelling of `status`, which is the one to use; None clears it. One of `open`,
                `resolved`, `ignored`.
            expected: The output the run should have produced: any JSON value; None clears it.
            request_body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.feedback.update(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                status="open",
                expected={"total": 1289.4},
            )
        """
        return await self._transport.call(
            _api.runs.feedback.update.request(
                id,
                body=body,
                feedback=feedback,
                rating=rating,
                feedback_rating=feedback_rating,
                status=status,
                feedback_status=feedback_status,
                expected=expected,
                request_body=request_body,
            ),
            _api.runs.feedback.update.parse,
        )

    async def resolve(
        self,
        id: str,
        *,
        body: str | Unset | None = UNSET,
        feedback: str | Unset | None = UNSET,
        rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_rating: models.FeedbackRating | Unset | None = UNSET,
        feedback_status: models.FeedbackStatus | Unset | None = UNSET,
        expected: Any = UNSET,
    ) -> dict[str, Any]:
        """Mark the feedback on a run as resolved.

        Sets the status of the feedback to `resolved`, and whatever else is given. A property left out stays as it is,
        and None clears it.

        Args:
            id: Id of the run, such as `run_w01`.
            body: What the reviewer has to say; None clears it.
            feedback: Another spelling of `body`, which is the one to use; None clears it.
            rating: Verdict on the run; None clears it. One of `pass`, `fail`, `partial`.
            feedback_rating: Another spelling of `rating`, which is the one to use; None clears it. One of `pass`,
                `fail`, `partial`.
            feedback_status: Another spelling of `status`, which is the one to use; None clears it. One of `open`,
                `resolved`, `ignored`.
            expected: The output the run should have produced: any JSON value; None clears it.

        Returns:
            The feedback and the ground truth of the run. The API promises an object and no more; it is likely to hold
            `feedback` (shaped like `RunFeedback`, or None), `expected` (the expected output, or None) and
            `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.feedback.resolve(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                expected={"total": 1289.4},
            )
        """
        return await self._transport.call(
            _api.runs.feedback.update.request(
                id,
                body=body,
                feedback=feedback,
                rating=rating,
                feedback_rating=feedback_rating,
                feedback_status=feedback_status,
                expected=expected,
                status="resolved",
            ),
            _api.runs.feedback.update.parse,
        )


class Runs:
    """`client.runs`.

    Starting runs of workflows and agents, and everything that belongs to a run: status, output, artifacts, files,
    ground truth, feedback and trace.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._trace = RunsTrace(transport)
        self._comparison = RunsComparison(transport)
        self._artifacts = RunsArtifacts(transport)
        self._files = RunsFiles(transport)
        self._expected = RunsExpected(transport)
        self._feedback = RunsFeedback(transport)

    @property
    def trace(self) -> RunsTrace:
        """The events recorded while a run was executed."""
        return self._trace

    @property
    def comparison(self) -> RunsComparison:
        """The comparison the server has stored for a run."""
        return self._comparison

    @property
    def artifacts(self) -> RunsArtifacts:
        """What a run has to download; outputs of workflow and agent runs, and the diagnostics of an agent run."""
        return self._artifacts

    @property
    def files(self) -> RunsFiles:
        """The stored input and output files of a workflow run, and its inputs before it starts."""
        return self._files

    @property
    def expected(self) -> RunsExpected:
        """The ground truth of a run, that is the files it should have produced."""
        return self._expected

    @property
    def feedback(self) -> RunsFeedback:
        """The review of a run, with a rating, a text and a status."""
        return self._feedback

    def list(
        self,
        *,
        type: models.RunType | None = None,
        source: str | None = None,
        status: models.ExecutionStatus | str | Sequence[models.ExecutionStatus] | None = None,
        trigger: str | None = None,
        triggered_by: str | None = None,
        source_ref: str | None = None,
        batch_id: str | None = None,
        example_id: str | None = None,
        example_id_contains: str | None = None,
        from_: str | datetime | None = None,
        to: str | datetime | None = None,
        created_after: str | datetime | None = None,
        created_before: str | datetime | None = None,
        completed_after: str | datetime | None = None,
        completed_before: str | datetime | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> models.RunsListResponse:
        """List runs page by page.

        Lists the runs of workflows and agents. All filters given must hold at once; the order is not specified.

        Pages are linked by cursors: send the `next_cursor` of one page as `cursor` to get the next. Rows carry the
        short form of `execution`, and neither `output` nor `files`; fetch a run with `client.runs.get` for those.

        Args:
            type: Keep runs of one kind. One of `workflow`, `agent`. Left out, those of workflows and agents are listed.
            source: Keep runs of this workflow or agent, given by id or slug.
            status: Keep runs in any of these states. Any of `created`, `pending`, `running`, `waiting`, `finalizing`,
                `completed`, `failed`, `cancelled`, `rejected`. Left out, runs in every state are listed.
            trigger: Keep runs that were started this way. Its values are not specified; those of `type` in the trigger
                of a run, such as `api`, are likely.
            triggered_by: Keep runs that this user started. Its format is not specified; the user's id is likely.
            source_ref: Keep runs of this version. Its format is not specified; a release or a Git ref is likely.
            batch_id: Keep the runs of the batch with this id.
            example_id: Keep evaluation runs of the example with this id.
            example_id_contains: Keep evaluation runs of examples that have this text in their id.
            from_: Start of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()-7d`. Which time of a run has to fall into the window is not specified. A datetime needs a time
                zone.
            to: End of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()`. A datetime needs a time zone.
            created_after: Keep runs created after this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            created_before: Keep runs created before this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            completed_after: Keep runs that reached a final state after this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            completed_before: Keep runs that reached a final state before this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            cursor: Where to continue: the `next_cursor` of the page before. Left out, the first page is returned. Keep
                the filters the same from page to page.
            offset: Number of runs to skip, counted from the start of the list. Left out, none is skipped.
            limit: Largest number of runs on a page. Its default and its largest value are not specified.
            ids: Keep the runs with these ids. How several are given is not specified; they are sent separated by
                commas.

        Returns:
            One page of runs.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.list(status=["failed", "cancelled"], from_="now()-7d")
        """
        return self._transport.call(
            _api.runs.list.request(
                type=type,
                source=source,
                status=status,
                trigger=trigger,
                triggered_by=triggered_by,
                source_ref=source_ref,
                batch_id=batch_id,
                example_id=example_id,
                example_id_contains=example_id_contains,
                from_=from_,
                to=to,
                created_after=created_after,
                created_before=created_before,
                completed_after=completed_after,
                completed_before=completed_before,
                cursor=cursor,
                offset=offset,
                limit=limit,
                ids=ids,
            ),
            _api.runs.list.parse,
        )

    def iter(
        self,
        *,
        type: models.RunType | None = None,
        source: str | None = None,
        status: models.ExecutionStatus | str | Sequence[models.ExecutionStatus] | None = None,
        trigger: str | None = None,
        triggered_by: str | None = None,
        source_ref: str | None = None,
        batch_id: str | None = None,
        example_id: str | None = None,
        example_id_contains: str | None = None,
        from_: str | datetime | None = None,
        to: str | datetime | None = None,
        created_after: str | datetime | None = None,
        created_before: str | datetime | None = None,
        completed_after: str | datetime | None = None,
        completed_before: str | datetime | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> Iterator[models.RunListItem]:
        """List runs, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            type: Keep runs of one kind. One of `workflow`, `agent`. Left out, those of workflows and agents are listed.
            source: Keep runs of this workflow or agent, given by id or slug.
            status: Keep runs in any of these states. Any of `created`, `pending`, `running`, `waiting`, `finalizing`,
                `completed`, `failed`, `cancelled`, `rejected`. Left out, runs in every state are listed.
            trigger: Keep runs that were started this way. Its values are not specified; those of `type` in the trigger
                of a run, such as `api`, are likely.
            triggered_by: Keep runs that this user started. Its format is not specified; the user's id is likely.
            source_ref: Keep runs of this version. Its format is not specified; a release or a Git ref is likely.
            batch_id: Keep the runs of the batch with this id.
            example_id: Keep evaluation runs of the example with this id.
            example_id_contains: Keep evaluation runs of examples that have this text in their id.
            from_: Start of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()-7d`. Which time of a run has to fall into the window is not specified. A datetime needs a time
                zone.
            to: End of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()`. A datetime needs a time zone.
            created_after: Keep runs created after this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            created_before: Keep runs created before this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            completed_after: Keep runs that reached a final state after this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            completed_before: Keep runs that reached a final state before this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            offset: Number of runs to skip, counted from the start of the list. Left out, none is skipped.
            limit: Largest number of runs on a page. Its default and its largest value are not specified.
            ids: Keep the runs with these ids. How several are given is not specified; they are sent separated by
                commas.

        Yields:
            RunListItem: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            for row in client.runs.iter(status=["failed", "cancelled"], from_="now()-7d"):
                print(row)
        """
        request = _api.runs.list.request(
            type=type,
            source=source,
            status=status,
            trigger=trigger,
            triggered_by=triggered_by,
            source_ref=source_ref,
            batch_id=batch_id,
            example_id=example_id,
            example_id_contains=example_id_contains,
            from_=from_,
            to=to,
            created_after=created_after,
            created_before=created_before,
            completed_after=completed_after,
            completed_before=completed_before,
            offset=offset,
            limit=limit,
            ids=ids,
        )
        return runtime.iterate(self._transport, request, _api.runs.list.parse, _api.runs.list.PAGINATION)

    def get(
        self, id: str, *, expand: models.RunSection | str | Sequence[models.RunSection] | None = None
    ) -> models.Run:
        """Get one run.

        Fetches a run with its status, timing and source. A completed run has `output` and `files`, a failed or
        cancelled one the reason in `error`. Ask for more with `expand`.

        To follow a run, fetch it again until `finished` is true.

        Args:
            id: Id of the run, such as `run_w01`.
            expand: Sections to add to the run:
                - `input`: the arguments, files and metadata it was started with, as `input`.
                - `usage`: tokens, credits and time it took, as `usage`.
                - `execution`: steps, files, feedback and ground truth, as far as the run has them, in `execution`.
                - `debug`: trace id and observability data, as `debug`.
                Left out, none of them is added; `output`, `files` and `error` need no expansion.

        Returns:
            The run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.get("run_w01", expand=["usage", "execution"])
        """
        return self._transport.call(_api.runs.get.request(id, expand=expand), _api.runs.get.parse)

    def cancel(self, id: str) -> models.RunCancelResponse:
        """Cancel a run.

        Takes a run that has not started out of the queue, or asks one in progress to stop. The latter takes effect
        later: its status changes once it has stopped.

        It is safe to call this again. A run that has finished stays as it is, and `cancellation` says
        `already_terminal`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            What the cancellation did.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.cancel("run_w01")
        """
        return self._transport.call(_api.runs.cancel.request(id), _api.runs.cancel.parse)

    def connect(self, id: str) -> dict[str, Any]:
        """Connect to a live run.

        What this is for beyond its name is not specified, and neither is what comes back. To follow a run, fetch it
        with `client.runs.get` until it is finished.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            What the server sends to connect with. The API promises an object and no more.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.connect("run_w01")
        """
        return self._transport.call(_api.runs.connect.request(id), _api.runs.connect.parse)

    def definition(self, id: str) -> models.RunDefinitionResponse:
        """Get the workflow definition a run was started with.

        Fetches the definition of the workflow as it was when the run was created, whatever has been released since.
        Only workflow runs have one; agent runs answer 404.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The definition.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.runs.definition("run_w01")
        """
        return self._transport.call(_api.runs.definition.request(id), _api.runs.definition.parse)


class AsyncRuns:
    """`client.runs` of the asynchronous client.

    Starting runs of workflows and agents, and everything that belongs to a run: status, output, artifacts, files,
    ground truth, feedback and trace.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._trace = AsyncRunsTrace(transport)
        self._comparison = AsyncRunsComparison(transport)
        self._artifacts = AsyncRunsArtifacts(transport)
        self._files = AsyncRunsFiles(transport)
        self._expected = AsyncRunsExpected(transport)
        self._feedback = AsyncRunsFeedback(transport)

    @property
    def trace(self) -> AsyncRunsTrace:
        """The events recorded while a run was executed."""
        return self._trace

    @property
    def comparison(self) -> AsyncRunsComparison:
        """The comparison the server has stored for a run."""
        return self._comparison

    @property
    def artifacts(self) -> AsyncRunsArtifacts:
        """What a run has to download; outputs of workflow and agent runs, and the diagnostics of an agent run."""
        return self._artifacts

    @property
    def files(self) -> AsyncRunsFiles:
        """The stored input and output files of a workflow run, and its inputs before it starts."""
        return self._files

    @property
    def expected(self) -> AsyncRunsExpected:
        """The ground truth of a run, that is the files it should have produced."""
        return self._expected

    @property
    def feedback(self) -> AsyncRunsFeedback:
        """The review of a run, with a rating, a text and a status."""
        return self._feedback

    async def list(
        self,
        *,
        type: models.RunType | None = None,
        source: str | None = None,
        status: models.ExecutionStatus | str | Sequence[models.ExecutionStatus] | None = None,
        trigger: str | None = None,
        triggered_by: str | None = None,
        source_ref: str | None = None,
        batch_id: str | None = None,
        example_id: str | None = None,
        example_id_contains: str | None = None,
        from_: str | datetime | None = None,
        to: str | datetime | None = None,
        created_after: str | datetime | None = None,
        created_before: str | datetime | None = None,
        completed_after: str | datetime | None = None,
        completed_before: str | datetime | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> models.RunsListResponse:
        """List runs page by page.

        Lists the runs of workflows and agents. All filters given must hold at once; the order is not specified.

        Pages are linked by cursors: send the `next_cursor` of one page as `cursor` to get the next. Rows carry the
        short form of `execution`, and neither `output` nor `files`; fetch a run with `client.runs.get` for those.

        Args:
            type: Keep runs of one kind. One of `workflow`, `agent`. Left out, those of workflows and agents are listed.
            source: Keep runs of this workflow or agent, given by id or slug.
            status: Keep runs in any of these states. Any of `created`, `pending`, `running`, `waiting`, `finalizing`,
                `completed`, `failed`, `cancelled`, `rejected`. Left out, runs in every state are listed.
            trigger: Keep runs that were started this way. Its values are not specified; those of `type` in the trigger
                of a run, such as `api`, are likely.
            triggered_by: Keep runs that this user started. Its format is not specified; the user's id is likely.
            source_ref: Keep runs of this version. Its format is not specified; a release or a Git ref is likely.
            batch_id: Keep the runs of the batch with this id.
            example_id: Keep evaluation runs of the example with this id.
            example_id_contains: Keep evaluation runs of examples that have this text in their id.
            from_: Start of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()-7d`. Which time of a run has to fall into the window is not specified. A datetime needs a time
                zone.
            to: End of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()`. A datetime needs a time zone.
            created_after: Keep runs created after this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            created_before: Keep runs created before this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            completed_after: Keep runs that reached a final state after this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            completed_before: Keep runs that reached a final state before this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            cursor: Where to continue: the `next_cursor` of the page before. Left out, the first page is returned. Keep
                the filters the same from page to page.
            offset: Number of runs to skip, counted from the start of the list. Left out, none is skipped.
            limit: Largest number of runs on a page. Its default and its largest value are not specified.
            ids: Keep the runs with these ids. How several are given is not specified; they are sent separated by
                commas.

        Returns:
            One page of runs.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.list(status=["failed", "cancelled"], from_="now()-7d")
        """
        return await self._transport.call(
            _api.runs.list.request(
                type=type,
                source=source,
                status=status,
                trigger=trigger,
                triggered_by=triggered_by,
                source_ref=source_ref,
                batch_id=batch_id,
                example_id=example_id,
                example_id_contains=example_id_contains,
                from_=from_,
                to=to,
                created_after=created_after,
                created_before=created_before,
                completed_after=completed_after,
                completed_before=completed_before,
                cursor=cursor,
                offset=offset,
                limit=limit,
                ids=ids,
            ),
            _api.runs.list.parse,
        )

    def iter(
        self,
        *,
        type: models.RunType | None = None,
        source: str | None = None,
        status: models.ExecutionStatus | str | Sequence[models.ExecutionStatus] | None = None,
        trigger: str | None = None,
        triggered_by: str | None = None,
        source_ref: str | None = None,
        batch_id: str | None = None,
        example_id: str | None = None,
        example_id_contains: str | None = None,
        from_: str | datetime | None = None,
        to: str | datetime | None = None,
        created_after: str | datetime | None = None,
        created_before: str | datetime | None = None,
        completed_after: str | datetime | None = None,
        completed_before: str | datetime | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> AsyncIterator[models.RunListItem]:
        """List runs, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            type: Keep runs of one kind. One of `workflow`, `agent`. Left out, those of workflows and agents are listed.
            source: Keep runs of this workflow or agent, given by id or slug.
            status: Keep runs in any of these states. Any of `created`, `pending`, `running`, `waiting`, `finalizing`,
                `completed`, `failed`, `cancelled`, `rejected`. Left out, runs in every state are listed.
            trigger: Keep runs that were started this way. Its values are not specified; those of `type` in the trigger
                of a run, such as `api`, are likely.
            triggered_by: Keep runs that this user started. Its format is not specified; the user's id is likely.
            source_ref: Keep runs of this version. Its format is not specified; a release or a Git ref is likely.
            batch_id: Keep the runs of the batch with this id.
            example_id: Keep evaluation runs of the example with this id.
            example_id_contains: Keep evaluation runs of examples that have this text in their id.
            from_: Start of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()-7d`. Which time of a run has to fall into the window is not specified. A datetime needs a time
                zone.
            to: End of the time window: an ISO 8601 timestamp, or an expression relative to the present, such as
                `now()`. A datetime needs a time zone.
            created_after: Keep runs created after this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            created_before: Keep runs created before this moment. The format is not specified; ISO 8601 in UTC, as in
                answers, is likely. A datetime needs a time zone.
            completed_after: Keep runs that reached a final state after this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            completed_before: Keep runs that reached a final state before this moment. The format is not specified; ISO
                8601 in UTC, as in answers, is likely. A datetime needs a time zone.
            offset: Number of runs to skip, counted from the start of the list. Left out, none is skipped.
            limit: Largest number of runs on a page. Its default and its largest value are not specified.
            ids: Keep the runs with these ids. How several are given is not specified; they are sent separated by
                commas.

        Yields:
            RunListItem: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            async for row in client.runs.iter(status=["failed", "cancelled"], from_="now()-7d"):
                print(row)
        """
        request = _api.runs.list.request(
            type=type,
            source=source,
            status=status,
            trigger=trigger,
            triggered_by=triggered_by,
            source_ref=source_ref,
            batch_id=batch_id,
            example_id=example_id,
            example_id_contains=example_id_contains,
            from_=from_,
            to=to,
            created_after=created_after,
            created_before=created_before,
            completed_after=completed_after,
            completed_before=completed_before,
            offset=offset,
            limit=limit,
            ids=ids,
        )
        return runtime.iterate_async(self._transport, request, _api.runs.list.parse, _api.runs.list.PAGINATION)

    async def get(
        self, id: str, *, expand: models.RunSection | str | Sequence[models.RunSection] | None = None
    ) -> models.Run:
        """Get one run.

        Fetches a run with its status, timing and source. A completed run has `output` and `files`, a failed or
        cancelled one the reason in `error`. Ask for more with `expand`.

        To follow a run, fetch it again until `finished` is true.

        Args:
            id: Id of the run, such as `run_w01`.
            expand: Sections to add to the run:
                - `input`: the arguments, files and metadata it was started with, as `input`.
                - `usage`: tokens, credits and time it took, as `usage`.
                - `execution`: steps, files, feedback and ground truth, as far as the run has them, in `execution`.
                - `debug`: trace id and observability data, as `debug`.
                Left out, none of them is added; `output`, `files` and `error` need no expansion.

        Returns:
            The run.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.get("run_w01", expand=["usage", "execution"])
        """
        return await self._transport.call(_api.runs.get.request(id, expand=expand), _api.runs.get.parse)

    async def cancel(self, id: str) -> models.RunCancelResponse:
        """Cancel a run.

        Takes a run that has not started out of the queue, or asks one in progress to stop. The latter takes effect
        later: its status changes once it has stopped.

        It is safe to call this again. A run that has finished stays as it is, and `cancellation` says
        `already_terminal`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            What the cancellation did.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.cancel("run_w01")
        """
        return await self._transport.call(_api.runs.cancel.request(id), _api.runs.cancel.parse)

    async def connect(self, id: str) -> dict[str, Any]:
        """Connect to a live run.

        What this is for beyond its name is not specified, and neither is what comes back. To follow a run, fetch it
        with `client.runs.get` until it is finished.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            What the server sends to connect with. The API promises an object and no more.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.connect("run_w01")
        """
        return await self._transport.call(_api.runs.connect.request(id), _api.runs.connect.parse)

    async def definition(self, id: str) -> models.RunDefinitionResponse:
        """Get the workflow definition a run was started with.

        Fetches the definition of the workflow as it was when the run was created, whatever has been released since.
        Only workflow runs have one; agent runs answer 404.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The definition.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.runs.definition("run_w01")
        """
        return await self._transport.call(_api.runs.definition.request(id), _api.runs.definition.parse)
