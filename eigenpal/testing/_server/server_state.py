"""The state of a server: clock, runs, workflows, agents, source files and keys."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from eigenpal.testing._server.automations import Automation, AutomationKind, Automations, Handler, RunSchedule, Version
from eigenpal.testing._server.clock import Clock, truncate_to_milliseconds
from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.http_errors import bad_request, forbidden
from eigenpal.testing._server.run_executor import RunExecutor
from eigenpal.testing._server.run_record import InputFile, RunRecord
from eigenpal.testing._server.run_store import RunStore
from eigenpal.testing._server.storage import Storage
from eigenpal.testing._server.storage_codec import decode, encode

_START_OPERATION = "start"
"""The scope of idempotency keys shared by all operations that start runs."""


class ServerState:
    """The state of a server.

    Args:
        clock: Clock of the server.
        schedule: How long runs take, unless their workflow sets its own.
        api_version: Version of the API document.
        storage: Where to keep the state across restarts.
    """

    def __init__(self, clock: Clock, schedule: RunSchedule, api_version: str, storage: Storage | None = None) -> None:
        self.clock = clock
        self.api_version = api_version
        self.schedule = schedule
        self.lock: threading.RLock = threading.RLock()
        """Held during changes and during reads of more than one step: tests call the server from other threads."""
        self.runs: RunStore = RunStore()
        self.automations: Automations = Automations()
        self.source_files: dict[str, str] = {}
        self._storage = storage or Storage()
        self._last_numbers: Counter[str] = Counter()
        self._idempotent_results: dict[tuple[str, str], tuple[str, Any]] = {}
        self._interrupted_runs: list[RunRecord] = []
        self.secret_key: bytes = self._storage.load_secret("secrets")
        try:
            self._load()
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            self._storage.close()
            raise ValueError(f"{storage} is damaged or of another version: {error!r}") from None
        self.executor: RunExecutor = RunExecutor(clock, self.lock, self._on_status_change, self.new_id)
        for run in self._interrupted_runs:
            if run.executed_by == "echo":
                self._resume_run(run)

    # --- ids ---

    def new_id(self, prefix: str) -> str:
        """Return an unused id. The first run is `run_000001`, and ids of a kind sort in the order of creation."""
        with self.lock:
            self._last_numbers[prefix] += 1
            return f"{prefix}_{self._last_numbers[prefix]:06d}"

    # --- storage ---

    def _load(self) -> None:
        for document in self._storage.load_documents("automation"):
            self.automations.add(decode(Automation, document, self._storage.load_content))
        for document in self._storage.load_documents("run"):
            run = decode(RunRecord, document, self._storage.load_content)
            if not run.is_finished and run.executed_by is not None:
                self._interrupted_runs.append(run)
            self.runs.add(run)
            self._last_numbers["run"] = max(self._last_numbers["run"], run.number)
        for document in self._storage.load_documents("source"):
            self.source_files[document["path"]] = document["text"]
        for document in self._storage.load_documents("idempotency"):
            known = (document["fingerprint"], document["result"])
            self._idempotent_results[document["operation"], document["key"]] = known
        for document in self._storage.load_documents("counter"):
            self._last_numbers |= Counter(document["last_numbers"])
            # The clock may have been ahead of this one; stored timestamps must not be in the future.
            self.clock.advance_to(datetime.fromisoformat(document["clock"]))

    def _resume_run(self, run: RunRecord) -> None:
        automation = self.automations.get(run.kind, run.automation_id)
        version = next((version for version in automation.versions if version.name == run.version), None)
        self.executor.resume_run(run, automation, version, automation.schedule or self.schedule)

    def save_run(self, run: RunRecord) -> None:
        """Store a run that has changed."""
        if self._storage.is_persistent:
            self._storage.save("run", run.id, encode(run), run.contents())

    def save_automation(self, automation: Automation) -> None:
        """Store a workflow or agent that has changed."""
        if self._storage.is_persistent:
            self._storage.save("automation", automation.id, encode(automation))

    def commit(self) -> None:
        """Commit what was saved."""
        if self._storage.is_persistent:
            clock = self.clock.now().isoformat()
            self._storage.save("counter", "counter", {"last_numbers": self._last_numbers, "clock": clock})
            self._storage.commit()

    def open(self) -> None:
        """Open the storage and resume runs; can be called after `close`."""
        self._storage.open()
        self.executor.resume()

    def close(self) -> None:
        """Stop executing runs and close the storage."""
        self.executor.stop()
        self._storage.close()

    def _on_status_change(self, run: RunRecord) -> None:
        self.runs.update_status(run)
        self.save_run(run)

    # --- workflows and agents ---

    def register(
        self,
        kind: AutomationKind,
        slug: str,
        *,
        handlers: Mapping[str | None, Handler],
        versions: Iterable[str],
        schedule: RunSchedule | None = None,
        name: str | None = None,
        description: str | None = None,
        steps: Iterable[str] | None = None,
        workflow_kind: str = "workflow",
        folder: str | None = None,
        api_enabled: bool = True,
        config: Mapping[str, Any] | None = None,
        model: str | None = None,
    ) -> Automation:
        """Add a workflow or an agent, or add releases to an existing one."""
        check_slug(slug)
        with self.lock:
            now = self.clock.now()
            automation = self.automations.find(kind, slug)
            if automation is None:
                plain = slug.replace("/", ".")
                prefix = "wf" if kind == "workflow" else "agt"
                digest = hashlib.sha256(f"{kind}:{plain}".encode()).hexdigest()[:8]
                automation = Automation(kind, f"{prefix}_{digest}", slug, name or slug, now, now)
                self.automations.add(automation)
            before = encode(automation)
            automation.name = name or automation.name
            automation.description = description if description is not None else automation.description
            # Options that are not given keep the values of the previous release.
            step_names = tuple(steps) if steps is not None else automation.step_names(automation.latest)
            automation.folder_id = folder if folder is not None else automation.folder_id
            automation.workflow_kind, automation.api_enabled = workflow_kind, api_enabled
            automation.config = dict(config) if config is not None else automation.config
            automation.model = model or automation.model
            automation.schedule = schedule
            automation.handlers.update(handlers)
            by_name = {version.name: version for version in automation.versions}
            released = tuple(versions)
            for version in released:
                if version in by_name:
                    by_name[version].steps = step_names
                else:
                    automation.versions.append(Version(self.new_id("wfh"), version, now, step_names))
            if encode(automation) != before:
                automation.updated_at = now
            self.save_automation(automation)
            if handlers:
                # Its handler is registered again, so resume its unfinished runs.
                for run in [run for run in self._interrupted_runs if run.automation_id == automation.id]:
                    if run.version is None or run.version in released:
                        self._interrupted_runs.remove(run)
                        self._resume_run(run)
            self.commit()
            return automation

    # --- runs ---

    def make_source(self, automation: Automation, version: Version | None, requested: str | None) -> dict[str, Any]:
        """Return the ``source`` of a run."""
        source: dict[str, Any] = {
            "id": automation.id,
            "name": automation.name,
            "version": version.name if version is not None else None,
        }
        if automation.kind == "workflow":
            source["versionId"] = version.id if version is not None else None
            return source
        tag = automation.tag(version) if version is not None else None
        source["slug"] = automation.slug
        source["model"] = automation.model
        source["git"] = {
            "requestedRef": requested or "latest",
            "resolvedRef": f"refs/tags/{tag}" if tag is not None else "refs/heads/main",
            "resolvedTag": tag,
            "commitSha": version.commit(automation.package) if version is not None else None,
        }
        return source

    def create_run(
        self,
        automation: Automation,
        *,
        arguments: Mapping[str, Any],
        files: Iterable[tuple[str, UploadedFile]] = (),
        requested: str | None = None,
        metadata: Any = None,
        overrides: Mapping[str, Any] | None = None,
        trigger: str = "api",
        start: bool = True,
        created_at: datetime | None = None,
        prepare: Callable[[RunRecord], None] | None = None,
    ) -> RunRecord:
        """Create a run and start it.

        ``prepare`` may change the run before it becomes visible.

        Raises:
            HttpError: The automation cannot be started, or the version or the step of an override does not exist.
            TypeError: A file is not an `UploadedFile`.
        """
        given = list(files)
        for name, file in given:
            if not isinstance(cast("object", file), UploadedFile):
                raise TypeError(f"the file {name!r} must be an UploadedFile, not {type(file).__name__}")
        if start and automation.archived:
            raise forbidden(f"{automation.target} is archived", "archived")
        if start and not automation.api_enabled and trigger in ("api", "cli"):
            message = f"The API trigger is disabled for {automation.target}"
            raise forbidden(message, "api_trigger_disabled", hint="Enable the API trigger, then try again.")
        version = automation.resolve(requested)
        steps: dict[str, Any] = (overrides or {}).get("steps") or {}
        if steps and automation.kind == "agent":
            raise bad_request("body.overrides", "Only workflow runs take overrides")
        for name in steps:
            if name not in automation.step_names(version):
                known = ", ".join(automation.step_names(version)) or "none"
                message = f"{automation.target} has no step {name!r}; its steps: {known}"
                raise bad_request(f"body.overrides.steps.{name}", message)
        with self.lock:
            run_id = self.new_id("run")
            run = RunRecord(
                number=int(run_id.rsplit("_", 1)[-1]),
                id=run_id,
                kind=automation.kind,
                automation_id=automation.id,
                source=self.make_source(automation, version, requested),
                created_at=truncate_to_milliseconds(created_at or self.clock.now()),
                arguments=dict(arguments),
                input_files=[InputFile(self.new_id("fil"), name, file) for name, file in given],
                metadata=metadata,
                overrides=dict(overrides or {}),
                version=version.name if version is not None else None,
                requested_ref=requested,
                definition=automation.definition(version) if automation.kind == "workflow" else None,
                trigger=trigger,
            )
            if prepare is not None:
                prepare(run)
            self.runs.add(run)
            if start:
                run.executed_by = "echo" if automation.find_handler(run.version) is None else "handler"
                self.executor.start(run, automation, version, automation.schedule or self.schedule)
            self.save_run(run)
            return run

    def find_idempotent_result(self, operation: str, key: str | None, fingerprint: str) -> Any:
        """Return the result of an earlier request with this idempotency key, or None.

        Raises:
            HttpError: The key was used for a different request.
        """
        if key is None or (operation, key) not in self._idempotent_results:
            return None
        known, result = self._idempotent_results[operation, key]
        if known != fingerprint:
            raise bad_request(
                "header.Idempotency-Key", "This key was used for a different request", "idempotency_key_reused"
            )
        return result

    def remember_result(self, operation: str, key: str | None, fingerprint: str, result: Any) -> None:
        """Store the result for later requests with the same idempotency key."""
        if key is not None:
            self._idempotent_results[operation, key] = (fingerprint, result)
            document = {"operation": operation, "key": key, "fingerprint": fingerprint, "result": result}
            self._storage.save("idempotency", f"{operation} {key}", document)

    def find_idempotent_run(self, key: str | None, fingerprint: str) -> RunRecord | None:
        """Return the run that an earlier request with this idempotency key started, or None.

        Raises:
            HttpError: The key was used for a different request.
        """
        run_id = self.find_idempotent_result(_START_OPERATION, key, fingerprint)
        return None if run_id is None else self.runs.get(run_id)

    def remember_run(self, key: str | None, fingerprint: str, run: RunRecord) -> None:
        """Store the run for later requests with the same idempotency key."""
        self.remember_result(_START_OPERATION, key, fingerprint, run.id)

    def write_source(self, path: str, text: str) -> None:
        """Write a file to the source repository."""
        with self.lock:
            self.source_files[path] = text
            self._storage.save("source", path, {"path": path, "text": text})
            self.commit()


def check_slug(slug: str) -> None:
    """Check that a slug is valid in a target.

    Raises:
        ValueError: It is not.
    """
    parts = slug.split("/")
    odd = any(not part or part in (".", "..") or set(part) & set("@ \\?#%") for part in parts)
    if odd or not slug.isprintable():
        raise ValueError(f"{slug!r} is not a valid slug: it is empty or has '@', a space, '.', '..' or an empty part")
