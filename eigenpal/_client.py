"""The synchronous client: its options, the tree of the spec, and starting runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

from eigenpal._options import ClientOptions, check_unused_options, replace_options, resolve_options
from eigenpal._runs.polling import RecentStarts
from eigenpal_generated.resources.tree import Tree

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    import httpx

    from eigenpal._resources.runs import Runs
    from eigenpal._resources.workflows import Workflows
    from eigenpal._runs.targets import Target
    from eigenpal._transport import HttpxTransport
    from eigenpal_generated.models import Run, RunAccepted, RunFileReference, RunOverrides

    FileReference = RunFileReference | Mapping[str, Any]

TClient = TypeVar("TClient", bound="EigenpalClient")


class EigenpalClient(Tree):
    """The Eigenpal API for synchronous programs.

    One client serves many threads. It opens connections when they are needed; close it, or use it in a ``with`` block,
    to let go of them early.

    Args:
        api_key: The API key. Left out, the environment variable ``EIGENPAL_API_KEY``.
        base_url: Address of the deployment. Left out, ``EIGENPAL_BASE_URL``, else Eigenpal's own.
        timeout_seconds: How long each phase of a request may take: connecting, and waiting for the next bytes.
        verify_ssl: Whether to check the server's certificate; an ``ssl.SSLContext`` checks it in its own way.
        max_retries: How often a request is repeated where that is safe, with pauses that grow. 0 for never.
        default_headers: Headers to send with every request; None takes away one the client would send.
        http_client: An ``httpx.Client`` to send with, for proxies and the like. It is neither closed nor
            changed, and checks certificates in its own way.

    Raises:
        ValueError: There is no API key, or an option cannot be used.
        TypeError: An option is of the wrong type.

    Example::

        with EigenpalClient() as client:
            run = client.workflows.executions.run_and_wait("extract-invoice", {"contract": Path("contract.pdf")})
            print(run.finished, run.output)
    """

    _transport: HttpxTransport  # pyright: ignore[reportIncompatibleVariableOverride] - narrower than in the tree

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 60.0,
        verify_ssl: bool | ssl.SSLContext = True,
        max_retries: int = 3,
        default_headers: Mapping[str, str | None] | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        # Here, not above, so that importing this class does not load an HTTP library.
        from eigenpal._transport import HttpxTransport

        check_unused_options(verify_ssl, http_client)
        options = resolve_options(
            api_key=api_key,
            base_url=base_url,
            timeout_seconds=timeout_seconds,
            verify_ssl=verify_ssl,
            max_retries=max_retries,
            default_headers=default_headers,
        )
        self._set_up(HttpxTransport(options, http_client=http_client), RecentStarts(time.monotonic))

    def _set_up(self, transport: HttpxTransport, starts: RecentStarts) -> None:
        super().__init__(transport)
        self._starts = starts
        self._own_runs: Runs | None = None
        self._own_workflows: Workflows | None = None

    # --- the tree -----------------------------------------------------------------------------------------------------

    @property
    def runs(self) -> Runs:
        """Runs: waiting for them, their status, output, artifacts, files, ground truth, feedback, trace, comparison."""
        if self._own_runs is None:
            from eigenpal._resources.runs import Runs

            self._own_runs = Runs(self._transport, self._starts)
        return self._own_runs

    @property
    def workflows(self) -> Workflows:
        """Workflows, their released versions, and running them to their end."""
        if self._own_workflows is None:
            from eigenpal._resources.workflows import Workflows

            self._own_workflows = Workflows(self._transport, self._starts)
        return self._own_workflows

    # --- runs ---------------------------------------------------------------------------------------------------------

    def run(
        self,
        target: Target,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        wait_for_completion: int | None = None,
        overrides: RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        files: Mapping[str, FileReference | Sequence[FileReference]] | None = None,
        trigger: Literal["api", "cli"] | None = None,
    ) -> Run | RunAccepted:
        """Start a run of a workflow or agent.

        Files in the input are uploaded, streamed from disk. A start is never repeated where it may have been taken:
        the error then has `outcome_unknown` set.

        Args:
            target: What to run: `"workflows.extract-invoice"`, `"agents.receipt-sorter@1.3.0"`, or in parts
                `{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}`.
            input: Values by the names of the inputs. A `pathlib.Path`, a handle opened in binary mode,
                `{"content": bytes, "filename": str}`, or a list of those is uploaded; a `str` is sent as text.
            version: Release tag or Git ref to run. Left out, the one in the target, else the latest release.
            wait_for_completion: Seconds for which the server may hold the answer back to wait for the run to finish,
                at most 600. Left out, it answers at once. The read timeout grows by as much.
            overrides: For workflows, outputs to take for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to keep with the run.
            files: References to files the server has already, by the names of the inputs, such as
                `{"invoice": {"fileId": ...}}`. Files to upload belong in `input`.
            trigger: Where the run is said to come from: `api` or `cli`.

        Returns:
            The whole `Run` if it finished while the server waited, else `RunAccepted`, with its `id` for
            `client.runs.wait`.

        Raises:
            EigenpalError: The API refused the start (400, 401, 403, 404, 429 or 500), or could not be reached.
            ValueError: An argument cannot be sent as it is; nothing was sent.
            OSError: A file does not exist or cannot be read; nothing was sent.

        Example::

            accepted = client.run("workflows.extract-invoice", {"contract": Path("contract.pdf")})
            run = client.runs.wait(accepted.id)
        """
        from eigenpal._runs.start import StartOptions, parse_start, start_request
        from eigenpal._runs.targets import resolve_target

        options = StartOptions(wait_for_completion, overrides, metadata, files, trigger)
        run = self._transport.call(start_request(resolve_target(target, version), input, options), parse_start)
        self._starts.add(run.id)
        return run

    def run_and_wait(
        self,
        target: Target,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        overrides: RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        files: Mapping[str, FileReference | Sequence[FileReference]] | None = None,
        trigger: Literal["api", "cli"] | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> Run:
        """Start a run of a workflow or agent and wait for its end.

        One time limit covers the upload, the start and the waiting. Outages while waiting are outlived. Whatever ends
        the waiting, an interrupt too, leaves the run alone and names it.

        Args:
            target: What to run: `"workflows.extract-invoice"`, `"agents.receipt-sorter@1.3.0"`, or in parts
                `{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}`.
            input: Values by the names of the inputs. A `pathlib.Path`, a handle opened in binary mode,
                `{"content": bytes, "filename": str}`, or a list of those is uploaded; a `str` is sent as text.
            version: Release tag or Git ref to run. Left out, the one in the target, else the latest release.
            overrides: For workflows, outputs to take for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to keep with the run.
            files: References to files the server has already, by the names of the inputs, such as
                `{"invoice": {"fileId": ...}}`. Files to upload belong in `input`.
            trigger: Where the run is said to come from: `api` or `cli`.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to take in all; None waits without an end.
            raise_on_failure: Whether to raise for a run that ended other than completed.
            on_update: Called with the run whenever its status is another than before, the last time at its end.

        Returns:
            The run at its end, completed or not: see its `execution.status`.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalRunFailedError: The run failed and `raise_on_failure` is set; it carries the `run`.
            EigenpalError: The API refused the start, or to show the run.
            ValueError: An argument makes no sense; nothing was sent.
            OSError: A file does not exist or cannot be read; nothing was sent.

        Example::

            run = client.run_and_wait("agents.receipt-sorter", {"receipts": Path("receipts.zip")}, timeout_seconds=900)
            print(run.execution.status, run.output)
        """
        from eigenpal._runs.poll_loops import wait_for
        from eigenpal._runs.polling import Wait
        from eigenpal._runs.start import StartOptions, parse_start, start_request
        from eigenpal._runs.targets import resolve_target

        wait = Wait(
            time.monotonic,
            poll_interval_seconds=poll_interval_seconds,
            timeout_seconds=timeout_seconds,
            raise_on_failure=raise_on_failure,
            on_update=on_update,
        )
        options = StartOptions(None, overrides, metadata, files, trigger)
        request = start_request(resolve_target(target, version), input, options)
        return wait_for(self._transport, wait, wait.start(request, parse_start, self._starts))

    def rerun(
        self, id: str, *, version: str | None = None, wait_for_completion: int | None = None
    ) -> Run | RunAccepted:
        """Start a new run with the input of an earlier one, which stays as it is.

        A start is never repeated where it may have been taken: the error then has `outcome_unknown` set.

        Args:
            id: Id of the earlier run, such as `run_w01`.
            version: Which version the new run uses: `original` for the one the earlier run used, a release tag, or a
                Git ref. Left out, the latest release.
            wait_for_completion: Seconds for which the server may hold the answer back to wait for the run to finish,
                at most 600. Left out, it answers at once. The read timeout grows by as much.

        Returns:
            The whole `Run` if it finished while the server waited, else `RunAccepted`, with its `id` for
            `client.runs.wait`.

        Raises:
            EigenpalError: The API refused the start (400, 401, 403, 404, 429 or 500), or could not be reached.
            ValueError: An argument cannot be sent as it is; nothing was sent.

        Example::

            run = client.runs.wait(client.rerun("run_w01", version="original").id)
        """
        from eigenpal._runs.targets import check_version

        version = check_version(version)
        run = super().rerun(id, version=version, wait_for_completion=wait_for_completion)
        self._starts.add(run.id)
        return run

    # --- the client itself --------------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        """The address requests go to, without a slash at its end."""
        return self._transport.options.base_url

    def with_options(
        self: TClient,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float | None = None,
        verify_ssl: bool | ssl.SSLContext | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str | None] | None = None,
    ) -> TClient:
        """Return a client with other options, on the same connections.

        Args:
            api_key: Another API key.
            base_url: Another deployment.
            timeout_seconds: Another limit for each phase of a request.
            verify_ssl: Another way to check certificates; the new client then has connections of its own.
            max_retries: How often a request is repeated.
            default_headers: Headers to add to those there are, or to take their place.

        Returns:
            The new client. Options left out are those of this one; closing this one closes the connections of both.

        Raises:
            ValueError: An option cannot be used.
            TypeError: An option is of the wrong type.
            EigenpalError: This client is closed.

        Example::

            patient = client.with_options(timeout_seconds=300)
        """
        check_unused_options(verify_ssl, self._transport.connections.user_client)
        options = replace_options(
            self._transport.options,
            api_key=api_key,
            base_url=base_url,
            timeout_seconds=timeout_seconds,
            verify_ssl=verify_ssl,
            max_retries=max_retries,
            default_headers=default_headers,
        )
        derived = type(self).__new__(type(self))
        derived.__dict__.update(self.__dict__)  # what subclasses keep there
        derived._set_up(self._transport.with_options(options), self._starts)
        return derived

    def close(self) -> None:
        """Close the connections; the client cannot be used afterwards.

        An ``http_client`` of your own stays open.
        """
        self._transport.close()

    def __enter__(self: TClient) -> TClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return format_client(type(self), self._transport.options)

    def __reduce__(self) -> NoReturn:
        raise_client_unpicklable()


def format_client(kind: type[object], options: ClientOptions) -> str:
    """Write the repr of a client, which shows no secret."""
    return (
        f"{kind.__name__}(base_url={options.base_url!r}, timeout_seconds={options.timeout_seconds:g}, "
        f"max_retries={options.max_retries})"
    )


def raise_client_unpicklable() -> NoReturn:
    """Refuse to pickle or copy a client, and say what to do instead."""
    from eigenpal._transport.connections import raise_unpicklable

    raise_unpicklable()
