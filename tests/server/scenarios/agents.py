"""Scenarios of agents: their versions, files and email triggers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eigenpal.errors import EigenpalError, EigenpalForbiddenError, EigenpalNotFoundError, EigenpalValidationError

from ..blocking_client import ServerAndClient
from .registry import echo, scenario


@scenario("agents.create", "agents.get", "agents.update", "agents.list", "agents.iter", "run")
def agents_from_creation_to_archive(setup: ServerAndClient) -> None:
    agents = setup.client.agents
    made = agents.create(name="Receipt sorter", slug="receipt-sorter", description="Sorts", config={"model": "a"})
    assert (made.agent.slug, made.source_recovered, made.recovery_kind) == ("receipt-sorter", False, "minimal_scaffold")
    with pytest.raises(EigenpalValidationError, match=r"body\.slug.*already exists"):
        agents.create(name="Another", slug="receipt-sorter")

    setup.server.clock.advance(60)
    changed = agents.update("receipt-sorter", name="Sorter of receipts", config={"depth": 2}).agent
    assert (changed.name, changed.description, changed.config) == (
        "Sorter of receipts",
        "Sorts",
        {"model": "a", "depth": 2},
    )
    assert changed.updated_at - changed.created_at == timedelta(seconds=60)
    assert agents.get(made.agent.id).agent.to_dict() == changed.to_dict()

    for number in range(5):
        agents.create(name=f"Agent {number}", slug=f"agent-{number}")
    page = agents.list(limit=2, offset=1)
    assert ([one.slug for one in page.data], page.total, page.limit, page.offset) == (["agent-0", "agent-1"], 6, 2, 1)
    page = agents.list(limit=4, offset=4)
    assert ([one.slug for one in page.data], page.total) == (["agent-3", "agent-4"], 6)
    everyone = ["receipt-sorter", *(f"agent-{number}" for number in range(5))]
    assert [agent.slug for agent in agents.iter(page_size=2)] == everyone
    for search in ("RECEIPT", "SORTS"):
        assert [item.slug for item in agents.iter(search=search)] == ["receipt-sorter"]
    assert [value.slug for value in agents.iter(slug="agent-3")] == ["agent-3"]
    assert list(agents.iter(slug="agent")) == []

    setup.server.archive("agents.agent-3")
    assert "agent-3" not in [entry.slug for entry in agents.iter()]
    assert "agent-3" not in [entry.slug for entry in agents.iter(include_archived=False)]
    assert "agent-3" in [element.slug for element in agents.iter(include_archived=True)]
    with pytest.raises(EigenpalForbiddenError, match="archived") as archived:
        setup.client.run("agents.agent-3")
    assert archived.value.issues[0].code == "archived"


@scenario("agents.versions", "agents.list_files", "agents.get", "agents.put_file", "agents.upload_files")
def versions_and_files_of_an_agent(setup: ServerAndClient) -> None:
    setup.server.agent("sorter", versions=["1.0.0", "1.1.0"])(echo)
    setup.server.write_source("agents/sorter/notes/a.md", "# A ü")
    agents = setup.client.agents
    listed = agents.versions("sorter")
    assert [(version.version, version.latest) for version in listed.versions] == [("1.1.0", True), ("1.0.0", False)]
    assert listed.versions[1].source_ref == "refs/tags/agents/sorter/1.0.0"
    assert (listed.slug, listed.package_path) == ("sorter", "agents/sorter")
    agent = agents.get("sorter").agent
    assert (agent.latest_version, agent.latest_commit) == ("1.1.0", listed.versions[0].commit)

    rows = agents.list_files("sorter")["files"]
    assert [row["path"] for row in rows] == ["AGENTS.md", "agent.yaml", "config.json", "notes/a.md"]
    assert [row["path"] for row in agents.list_files("sorter", prefix="notes/")["files"]] == ["notes/a.md"]
    file = agents.list_files("sorter", path="notes/a.md", ref="agents/sorter/1.0.0")
    assert (file["content"], file["contentType"]) == ("# A ü", "text/markdown")
    with pytest.raises(EigenpalNotFoundError):
        agents.list_files("sorter", path="nothing")
    with pytest.raises(EigenpalError) as unknown:
        agents.list_files("sorter", ref="nothing")
    assert unknown.value.issues[0].field == "query.ref"
    included = agents.get("sorter", include=["files", "dataset"]).agent
    assert (len(included["files"]), included["dataset"]) == (4, {"examples": []})

    writes: list[Callable[[], Any]] = [
        lambda: agents.put_file("sorter", path="notes/a.md", content="# B"),
        lambda: agents.upload_files("sorter", files=[{"path": "b.md", "content": "b"}]),
    ]
    for refused in writes:
        with pytest.warns(DeprecationWarning, match="deprecated"), pytest.raises(EigenpalError, match="Git") as caught:
            refused()
        assert (caught.value.status, caught.value.request_id is not None) == (409, True)
        assert set(caught.value.envelope or {}) == {"error"}
    with pytest.warns(DeprecationWarning, match="deprecated"), pytest.raises(EigenpalNotFoundError):
        agents.put_file("nothing", path="a.md", content="")
    assert agents.list_files("sorter", path="notes/a.md")["content"] == "# A ü"


@scenario(
    *(f"agents.email_triggers.{name}" for name in ("list", "get", "update", "create_alias", "update_alias")),
    *("agents.email_triggers.delete_alias", "runs.list", "runs.get"),
)
def mail_that_starts_an_agent(setup: ServerAndClient) -> None:
    setup.server.agent("sorter")(echo)
    triggers = setup.client.agents.email_triggers
    assert triggers.get("sorter").emails == []
    assert triggers.update("sorter", enabled=True).trigger["enabled"] is True
    email: Any = triggers.create_alias("sorter", alias="receipts", label="Mail", allowlist=["*@example.com"]).email
    assert email["address"].startswith("receipts@")
    with pytest.raises(EigenpalValidationError, match="already in use"):
        triggers.create_alias("sorter", alias="receipts")

    run = setup.server.deliver_email(email["address"], sender="ada@example.com", subject="Trip")
    (row,) = setup.client.runs.list(trigger="email").runs
    assert row.id == run.id
    assert setup.client.runs.get(row.id).output == {"from": "ada@example.com", "subject": "Trip", "text": ""}
    with pytest.raises(ValueError, match=r"mallory@elsewhere\.org"):
        setup.server.deliver_email(email["address"], sender="mallory@elsewhere.org")

    # Null clears; missing fields stay unchanged.
    changed: Any = triggers.update_alias("sorter", email["id"], label=None, status="disabled").email
    assert (changed["label"], changed["status"], changed["allowlist"]) == (None, "disabled", ["*@example.com"])
    assert triggers.list().emails == [changed] == triggers.get("sorter").emails
    assert triggers.delete_alias("sorter", email["id"]).removed is True
    assert triggers.list().emails == []
    with pytest.raises(EigenpalNotFoundError):
        triggers.delete_alias("sorter", email["id"])
