"""Scenarios of errors, retries and idempotency keys."""

from __future__ import annotations

import pytest

from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalForbiddenError,
    EigenpalNotFoundError,
    EigenpalServerError,
    EigenpalTimeoutError,
    EigenpalValidationError,
)
from tests.support.invoices import add_invoice_workflow

from ..blocking_client import ServerAndClient
from .registry import INVOICE, echo, scenario


@scenario("runs.get", "runs.list", "run", "agents.create")
def refusals_become_the_errors_of_the_client(setup: ServerAndClient) -> None:
    client = setup.client
    with pytest.raises(EigenpalAuthError) as refused:
        setup.make_client(api_key="wrong").runs.list()
    assert (refused.value.status, refused.value.request_id) == (401, setup.server.requests[-1].request_id)
    with pytest.raises(EigenpalNotFoundError) as missing:
        client.runs.get("run_none")
    assert (missing.value.issues[0].code, missing.value.operation) == ("not_found", "runs.get")
    with pytest.raises(EigenpalValidationError) as invalid:
        client.runs.list(created_after="never")
    assert invalid.value.issues[0].field == "query.createdAfter"
    with pytest.raises(EigenpalValidationError, match=r"body\.slug"):
        client.agents.create(name="A", slug="../etc")
    with pytest.raises(EigenpalNotFoundError, match=r"Registered workflows: echo"):
        client.run("workflows.ehco")
    setup.server.workflow("off", api_enabled=False)(echo)
    with pytest.raises(EigenpalForbiddenError, match="disabled") as disabled:
        client.run("workflows.off")
    assert (disabled.value.issues[0].code, bool(disabled.value.hint)) == ("api_trigger_disabled", True)
    for status, kind in ((402, EigenpalError), (413, EigenpalError), (500, EigenpalServerError)):
        setup.server.faults.add("runs.list", status=status, message="as ordered")
        with pytest.raises(kind, match="as ordered") as ordered:
            client.with_options(max_retries=0).runs.list()
        assert ordered.value.status == status


@scenario("runs.list", "runs.get", "runs.artifacts.download", "run_and_wait", "agents.update", "agents.create")
def faults_are_retried(setup: ServerAndClient) -> None:
    faults, client = setup.server.faults, setup.client
    client.agents.create(name="A", slug="a")
    faults.add("runs.list", status=503, times=2, retry_after=0)
    faults.add("runs.list", reset=True)
    setup.server.requests.clear()
    assert client.runs.list().runs == []
    assert [entry.status for entry in setup.server.requests] == [503, 503, None, 200]
    faults.add("agents.update", truncate=True)
    assert client.agents.update("a", name="B").agent.name == "B"

    faults.add("runs.get", status=502, garbage=False, retry_after=0, body="<html>")
    faults.add("runs.artifacts.download", truncate=True)
    add_invoice_workflow(setup.server)
    run = setup.run_and_wait("workflows.extract-invoice", {"invoice": INVOICE})
    assert client.runs.artifacts.download(run.id, run.files[0].path) == INVOICE["content"]
    assert [entry.fault for entry in setup.server.requests.of("runs.artifacts.download")] == [
        "truncate",
        None,
    ]

    faults.add("runs.get", hang=True, times=None)
    with pytest.raises(EigenpalTimeoutError):
        client.with_options(timeout_seconds=0.1, max_retries=0).runs.get(run.id)


@scenario("run", "rerun", "runs.find_started")
def a_key_starts_one_run(setup: ServerAndClient) -> None:
    server, client = setup.server, setup.client
    server.faults.add("run", after=True, reset=True)
    with pytest.raises(EigenpalConnectionError) as lost:
        client.run("workflows.echo", {"n": 3}, idempotency_key="order-17")
    assert lost.value.outcome_unknown
    began = server.clock.now()
    found = client.runs.find_started(lost.value.idempotency_key, target="workflows.echo", started_after=began)
    assert found.input.metadata == {"eigenpal_idempotency_key": "order-17"}
    # The server honors keys.
    assert client.run("workflows.echo", {"n": 3}, idempotency_key="order-17").id == found.id
    with pytest.raises(EigenpalValidationError, match="Idempotency-Key"):
        client.run("workflows.echo", {"n": 4}, idempotency_key="order-17")
    assert client.rerun(found.id, idempotency_key="r").id == client.rerun(found.id, idempotency_key="r").id
    assert client.runs.find_started("r", target="workflows.echo", started_after=began) is None
    keyed = client.with_options(default_headers={"Idempotency-Key": "order-18"})
    assert keyed.run("workflows.echo", {"n": 3}).id == keyed.run("workflows.echo", {"n": 3}).id


@scenario("request", "run", "runs.get")
def an_operation_by_its_path(setup: ServerAndClient) -> None:
    client = setup.client
    run = client.run("workflows.echo", {"n": 3}, wait_for_completion=10)
    path = f"/api/v1/runs/{run.id}"
    assert client.request("GET", path) == client.runs.get(run.id).to_dict()
    with pytest.raises(EigenpalNotFoundError):
        client.request("GET", f"{path}0")
