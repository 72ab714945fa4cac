"""Registers Python functions as workflows and agents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from eigenpal.testing._server.automations import AutomationKind, Handler, RunSchedule
from eigenpal.testing._server.http_errors import as_value_error
from eigenpal.testing._server.server_state import ServerState

HandlerT = TypeVar("HandlerT", bound=Handler)


class RegistrationMixin:
    """The methods of a server that add workflows and agents."""

    state: ServerState

    def workflow(
        self,
        slug: str,
        *,
        steps: Sequence[str] | None = None,
        version: str | None = None,
        versions: Sequence[str] | Mapping[str, Handler] | None = None,
        name: str | None = None,
        description: str | None = None,
        kind: str = "workflow",
        folder: str | None = None,
        api_enabled: bool = True,
        queue_seconds: float | None = None,
        run_seconds: float | None = None,
        unfinished_polls: int | None = None,
    ) -> Callable[[HandlerT], HandlerT]:
        """Register a function as a workflow.

        The function receives ``input`` (a dict) and, if it has more parameters, ``files`` (by input name, an
        `UploadedFile` or a list of them) and ``context``, a `RunContext`. It returns a dict or None, and may be
        ``async``. If it raises, the run fails with the message of the exception; `RunRejected` ends the run as
        rejected.

        Args:
            slug: Slug of the workflow; slashes create folders.
            steps: Names of its steps. Defaults to those of the previous release. Steps the function does not report
                share the duration of the run, and the last one has the output. `client.runs.compare` compares steps, so
                a workflow without any has nothing to compare.
            version: Release that the function implements. Registering a slug again with another version adds a release.
            versions: Several releases, oldest first: names that share this function, or a mapping to other functions.
            name: Display name. Defaults to the slug.
            description: Description.
            kind: ``"workflow"`` or ``"block"``.
            folder: Id of its folder.
            api_enabled: Whether the API may start it; otherwise a start responds 403.
            queue_seconds: Seconds, on the clock, before its runs start.
            run_seconds: Seconds, on the clock, from start to end of its runs.
            unfinished_polls: Number of reads that return its runs as unfinished.

        Returns:
            A decorator that returns the function unchanged.

        Raises:
            TypeError: The decorator was used without a slug.
            ValueError: The slug is invalid, or is a target: it must not start with `workflows.` or `agents.`.

        Examples:
            >>> @server.workflow("extract-invoice", steps=["read", "extract"], run_seconds=3)  # doctest: +SKIP
            ... def extract(input, files):
            ...     return {"pages": 1, "file": files["invoice"].filename}
        """
        return self._make_decorator(
            "workflow",
            slug,
            steps=steps,
            version=version,
            versions=versions,
            name=name,
            description=description,
            workflow_kind=kind,
            folder=folder,
            api_enabled=api_enabled,
            schedule=self._make_schedule(queue_seconds, run_seconds, unfinished_polls),
        )

    def agent(
        self,
        slug: str,
        *,
        version: str | None = None,
        versions: Sequence[str] | Mapping[str, Handler] | None = None,
        name: str | None = None,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        model: str | None = "test-model",
        api_enabled: bool = True,
        queue_seconds: float | None = None,
        run_seconds: float | None = None,
        unfinished_polls: int | None = None,
    ) -> Callable[[HandlerT], HandlerT]:
        """Register a function as an agent; see `workflow` for its parameters and return value.

        Args:
            slug: Slug of the agent.
            version: Release that the function implements.
            versions: Several releases, oldest first.
            name: Display name. Defaults to the slug.
            description: Description.
            config: Configuration.
            model: Model that its runs report.
            api_enabled: Whether the API may start it.
            queue_seconds: Seconds, on the clock, before its runs start.
            run_seconds: Seconds, on the clock, from start to end of its runs.
            unfinished_polls: Number of reads that return its runs as unfinished.

        Returns:
            A decorator that returns the function unchanged.

        Raises:
            TypeError: The decorator was used without a slug.
            ValueError: The slug is invalid, or is a target: it must not start with `workflows.` or `agents.`.

        Examples:
            >>> @server.agent("receipt-sorter")  # doctest: +SKIP
            ... def sort(input, files, context):
            ...     context.artifact("trips.json", "[]")
            ...     return {"trips": 0}
        """
        return self._make_decorator(
            "agent",
            slug,
            version=version,
            versions=versions,
            name=name,
            description=description,
            config=config,
            model=model,
            api_enabled=api_enabled,
            schedule=self._make_schedule(queue_seconds, run_seconds, unfinished_polls),
        )

    def archive(self, target: str) -> None:
        """Archive a workflow or an agent: it is hidden in listings and cannot be started.

        Args:
            target: Target, such as ``"agents.receipt-sorter"``.

        Raises:
            ValueError: There is no such workflow or agent.
        """
        with as_value_error():
            automation = self.state.automations.get_by_target(target, "target")
        automation.archived = True
        self.state.save_automation(automation)
        self.state.commit()

    def write_source(self, path: str, text: str) -> None:
        """Write a file to the source repository, to be read with ``source.raw`` and ``agents.list_files``.

        Args:
            path: Path, such as ``"agents/receipt-sorter/notes.md"``.
            text: Content of the file.
        """
        self.state.write_source(path, text)

    def _make_schedule(
        self, queue_seconds: float | None, run_seconds: float | None, unfinished_polls: int | None
    ) -> RunSchedule | None:
        if queue_seconds is None and run_seconds is None and unfinished_polls is None:
            return None
        defaults = self.state.schedule
        return RunSchedule(
            defaults.queue_seconds if queue_seconds is None else queue_seconds,
            defaults.run_seconds if run_seconds is None else run_seconds,
            defaults.unfinished_polls if unfinished_polls is None else unfinished_polls,
        )

    def _make_decorator(self, kind: AutomationKind, slug: object, **options: Any) -> Callable[[HandlerT], HandlerT]:
        if not isinstance(slug, str):
            raise TypeError(f'use @server.{kind}("some-slug"), not @server.{kind}')
        if slug.startswith(f"{kind}s."):
            raise ValueError(f"{slug!r} is a target; use its slug, {slug.removeprefix(f'{kind}s.')!r}")

        def register(handler: HandlerT) -> HandlerT:
            self._register(kind, slug, handler, **options)
            return handler

        return register

    def _register(
        self,
        kind: AutomationKind,
        slug: str,
        handler: Handler,
        *,
        steps: Iterable[str] | None = None,
        version: str | None = None,
        versions: Sequence[str] | Mapping[str, Handler] | None = None,
        **options: Any,
    ) -> None:
        if steps is None and version is None and versions is None:
            # A new function, not a new release of the previous one.
            steps = ()
        if isinstance(versions, str):
            raise TypeError("versions must be a list or mapping, not a str; use version for a single release")
        names = list(versions or ())
        handlers: dict[str | None, Handler] = {}
        if isinstance(versions, Mapping):
            handlers.update(versions)
        if version is not None:
            names.append(version)
            handlers[version] = handler
        if not names:
            names = ["1.0.0"]
        handlers.setdefault(names[-1], handler)
        for function in handlers.values():
            if not callable(cast("object", function)):
                raise TypeError(f"{kind} {slug!r} must be a function, not {function!r}")
        known = self.state.automations.find(kind, slug)
        if known is None or None not in known.handlers or version is None:
            handlers[None] = handler
        self.state.register(kind, slug, handlers=handlers, versions=names, steps=steps, **options)
