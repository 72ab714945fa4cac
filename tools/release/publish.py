"""Uploads the files of a drafted release to the package index, and publishes the draft.

It runs with nothing but the standard library and twine, because its job may upload under the name of the project.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.regenerate.errors import JobError
from tools.release.digests import check_digests
from tools.release.github_releases import GitHubReleases

Uploader = Callable[[list[Path]], None]
"""Uploads files to the package index."""


def upload(files: list[Path]) -> None:
    """Upload files by trusted publishing: twine exchanges the identity of the job for a token of a few minutes.

    Raises:
        JobError: The package index refuses.
    """
    # Uploading the same bytes again is no error, so that a failed job can be run again.
    command = [sys.executable, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", *map(str, files)]
    if subprocess.run(command, check=False).returncode:
        raise JobError("The files were not uploaded, see above.")


def publish(root: Path, tag: str, digests: str, releases: GitHubReleases, upload: Uploader = upload) -> None:
    """Publish a release.

    Args:
        root: The folder of the clone.
        tag: The tag of the release.
        digests: What the job that built the files printed.
        releases: Where it is drafted.
        upload: Uploads the files.

    Raises:
        JobError: Its files are not those that were built, or cannot be uploaded.
    """
    dist = root / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    releases.download(tag, dist)
    check_digests(dist, digests)
    upload(sorted(dist.iterdir()))
    releases.publish(tag)


def main(root: Path) -> int:
    """Publish the release of the environment variable `TAG`, whose files have the digests in `DIGESTS`.

    Returns:
        0 on success, otherwise 1.
    """
    try:
        publish(root, os.environ["TAG"], os.environ["DIGESTS"], GitHubReleases(root))
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
