"""The error for a field that a model does not have says where to look."""

from __future__ import annotations

import copy
import pickle
import re
import sys
from typing import Any

import pytest

from eigenpal_generated import models
from tests.generated.schemas import MODELS, load_examples

IS_EVERY_NAME_KNOWN = sys.version_info[:2] != (3, 11)


def make_model(name: str, **changes: Any) -> Any:
    return getattr(models, name).from_dict({**load_examples(name)[0], **changes})


@pytest.mark.parametrize(
    ("model", "name", "hint"),
    [
        ("Run", "status", "did you mean 'execution.status'?"),
        ("Run", "state", "did you mean 'execution.status'?"),
        ("Run", "created_at", "did you mean 'timing.created_at'?"),
        ("Run", "createdAt", "did you mean 'timing.created_at'?"),
        ("Run", "duration", "did you mean 'timing.duration_ms' or 'usage.duration_ms'?"),
        ("Run", "result", "did you mean 'output'?"),
        ("Run", "results", "did you mean 'output'?"),
        ("Run", "outputs", "did you mean 'output'?"),
        ("Run", "workflow_id", "did you mean 'source.id'?"),
        ("Run", "steps", "did you mean 'execution.steps'?"),
        ("RunExecutionMeta", "state", "did you mean 'status'?"),
        ("RunExecutionMeta", "steps", "WorkflowRunExecution has it: see 'execution' of Run for when it is one"),
        ("RunTiming", "createdAt", "did you mean 'created_at'?"),
        ("RunAccepted", "output", "Run has 'output': call client.runs.get(id) or client.runs.wait(id)"),
        ("RunAccepted", "status", "Run has 'execution.status': call client.runs.get(id) or client.runs.wait(id)"),
        ("RunListItem", "outputs", "Run has 'output': call client.runs.get(id) or client.runs.wait(id)"),
        ("RunListItem", "status", "did you mean 'execution.status'?"),
        ("RunsListResponse", "data", "iterate over the page for its rows, or read 'runs'"),
        ("RunsListResponse", "results", "iterate over the page for its rows, or read 'runs'"),
        ("RunsListResponse", "has_more", "`iter`, beside the method that returned this page, goes over all pages"),
        ("RunsListResponse", "next", "`iter`, beside the method that returned this page, goes over all pages"),
        ("RunsListResponse", "status", "did you mean '[0].execution.status'?"),
    ],
)
def test_a_name_leads_to_the_field(model: str, name: str, hint: str) -> None:
    found = make_model(model)
    with pytest.raises(AttributeError) as caught:
        getattr(found, name)
    assert str(caught.value) == f"{model!r} object has no attribute {name!r}; {hint}"
    assert caught.value.name == name
    assert not hasattr(found, name)
    assert getattr(found, name, 5) == 5
    for twin in (copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert twin == found


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("executon", "did you mean 'execution'?"),
        ("error_message", "did you mean 'error'?"),
        ("duration_seconds", "did you mean 'timing.duration_ms' or 'usage.duration_ms'?"),
    ],
)
def test_a_misspelt_name_leads_to_the_field(name: str, hint: str) -> None:
    # On Python 3.11, only names of other models and other SDKs do.
    expected = re.escape(hint) if IS_EVERY_NAME_KNOWN else name
    with pytest.raises(AttributeError, match=expected):
        getattr(make_model("Run"), name)


def test_a_field_that_is_new_leads_to_the_mapping() -> None:
    run = make_model("Run", result=5)
    with pytest.raises(AttributeError, match=r"the server sent it: \['result'\]"):
        run.result  # noqa: B018


@pytest.mark.parametrize("name", MODELS)
def test_a_missing_name_is_never_another_error(name: str) -> None:
    for raw in load_examples(name):
        model: Any = MODELS[name].from_dict(raw)
        for missing in {"output", "status", "createdAt", "id", "unknownField"}.difference(model._wire_names):
            with pytest.raises(AttributeError, match=f"object has no attribute '{missing}'"):
                getattr(model, missing)


@pytest.mark.parametrize("changes", [{}, {"timing": 5}], ids=["whole", "incomplete"])
def test_other_names_are_usual_errors(changes: dict[str, Any]) -> None:
    run = make_model("Run", **changes)
    for name in ("xyzzy", "_status", "__array__", "_repr_html_", "_ipython_display_"):
        with pytest.raises(AttributeError) as caught:
            getattr(run, name)
        assert str(caught.value) == f"'Run' object has no attribute {name!r}"
    with pytest.raises(AttributeError, match=r"did you mean 'execution\.status'"):
        run.status  # noqa: B018
    with pytest.raises(AttributeError, match=r"^type object 'Run' has no attribute 'status'$"):
        models.Run.status  # type: ignore[attr-defined] # noqa: B018
