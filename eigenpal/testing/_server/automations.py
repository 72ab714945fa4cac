"""Workflows and agents: releases, schedules, and the Python functions that implement them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from eigenpal.testing._server.http_errors import HttpError, bad_request, not_found

AutomationKind = Literal["workflow", "agent"]
KINDS: tuple[AutomationKind, ...] = ("workflow", "agent")
Handler = Callable[..., Any]
"""A function of ``(input)``, ``(input, files)`` or ``(input, files, context)``, sync or async, that returns an output.

Parameters named ``files`` and ``context`` are matched by name, in any position after the first.
"""


_MAX_SECONDS = 100 * 365 * 24 * 3600
"""100 years; much more would overflow a datetime."""


@dataclass(frozen=True)
class RunSchedule:
    """How long runs take, on the server's clock or counted in polls.

    Attributes:
        queue_seconds: Seconds before a run starts; it is ``created`` for the first half and ``pending`` for the second.
        run_seconds: Seconds from start to end, divided among the steps that the handler does not report.
        unfinished_polls: Number of reads, by id, that return an unfinished run, regardless of the clock.
    """

    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    unfinished_polls: int = 0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= _MAX_SECONDS:
                raise ValueError(f"{name} must be between 0 and {_MAX_SECONDS}, got {value!r}")


@dataclass
class Version:
    """A release."""

    id: str
    name: str
    created_at: datetime
    steps: tuple[str, ...] = ()
    notes: str | None = None

    def commit(self, package: str) -> str:
        """Return the commit of the release."""
        return hashlib.sha1(f"{package}@{self.name}".encode(), usedforsecurity=False).hexdigest()


@dataclass
class EmailAlias:
    """An e-mail address that starts an agent."""

    id: str
    address: str
    label: str | None
    status: str
    allowlist: list[str]
    reply_config: dict[str, Any] | None
    require_sender_auth: bool
    created_at: datetime


@dataclass
class Automation:
    """A workflow or an agent."""

    kind: AutomationKind
    id: str
    slug: str
    name: str
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    config: dict[str, Any] = field(default_factory=lambda: dict[str, Any]())
    versions: list[Version] = field(default_factory=lambda: list[Version]())
    """Oldest first; the last one is the latest."""
    workflow_kind: str = "workflow"
    folder_id: str | None = None
    api_enabled: bool = True
    archived: bool = False
    model: str | None = None
    email_enabled: bool = False
    emails: list[EmailAlias] = field(default_factory=lambda: list[EmailAlias]())
    handlers: dict[str | None, Handler] = field(
        default_factory=lambda: dict[str | None, Handler](), metadata={"stored": False}
    )
    schedule: RunSchedule | None = field(default=None, metadata={"stored": False})

    @property
    def package(self) -> str:
        """Folder of the source in the repository."""
        return f"{self.kind}s/{self.slug}"

    @property
    def target(self) -> str:
        """The target to run it with."""
        return f"{self.kind}s.{self.slug.replace('/', '.')}"

    @property
    def latest(self) -> Version | None:
        """The latest release, or None if there is none."""
        return self.versions[-1] if self.versions else None

    def step_names(self, version: Version | None) -> tuple[str, ...]:
        """Return the names of the steps of a release."""
        return version.steps if version is not None else ()

    def tag(self, version: Version) -> str:
        """Return the Git tag of a release."""
        return f"{self.package}/{version.name}"

    def find_handler(self, version: str | None) -> Handler | None:
        """Return the function that implements this version."""
        return self.handlers.get(version, self.handlers.get(None))

    def resolve(self, reference: str | None) -> Version | None:
        """Return the release for a version or Git ref, or None for the head of an automation without releases.

        Raises:
            HttpError: There is no such release or ref.
        """
        if reference is None or reference in ("latest", "main", "refs/heads/main"):
            return self.latest
        plain = reference.removeprefix("refs/tags/").removeprefix(f"{self.package}/")
        for version in reversed(self.versions):
            commit = version.commit(self.package)
            if plain in (version.name, version.id) or (len(plain) >= 7 and commit.startswith(plain)):
                return version
        known = ", ".join(version.name for version in self.versions) or "none"
        message = f"{self.target} has no version {reference!r}; released: {known}"
        raise not_found(message, field="query.version")

    def yaml(self, version: Version | None) -> str:
        """Return the definition as YAML; strings are written as JSON, which YAML includes."""
        lines = [f"name: {json.dumps(self.name)}"]
        if version is not None:
            lines.append(f"version: {json.dumps(version.name)}")
        if self.description:
            lines.append(f"description: {json.dumps(self.description)}")
        if self.kind == "workflow":
            steps = self.step_names(version)
            lines.append("steps:" if steps else "steps: []")
            lines.extend(f"  - name: {json.dumps(step)}" for step in steps)
        else:
            lines.append(f"config: {json.dumps(self.config)}")
        return "\n".join(lines) + "\n"

    def definition(self, version: Version | None) -> dict[str, Any]:
        """Return the definition that is stored with runs."""
        name = version.name if version is not None else None
        return {"name": self.slug, "version": name, "steps": [{"name": step} for step in self.step_names(version)]}


class Automations:
    """The workflows and agents of a server, oldest first."""

    def __init__(self) -> None:
        self._by_id: dict[str, Automation] = {}
        self._by_slug: dict[tuple[AutomationKind, str], Automation] = {}

    def add(self, automation: Automation) -> None:
        """Add a workflow or an agent."""
        self._by_id[automation.id] = automation
        self._by_slug[automation.kind, _join_with_dots(automation.slug)] = automation

    def list_by_kind(self, kind: AutomationKind) -> list[Automation]:
        """Return all of one kind."""
        return [automation for automation in self._by_id.values() if automation.kind == kind]

    def __iter__(self) -> Iterator[Automation]:
        return iter(list(self._by_id.values()))

    def find(self, kind: AutomationKind, name: str) -> Automation | None:
        """Return the one with this id or slug, or None."""
        found = self._by_id.get(name)
        if found is not None and found.kind == kind:
            return found
        return self._by_slug.get((kind, _join_with_dots(name)))

    def get(self, kind: AutomationKind, name: str) -> Automation:
        """Return the one with this id or slug.

        Raises:
            HttpError: There is none.
        """
        found = self.find(kind, name)
        if found is None:
            raise _not_found(kind, name, self.list_by_kind(kind))
        return found

    def get_by_target(self, target: str, field: str) -> Automation:
        """Return the one for a run target.

        Raises:
            HttpError: The target is malformed or does not exist.
        """
        if "@" in target:
            raise bad_request(field, "A target has no version here; send it as the query parameter version")
        root, dot, name = target.partition(".")
        kind: AutomationKind
        if root == "workflows":
            kind = "workflow"
        elif root == "agents":
            kind = "agent"
        else:
            raise bad_request(field, f"Expected workflows.<slug> or agents.<slug>, got {target[:100]!r}")
        if not dot or not name:
            raise bad_request(field, f"Expected {root}.<slug>, got {target!r}")
        found = self.find(kind, name)
        if found is None:
            raise _not_found(kind, name, self.list_by_kind(kind), field)
        return found


def _join_with_dots(slug: str) -> str:
    return slug.replace("/", ".")


def _not_found(kind: AutomationKind, name: str, known: list[Automation], field: str = "<root>") -> HttpError:
    names = ", ".join(automation.slug for automation in known[:10]) or "none"
    return not_found(f"No {kind} {name[:100]!r}", field=field, hint=f"Registered {kind}s: {names}.")
