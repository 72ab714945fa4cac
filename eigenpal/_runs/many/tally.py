"""Counts what becomes of the inputs of a batch."""

from __future__ import annotations

from collections.abc import Iterable

from eigenpal._runs.many.results import BatchProgress, BatchSummary, RunResult
from eigenpal.errors import EigenpalError

MAX_KEYS = 1000


class Tally:
    """The numbers for the summary and the progress. Of results, only keys are kept, and not more than `MAX_KEYS`."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self.inputs = 0
        self.skipped = 0
        self.done = 0
        self._completed = 0
        self._counts = {"failed": 0, "not_started": 0, "unfinished": 0, "unknown": 0}
        self._keys: dict[str, list[str]] = {name: [] for name in self._counts}
        self._run_ids: dict[str, str] = {}
        self.active: dict[str, str] = {}
        """Run ids by key of the runs that are being waited for."""

    def add(self, result: RunResult) -> None:
        """Count a result."""
        self.done += 1
        if result.ok:
            self._completed += 1
            return
        name = _classify(result)
        self._counts[name] += 1
        if len(self._keys[name]) < MAX_KEYS:
            self._keys[name].append(result.key)
            if name == "unfinished" and result.run_id is not None:
                self._run_ids[result.key] = result.run_id

    def summarize(self, seconds: float, left_over: Iterable[str]) -> BatchSummary:
        """Return the summary so far."""
        unfinished = [*((key, self._run_ids[key]) for key in self._keys["unfinished"]), *self.active.items()]
        return BatchSummary(
            inputs=self.inputs,
            completed=self._completed,
            failed=self._counts["failed"],
            not_started=self._counts["not_started"],
            unfinished=self._counts["unfinished"] + len(self.active),
            unknown=self._counts["unknown"],
            skipped=self.skipped,
            seconds=seconds,
            failed_keys=tuple(self._keys["failed"]),
            not_started_keys=tuple(self._keys["not_started"]),
            unfinished_runs=tuple(unfinished[:MAX_KEYS]),
            unknown_keys=tuple(self._keys["unknown"]),
            left_over_keys=tuple(left_over)[:MAX_KEYS],
        )

    def report(self, running: int, seconds: float) -> BatchProgress:
        """Return the progress so far."""
        done = self.done + self.skipped
        return BatchProgress(
            total=self.total, done=done, failed=self.done - self._completed, running=running, seconds=seconds
        )


def _classify(result: RunResult) -> str:
    if result.run is not None:
        return "failed"
    if result.run_id is not None:
        return "unfinished"
    is_unknown = isinstance(result.error, EigenpalError) and result.error.outcome_unknown
    return "unknown" if is_unknown else "not_started"
