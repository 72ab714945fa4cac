"""Completion and signatures in editors that use jedi."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient

# jedi has no type annotations.
Script: Any = importlib.import_module("jedi").Script
PREAMBLE = "from eigenpal import EigenpalClient, AsyncEigenpalClient\nclient = {}(api_key='key')\n"


def complete(code: str, client: str = "EigenpalClient") -> list[str]:
    script = Script(PREAMBLE.format(client) + code)
    return [found.name for found in script.complete() if not found.name.startswith("_")]


def signature(code: str, client: str = "EigenpalClient") -> Any:
    script = Script(PREAMBLE.format(client) + code)
    found = script.get_signatures()
    assert found, code
    return found[0]


def public(value: object) -> list[str]:
    return sorted(name for name in dir(value) if not name.startswith("_"))


@pytest.mark.parametrize("client", [EigenpalClient, AsyncEigenpalClient])
@pytest.mark.parametrize(
    "place",
    ["", "agents", "agents.email_triggers", "workflows", "workflows.executions", "runs", "runs.artifacts",
     "runs.comparison", "runs.expected", "runs.feedback", "runs.files", "runs.trace", "source", "automations"],
)  # fmt: skip
def test_completion_offers_every_public_name_and_no_other(place: str, client: type[Any]) -> None:
    value: Any = client(api_key="key")
    for step in filter(None, place.split(".")):
        value = getattr(value, step)
    code = f"client.{place}." if place else "client."
    assert sorted(complete(code, client.__name__)) == public(value)


def test_completion_offers_the_methods_of_expected() -> None:
    assert complete("client.runs.expected.") == ["copy_output", "delete", "download", "list", "rename", "upload"]


@pytest.mark.parametrize("client", ["EigenpalClient", "AsyncEigenpalClient"])
def test_a_signature_has_parameters_and_a_docstring(client: str) -> None:
    found = signature("client.runs.list(", client)
    names = [parameter.name for parameter in found.params]
    assert names[:3] == ["type", "source", "status"]
    assert "created_after" in names
    documentation = found.docstring(raw=True)
    assert "cursor" in documentation
    assert "Args:" in documentation
    assert "Returns:" in documentation
    assert "Examples:\n    ```python\n" in documentation


def test_the_docstring_is_what_help_prints() -> None:
    from eigenpal_generated.resources.runs import Runs

    documentation = inspect.getdoc(Runs.list)
    assert documentation is not None
    assert signature("client.runs.list(").docstring(raw=True) == documentation


@pytest.mark.parametrize("client", ["EigenpalClient", "AsyncEigenpalClient"])
def test_signatures_show_default_values(client: str) -> None:
    calls = [f"{client}(", "client.run_and_wait(", "client.runs.wait(", "client.workflows.executions.run_and_wait("]
    shown = [signature(call, client).to_string() for call in calls]
    assert "timeout_seconds: float=60.0" in shown[0]
    assert "max_retries: int=3" in shown[0]
    for text in shown[1:]:
        assert "timeout_seconds: float | None=300.0" in text


def test_completion_offers_the_fields_of_models() -> None:
    assert {"id", "finished", "output", "timing", "execution", "to_dict"} <= set(complete("client.runs.get('r')."))
    assert {"created_at", "started_at"} <= set(complete("client.runs.get('r').timing."))
    assert {"runs", "next_cursor"} <= set(complete("client.runs.list()."))


@pytest.mark.parametrize(
    "code",
    [
        "client.runs.list()[0].",
        "for row in client.runs.list(): row.",
        "client.runs.list()[1:][0].",
        "[row for row in client.runs.list()][0].",
        "for row in client.runs.iter(): row.",
        "async def read():\n    async for row in async_client.runs.iter(): row.",
        "async def read():\n    for row in await async_client.runs.list(): row.",
    ],
)
def test_completion_offers_the_fields_of_rows(code: str) -> None:
    offered = complete(f"async_client = AsyncEigenpalClient(api_key='key')\n{code}")
    assert {"id", "finished", "timing", "execution", "to_dict"} <= set(offered)


@pytest.mark.parametrize("client", ["EigenpalClient", "AsyncEigenpalClient"])
def test_an_iterator_shows_its_page_size(client: str) -> None:
    found = signature("client.runs.iter(", client)
    names = [parameter.name for parameter in found.params]
    assert "page_size" in names
    assert not {"limit", "args", "kwargs"} & {*names}
    assert "page_size: " in found.docstring(raw=True)
