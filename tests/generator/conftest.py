"""Every document that a test of the generator generates from is parsed right."""

from __future__ import annotations

import pytest

from generator import rendering
from generator.facts import Facts
from generator.parsing import Parsed
from tests.generator.parse_comparison import list_disagreements


class ComparedParse(Parsed):
    """The parse of a document, compared with the document."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        assert list(list_disagreements(self, facts)) == []


@pytest.fixture(autouse=True)
def _compare_every_parse(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(rendering, "Parsed", ComparedParse)
