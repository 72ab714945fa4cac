"""The Git repository of a server: files generated from what is registered, and files a test has written."""

from __future__ import annotations

import hashlib
import json

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.content import guess_content_type
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.server_state import ServerState

HEADS = ("main", "refs/heads/main", "latest", "HEAD")


class SourceRepository:
    """Reads the source files of a server."""

    def __init__(self, state: ServerState) -> None:
        self._state = state

    def read_files(self, ref: str) -> dict[str, str]:
        """Return the text of all files at a ref, by path.

        Raises:
            HttpError: There is no such ref.
        """
        self.check_ref(ref)
        found: dict[str, str] = {}
        for automation in self._state.automations:
            found.update(_generate_files(automation, automation.latest))
        found.update(self._state.source_files)
        return found

    def check_ref(self, ref: str) -> None:
        """Check that a ref exists.

        Raises:
            HttpError: It does not.
        """
        if ref in HEADS or ref == self.head():
            return
        plain = ref.removeprefix("refs/tags/")
        for automation in self._state.automations:
            for version in automation.versions:
                if plain == automation.tag(version) or ref == version.commit(automation.package):
                    return
                if ref == version.name:
                    return
        raise not_found(f"The repository has no ref {ref[:200]!r}", field="query.ref")

    def head(self) -> str:
        """Return the commit at the head of ``main``."""
        parts = [
            *(
                f"{automation.package}@{automation.latest.name if automation.latest else ''}"
                for automation in self._state.automations
            ),
            *(f"{path}\0{text}" for path, text in self._state.source_files.items()),
        ]
        return hashlib.sha1("\0".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()

    def find_package(self, path: str, field: str) -> Automation:
        """Return the workflow or agent at a package path such as ``workflows/extract-invoice``.

        Raises:
            HttpError: There is none.
        """
        for automation in self._state.automations:
            if automation.package == path.strip("/"):
                return automation
        raise not_found(f"The repository has no package {path[:200]!r}", field=field)


def guess_source_type(path: str) -> str:
    """Return the media type of a source file."""
    return guess_content_type(path.rsplit("/", 1)[-1])


def _generate_files(automation: Automation, version: Version | None) -> dict[str, str]:
    if automation.kind == "workflow":
        return {f"{automation.package}/workflow.yaml": automation.yaml(version)}
    return {
        f"{automation.package}/agent.yaml": automation.yaml(version),
        f"{automation.package}/AGENTS.md": f"# {automation.name}\n\n{automation.description or ''}\n",
        f"{automation.package}/config.json": json.dumps(automation.config, indent=2) + "\n",
    }
