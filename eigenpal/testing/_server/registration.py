"""Registering Python functions as workflows and agents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from eigenpal.testing._server.automations import Automation, AutomationKind, Handler, RunSchedule
from eigenpal.testing._server.http_errors import as_value_error
from eigenpal.testing._server.server_state import ServerState

HandlerT = TypeVar("HandlerT", bound=Handler)


class RegistrationMixin:
    """The part of a server that makes workflows and agents known."""

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

        The function takes ``input`` (a dict), and if it has more parameters ``files`` (by input name, an
        `UploadedFile` or a list of them) and ``context``, a `RunContext`. It returns a dict or None. If it raises,
        the run fails with the text of the error; `RunRejected` makes it rejected. It may be ``async``.

        Args:
            slug: Its slug; slashes make folders.
            steps: The names of its steps; those of the release before, if left out. Unless the function reports them
                itself, they share the time of the run, and the last one has its output.
            version: The release this function is; registering a slug again with another one adds a release.
            versions: Several releases, oldest first: names played by this function, or a mapping to other functions.
            name: Its name; the slug, if left out.
            description: In words.
            kind: ``"workflow"`` or ``"block"``.
            folder: The id of the folder it is in.
            api_enabled: Whether it may be started through the API; if not, a start answers 403.
            queued: Seconds, on the clock, its runs wait before they start.
            takes: Seconds, on the clock, its runs take.
            polls: How many reads of its runs find them unfinished.

        Returns:
            A decorator that returns the function unchanged.

        Raises:
            TypeError: The decorator was written without a slug.
            ValueError: The slug cannot stand in a target, or is one: `workflows.` and `agents.` belong to targets.

        Example:
            >>> @server.workflow("extract-invoice", steps=["read", "extract"], run_seconds=3)  # doctest: +SKIP
            ... def extract(input, files):
            ...     return {"pages": 1, "file": files["invoice"].filename}
        """
        _check_slug(slug, "workflow")

        def register(handler: HandlerT) -> HandlerT:
            self._register(
                "workflow",
                slug,
                handler,
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
            return handler

        return register

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
        """Register a function as an agent; see `workflow` for what the function takes and returns.

        Args:
            slug: Its slug.
            version: The release this function is.
            versions: Several releases, oldest first.
            name: Its name; the slug, if left out.
            description: In words.
            config: Its configuration.
            model: The model its runs say they used.
            api_enabled: Whether it may be started through the API.
            queued: Seconds, on the clock, its runs wait before they start.
            takes: Seconds, on the clock, its runs take.
            polls: How many reads of its runs find them unfinished.

        Returns:
            A decorator that returns the function unchanged.

        Raises:
            TypeError: The decorator was written without a slug.
            ValueError: The slug cannot stand in a target, or is one: `workflows.` and `agents.` belong to targets.

        Example:
            >>> @server.agent("receipt-sorter")  # doctest: +SKIP
            ... def sort(input, files, context):
            ...     context.artifact("trips.json", "[]")
            ...     return {"trips": 0}
        """
        _check_slug(slug, "agent")

        def register(handler: HandlerT) -> HandlerT:
            self._register(
                "agent",
                slug,
                handler,
                version=version,
                versions=versions,
                name=name,
                description=description,
                config=config,
                model=model,
                api_enabled=api_enabled,
                schedule=self._make_schedule(queue_seconds, run_seconds, unfinished_polls),
            )
            return handler

        return register

    def archive(self, target: str) -> None:
        """Archive a workflow or an agent: hidden in listings, and not to be started.

        Args:
            target: Such as ``"agents.receipt-sorter"``.

        Raises:
            ValueError: There is no such workflow or agent.
        """
        with as_value_error():
            automation = self.state.automations.target(target, "target")
        automation.archived = True
        self.state.save_automation(automation)
        self.state.commit()

    def write_source(self, path: str, text: str) -> None:
        """Put a file into the source repository, to be read with ``source.raw`` and ``agents.list_files``.

        Args:
            path: Such as ``"agents/receipt-sorter/notes.md"``.
            text: What it holds.
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

    def _register(
        self,
        kind: AutomationKind,
        slug: str,
        handler: Handler,
        *,
        steps: Iterable[str] | None = None,
        version: str | None = None,
        versions: Sequence[str] | Mapping[str, Handler] | None = None,
        name: str | None = None,
        description: str | None = None,
        workflow_kind: str = "workflow",
        folder: str | None = None,
        api_enabled: bool = True,
        config: Mapping[str, Any] | None = None,
        model: str | None = None,
        schedule: RunSchedule | None = None,
    ) -> Automation:
        if steps is None and version is None and versions is None:
            # Another function altogether, not another release of the same.
            steps = ()
        if isinstance(versions, str):
            raise TypeError("versions is a list of names or a mapping, not one text; use version for a single one")
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
        for one in handlers.values():
            if not callable(cast("object", one)):
                raise TypeError(f"{kind} {slug!r} is played by a function, not by {one!r}")
        known = self.state.automations.find(kind, slug)
        if known is None or None not in known.handlers or version is None:
            handlers[None] = handler
        return self.state.register(
            kind,
            slug,
            handlers=handlers,
            versions=names,
            schedule=schedule,
            name=name,
            description=description,
            steps=steps,
            workflow_kind=workflow_kind,
            folder=folder,
            api_enabled=api_enabled,
            config=config,
            model=model,
        )


def _check_slug(slug: object, decorator: str) -> None:
    if not isinstance(slug, str):
        raise TypeError(f'a slug is needed: write @server.{decorator}("extract-invoice"), not @server.{decorator}')
    root = f"{decorator}s."
    if slug.startswith(root):
        raise ValueError(f"{slug!r} is a target; its slug is {slug.removeprefix(root)!r}")
