"""What can be run: workflows and agents with their versions, folders and the Python functions that play them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from eigenpal.testing._server.clock import format_exact_timestamp, parse_timestamp
from eigenpal.testing._server.http_errors import HttpError, bad_request, not_found

AutomationKind = Literal["workflow", "agent"]
KINDS: tuple[AutomationKind, ...] = ("workflow", "agent")
Handler = Callable[..., Any]
"""``(input)``, ``(input, files)`` or ``(input, files, context)`` to an output; it may be a coroutine function.

Parameters that are called ``files`` or ``context`` get what they say, in whichever place they stand.
"""


_MAX_SECONDS = 100 * 365 * 24 * 3600
"""A hundred years of seconds; much more is beyond what a clock can show."""


@dataclass(frozen=True)
class RunSchedule:
    """How long runs take, on the server's clock or counted in reads.

    Attributes:
        queued: Seconds before a run starts; half of them it is ``created``, then ``pending``.
        takes: Seconds from start to end, shared by the steps that say nothing themselves.
        polls: How many reads of a run find it unfinished, whatever the clock says.
    """

    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    unfinished_polls: int = 0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= _MAX_SECONDS:
                raise ValueError(f"{name} must be a number and not negative, at most {_MAX_SECONDS}, got {value!r}")


@dataclass
class Version:
    """One release."""

    id: str
    name: str
    created_at: datetime
    steps: tuple[str, ...] = ()
    notes: str | None = None

    def commit(self, package: str) -> str:
        """Return the commit this release points at."""
        return hashlib.sha1(f"{package}@{self.name}".encode(), usedforsecurity=False).hexdigest()


@dataclass
class EmailAlias:
    """An address that starts an agent."""

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
    # What follows is Python and does not outlive the process.
    handlers: dict[str | None, Handler] = field(default_factory=lambda: dict[str | None, Handler]())
    schedule: RunSchedule | None = None

    @property
    def package(self) -> str:
        """Where the source lives in the repository."""
        return f"{self.kind}s/{self.slug}"

    @property
    def target(self) -> str:
        """How runs name it."""
        return f"{self.kind}s.{self.slug.replace('/', '.')}"

    @property
    def latest(self) -> Version | None:
        """The latest release, if there is any."""
        return self.versions[-1] if self.versions else None

    def step_names(self, version: Version | None) -> tuple[str, ...]:
        """Return the names of the steps of a release."""
        return version.steps if version is not None else ()

    def tag(self, version: Version) -> str:
        """Return the Git tag of a release."""
        return f"{self.package}/{version.name}"

    def handler_for(self, version: str | None) -> Handler | None:
        """Return the function that plays this version."""
        return self.handlers.get(version, self.handlers.get(None))

    def resolve(self, reference: str | None) -> Version | None:
        """Return the release a version or Git ref stands for; None for the head of an automation without releases.

        Raises:
            Problem: There is no such release or ref.
        """
        if reference is None or reference in ("latest", "main", "refs/heads/main"):
            return self.latest
        plain = reference.removeprefix("refs/tags/").removeprefix(f"{self.package}/")
        for version in reversed(self.versions):
            commit = version.commit(self.package)
            if plain in (version.name, version.id) or (len(plain) >= 7 and commit.startswith(plain)):
                return version
        known = ", ".join(one.name for one in self.versions) or "none"
        message = f"{self.target} has no version {reference!r}; released: {known}"
        raise not_found(message, field="query.version")

    def yaml(self, version: Version | None) -> str:
        """Return the definition as YAML; JSON strings are YAML strings, so no name can break out."""
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
        """Return the definition as runs keep it."""
        name = version.name if version is not None else None
        return {"name": self.slug, "version": name, "steps": [{"name": step} for step in self.step_names(version)]}

    def to_storage(self) -> dict[str, Any]:
        """Return what is kept over restarts."""
        plain: dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                *("kind", "id", "slug", "name", "description", "config", "workflow_kind", "folder_id"),
                *("api_enabled", "archived", "model", "email_enabled"),
            )
        }
        return {
            **plain,
            "created_at": format_exact_timestamp(self.created_at),
            "updated_at": format_exact_timestamp(self.updated_at),
            "versions": [{**vars(one), "created_at": format_exact_timestamp(one.created_at)} for one in self.versions],
            "emails": [{**vars(one), "created_at": format_exact_timestamp(one.created_at)} for one in self.emails],
        }

    @classmethod
    def from_storage(cls, document: Mapping[str, Any]) -> Automation:
        """Return what a kept document describes."""
        values = dict(document)
        for name in ("created_at", "updated_at"):
            values[name] = parse_timestamp(values[name])
        values["versions"] = [_version_from_storage(one) for one in values["versions"]]
        values["emails"] = [EmailAlias(**_with_created_at(one)) for one in values["emails"]]
        return cls(**values)


class Automations:
    """All workflows and agents of a server, oldest first."""

    def __init__(self) -> None:
        self._by_id: dict[str, Automation] = {}
        self._by_slug: dict[tuple[AutomationKind, str], Automation] = {}

    def add(self, automation: Automation) -> None:
        """Take in a workflow or an agent."""
        self._by_id[automation.id] = automation
        self._by_slug[automation.kind, _join_with_dots(automation.slug)] = automation

    def of_kind(self, kind: AutomationKind) -> list[Automation]:
        """Return all of one kind."""
        return [one for one in self._by_id.values() if one.kind == kind]

    def __iter__(self) -> Iterator[Automation]:
        return iter(list(self._by_id.values()))

    def find(self, kind: AutomationKind, name: str) -> Automation | None:
        """Return the one with this id or slug."""
        found = self._by_id.get(name)
        if found is not None and found.kind == kind:
            return found
        return self._by_slug.get((kind, _join_with_dots(name)))

    def get(self, kind: AutomationKind, name: str) -> Automation:
        """Return the one with this id or slug.

        Raises:
            Problem: There is none.
        """
        found = self.find(kind, name)
        if found is None:
            raise _not_found(kind, name, self.of_kind(kind))
        return found

    def target(self, target: str, field: str) -> Automation:
        """Return what a run target names.

        Raises:
            Problem: It is not a target, or names nothing.
        """
        if "@" in target:
            raise bad_request(field, "A target carries no version here; send it as the query parameter version")
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
            raise _not_found(kind, name, self.of_kind(kind), field)
        return found


def _version_from_storage(document: Mapping[str, Any]) -> Version:
    values = _with_created_at(document)
    values["steps"] = tuple(values["steps"])
    return Version(**values)


def _with_created_at(document: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(document)
    values["created_at"] = parse_timestamp(values["created_at"])
    return values


def _join_with_dots(slug: str) -> str:
    return slug.replace("/", ".")


def _not_found(kind: AutomationKind, name: str, known: list[Automation], field: str = "<root>") -> HttpError:
    names = ", ".join(one.slug for one in known[:10]) or "none"
    return not_found(f"No {kind} {name[:100]!r}", field=field, hint=f"Registered {kind}s: {names}.")
