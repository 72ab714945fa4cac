"""What `run_many` returns for each run and for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from eigenpal_generated import models

_MAX_SHOWN_KEY = 100


@frozen(kw_only=True)
class RunResult:
    """What became of one input of `run_many`: a finished run, or the error that it ended with."""

    key: str
    """Your key of the input, or a digest of it. It names the input in the journal."""
    index: int
    """Position of the input, from 0."""
    run: models.Run | None = None
    """The finished run, whether or not its `execution.status` is `completed`. None if there is an error."""
    error: Exception | None = None
    """Why there is no finished run: an `EigenpalError`; or an `OSError`, a `ValueError` or a `TypeError` if the input
    cannot be sent. With `outcome_unknown`, the run may have started, and it was not started again."""
    run_id: str | None = None
    """Id of the run. It is None if no run was started, or if it is unknown whether one was. With an error, the run
    may still be in progress."""
    seconds: float = field(default=0.0, repr="{:.1f}".format)
    """Seconds from the start until the result, as far as this call waited for it."""
    attempt: int = 1
    """How many runs this input has had, including this one; more than 1 only with `retry_failed`."""

    @property
    def ok(self) -> bool:
        """Whether the run has finished with the status `completed`."""
        return self.run is not None and self.run.execution.status == "completed"


@frozen(kw_only=True)
class BatchProgress:
    """How far `run_many` is. `progress` is called with it."""

    total: int | None
    """Number of inputs, if it is known in advance."""
    done: int
    """Number of inputs that have a result."""
    failed: int
    """How many of those do not have a completed run."""
    running: int
    """Number of runs that are being started or waited for."""
    seconds: float
    """Seconds since the first input."""

    @property
    def rate(self) -> float:
        """Results per second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining_seconds(self) -> float | None:
        """Estimated seconds until the last result; None if it cannot be estimated."""
        return None if self.total is None or not self.rate else max(0, self.total - self.done) / self.rate


@frozen(kw_only=True)
class BatchSummary:
    """What has become of all inputs of `run_many` so far. Printing it gives a few lines of text.

    Every list of keys has at most 1,000 entries; the numbers count all.
    """

    inputs: int
    """Number of inputs that were taken from the iterable."""
    completed: int
    """Number of runs with the status `completed`."""
    failed: int
    """Number of runs that ended with another status."""
    not_started: int
    """Number of inputs for which no run was started, because the input or the start failed."""
    unfinished: int
    """Number of runs that were started, and of which this call does not know the end."""
    unknown: int
    """Number of inputs of which it is unknown whether a run was started."""
    skipped: int
    """Number of inputs that were left out, because an earlier call has returned their result (`skip_finished`)."""
    seconds: float
    """Seconds since the first input."""
    failed_keys: tuple[str, ...] = ()
    """Keys of the runs that ended with another status than `completed`."""
    not_started_keys: tuple[str, ...] = ()
    """Keys of the inputs for which no run was started."""
    unfinished_runs: tuple[tuple[str, str], ...] = ()
    """Key and run id of the runs that may still be in progress."""
    unknown_keys: tuple[str, ...] = ()
    """Keys of the inputs of which it is unknown whether a run was started."""
    left_over_keys: tuple[str, ...] = ()
    """Keys of unfinished runs in the journal that are not among the inputs of this call. Known once all inputs were
    taken."""

    def __str__(self) -> str:
        counts = {
            "completed": self.completed,
            "failed": self.failed,
            "not started": self.not_started,
            "unfinished": self.unfinished,
            "unknown": self.unknown,
            "skipped": self.skipped,
        }
        known = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none started"
        lines = [f"{self.inputs} input{'' if self.inputs == 1 else 's'} in {self.seconds:.0f} s: {known}"]
        named: Mapping[str, Sequence[str | tuple[str, str]]] = {
            "failed": self.failed_keys,
            "not started": self.not_started_keys,
            "unfinished": self.unfinished_runs,
            "unknown whether started": self.unknown_keys,
            "unfinished in the journal, but not among the inputs": self.left_over_keys,
        }
        lines += [f"  {name}: {_join(keys)}" for name, keys in named.items() if keys]
        return "\n".join(lines)


def _join(entries: Sequence[str | tuple[str, str]]) -> str:
    more = f" and {len(entries) - 5} more" if len(entries) > 5 else ""
    return ", ".join(map(_show, entries[:5])) + more


def _show(entry: str | tuple[str, str]) -> str:
    if isinstance(entry, tuple):
        return f"{_show(entry[0])} ({entry[1]})"
    # Not all can be printed: a file name that is not valid UTF-8 has lone surrogates.
    return entry if entry.isprintable() and len(entry) <= _MAX_SHOWN_KEY else quote_key(entry)


def quote_key(key: str) -> str:
    """Return a key in quotation marks, for a message."""
    return repr(key if len(key) <= _MAX_SHOWN_KEY else f"{key[:_MAX_SHOWN_KEY]}...")
