"""Whatever the server sends, the caller gets a model with all of it, or an error with the name of the field."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

import attrs
import httpx
import pytest

from eigenpal.errors import EigenpalError, EigenpalResponseError, EigenpalRunFailedError
from eigenpal_generated import models
from eigenpal_generated.base_models import BaseModel
from tests.client.conftest import MakeClient
from tests.support.contract import Sample, get_success, iter_samples
from tests.support.damage import (
    REPLACEMENTS,
    check_remainder,
    check_safe,
    find_paths,
    format_path,
    get_model,
    is_readable,
    list_required,
    replace_value,
)
from tests.support.either_client import EitherClient
from tests.support.event_loop import EventLoop
from tests.support.examples import load_example, run_json, serve_run
from tests.support.notes import read_note
from tests.support.script import Script, ok

# All methods are called, also deprecated ones.
pytestmark = pytest.mark.filterwarnings("ignore:client.* is deprecated:DeprecationWarning")

CONFIDENTIAL = ("source.decrypt_secrets", "source.encrypt_secrets")
SAMPLES = [sample for sample in iter_samples() if isinstance(get_success(sample.operation)[1], dict)]

FURTHER_EXAMPLES = {
    "run-json": ("RunStartResponse.finished",),
    "runs.get": ("Run.agent_expanded", "Run.workflow_expanded"),
}

FILES = {
    "html": ("text/html", b"<!doctype html><title>a report</title>"),
    "broken json": ("application/json", b'{"a": '),
    "no type": ("", b"\x00\x01"),
}

DOWNLOADS: dict[str, Callable[[Any], Any]] = {
    "artifact": lambda client: client.runs.artifacts.download("run_1", "output/a b.bin"),
    "zip": lambda client: client.runs.artifacts.download_zip("run_1"),
    "expected": lambda client: client.runs.expected.download("run_1", "a.bin"),
}


@contextmanager
def collect_warnings() -> Generator[list[str]]:
    """Collect the warnings in the log; pytest's own fixture is too slow for thousands of calls."""
    lines: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Handler(logging.WARNING)
    logger = logging.getLogger("eigenpal")
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)


def call_with_each(kind: str, sample: Sample, bodies: list[Any]) -> Iterator[tuple[Any, Any, list[str]]]:
    """Call an operation once for each response; yield what it returns or raises, the response, and the log."""
    status, _ = get_success(sample.operation)
    contents = [json.dumps(body) for body in bodies]
    responses = iter(
        httpx.Response(status, content=content, headers={"content-type": "application/json"}) for content in contents
    )
    client = EitherClient(kind, lambda _: next(responses))  # type: ignore[arg-type]
    with EventLoop() as loop, collect_warnings() as lines:
        call = sample.find_method(client.client)
        for content in contents:
            lines.clear()
            client.requests.clear()
            try:
                result = loop.complete(call(**sample.arguments))
            except EigenpalResponseError as error:
                result = error
            yield result, json.loads(content), list(lines)


def list_examples(sample: Sample) -> list[Any]:
    """Return successful responses to an operation."""
    answers = [get_success(sample.operation)[1]]
    answers += [load_example(name) for name in FURTHER_EXAMPLES.get(str(sample), ())]
    return answers


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_damaged_field_costs_only_itself(kind: str, sample: Sample) -> None:
    for example in list_examples(sample):
        damages = [(path, item) for path in find_paths(example) for item in REPLACEMENTS]
        bodies = [example, *(replace_value(example, path, item) for path, item in damages)]
        results = call_with_each(kind, sample, bodies)
        healthy, _, log = next(results)
        assert not log
        if not isinstance(healthy, BaseModel):
            assert all(result == raw for result, raw, _ in results)
            continue
        hint = type(healthy)
        for (path, _), (result, raw, lines) in zip(damages, results, strict=True):
            if isinstance(result, EigenpalResponseError):
                assert not is_readable(raw, hint), (path, result)
                assert result.field in (None, format_path(path[:1]))
                assert (result.field or "the response should be") in str(result)
                assert result.body == (None if sample.sdk_path in CONFIDENTIAL else raw)
                continue
            lost = check_remainder(result, healthy, raw, path)
            assert result.to_dict() == raw
            if lost and kind == "sync":  # models are the same in both
                check_safe(result, raw)
                assert check_remainder(pickle.loads(pickle.dumps(result)), healthy, raw, path) == lost
            assert len(lines) <= 1
            if lost:
                assert format_path(lost) in lines[0]


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_an_answer_of_another_outline_is_an_error(kind: str, sample: Sample) -> None:
    bodies: list[Any] = [None, "text", 5, True, [], [{}], {"error": "odd"}]
    for result, raw, lines in call_with_each(kind, sample, bodies):
        if isinstance(result, BaseModel):
            assert isinstance(raw, dict)  # all fields of these are optional
            assert not list_required(type(result))
        elif isinstance(result, EigenpalResponseError):
            assert result.field is None
            assert "the response should be an object" in str(result)
            assert not lines
        else:
            assert result == raw


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_an_empty_object_lacks_every_field(kind: str, sample: Sample) -> None:
    for result, _, lines in call_with_each(kind, sample, [{}]):
        if isinstance(result, BaseModel):
            missing = [name for name in list_required(get_model(result)) if not hasattr(result, name)]
            for name in missing:
                with pytest.raises(EigenpalResponseError, match="is null or missing"):
                    getattr(result, name)
            assert len(lines) == bool(missing)
        elif isinstance(result, EigenpalResponseError):
            assert result.field is not None  # one that has to be there
        else:
            assert result == {}


