"""`client.runs`: the generated methods, and waiting for, watching and comparing runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from typing import cast

import eigenpal
from eigenpal import _resources, _runs
from eigenpal.errors import EigenpalError, EigenpalNotFoundError, EigenpalResponseError
from eigenpal_generated import models
from eigenpal_generated.encoding import encode_path_segment
from eigenpal_generated.resources import runs as generated
from eigenpal_generated.runtime import iterate_async


class AsyncRuns(generated.AsyncRuns):
    """`client.runs`.

    Runs and everything that belongs to them: waiting for them, their status and output, artifacts, files, ground truth,
    feedback, trace, and comparison with other runs.
    """

    def __init__(self, poller: _runs.AsyncRunPoller) -> None:
        self._poller = poller
        super().__init__(poller.transport)

    @property
    def artifacts(self) -> _resources.AsyncRunsArtifacts:
        """The files a run has produced: outputs, and the diagnostics of an agent run."""
        return cast("_resources.AsyncRunsArtifacts", super().artifacts)

    def _make_artifacts(self) -> _resources.AsyncRunsArtifacts:
        from eigenpal._resources.async_artifacts import AsyncRunsArtifacts

        return AsyncRunsArtifacts(self._poller.transport)

    async def wait(
        self,
        id: str,
        *,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[models.Run], object] | None = None,
    ) -> models.Run:
        """Wait for a run to finish.

        Another program may have started the run. Transient errors while polling are retried. If waiting is interrupted,
        the run continues and the exception carries its id.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between polls. By default polling starts fast and backs off to at most 15
                seconds for long runs.
            timeout_seconds: Maximum total time in seconds, or None for no limit.
            raise_on_failure: Whether to raise an exception if the run ends with a status other than `completed`.
            on_update: Called with the run each time its status changes, including the final status.
                A coroutine function is awaited.

        Returns:
            The finished run, whether or not its `execution.status` is `completed`.

        Raises:
            EigenpalTimeoutError: The run did not finish in time; the error has `run_id` and `last_run`.
            EigenpalRunFailedError: The run did not complete and `raise_on_failure` is set; the error has the `run`.
            EigenpalError: Polling failed with an error that is not retried (400, 401, 403 or 404).
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            run = await client.runs.wait("run_w01", timeout_seconds=600)
            ```
        """
        from eigenpal._runs.polling import WaitOptions

        options = WaitOptions(poll_interval_seconds, timeout_seconds, raise_on_failure, on_update)
        return await self._poller.wait(id, options)

    def watch(
        self, id: str, *, poll_interval_seconds: float | None = None, timeout_seconds: float | None = None
    ) -> AsyncIterator[models.Run]:
        """Iterate over the states of a run until it finishes.

        The first item is the current state of the run; another follows each time its status changes. Transient errors
        while polling are retried. Leaving the loop does not stop the run. If the body of the loop takes longer than the
        time limit, the run is polled once more.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between polls. By default polling starts fast and backs off to at most 15
                seconds for long runs.
            timeout_seconds: Maximum total time in seconds, or None for no limit.

        Yields:
            The run with its new status.

        Raises:
            EigenpalTimeoutError: The run did not finish in time; the error has `run_id` and `last_run`.
            EigenpalError: Polling failed with an error that is not retried (400, 401, 403 or 404).
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async for run in client.runs.watch("run_w01"):
                print(run.execution.status)
            ```
        """
        from eigenpal._runs.polling import WaitOptions

        return self._poller.watch(id, WaitOptions(poll_interval_seconds, timeout_seconds))

    async def find_started(
        self, idempotency_key: str, *, target: eigenpal.types.Target, started_after: datetime | date | str
    ) -> models.Run | None:
        """Find the run that was started with an idempotency key.

        Use it after a start whose error has `outcome_unknown` set, before you start the run again.

        It searches the runs of the target: one request for each page of `runs.list`, and one for each run on it that is
        not a rerun, until the run is found. Pass a `started_after` shortly before the start to keep that small. Only
        runs started with `idempotency_key=` can be found: not reruns, and not runs with a random key.

        None means that there is no such run yet. If the server may still be working on the start, as after a timeout,
        wait for a minute and search again.

        Args:
            idempotency_key: The key that was passed to the start. It is also the `idempotency_key` of the error.
            target: What was started, as it was passed to `client.run`. A version is ignored.
            started_after: Time before the start: an aware datetime, a date (in UTC), or a str as `client.runs.list`
                takes it. A time with a time zone may be from your own clock: the search begins 5 minutes earlier, in
                case the clock of the server is behind.

        Returns:
            The run, with its `input`, or None if no run has the key.

        Raises:
            EigenpalError: The search could not be completed, so the run may exist; the error names what was searched.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            run = await client.runs.find_started(
                "receipt-41", target="agents.receipt-sorter", started_after="now()-1h"
            )
            ```
        """
        # Imported here because most programs never search for a run.
        from eigenpal._runs.start_search import StartSearch
        from eigenpal_generated.api.runs import list as list_endpoint

        search = StartSearch(idempotency_key, target, started_after)
        try:
            rows = iterate_async(self._transport, search.request, search.parse_page, list_endpoint.PAGINATION)
            async for row in rows:
                if not search.is_candidate(row):
                    continue
                try:
                    run = await self.get(row.id, expand="input")
                except (EigenpalNotFoundError, EigenpalResponseError) as error:
                    search.skip(row, error)
                    continue
                except ValueError as error:  # its id cannot be sent
                    search.skip(row, EigenpalResponseError(str(error)))
                    continue
                if search.is_match(row, run):
                    return run
            search.check_complete()
        except EigenpalError as error:
            search.explain(error)
            raise
        return None

    async def compare(
        self,
        reference_run_id: str,
        run_id: str,
        *,
        baseline: bool = False,
        step: str | Sequence[str] | None = None,
        normalize_dates: bool = False,
    ) -> eigenpal.types.RunComparisonReport:
        """Compare a run with a reference run of the same kind.

        For workflow runs, the outputs of each step are compared. For agent runs, the output and the names of the files
        are compared, with the expectations recorded for the reference run or with its own output. The contents of
        files are not compared.

        The report passes only if something was compared and everything matches. An unfinished or failed run or missing
        expectations make it fail, with an explanation in its `warnings`.

        Args:
            reference_run_id: Id of the run to compare with.
            run_id: Id of the run to check.
            baseline: For agent runs, whether to compare with the reference run's own output and files instead of its
                recorded expectations. Workflow runs are always compared this way.
            step: For workflow runs, the names of the steps to compare, as a list or separated by commas. Defaults to
                all steps.
            normalize_dates: For agent runs, whether to ignore dates in file names (`2026-03-01`, `20260301`).

        Returns:
            The report. It is also a mapping: `report["status"]`.

        Raises:
            EigenpalError: A workflow run and an agent run cannot be compared, the reference run has no such step, or
                `step` is passed for agent runs (all with `status` 400); or the API returned an error.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            report = await client.runs.compare("run_w01", "run_w05", step="read,render")
            print(report.status, report.warnings)
            ```
        """
        # Imported here because most programs never compare runs.
        from eigenpal._runs.comparison import compare_runs, make_compare_options

        # Both, before the first request.
        encode_path_segment("reference_run_id", reference_run_id)
        encode_path_segment("run_id", run_id)
        options = make_compare_options(baseline=baseline, step=step, normalize_dates=normalize_dates)
        reference = await self.get(reference_run_id, expand="execution")
        run = await self.get(run_id, expand="execution")
        return compare_runs(reference, run, options)
