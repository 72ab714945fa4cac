"""Completion and signatures in editors that use jedi."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from .surface import CLIENTS, list_methods, list_public_names, walk

# jedi has no type annotations.
Script: Any = importlib.import_module("jedi").Script
PREAMBLE = "from eigenpal import EigenpalClient, AsyncEigenpalClient\nclient = {}(api_key='key')\n"


def complete(code: str, client: str = "EigenpalClient") -> list[str]:
    script = Script(PREAMBLE.format(client) + code)
    return [found.name for found in script.complete() if not found.name.startswith("_")]


def signatures(code: str, client: str = "EigenpalClient") -> list[Any]:
    found: list[Any] = Script(PREAMBLE.format(client) + code).get_signatures()
    assert found, code
    return found


@pytest.mark.parametrize("client", CLIENTS)
def test_completion_offers_every_public_name_and_no_other(client: type[Any]) -> None:
    for place, value in walk(client):
        assert sorted(complete(f"{place}.", client.__name__)) == list_public_names(value), place


def test_completion_offers_the_methods_of_expected() -> None:
    assert complete("client.runs.expected.") == ["copy_output", "delete", "download", "list", "rename", "upload"]


@pytest.mark.parametrize("client", CLIENTS)
def test_every_method_has_its_parameters_and_docstring(client: type[Any]) -> None:
    for place, method in list_methods(client).items():
        # One for each way to call it.
        found = signatures(f"{place}(", client.__name__)
        names = {parameter.name for one in found for parameter in one.params}
        assert names - {"*"} == {*inspect.signature(method).parameters}, place
        assert inspect.getdoc(method) in [one.docstring(raw=True) for one in found], place


@pytest.mark.parametrize("client", ["EigenpalClient", "AsyncEigenpalClient"])
def test_signatures_show_default_values(client: str) -> None:
    calls = [f"{client}(", "client.run_and_wait(", "client.runs.wait(", "client.workflows.executions.run_and_wait("]
    shown = [signatures(call, client)[0].to_string() for call in calls]
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
    (found,) = signatures("client.runs.iter(", client)
    names = [parameter.name for parameter in found.params]
    assert "page_size" in names
    assert not {"limit", "args", "kwargs"} & {*names}
    assert "page_size: " in found.docstring(raw=True)