RUN = load_example("Run")
ROW = load_example("RunsListResponse")["runs"][0]
BAD_RETRY = {**RUN["execution"], "retry": {**RUN["execution"]["retry"], "number": None}}
READS: dict[str, Callable[[Any], Any]] = {
    "get": lambda client: client.runs.get("run_w01"),
    "wait": lambda client: client.runs.wait("run_w01"),
    "run_and_wait": lambda client: client.run_and_wait("workflows.x"),
    "raise_on_failure": lambda client: client.runs.wait("run_w01", raise_on_failure=True),
}


@pytest.mark.parametrize("read", READS)
def test_a_finished_run_is_read_whatever_else_is_damaged(make_client: MakeClient, read: str) -> None:
    damaged = {
        "id": "run_w01",
        "finished": True,
        "execution": BAD_RETRY,
        "output": RUN["output"],
        "error": 5,
        "type": None,
    }
    run = make_client(serve_run(damaged)).call(READS[read])
    assert (run.id, run.output, run.execution.status) == ("run_w01", RUN["output"], "completed")
    assert (run.files, run.usage) == (None, None)
    assert run.execution.retry["number"] is None
    for name, owner in {"timing": run, "error": run, "type": run, "number": run.execution.retry}.items():
        with pytest.raises(EigenpalResponseError, match=rf"unexpected response to runs\.get: .*{name} should be "):
            getattr(owner, name)


