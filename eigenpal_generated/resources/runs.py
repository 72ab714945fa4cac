# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `runs`, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, overload

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.encoding import UNSET
from eigenpal_generated.runtime import AsyncTransport, DownloadTarget, Progress, Resource, Transport


class RunsTrace(Resource):
    """`client.runs.trace`: Events recorded while a run executes."""

    _place = "client.runs.trace"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> models.RunTraceResponse:
        """Get the trace of a run.

        Returns the events recorded while the run executed. Each event is free-form.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The trace events.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.trace.get("run_w01")
            ```
        """
        return self._transport.call(_api.runs.trace.get.request(id), _api.runs.trace.get.parse)


class AsyncRunsTrace(Resource):
    """`client.runs.trace` of the asynchronous client: Events recorded while a run executes."""

    _place = "client.runs.trace"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> models.RunTraceResponse:
        """Get the trace of a run.

        Returns the events recorded while the run executed. Each event is free-form.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The trace events.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.trace.get("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.trace.get.request(id), _api.runs.trace.get.parse)


class RunsComparison(Resource):
    """`client.runs.comparison`: The comparison that the server stored for a run."""

    _place = "client.runs.comparison"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> dict[str, Any]:
        """Get the stored comparison of a run.

        Returns the comparison that the server stored for this run. It is unrelated to `runs.compare`, which compares
        two runs on the client.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The stored comparison, a free-form object.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.comparison.get("run_w01")
            ```
        """
        return self._transport.call(_api.runs.comparison.get.request(id), _api.runs.comparison.get.parse)


class AsyncRunsComparison(Resource):
    """`client.runs.comparison` of the asynchronous client: The comparison that the server stored for a run."""

    _place = "client.runs.comparison"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> dict[str, Any]:
        """Get the stored comparison of a run.

        Returns the comparison that the server stored for this run. It is unrelated to `runs.compare`, which compares
        two runs on the client.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The stored comparison, a free-form object.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.comparison.get("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.comparison.get.request(id), _api.runs.comparison.get.parse)


class RunsArtifacts(Resource):
    """`client.runs.artifacts`.

    Downloadable artifacts of a run: outputs of workflow and agent runs, and diagnostics of agent runs.
    """

    _place = "client.runs.artifacts"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> models.RunArtifactsResponse:
        """List the artifacts of a run.

        Returns all downloadable artifacts of a workflow or agent run. Outputs are under `output/`. Diagnostics of agent
        runs, such as `trace.jsonl`, `issues.md` and `eigenpal.lock`, are at the root.

        Iterating over the result yields its `artifacts`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            All artifacts of the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.artifacts.list("run_w01")
            ```
        """
        return self._transport.call(_api.runs.artifacts.list.request(id), _api.runs.artifacts.list.parse)

    @overload
    def download(self, id: str, path: str) -> bytes: ...

    @overload
    def download(self, id: str, path: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    def download(
        self, id: str, path: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download an artifact of a run.

        Downloads the raw bytes of an artifact. Take `path` from the `files` of the run or from
        `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.
            path: The `path` of the artifact, such as `output/render/summary.pdf`.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            client.runs.artifacts.download("run_w01", "output/render/summary.pdf")
            ```
        """
        _request = _api.runs.artifacts.download.request(id, path)
        if to is not None:
            return self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return self._transport.call(_request, _api.runs.artifacts.download.parse)

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

        Downloads the output files of an agent run as one archive. Agent runs only; for workflow runs, download each
        file with `client.runs.artifacts.download`.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Sent to the server unchanged. Omit it to download all output files.
            token: Sent to the server unchanged.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            client.runs.artifacts.download_zip("run_a01")
            ```
        """
        _request = _api.runs.artifacts.download_zip.request(id, files=files, token=token)
        if to is not None:
            return self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return self._transport.call(_request, _api.runs.artifacts.download_zip.parse)


class AsyncRunsArtifacts(Resource):
    """`client.runs.artifacts` of the asynchronous client.

    Downloadable artifacts of a run: outputs of workflow and agent runs, and diagnostics of agent runs.
    """

    _place = "client.runs.artifacts"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> models.RunArtifactsResponse:
        """List the artifacts of a run.

        Returns all downloadable artifacts of a workflow or agent run. Outputs are under `output/`. Diagnostics of agent
        runs, such as `trace.jsonl`, `issues.md` and `eigenpal.lock`, are at the root.

        Iterating over the result yields its `artifacts`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            All artifacts of the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.artifacts.list("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.artifacts.list.request(id), _api.runs.artifacts.list.parse)

    @overload
    async def download(self, id: str, path: str) -> bytes: ...

    @overload
    async def download(self, id: str, path: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    async def download(
        self, id: str, path: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download an artifact of a run.

        Downloads the raw bytes of an artifact. Take `path` from the `files` of the run or from
        `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.
            path: The `path` of the artifact, such as `output/render/summary.pdf`.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            await client.runs.artifacts.download("run_w01", "output/render/summary.pdf")
            ```
        """
        _request = _api.runs.artifacts.download.request(id, path)
        if to is not None:
            return await self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return await self._transport.call(_request, _api.runs.artifacts.download.parse)

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

        Downloads the output files of an agent run as one archive. Agent runs only; for workflow runs, download each
        file with `client.runs.artifacts.download`.

        Args:
            id: Id of the run, such as `run_a01`.
            files: Sent to the server unchanged. Omit it to download all output files.
            token: Sent to the server unchanged.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            await client.runs.artifacts.download_zip("run_a01")
            ```
        """
        _request = _api.runs.artifacts.download_zip.request(id, files=files, token=token)
        if to is not None:
            return await self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return await self._transport.call(_request, _api.runs.artifacts.download_zip.parse)


class RunsFiles(Resource):
    """`client.runs.files`.

    Stored input and output files of a workflow run. Inputs can be added and deleted before the run starts.
    """

    _place = "client.runs.files"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> models.RunFilesResponse:
        """List the stored input and output files of a workflow run.

        Returns the stored files of a workflow run: its inputs, and its outputs by step. For agent runs, and to download
        outputs, use `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The files of the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.files.list("run_w01")
            ```
        """
        return self._transport.call(_api.runs.files.list.request(id), _api.runs.files.list.parse)

    def upload(self, id: str, file: runtime.FileInput, *, progress: Progress | None = None) -> dict[str, Any]:
        """Upload an input file for a workflow run.

        Stores another input file for the run. Workflow runs only, before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file: The file, with its name and content type. Pass a path, a binary file handle, an upload of a web
                framework, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The stored file, a free-form object. Known keys: `id`, `filename`, `mimeType` and `size`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            client.runs.files.upload("run_w01", Path("invoice.pdf"))
            ```
        """
        return self._transport.call(
            _api.runs.files.upload.request(id, file)._replace(progress=progress), _api.runs.files.upload.parse
        )

    def delete(self, id: str, file_id: str) -> None:
        """Delete an input file of a workflow run.

        Deletes a stored input file of the run. Workflow runs only, before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file_id: Id of the input file, from `client.runs.files.list`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.files.delete("run_w01", "fil_1")
            ```
        """
        return self._transport.call(_api.runs.files.delete.request(id, file_id), _api.runs.files.delete.parse)


class AsyncRunsFiles(Resource):
    """`client.runs.files` of the asynchronous client.

    Stored input and output files of a workflow run. Inputs can be added and deleted before the run starts.
    """

    _place = "client.runs.files"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> models.RunFilesResponse:
        """List the stored input and output files of a workflow run.

        Returns the stored files of a workflow run: its inputs, and its outputs by step. For agent runs, and to download
        outputs, use `client.runs.artifacts.list`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The files of the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.files.list("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.files.list.request(id), _api.runs.files.list.parse)

    async def upload(self, id: str, file: runtime.FileInput, *, progress: Progress | None = None) -> dict[str, Any]:
        """Upload an input file for a workflow run.

        Stores another input file for the run. Workflow runs only, before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file: The file, with its name and content type. Pass a path, a binary file handle, an upload of a web
                framework, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The stored file, a free-form object. Known keys: `id`, `filename`, `mimeType` and `size`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            await client.runs.files.upload("run_w01", Path("invoice.pdf"))
            ```
        """
        return await self._transport.call(
            _api.runs.files.upload.request(id, file)._replace(progress=progress), _api.runs.files.upload.parse
        )

    async def delete(self, id: str, file_id: str) -> None:
        """Delete an input file of a workflow run.

        Deletes a stored input file of the run. Workflow runs only, before execution starts.

        Args:
            id: Id of the run, such as `run_w01`.
            file_id: Id of the input file, from `client.runs.files.list`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.files.delete("run_w01", "fil_1")
            ```
        """
        return await self._transport.call(_api.runs.files.delete.request(id, file_id), _api.runs.files.delete.parse)


class RunsExpected(Resource):
    """`client.runs.expected`: The ground truth of a run: the output and files it should have produced."""

    _place = "client.runs.expected"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, id: str) -> dict[str, Any]:
        """Get the ground truth of a run.

        Returns the expected output and the expected files of a run.

        Args:
            id: Id of the run, such as `run_a01`.

        Returns:
            The ground truth, a free-form object. Known keys: `expected` (the expected output, or None) and `files` (a
            list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.expected.list("run_a01")
            ```
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
        output_file_name: str = UNSET,
        expected_name: str | None = None,
        body: models.CopyExpectedOutputBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Copy an output file of a run to its expected files.

        Copies an output file of the run into its ground truth, under the same name or another one.

        Args:
            id: Id of the run, such as `run_a01`.
            output_file_name: Name of the output file to copy. Required unless you pass `body`.
            expected_name: Name to store the expected file under.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.expected.copy_output(
                "run_a01",
                output_file_name="trips-2026-03-20.json",
                expected_name="trips.json",
            )
            ```
        """
        return self._transport.call(
            _api.runs.expected.copy_output.request(
                id, output_file_name=output_file_name, expected_name=expected_name, body=body
            ),
            _api.runs.expected.copy_output.parse,
        )

    def upload(
        self, id: str, file: runtime.FileInput, *, name: str | None = None, progress: Progress | None = None
    ) -> dict[str, Any]:
        """Upload an expected file for a run.

        Adds a file to the ground truth of the run. Pass `name` to store it under another name.

        Args:
            id: Id of the run, such as `run_a01`.
            file: The file, with its name and content type. Pass a path, a binary file handle, an upload of a web
                framework, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.
            name: Name to store the expected file under.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            client.runs.expected.upload("run_a01", Path("invoice.pdf"))
            ```
        """
        return self._transport.call(
            _api.runs.expected.copy_output.request_multipart(id, file, name=name)._replace(progress=progress),
            _api.runs.expected.copy_output.parse,
        )

    @overload
    def download(self, id: str, filename: str) -> bytes: ...

    @overload
    def download(self, id: str, filename: str, *, to: DownloadTarget, progress: Progress | None = None) -> int: ...

    def download(
        self, id: str, filename: str, *, to: DownloadTarget | None = None, progress: Progress | None = None
    ) -> bytes | int:
        """Download an expected file of a run.

        Downloads the raw bytes of an expected file.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            client.runs.expected.download("run_a01", "trips.json")
            ```
        """
        _request = _api.runs.expected.download.request(id, filename)
        if to is not None:
            return self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return self._transport.call(_request, _api.runs.expected.download.parse)

    def delete(self, id: str, filename: str) -> None:
        """Delete an expected file of a run.

        Deletes a file from the ground truth. The output of the run is unchanged.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.expected.delete("run_a01", "trips.json")
            ```
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
        name: str = UNSET,
        body: models.RenameExpectedFileBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Rename an expected file of a run.

        Renames an expected file. Its content does not change.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.
            name: The new name. Required unless you pass `body`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.expected.rename("run_a01", "trips.json", name="trips-final.json")
            ```
        """
        return self._transport.call(
            _api.runs.expected.rename.request(id, filename, name=name, body=body), _api.runs.expected.rename.parse
        )


