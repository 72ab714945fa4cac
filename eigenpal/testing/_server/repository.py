"""The Git repository behind a server: sources made from what is registered, and files a test has put there."""

from __future__ import annotations

import hashlib
import json

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.content import guess_content_type
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.world import World

HEADS = ("main", "refs/heads/main", "latest", "HEAD")


class Repository:
    """Reads the source of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def files(self, ref: str) -> dict[str, str]:
        """Return the text of every file at a ref, by path.

        Raises:
            Problem: There is no such ref.
        """
        self.check(ref)
        found: dict[str, str] = {}
        for automation in self._world.automations:
            found.update(_scaffold(automation, automation.latest))
        found.update(self._world.source_files)
        return found

    def check(self, ref: str) -> None:
        """Check that a ref is known.

        Raises:
            Problem: It is not.
        """
        if ref in HEADS or ref == self.head():
            return
        plain = ref.removeprefix("refs/tags/")
        for automation in self._world.automations:
            for version in automation.versions:
                if plain == automation.tag(version) or ref == version.commit(automation.package):
                    return
                if ref == version.name:
                    return
        raise not_found(f"The repository has no ref {ref[:200]!r}", field="query.ref")

    def head(self) -> str:
        """Return the commit at the head of ``main``."""
        told = [
            *(f"{one.package}@{one.latest.name if one.latest else ''}" for one in self._world.automations),
            *(f"{path}\0{text}" for path, text in self._world.source_files.items()),
        ]
        return hashlib.sha1("\0".join(told).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()

    def package(self, path: str, field: str) -> Automation:
        """Return what lives at a package path such as ``workflows/extract-invoice``.

        Raises:
            Problem: Nothing does.
        """
        for automation in self._world.automations:
            if automation.package == path.strip("/"):
                return automation
        raise not_found(f"The repository has no package {path[:200]!r}", field=field)


def content_type_of(path: str) -> str:
    """Return the media type of a source file."""
    return guess_content_type(path.rsplit("/", 1)[-1])


def _scaffold(automation: Automation, version: Version | None) -> dict[str, str]:
    if automation.kind == "workflow":
        return {f"{automation.package}/workflow.yaml": automation.yaml(version)}
    return {
        f"{automation.package}/agent.yaml": automation.yaml(version),
        f"{automation.package}/AGENTS.md": f"# {automation.name}\n\n{automation.description or ''}\n",
        f"{automation.package}/config.json": json.dumps(automation.config, indent=2) + "\n",
    }
