"""How targets are resolved, and which are refused before a request is sent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from eigenpal._runs.targets import StructuredTarget, Target, normalize_version, resolve_target, resolve_workflow_target

TARGETS: list[tuple[Target, str, str | None]] = [
    ("workflows.extract-invoice", "workflows.extract-invoice", None),
    ("agents.receipt-sorter", "agents.receipt-sorter", None),
    ("workflows.extract-invoice@1.2.3", "workflows.extract-invoice", "1.2.3"),
    ("workflows.extract-invoice@refs/tags/v1", "workflows.extract-invoice", "refs/tags/v1"),
    ("workflows.extract-invoice@latest", "workflows.extract-invoice", None),
    ("workflows.finance.extract", "workflows.finance.extract", None),
    ("workflows/finance/extract", "workflows.finance.extract", None),
    # The server is the judge of roots in text: it may come to know others.
    ("blocks.ocr", "blocks.ocr", None),
    ({"type": "workflow", "slug": "extract-invoice"}, "workflows.extract-invoice", None),
    ({"type": "workflow", "slug": "extract-invoice", "version": "2.0.0"}, "workflows.extract-invoice", "2.0.0"),
    ({"type": "workflow", "slug": "extract-invoice", "version": "latest"}, "workflows.extract-invoice", None),
    ({"type": "workflow", "slug": "extract-invoice", "version": None}, "workflows.extract-invoice", None),
    ({"type": "workflow", "slug": "finance/extract"}, "workflows.finance.extract", None),
    ({"type": "workflow", "slug": "finance.extract"}, "workflows.finance.extract", None),
    ({"type": "workflow", "slug": "workflows.extract-invoice"}, "workflows.extract-invoice", None),
    ({"type": "workflow", "slug": "workflows/extract-invoice"}, "workflows.extract-invoice", None),
    ({"type": "workflow", "slug": "workflows.agents.x"}, "workflows.agents.x", None),
    ({"type": "workflow", "slug": "agents"}, "workflows.agents", None),
    ({"type": "workflow", "id": "wf_h20x8"}, "workflows.wf_h20x8", None),
    ({"type": "workflow", "slug": "a", "id": "wf_h20x8"}, "workflows.a", None),
    ({"type": "agent", "slug": "receipt-sorter"}, "agents.receipt-sorter", None),
    ({"type": "agent", "slug": "agents.receipt-sorter"}, "agents.receipt-sorter", None),
    ({"type": "agent", "slug": "team/receipt-sorter"}, "agents.team.receipt-sorter", None),
    ({"type": "agent", "id": "agt_3kd92"}, "agents.agt_3kd92", None),
]


@pytest.mark.parametrize(("target", "name", "version"), TARGETS)
def test_targets(target: Target, name: str, version: str | None) -> None:
    assert resolve_target(target) == (name, version)


INVALID: list[tuple[Any, type[Exception], str]] = [
    ("", ValueError, "target is empty; write it like 'workflows.extract-invoice'"),
    ("  ", ValueError, "target is empty"),
    (" workflows.x", ValueError, "write 'workflows.x'"),
    ("workflows.x@1@2", ValueError, "single '@'"),
    ("workflows.x@", ValueError, "has no version"),
    ("workflows.x @1.0", ValueError, "write 'workflows.x@1.0'"),
    ("workflows.x@ 1.0", ValueError, "write '1.0'"),
    ("@1.0", ValueError, "has no name"),
    ("workflows.", ValueError, "has an empty part; pass the complete name"),
    ("workflows..x", ValueError, "write 'workflows.x'"),
    ("workflows.x/", ValueError, "write 'workflows.x'"),
    (None, TypeError, "target must be a str or a mapping, such as 'workflows.extract-invoice'"),
    (5, TypeError, "not int"),
    ({}, ValueError, "target['type'] is missing; write 'workflow' or 'agent'"),
    ({"slug": "x"}, ValueError, "target['type'] is missing"),
    ({"type": "workfow", "slug": "x"}, ValueError, "target['type'] is 'workfow'"),
    ({"type": None, "slug": "x"}, ValueError, "target['type'] is None"),
    ({"type": "workflow"}, ValueError, "neither 'slug' nor 'id'"),
    ({"type": "workflow", "slug": ""}, ValueError, "target['slug'] is empty"),
    ({"type": "workflow", "slug": 5}, TypeError, "target['slug'] must be a str, not int"),
    ({"type": "workflow", "slug": "x@2"}, ValueError, "{'type': 'workflow', 'slug': 'x', 'version': '2'}"),
    ({"type": "workflow", "slug": "x@"}, ValueError, "target['slug'] is 'x@', which has no version"),
    ({"type": "workflow", "slug": "x@1@2"}, ValueError, "target['slug'] is 'x@1@2'; use a single '@'"),
    (
        {"type": "workflow", "slug": "x", "name": "y"},
        ValueError,
        "target has unknown keys: 'name'; allowed keys are type",
    ),
    ({"type": "workflow", "slug": "x", "name": "y", 5: "z"}, ValueError, "target has unknown keys: 'name', 5; "),
    ({"type": "workflow", "slug": "agents.x"}, ValueError, "is an agent, not a workflow"),
    ({"type": "agent", "slug": "workflows/x"}, ValueError, "write 'agents.workflows.x'"),
    ({"type": "agent", "slug": "team.x"}, ValueError, "write 'agents.team.x'"),
    ({"target": "workflows.x", "input": {}}, ValueError, "client.run('workflows.extract-invoice', input={...})"),
    ({"type": "workflow", "slug": "x", "version": 2}, TypeError, "write version='2'"),
]


@pytest.mark.parametrize(("target", "kind", "message"), INVALID)
def test_invalid_targets(target: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        resolve_target(target)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("version", "sent"),
    [(None, None), ("latest", None), ("1.0.0", "1.0.0"), ("original", "original"), ("main", "main")],
)
def test_versions(version: str | None, sent: str | None) -> None:
    assert normalize_version(version) == sent
    assert resolve_target("workflows.x", version) == ("workflows.x", sent)


@pytest.mark.parametrize(
    ("version", "kind", "message"),
    [
        ("", ValueError, "version is empty; omit it for the latest version"),
        (" 1.0", ValueError, "write '1.0'"),
        ("@1.0", ValueError, "write '1.0'"),
        (1.2, TypeError, "write version='1.2'"),
    ],
)
def test_invalid_versions(version: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        normalize_version(version)
    assert str(caught.value).endswith(message)


def test_contradicting_versions_are_refused() -> None:
    assert resolve_target("workflows.x@1.0", "1.0") == ("workflows.x", "1.0")
    with pytest.raises(ValueError, match="pass only one of them"):
        resolve_target("workflows.x@1.0", "2.0")
    with pytest.raises(ValueError, match="pass only one of them"):
        resolve_target({"type": "workflow", "slug": "x", "version": "1.0"}, "latest")


@pytest.mark.parametrize(
    ("workflow_id", "name", "version"),
    [
        ("extract-invoice", "workflows.extract-invoice", None),
        ("wf_h20x8", "workflows.wf_h20x8", None),
        ("workflows.extract-invoice", "workflows.extract-invoice", None),
        ("finance/extract", "workflows.finance.extract", None),
        ("extract-invoice@1.2.0", "workflows.extract-invoice", "1.2.0"),
    ],
)
def test_workflow_ids(workflow_id: str, name: str, version: str | None) -> None:
    assert resolve_workflow_target(workflow_id) == (name, version)


def test_invalid_workflow_ids() -> None:
    with pytest.raises(ValueError, match="workflow_id is empty"):
        resolve_workflow_target("")
    with pytest.raises(ValueError, match="is an agent, not a workflow"):
        resolve_workflow_target("agents.receipt-sorter")
    given: Any = {"type": "workflow", "slug": "x"}
    with pytest.raises(TypeError, match="workflow_id must be a str such as 'extract-invoice', not dict"):
        resolve_workflow_target(given)


PIECES = st.lists(
    st.sampled_from(["workflows", "agents", "x", ".", "/", "@", " ", "1.0", "latest", "\n", "é"]), max_size=6
)
TEXTS = PIECES.map("".join)
PARTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["workflow", "agent"])},
    optional={"slug": TEXTS, "id": TEXTS | st.none(), "version": TEXTS | st.none()},
)


@given(TEXTS | PARTS, st.none() | TEXTS)
def test_resolving_is_idempotent(target: Any, version: str | None) -> None:
    for read in (resolve_target, resolve_workflow_target):
        try:
            sent = read(target, version)
        except (TypeError, ValueError):
            continue
        assert all(sent.name.split("."))
        assert sent.name == sent.name.strip()
        assert not {"@", "/"} & set(sent.name)
        assert sent.version is None or sent.version == sent.version.strip() not in ("", "latest")
        assert resolve_target(sent.name, sent.version) == sent


def test_the_mapping_of_the_caller_is_not_changed() -> None:
    target: StructuredTarget = {"type": "workflow", "slug": "a/b", "version": "latest"}
    before = dict(target)
    resolve_target(target)
    assert target == before
