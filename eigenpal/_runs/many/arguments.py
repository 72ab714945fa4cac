"""Checks the arguments of `run_many`."""

from __future__ import annotations

import os
from typing import Any, cast

from eigenpal._runs.many.options import BatchOptions
from eigenpal._runs.polling import Wait, WaitOptions
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._runs.start import StartOptions, build_start_request
from eigenpal._runs.targets import resolve_target

_MAX_CONCURRENCY = 1000


def make_batch_options(
    target: object,
    version: object,
    start: StartOptions,
    wait: WaitOptions,
    *,
    concurrency: object,
    journal: object,
    on_unknown: object,
    retry_failed: object,
    skip_finished: object,
    raise_on_failure: object,
    max_retries: int,
) -> BatchOptions:
    """Return the arguments of `run_many`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument is invalid.
    """
    if isinstance(concurrency, bool) or not isinstance(concurrency, int):
        raise TypeError(f"concurrency must be an int, not {type(concurrency).__name__}")
    if not 1 <= concurrency <= _MAX_CONCURRENCY:
        raise ValueError(f"concurrency must be between 1 and {_MAX_CONCURRENCY}, not {concurrency}")
    if journal is not None:
        _check_journal(journal)
    if on_unknown not in ("restart", "report"):
        raise ValueError(f"on_unknown must be 'restart' or 'report', not {on_unknown!r}")
    flags = {"retry_failed": retry_failed, "skip_finished": skip_finished, "raise_on_failure": raise_on_failure}
    for name, value in flags.items():
        if not isinstance(value, bool):
            raise TypeError(f"{name} must be a bool, not {type(value).__name__}")
    for name in ("retry_failed", "skip_finished"):
        if flags[name] and journal is None:
            raise ValueError(f"{name} needs journal=, which has the runs of earlier calls")
    resolved = resolve_target(target, version)
    # Invalid options are errors of the call, not of each input.
    build_start_request(resolved, None, start._replace(idempotency_key="0"))
    Wait(wait, RecentStarts(), lambda: 0.0)
    return BatchOptions(
        target=resolved,
        start=start,
        wait=wait,
        concurrency=concurrency,
        on_unknown=cast("Any", on_unknown),
        retry_failed=bool(retry_failed),
        skip_finished=bool(skip_finished),
        raise_on_failure=bool(raise_on_failure),
        max_retries=max_retries,
    )


def _check_journal(journal: object) -> None:
    path = os.fspath(cast("os.PathLike[Any]", journal)) if isinstance(journal, (str, os.PathLike)) else journal
    if not isinstance(path, str):
        raise TypeError(f"journal must be a path, not {type(path).__name__}")
    if not path:
        raise ValueError("journal is empty; pass the path of a file, such as 'invoices.jsonl'")
    try:
        is_valid = b"\0" not in os.fsencode(path)
    except UnicodeError:
        is_valid = False
    if not is_valid:
        raise ValueError(f"journal is {path[:100]!r}, which cannot be the path of a file")
