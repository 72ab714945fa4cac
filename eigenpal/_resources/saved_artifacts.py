"""The paths, the progress and the failures of `artifacts.download_all`."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from eigenpal._downloads.safe_paths import make_safe_paths
from eigenpal._downloads.writers import PathInFolder
from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalDownloadError,
    EigenpalError,
    EigenpalMissingFieldError,
    EigenpalRateLimitError,
    EigenpalResponseError,
    EigenpalTimeoutError,
)
from eigenpal_generated import models
from eigenpal_generated.encoding import encode_path
from eigenpal_generated.runtime import Progress

# These may have to do with the server or the network instead of the artifact.
_OUTAGES = (EigenpalConnectionError, EigenpalRateLimitError, EigenpalTimeoutError)
_MAX_OUTAGES = 3
_MAX_LISTED = 3


class SavedArtifact(NamedTuple):
    """An artifact saved by ``download_all``."""

    artifact: models.RunArtifact
    """The artifact, as listed by the server."""
    path: Path
    """The file it was saved to."""
    size: int
    """Its size in bytes."""


class FailedArtifact(NamedTuple):
    """An artifact that ``download_all`` could not save."""

    artifact: models.RunArtifact
    """The artifact, as listed by the server."""
    error: EigenpalError | OSError
    """Why it was not saved. If it was not tried, why the last one before it failed."""


def check_directory(directory: str | os.PathLike[str]) -> Path:
    """Return the directory as a path; it may not exist yet.

    Raises:
        NotADirectoryError: The path is a file.
    """
    path = Path(directory)
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(f"directory={str(directory)!r} is a file, not a directory")
    return path


class SavePlan:
    """The artifacts to save, their paths, the number of bytes received of each, and what failed."""

    def __init__(self, artifacts: list[models.RunArtifact], directory: Path, progress: Progress | None) -> None:
        """Plan the paths and create the directory."""
        self.artifacts = artifacts
        self.sizes = [0] * len(artifacts)
        self._directory = directory
        self._totals: list[int | None] = [getattr(artifact, "size", None) for artifact in artifacts]
        self._progress = progress
        self._progress_error: BaseException | None = None
        self._outages = 0
        self._errors: dict[int, EigenpalError | OSError] = {}
        for index, artifact in enumerate(artifacts):
            try:
                encode_path("path", artifact.path)
            except EigenpalMissingFieldError as error:
                self._errors[index] = error
            except ValueError as error:
                problem = f"the server returned an artifact that cannot be downloaded: {error}"
                field = f"artifacts[{index}].path"
                self._errors[index] = EigenpalResponseError(problem, body=artifact.to_dict(), field=field)
        valid = [index for index in range(len(artifacts)) if index not in self._errors]
        self._paths = dict(zip(valid, make_safe_paths(artifacts[index].path for index in valid), strict=True))
        directory.mkdir(parents=True, exist_ok=True)

    def iter_artifacts(self) -> Iterator[int]:
        """Yield the index of each artifact to download, until the server fails for several in a row."""
        error: EigenpalError | OSError | None = None
        for index in self._paths:
            if self._outages >= _MAX_OUTAGES:
                self._errors[index] = error = error or list(self._errors.values())[-1]
            else:
                yield index

    def make_target(self, index: int) -> PathInFolder:
        """Return the path to write an artifact to."""
        return PathInFolder(self._directory, self._paths[index])

    def make_progress(self, index: int) -> Progress | None:
        """Return the callback for one artifact, which reports the progress of all of them together."""
        progress = self._progress
        if progress is None:
            return None

        def report(received: int, total: int | None) -> None:
            self.sizes[index] = received
            if total is not None:
                self._totals[index] = total
            known = [size for size in self._totals if size is not None]
            try:
                progress(sum(self.sizes), sum(known) if len(known) == len(self._totals) else None)
            except BaseException as error:
                self._progress_error = error
                raise

        return report

    @contextmanager
    def collect_error(self, index: int) -> Generator[None, None, None]:
        """Keep the error of one artifact for the end, so that the others are saved."""
        try:
            yield
        except (EigenpalError, OSError) as error:
            if error is self._progress_error:
                raise
            self._errors[index] = error
            self._outages = self._outages + 1 if isinstance(error, _OUTAGES) else 0
        else:
            self._outages = 0

    def result(self) -> list[SavedArtifact]:
        """Return the saved artifacts.

        Raises:
            EigenpalDownloadError: Some were not saved.
        """
        saved = [
            SavedArtifact(self.artifacts[index], self._directory.joinpath(*parts), self.sizes[index])
            for index, parts in self._paths.items()
            if index not in self._errors
        ]
        if not self._errors:
            return saved
        failed = [FailedArtifact(self.artifacts[index], error) for index, error in sorted(self._errors.items())]
        reasons = "; ".join(f"{artifact.get('path')!r}: {error}" for artifact, error in failed[:_MAX_LISTED])
        if len(failed) > _MAX_LISTED:
            reasons += f"; and {len(failed) - _MAX_LISTED} more"
        raise EigenpalDownloadError(
            f"{len(failed)} of {len(self.artifacts)} artifacts were not saved: {reasons}",
            saved=saved,
            failed=failed,
            operation="runs.artifacts.download_all",
        ) from failed[0].error
