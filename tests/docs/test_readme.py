"""The README is correct: its code runs, and its tree is that of the client."""

from __future__ import annotations

import re
import shutil
from code import InteractiveConsole
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient, errors
from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EigenpalServer]:
    """Provide what a reader has: an account, an API key in the environment, and a contract in the folder."""
    shutil.copy(ROOT / "examples" / "invoice.pdf", tmp_path / "contract.pdf")
    monkeypatch.chdir(tmp_path)
    with add_invoice_workflow(EigenpalServer()) as server:
        monkeypatch.setenv("EIGENPAL_API_KEY", server.api_key)
        monkeypatch.setenv("EIGENPAL_BASE_URL", server.url)
        yield server


def test_all_code_blocks_run_when_pasted_in_order(server: EigenpalServer, capsys: pytest.CaptureFixture[str]) -> None:
    # Line by line, as Python before 3.13 reads pasted code: an empty line ends the current statement.
    console = InteractiveConsole({"__name__": "readme"})
    printed: list[str] = []
    for block in BLOCKS:
        is_incomplete = [console.push(line) for line in [*block.splitlines(), ""]]
        assert not is_incomplete[-1], block
        shown = capsys.readouterr()
        assert "Error" not in shown.err, f"{block}\n{shown.err}"
        printed.append(shown.out)
    assert len(BLOCKS) > 6
    assert printed[0].startswith("True {")
    assert "'invoiceNumber': '2026-0415'" in printed[0]
    assert any(re.match(r"runs.list 200 \w+\n", text) for text in printed)
    assert any("EigenpalClient(" in text and server.api_key not in text for text in printed)


def test_it_begins_with_installing_and_running_and_then_with_the_commands_of_a_clone() -> None:
    commands = ["pip install eigenpal ", "run_and_wait(", "make demo ", "make test ", "\n## "]
    assert sorted(commands, key=README.index) == commands


def test_the_quick_start_is_the_first_example_of_the_documentation() -> None:
    assert BLOCKS[0].count("run_and_wait") == 1
    assert 'print(result["finished"], result["output"])' in BLOCKS[0]


def _find_members(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in dir(value):
        if name.startswith("_"):
            continue
        member: Any = getattr(value, name)
        if type(member).__module__.startswith("eigenpal"):
            yield from _find_members(member, (*place, name))
        elif callable(member):
            yield (*place, name)


def _read_documented_methods() -> set[tuple[str, ...]]:
    tree = re.search(r"```text\nclient\n(.*?)```", README, re.DOTALL)
    assert tree is not None
    lines = [re.fullmatch(r"((?:│   |    )*)(?:├── |└── )(.*?)(?:  .*)?", line) for line in tree[1].splitlines()]
    entries = [(len(line[1]) // 4, line[2].split(", ")) for line in lines if line is not None]
    assert len(entries) == len(lines)
    found: set[tuple[str, ...]] = set()
    place: list[str] = []
    for index, (depth, names) in enumerate(entries):
        place = [*place[:depth], names[0]]
        if index + 1 == len(entries) or entries[index + 1][0] <= depth:
            found.update((*place[:depth], name) for name in names)
    return found


@pytest.mark.parametrize("client", [EigenpalClient, AsyncEigenpalClient])
def test_the_tree_is_that_of_the_client(client: type[Any]) -> None:
    found = set(_find_members(client(api_key="key")))
    renamed = {("close",) if name == ("aclose",) else name for name in found}
    assert renamed == _read_documented_methods()


def test_every_error_is_in_the_table() -> None:
    table = set(re.findall(r"`(Eigenpal\w*Error)`", README))
    assert table >= {name for name in errors.__all__ if name.startswith("Eigenpal")}
