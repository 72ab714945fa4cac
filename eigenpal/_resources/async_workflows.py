"""`client.workflows`: what the spec says of it, and running a workflow to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from eigenpal._runs import poll_loops as _follow
from eigenpal._runs.polling import RecentStarts, Wait
from eigenpal._runs.start import StartOptions, parse_start, start_request
from eigenpal._runs.targets import workflow_target
from eigenpal_generated.resources import workflows as generated

if TYPE_CHECKING:
    from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
    from eigenpal_generated.models import Run, RunOverrides


class WorkflowExecutions:
    """`client.workflows.executions`."""

    def __init__(self, transport: HttpxTransport, starts: RecentStarts) -> None:
        self._transport = transport
        self._starts = starts

    def run_and_wait(
        self,
        workflow_id: str,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        overrides: RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> Run:
        """Start a workflow and wait until its run has come to its end.

        One time limit covers the upload, the start and the waiting. Outages while waiting are outlived. Whatever ends
        the waiting, an interrupt too, leaves the run alone and names it.

        Args:
            workflow_id: Slug or id of the workflow, such as `extract-invoice`.
            input: Values by the names of the workflow's inputs. A `pathlib.Path`, a handle opened in binary mode,
                `{"content": bytes, "filename": str}`, or a list of those is uploaded; a `str` is sent as text.
            version: Release tag or Git ref to run. Left out, the latest release.
            overrides: Outputs to take for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to keep with the run.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to take in all; None waits without an end.
            raise_on_failure: Whether to raise for a run that ended other than completed.
            on_update: Called with the run whenever its status is another than before, the last time at its end.

        Returns:
            The run at its end, completed or not: see its `execution.status`. `run.output` and `run["output"]` are both
            its output.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalRunFailedError: The run failed and `raise_on_failure` is set; it carries the `run`.
            EigenpalError: The API refused the start, or to show the run.
            ValueError: An argument makes no sense; nothing was sent.
            OSError: A file does not exist or cannot be read; nothing was sent.

        Example::

            run = client.workflows.executions.run_and_wait("extract-invoice", {"language": "en"})
            print(run.finished, run.output)
        """
        wait = Wait(
            time.monotonic,
            poll_interval_seconds=poll_interval_seconds,
            timeout_seconds=timeout_seconds,
            raise_on_failure=raise_on_failure,
            on_update=on_update,
        )
        options = StartOptions(overrides=overrides, metadata=metadata)
        request = start_request(workflow_target(workflow_id, version), input, options)
        return _follow.wait_for(self._transport, wait, wait.start(request, parse_start, self._starts))


class AsyncWorkflowExecutions:
    """`client.workflows.executions` of the asynchronous client."""

    def __init__(self, transport: AsyncHttpxTransport, starts: RecentStarts) -> None:
        self._transport = transport
        self._starts = starts

    async def run_and_wait(
        self,
        workflow_id: str,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        overrides: RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> Run:
        """Start a workflow and wait until its run has come to its end.

        One time limit covers the upload, the start and the waiting. Outages while waiting are outlived. Whatever ends
        the waiting, a cancelled task too, leaves the run alone and names it.

        Args:
            workflow_id: Slug or id of the workflow, such as `extract-invoice`.
            input: Values by the names of the workflow's inputs. A `pathlib.Path`, a handle opened in binary mode,
                `{"content": bytes, "filename": str}`, or a list of those is uploaded; a `str` is sent as text.
            version: Release tag or Git ref to run. Left out, the latest release.
            overrides: Outputs to take for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to keep with the run.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to take in all; None waits without an end.
            raise_on_failure: Whether to raise for a run that ended other than completed.
            on_update: Called with the run whenever its status is another than before, the last time at its end; what
                it returns is awaited where that is possible.

        Returns:
            The run at its end, completed or not: see its `execution.status`. `run.output` and `run["output"]` are both
            its output.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalRunFailedError: The run failed and `raise_on_failure` is set; it carries the `run`.
            EigenpalError: The API refused the start, or to show the run.
            ValueError: An argument makes no sense; nothing was sent.
            OSError: A file does not exist or cannot be read; nothing was sent.

        Example::

            run = await client.workflows.executions.run_and_wait("extract-invoice", {"language": "en"})
            print(run.finished, run.output)
        """
        wait = Wait(
            time.monotonic,
            poll_interval_seconds=poll_interval_seconds,
            timeout_seconds=timeout_seconds,
            raise_on_failure=raise_on_failure,
            on_update=on_update,
        )
        options = StartOptions(overrides=overrides, metadata=metadata)
        request = start_request(workflow_target(workflow_id, version), input, options)
        return await _follow.wait_for_async(self._transport, wait, wait.start(request, parse_start, self._starts))


class Workflows(generated.Workflows):
    """`client.workflows`: workflows, their released versions, and running them to their end."""

    def __init__(self, transport: HttpxTransport, starts: RecentStarts) -> None:
        super().__init__(transport)
        self._own_executions = WorkflowExecutions(transport, starts)

    @property
    def executions(self) -> WorkflowExecutions:
        """Starting a workflow and waiting for the run."""
        return self._own_executions


class AsyncWorkflows(generated.AsyncWorkflows):
    """`client.workflows` of the asynchronous client."""

    def __init__(self, transport: AsyncHttpxTransport, starts: RecentStarts) -> None:
        super().__init__(transport)
        self._own_executions = AsyncWorkflowExecutions(transport, starts)

    @property
    def executions(self) -> AsyncWorkflowExecutions:
        """Starting a workflow and waiting for the run."""
        return self._own_executions
