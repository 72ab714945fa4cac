"""`client.runs`: what the spec says of it, and waiting for, watching and comparing runs."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from eigenpal._resources.artifacts import AsyncRunsArtifacts, RunsArtifacts
from eigenpal._runs import poll_loops as _follow
from eigenpal._runs.polling import RecentStarts, Wait
from eigenpal_generated.resources import runs as generated

if TYPE_CHECKING:
    from eigenpal._runs.comparison_report import RunComparisonReport
    from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
    from eigenpal_generated.models import Run


class Runs(generated.Runs):
    """`client.runs`.

    Everything that belongs to a run: waiting for it, its status and output, artifacts, files, ground truth, feedback,
    trace, and how it compares with another.
    """

    _transport: HttpxTransport  # pyright: ignore[reportIncompatibleVariableOverride] - narrower than in the tree

    def __init__(self, transport: HttpxTransport, starts: RecentStarts) -> None:
        super().__init__(transport)
        self._starts = starts
        self._own_artifacts = RunsArtifacts(transport)

    @property
    def artifacts(self) -> RunsArtifacts:
        """What a run has to download: outputs, and the diagnostics of an agent run."""
        return self._own_artifacts

    def wait(
        self,
        id: str,
        *,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> Run:
        """Wait until a run has come to its end.

        For a run that was started earlier, here or elsewhere. Outages shorter than the time that is left are outlived.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to wait in all; None waits without an end.
            raise_on_failure: Whether to raise for a run that ended other than completed.
            on_update: Called with the run whenever its status is another than before, the last time at its end.

        Returns:
            The run at its end, completed or not: see its `execution.status`.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalRunFailedError: The run failed and `raise_on_failure` is set; it carries the `run`.
            EigenpalError: The API refused to show the run (400, 401, 403 or 404).
            ValueError: An argument makes no sense.

        Example::

            run = client.runs.wait("run_w01", timeout_seconds=600)
        """
        wait = Wait(
            time.monotonic,
            poll_interval_seconds=poll_interval_seconds,
            timeout_seconds=timeout_seconds,
            raise_on_failure=raise_on_failure,
            on_update=on_update,
        )
        return _follow.wait_for(self._transport, wait, wait.follow(id, self._starts))

    def watch(
        self, id: str, *, poll_interval_seconds: float | None = None, timeout_seconds: float | None = None
    ) -> Iterator[Run]:
        """Yield a run whenever its status changes, first as it is now, the last time at its end.

        Breaking off leaves the run alone. Outages are outlived, without an end where no `timeout_seconds` is given.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to watch in all; left out, until the run has ended.

        Yields:
            Run: The run as it is by then.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalError: The API refused to show the run (400, 401, 403 or 404).
            ValueError: An argument makes no sense.

        Example::

            for run in client.runs.watch("run_w01"):
                print(run.execution.status)
        """
        wait = Wait(time.monotonic, poll_interval_seconds=poll_interval_seconds, timeout_seconds=timeout_seconds)
        return _follow.watch(self._transport, wait, wait.follow(id, self._starts))

    def compare(
        self,
        reference_run_id: str,
        run_id: str,
        *,
        baseline: bool = False,
        step: str | Sequence[str] | None = None,
        normalize_dates: bool = False,
    ) -> RunComparisonReport:
        """Compare a run with a reference run of the same kind.

        Workflow runs are compared step by step, by the outputs of the reference run's steps. Agent runs are compared
        by their output and the names of their files: with what is expected of the reference run, or with what it
        produced. The contents of files are not compared.

        The report passes only where something was compared and all of it agreed. An unfinished or failed run, or
        missing expectations, make it fail; its `warnings` say so.

        Args:
            reference_run_id: Id of the run to compare with.
            run_id: Id of the run to judge.
            baseline: For agent runs, compare with the reference run's own output and files, instead of its recorded
                expectations. Workflow runs always are.
            step: For workflow runs, the names of the steps to compare, separated by commas or as a list. Left out, all
                are.
            normalize_dates: For agent runs, take dates in file names (`2026-03-01`, `20260301`) for equal.

        Returns:
            The report; also readable as a mapping: `report["status"]`.

        Raises:
            EigenpalError: One run is of a workflow and the other of an agent, the reference run has no such step, or
                `step` is given for agent runs (all with `status` 400); or the API refused to show a run.
            ValueError: An argument cannot be sent as it is.

        Example::

            report = client.runs.compare("run_w01", "run_w05", step="read,render")
            print(report.status, report.warnings)
        """
        # Loaded when it is needed: most programs never compare.
        from eigenpal._runs.compare_agents import compare_options, compare_runs

        options = compare_options(baseline=baseline, step=step, normalize_dates=normalize_dates)
        reference = self.get(reference_run_id, expand="execution")
        run = self.get(run_id, expand="execution")
        return compare_runs(reference, run, options)


class AsyncRuns(generated.AsyncRuns):
    """`client.runs` of the asynchronous client.

    Everything that belongs to a run: waiting for it, its status and output, artifacts, files, ground truth, feedback,
    trace, and how it compares with another.
    """

    _transport: AsyncHttpxTransport  # pyright: ignore[reportIncompatibleVariableOverride] - narrower than in the tree

    def __init__(self, transport: AsyncHttpxTransport, starts: RecentStarts) -> None:
        super().__init__(transport)
        self._starts = starts
        self._own_artifacts = AsyncRunsArtifacts(transport)

    @property
    def artifacts(self) -> AsyncRunsArtifacts:
        """What a run has to download: outputs, and the diagnostics of an agent run."""
        return self._own_artifacts

    async def wait(
        self,
        id: str,
        *,
        poll_interval_seconds: float | None = None,
        timeout_seconds: float | None = 300.0,
        raise_on_failure: bool = False,
        on_update: Callable[[Run], object] | None = None,
    ) -> Run:
        """Wait until a run has come to its end.

        For a run that was started earlier, here or elsewhere. Outages shorter than the time that is left are outlived.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to wait in all; None waits without an end.
            raise_on_failure: Whether to raise for a run that ended other than completed.
            on_update: Called with the run whenever its status is another than before, the last time at its end; what
                it returns is awaited where that is possible.

        Returns:
            The run at its end, completed or not: see its `execution.status`.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalRunFailedError: The run failed and `raise_on_failure` is set; it carries the `run`.
            EigenpalError: The API refused to show the run (400, 401, 403 or 404).
            ValueError: An argument makes no sense.

        Example::

            run = await client.runs.wait("run_w01", timeout_seconds=600)
        """
        wait = Wait(
            time.monotonic,
            poll_interval_seconds=poll_interval_seconds,
            timeout_seconds=timeout_seconds,
            raise_on_failure=raise_on_failure,
            on_update=on_update,
        )
        return await _follow.wait_for_async(self._transport, wait, wait.follow(id, self._starts))

    def watch(
        self, id: str, *, poll_interval_seconds: float | None = None, timeout_seconds: float | None = None
    ) -> AsyncIterator[Run]:
        """Yield a run whenever its status changes, first as it is now, the last time at its end.

        Breaking off leaves the run alone. Outages are outlived, without an end where no `timeout_seconds` is given.

        Args:
            id: Id of the run, such as `run_w01`.
            poll_interval_seconds: Seconds between two looks at the run. Left out, they are 2 at first and grow gently
                for long runs, up to 15.
            timeout_seconds: How long to watch in all; left out, until the run has ended.

        Yields:
            Run: The run as it is by then.

        Raises:
            EigenpalTimeoutError: The time is over and the run is not; it carries `run_id` and `last_run`.
            EigenpalError: The API refused to show the run (400, 401, 403 or 404).
            ValueError: An argument makes no sense.

        Example::

            async for run in client.runs.watch("run_w01"):
                print(run.execution.status)
        """
        wait = Wait(time.monotonic, poll_interval_seconds=poll_interval_seconds, timeout_seconds=timeout_seconds)
        return _follow.watch_async(self._transport, wait, wait.follow(id, self._starts))

    async def compare(
        self,
        reference_run_id: str,
        run_id: str,
        *,
        baseline: bool = False,
        step: str | Sequence[str] | None = None,
        normalize_dates: bool = False,
    ) -> RunComparisonReport:
        """Compare a run with a reference run of the same kind.

        Workflow runs are compared step by step, by the outputs of the reference run's steps. Agent runs are compared
        by their output and the names of their files: with what is expected of the reference run, or with what it
        produced. The contents of files are not compared.

        The report passes only where something was compared and all of it agreed. An unfinished or failed run, or
        missing expectations, make it fail; its `warnings` say so.

        Args:
            reference_run_id: Id of the run to compare with.
            run_id: Id of the run to judge.
            baseline: For agent runs, compare with the reference run's own output and files, instead of its recorded
                expectations. Workflow runs always are.
            step: For workflow runs, the names of the steps to compare, separated by commas or as a list. Left out, all
                are.
            normalize_dates: For agent runs, take dates in file names (`2026-03-01`, `20260301`) for equal.

        Returns:
            The report; also readable as a mapping: `report["status"]`.

        Raises:
            EigenpalError: One run is of a workflow and the other of an agent, the reference run has no such step, or
                `step` is given for agent runs (all with `status` 400); or the API refused to show a run.
            ValueError: An argument cannot be sent as it is.

        Example::

            report = await client.runs.compare("run_w01", "run_w05", step="read,render")
            print(report.status, report.warnings)
        """
        # Loaded when it is needed: most programs never compare.
        from eigenpal._runs.compare_agents import compare_options, compare_runs

        options = compare_options(baseline=baseline, step=step, normalize_dates=normalize_dates)
        reference = await self.get(reference_run_id, expand="execution")
        run = await self.get(run_id, expand="execution")
        return compare_runs(reference, run, options)
