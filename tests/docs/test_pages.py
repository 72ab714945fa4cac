"""The code of every page of the documentation runs, and prints what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import INTEGRATION_PAGES, PAGES, NOT_RUN, find_setup, read_blocks, run_page

PAGES_HERE = [page for page in PAGES if page not in INTEGRATION_PAGES and any(block.is_run for block in read_blocks(page))]


@pytest.mark.parametrize("page", PAGES_HERE)
def test_the_code_of_a_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_page(page, tmp_path, monkeypatch, find_setup("tests.docs.page_setup", page))
