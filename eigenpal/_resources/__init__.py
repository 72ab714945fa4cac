"""What is added by hand to the generated resources. `sync_*` modules are written from `async_*` by tools/unasync."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal._resources.async_artifacts import AsyncRunsArtifacts as AsyncRunsArtifacts
    from eigenpal._resources.async_runs import AsyncRuns as AsyncRuns
    from eigenpal._resources.async_workflows import AsyncWorkflows as AsyncWorkflows
    from eigenpal._resources.sync_artifacts import RunsArtifacts as RunsArtifacts
    from eigenpal._resources.sync_runs import Runs as Runs
    from eigenpal._resources.sync_workflows import Workflows as Workflows
else:
    _MODULES = {
        "AsyncRuns": "async_runs",
        "AsyncRunsArtifacts": "async_artifacts",
        "AsyncWorkflows": "async_workflows",
        "Runs": "sync_runs",
        "RunsArtifacts": "sync_artifacts",
        "Workflows": "sync_workflows",
    }

    def __getattr__(name: str) -> object:
        # Loaded when a tool evaluates an annotation that names it, as `typing.get_type_hints` does.
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
