"""Whatever the server sends, the caller gets a model with all of it, or an error with the name of the field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import httpx
import pytest

from eigenpal import EigenpalClient
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import BaseModel
from tests.client.conftest import MakeClient
from tests.support.contract import Sample, get_success, iter_samples
from tests.support.either_client import EitherClient
from tests.support.examples import load_example
from tests.support.script import BASE_URL, Script

# All methods are called, also deprecated ones.
pytestmark = pytest.mark.filterwarnings("ignore:client.agents.* is deprecated:DeprecationWarning")

CONFIDENTIAL = ("source.decrypt_secrets", "source.encrypt_secrets")
SAMPLES = [sample for sample in iter_samples() if isinstance(get_success(sample.operation)[1], dict)]
UNEXPECTED: list[Any] = [None, "", "odd", 0, -1, 1.5, True, [], [None], {}, {"odd": 1}]

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


def find_paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value inside a JSON value."""
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield (*path, key)
            yield from find_paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[Any]", value)):
            yield (*path, index)
            yield from find_paths(inner, (*path, index))


def replace_value(value: Any, path: tuple[str | int, ...], replacement: Any) -> Any:
    """Return a copy with another value at a path, or without the field for an ellipsis."""
    result = copy.deepcopy(value)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    if replacement is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = replacement
    return result


def format_path(path: tuple[str | int, ...]) -> str:
    """Format a path as errors do."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def call_or_error(call: Any, arguments: dict[str, Any]) -> Any:
    """Return the result, or the only error that is allowed."""
    try:
        return call(**arguments)
    except EigenpalResponseError as error:
        return error


def is_about(field: str, path: tuple[str | int, ...]) -> bool:
    """Return whether an error names the path, or one above or below it that is broken as well."""
    return format_path(path).startswith(field) or field.startswith(format_path(path))


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_field_of_the_wrong_type(sample: Sample) -> None:
    status, body = get_success(sample.operation)
    bodies: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=json.dumps(bodies[-1]), headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(handle)) as http:
        call = sample.find_method(EigenpalClient(api_key="ek_4f9a1b", base_url=BASE_URL, http_client=http))
        for path in find_paths(body):
            for replacement in (*UNEXPECTED, ...):
                bodies.append(replace_value(body, path, replacement))
                result = call_or_error(call, sample.arguments)
                if not isinstance(result, EigenpalResponseError):
                    assert (result.to_dict() if isinstance(result, BaseModel) else result) == bodies[-1]
                    assert repr(result)
                    continue
                assert result.field is not None
                # A response with `finished` is decoded as a whole run, which lacks other fields.
                is_whole_run = path == ("finished",) and replacement is True and result.field == "timing"
                assert is_about(result.field, path) or is_whole_run, (result.field, path)
                assert result.field in str(result)
                expected = None if sample.sdk_path in CONFIDENTIAL else bodies[-1]
                assert (result.status, result.body) == (status, expected)


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
