"""The code of the pages of the documentation that need other packages runs, and prints what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import find_setup, has_code, run_blocks, run_tests, select_blocks

BLOCKS = select_blocks(integrations=True)
TESTS = {f"{page}:{block.line}": (page, block) for page, blocks in BLOCKS.items() for block in blocks if block.is_test}


@pytest.mark.parametrize("page", [page for page, blocks in BLOCKS.items() if has_code(blocks)])
def test_the_code_of_a_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_blocks(page, BLOCKS[page], tmp_path, monkeypatch, find_setup("tests.integrations.page_setup", page))


@pytest.mark.parametrize("place", TESTS)
def test_the_tests_of_a_page(place: str, tmp_path: Path) -> None:
    page, block = TESTS[place]
    run_tests(block, page, tmp_path)
