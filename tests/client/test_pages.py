"""Pages and iterators of a whole client, over what a server may send."""

from __future__ import annotations

import json
import pickle
from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalResponseError, EigenpalServerError
from eigenpal.types import Page, RunListItem
from tests.client.conftest import MakeClient
from tests.support.examples import load_example

ROW = load_example("RunsListResponse")["runs"][0]


def make_page(*ids: str, cursor: Any) -> dict[str, Any]:
    return {"runs": [{**ROW, "id": name} for name in ids], "nextCursor": cursor}


def serve(*answers: dict[str, Any] | int) -> Any:
    remaining = list(answers)

    def respond(_: httpx.Request) -> httpx.Response:
        answer = remaining.pop(0)
        return httpx.Response(answer, json={}) if isinstance(answer, int) else httpx.Response(200, json=answer)

    return respond


def test_a_page_is_a_list_of_its_rows(make_client: MakeClient) -> None:
    page: Page[RunListItem] = make_client(serve(make_page("a", "b", cursor="2"))).call(lambda c: c.runs.list())
    assert isinstance(page, Page)
    assert ([run.id for run in page], len(page), page[-1].id, page["nextCursor"]) == (["a", "b"], 2, "b", "2")
    assert json.loads(json.dumps(page.to_dict())) == dict(page)
    assert [type(run) for run in page] == [RunListItem] * 2


def test_iter_requests_every_page_once(make_client: MakeClient) -> None:
    client = make_client(serve(make_page("a", cursor="2"), make_page(cursor="3"), make_page("b", cursor=None)))
    assert [run.id for run in client.collect(lambda c: c.runs.iter(page_size=5, source="x"))] == ["a", "b"]
    sent = [dict(request.url.params) for request in client.requests]
    asked = {"limit": "5", "source": "x"}
    assert sent == [asked, {**asked, "cursor": "2"}, {**asked, "cursor": "3"}]


BAD_DAYS: dict[str, tuple[dict[str, Any] | int, type[Exception], str]] = {
    "no cursor": ({"runs": []}, EigenpalResponseError, "nextCursor should be a string"),
    "the same cursor": (make_page("c", cursor="2"), EigenpalResponseError, "a cursor that was not sent before"),
    "the same page": (make_page("a", "b", cursor="4"), EigenpalResponseError, "other rows than on the page before"),
    "no rows": ({"nextCursor": None}, EigenpalResponseError, "runs should be a list"),
    "a failure": (502, EigenpalServerError, "HTTP 502"),
}


@pytest.mark.parametrize(("second", "kind", "message"), BAD_DAYS.values(), ids=BAD_DAYS)
def test_an_error_says_which_rows_came_before(
    make_client: MakeClient, second: dict[str, Any] | int, kind: type[Exception], message: str
) -> None:
    client = make_client(serve(make_page("a", "b", cursor="2"), second))
    received: list[str] = []

    async def consume(runs: Any) -> None:
        async for run in runs:
            received.append(run.id)

    def consume_all(c: Any) -> Any:
        if client.is_async:
            return consume(c.runs.iter())
        for run in c.runs.iter():
            received.append(run.id)
        return None

    with pytest.raises(kind, match=message) as caught:
        client.call(consume_all)
    assert received == ["a", "b"]
    note = "Raised while fetching page 2; 2 rows were returned from 1 page before."
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert getattr(error, "__notes__", None) == [note]
