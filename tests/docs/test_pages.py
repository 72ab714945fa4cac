"""The code of every page of the documentation runs, and prints what the page says.

Pages and blocks that need other packages are run by tests/integrations/test_pages.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import (
    NOT_RUN,
    find_setup,
    has_code,
    read_blocks,
    run_blocks,
    run_tests,
    select_blocks,
    split_commands,
)

BLOCKS = select_blocks(integrations=False)
TESTS = {f"{page}:{block.line}": (page, block) for page, blocks in BLOCKS.items() for block in blocks if block.is_test}


@pytest.mark.parametrize("page", [page for page, blocks in BLOCKS.items() if has_code(blocks)])
def test_the_code_of_a_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_blocks(page, BLOCKS[page], tmp_path, monkeypatch, find_setup("tests.docs.page_setup", page))


@pytest.mark.parametrize("place", TESTS)
def test_the_tests_of_a_page(place: str, tmp_path: Path) -> None:
    page, block = TESTS[place]
    run_tests(block, page, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)\n```\n\n```text\n2\n```\n",
        "```python\n1 / 0\n```\n",
        "```python\n# unused.py\n```\n",
        "```sh\nmake tea\n```\n",
        "```sh\npip install 'eigenpal[tea]'\n```\n",
        "```sh\npip install teapot\n```\n",
        "```sh\nexport TEA=1\n```\n",
        "```sh\ntea\n```\n",
        "```sh\npython missing.py\n```\n",
        "```console\n$ tea\n```\n",
    ],
)
def test_a_wrong_page_fails(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises((AssertionError, ZeroDivisionError)):
        run_blocks(str(page), read_blocks(str(page)), tmp_path, monkeypatch, None)


def test_what_is_not_run_is_on_its_page() -> None:
    for page, commands in NOT_RUN.items():
        shell = [
            command for block in read_blocks(page) if block.language == "sh" for command in split_commands(block.code)
        ]
        for start in commands:
            assert any(command.startswith(start) for command in shell), f"{page}: {start}"
    assert sum(map(len, NOT_RUN.values())) == 4
