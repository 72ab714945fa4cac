"""Tools can evaluate the annotations of everything public, as typer, FastAPI, pydantic and agent frameworks do."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

import eigenpal
from eigenpal import AsyncEigenpalClient, EigenpalClient, errors, testing, types
from eigenpal_generated.runtime import Resource

CLIENTS = (EigenpalClient, AsyncEigenpalClient)
_OURS = ("eigenpal", "eigenpal_generated")


def find_functions(kind: type) -> Iterator[Callable[..., Any]]:
    """Yield the public functions of a class of ours, its constructor, and its getters."""
    for name in dir(kind):
        member = inspect.getattr_static(kind, name, None)
        function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        is_public = not name.startswith("_") or (name.startswith("__") and name.endswith("__"))
        if is_public and inspect.isfunction(function) and function.__module__.partition(".")[0] in _OURS:
            yield function


def find_resources(kind: type) -> Iterator[type]:
    """Yield a class of the client tree, and those that its properties return."""
    if issubclass(kind, Resource):
        yield kind
        for name, member in inspect.getmembers(kind, lambda member: isinstance(member, property)):
            if not name.startswith("_"):
                yield from find_resources(typing.get_type_hints(member.fget)["return"])


@pytest.mark.parametrize("client", CLIENTS)
def test_methods_of_the_whole_tree(client: type) -> None:
    resources = list(find_resources(client))
    assert {getattr(resource, "_place", None) for resource in resources} >= {"client.runs.artifacts", "client.source"}
    for resource in resources:
        for function in find_functions(resource):
            assert typing.get_type_hints(function), function
            inspect.signature(function, eval_str=True)


@pytest.mark.parametrize("module", [eigenpal, errors, types, testing])
def test_public_types(module: ModuleType) -> None:
    for name in module.__all__:
        found = getattr(module, name)
        if inspect.isclass(found):
            typing.get_type_hints(found)
            for function in find_functions(found):
                typing.get_type_hints(function)


@pytest.mark.parametrize(("client", "batch"), list(zip(CLIENTS, (types.RunBatch, types.AsyncRunBatch), strict=True)))
def test_annotations_are_the_public_types(client: Any, batch: type) -> None:
    waiter = typing.get_type_hints(client.runs.fget)["return"].wait
    assert typing.get_type_hints(waiter)["return"] is types.Run
    assert typing.get_type_hints(client.run)["target"] == types.Target
    assert typing.get_type_hints(client.run_many)["return"] is batch
    assert "ssl.SSLContext" in str(inspect.signature(client, eval_str=True).parameters["verify_ssl"])
