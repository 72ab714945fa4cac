"""Starting, polling and comparing runs. Everything except the run pollers is free of I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal._runs.async_run_poller import AsyncRunPoller as AsyncRunPoller
    from eigenpal._runs.file_reference import FileReference as FileReference
    from eigenpal._runs.many.inputs import AsyncBatchInputs as AsyncBatchInputs, BatchInputs as BatchInputs
    from eigenpal._runs.sync_run_poller import RunPoller as RunPoller
else:
    _MODULES = {
        "AsyncBatchInputs": "many.inputs",
        "AsyncRunPoller": "async_run_poller",
        "BatchInputs": "many.inputs",
        "FileReference": "file_reference",
        "RunPoller": "sync_run_poller",
    }

    def __getattr__(name: str) -> object:
        # Loaded when a tool evaluates an annotation that names it, as `typing.get_type_hints` does.
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
