"""Modules can be inspected at run time, as validators, frameworks and tools do."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from typing import Any

import pytest

import eigenpal_generated
from eigenpal_generated import models

MODULES = sorted(found.name for found in pkgutil.walk_packages(eigenpal_generated.__path__, "eigenpal_generated."))


def find_annotated(name: str) -> Iterator[Any]:
    """Yield the functions and classes of a module, and the methods of its classes."""
    for found in vars(importlib.import_module(name)).values():
        if getattr(found, "__module__", None) == name:
            if inspect.isfunction(found):
                yield found
            elif inspect.isclass(found):
                yield found
                constructor: Any = found.__init__  # attrs makes that of a model now
                # Like the properties that call them, `_make_*` methods import their class on first use.
                members = (member for key, member in vars(found).items() if not key.startswith("_make_"))
                yield from filter(inspect.isfunction, [constructor, *members])


@pytest.mark.parametrize("name", MODULES)
def test_annotations_resolve(name: str) -> None:
    for found in find_annotated(name):
        typing.get_type_hints(found)


def test_type_aliases_resolve() -> None:
    assert typing.get_args(models.RunExecution) == (models.WorkflowRunExecution, models.AgentRunExecution)
    assert "completed" in typing.get_args(models.ExecutionStatus)
    assert typing.get_type_hints(models.Run)["execution"] == models.RunExecution | models.RunExecutionMeta


@pytest.mark.parametrize("name", MODULES)
def test_modules_list_their_names(name: str) -> None:
    # All are imported, as submodules of their packages. One is called `list`, like the function.
    assert dir(importlib.import_module(name))
