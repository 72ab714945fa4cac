"""A page is about its rows where it is iterated, and about what the server sent where it is read by name."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from eigenpal_generated import decoding, encoding, models
from eigenpal_generated.base_models import BaseModel, Page
from tests.generated.schemas import MODELS, Json, load_examples

PAGES: dict[str, Any] = {name: found for name, found in MODELS.items() if issubclass(found, Page)}
ROW = load_examples("RunListItem")[0]
RAW: Json = {"runs": [{**ROW, "id": name} for name in "abc"], "nextCursor": "n", "newField": 1}
NO_ROWS: Json = {"runs": [], "nextCursor": None}


def make_page(raw: Json = RAW) -> models.RunsListResponse:
    return models.RunsListResponse.from_dict(copy.deepcopy(raw))


def get_ids(rows: Any) -> list[str]:
    return [row.id for row in rows]


def test_which_models_are_pages() -> None:
    assert {name: page._rows_name for name, page in PAGES.items()} == {
        "ListAgentVersionsResponse": "versions",
        "ListAgentsResponse": "data",
        "ListEmailTriggersResponse": "emails",
        "ListVersionsResponse": "data",
        "ListWorkflowsResponse": "data",
        "RunArtifactsResponse": "artifacts",
        "RunsListResponse": "runs",
        "SourceReleasesResponse": "releases",
    }


@pytest.mark.parametrize("name", PAGES)
def test_every_page_iterates_the_rows_of_its_example(name: str) -> None:
    page: Any = PAGES[name].from_dict(load_examples(name)[0])
    rows = getattr(page, page._rows_name)
    assert list(page) == rows
    assert len(page) == len(rows) > 0
    assert page[0] is rows[0]
    assert not isinstance(page, (Mapping, Sequence))
    assert isinstance(page, BaseModel)


def test_rows() -> None:
    page = make_page()
    assert get_ids(page) == ["a", "b", "c"]
    assert get_ids(reversed(page)) == ["c", "b", "a"]
    assert (len(page), bool(page), page[0].id, page[-1].id) == (3, True, "a", "c")
    assert (get_ids(page[1:]), get_ids(page[::-2]), page[5:]) == (["b", "c"], ["c", "a"], [])
    assert page[1] in page
    assert models.RunListItem.from_dict(ROW) not in page
    assert "runs" not in page
    first, *rest = page
    assert (first.id, len(rest)) == ("a", 2)
    assert page.runs == list(page)
    with pytest.raises(IndexError, match="row 3 is not on this RunsListResponse, which has 3 rows"):
        page[3]
    with pytest.raises(TypeError, match="must be integers or slices"):
        page[1.5]  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="does not support item assignment"):
        page[0] = page[1]  # type: ignore[index]


def test_a_page_without_rows() -> None:
    page = make_page(NO_ROWS)
    assert not page
    assert list(page) == list(reversed(page)) == page[:] == []
    with pytest.raises(IndexError, match="which has 0 rows"):
        page[0]
    with pytest.raises(IndexError, match=r"which has 1 row$"):
        make_page({**NO_ROWS, "runs": [ROW]})[-2]


def test_what_the_server_sent() -> None:
    page = make_page()
    assert (page["nextCursor"], page["newField"], page["runs"][0]["id"]) == ("n", 1, "a")
    with pytest.raises(KeyError, match="'next_cursor' is not in this RunsListResponse, which has 'runs', 'nextCursor'"):
        page["next_cursor"]
    assert list(page.keys()) == list(RAW)
    assert list(page.values()) == list(RAW.values())
    assert list(page.items()) == list(RAW.items())
    assert (page.get("newField"), page.get("x"), page.get("x", 5), page.get("x", default=6)) == (1, None, 5, 6)
    assert dict(page) == {**page} == page.to_dict() == RAW
    assert json.dumps(page.to_dict()) == json.dumps(RAW)


def test_a_page_is_compared_copied_and_pickled_as_a_model() -> None:
    page = make_page()
    for twin in (copy.copy(page), copy.deepcopy(page), pickle.loads(pickle.dumps(page)), make_page()):
        assert twin == page
        assert type(twin) is models.RunsListResponse
        assert get_ids(twin) == ["a", "b", "c"]
    assert page != make_page(NO_ROWS)
    assert page != page.runs
    assert page != RAW
    with pytest.raises(TypeError, match="unhashable"):
        hash(page)
    with pytest.raises(AttributeError, match="RunsListResponse is read-only; to_dict"):
        page.runs = []  # type: ignore[misc]
    assert repr(page) == "RunsListResponse(runs=[3 items], next_cursor='n')"
    assert repr(make_page(NO_ROWS)) == "RunsListResponse(runs=[])"


def test_a_constructed_page() -> None:
    page = models.RunsListResponse(runs=make_page().runs, next_cursor=None)
    assert get_ids(page) == ["a", "b", "c"]
    assert pickle.loads(pickle.dumps(page)) == page
    assert page.to_dict() == {"runs": RAW["runs"], "nextCursor": None} == dict(page)


def test_a_page_is_sent_as_what_the_server_sent() -> None:
    page = make_page()
    assert encoding.to_json({"seen": [page]}, "x") == {"seen": [RAW]}
    assert encoding.make_json_body(page) == RAW
    assert encoding.make_json_value("x", page, "object") == RAW
    assert encoding.encode_json("x", page) == json.dumps(RAW, separators=(",", ":"))
    assert decoding.decode_object(page) == RAW
    emails = models.ListEmailTriggersResponse.from_dict({"emails": ["a", "b"]})
    assert encoding.encode_properties("x", emails) == [("emails", "a"), ("emails", "b")]
    assert encoding.encode_form("x", "y", emails) == [("emails", "a"), ("emails", "b")]
