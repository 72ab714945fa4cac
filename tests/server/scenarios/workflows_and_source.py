"""Scenarios of workflows, of the repository with their source, and of secrets in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eigenpal.errors import EigenpalForbiddenError, EigenpalNotFoundError, EigenpalValidationError

from ..blocking_client import ServerAndClient
from ..conftest import always_return
from .registry import FAST, echo, scenario

# --- workflows ---


@scenario("workflows.list", "workflows.iter", "workflows.get", "workflows.versions", "workflows.iter_versions")
def workflows_in_folders_and_versions(setup: ServerAndClient) -> None:
    setup.server.workflow("finance/extract", steps=["read"], versions=["1.0.0", "1.1.0", "2.0.0"], folder="fld_1")(echo)
    setup.server.workflow("parse", kind="block", name="Parser")(echo)
    workflows = setup.client.workflows
    assert [workflow.name for workflow in workflows.iter(page_size=1)] == ["echo", "finance/extract", "Parser"]
    page = workflows.list()
    assert (page.total, page.limit, page.offset) == (3, 50, 0)
    assert [item.name for item in workflows.list(folder_id="fld_1").data] == ["finance/extract"]
    assert [value.name for value in workflows.list(folder_id="null").data] == ["echo", "Parser"]
    assert [entry.name for entry in workflows.list(kind="block").data] == ["Parser"]
    assert [element.name for element in workflows.list(search="E", limit=1, offset=1).data] == ["finance/extract"]
    assert workflows.list(name="extract").data == []
    [found] = workflows.list(name="finance/extract").data
    detail = workflows.get(found.id)
    assert detail.version == "2.0.0"
    assert '"read"' in detail.yaml_content
    assert [version.version for version in workflows.iter_versions(found.id, page_size=1)] == [
        "2.0.0",
        "1.1.0",
        "1.0.0",
    ]
    page = workflows.versions(found.id, limit=2, offset=1)
    assert [(one.version, one.is_current) for one in page.data] == [("1.1.0", False), ("1.0.0", False)]
    assert page.total == 3
    with pytest.raises(EigenpalNotFoundError, match="nothing"):
        workflows.get("nothing")


@scenario("workflows.executions.run_and_wait", "runs.definition", "run_and_wait", "run")
def runs_of_versions(setup: ServerAndClient) -> None:
    setup.server.workflow(
        "which", steps=["pick"], versions={"1.0.0": always_return({"v": 1}), "2.0.0": always_return({"v": 2})}
    )(always_return({"v": 0}))
    client = setup.client
    assert client.workflows.executions.run_and_wait("which", {}, **FAST)["output"] == {"v": 2}
    old = client.run_and_wait("workflows.which@1.0.0", {}, **FAST)
    assert (old.output, old.source.version) == ({"v": 1}, "1.0.0")
    assert client.run_and_wait({"type": "workflow", "slug": "which", "version": "1.0.0"}, {}, **FAST).output == {"v": 1}
    assert client.runs.definition(old.id).definition["version"] == "1.0.0"
    with pytest.raises(EigenpalNotFoundError, match=r"no version '9'.*1\.0\.0, 2\.0\.0"):
        client.run("workflows.which", version="9")


# --- source ---


@scenario("source.repository", "source.raw", "source.releases", "source.lockfile", "automations.sync")
def the_source_of_everything(setup: ServerAndClient) -> None:
    setup.server.agent("sorter", versions=["1.0.0", "1.1.0"])(echo)
    setup.server.write_source("shared/prompt.md", "Be brief. ü")
    source = setup.client.source
    assert source.repository().remote_url.endswith(".git")
    raw = source.raw("shared/prompt.md", ref="main")
    assert raw.to_dict() == {
        "ref": "main",
        "path": "shared/prompt.md",
        "contentType": "text/markdown",
        "content": "Be brief. ü",
    }
    assert source.raw("agents/sorter/agent.yaml", ref="1.0.0").path == "agents/sorter/agent.yaml"
    missing: list[Callable[[], Any]] = [
        lambda: source.raw("shared/none.md"),
        lambda: source.raw("shared/prompt.md", ref="x"),
        lambda: source.raw("../../etc/passwd"),
        lambda: source.releases("agents/sorter", version="9"),
    ]
    for read in missing:
        with pytest.raises(EigenpalNotFoundError, match=r"No |no "):
            read()
    releases = source.releases("agents/sorter").releases
    assert [release.version for release in releases] == ["1.1.0", "1.0.0"]
    assert source.releases("agents/sorter", version="1.0.0").releases == releases[1:]
    lock = source.lockfile("agents/sorter@1.0.0")
    assert (lock.root.resolved_tag, lock.root.commit) == ("agents/sorter/1.0.0", releases[1].commit)
    assert lock["lockfileVersion"] == 1
    synced = setup.client.automations.sync("agents.sorter")
    assert (synced.automation.slug, synced.release.version, synced.warnings) == ("sorter", "1.1.0", [])
    setup.server.archive("agents.sorter")
    assert setup.client.automations.sync(synced.automation.id).automation.status == "archived"
    with pytest.raises(EigenpalNotFoundError):
        setup.client.automations.sync("nobody")


@scenario("source.encrypt_secrets", "source.decrypt_secrets", "run_and_wait")
def secrets_there_and_back(setup: ServerAndClient) -> None:
    run = setup.run_and_wait("workflows.echo")
    source, path = setup.client.source, "workflows/echo/secrets.yaml"
    secret = source.encrypt_secrets(source_path=path, secret_name="token", plaintext="s3cret ü").encrypted
    assert "s3cret" not in str(secret.to_dict())
    one = {"source_path": path, "secret_name": "token", "encrypted": secret}
    assert source.decrypt_secrets(execution_id=run.id, **one).plaintext == "s3cret ü"
    with pytest.raises(EigenpalValidationError, match="not encrypted"):
        source.decrypt_secrets(execution_id=run.id, **{**one, "secret_name": "another"})
    with pytest.raises(EigenpalForbiddenError, match="lockfile"):
        source.decrypt_secrets(execution_id=run.id, **{**one, "source_path": "agents/other/secrets.yaml"})
    with pytest.raises(EigenpalValidationError, match="executionId"):
        source.decrypt_secrets(**one)

    entries = [{"sourcePath": path, "secretName": name, "plaintext": name * 2} for name in ("a", "b")]
    sealed = source.encrypt_secrets(secrets=entries).secrets
    batch = [{"sourcePath": path, "secretName": name, "encrypted": sealed[name]} for name in ("a", "b")]
    assert source.decrypt_secrets(secrets=batch).secrets == {"a": "aa", "b": "bb"}
    assert "s3cret" not in str(list(setup.server.requests))
