from __future__ import annotations

from typing import Any

import pytest
import yaml

from eigenpal.testing import EigenpalServer, RunContext

from .conftest import Http, always_return


def test_a_workflow_is_read_by_id_and_slug(server: EigenpalServer, http: Http) -> None:
    server.workflow("odd", name='odd"name: \\x', steps=['a: "b', "{{c}}", "d\ne"], description="- x")(always_return({}))
    row = http.get("/workflows").json()["data"][-1]
    workflow = http.get(f"/workflows/{row['id']}").json()
    assert row.items() <= workflow.items()
    read = yaml.safe_load(workflow["yamlContent"])
    assert read == {
        "name": 'odd"name: \\x',
        "version": "1.0.0",
        "description": "- x",
        "steps": [{"name": 'a: "b'}, {"name": "{{c}}"}, {"name": "d\ne"}],
    }
    assert http.get("/workflows/echo").json()["id"] == http.get("/workflows?name=echo").json()["data"][0]["id"]


@pytest.mark.parametrize("slug", ["", "a@b", "a b", ".", "a/../b", "/a", "a//b", "a?b"])
def test_slugs_that_cannot_stand_in_a_target(server: EigenpalServer, slug: str) -> None:
    with pytest.raises(ValueError, match="is not a valid slug"):
        server.workflow(slug)(always_return({}))


def test_a_target_is_no_slug(server: EigenpalServer) -> None:
    with pytest.raises(ValueError, match="use its slug, 'finance/pay'"):
        server.workflow("workflows.finance/pay")
    with pytest.raises(ValueError, match="use its slug, 'sorter'"):
        server.agent("agents.sorter")


def test_an_agent_without_a_release(http: Http) -> None:
    http.post("/agents", json={"name": "A", "slug": "a"})
    lock = http.get("/source/lockfile", params={"packageRef": "agents/a"}).json()
    assert lock["root"]["resolvedRef"] == "refs/heads/main"
    assert "resolvedTag" not in lock["root"]
    assert http.post("/automations/a/sync").status_code == 404


def test_sync(server: EigenpalServer, http: Http) -> None:
    server.workflow("pay", version="2.0.0")(always_return({}))
    workflow_id = http.get("/workflows/pay").json()["id"]
    for name in ("pay", workflow_id, "workflows.pay", "workflows%2Fpay"):
        synced = http.post(f"/automations/{name}/sync").json()
        assert synced["automation"]["id"] == workflow_id
        assert synced["automation"]["status"] == "active"
        assert synced["release"]["version"] == "2.0.0"
        assert synced["warnings"] == []
    server.archive("workflows.pay")
    assert http.post("/automations/pay/sync").json()["automation"]["status"] == "archived"
    assert http.post("/automations/nothing/sync").status_code == 404


def test_secrets_really_are_secret(server: EigenpalServer, http: Http) -> None:
    name = {"sourcePath": "workflows/echo/secrets.yaml", "secretName": "TOKEN"}
    encrypted = http.post("/source/secrets/encrypt", json={**name, "plaintext": "tr0ub4dor ü"}).json()["encrypted"]
    other = http.post("/source/secrets/encrypt", json={**name, "plaintext": "tr0ub4dor ü"}).json()["encrypted"]
    assert encrypted["ciphertext"] != other["ciphertext"]
    run_id = http.run_and_wait("workflows.echo")["id"]
    body: dict[str, Any] = {**name, "executionId": run_id, "encrypted": encrypted}
    assert http.post("/source/secrets/decrypt", json=body).json() == {"plaintext": "tr0ub4dor ü"}

    def expect_error(status: int, **change: Any) -> str:
        response = http.post("/source/secrets/decrypt", json={**body, **change})
        assert response.status_code == status, response.text
        code: str = response.json()["issues"][0]["code"]
        return code

    assert expect_error(400, secretName="OTHER") == "decryption_failed"
    assert expect_error(400, encrypted={**encrypted, "tag": other["tag"]}) == "decryption_failed"
    assert expect_error(400, encrypted={**encrypted, "nonce": "b64:"}) == "decryption_failed"
    assert expect_error(400, encrypted={**encrypted, "nonce": "b64:%"}) == "invalid_value"
    assert expect_error(400, encrypted={**encrypted, "keyId": "key_99"}) == "invalid_value"
    assert expect_error(403, sourcePath="workflows/other/secrets.yaml") == "not_in_lockfile"
    assert expect_error(404, executionId="run_nothing") == "not_found"
    with EigenpalServer() as stranger:
        response = http.post(
            f"{stranger.url}/api/v1/source/secrets/decrypt", json={"secrets": [{**name, "encrypted": encrypted}]}
        )
        assert response.json()["issues"][0]["code"] == "decryption_failed"


