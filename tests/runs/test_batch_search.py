"""The search for starts of a batch whose outcome is unknown: what it must not take for "there is no such run"."""

from __future__ import annotations

from typing import Any

import pytest

from eigenpal._runs.many.actions import BatchFlow, Call
from eigenpal._runs.many.search import SearchResult, UnknownStartSearch
from eigenpal_generated.runtime import Response
from tests.support.examples import load_example

ROW: dict[str, Any] = load_example("RunsListResponse")["runs"][0]
OTHER: dict[str, Any] = {**ROW, "id": "run_1"}
BROKEN: dict[str, Any] = {name: value for name, value in ROW.items() if name != "id"}


def complete(flow: BatchFlow[SearchResult], pages: list[dict[str, Any]]) -> SearchResult:
    """Respond with the pages to lists, and to reads with a run of which the batch knows."""
    found: dict[str, Any] = {**OTHER, "output": {}, "files": [], "input": {"args": {}, "metadata": {}}}
    found["input"]["metadata"]["eigenpal_idempotency_key"] = "mark of run_1"
    value: Any = None
    while True:
        try:
            action = flow.send(value)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        assert isinstance(action, Call)
        data = pages.pop(0) if action.request.operation == "runs.list" else found
        value = action.parse(Response(200, {}, data))


PAGES: list[tuple[list[dict[str, Any]], bool]] = [
    ([{"runs": [OTHER], "nextCursor": None}], True),
    ([{"runs": [OTHER], "nextCursor": "a"}, {"runs": [], "nextCursor": None}], True),
    ([{"runs": [OTHER, BROKEN], "nextCursor": None}], False),
    ([{"runs": [OTHER, None], "nextCursor": None}], False),
    ([{"runs": [OTHER], "nextCursor": "a"}, {"runs": [OTHER], "nextCursor": "a"}], False),
    ([{"runs": [], "nextCursor": None}], False),
]


@pytest.mark.parametrize(
    ("pages", "is_sure"),
    PAGES,
    ids=["one page", "two pages", "a row without an id", "a row that is null", "the same page again", "no runs"],
)
def test_only_a_complete_search_shows_that_there_is_no_run(pages: list[dict[str, Any]], is_sure: bool) -> None:
    search = UnknownStartSearch("workflows.x", {"run_1": "mark of run_1"}, lambda: 0.0, lambda _: None)
    result = complete(search.search(frozenset({"the mark"}), 0.0), list(pages))
    assert result.runs == {}
    assert (result.doubt == "") == is_sure
