"""The surface against the packages as they run: what a user can call and import is in openapi/surface.txt."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from generator.surface.__main__ import format_surface
from generator.surface.reading import read_surface

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "openapi" / "surface.txt").read_text(encoding="utf-8").splitlines()


def find_calls(place: object, name: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the methods of a client and of its resources."""
    for member in dir(type(place)):
        if member.startswith("_"):
            continue
        found = getattr(place, member)
        if inspect.isroutine(found):
            yield f"{name}.{member}", found
        elif type(found).__module__.startswith(("eigenpal.", "eigenpal_generated.")):
            yield from find_calls(found, f"{name}.{member}")
        else:
            assert any(line.startswith(f"{name}.{member}: ") for line in LINES), member


@pytest.mark.parametrize("client", [EigenpalClient, AsyncEigenpalClient])
def test_every_call_and_argument_of_the_clients_is_there(client: type[Any]) -> None:
    calls = dict(find_calls(client(api_key="x"), "client"))
    assert {"client.run", "client.runs.expected.upload", "client.workflows.executions.run_and_wait"} <= calls.keys()
    for name, call in calls.items():
        parameters = inspect.signature(call).parameters.values()
        wanted = [f"{name}({one.name}{'=' if one.kind is one.KEYWORD_ONLY else ''}): " for one in parameters]
        for begin in [f"{name}(", *wanted]:
            assert any(line.removeprefix("async_").startswith(begin) for line in LINES), begin


@pytest.mark.parametrize("module", ["eigenpal", "eigenpal.errors", "eigenpal.types", "eigenpal.testing"])
def test_every_public_name_is_there(module: str) -> None:
    names = importlib.import_module(module).__all__
    begin = "types" if module == "eigenpal.types" else module
    for name in names:
        ends = ("", "(", ":", ".", " ")
        assert any(f"{line} ".startswith(f"{begin}.{name}{end}") for line in LINES for end in ends), name


def test_what_users_of_the_embedded_server_write_is_there() -> None:
    for line in (
        "eigenpal.testing.EigenpalServer.workflow(slug): str",
        "eigenpal.testing.EigenpalServer(validate_responses=): bool = True",
        "fixture eigenpal_server: EigenpalServer",
        "fixture async_eigenpal_client: AsyncEigenpalClient",
        "eigenpal.errors.EigenpalError.outcome_unknown: bool",
        "types.Target = StructuredTarget",
    ):
        assert line in LINES


def test_lines_are_sorted_and_short_of_private_names() -> None:
    assert sorted(set(LINES)) == LINES
    assert not [line for line in LINES if "._" in line.partition(":")[0] and not line.endswith("__version__")]


def test_the_file_is_up_to_date_and_needs_neither_package_to_run() -> None:
    assert format_surface(read_surface(ROOT)).splitlines() == LINES
    script = (
        "import sys; from pathlib import Path; from generator.surface.reading import read_surface; "
        f"read_surface(Path({str(ROOT)!r})); print([name for name in sys.modules if name.startswith('eigenpal')])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True) == "[]\n"
