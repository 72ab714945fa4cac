"""Showing the progress of a batch: a bar of tqdm, lines in the log, or a function of the user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eigenpal._logging import logger
from eigenpal._runs.many.results import BatchProgress

_LOG_INTERVAL_SECONDS = 10.0


class ProgressDisplay:
    """Shows progress for ``progress=True``: in terminals and notebooks by tqdm if it is installed, else in the log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: Any = None
        self._is_new = True
        self._last_logged = 0.0
        self._last: BatchProgress | None = None

    def __call__(self, progress: BatchProgress) -> None:
        """Show the progress."""
        self._last = progress
        if self._is_new:
            self._is_new = False
            self._bar = _make_bar(self._name, progress.total)
        if self._bar is not None:
            self._bar.n = progress.done
            self._bar.set_postfix(failed=progress.failed, running=progress.running, refresh=False)
            self._bar.update(0)
        elif progress.seconds - self._last_logged >= _LOG_INTERVAL_SECONDS:
            self._log(progress)

    def close(self) -> None:
        """Show the last progress, and end the line."""
        if self._bar is not None:
            self._bar.refresh()
            self._bar.close()
        elif self._last is not None:
            self._log(self._last)

    def _log(self, progress: BatchProgress) -> None:
        self._last_logged = progress.seconds
        remaining = progress.remaining_seconds
        logger.info(
            "%s: %d%s done, %d failed, %d running, %.1f/s%s",
            self._name,
            progress.done,
            "" if progress.total is None else f" of {progress.total}",
            progress.failed,
            progress.running,
            progress.rate,
            "" if remaining is None else f", {remaining:.0f} s left",
        )


def _make_bar(name: str, total: int | None) -> Any:
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError:
        return None
    return tqdm(total=total, desc=name, unit="run")


def check_progress(progress: object) -> Callable[[BatchProgress], object] | bool:
    """Return the argument `progress`.

    Raises:
        TypeError: It is neither a bool nor a function.
    """
    if progress is None or isinstance(progress, bool):
        return bool(progress)
    if not callable(progress):
        raise TypeError(f"progress must be True or callable, not {type(progress).__name__}")
    return progress
