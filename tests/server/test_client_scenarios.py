"""Every method of both clients against the server: what one call writes, the next one reads."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient

from . import scenarios
from .blocking_client import list_methods, list_new_methods, start_server_and_client
from .scenarios.registry import SCENARIOS

for module in pkgutil.iter_modules(scenarios.__path__, f"{scenarios.__name__}."):
    import_module(module.name)

PLAYED = frozenset[str]().union(*(scenario.methods for scenario in SCENARIOS.values()))


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, kind: str, tmp_path: Path) -> None:
    function, methods = SCENARIOS[name]
    with start_server_and_client(kind, tmp_path) as setup:
        function(setup)
        assert setup.called == methods


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
def test_every_method_of_the_client_is_in_a_scenario(kind: type[Any]) -> None:
    # A new method of the document need not be: `make gaps` lists it, and test_new_methods.py calls it.
    client = kind(api_key="key", base_url="http://127.0.0.1:1")
    assert {*list_methods(client)} >= PLAYED
    assert {*list_methods(client)} - PLAYED <= list_new_methods(client)
