"""A start whose response is lost is found, and started only once, even if the server ignores Idempotency-Key."""

from __future__ import annotations

import pytest

from eigenpal.errors import EigenpalConnectionError, EigenpalNotFoundError
from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.echo import echo
from tests.support.pages import PageRun


def check(run: PageRun) -> None:
    start_once = run.names["start_once"]
    with EigenpalServer(idempotency=False) as server, server.client() as client:
        with pytest.raises(EigenpalNotFoundError):
            start_once(client, "0415")
        server.workflow("extract-invoice")(echo)
        started = [start_once(client, "0414").id]
        server.faults.add("run", reset=True, after=True)
        started.append(start_once(client, "0415").id)
        assert [run.id for run in server.runs] == started
        server.faults.add("run", reset=True)
        with pytest.raises(EigenpalConnectionError, match="find_started"):
            start_once(client, "0416")
        assert len(server.runs) == 2
