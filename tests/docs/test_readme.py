"""The README says what is so: its code runs, its tree is the client's."""

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

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EigenpalServer]:
    """What the reader has: an account, a key in the environment, and a contract in the folder."""
    shutil.copy(ROOT / "examples" / "invoice.pdf", tmp_path / "contract.pdf")
    monkeypatch.chdir(tmp_path)
    with EigenpalServer() as server:
        monkeypatch.setenv("EIGENPAL_API_KEY", server.api_key)
        monkeypatch.setenv("EIGENPAL_BASE_URL", server.url)
        yield server


def test_every_block_of_code_runs_when_it_is_pasted_in_the_order_it_is_read(
    server: EigenpalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    # Line by line, as Pythons before 3.13 take what is pasted: an empty line ends the statement it stands in.
    console = InteractiveConsole({"__name__": "readme"})
    printed: list[str] = []
    for block in BLOCKS:
        is_incomplete = [console.push(line) for line in [*block.splitlines(), ""]]
        assert not is_incomplete[-1], block
        shown = capsys.readouterr()
        assert "Error" not in shown.err, f"{block}\n{shown.err}"
        printed.append(shown.out)
    assert len(BLOCKS) > 8
    assert printed[0].startswith("True {")
    assert "'invoiceNumber': '2026-0415'" in printed[0]
    assert any("EigenpalClient(" in text and server.api_key not in text for text in printed)


def test_the_quick_start_is_the_first_example_of_the_documentation() -> None:
    assert BLOCKS[0].count("run_and_wait") == 1
    assert 'print(result["finished"], result["output"])' in BLOCKS[0]


def _members(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in dir(value):
        if name.startswith("_"):
            continue
        member: Any = getattr(value, name)
        if type(member).__module__.startswith("eigenpal"):
            yield from _members(member, (*place, name))
        elif callable(member):
            yield (*place, name)


def _documented() -> set[tuple[str, ...]]:
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
def test_the_tree_is_the_clients(client: type[Any]) -> None:
    found = set(_members(client(api_key="key")))
    renamed = {("close",) if name == ("aclose",) else name for name in found}
    assert renamed == _documented()


def test_every_error_is_in_the_table() -> None:
    table = set(re.findall(r"`(Eigenpal\w*Error)`", README))
    assert table >= {name for name in errors.__all__ if name.startswith("Eigenpal")}


def test_the_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"\bmake ([a-z-]+)", README):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target