class AsyncRunsExpected(Resource):
    """`client.runs.expected` of the asynchronous client: The ground truth of a run: the output and files it should have produced."""

    _place = "client.runs.expected"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, id: str) -> dict[str, Any]:
        """Get the ground truth of a run.

        Returns the expected output and the expected files of a run.

        Args:
            id: Id of the run, such as `run_a01`.

        Returns:
            The ground truth, a free-form object. Known keys: `expected` (the expected output, or None) and `files` (a
            list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.expected.list("run_a01")
            ```
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
        output_file_name: str = UNSET,
        expected_name: str | None = None,
        body: models.CopyExpectedOutputBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Copy an output file of a run to its expected files.

        Copies an output file of the run into its ground truth, under the same name or another one.

        Args:
            id: Id of the run, such as `run_a01`.
            output_file_name: Name of the output file to copy. Required unless you pass `body`.
            expected_name: Name to store the expected file under.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.expected.copy_output(
                "run_a01",
                output_file_name="trips-2026-03-20.json",
                expected_name="trips.json",
            )
            ```
        """
        return await self._transport.call(
            _api.runs.expected.copy_output.request(
                id, output_file_name=output_file_name, expected_name=expected_name, body=body
            ),
            _api.runs.expected.copy_output.parse,
        )

    async def upload(
        self, id: str, file: runtime.FileInput, *, name: str | None = None, progress: Progress | None = None
    ) -> dict[str, Any]:
        """Upload an expected file for a run.

        Adds a file to the ground truth of the run. Pass `name` to store it under another name.

        Args:
            id: Id of the run, such as `run_a01`.
            file: The file, with its name and content type. Pass a path, a binary file handle, an upload of a web
                framework, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.
            name: Name to store the expected file under.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            await client.runs.expected.upload("run_a01", Path("invoice.pdf"))
            ```
        """
        return await self._transport.call(
            _api.runs.expected.copy_output.request_multipart(id, file, name=name)._replace(progress=progress),
            _api.runs.expected.copy_output.parse,
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
        """Download an expected file of a run.

        Downloads the raw bytes of an expected file.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.
            to: Path or binary file handle to write to. A path is replaced only once the download is complete. If it
                breaks off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call
                continues it. By default the bytes are returned.
            progress: Called with the number of bytes received so far and the total, or None if the total is unknown.
                Requires `to`.

        Returns:
            The bytes of the file, or the number of bytes written if `to` is given.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.
            OSError: `to` cannot be written.

        Examples:
            ```python
            await client.runs.expected.download("run_a01", "trips.json")
            ```
        """
        _request = _api.runs.expected.download.request(id, filename)
        if to is not None:
            return await self._transport.download(_request, to, progress)
        if progress is not None:
            raise TypeError("progress= requires to=")
        return await self._transport.call(_request, _api.runs.expected.download.parse)

    async def delete(self, id: str, filename: str) -> None:
        """Delete an expected file of a run.

        Deletes a file from the ground truth. The output of the run is unchanged.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.expected.delete("run_a01", "trips.json")
            ```
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
        name: str = UNSET,
        body: models.RenameExpectedFileBody | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Rename an expected file of a run.

        Renames an expected file. Its content does not change.

        Args:
            id: Id of the run, such as `run_a01`.
            filename: Name of the expected file, such as `trips.json`.
            name: The new name. Required unless you pass `body`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The expected file, a free-form object. Known keys: `name`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.expected.rename("run_a01", "trips.json", name="trips-final.json")
            ```
        """
        return await self._transport.call(
            _api.runs.expected.rename.request(id, filename, name=name, body=body), _api.runs.expected.rename.parse
        )


class RunsFeedback(Resource):
    """`client.runs.feedback`: The feedback on a run: comment, rating and status."""

    _place = "client.runs.feedback"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> dict[str, Any]:
        """Get the feedback on a run.

        Returns the feedback on a run: comment, rating, status and ground truth.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.feedback.get("run_w01")
            ```
        """
        return self._transport.call(_api.runs.feedback.get.request(id), _api.runs.feedback.get.parse)

    def clear(self, id: str) -> dict[str, Any]:
        """Clear the feedback on a run.

        Removes all feedback on a run. To clear single values, pass None to `client.runs.feedback.update`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.feedback.clear("run_w01")
            ```
        """
        return self._transport.call(_api.runs.feedback.clear.request(id), _api.runs.feedback.clear.parse)

    def update(
        self,
        id: str,
        *,
        body: str | None = UNSET,
        feedback: str | None = UNSET,
        rating: models.FeedbackRating | None = UNSET,
        feedback_rating: models.FeedbackRating | None = UNSET,
        status: models.FeedbackStatus | None = UNSET,
        feedback_status: models.FeedbackStatus | None = UNSET,
        expected: Any = UNSET,
        request_body: models.RunFeedbackRequest | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Create or update the feedback on a run.

        Changes only the values you pass. Pass None to clear a value.

        Args:
            id: Id of the run, such as `run_w01`.
            body: Comment of the reviewer. None clears it.
            feedback: Alias of `body`; use that instead. None clears it.
            rating: Rating of the run. One of `pass`, `fail`, `partial`. None clears it.
            feedback_rating: Alias of `rating`; use that instead. One of `pass`, `fail`, `partial`. None clears it.
            status: Status of the feedback. One of `open`, `resolved`, `ignored`. None clears it.
            feedback_status: Alias of `status`; use that instead. One of `open`, `resolved`, `ignored`. None clears it.
            expected: Expected output of the run: any JSON value. None clears it.
            request_body: The whole request body, as a model or a mapping with the API's property names, instead of
                single properties.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.feedback.update(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                status="open",
                expected={"total": 1289.4},
            )
            ```
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
        body: str | None = UNSET,
        feedback: str | None = UNSET,
        rating: models.FeedbackRating | None = UNSET,
        feedback_rating: models.FeedbackRating | None = UNSET,
        feedback_status: models.FeedbackStatus | None = UNSET,
        expected: Any = UNSET,
    ) -> dict[str, Any]:
        """Resolve the feedback on a run.

        Sets the feedback status to `resolved`, and changes any other values you pass. Pass None to clear a value.

        Args:
            id: Id of the run, such as `run_w01`.
            body: Comment of the reviewer. None clears it.
            feedback: Alias of `body`; use that instead. None clears it.
            rating: Rating of the run. One of `pass`, `fail`, `partial`. None clears it.
            feedback_rating: Alias of `rating`; use that instead. One of `pass`, `fail`, `partial`. None clears it.
            feedback_status: Alias of `status`; use that instead. One of `open`, `resolved`, `ignored`. None clears it.
            expected: Expected output of the run: any JSON value. None clears it.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.feedback.resolve(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                expected={"total": 1289.4},
            )
            ```
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


class AsyncRunsFeedback(Resource):
    """`client.runs.feedback` of the asynchronous client: The feedback on a run: comment, rating and status."""

    _place = "client.runs.feedback"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str) -> dict[str, Any]:
        """Get the feedback on a run.

        Returns the feedback on a run: comment, rating, status and ground truth.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.feedback.get("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.feedback.get.request(id), _api.runs.feedback.get.parse)

    async def clear(self, id: str) -> dict[str, Any]:
        """Clear the feedback on a run.

        Removes all feedback on a run. To clear single values, pass None to `client.runs.feedback.update`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.feedback.clear("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.feedback.clear.request(id), _api.runs.feedback.clear.parse)

    async def update(
        self,
        id: str,
        *,
        body: str | None = UNSET,
        feedback: str | None = UNSET,
        rating: models.FeedbackRating | None = UNSET,
        feedback_rating: models.FeedbackRating | None = UNSET,
        status: models.FeedbackStatus | None = UNSET,
        feedback_status: models.FeedbackStatus | None = UNSET,
        expected: Any = UNSET,
        request_body: models.RunFeedbackRequest | Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Create or update the feedback on a run.

        Changes only the values you pass. Pass None to clear a value.

        Args:
            id: Id of the run, such as `run_w01`.
            body: Comment of the reviewer. None clears it.
            feedback: Alias of `body`; use that instead. None clears it.
            rating: Rating of the run. One of `pass`, `fail`, `partial`. None clears it.
            feedback_rating: Alias of `rating`; use that instead. One of `pass`, `fail`, `partial`. None clears it.
            status: Status of the feedback. One of `open`, `resolved`, `ignored`. None clears it.
            feedback_status: Alias of `status`; use that instead. One of `open`, `resolved`, `ignored`. None clears it.
            expected: Expected output of the run: any JSON value. None clears it.
            request_body: The whole request body, as a model or a mapping with the API's property names, instead of
                single properties.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.feedback.update(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                status="open",
                expected={"total": 1289.4},
            )
            ```
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
        body: str | None = UNSET,
        feedback: str | None = UNSET,
        rating: models.FeedbackRating | None = UNSET,
        feedback_rating: models.FeedbackRating | None = UNSET,
        feedback_status: models.FeedbackStatus | None = UNSET,
        expected: Any = UNSET,
    ) -> dict[str, Any]:
        """Resolve the feedback on a run.

        Sets the feedback status to `resolved`, and changes any other values you pass. Pass None to clear a value.

        Args:
            id: Id of the run, such as `run_w01`.
            body: Comment of the reviewer. None clears it.
            feedback: Alias of `body`; use that instead. None clears it.
            rating: Rating of the run. One of `pass`, `fail`, `partial`. None clears it.
            feedback_rating: Alias of `rating`; use that instead. One of `pass`, `fail`, `partial`. None clears it.
            feedback_status: Alias of `status`; use that instead. One of `open`, `resolved`, `ignored`. None clears it.
            expected: Expected output of the run: any JSON value. None clears it.

        Returns:
            The feedback and the ground truth, a free-form object. Known keys: `feedback` (like `RunFeedback`, or None),
            `expected` (the expected output, or None) and `expectedFiles` (a list of objects with a `name`).

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.feedback.resolve(
                "run_w01",
                body="Total is right, date is not",
                rating="partial",
                expected={"total": 1289.4},
            )
            ```
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


class Runs(Resource):
    """`client.runs`.

    Start and manage runs of workflows and agents: status, output, artifacts, files, ground truth, feedback and
    traces.
    """

    _place = "client.runs"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._resource_trace: RunsTrace | None = None
        self._resource_comparison: RunsComparison | None = None
        self._resource_artifacts: RunsArtifacts | None = None
        self._resource_files: RunsFiles | None = None
        self._resource_expected: RunsExpected | None = None
        self._resource_feedback: RunsFeedback | None = None

    @property
    def trace(self) -> RunsTrace:
        """Events recorded while a run executes."""
        if self._resource_trace is None:
            self._resource_trace = self._make_trace()
        return self._resource_trace

    def _make_trace(self) -> RunsTrace:
        return RunsTrace(self._transport)

    @property
    def comparison(self) -> RunsComparison:
        """The comparison that the server stored for a run."""
        if self._resource_comparison is None:
            self._resource_comparison = self._make_comparison()
        return self._resource_comparison

    def _make_comparison(self) -> RunsComparison:
        return RunsComparison(self._transport)

    @property
    def artifacts(self) -> RunsArtifacts:
        """Downloadable artifacts of a run: outputs of workflow and agent runs, and diagnostics of agent runs."""
        if self._resource_artifacts is None:
            self._resource_artifacts = self._make_artifacts()
        return self._resource_artifacts

    def _make_artifacts(self) -> RunsArtifacts:
        return RunsArtifacts(self._transport)

    @property
    def files(self) -> RunsFiles:
        """Stored input and output files of a workflow run. Inputs can be added and deleted before the run starts."""
        if self._resource_files is None:
            self._resource_files = self._make_files()
        return self._resource_files

    def _make_files(self) -> RunsFiles:
        return RunsFiles(self._transport)

    @property
    def expected(self) -> RunsExpected:
        """The ground truth of a run: the output and files it should have produced."""
        if self._resource_expected is None:
            self._resource_expected = self._make_expected()
        return self._resource_expected

    def _make_expected(self) -> RunsExpected:
        return RunsExpected(self._transport)

    @property
    def feedback(self) -> RunsFeedback:
        """The feedback on a run: comment, rating and status."""
        if self._resource_feedback is None:
            self._resource_feedback = self._make_feedback()
        return self._resource_feedback

    def _make_feedback(self) -> RunsFeedback:
        return RunsFeedback(self._transport)

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
        from_: str | datetime | date | None = None,
        to: str | datetime | date | None = None,
        created_after: str | datetime | date | None = None,
        created_before: str | datetime | date | None = None,
        completed_after: str | datetime | date | None = None,
        completed_before: str | datetime | date | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> models.RunsListResponse:
        """List workflow and agent runs.

        Returns one page of runs. Runs must match all filters.

        Pagination uses cursors: pass the `next_cursor` of a page as `cursor` to get the next page. Items have the short
        form of `execution`, and no `output` or `files`; use `client.runs.get` for those.

        Iterating over the result yields the items of this page; `client.runs.iter` goes over all pages.

        Args:
            type: Only runs of this type. One of `workflow`, `agent`. Defaults to workflow and agent runs.
            source: Only runs of this workflow or agent, by id or slug: `extract-invoice`, not the target
                `workflows.extract-invoice`.
            status: Only runs with any of these statuses. Any of `created`, `pending`, `running`, `waiting`,
                `finalizing`, `completed`, `failed`, `cancelled`, `rejected`. Defaults to all statuses.
            trigger: Only runs started by this kind of trigger.
            triggered_by: Only runs started by this user.
            source_ref: Only runs of this source version.
            batch_id: Only runs in the batch with this id.
            example_id: Only evaluation runs of the example with this id.
            example_id_contains: Only evaluation runs whose example id contains this text.
            from_: Start of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in
                UTC. Also takes a relative expression such as `now()-7d`.
            to: End of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in UTC.
                Also takes a relative expression such as `now()`.
            created_after: Only runs created after this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            created_before: Only runs created before this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            completed_after: Only runs that finished after this time. An ISO 8601 string, an aware datetime, or a date,
                which means its start in UTC.
            completed_before: Only runs that finished before this time. An ISO 8601 string, an aware datetime, or a
                date, which means its start in UTC.
            cursor: Cursor of the page to return: the `next_cursor` of the previous page. Defaults to the first page.
                Use the same filters for all pages.
            offset: Number of runs to skip. Defaults to 0.
            limit: Maximum number of runs per page.
            ids: Only runs with these ids.

        Returns:
            One page of runs.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.list(status=["failed", "cancelled"], from_="now()-7d")
            ```
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

    @runtime.takes_page_size("limit")
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
        from_: str | datetime | date | None = None,
        to: str | datetime | date | None = None,
        created_after: str | datetime | date | None = None,
        created_before: str | datetime | date | None = None,
        completed_after: str | datetime | date | None = None,
        completed_before: str | datetime | date | None = None,
        offset: int | None = None,
        page_size: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> Iterator[models.RunListItem]:
        """List workflow and agent runs, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            type: Only runs of this type. One of `workflow`, `agent`. Defaults to workflow and agent runs.
            source: Only runs of this workflow or agent, by id or slug: `extract-invoice`, not the target
                `workflows.extract-invoice`.
            status: Only runs with any of these statuses. Any of `created`, `pending`, `running`, `waiting`,
                `finalizing`, `completed`, `failed`, `cancelled`, `rejected`. Defaults to all statuses.
            trigger: Only runs started by this kind of trigger.
            triggered_by: Only runs started by this user.
            source_ref: Only runs of this source version.
            batch_id: Only runs in the batch with this id.
            example_id: Only evaluation runs of the example with this id.
            example_id_contains: Only evaluation runs whose example id contains this text.
            from_: Start of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in
                UTC. Also takes a relative expression such as `now()-7d`.
            to: End of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in UTC.
                Also takes a relative expression such as `now()`.
            created_after: Only runs created after this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            created_before: Only runs created before this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            completed_after: Only runs that finished after this time. An ISO 8601 string, an aware datetime, or a date,
                which means its start in UTC.
            completed_before: Only runs that finished before this time. An ISO 8601 string, an aware datetime, or a
                date, which means its start in UTC.
            offset: Number of runs to skip. Defaults to 0.
            page_size: Maximum number of runs per page. The total is not limited.
            ids: Only runs with these ids.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            for item in client.runs.iter(status=["failed", "cancelled"], from_="now()-7d"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size)
        _request = _api.runs.list.request(
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
            limit=page_size,
            ids=ids,
        )
        return runtime.iterate(self._transport, _request, _api.runs.list.parse, _api.runs.list.PAGINATION)

    def get(
        self,
        id: str,
        *,
        expand: models.RunSection | str | Sequence[models.RunSection] | None = None,
        include: str | Sequence[str] | None = None,
    ) -> models.Run:
        """Get a run by id.

        Returns the status, timing and source of a run. A completed run has `output` and `files`. A failed or cancelled
        run has the reason in `error`. Use `expand` for more detail.

        To follow a run, poll it until `finished` is true.

        Args:
            id: Id of the run, such as `run_w01`.
            expand: Extra sections to return.

                + `input`: the arguments, files and metadata the run was started with.

                + `usage`: tokens, credits and duration.

                + `execution`: the full form of `execution`, with steps, files, feedback and ground truth where the run
                  has them.

                + `debug`: trace id and observability data.

                Defaults to none. `output`, `files` and `error` are returned without it.
            include: Deprecated. Sections to return, for older servers, such as `detail`. Newer servers take `expand`.

        Returns:
            The run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.get("run_w01", expand=["usage", "execution"])
            ```
        """
        return self._transport.call(_api.runs.get.request(id, expand=expand, include=include), _api.runs.get.parse)

    def cancel(self, id: str) -> models.RunCancelResponse:
        """Cancel a run.

        Cancels a run that has not started, or asks a run in progress to stop. The status of a run in progress changes
        later, once it has stopped.

        Calling it again is safe. A finished run is unchanged, and `cancellation.state` is `already_terminal`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The result of the cancellation.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.cancel("run_w01")
            ```
        """
        return self._transport.call(_api.runs.cancel.request(id), _api.runs.cancel.parse)

    def connect(self, id: str) -> dict[str, Any]:
        """Connect to a live run.

        Returns a free-form object for connecting to the run. To follow a run, poll it with `client.runs.get` until it
        is finished.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            A free-form object for connecting to the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.connect("run_w01")
            ```
        """
        return self._transport.call(_api.runs.connect.request(id), _api.runs.connect.parse)

    def definition(self, id: str) -> models.RunDefinitionResponse:
        """Get the workflow definition of a run.

        Returns the workflow definition as it was when the run was created. Workflow runs only; agent runs respond with
        404.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The workflow definition.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.runs.definition("run_w01")
            ```
        """
        return self._transport.call(_api.runs.definition.request(id), _api.runs.definition.parse)


class AsyncRuns(Resource):
    """`client.runs` of the asynchronous client.

    Start and manage runs of workflows and agents: status, output, artifacts, files, ground truth, feedback and
    traces.
    """

    _place = "client.runs"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._resource_trace: AsyncRunsTrace | None = None
        self._resource_comparison: AsyncRunsComparison | None = None
        self._resource_artifacts: AsyncRunsArtifacts | None = None
        self._resource_files: AsyncRunsFiles | None = None
        self._resource_expected: AsyncRunsExpected | None = None
        self._resource_feedback: AsyncRunsFeedback | None = None

    @property
    def trace(self) -> AsyncRunsTrace:
        """Events recorded while a run executes."""
        if self._resource_trace is None:
            self._resource_trace = self._make_trace()
        return self._resource_trace

    def _make_trace(self) -> AsyncRunsTrace:
        return AsyncRunsTrace(self._transport)

    @property
    def comparison(self) -> AsyncRunsComparison:
        """The comparison that the server stored for a run."""
        if self._resource_comparison is None:
            self._resource_comparison = self._make_comparison()
        return self._resource_comparison

    def _make_comparison(self) -> AsyncRunsComparison:
        return AsyncRunsComparison(self._transport)

    @property
    def artifacts(self) -> AsyncRunsArtifacts:
        """Downloadable artifacts of a run: outputs of workflow and agent runs, and diagnostics of agent runs."""
        if self._resource_artifacts is None:
            self._resource_artifacts = self._make_artifacts()
        return self._resource_artifacts

    def _make_artifacts(self) -> AsyncRunsArtifacts:
        return AsyncRunsArtifacts(self._transport)

    @property
    def files(self) -> AsyncRunsFiles:
        """Stored input and output files of a workflow run. Inputs can be added and deleted before the run starts."""
        if self._resource_files is None:
            self._resource_files = self._make_files()
        return self._resource_files

    def _make_files(self) -> AsyncRunsFiles:
        return AsyncRunsFiles(self._transport)

    @property
    def expected(self) -> AsyncRunsExpected:
        """The ground truth of a run: the output and files it should have produced."""
        if self._resource_expected is None:
            self._resource_expected = self._make_expected()
        return self._resource_expected

    def _make_expected(self) -> AsyncRunsExpected:
        return AsyncRunsExpected(self._transport)

    @property
    def feedback(self) -> AsyncRunsFeedback:
        """The feedback on a run: comment, rating and status."""
        if self._resource_feedback is None:
            self._resource_feedback = self._make_feedback()
        return self._resource_feedback

    def _make_feedback(self) -> AsyncRunsFeedback:
        return AsyncRunsFeedback(self._transport)

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
        from_: str | datetime | date | None = None,
        to: str | datetime | date | None = None,
        created_after: str | datetime | date | None = None,
        created_before: str | datetime | date | None = None,
        completed_after: str | datetime | date | None = None,
        completed_before: str | datetime | date | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> models.RunsListResponse:
        """List workflow and agent runs.

        Returns one page of runs. Runs must match all filters.

        Pagination uses cursors: pass the `next_cursor` of a page as `cursor` to get the next page. Items have the short
        form of `execution`, and no `output` or `files`; use `client.runs.get` for those.

        Iterating over the result yields the items of this page; `client.runs.iter` goes over all pages.

        Args:
            type: Only runs of this type. One of `workflow`, `agent`. Defaults to workflow and agent runs.
            source: Only runs of this workflow or agent, by id or slug: `extract-invoice`, not the target
                `workflows.extract-invoice`.
            status: Only runs with any of these statuses. Any of `created`, `pending`, `running`, `waiting`,
                `finalizing`, `completed`, `failed`, `cancelled`, `rejected`. Defaults to all statuses.
            trigger: Only runs started by this kind of trigger.
            triggered_by: Only runs started by this user.
            source_ref: Only runs of this source version.
            batch_id: Only runs in the batch with this id.
            example_id: Only evaluation runs of the example with this id.
            example_id_contains: Only evaluation runs whose example id contains this text.
            from_: Start of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in
                UTC. Also takes a relative expression such as `now()-7d`.
            to: End of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in UTC.
                Also takes a relative expression such as `now()`.
            created_after: Only runs created after this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            created_before: Only runs created before this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            completed_after: Only runs that finished after this time. An ISO 8601 string, an aware datetime, or a date,
                which means its start in UTC.
            completed_before: Only runs that finished before this time. An ISO 8601 string, an aware datetime, or a
                date, which means its start in UTC.
            cursor: Cursor of the page to return: the `next_cursor` of the previous page. Defaults to the first page.
                Use the same filters for all pages.
            offset: Number of runs to skip. Defaults to 0.
            limit: Maximum number of runs per page.
            ids: Only runs with these ids.

        Returns:
            One page of runs.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.list(status=["failed", "cancelled"], from_="now()-7d")
            ```
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

    @runtime.takes_page_size("limit")
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
        from_: str | datetime | date | None = None,
        to: str | datetime | date | None = None,
        created_after: str | datetime | date | None = None,
        created_before: str | datetime | date | None = None,
        completed_after: str | datetime | date | None = None,
        completed_before: str | datetime | date | None = None,
        offset: int | None = None,
        page_size: int | None = None,
        ids: str | Sequence[str] | None = None,
    ) -> AsyncIterator[models.RunListItem]:
        """List workflow and agent runs, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            type: Only runs of this type. One of `workflow`, `agent`. Defaults to workflow and agent runs.
            source: Only runs of this workflow or agent, by id or slug: `extract-invoice`, not the target
                `workflows.extract-invoice`.
            status: Only runs with any of these statuses. Any of `created`, `pending`, `running`, `waiting`,
                `finalizing`, `completed`, `failed`, `cancelled`, `rejected`. Defaults to all statuses.
            trigger: Only runs started by this kind of trigger.
            triggered_by: Only runs started by this user.
            source_ref: Only runs of this source version.
            batch_id: Only runs in the batch with this id.
            example_id: Only evaluation runs of the example with this id.
            example_id_contains: Only evaluation runs whose example id contains this text.
            from_: Start of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in
                UTC. Also takes a relative expression such as `now()-7d`.
            to: End of the time range. An ISO 8601 string, an aware datetime, or a date, which means its start in UTC.
                Also takes a relative expression such as `now()`.
            created_after: Only runs created after this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            created_before: Only runs created before this time. An ISO 8601 string, an aware datetime, or a date, which
                means its start in UTC.
            completed_after: Only runs that finished after this time. An ISO 8601 string, an aware datetime, or a date,
                which means its start in UTC.
            completed_before: Only runs that finished before this time. An ISO 8601 string, an aware datetime, or a
                date, which means its start in UTC.
            offset: Number of runs to skip. Defaults to 0.
            page_size: Maximum number of runs per page. The total is not limited.
            ids: Only runs with these ids.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async for item in client.runs.iter(status=["failed", "cancelled"], from_="now()-7d"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size)
        _request = _api.runs.list.request(
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
            limit=page_size,
            ids=ids,
        )
        return runtime.iterate_async(self._transport, _request, _api.runs.list.parse, _api.runs.list.PAGINATION)

    async def get(
        self,
        id: str,
        *,
        expand: models.RunSection | str | Sequence[models.RunSection] | None = None,
        include: str | Sequence[str] | None = None,
    ) -> models.Run:
        """Get a run by id.

        Returns the status, timing and source of a run. A completed run has `output` and `files`. A failed or cancelled
        run has the reason in `error`. Use `expand` for more detail.

        To follow a run, poll it until `finished` is true.

        Args:
            id: Id of the run, such as `run_w01`.
            expand: Extra sections to return.

                + `input`: the arguments, files and metadata the run was started with.

                + `usage`: tokens, credits and duration.

                + `execution`: the full form of `execution`, with steps, files, feedback and ground truth where the run
                  has them.

                + `debug`: trace id and observability data.

                Defaults to none. `output`, `files` and `error` are returned without it.
            include: Deprecated. Sections to return, for older servers, such as `detail`. Newer servers take `expand`.

        Returns:
            The run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.get("run_w01", expand=["usage", "execution"])
            ```
        """
        return await self._transport.call(
            _api.runs.get.request(id, expand=expand, include=include), _api.runs.get.parse
        )

    async def cancel(self, id: str) -> models.RunCancelResponse:
        """Cancel a run.

        Cancels a run that has not started, or asks a run in progress to stop. The status of a run in progress changes
        later, once it has stopped.

        Calling it again is safe. A finished run is unchanged, and `cancellation.state` is `already_terminal`.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The result of the cancellation.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.cancel("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.cancel.request(id), _api.runs.cancel.parse)

    async def connect(self, id: str) -> dict[str, Any]:
        """Connect to a live run.

        Returns a free-form object for connecting to the run. To follow a run, poll it with `client.runs.get` until it
        is finished.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            A free-form object for connecting to the run.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.connect("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.connect.request(id), _api.runs.connect.parse)

    async def definition(self, id: str) -> models.RunDefinitionResponse:
        """Get the workflow definition of a run.

        Returns the workflow definition as it was when the run was created. Workflow runs only; agent runs respond with
        404.

        Args:
            id: Id of the run, such as `run_w01`.

        Returns:
            The workflow definition.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.runs.definition("run_w01")
            ```
        """
        return await self._transport.call(_api.runs.definition.request(id), _api.runs.definition.parse)
