"""The workflow of examples/invoices.py, for tests."""

from __future__ import annotations

from importlib import import_module

from eigenpal.testing import EigenpalServer


def add_invoice_workflow(server: EigenpalServer) -> EigenpalServer:
    """Register ``extract-invoice`` with a server, and return the server."""
    function = import_module("examples.invoices").extract_invoice
    server.workflow("extract-invoice", steps=["read", "extract"])(function)
    return server
