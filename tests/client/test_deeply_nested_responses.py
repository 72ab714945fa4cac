"""No depth of a response leads to a RecursionError: it is read and can be used, or the call raises an EigenpalError."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalError, EigenpalResponseError
from tests.client.conftest import MakeClient
from tests.support.either_client import EitherClient
from tests.support.examples import load_example
from tests.support.script import Script

# At 1000 nested calls Python raises a RecursionError, so decoding, copying, comparing and pickling fail at different
# depths.
DEPTHS = (50, 150, 320, 480, 700, 900, 1_000, 100_000)

NESTED: dict[str, Callable[[int], str]] = {
    "objects": lambda depth: '{"a":' * depth + "1" + "}" * depth,
    "arrays": lambda depth: '{"a":' + "[" * depth + "]" * depth + "}",
    "both": lambda depth: '{"a":[' * depth + "]}" * depth,
}


def make_run(nested: str) -> str:
    return json.dumps({**load_example("Run"), "output": "NESTED"}).replace('"NESTED"', nested)


BODIES: dict[str, tuple[int, Callable[[str], str]]] = {
    "run": (200, make_run),
    "run without an id": (200, lambda nested: make_run(nested).replace('"id"', '"other"')),
    "something else": (200, lambda nested: nested),
    "envelope": (500, lambda nested: f'{{"error": "wrong", "details": {nested}}}'),
    "issues": (400, lambda nested: f'{{"issues": [{{"message": "wrong", "received": {nested}}}]}}'),
    "error": (404, lambda nested: f'{{"error": {nested}}}'),
}


def get_run_or_error(client: EitherClient) -> Any:
    try:
        return client.call(lambda client: client.runs.get("run_1"))
    except EigenpalError as error:
        return error


@pytest.mark.parametrize("nested", NESTED)
@pytest.mark.parametrize("body", BODIES)
def test_any_depth(make_client: MakeClient, body: str, nested: str) -> None:
    status, make_body = BODIES[body]
    for depth in DEPTHS:
        content = make_body(NESTED[nested](depth))
        response = httpx.Response(status, content=content, headers={"content-type": "application/json"})
        found = get_run_or_error(make_client(Script(response)))
        assert repr(found)
        for twin in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
            assert str(twin) == str(found)
            assert isinstance(found, EigenpalError) or twin == found
        if body == "run" and depth < 400:
            assert not isinstance(found, EigenpalError)


def test_a_response_that_cannot_be_decoded_is_not_called_invalid(make_client: MakeClient) -> None:
    response = httpx.Response(200, content=make_run(NESTED["objects"](100_000)))
    with pytest.raises(EigenpalResponseError, match="cannot be decoded: it is nested too deeply") as caught:
        make_client(Script(response)).call(lambda client: client.runs.get("run_1"))
    assert "not JSON" not in str(caught.value)


def test_a_copy_is_independent_and_a_different_value_differs(make_client: MakeClient) -> None:
    def get(nested: str) -> Any:
        response = httpx.Response(200, content=make_run(nested))
        return make_client(Script(response)).call(lambda client: client.runs.get("run_1"))

    nested = NESTED["both"](450)
    run, other = get(nested), get(nested.replace("[]", "[0]"))
    assert run == get(nested)
    assert run != other
    changed = run.to_dict()
    changed["output"]["a"].append(2)
    assert len(run["output"]["a"]) == 1
    assert list(run.to_dict()) == list(run)


def test_an_error_holds_a_hundred_levels(make_client: MakeClient) -> None:
    for depth, is_whole in ((90, True), (200, False)):
        nested = NESTED["arrays"](depth)
        response = httpx.Response(400, content=f'{{"error": "wrong", "details": {nested}}}')
        with pytest.raises(EigenpalError, match="wrong") as caught:
            make_client(Script(response)).call(lambda client: client.runs.get("run_1"))
        shown = json.dumps(caught.value.envelope)
        assert (nested.replace('"a":', '"a": ') in shown) is is_whole
        assert ("(more than 100 levels deep)" in shown) is not is_whole
