"""Iterating over pages, by offset and by cursor, with both clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar

import pytest

from eigenpal_generated.resources.tree import AsyncTree, Tree
from eigenpal_generated.runtime import CursorPagination, DecodeError, OffsetPagination, Progress, Request, Response
from tests.generated.schemas import Json, examples

T = TypeVar("T")

ROW = examples("RunListItem")[0]
AGENT = examples("AgentSummary")[0]


class Server:
    """Answers with one page after the other, and keeps the requests."""

    def __init__(self, *pages: Json) -> None:
        self.pages = list(pages)
        self.requests: list[Request] = []

    def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        self.requests.append(request)
        return parse(Response(200, {}, self.pages.pop(0)))

    def download(self, request: Request, to: object, progress: Progress | None, /) -> int:
        raise AssertionError

    def values(self, name: str) -> list[str | None]:
        return [dict(request.query).get(name) for request in self.requests]


class AsyncServer:
    """The same for the asynchronous client."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        return self.server.call(request, parse)

    async def download(self, request: Request, to: object, progress: Progress | None, /) -> int:
        raise AssertionError


def runs(*ids: str, cursor: str | None = None) -> Json:
    return {"runs": [{**ROW, "id": name} for name in ids], "nextCursor": cursor}


def agents(*ids: str, total: int) -> Json:
    return {"data": [{**AGENT, "id": name} for name in ids], "total": total, "limit": 2, "offset": 0}


async def _collect(rows: AsyncIterator[Any]) -> list[str]:
    return [row.id async for row in rows]


@pytest.fixture(params=["sync", "async"])
def ids(request: pytest.FixtureRequest) -> Callable[..., list[str]]:
    """Iterate with either client: over runs, or over agents where pages are found by offset."""

    def sync(server: Server, resource: str, **filters: Any) -> list[str]:
        rows: Iterator[Any] = getattr(Tree(server), resource).iter(**filters)
        return [row.id for row in rows]

    def through_async(server: Server, resource: str, **filters: Any) -> list[str]:
        return asyncio.run(_collect(getattr(AsyncTree(AsyncServer(server)), resource).iter(**filters)))

    return sync if request.param == "sync" else through_async


def test_offset_pages(ids: Callable[..., list[str]]) -> None:
    server = Server(agents("a", "b", total=5), agents("c", "d", total=5), agents("e", total=5))
    assert ids(server, "agents", limit=2, search="x") == ["a", "b", "c", "d", "e"]
    assert server.values("offset") == [None, "2", "4"]
    assert server.values("limit") == ["2"] * 3
    assert server.values("search") == ["x"] * 3


def test_offset_pages_from_the_middle(ids: Callable[..., list[str]]) -> None:
    server = Server(agents("d", total=5), agents("e", total=5))
    assert ids(server, "agents", offset=3) == ["d", "e"]
    assert server.values("offset") == ["3", "4"]


def test_an_empty_offset_page_is_the_last(ids: Callable[..., list[str]]) -> None:
    assert ids(Server(agents(total=0)), "agents") == []
    # The server counts more than it gives: asking on would never end.
    assert ids(Server(agents("a", total=3), agents(total=3)), "agents") == ["a"]
    assert ids(Server(agents("a", total=1)), "agents", offset=9) == ["a"]


def test_cursor_pages(ids: Callable[..., list[str]]) -> None:
    server = Server(runs("a", "b", cursor="1"), runs(cursor="2"), runs("c"))
    assert ids(server, "runs", limit=2, status=["running"]) == ["a", "b", "c"]
    assert server.values("cursor") == [None, "1", "2"]
    assert server.values("status") == ["running"] * 3


@pytest.mark.parametrize("last", [None, ""])
def test_no_cursor_is_the_end(ids: Callable[..., list[str]], last: str | None) -> None:
    assert ids(Server(runs("a", cursor=last)), "runs") == ["a"]
    absent = runs("a")
    del absent["nextCursor"]
    with pytest.raises(IndexError):  # there is no second page to be asked for
        ids(Server(), "runs")
    assert ids(Server(absent), "runs") == ["a"]


@pytest.mark.parametrize("cursors", [["1", "1"], ["1", "2", "1"], ["1", "2", "3", "2"]], ids="".join)
def test_cursors_that_go_round_in_a_circle_are_an_error(ids: Callable[..., list[str]], cursors: list[str]) -> None:
    server = Server(*[runs(cursor, cursor=cursor) for cursor in cursors])
    with pytest.raises(DecodeError, match="nextCursor should be another cursor than those that were sent"):
        ids(server, "runs")
    # No page was download twice.
    assert server.values("cursor") == [None, *cursors[:-1]]


def test_every_iteration_begins_at_the_first_page(ids: Callable[..., list[str]]) -> None:
    for _ in range(2):
        assert ids(Server(runs("a", cursor="1"), runs("b")), "runs") == ["a", "b"]


def test_the_offset_positions_only_the_first_page(ids: Callable[..., list[str]]) -> None:
    server = Server(runs("a", cursor="1"), runs("b"))
    assert ids(server, "runs", offset=5) == ["a", "b"]
    assert server.values("offset") == ["5", None]


def test_pages_are_fetched_when_they_are_needed() -> None:
    server = Server(runs("a", cursor="1"), runs("b"))
    rows = Tree(server).runs.iter()
    assert server.requests == []
    assert next(rows).id == "a"
    assert len(server.requests) == 1
    assert next(rows).id == "b"
    assert len(server.requests) == 2
    assert list(rows) == []


def test_a_page_without_rows_or_total_is_no_reason_to_break() -> None:
    """A spec may leave both optional; then a server may leave both out."""

    class Page:
        rows: list[int] | None = None
        total: int | None = None
        next: str | None = None

    request, page = Request("x", "GET", "/x"), Page()
    pages = OffsetPagination(items="rows", total="total", offset_parameter="offset")
    assert pages.next_request(request, page, set()) is None
    page.rows = [1]
    following = pages.next_request(request, page, set())
    assert following is not None
    assert following.query == (("offset", "1"),)
    assert CursorPagination("rows", "next", "next", "cursor").next_request(request, page, set()) is None