@pytest.mark.parametrize("field", ["finished", "execution", "execution.status"])
def test_waiting_needs_the_state_of_the_run(
    make_client: MakeClient, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    run = replace_value(RUN, tuple(field.split(".")), None)
    with pytest.raises(EigenpalResponseError, match=f"{field} should be ") as caught:
        make_client(serve_run(run)).call(READS["wait"])
    assert caught.value.field == field
    assert "Raised while waiting for the run run_w01." in read_note(caught.value, caplog)


def test_a_failed_run_is_reported_without_its_reason(make_client: MakeClient) -> None:
    run = run_json("failed", error={"message": "why"})
    with pytest.raises(EigenpalRunFailedError, match=r"run_w01 ended with status failed$") as caught:
        make_client(serve_run(run)).call(READS["raise_on_failure"])
    assert caught.value.run["error"] == {"message": "why"}


def test_a_start_with_an_id_has_started_a_run(make_client: MakeClient) -> None:
    run = make_client(Script(ok({"id": "run_1", "type": None}))).call(lambda client: client.run("workflows.x"))
    assert run.id == "run_1"
    with pytest.raises(EigenpalResponseError, match=r"finished should be .* The run run_1 has been started\."):
        run.finished  # noqa: B018


BAD_ROWS: list[Any] = ["a string", None, {}, {"odd": 1}, {**ROW, "id": None}, {**ROW, "id": 5}]


@pytest.mark.parametrize("bad", BAD_ROWS, ids=str)
def test_one_bad_row_does_not_take_a_page_away(
    make_client: MakeClient, caplog: pytest.LogCaptureFixture, bad: Any
) -> None:
    rows = [{**ROW, "id": "run_1"}, bad, {**ROW, "id": "run_2", "execution": None}, {**ROW, "id": "run_3"}]
    client = make_client(Script(ok({"runs": rows, "nextCursor": None})))
    page = client.call(lambda c: c.runs.list())
    assert [run.id for run in page.runs] == ["run_1", "run_2", "run_3"]
    assert page["runs"] == rows
    assert not hasattr(page.runs[1], "execution")
    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert "runs[1]" in record.getMessage()
    assert "runs[2].execution should be an object" in record.getMessage()
    assert [run.id for run in client.collect(lambda c: c.runs.iter())] == ["run_1", "run_2", "run_3"]


def test_a_page_of_nothing_but_bad_rows_is_not_an_empty_page(make_client: MakeClient) -> None:
    client = make_client(Script(ok({"runs": ["a", "b"], "nextCursor": None})))
    with pytest.raises(EigenpalResponseError, match=r"response to runs\.list: runs\[0\] should be an object, but is "):
        client.collect(lambda c: c.runs.iter())
    assert make_client(Script(ok({"runs": ["a"], "nextCursor": None}))).collect(lambda c: c.runs.iter()) == []


def test_comparing_needs_the_type_of_the_runs(make_client: MakeClient) -> None:
    client = make_client(serve_run({**RUN, "type": None}))
    with pytest.raises(EigenpalError, match="only two workflow runs or two agent runs can be compared"):
        client.call(lambda c: c.runs.compare("run_w01", "run_w01"))


def test_the_log_has_neither_values_nor_keys(make_client: MakeClient, caplog: pytest.LogCaptureFixture) -> None:
    key = "key_0123456789abcdef"
    answer = {**RUN, "type": None, "timing": key, "error": ["secret"], "output": "secret"}
    client = make_client(Script(ok(answer)), api_key=key)
    run = client.call(READS["get"])
    assert "timing should be an object, but is a string" in caplog.text
    assert "secret" not in caplog.text
    with pytest.raises(EigenpalResponseError) as caught:
        run.timing  # noqa: B018
    assert key not in str(caught.value)


def test_a_stored_run_is_decoded_as_a_response_is() -> None:
    run = models.Run.from_dict({**RUN, "timing": None})
    with pytest.raises(EigenpalResponseError, match="timing should be an object, but is null or missing"):
        run.timing  # noqa: B018
    changed = attrs.evolve(run, timing=models.Run.from_dict(RUN).timing)
    assert (type(changed), changed.timing) == (models.Run, models.Run.from_dict(RUN).timing)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_unknown_fields_and_values_are_kept(sample: Sample, make_client: MakeClient) -> None:
    status, body = get_success(sample.operation)
    # Every object gets a field unknown to this version, except for maps of models, whose values are all models.
    extended = add_fields(body) if not {"secrets", "outputsByStep"} & set(body) else {**body, "from the future": [1]}
    client: EitherClient = make_client(Script(httpx.Response(status, json=extended)))
    result = client.call(lambda c: sample.find_method(c)(**sample.arguments))
    assert (result.to_dict() if isinstance(result, BaseModel) else result) == extended


def add_fields(value: Any) -> Any:
    if isinstance(value, dict):
        known = {key: add_fields(inner) for key, inner in cast("dict[str, Any]", value).items()}
        return {**known, "from the future": {"a": [None]}}
    return [add_fields(inner) for inner in cast("list[Any]", value)] if isinstance(value, list) else value


def test_unknown_enum_values_are_returned(make_client: MakeClient) -> None:
    run = load_example("Run")
    run["type"], run["execution"]["status"] = "pipeline", "hibernating"
    client: EitherClient = make_client(Script(httpx.Response(200, json=run)))
    result = client.call(lambda c: c.runs.get("run_w01"))
    assert (result.type, result.execution.status) == ("pipeline", "hibernating")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("download", DOWNLOADS)
def test_files_are_returned_unchanged(make_client: MakeClient, kind: str, download: str) -> None:
    content_type, content = FILES[kind]
    headers = {"content-type": content_type} if content_type else {}
    client: EitherClient = make_client(Script(httpx.Response(200, content=content, headers=headers)))
    assert client.call(DOWNLOADS[download]) == content
