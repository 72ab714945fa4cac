"""Every operation sends what is documented, when called with every documented argument from both clients.

The cases come from the facts in tests/contract, not from the spec that the client is generated from.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import httpx
import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal_generated.base_models import BaseModel
from tests.support.contract import OPERATIONS, SCHEMAS, Sample, get_success, iter_samples
from tests.support.either_client import EitherClient
from tests.support.event_loop import Kind
from tests.support.examples import load_example
from tests.support.multipart import parse_multipart
from tests.support.script import Script

# All methods are called, also deprecated ones.
pytestmark = pytest.mark.filterwarnings("ignore:client.* is deprecated:DeprecationWarning")

SAMPLES = list(iter_samples())


def call(sample: Sample, kind: Kind, arguments: dict[str, Any]) -> tuple[httpx.Request, Any]:
    """Make a call against a server that sends the documented success; return the request and the result."""
    status, body = get_success(sample.operation)
    if isinstance(body, bytes):
        response = httpx.Response(status, content=body, headers={"content-type": "application/pdf"})
    else:
        response = httpx.Response(status) if body is None else httpx.Response(status, json=body)
    client = EitherClient(kind, Script(response), api_key="key")
    result = client.call(lambda c: sample.find_method(c)(**arguments))
    [request] = client.requests
    return request, result


def check_request(sample: Sample, request: httpx.Request) -> None:
    assert request.method == sample.method
    assert request.url.raw_path.decode().partition("?")[0] == sample.path
    assert dict(request.url.params.multi_items()) == sample.query
    assert len(request.url.params.multi_items()) == len(sample.query)
    for name, value in sample.headers.items():
        assert request.headers[name] == value
    assert request.headers["authorization"] == "Bearer key"
    if sample.parts:
        check_parts(sample, request)
    elif sample.body is not None:
        assert request.headers["content-type"] == "application/json"
        assert json.loads(request.content) == sample.json
    else:
        assert request.content == b""


def check_parts(sample: Sample, request: httpx.Request) -> None:
    found = {part.name: part for part in parse_multipart(request.content, request.headers["content-type"])}
    assert set(found) == set(sample.parts)
    for name, expected in sample.parts.items():
        part = found[name]
        if isinstance(expected, tuple):
            assert (part.filename, part.content) == expected
        elif isinstance(expected, str):
            assert part.content.decode() == expected
        else:
            assert json.loads(part.content) == expected
        if not isinstance(expected, tuple):
            assert part.content_type != "application/json"


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_documented_argument_is_sent(sample: Sample, kind: Kind) -> None:
    request, _ = call(sample, kind, sample.arguments)
    check_request(sample, request)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_responses_are_returned_unchanged(sample: Sample, kind: Kind) -> None:
    _, result = call(sample, kind, sample.arguments)
    _, body = get_success(sample.operation)
    assert (result.to_dict() if isinstance(result, BaseModel) else result) == body


@pytest.mark.parametrize(
    "sample",
    [found for found in SAMPLES if found.json is not None and found.sdk_path != "run"],
    ids=str,
)
def test_a_body_can_be_passed_as_a_whole(sample: Sample) -> None:
    whole = "request_body" if any(fact["wire"] == "body" for fact in body_fields(sample)) else "body"
    outside = {name: value for name, value in sample.arguments.items() if name not in body_arguments(sample)}
    request, _ = call(sample, "sync", {**outside, whole: sample.json})
    check_request(sample, request)
    with pytest.raises(TypeError, match="not both"):
        call(sample, "sync", {**sample.arguments, whole: sample.json})


@pytest.mark.parametrize("sample", [found for found in SAMPLES if found.json is not None], ids=str)
def test_omitted_properties_of_a_body_are_not_sent(sample: Sample) -> None:
    required = {fact["python"] for fact in body_fields(sample) if fact["required"]}
    outside = {name: value for name, value in sample.arguments.items() if name not in body_arguments(sample)}
    given = {name: value for name, value in sample.arguments.items() if name in required}
    request, _ = call(sample, "sync", {**outside, **given})
    # A start always has an input, as with the documented clients.
    always: dict[str, Any] = {"input": {}} if sample.sdk_path == "run" else {}
    expected = {fact["wire"]: sample.json[fact["wire"]] for fact in body_fields(sample) if fact["required"]}
    assert json.loads(request.content) == {**always, **expected}


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_omitted_arguments_are_not_sent(sample: Sample) -> None:
    required = {fact["python"] for fact in sample.operation["path_params"]}
    required |= {fact["python"] for fact in sample.operation["query_params"] if fact["required"]}
    if sample.body is not None:
        required |= body_arguments(sample)
    request, _ = call(sample, "sync", {name: value for name, value in sample.arguments.items() if name in required})
    expected = {fact["name"] for fact in sample.operation["query_params"] if fact["required"]}
    assert {name for name, _ in request.url.params.multi_items()} == expected
    assert "x-eigenpal-trigger" not in request.headers


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_misspelt_argument_is_a_type_error(sample: Sample) -> None:
    with pytest.raises(TypeError, match="misspelt"):
        call(sample, "sync", {**sample.arguments, "misspelt": 1})


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_both_clients_have_the_same_signature(sample: Sample) -> None:
    with EigenpalClient(api_key="key") as client:
        of_sync = inspect.signature(sample.find_method(client))
    of_async = inspect.signature(sample.find_method(AsyncEigenpalClient(api_key="key")))
    assert of_sync.parameters == of_async.parameters


def test_a_run_can_be_started_from_its_whole_body() -> None:
    names = {sample.sdk_path for sample in SAMPLES}
    documented = {operation["sdk_path"] for operation in OPERATIONS if not operation["legacy"]}
    assert documented <= names
    assert load_example("RunStartBody").keys() == {fact["wire"] for fact in SCHEMAS["RunStartBody"]["fields"]}


def body_fields(sample: Sample) -> list[dict[str, Any]]:
    assert sample.body is not None
    return list(SCHEMAS[sample.body["schema_ref"]].get("fields", []))


def body_arguments(sample: Sample) -> set[str]:
    assert sample.body is not None
    facts = SCHEMAS[sample.body["schema_ref"]]
    if facts["kind"] == "multipart":
        return {"input" if part.get("pattern") else part["part"] for part in facts["parts"]}
    return {fact["python"] for fact in facts["fields"]}
