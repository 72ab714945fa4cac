"""`runs.find_started`: the requests it sends, and that it never returns None for a run that may exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalAuthError, EigenpalError, EigenpalServerError
from tests.support.examples import load_example
from tests.support.script import Script, error_response

from .conftest import MakeClient

BEGAN = datetime(2026, 3, 20, 9, 0, tzinfo=timezone.utc)


class Runs:
    """A server with runs, listed newest first in pages of two; `broken` has other responses to reads."""

    def __init__(self, *keys: str | None) -> None:
        self.rows = [make_row(f"run_{number}") for number in range(len(keys))]
        metadata = [{"eigenpal_idempotency_key": key} for key in keys]
        self.metadata: dict[str, Any] = {f"run_{number}": entry for number, entry in enumerate(metadata)}
        self.broken: dict[str, httpx.Response] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        run_id = request.url.path.rpartition("/")[2]
        if run_id == "runs":
            start = int(request.url.params.get("cursor", 0))
            following = str(start + 2) if start + 2 < len(self.rows) else None
            page = {"runs": self.rows[start : start + 2], "nextCursor": following}
            # Not as httpx writes it, which refuses lone surrogates.
            return httpx.Response(200, content=json.dumps(page), headers={"content-type": "application/json"})
        if run_id in self.broken:
            return self.broken[run_id]
        row = next(row for row in self.rows if row["id"] == run_id)
        run: dict[str, Any] = {
            **row,
            "output": {},
            "files": [],
            "input": {"args": {}, "metadata": self.metadata[run_id]},
        }
        return httpx.Response(200, json=run)


def make_row(run_id: str, created: datetime = BEGAN, retries: int = 0) -> dict[str, Any]:
    row: dict[str, Any] = {**load_example("RunsListResponse")["runs"][0], "id": run_id}
    row["timing"] = {**row["timing"], "createdAt": created.isoformat().replace("+00:00", "Z")}
    retry = {"number": retries, "previousRunId": "run_0" if retries else None, "nextRun": None}
    row["execution"] = {**row["execution"], "retry": retry}
    return row


def find(key: Any = "k", target: Any = "workflows.extract-invoice", started_after: Any = BEGAN) -> Callable[[Any], Any]:
    return lambda c: c.runs.find_started(key, target=target, started_after=started_after)


# --- the search -------------------------------------------------------------------------------------------------------


def test_it_reads_the_runs_of_the_target_until_it_is_found(make_client: MakeClient) -> None:
    client = make_client(Runs("other", None, "k", "unread"))
    found = client.call(find())
    assert (found.id, found.input.metadata) == ("run_2", {"eigenpal_idempotency_key": "k"})
    query = "type=workflow&source=extract-invoice&createdAfter=2026-03-20T08%3A55%3A00.000Z"
    assert client.sent == [
        f"GET /api/v1/runs?{query}",
        "GET /api/v1/runs/run_0?expand=input",
        "GET /api/v1/runs/run_1?expand=input",
        f"GET /api/v1/runs?{query}&cursor=2",
        "GET /api/v1/runs/run_2?expand=input",
    ]


def test_no_run_has_the_key(make_client: MakeClient) -> None:
    runs = Runs("other", None, "K", "kk", "k ")
    runs.metadata["run_1"] = None
    client = make_client(runs)
    assert client.call(find()) is None
    assert len(client.sent) == 3 + 5


def test_a_rerun_has_the_key_of_the_run_that_it_repeats(make_client: MakeClient) -> None:
    runs = Runs("k", "k", "k")
    runs.rows[:2] = [make_row("run_0", retries=2), make_row("run_1", retries=1)]
    client = make_client(runs)
    assert client.call(find()).id == "run_2"
    assert [sent for sent in client.sent if "expand" in sent] == ["GET /api/v1/runs/run_2?expand=input"]


def test_a_run_that_moves_to_the_next_page_is_read_once(make_client: MakeClient) -> None:
    runs = Runs("a", "b", "c", "k")
    runs.rows.insert(2, runs.rows[1])
    client = make_client(runs)
    assert client.call(find()).id == "run_3"
    assert len([sent for sent in client.sent if "run_1?" in sent]) == 1


def test_runs_from_before_are_not_read_if_the_server_ignores_the_filter(make_client: MakeClient) -> None:
    runs = Runs("a", "k")
    runs.rows[0] = make_row("run_0", created=BEGAN - timedelta(hours=1))
    runs.rows[1] = make_row("run_1", created=BEGAN - timedelta(minutes=4))
    client = make_client(runs)
    assert client.call(find()).id == "run_1"
    assert len(client.sent) == 2


@pytest.mark.parametrize(
    ("target", "query"),
    [
        ("agents.a@1.0.0", "type=agent&source=a&"),
        ({"type": "workflow", "slug": "x", "version": "1.0.0"}, "type=workflow&source=x&"),
        # The API does not say how the filter expects folders, so all workflow runs are read.
        ("workflows.finance.pay", "type=workflow&"),
        ("finance/pay", ""),
    ],
)
def test_the_filters_of_a_target(make_client: MakeClient, target: Any, query: str) -> None:
    client = make_client(Runs())
    assert client.call(find(target=target)) is None
    assert client.sent == [f"GET /api/v1/runs?{query}createdAfter=2026-03-20T08%3A55%3A00.000Z"]


@pytest.mark.parametrize(
    ("started_after", "sent"),
    [
        (datetime(2026, 3, 20, 10, tzinfo=timezone(timedelta(hours=2))), "2026-03-20T07:55:00.000Z"),
        ("2026-03-20T10:00:00+02:00", "2026-03-20T07:55:00.000Z"),
        ("2026-03-20T08:00:00Z", "2026-03-20T07:55:00.000Z"),
        (date(2026, 3, 20), "2026-03-19T23:55:00.000Z"),
        ("2026-03-20", "2026-03-20"),
        ("now()-1h", "now()-1h"),
    ],
)
def test_times_are_from_a_clock_that_may_be_ahead_of_the_server(
    make_client: MakeClient, started_after: Any, sent: str
) -> None:
    client = make_client(Runs())
    client.call(find(started_after=started_after))
    assert client.requests[0].url.params["createdAfter"] == sent


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"key": 5}, TypeError, "idempotency_key must be a str"),
        ({"key": None}, TypeError, "idempotency_key must be a str, such as .* not NoneType"),
        ({"key": ""}, ValueError, "idempotency_key is empty"),
        ({"target": "workflows..x"}, ValueError, "empty part"),
        ({"target": None}, TypeError, "target must be a str or a mapping"),
        ({"started_after": None}, TypeError, "started_after must be an aware datetime, a date or a str, not NoneType"),
        ({"started_after": ""}, ValueError, "started_after is empty"),
        ({"started_after": datetime(2026, 1, 1)}, ValueError, "started_after must have a time zone"),
        ({"started_after": datetime.min.replace(tzinfo=timezone.utc)}, ValueError, "started_after is out of range"),
    ],
)
def test_invalid_arguments(
    make_client: MakeClient, arguments: dict[str, Any], kind: type[Exception], message: str
) -> None:
    client = make_client(Runs())
    with pytest.raises(kind, match=message):
        client.call(find(**arguments))
    assert client.sent == []


# --- searches that cannot be completed --------------------------------------------------------------------------------


def remove_input(run: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json={name: value for name, value in run.items() if name != "input"})


UNREADABLE: dict[str, Callable[[dict[str, Any]], httpx.Response]] = {
    "not yet there": lambda run: error_response(404),
    "HTML": lambda run: httpx.Response(200, html="<p>Sorry</p>"),
    "no input": remove_input,
    "another run": lambda run: httpx.Response(200, json={**run, "id": "run_other", "input": {"args": {}}}),
}


@pytest.mark.parametrize("reason", UNREADABLE)
def test_a_run_that_cannot_be_read(make_client: MakeClient, reason: str) -> None:
    runs = Runs("?", "k")
    runs.rows[0] = make_row("run_0", created=datetime.now(timezone.utc))
    runs.broken["run_0"] = UNREADABLE[reason](runs.rows[0])
    assert make_client(runs).call(find()).id == "run_1"
    runs.metadata["run_1"] = {"eigenpal_idempotency_key": "other"}
    with pytest.raises(EigenpalError) as caught:
        make_client(runs).call(find())
    assert caught.value.message.startswith(
        "the search for the idempotency key 'k' in the runs of workflows.extract-invoice since "
        "2026-03-20T08:55:00.000Z is incomplete, because 1 of the runs could not be read: run_0 ("
    )
    assert caught.value.hint == "The run may exist; search again before starting it again."


@pytest.mark.parametrize("run_id", ["", "..", "\ud800", "run_" + "0" * 40_000], ids=["empty", "dots", "text", "long"])
def test_a_run_whose_id_cannot_be_sent(make_client: MakeClient, run_id: str) -> None:
    runs = Runs("?", "k")
    runs.rows[0]["id"] = run_id
    assert make_client(runs).call(find()).id == "run_1"
    runs.metadata["run_1"] = {"eigenpal_idempotency_key": "other"}
    with pytest.raises(EigenpalError, match=r"1 of the runs could not be read: .* \(id ") as caught:
        make_client(runs).call(find())
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600


def test_a_run_that_was_deleted(make_client: MakeClient) -> None:
    runs = Runs("?", "other")
    runs.broken["run_0"] = error_response(404)
    assert make_client(runs).call(find()) is None


@pytest.mark.parametrize(
    ("responses", "kind"),
    [
        ([error_response(401)], EigenpalAuthError),
        ([error_response(404)], EigenpalError),
        ([Runs("?", "k", "k"), error_response(500)], EigenpalServerError),
        ([Runs("?", "?", "k"), Runs("?", "?", "k"), Runs("?", "?", "k"), error_response(502)], EigenpalServerError),
    ],
    ids=["401", "404", "500 of a run", "502 of the second page"],
)
def test_errors_say_what_was_searched(make_client: MakeClient, responses: list[Any], kind: type[EigenpalError]) -> None:
    with pytest.raises(kind) as caught:
        make_client(Script(*responses)).call(find())
    assert (
        "Raised during the search for the idempotency key 'k' in the runs of workflows.extract-invoice since "
        "2026-03-20T08:55:00.000Z: the run may exist; search again before starting it again."
    ) in str(caught.value)
    assert (caught.value.idempotency_key, caught.value.outcome_unknown) == (None, False)


def test_a_row_that_cannot_be_read_may_be_the_run(make_client: MakeClient) -> None:
    runs = Runs("other", "k")
    runs.rows[1]["id"] = None
    with pytest.raises(EigenpalError, match="because 1 of the runs could not be read: a row of the list"):
        make_client(runs).call(find())
    # Not if another one is.
    runs = Runs("other", None, "k")
    runs.rows[1]["id"] = None
    assert make_client(runs).call(find()).id == "run_2"
