# Written from eigenpal/_async_client.py by tools/unasync.py; do not edit. Run `make generate`.
"""The synchronous client."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, NoReturn, TypeVar, cast

import eigenpal
from eigenpal import _resources, _runs, _transport
from eigenpal._options import check_http_client_conflicts, replace_options, resolve_options
from eigenpal_generated import models
from eigenpal_generated.resources.tree import Tree
from eigenpal_generated.runtime import ROOTS, DownloadTarget, FileInput, NoTransport, Progress

TClient = TypeVar("TClient", bound="EigenpalClient")


class EigenpalClient(Tree):
    """Synchronous client for the Eigenpal API.

    A client can be shared between threads. It opens connections on demand and keeps them in a pool. Use it as a context
    manager, or call `close`, to close them.

    Args:
        api_key: Your API key. Defaults to the `EIGENPAL_API_KEY` environment variable.
        base_url: URL of the deployment. Defaults to the `EIGENPAL_BASE_URL` environment variable, or
            `https://app.eigenpal.com` if that is not set.
        timeout_seconds: Timeout in seconds for each phase of a request: connecting, sending, and waiting for the next
            bytes of the response.
        verify_ssl: Whether to verify the server's certificate. Pass an `ssl.SSLContext` to trust your own certificate
            authority.
        max_retries: Maximum number of retries for requests that are safe to retry, with exponential backoff.
            0 disables retries.
        max_connections: Maximum number of open connections, which is that of requests in flight. Others wait for one,
            in the order in which they came.
        default_headers: Headers to send with every request. None as a value removes a header that is sent by default.
        http_client: An `httpx.Client` or `httpx2.Client` to send requests with, for example to use a proxy.
            It is neither closed nor modified. Its headers, params and cookies are sent, and its own proxies and
            certificate settings apply, but not its timeouts and redirects. One with auth or another base_url is
            refused.
        on_response: Called with an `eigenpal.types.ResponseInfo` once for each call that got a response, whether a
            success or an error: operation, status, headers, request id, attempts and duration. Its exceptions are
            logged.

    Raises:
        ValueError: There is no API key, or an option is invalid.
        TypeError: An option has the wrong type.

    Examples:
        ```python
        with EigenpalClient() as client:
            run = client.workflows.executions.run_and_wait(
                "extract-invoice", {"contract": Path("contract.pdf")}
            )
            print(run.finished, run.output)
        ```
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 60.0,
        verify_ssl: bool | _transport.ssl.SSLContext = True,
        max_retries: int = 3,
        max_connections: int = 100,
        default_headers: Mapping[str, str | None] | None = None,
        http_client: _transport.httpx.Client | _transport.HttpClient | None = None,
        on_response: Callable[[eigenpal.types.ResponseInfo], object] | None = None,
    ) -> None:
        # Imported here so that importing this class does not load an HTTP library.
        from eigenpal._runs.sync_run_poller import RunPoller
        from eigenpal._transport import HttpxTransport

        check_http_client_conflicts(http_client, verify_ssl=verify_ssl, max_connections=max_connections)
        options = resolve_options(
            api_key=api_key,
            base_url=base_url,
            timeout_seconds=timeout_seconds,
            verify_ssl=verify_ssl,
            max_retries=max_retries,
            max_connections=max_connections,
            default_headers=default_headers,
            on_response=on_response,
        )
        self._set_up(RunPoller(HttpxTransport(options, http_client=http_client)))

    def _set_up(self, poller: _runs.RunPoller) -> None:
        super().__init__(poller.transport)
        self._poller = poller

    # --- resources ----------------------------------------------------------------------------------------------------

    @property
    def runs(self) -> _resources.Runs:
        """Runs: waiting, status, output, artifacts, files, ground truth, feedback, trace, and comparison."""
        return cast("_resources.Runs", super().runs)

    def _make_runs(self) -> _resources.Runs:
        from eigenpal._resources.sync_runs import Runs

        return Runs(self._poller)

    @property
    def workflows(self) -> _resources.Workflows:
        """Workflows, their released versions, and running them until they finish."""
        return cast("_resources.Workflows", super().workflows)

    def _make_workflows(self) -> _resources.Workflows:
        from eigenpal._resources.sync_workflows import Workflows

        return Workflows(self._poller)

    # --- runs ---------------------------------------------------------------------------------------------------------

    def run(
        self,
        target: eigenpal.types.Target,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        wait_for_completion: int | None = None,
        overrides: models.RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        files: Mapping[str, _runs.FileReference | Sequence[_runs.FileReference]] | None = None,
        trigger: Literal["api", "cli"] | None = None,
        idempotency_key: str | None = None,
        progress: Progress | None = None,
    ) -> models.Run | models.RunAccepted:
        """Start a run of a workflow or agent.

        Files in the input are streamed from disk. If it is unclear whether the server received the request, it is not
        retried and the error has `outcome_unknown` set. With an `idempotency_key` of yours, you can then look for the
        run with `client.runs.find_started`.

        Args:
            target: What to run: `"workflows.extract-invoice"`, `"agents.receipt-sorter@1.3.0"`, or as a mapping
                `{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}`.
            input: Values by input name. A `pathlib.Path`, a binary file handle, an upload of a web framework,
                `{"content": ..., "filename": ...}`, or a list of those is uploaded; a `str` is sent as text. Dates,
                aware datetimes, UUIDs, decimals, enums and numpy scalars are sent as JSON.
            version: Release tag or Git ref to run. Defaults to the version in the target, or the latest release.
            wait_for_completion: Number of seconds, at most 600, that the server waits for the run to finish before it
                responds. By default it responds at once. The read timeout is extended by this value.
            overrides: For workflows, outputs to use for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to store with the run.
            files: References by input name to files that are already stored on the server, such as
                `{"invoice": {"fileId": ...}}`. Files to upload belong in `input`.
            trigger: Value to record as the run's trigger: `api` or `cli`.
            idempotency_key: Text that is unique to this start, of at most 255 ASCII characters. It is sent as
                `Idempotency-Key`, instead of the one in `default_headers`, and stored in the metadata of the run, so
                that `client.runs.find_started` can find the run if it may have started. By default a random key is
                sent, and not stored.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The `Run` if it finished while the server waited, otherwise a `RunAccepted`, whose `id` you can pass to
            `client.runs.wait`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            accepted = client.run("workflows.extract-invoice", {"contract": Path("contract.pdf")})
            run = client.runs.wait(accepted.id)
            ```
        """
        from eigenpal._runs.start import StartOptions, build_start_request, parse_start_response
        from eigenpal._runs.targets import resolve_target

        options = StartOptions(wait_for_completion, overrides, metadata, files, trigger, idempotency_key, progress)
        request = build_start_request(resolve_target(target, version), input, options)
        return self._poller.start(request, parse_start_response)

    def run_and_wait(
        self,
        target: eigenpal.types.Target,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        overrides: models.RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        files: Mapping[str, _runs.FileReference | Sequence[_runs.FileReference]] | None = None,
        trigger: Literal["api", "cli"] | None = None,
        idempotency_key: str | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[models.Run], object] | None = None,
        progress: Progress | None = None,
    ) -> models.Run:
        """Run a workflow or agent and wait for it to finish.

        The time limit covers the upload, the start and the wait. Transient errors while polling are retried. If waiting
        is interrupted, the run continues and the exception carries its id.

        Args:
            target: What to run: `"workflows.extract-invoice"`, `"agents.receipt-sorter@1.3.0"`, or as a mapping
                `{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}`.
            input: Values by input name. A `pathlib.Path`, a binary file handle, an upload of a web framework,
                `{"content": ..., "filename": ...}`, or a list of those is uploaded; a `str` is sent as text. Dates,
                aware datetimes, UUIDs, decimals, enums and numpy scalars are sent as JSON.
            version: Release tag or Git ref to run. Defaults to the version in the target, or the latest release.
            overrides: For workflows, outputs to use for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to store with the run.
            files: References by input name to files that are already stored on the server, such as
                `{"invoice": {"fileId": ...}}`. Files to upload belong in `input`.
            trigger: Value to record as the run's trigger: `api` or `cli`.
            idempotency_key: Text that is unique to this start, of at most 255 ASCII characters. It is sent as
                `Idempotency-Key`, instead of the one in `default_headers`, and stored in the metadata of the run, so
                that `client.runs.find_started` can find the run if it may have started. By default a random key is
                sent, and not stored.
            poll_interval_seconds: Seconds between polls. By default polling starts fast and backs off to at most 15
                seconds for long runs.
            timeout_seconds: Maximum total time in seconds, or None for no limit.
            raise_on_failure: Whether to raise an exception if the run ends with a status other than `completed`.
            on_update: Called with the run each time its status changes, including the final status.
            progress: Called while files are uploaded, with the number of bytes sent so far and the total, or None if
                the total is unknown. Starts again from the beginning if the upload is retried.

        Returns:
            The finished run, whether or not its `execution.status` is `completed`.

        Raises:
            EigenpalTimeoutError: The run did not finish in time; the error has `run_id` and `last_run`.
            EigenpalRunFailedError: The run did not complete and `raise_on_failure` is set; the error has the `run`.
            EigenpalError: The run could not be started, or polling failed with an error that is not retried.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            run = client.run_and_wait("agents.receipt-sorter", {"receipts": Path("receipts.zip")})
            print(run.execution.status, run.output)
            ```
        """
        from eigenpal._runs.polling import WaitOptions
        from eigenpal._runs.start import StartOptions, build_start_request, parse_start_response
        from eigenpal._runs.targets import resolve_target

        options = StartOptions(None, overrides, metadata, files, trigger, idempotency_key, progress)
        request = build_start_request(resolve_target(target, version), input, options)
        wait = WaitOptions(poll_interval_seconds, timeout_seconds, raise_on_failure, on_update)
        return self._poller.start_and_wait(request, parse_start_response, wait)

    def run_many(
        self,
        target: eigenpal.types.Target,
        inputs: _runs.BatchInputs,
        *,
        concurrency: int = 8,
        journal: str | os.PathLike[str] | None = None,
        on_unknown: Literal["restart", "report"] = "restart",
        retry_failed: bool = False,
        skip_finished: bool = False,
        version: str | None = None,
        overrides: models.RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        files: Mapping[str, _runs.FileReference | Sequence[_runs.FileReference]] | None = None,
        trigger: Literal["api", "cli"] | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        progress: bool | Callable[[eigenpal.types.BatchProgress], object] | None = None,
    ) -> eigenpal.types.RunBatch:
        """Run a workflow or agent for many inputs, and iterate over the results as the runs finish.

        A few runs are in flight at a time. A run that fails, or an input that cannot be sent, is a result like the
        others. If the server refuses a start because it is busy (429 or 503), all starts slow down. No start is sent
        again unless the server surely did not take it: if that is unclear, the run is searched for.

        With a journal, the same call goes on after Ctrl-C, a crash or a power cut: finished runs are not started again,
        those in progress are waited for, and those that may have started are searched for.

        Args:
            target: What to run: `"workflows.extract-invoice"`, `"agents.receipt-sorter@1.3.0"`, or as a mapping
                `{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}`.
            inputs: An iterable of inputs as `run` takes them, or of pairs of a key and an input, or a mapping of keys
                to inputs. It is read as the runs proceed, so it may be a generator without an end. Without a key, a
                digest of the input and of the bytes of its files is the key.
            concurrency: Maximum number of runs in flight.
            journal: Path of a file in which to record the runs. It needs `pip install 'eigenpal[batch]'`.
            on_unknown: What to do with an input of which it is unknown whether a run was started, if no run is found a
                minute later: `restart` it if it is sure that there is none, or `report` it as an error.
            retry_failed: Whether to start the inputs again whose runs have failed in an earlier call.
            skip_finished: Whether to leave out the results that an earlier call has already returned. By default these
                runs are read, and their results are returned again.
            version: Release tag or Git ref to run. Defaults to the version in the target, or the latest release.
            overrides: For workflows, outputs to use for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to store with each run.
            files: References by input name to files that are already stored on the server, such as
                `{"invoice": {"fileId": ...}}`. Files to upload belong in the inputs.
            trigger: Value to record as the trigger of the runs: `api` or `cli`.
            poll_interval_seconds: Seconds between polls. By default polling starts fast and backs off to at most 15
                seconds for long runs.
            timeout_seconds: Maximum time in seconds for each run, from its start, or None for no limit.
            raise_on_failure: Whether to raise an exception for the first input that has no completed run, instead of
                returning it as a result.
            progress: True to show the progress with tqdm, or in the log if tqdm is not installed; or a function that is
                called with a `BatchProgress`.

        Returns:
            The runs as an `RunBatch`. Nothing is started before you iterate over it. It yields a `RunResult` for
            each input, with the `run` or the `error`.

        Raises:
            EigenpalError: Raised while iterating: the first starts are refused with 401, 403 or 404, so that all others
                would be too; or the journal is in use.
            ValueError: An argument is invalid, or the journal belongs to another target or other options.
            TypeError: An argument has the wrong type.
            OSError: The journal cannot be read or written.

        Examples:
            ```python
            inputs = ({"contract": path} for path in Path().glob("*.pdf"))
            batch = client.run_many("workflows.extract-invoice", inputs, journal="contracts.jsonl")
            for result in batch:
                print(result.key, result.run.output if result.run else result.error)
            ```
        """
        from eigenpal._runs.many.arguments import make_batch_options
        from eigenpal._runs.many.progress import check_progress
        from eigenpal._runs.polling import WaitOptions
        from eigenpal._runs.start import StartOptions

        options = make_batch_options(
            target,
            version,
            StartOptions(None, overrides, metadata, files, trigger),
            WaitOptions(poll_interval_seconds, timeout_seconds),
            concurrency=concurrency,
            journal=journal,
            on_unknown=on_unknown,
            retry_failed=retry_failed,
            skip_finished=skip_finished,
            raise_on_failure=raise_on_failure,
            max_retries=self._poller.transport.options.max_retries,
        )
        return self._poller.run_many(options, inputs, journal, check_progress(progress))

    def rerun(
        self,
        id: str,
        *,
        version: str | None = None,
        wait_for_completion: int | None = None,
        idempotency_key: str | None = None,
    ) -> models.Run | models.RunAccepted:
        """Start a new run with the input of an earlier run.

        The earlier run is unchanged. If it is unclear whether the server received the request, it is not retried and
        the error has `outcome_unknown` set.

        Args:
            id: Id of the earlier run, such as `run_w01`.
            version: Version for the new run: `original` for the one the earlier run used, a release tag, or a Git ref.
                Defaults to the latest release.
            wait_for_completion: Number of seconds, at most 600, that the server waits for the run to finish before it
                responds. By default it responds at once. The read timeout is extended by this value.
            idempotency_key: Text that is unique to this start, of at most 255 ASCII characters. A rerun takes its
                metadata from the earlier run, so the key is not stored and `client.runs.find_started` does not find the
                new run. By default a random key is sent.

        Returns:
            The `Run` if it finished while the server waited, otherwise a `RunAccepted`, whose `id` you can pass to
            `client.runs.wait`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            accepted = client.rerun("run_w01", version="original")
            run = client.runs.wait(accepted.id)
            ```
        """
        from eigenpal._runs.start import build_rerun_request, parse_rerun_response

        request = build_rerun_request(id, version, wait_for_completion, idempotency_key)
        return self._poller.start(request, parse_rerun_response)

    # --- any endpoint -------------------------------------------------------------------------------------------------

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        files: Mapping[str, FileInput | Sequence[FileInput]] | None = None,
        headers: Mapping[str, str] | None = None,
        to: DownloadTarget | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Send a request to an endpoint that has no method.

        It has the same API key, timeouts, retries and errors as the methods. A POST is retried only if the server
        surely did not process it; otherwise its error has `outcome_unknown` set. For status and headers of the
        response, use `on_response`.

        Args:
            method: `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`.
            path: Path of the endpoint, which begins with `/api/v1/`. Percent-encode values in it with
                `urllib.parse.quote(value, safe="")`.
            query: Query parameters by name: a `str`, a number, a `bool`, a `datetime`, or a list of those, which is
                sent comma-separated like the lists of all methods. None is not sent.
            json: JSON body: anything that consists of JSON values, datetimes and models. None sends no body, so a body
                that is `null` cannot be sent.
            files: Files to upload as multipart form data, by field name: a `pathlib.Path`, a file opened in binary
                mode, `{"content": bytes, "filename": str}`, or a list of those. `json` is then a mapping, whose values
                are sent as further fields: a `str` as it is, other values as JSON.
            headers: Headers to add to those of the client.
            to: Path or binary file handle to stream the response of a GET or POST to. A path is written atomically.
            idempotency_key: Key by which the server can recognize a repeated POST. By default each POST has a random
                one, the same for all attempts.

        Returns:
            The decoded JSON of a response whose `Content-Type` is JSON, the `bytes` of any other response, None if it
            is empty; with `to`, the number of bytes written. A page of HTML, which is usually from a gateway or a login
            page, is an `EigenpalResponseError`, unless `headers` ask for it: `{"Accept": "text/html"}`.

        Raises:
            EigenpalError: The API returned an error, or the request failed.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file cannot be read or written.

        Examples:
            ```python
            query = {"status": ["failed", "cancelled"], "limit": 10}
            page = client.request("GET", "/api/v1/runs", query=query)
            print(page["runs"])
            ```
        """
        from eigenpal._raw_requests import build_request, get_data

        request = build_request(
            method,
            path,
            query=query,
            json=json,
            files=files,
            headers=headers,
            is_saved=to is not None,
            idempotency_key=idempotency_key,
        )
        if to is not None:
            return self._poller.transport.download(request, to, None)
        return self._poller.transport.call(request, get_data)

    # --- the client itself --------------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        """The URL that requests are sent to, without a trailing slash."""
        return self._poller.transport.options.base_url

    def with_options(
        self: TClient,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float | None = None,
        verify_ssl: bool | _transport.ssl.SSLContext | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str | None] | None = None,
        on_response: Callable[[eigenpal.types.ResponseInfo], object] | Literal[False] | None = None,
    ) -> TClient:
        """Return a copy with some options changed, sharing the connection pool.

        Args:
            api_key: New API key.
            base_url: New URL of the deployment.
            timeout_seconds: New timeout in seconds for each phase of a request.
            verify_ssl: New certificate verification. If it differs, the copy has its own connection pool.
            max_retries: New maximum number of retries.
            default_headers: Headers to add to the existing default headers; those with the same name are replaced.
            on_response: New callback, which replaces the existing one. False removes it.

        Returns:
            The new client. Options that you do not pass are unchanged. Closing this client also closes the shared pool.

        Raises:
            ValueError: An option is invalid.
            TypeError: An option has the wrong type.
            EigenpalError: This client is closed.

        Examples:
            ```python
            slow_client = client.with_options(timeout_seconds=300)
            ```
        """
        transport = self._poller.transport
        check_http_client_conflicts(transport.connections.user_client, verify_ssl=verify_ssl)
        options = replace_options(
            transport.options,
            api_key=api_key,
            base_url=base_url,
            timeout_seconds=timeout_seconds,
            verify_ssl=verify_ssl,
            max_retries=max_retries,
            default_headers=default_headers,
            on_response=on_response,
        )
        derived = type(self).__new__(type(self))
        derived.__dict__.update(self.__dict__)  # the attributes of subclasses
        derived._set_up(self._poller.with_transport(transport.with_options(options)))
        return derived

    def close(self) -> None:
        """Close the connections; the client cannot be used afterwards.

        An `http_client` that you passed stays open.
        """
        self._poller.transport.close()

    def __enter__(self: TClient) -> TClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        options = self._poller.transport.options
        return (
            f"{type(self).__name__}(base_url={options.base_url!r}, timeout_seconds={options.timeout_seconds:g}, "
            f"max_retries={options.max_retries})"
        )

    def __reduce__(self) -> NoReturn:
        from eigenpal._transport.connections import raise_unpicklable

        raise_unpicklable()


def _make_blank_client() -> EigenpalClient:
    client = object.__new__(EigenpalClient)
    client._set_up(cast("_runs.RunPoller", NoTransport()))  # pyright: ignore[reportPrivateUsage]
    return client


# For the errors about methods that do not exist.
ROOTS[Tree._root] = _make_blank_client  # pyright: ignore[reportPrivateUsage]