def test_secrets_in_batches(http: Http) -> None:
    plain = {"A": "one", "B": ""}
    path = "agents/x/secrets.yaml"
    entries = [{"sourcePath": path, "secretName": name, "plaintext": text} for name, text in plain.items()]
    encrypted = http.post("/source/secrets/encrypt", json={"secrets": entries}).json()["secrets"]
    closed = [{"sourcePath": path, "secretName": name, "encrypted": encrypted[name]} for name in plain]
    assert http.post("/source/secrets/decrypt", json={"secrets": closed}).json() == {"secrets": plain}
    twice = http.post("/source/secrets/encrypt", json={"secrets": [entries[0], entries[0]]})
    assert twice.json()["issues"][0]["field"] == "body.secrets.1.secretName"
    both = http.post("/source/secrets/encrypt", json={"secrets": entries, "plaintext": "x"})
    assert both.json()["issues"][0]["field"] == "body.secrets"
    closed[1]["secretName"] = "C"
    wrong = http.post("/source/secrets/decrypt", json={"secrets": closed})
    assert wrong.json()["issues"][0]["field"] == "body.secrets.1.encrypted"


def test_a_single_secret_needs_all_of_its_fields(http: Http) -> None:
    fields = {issue["field"] for issue in http.post("/source/secrets/decrypt", json={}).json()["issues"]}
    assert fields == {f"body.{name}" for name in ("executionId", "sourcePath", "secretName", "encrypted")}
    fields = {item["field"] for item in http.post("/source/secrets/encrypt", json={}).json()["issues"]}
    assert fields == {f"body.{name}" for name in ("sourcePath", "secretName", "plaintext")}


def test_the_older_start(server: EigenpalServer, http: Http) -> None:
    started = http.post("/run/workflows.echo", json={"a": 1, "b": {"c": 2}})
    assert (started.status_code, started.json()["type"]) == (201, "workflow")
    assert http.get_run(started.json()["runId"])["output"] == {"a": 1, "b": {"c": 2}}
    query: dict[str, str] = {"wait_for_completion": "5", "version": "1.0.0"}
    finished = http.post("/run/workflows.echo", json={"_overrides": {"steps": {"echo": {"x": 1}}}}, params=query)
    assert (finished.status_code, finished.json()["output"], finished.json()["status"]) == (200, {"x": 1}, "completed")
    form = http.post(
        "/run/workflows.echo", data={"_json": '{"a": 1}'}, files={"doc": ("a.txt", b"x", "text/plain")}, params=query
    )
    assert form.json()["output"] == {"a": 1, "doc": {"filename": "a.txt", "contentType": "text/plain", "size": 1}}
    server.agent("sorter", run_seconds=3600)(always_return({}))
    accepted = http.post("/run/agents.sorter", json={})
    assert (accepted.status_code, accepted.json()["status"]) == (202, "running")
    assert http.post("/run/workflows.nothing", json={}).status_code == 404


def test_the_older_download_is_for_agents(server: EigenpalServer, http: Http) -> None:
    @server.agent("sorter")
    def sort(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.artifact("a/b.txt", "x")

    run_id = http.run_and_wait("agents.sorter")["id"]
    assert http.get(f"/runs/{run_id}/artifact/output%2Fa%2Fb.txt").text == "x"
    assert http.get(f"/runs/{run_id}/artifact/output/a/b.txt").status_code == 404
    run_id = http.run_and_wait("workflows.echo")["id"]
    assert http.get(f"/runs/{run_id}/artifact/trace.jsonl").status_code == 404
