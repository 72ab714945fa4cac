"""The page of open questions names methods, arguments, models and fields that exist."""

from __future__ import annotations

import inspect
import operator
import re
from pathlib import Path
from typing import Any

import pytest

from eigenpal import EigenpalClient, types

PAGE = (Path(__file__).parent.parent.parent / "docs" / "open-questions.md").read_text(encoding="utf-8")
PLACES = [cell for cell in re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE) if cell.startswith("`")]


def test_the_page_has_a_row_per_question() -> None:
    assert len(PLACES) > 50
    assert len(PLACES) == len({*PLACES})


@pytest.mark.parametrize("place", PLACES)
def test_what_a_row_names_exists(place: str) -> None:
    methods: list[Any] = []
    with EigenpalClient(api_key="key") as client:
        for name in re.findall(r"`([^`]+)`", place):
            if name[0].isupper():
                model, _, field = name.partition(".")
                found: Any = getattr(types, model)
                assert not field or field in inspect.get_annotations(found), name
            elif not (methods and all(name in inspect.signature(method).parameters for method in methods)):
                method = operator.attrgetter(name)(client)
                assert callable(method), name
                methods.append(method)
