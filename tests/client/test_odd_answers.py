"""Whatever the server sends, the caller gets a model with all of it, or an error that names the field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import httpx
import pytest

from eigenpal import EigenpalClient
from eigenpal.errors import EigenpalResponseError
from eigenpal_generated.runtime import Model
from tests.client.client_pair import BASE_URL, EXAMPLES, EitherClient, Handler
from tests.client.conftest import MakeClient
from tests.support.contract import Sample, get_success, iter_samples

SAMPLES = [sample for sample in iter_samples() if isinstance(get_success(sample.operation)[1], dict)]
ODD: list[Any] = [None, "", "odd", 0, -1, 1.5, True, [], [None], {}, {"odd": 1}]

FILES = {
    "pdf": ("application/pdf", b"%PDF-1.7\n\x00\xff\xfe"),
    "zip": ("application/zip", b"PK\x03\x04\x00"),
    "text": ("text/plain; charset=latin-1", "naïve".encode("latin-1")),
    "image": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "html": ("text/html", b"<!doctype html><title>a report</title>"),
    "json": ("application/json", b'{"a": 1}'),
    "broken json": ("application/json", b'{"a": '),
    "no type": ("", b"\x00\x01"),
    "empty": ("application/octet-stream", b""),
}

DOWNLOADS: dict[str, Callable[[Any], Any]] = {
    "artifact": lambda client: client.runs.artifacts.download("run_1", "output/a b.bin"),
    "zip": lambda client: client.runs.artifacts.download_zip("run_1"),
    "expected": lambda client: client.runs.expected.download("run_1", "a.bin"),
}


def answering(status: int, **content: Any) -> Handler:
    """Return a server that always answers the same."""

    def handle(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, **content)

    return handle


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to everything inside a JSON value."""
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield (*place, key)
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[Any]", value)):
            yield (*place, index)
            yield from places(inner, (*place, index))


def changed(value: Any, place: tuple[str | int, ...], replacement: Any) -> Any:
    """Return a copy with another value at a place; with the whole field missing, for an ellipsis."""
    result = copy.deepcopy(value)
    inner = result
    for step in place[:-1]:
        inner = inner[step]
    if replacement is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = replacement
    return result


def named(place: tuple[str | int, ...]) -> str:
    """Write a place as the errors do."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def outcome(call: Any, arguments: dict[str, Any]) -> Any:
    """Return the answer, or the one error that is allowed."""
    try:
        return call(**arguments)
    except EigenpalResponseError as error:
        return error


def is_about(field: str, place: tuple[str | int, ...]) -> bool:
    """Tell whether an error names the place, or one around or inside it that is broken with it."""
    return named(place).startswith(field) or field.startswith(named(place))


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_field_that_is_not_as_promised(sample: Sample) -> None:
    status, body = get_success(sample.operation)
    answers: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=json.dumps(answers[-1]), headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(handle)) as http:
        call = at(EigenpalClient(api_key="ek_4f9a1b", base_url=BASE_URL, http_client=http), sample.sdk_path)
        for place in places(body):
            for replacement in (*ODD, ...):
                answers.append(changed(body, place, replacement))
                result = outcome(call, sample.arguments)
                if not isinstance(result, EigenpalResponseError):
                    assert (result.to_dict() if isinstance(result, Model) else result) == answers[-1]
                    assert repr(result)
                    continue
                assert result.field is not None
                # A run that says it has finished is a whole run, and lacks what that would hold.
                is_whole_run = place == ("finished",) and replacement is True and result.field == "timing"
                assert is_about(result.field, place) or is_whole_run, (result.field, place)
                assert result.field in str(result)
                assert (result.status, result.body) == (status, answers[-1])


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_fields_and_values_nobody_knows_are_kept(sample: Sample, make_client: MakeClient) -> None:
    status, body = get_success(sample.operation)
    # Every object gets a field that this version does not know; maps of models have no room for one.
    more = _with_more(body) if not {"secrets", "outputsByStep"} & set(body) else {**body, "from the future": [1]}
    made: EitherClient = make_client(answering(status, json=more))
    result = made.call(lambda client: at(client, sample.sdk_path)(**sample.arguments))
    assert (result.to_dict() if isinstance(result, Model) else result) == more


def _with_more(value: Any) -> Any:
    if isinstance(value, dict):
        known = {key: _with_more(inner) for key, inner in cast("dict[str, Any]", value).items()}
        return {**known, "from the future": {"a": [None]}}
    return [_with_more(inner) for inner in cast("list[Any]", value)] if isinstance(value, list) else value


def at(client: Any, sdk_path: str) -> Any:
    for step in sdk_path.split("."):
        client = getattr(client, step)
    return client


def test_values_of_enums_are_open(make_client: MakeClient) -> None:
    run = json.loads((EXAMPLES / "Run.json").read_text(encoding="utf-8"))
    run["type"], run["execution"]["status"] = "pipeline", "hibernating"
    made: EitherClient = make_client(answering(200, json=run))
    result = made.call(lambda client: client.runs.get("run_w01"))
    assert (result.type, result.execution.status) == ("pipeline", "hibernating")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("download", DOWNLOADS)
def test_files_come_as_they_are(make_client: MakeClient, kind: str, download: str) -> None:
    content_type, content = FILES[kind]
    headers = {"content-type": content_type} if content_type else {}
    made: EitherClient = make_client(answering(200, content=content, headers=headers))
    assert made.call(DOWNLOADS[download]) == content
