"""The paths and the progress of `artifacts.download_all`."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from eigenpal._downloads.safe_paths import make_safe_paths
from eigenpal._logging import logger
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import Progress, encode_path

if TYPE_CHECKING:
    from eigenpal_generated.models import RunArtifact


class SavedArtifact(NamedTuple):
    """An artifact saved by ``download_all``."""

    artifact: RunArtifact
    """The artifact, as listed by the server."""
    path: Path
    """The file it was saved to."""
    size: int
    """Its size in bytes."""


def check_directory(directory: str | os.PathLike[str]) -> Path:
    """Return the directory as a path; it may not exist yet.

    Raises:
        NotADirectoryError: The path is a file.
    """
    path = Path(directory)
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(f"directory is {str(directory)!r}, which is a file")
    return path


class SavePlan:
    """The artifacts to save, their paths, and the number of bytes received of each."""

    def __init__(self, artifacts: list[RunArtifact], directory: Path, progress: Progress | None) -> None:
        """Plan the paths and create the directory.

        Raises:
            EigenpalResponseError: An artifact has a path that cannot be requested.
        """
        for index, artifact in enumerate(artifacts):
            try:
                encode_path("path", artifact.path)
            except ValueError as error:
                problem = f"the server returned an artifact that cannot be downloaded: {error}"
                field = f"artifacts[{index}].path"
                raise EigenpalResponseError(problem, body=artifact.to_dict(), field=field) from None
        self.artifacts = artifacts
        self.sizes = [0] * len(artifacts)
        self._paths = [directory.joinpath(*parts) for parts in make_safe_paths(artifact.path for artifact in artifacts)]
        self._totals: list[int | None] = [getattr(artifact, "size", None) for artifact in artifacts]
        self._progress = progress
        directory.mkdir(parents=True, exist_ok=True)

    def prepare_path(self, index: int) -> Path:
        """Return the path of an artifact, and create its directory."""
        path = self._paths[index]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

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
            progress(sum(self.sizes), sum(known) if len(known) == len(self._totals) else None)

        return report

    @contextmanager
    def add_artifact_note(self, index: int) -> Generator[None, None, None]:
        """Add the path of an artifact to an error raised while it is saved."""
        try:
            yield
        except Exception as error:
            text = f"Raised while saving the artifact {self.artifacts[index].path!r}."
            if sys.version_info >= (3, 11):
                error.add_note(text)
            else:
                logger.warning("%s: %s", type(error).__name__, text)
            raise

    def result(self) -> list[SavedArtifact]:
        """Return the saved artifacts."""
        return [
            SavedArtifact(artifact, path, size)
            for artifact, path, size in zip(self.artifacts, self._paths, self.sizes, strict=True)
        ]
