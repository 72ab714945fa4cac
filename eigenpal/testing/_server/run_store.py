"""The runs of a server, with indexes, so that the cost of a listing depends on what it returns.

Runs are ordered by their creation time, and those created at the same time by their number. Runs of the past can be
added at any time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.run_record import RunRecord


@dataclass
class RunFilter:
    """Filters of a listing; None matches everything."""

    kind: str | None = None
    automation_ids: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    trigger: str | None = None
    triggered_by: str | None = None
    source_ref: str | None = None
    batch_id: str | None = None
    example_id: str | None = None
    example_id_contains: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    completed_from: datetime | None = None
    completed_to: datetime | None = None
    ids: frozenset[str] | None = None

    def matches(self, run: RunRecord) -> bool:
        """Return whether a run matches."""
        return (
            (self.kind is None or run.kind == self.kind)
            and (self.automation_ids is None or run.automation_id in self.automation_ids)
            and (self.statuses is None or run.status in self.statuses)
            and (self.trigger is None or run.trigger == self.trigger)
            and (self.triggered_by is None or _is_triggered_by(run, self.triggered_by))
            and (self.source_ref is None or self.source_ref in _list_refs(run))
            and (self.batch_id is None or run.batch_id == self.batch_id)
            and (self.example_id is None or run.example_id == self.example_id)
            and (self.example_id_contains is None or self.example_id_contains in (run.example_id or ""))
            and (self.created_from is None or run.created_at >= self.created_from)
            and (self.created_to is None or run.created_at <= self.created_to)
            and (self.completed_from is None or (run.completed_at or _EARLIEST) >= self.completed_from)
            and (self.completed_to is None or (run.completed_at is not None and run.completed_at <= self.completed_to))
            and (self.ids is None or run.id in self.ids)
        )


_EARLIEST = datetime.min.replace(tzinfo=timezone.utc)


def _is_triggered_by(run: RunRecord, who: str) -> bool:
    return run.triggered_by is not None and who in (run.triggered_by.get("id"), run.triggered_by.get("email"))


def _list_refs(run: RunRecord) -> tuple[Any, ...]:
    git: dict[str, Any] = run.source.get("git") or {}
    return (
        *(run.version, run.requested_ref, run.source.get("versionId")),
        *(git.get("requestedRef"), git.get("resolvedRef"), git.get("resolvedTag"), git.get("commitSha")),
    )


@dataclass
class RunStatistics:
    """Totals over the runs of one workflow or agent."""

    total: int = 0
    timed: int = 0
    milliseconds: float = 0.0
    last_completed_at: datetime | None = None


Position = tuple[datetime, int]
"""The creation time and the number of a run."""


@dataclass
class RunStore:
    """Runs by id and by position."""

    by_id: dict[str, RunRecord] = field(default_factory=lambda: dict[str, RunRecord]())
    by_position: dict[Position, RunRecord] = field(default_factory=lambda: dict[Position, RunRecord]())
    positions: list[Position] = field(default_factory=lambda: list[Position]())
    statistics: dict[str, RunStatistics] = field(default_factory=lambda: dict[str, RunStatistics]())
    _indexes: dict[tuple[str, str], list[Position]] = field(
        default_factory=lambda: dict[tuple[str, str], list[Position]]()
    )
    _indexed_status: dict[Position, str] = field(default_factory=lambda: dict[Position, str]())
    _input_files: dict[str, RunRecord] = field(default_factory=lambda: dict[str, RunRecord]())

    def add(self, run: RunRecord) -> None:
        """Add a run."""
        self.by_id[run.id] = run
        self.by_position[run.position] = run
        insort(self.positions, run.position)
        for key in _index_keys(run):
            insort(self._indexes.setdefault(key, []), run.position)
        self._indexed_status[run.position] = run.status
        insort(self._indexes.setdefault(("status", run.status), []), run.position)
        self.statistics.setdefault(run.automation_id, RunStatistics()).total += 1
        if run.is_finished:
            self._count_finished(run)
        self.index_files(run)

    def index_files(self, run: RunRecord) -> None:
        """Index the input files of a run by id."""
        for file in run.input_files:
            self._input_files[file.id] = run

    def update_status(self, run: RunRecord) -> None:
        """Update the index after the status of a run has changed."""
        before = self._indexed_status.get(run.position)
        if before is None or before == run.status:
            return
        old = self._indexes["status", before]
        del old[bisect_left(old, run.position)]
        self._indexed_status[run.position] = run.status
        insort(self._indexes.setdefault(("status", run.status), []), run.position)
        if run.is_finished:
            self._count_finished(run)

    def _count_finished(self, run: RunRecord) -> None:
        statistics = self.statistics[run.automation_id]
        if run.duration_ms is not None:
            statistics.timed += 1
            statistics.milliseconds += run.duration_ms
        last = statistics.last_completed_at
        if run.completed_at is not None and (last is None or run.completed_at > last):
            statistics.last_completed_at = run.completed_at

    def get(self, run_id: str) -> RunRecord:
        """Return the run with this id.

        Raises:
            HttpError: There is none.
        """
        run = self.by_id.get(run_id)
        if run is None:
            raise not_found(f"No run with the id {run_id[:100]!r}")
        return run

    def find_input_file(self, file_id: str) -> UploadedFile | None:
        """Return the input file with this id, of any run, or None."""
        run = self._input_files.get(file_id)
        if run is None:
            return None
        return next((file.file for file in run.input_files if file.id == file_id), None)

    def iter_newest_first(self, run_filter: RunFilter, before: Position | None = None) -> Iterator[RunRecord]:
        """Yield matching runs, newest first.

        Args:
            run_filter: Which runs to yield.
            before: Only runs before this position.
        """
        for position in self._iter_candidates(run_filter, before):
            run = self.by_position[position]
            if run_filter.matches(run):
                yield run
            elif run_filter.created_from is not None and run.created_at < run_filter.created_from:
                # All further runs are older.
                return

    def _iter_candidates(self, run_filter: RunFilter, before: Position | None) -> Iterator[Position]:
        if run_filter.ids is not None:
            found = sorted(
                (self.by_id[run_id].position for run_id in run_filter.ids if run_id in self.by_id), reverse=True
            )
            yield from (position for position in found if before is None or position < before)
            return
        columns = [self.positions]
        criteria = {
            "kind": run_filter.kind,
            "automation": _single(run_filter.automation_ids),
            "trigger": run_filter.trigger,
            "batch": run_filter.batch_id,
            "example": run_filter.example_id,
            "evaluates": "an example" if run_filter.example_id_contains is not None else None,
            "started by": "a user" if run_filter.triggered_by is not None else None,
        }
        columns.extend(self._indexes.get((name, value), []) for name, value in criteria.items() if value is not None)
        if run_filter.statuses is not None:
            merged: list[Position] = []
            for status in run_filter.statuses:
                merged.extend(self._indexes.get(("status", status), ()))
            if len(run_filter.statuses) > 1:
                merged.sort()
            columns.append(merged)
        narrowest = min(columns, key=len)
        end = len(narrowest) if before is None else bisect_left(narrowest, before)
        if run_filter.created_to is not None:
            end = min(end, bisect_right(narrowest, run_filter.created_to, key=lambda position: position[0]))
        # No copy: the caller holds the lock, so no run is added meanwhile.
        for index in range(end - 1, -1, -1):
            yield narrowest[index]

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[RunRecord]:
        return iter([self.by_position[position] for position in self.positions])


def _single(ids: frozenset[str] | None) -> str | None:
    return next(iter(ids)) if ids is not None and len(ids) == 1 else None


def _index_keys(run: RunRecord) -> Iterator[tuple[str, str]]:
    yield "kind", run.kind
    yield "automation", run.automation_id
    if run.trigger is not None:
        yield "trigger", run.trigger
    if run.batch_id is not None:
        yield "batch", run.batch_id
    if run.example_id is not None:
        yield "example", run.example_id
        yield "evaluates", "an example"
    if run.triggered_by is not None:
        yield "started by", "a user"
