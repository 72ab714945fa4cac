"""Iterating over all pages, by offset and by cursor, with both clients."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar

import pytest

from eigenpal_generated.decoding import DecodeError
from eigenpal_generated.resources.tree import AsyncTree, Tree
from eigenpal_generated.runtime import CursorPagination, OffsetPagination, Progress, Request, Response
from tests.generated.schemas import Json, load_examples

T = TypeVar("T")

ROW = load_examples("RunListItem")[0]
AGENT = load_examples("AgentSummary")[0]


class FakeTransport:
    """A transport that returns one page after the other, and records the requests."""

    def __init__(self, *pages: Json) -> None:
        self.pages = list(pages)
        self.requests: list[Request] = []

    def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        self.requests.append(request)
        return parse(Response(200, {}, self.pages.pop(0)))

    def download(self, request: Request, to: object, progress: Progress | None, /) -> int:
        raise AssertionError

    def get_values(self, name: str) -> list[str | None]:
        return [dict(request.query).get(name) for request in self.requests]


class AsyncFakeTransport:
    """The same for the asynchronous client."""

    def __init__(self, transport: FakeTransport) -> None:
        self.transport = transport

    async def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        return self.transport.call(request, parse)

    async def download(self, request: Request, to: object, progress: Progress | None, /) -> int:
        raise AssertionError


MISSING: Any = object()


def make_runs(*ids: str, cursor: Any = None) -> Json:
    page = {"runs": [{**ROW, "id": name} for name in ids], "nextCursor": cursor}
    return {name: value for name, value in page.items() if value is not MISSING}


def make_agents(*ids: str, total: Any) -> Json:
    page = {"data": [{**AGENT, "id": name} for name in ids], "total": total, "limit": 2, "offset": 0}
    return {name: value for name, value in page.items() if value is not MISSING}


def get_notes(error: Exception) -> list[str]:
    notes: list[str] = getattr(error, "__notes__", [])
    return notes


async def _collect(rows: AsyncIterator[Any], received: list[str]) -> None:
    async for row in rows:
        received.append(row.id)


@pytest.fixture(params=["sync", "async"])
def collect_ids(request: pytest.FixtureRequest) -> Callable[..., list[str]]:
    """Iterate with either client: over runs (by cursor) or agents (by offset)."""

    def collect(
        transport: FakeTransport, resource: str, received: list[str] | None = None, **filters: Any
    ) -> list[str]:
        ids: list[str] = [] if received is None else received
        if request.param == "async":
            asyncio.run(_collect(getattr(AsyncTree(AsyncFakeTransport(transport)), resource).iter(**filters), ids))
            return ids
        rows: Iterator[Any] = getattr(Tree(transport), resource).iter(**filters)
        for row in rows:
            ids.append(row.id)
        return ids

    return collect


def test_offset_pages(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_agents("a", "b", total=5), make_agents("c", "d", total=5), make_agents("e", total=5))
    assert collect_ids(transport, "agents", page_size=2, search="x") == ["a", "b", "c", "d", "e"]
    assert transport.get_values("offset") == [None, "2", "4"]
    assert transport.get_values("limit") == ["2"] * 3
    assert transport.get_values("search") == ["x"] * 3


def test_offset_pages_from_the_middle(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_agents("d", total=5), make_agents("e", total=5))
    assert collect_ids(transport, "agents", offset=3) == ["d", "e"]
    assert transport.get_values("offset") == ["3", "4"]


def test_offset_pages_end_where_there_are_no_more_rows(collect_ids: Callable[..., list[str]]) -> None:
    assert collect_ids(FakeTransport(make_agents(total=0)), "agents") == []
    assert collect_ids(FakeTransport(make_agents(total=1)), "agents", offset=9) == []
    # The last row was deleted after the first page.
    assert collect_ids(FakeTransport(make_agents("a", "b", total=3), make_agents(total=2)), "agents") == ["a", "b"]
    # The total grows, as rows are added.
    growing = FakeTransport(make_agents("a", total=2), make_agents("b", total=3), make_agents("c", total=3))
    assert collect_ids(growing, "agents") == ["a", "b", "c"]


def test_a_total_that_is_too_small_does_not_end_the_iteration(collect_ids: Callable[..., list[str]]) -> None:
    pages = [make_agents("a", "b", total=0), make_agents("c", total=1), make_agents(total=0)]
    assert collect_ids(FakeTransport(*pages), "agents") == ["a", "b", "c"]


def test_cursor_pages(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_runs("a", "b", cursor="1"), make_runs(cursor="2"), make_runs("c"))
    assert collect_ids(transport, "runs", page_size=2, status=["running"]) == ["a", "b", "c"]
    assert transport.get_values("limit") == ["2"] * 3
    assert transport.get_values("cursor") == [None, "1", "2"]
    assert transport.get_values("status") == ["running"] * 3


BROKEN: dict[str, tuple[str, Json, str]] = {
    "cursor missing": ("runs", make_runs("b", cursor=MISSING), "nextCursor should be a string"),
    "cursor a number": ("runs", make_runs("b", cursor=5), "nextCursor should be a string"),
    "cursor false": ("runs", make_runs("b", cursor=False), "nextCursor should be a string"),
    "cursor empty": ("runs", make_runs("b", cursor=""), "nextCursor should be a string with a cursor, or null"),
    "cursor too long": (
        "runs",
        make_runs("b", cursor="é" * 3_000),
        "nextCursor should be a cursor that a URL can cont",
    ),
    "cursor not text": (
        "runs",
        make_runs("b", cursor="\ud800"),
        "nextCursor should be a cursor that a URL can contain",
    ),
    "cursor a list": ("runs", make_runs("b", cursor=[]), "nextCursor should be a string"),
    "cursor repeated": ("runs", make_runs("b", cursor="2"), "nextCursor should be a cursor that was not sent before"),
    "rows missing": ("runs", {"nextCursor": None}, "runs should be a list"),
    "rows null": ("runs", {"runs": None, "nextCursor": None}, "runs should be a list"),
    "rows an object": ("runs", {"runs": {"b": ROW}, "nextCursor": None}, "runs should be a list"),
    "cursor ignored": ("runs", make_runs("a", cursor="3"), "runs should be other rows than on the page before"),
    "offset ignored": ("agents", make_agents("a", total=9), "data should be other rows than on the page before"),
    "empty in the middle": (
        "agents",
        make_agents(total=9),
        "total should be at most 1, because there are no rows from offset=1 on, but is the number 9",
    ),
    "total missing": ("agents", make_agents("b", total=MISSING), "total should be a number of rows"),
    "total null": ("agents", make_agents("b", total=None), "total should be a number of rows"),
    "total a string": ("agents", make_agents("b", total="9"), "total should be a number of rows"),
    "total true": ("agents", make_agents("b", total=True), "total should be a number of rows"),
    "total negative": ("agents", make_agents("b", total=-1), "total should be a number of rows, but is the number -1"),
    "offset rows missing": ("agents", {"total": 1, "limit": 2, "offset": 0}, "data should be a list"),
}
"""A second page, after one with the row `a`, that cannot be followed or be taken for the last."""


@pytest.mark.parametrize(("resource", "page", "message"), BROKEN.values(), ids=BROKEN)
def test_a_page_that_cannot_be_followed_is_an_error(
    collect_ids: Callable[..., list[str]], resource: str, page: Json, message: str
) -> None:
    first = make_runs("a", cursor="2") if resource == "runs" else make_agents("a", total=9)
    transport, received = FakeTransport(first, page, page, page), list[str]()
    with pytest.raises(DecodeError) as caught:
        collect_ids(transport, resource, received)
    assert str(caught.value).startswith(message)
    assert received == ["a"]
    assert len(transport.requests) == 2
    assert get_notes(caught.value) == ["Raised while fetching page 2; 1 row was returned from 1 page before."]


@pytest.mark.parametrize("cursors", [["1", "1"], ["1", "2", "1"], ["1", "2", "3", "2"]], ids="".join)
def test_a_cycle_of_cursors_is_an_error(collect_ids: Callable[..., list[str]], cursors: list[str]) -> None:
    transport = FakeTransport(*[make_runs(cursor, cursor=cursor) for cursor in cursors])
    with pytest.raises(DecodeError, match="nextCursor should be a cursor that was not sent before"):
        collect_ids(transport, "runs")
    # No page was fetched twice.
    assert transport.get_values("cursor") == [None, *cursors[:-1]]


def test_every_iteration_begins_at_the_first_page(collect_ids: Callable[..., list[str]]) -> None:
    for _ in range(2):
        assert collect_ids(FakeTransport(make_runs("a", cursor="1"), make_runs("b")), "runs") == ["a", "b"]


def test_the_offset_applies_only_to_the_first_page(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_runs("a", cursor="1"), make_runs("b"))
    assert collect_ids(transport, "runs", offset=5) == ["a", "b"]
    assert transport.get_values("offset") == ["5", None]


def test_pages_are_fetched_on_demand() -> None:
    transport = FakeTransport(make_runs("a", cursor="1"), make_runs("b"))
    rows = Tree(transport).runs.iter()
    assert transport.requests == []
    assert next(rows).id == "a"
    assert len(transport.requests) == 1
    assert next(rows).id == "b"
    assert len(transport.requests) == 2
    assert list(rows) == []


@pytest.mark.parametrize("tree", [Tree(FakeTransport()), AsyncTree(AsyncFakeTransport(FakeTransport()))])
def test_the_size_of_pages_is_called_page_size(tree: Any) -> None:
    for iterate in (tree.runs.iter, tree.agents.iter):
        with pytest.raises(TypeError, match=r"\.iter\(\) takes page_size=, the number of rows per request, not limit="):
            iterate(limit=5)
        with pytest.raises(TypeError, match="unexpected keyword argument 'statuz'"):
            iterate(statuz="x")
        with pytest.raises(TypeError, match="page_size must be an int, not str"):
            iterate(page_size="5")
        with pytest.raises(ValueError, match="page_size must be at least 1, not 0"):
            iterate(page_size=0)
        assert "page_size" in inspect.signature(iterate).parameters
        assert not {"limit", "cursor"} & inspect.signature(iterate).parameters.keys()
    with pytest.raises(TypeError, match=r"iter_versions\(\) takes page_size="):
        tree.workflows.iter_versions("w", limit=5)
    with pytest.raises(ValueError, match="page_size must be at most 100, not 101"):
        tree.workflows.iter_versions("w", page_size=101)


@pytest.mark.parametrize("error", [ValueError("x"), ConnectionError("y")])
def test_an_error_says_how_many_rows_came_before(collect_ids: Callable[..., list[str]], error: Exception) -> None:
    class Failing(FakeTransport):
        def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
            if not self.pages:
                raise error
            return super().call(request, parse)

    with pytest.raises(type(error)) as first:
        collect_ids(Failing(), "runs")
    assert get_notes(first.value) == []
    received: list[str] = []
    with pytest.raises(type(error)) as third:
        collect_ids(Failing(make_runs("a", "b", cursor="1"), make_runs("c", cursor="2")), "runs", received)
    assert received == ["a", "b", "c"]
    assert get_notes(third.value) == ["Raised while fetching page 3; 3 rows were returned from 2 pages before."]
    get_notes(error).clear()


# --- what an API may leave out ----------------------------------------------------------------------------------------

REQUEST = Request("x", "GET", "/x")


def test_without_a_total_an_empty_page_is_the_last() -> None:
    pagination = OffsetPagination("rows", "total", "offset", optional=frozenset(["total"]))
    for page in ({}, {"total": None}):
        following = pagination.find_next(REQUEST, page, [1], set())
        assert following is not None
        assert following.query == (("offset", "1"),)
        assert pagination.find_next(following, page, [], set()) is None


def test_the_last_page_may_have_no_cursor_or_an_empty_one() -> None:
    optional = CursorPagination("rows", "next", "cursor", optional=frozenset(["next"]))
    assert optional.find_next(REQUEST, {}, [1], set()) is None
    never_null = CursorPagination("rows", "next", "cursor", last_cursor="")
    assert never_null.find_next(REQUEST, {"next": ""}, [1], set()) is None
    for pagination, page in ((optional, {"next": ""}), (never_null, {})):
        with pytest.raises(DecodeError, match="next should be a string"):
            pagination.find_next(REQUEST, page, [1], set())
