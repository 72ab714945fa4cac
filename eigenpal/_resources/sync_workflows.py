# Written from eigenpal/_resources/async_workflows.py by tools/unasync.py; do not edit. Run `make generate`.
"""`client.workflows`: the generated methods, and running a workflow until it finishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eigenpal import _runs
from eigenpal_generated import models
from eigenpal_generated.resources import workflows as generated
from eigenpal_generated.resources.tree import Tree
from eigenpal_generated.runtime import Progress, Resource


class WorkflowExecutions(Resource):
    """`client.workflows.executions`."""

    _place = "client.workflows.executions"
    _root = Tree._root  # pyright: ignore[reportPrivateUsage]

    def __init__(self, poller: _runs.RunPoller) -> None:
        self._poller = poller

    def run_and_wait(
        self,
        workflow_id: str,
        input: Mapping[str, Any] | None = None,
        *,
        version: str | None = None,
        overrides: models.RunOverrides | Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[models.Run], object] | None = None,
        progress: Progress | None = None,
    ) -> models.Run:
        """Run a workflow and wait for it to finish.

        The time limit covers the upload, the start and the wait. Transient errors while polling are retried. If waiting
        is interrupted, the run continues and the exception carries its id.

        Args:
            workflow_id: Slug or id of the workflow, such as `extract-invoice`.
            input: Values by input name. A `pathlib.Path`, a binary file handle, an upload of a web framework,
                `{"content": ..., "filename": ...}`, or a list of those is uploaded; a `str` is sent as text. Dates,
                aware datetimes, UUIDs, decimals, enums and numpy scalars are sent as JSON.
            version: Release tag or Git ref to run. Defaults to the latest release.
            overrides: Outputs to use for steps instead of executing them: `{"steps": {"read": {...}}}`.
            metadata: Free-form data to store with the run.
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
            The finished run, whether or not its `execution.status` is `completed`. Its output is `run.output` or
            `run["output"]`.

        Raises:
            EigenpalTimeoutError: The run did not finish in time; the error has `run_id` and `last_run`.
            EigenpalRunFailedError: The run did not complete and `raise_on_failure` is set; the error has the `run`.
            EigenpalError: The run could not be started, or polling failed with an error that is not retried.
            ValueError: An argument is invalid; no request was sent.
            OSError: A file does not exist or cannot be read; no request was sent.

        Examples:
            ```python
            run = client.workflows.executions.run_and_wait("extract-invoice", {"language": "en"})
            print(run.finished, run.output)
            ```
        """
        # Imported here because listing workflows does not need it.
        from eigenpal._runs.polling import WaitOptions
        from eigenpal._runs.start import StartOptions, build_start_request, parse_start_response
        from eigenpal._runs.targets import resolve_workflow_target

        target = resolve_workflow_target(workflow_id, version)
        options = StartOptions(
            overrides=overrides, metadata=metadata, idempotency_key=idempotency_key, progress=progress
        )
        request = build_start_request(target, input, options)
        wait = WaitOptions(poll_interval_seconds, timeout_seconds, raise_on_failure, on_update)
        return self._poller.start_and_wait(request, parse_start_response, wait)


class Workflows(generated.Workflows):
    """`client.workflows`: workflows, their released versions, and running them until they finish."""

    def __init__(self, poller: _runs.RunPoller) -> None:
        super().__init__(poller.transport)
        self._executions = WorkflowExecutions(poller)

    @property
    def executions(self) -> WorkflowExecutions:
        """Running a workflow and waiting for it to finish."""
        return self._executions
