"""Iterating over all pages, by offset and by cursor, with both clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar

import pytest

from eigenpal_generated.resources.tree import AsyncTree, Tree
from eigenpal_generated.runtime import CursorPagination, DecodeError, OffsetPagination, Progress, Request, Response
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


def make_runs(*ids: str, cursor: str | None = None) -> Json:
    return {"runs": [{**ROW, "id": name} for name in ids], "nextCursor": cursor}


def make_agents(*ids: str, total: int) -> Json:
    return {"data": [{**AGENT, "id": name} for name in ids], "total": total, "limit": 2, "offset": 0}


async def _collect(rows: AsyncIterator[Any]) -> list[str]:
    return [row.id async for row in rows]


@pytest.fixture(params=["sync", "async"])
def collect_ids(request: pytest.FixtureRequest) -> Callable[..., list[str]]:
    """Iterate with either client: over runs (by cursor) or agents (by offset)."""

    def sync(transport: FakeTransport, resource: str, **filters: Any) -> list[str]:
        rows: Iterator[Any] = getattr(Tree(transport), resource).iter(**filters)
        return [row.id for row in rows]

    def through_async(transport: FakeTransport, resource: str, **filters: Any) -> list[str]:
        return asyncio.run(_collect(getattr(AsyncTree(AsyncFakeTransport(transport)), resource).iter(**filters)))

    return sync if request.param == "sync" else through_async


def test_offset_pages(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_agents("a", "b", total=5), make_agents("c", "d", total=5), make_agents("e", total=5))
    assert collect_ids(transport, "agents", limit=2, search="x") == ["a", "b", "c", "d", "e"]
    assert transport.get_values("offset") == [None, "2", "4"]
    assert transport.get_values("limit") == ["2"] * 3
    assert transport.get_values("search") == ["x"] * 3


def test_offset_pages_from_the_middle(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_agents("d", total=5), make_agents("e", total=5))
    assert collect_ids(transport, "agents", offset=3) == ["d", "e"]
    assert transport.get_values("offset") == ["3", "4"]


def test_an_empty_offset_page_is_the_last(collect_ids: Callable[..., list[str]]) -> None:
    assert collect_ids(FakeTransport(make_agents(total=0)), "agents") == []
    # The total is larger than the number of rows: continuing would never end.
    assert collect_ids(FakeTransport(make_agents("a", total=3), make_agents(total=3)), "agents") == ["a"]
    assert collect_ids(FakeTransport(make_agents("a", total=1)), "agents", offset=9) == ["a"]


def test_cursor_pages(collect_ids: Callable[..., list[str]]) -> None:
    transport = FakeTransport(make_runs("a", "b", cursor="1"), make_runs(cursor="2"), make_runs("c"))
    assert collect_ids(transport, "runs", limit=2, status=["running"]) == ["a", "b", "c"]
    assert transport.get_values("cursor") == [None, "1", "2"]
    assert transport.get_values("status") == ["running"] * 3


@pytest.mark.parametrize("last", [None, ""])
def test_no_cursor_is_the_end(collect_ids: Callable[..., list[str]], last: str | None) -> None:
    assert collect_ids(FakeTransport(make_runs("a", cursor=last)), "runs") == ["a"]
    absent = make_runs("a")
    del absent["nextCursor"]
    with pytest.raises(IndexError):  # there is no second page
        collect_ids(FakeTransport(), "runs")
    assert collect_ids(FakeTransport(absent), "runs") == ["a"]


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


def test_a_page_without_rows_or_total_ends_the_iteration() -> None:
    """If a spec makes both optional, a server may omit both."""

    class Page:
        rows: list[int] | None = None
        total: int | None = None
        next: str | None = None

    request, page = Request("x", "GET", "/x"), Page()
    pagination = OffsetPagination(items="rows", total="total", offset_parameter="offset")
    assert pagination.next_request(request, page, set()) is None
    page.rows = [1]
    following = pagination.next_request(request, page, set())
    assert following is not None
    assert following.query == (("offset", "1"),)
    assert CursorPagination("rows", "next", "next", "cursor").next_request(request, page, set()) is None
