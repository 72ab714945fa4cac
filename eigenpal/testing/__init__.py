"""Emulates the Eigenpal API on your machine: a real HTTP server for tests, without network access or an API key.

Install it with ``pip install 'eigenpal[testing]'``.

Examples:
    >>> from eigenpal.testing import EigenpalServer
    >>> with EigenpalServer() as server:  # doctest: +SKIP
    ...     client = server.client()
    ...     client.workflows.executions.run_and_wait("echo", {"greeting": "hello"})["output"]
    {'greeting': 'hello'}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal.testing._server.clock import Clock
    from eigenpal.testing._server.content import UploadedFile
    from eigenpal.testing._server.faults import FaultInjector, InjectedFault
    from eigenpal.testing._server.journal import Journal, RecordedFile, RecordedRequest
    from eigenpal.testing._server.origin_guard import RequestBlocked
    from eigenpal.testing._server.request_body import Limits
    from eigenpal.testing._server.run_context import RunContext, RunRejected
    from eigenpal.testing._server.server import ContractViolation, EigenpalServer
else:
    import importlib

    _HOMES = {
        "Clock": "clock",
        "ContractViolation": "server",
        "EigenpalServer": "server",
        "InjectedFault": "faults",
        "FaultInjector": "faults",
        "Journal": "journal",
        "Limits": "request_body",
        "RecordedFile": "journal",
        "RecordedRequest": "journal",
        "RequestBlocked": "origin_guard",
        "RunContext": "run_context",
        "RunRejected": "run_context",
        "UploadedFile": "content",
    }

    def __getattr__(name):
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            value = getattr(importlib.import_module(f"{__name__}._server.{_HOMES[name]}"), name)
        except ModuleNotFoundError as error:
            if error.name is not None and error.name.split(".")[0] in _EXTRA:
                message = f"eigenpal.testing needs {error.name}; install it with: pip install 'eigenpal[testing]'"
                raise ModuleNotFoundError(message, name=error.name) from None
            raise
        globals()[name] = value
        return value

    _EXTRA = {"uvicorn", "h11", "python_multipart", "jsonschema_rs", "cryptography"}

    def __dir__():
        return sorted(__all__)


__all__ = [
    "Clock",
    "ContractViolation",
    "EigenpalServer",
    "FaultInjector",
    "InjectedFault",
    "Journal",
    "Limits",
    "RecordedFile",
    "RecordedRequest",
    "RequestBlocked",
    "RunContext",
    "RunRejected",
    "UploadedFile",
]
