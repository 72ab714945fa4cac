from __future__ import annotations

import json
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, UploadedFile

from .conftest import Http, always_return


def test_agents_are_created_read_and_updated(http: Http) -> None:
    body = {"name": "Lab notes", "slug": "lab-notes", "description": "Tables", "config": {"model": "large"}}
    created = http.post("/agents", json=body)
    assert created.status_code == 201
    agent = created.json()["agent"]
    assert (agent["name"], agent["latestVersion"], agent["config"]) == ("Lab notes", None, {"model": "large"})
    for name in ("lab-notes", agent["id"]):
        assert http.get(f"/agents/{name}").json()["agent"] == agent
    again = http.post("/agents", json=body)
    assert (again.status_code, again.json()["issues"][0]["code"]) == (400, "already_exists")
    updated = http.patch("/agents/lab-notes", json={"name": "Notes", "config": {"turns": 3}}).json()["agent"]
    assert (updated["name"], updated["description"]) == ("Notes", "Tables")
    assert updated["config"] == {"model": "large", "turns": 3}
    assert http.get("/agents/lab-notes").json()["agent"] == updated
    # An agent without a handler returns its input.
    assert http.run_and_wait("agents.lab-notes", {"a": 1})["output"] == {"a": 1}
    assert http.get("/agents/lab-notes").json()["agent"]["stats"]["totalExecutions"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "a b"}, "body.slug"),
        ({"slug": ""}, "body.slug"),
        ({"slug": "a.b"}, "body.slug"),
        ({"slug": "a@1"}, "body.slug"),
        ({"name": " "}, "body.name"),
        ({"other": 1}, "body.other"),
        ({"config": []}, "body.config"),
    ],
)
def test_agents_that_cannot_be_created(http: Http, change: dict[str, Any], field: str) -> None:
    response = http.post("/agents", json={"name": "A", "slug": "a", **change})
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, field)


def test_email_triggers(server: EigenpalServer, http: Http) -> None:
    server.agent("sorter")(always_return({}))
    server.agent("reader")(always_return({}))
    base = "/agents/sorter/triggers/email"
    assert http.get(base).json() == {"trigger": {"type": "email", "enabled": False}, "emails": []}
    assert http.patch(base, json={"enabled": True}).json()["trigger"]["enabled"] is True
    assert http.get("/agents/sorter").json()["agent"]["triggers"]["email"] is True
    first = http.post(base, json={"alias": "receipts", "label": "Desk", "allowlist": ["*@example.com"]})
    assert first.status_code == 201
    alias = first.json()["email"]
    assert (alias["label"], alias["status"], alias["allowlist"]) == ("Desk", "active", ["*@example.com"])
    second = http.post(base, json={"email": "Bills@example.org", "allow": []}).json()["email"]
    assert second["address"] == "bills@example.org"
    http.post("/agents/reader/triggers/email", json={})
    addresses = [email["address"] for email in http.get("/agents/triggers/email").json()["emails"]]
    assert addresses == ["receipts@in.eigenpal.test", "bills@example.org", "reader@in.eigenpal.test"]
    taken = http.post("/agents/reader/triggers/email", json={"alias": "RECEIPTS"})
    assert taken.json()["issues"][0]["code"] == "already_exists"
    change = {"label": None, "status": "disabled", "requireSenderAuth": True, "replyConfig": {"mode": "never"}}
    updated = http.patch(f"{base}/{alias['id']}", json=change).json()["email"]
    assert {**alias, **change} == updated
    assert http.get(base).json()["emails"][0] == updated
    assert http.delete(f"{base}/{alias['id']}").json() == {"removed": True}
    assert http.delete(f"{base}/{alias['id']}").status_code == 404
    assert http.patch(f"/agents/reader/triggers/email/{second['id']}", json={}).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nobody"}, "body.email"),
        ({"email": "a@b@c"}, "body.email"),
        ({"alias": "a b"}, "body.alias"),
        ({"alias": ""}, "body.alias"),
        ({"allow": ["a"], "allowlist": ["b"]}, "body.allow"),
        ({"allow": "a"}, "body.allow"),
    ],
)
def test_aliases_that_cannot_be_made(server: EigenpalServer, http: Http, body: dict[str, Any], field: str) -> None:
    server.agent("sorter")(always_return({}))
    response = http.post("/agents/sorter/triggers/email", json=body)
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, field)


def test_one_key_creates_one_agent(http: Http) -> None:
    body = {"name": "A", "slug": "a"}
    headers = {"Idempotency-Key": "k"}
    first = http.post("/agents", json=body, headers=headers)
    again = http.post("/agents", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = http.post("/agents", json={**body, "slug": "b"}, headers=headers)
    assert other.json()["issues"][0]["code"] == "idempotency_key_reused"


def test_an_email_starts_an_agent(server: EigenpalServer, http: Http) -> None:
    @server.agent("sorter")
    def sort(input: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
        return {**input, "file": files["attachments"].filename}

    base = "/agents/sorter/triggers/email"
    alias = http.post(base, json={"alias": "receipts", "allow": ["*@example.com"]}).json()["email"]

    def deliver(sender: str = "ines@example.com", to: str = alias["address"]) -> str:
        receipt = UploadedFile("receipt.pdf", b"%PDF")
        return server.deliver_email(to, sender=sender, subject="March", text="Hi", attachments=[receipt]).id

    with pytest.raises(ValueError, match="disabled"):
        deliver()
    http.patch(base, json={"enabled": True})
    run = http.get_run(deliver("Ines@Example.com"))
    assert run["trigger"] == {"type": "email", "by": None, "email": {"from": "Ines@Example.com", "subject": "March"}}
    assert run["output"] == {"from": "Ines@Example.com", "subject": "March", "text": "Hi", "file": "receipt.pdf"}
    assert http.get("/runs", params={"trigger": "email"}).json()["runs"][0]["id"] == run["id"]
    with pytest.raises(ValueError, match="does not accept e-mails from"):
        deliver("mallory@example.org")
    with pytest.raises(ValueError, match="no agent has the address"):
        deliver(to="nobody@in.eigenpal.test")
    http.patch(f"{base}/{alias['id']}", json={"status": "disabled"})
    with pytest.raises(ValueError, match="disabled"):
        deliver()


@pytest.mark.parametrize("slug", ["\ud800", "a\u0000", "a\u2028b", "a b", "a@b", ""])
def test_slugs_that_cannot_stand_in_a_target(http: Http, slug: str) -> None:
    content = json.dumps({"name": "A", "slug": slug}).encode()
    response = http.post("/agents", content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["issues"][0]["field"]) == (400, "body.slug")


def test_names_that_are_half_a_character(http: Http) -> None:
    content = json.dumps({"name": "\ud800", "slug": "half", "description": "\udfff"}).encode()
    created = http.post("/agents", content=content, headers={"content-type": "application/json"})
    assert created.status_code == 201
    for path in ("?include=files", "/files", "/files?path=AGENTS.md"):
        assert http.get(f"/agents/half{path}").status_code == 200
