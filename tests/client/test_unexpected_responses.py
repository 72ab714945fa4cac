"""Whatever the server sends, the caller gets a model with all of it, or an error with the name of the field."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpx
import pytest

from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import BaseModel
from tests.client.conftest import MakeClient
from tests.support.contract import Sample, get_success, iter_samples
from tests.support.damage import (
    REPLACEMENTS,
    check_remainder,
    check_safe,
    find_paths,
    format_path,
    is_readable,
    list_required,
    replace_value,
)
from tests.support.either_client import EitherClient
from tests.support.event_loop import EventLoop
from tests.support.examples import load_example
from tests.support.script import Script

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
