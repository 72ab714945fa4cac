"""An application that uses the whole client; type checkers must find nothing in it."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError, EigenpalRunFailedError, EigenpalTimeoutError, EigenpalValidationError
from eigenpal.types import (
    AgentSummary,
    CreateAgentBody,
    EncryptedSecret,
    ExecutionStatus,
    Page,
    ResponseInfo,
    Run,
    RunAccepted,
    RunListItem,
    WorkflowRunExecution,
)


def start(client: EigenpalClient) -> str:
    started = client.run(
        "workflows.extract-invoice",
        {"contract": Path("contract.pdf"), "pages": [io.BytesIO(b"1")], "language": "en"},
        version="1.0.0",
        wait_for_completion=30,
        overrides={"steps": {"read": {"pages": 1}}},
        metadata={"ticket": "OPS-311"},
        trigger="api",
    )
    if isinstance(started, RunAccepted):
        return started.id
    output: dict[str, Any] | None = started.output
    created: datetime = started.timing.created_at
    status: ExecutionStatus = started.execution.status
    if isinstance(started.execution, WorkflowRunExecution):
        steps: list[Any] = started.execution.steps
        print(steps)
    print(output, created.astimezone(timezone.utc), status)
    again = client.rerun(started.id, version="original", wait_for_completion=10)
    return again.id


def wait(client: EigenpalClient, identifier: str) -> Run:
    def on_update(run: Run) -> None:
        print(run.execution.status)

    result = client.workflows.executions.run_and_wait(
        "extract-invoice",
        {"contract": Path("contract.pdf")},
        version="1.0.0",
        overrides=None,
        metadata=None,
        poll_interval_seconds=1.0,
        timeout_seconds=60.0,
        raise_on_failure=True,
        on_update=on_update,
    )
    print(result["finished"], result["output"], "output" in result, result.get("error"))
    client.run_and_wait({"type": "agent", "slug": "receipt-sorter"}, {"month": "2026-03"})
    for seen in client.runs.watch(identifier):
        print(seen.finished)
    return client.runs.wait(identifier, timeout_seconds=5)


def list_ids(page: Page[RunListItem]) -> list[str]:
    return [row.id for row in page]


def observe(client: EigenpalClient, other: AsyncEigenpalClient) -> None:
    seen: list[ResponseInfo] = []

    async def note(info: ResponseInfo) -> None:
        print(info.operation, info.status, info.headers.get("X-Request-Id"), info.request_id, f"{info.seconds:.2f}")

    observed = client.with_options(on_response=seen.append).with_options(on_response=False)
    print(observed.request("GET", "/api/v1/runs", query={"limit": 2, "status": ["failed"]})["runs"])
    print(other.with_options(on_response=note), AsyncEigenpalClient(on_response=note))


def runs(client: EigenpalClient, identifier: str) -> None:
    page = client.runs.list(status=["completed", "failed"], created_after=datetime.now(timezone.utc), limit=10)
    rows: list[RunListItem] = page.runs
    cursor: str | None = page.next_cursor
    first: RunListItem = page[0]
    others: list[RunListItem] = page[1:]
    sent: dict[str, Any] = {**page, **dict(page), "cursor": page["nextCursor"], "more": page.get("more", False)}
    print([row.id for row in page if row in others], [row.id for row in reversed(page)], len(page), bool(page), sent)
    print(list_ids(page), list_ids(client.runs.list()), first, sorted(page, key=lambda row: row.timing.created_at))
    for row in client.runs.iter(type="agent", source="receipt-sorter", page_size=50):
        print(row.id, rows, cursor)
    run = client.runs.get(identifier, expand=["input", "usage"])
    print(run.usage.tokens.input if run.usage else None)
    print(client.runs.cancel(identifier).cancellation.state)
    report = client.runs.compare(identifier, "run_2", step="read", baseline=False, normalize_dates=True)
    print(report.status, report["runId"])
    print(client.runs.connect(identifier)["url"], client.runs.definition(identifier).definition)
    print([artifact.path for artifact in client.runs.artifacts.list(identifier)])
    content: bytes = client.runs.artifacts.download(identifier, "output/summary.pdf")
    size: int = client.runs.artifacts.download(identifier, "output/summary.pdf", to=Path("summary.pdf"))
    archive: bytes = client.runs.artifacts.download_zip(identifier)
    print(len(content), size, len(archive), client.runs.artifacts.download_all(identifier, "folder"))
    print(client.runs.comparison.get(identifier)["status"], client.runs.trace.get(identifier).events)
    review(client, identifier)


def review(client: EigenpalClient, identifier: str) -> None:
    print(client.runs.expected.list(identifier)["files"])
    client.runs.expected.copy_output(identifier, output_file_name="a.json", expected_name="b.json")
    client.runs.expected.copy_output(identifier, body={"outputFileName": "a.json"})
    client.runs.expected.upload(identifier, Path("c.json"), name="c.json")
    client.runs.expected.rename(identifier, "b.json", name="d.json")
    data: bytes = client.runs.expected.download(identifier, "d.json")
    client.runs.expected.delete(identifier, "d.json")
    print(data, client.runs.feedback.get(identifier)["feedback"])
    client.runs.feedback.update(identifier, body="good", rating="pass", status=None)
    client.runs.feedback.resolve(identifier, body="done")
    client.runs.feedback.clear(identifier)
    print(client.runs.files.list(identifier).outputs_by_step["read"])
    with Path("contract.pdf").open("rb") as file:
        client.runs.files.upload(identifier, file)
    client.runs.files.delete(identifier, "fil_1")


def automations(client: EigenpalClient) -> None:
    agents: list[AgentSummary] = client.agents.list(search="receipt", slug=None, include_archived=True).data
    names = [agent.name for agent in client.agents.iter(page_size=10)]
    created = client.agents.create(name="Lab notes", slug="lab-notes").agent
    client.agents.create(body=CreateAgentBody(name="Lab notes", slug="lab-notes-2", config={"model": "large"}))
    print(agents, names, client.agents.get(created.id, include=["files"]).agent.stats)
    client.agents.update(created.id, name="Lab notes 2")
    print(client.agents.list_files(created.id, prefix="src", ref="main"), client.agents.versions(created.id).versions)
    print(client.agents.email_triggers.list().emails, client.agents.email_triggers.get(created.id).trigger)
    client.agents.email_triggers.create_alias(created.id, alias="receipts", allowlist=["*@example.com"])
    client.agents.email_triggers.update_alias(created.id, "eml_1", label=None, status="disabled")
    client.agents.email_triggers.delete_alias(created.id, "eml_1")
    client.agents.email_triggers.update(created.id, enabled=True)
    print(client.workflows.list(folder_id="null", kind="workflow").total, client.workflows.get("wf_1").yaml_content)
    print(client.workflows.versions("wf_1", limit=5).data, list(client.workflows.iter_versions("wf_1")))
    print([workflow.name for workflow in client.workflows.iter(search="invoice")])
    print(client.automations.sync("wf_1").automation.status)


def source(client: EigenpalClient) -> None:
    print(client.source.repository().remote_url, client.source.raw("workflow.yaml", ref="main").content)
    print(client.source.releases("workflows/extract-invoice").releases, client.source.lockfile("x@1.0.0").root)
    secret: EncryptedSecret | None = client.source.encrypt_secrets(
        source_path="secrets.yaml", secret_name="TOKEN", plaintext="value"
    ).encrypted
    if secret is not None:
        print(client.source.decrypt_secrets(execution_id="run_1", secret_name="TOKEN", encrypted=secret).plaintext)


def main() -> None:
    with EigenpalClient(timeout_seconds=30, max_retries=1, default_headers={"X-Team": "billing"}) as client:
        try:
            runs(client.with_options(max_retries=5), wait(client, start(client)).id)
            automations(client)
            source(client)
        except EigenpalTimeoutError as error:
            print(error.run_id, error.last_run)
        except EigenpalRunFailedError as error:
            print(error.run.error)
        except EigenpalValidationError as error:
            print([issue.message for issue in error.issues], error.retry_after)
        except EigenpalError as error:
            print(error.status, error.request_id, error.envelope)
        client.close()


async def main_async() -> None:
    async with AsyncEigenpalClient(api_key="key", verify_ssl=False) as client:
        run = await client.workflows.executions.run_and_wait("extract-invoice", {"contract": Path("contract.pdf")})
        finished: bool = run.finished
        async for row in client.runs.iter(page_size=50):
            print(row.execution.status, finished)
        async for seen in client.runs.watch(run.id):
            print(seen.finished)
        content: bytes = await client.runs.artifacts.download(run.id, "output/summary.pdf")
        size: int = await client.runs.artifacts.download(run.id, "output/summary.pdf", to="summary.pdf")
        print(len(content), size, (await client.workflows.list()).data)
        await client.aclose()
