"""The secrets in the responses of an operation are not in its errors, their tracebacks, or the log."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalError, EigenpalResponseError, EigenpalServerError
from tests.client.conftest import MakeClient
from tests.support.damage import get_model, get_wire_names
from tests.support.script import Script, error_response
from tests.transport.test_security import iter_frames

SECRET = "hunter2-0123456789"
JSON = {"content-type": "application/json"}


def respond_with(content: str | bytes | Any, status: int = 200, **headers: str) -> httpx.Response:
    body = content if isinstance(content, (str, bytes)) else json.dumps(content)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, content=body, headers={**JSON, **names})


RESPONSES = {
    "cut": respond_with(f'{{"plaintext": "{SECRET}"'),
    "cut in a batch": respond_with(f'{{"secrets": {{"a": "{SECRET}"'),
    "escaped and cut": respond_with(f'{{"plaintext": "\\u0068{SECRET[1:]}"'),
    "followed by something": respond_with(f'{{"plaintext": "{SECRET}"}} more'),
    "not Unicode": respond_with(f'{{"plaintext": "{SECRET}\xff"}}'.encode("latin-1")),
    "a text instead of an object": respond_with(SECRET.join('""')),
    "a text instead of a map": respond_with({"secrets": SECRET}),
    "a list": respond_with([SECRET]),
    "a number": respond_with({"plaintext": 2718281828}),
    "a number in a batch": respond_with({"secrets": {"a": 2718281828}}),
    "one wrong beside one right": respond_with({"plaintext": SECRET, "secrets": 1}),
    "nested too deeply": respond_with(f'["{SECRET}", ' + "[" * 100_000),
    "not JSON": respond_with(SECRET, content_type="text/plain"),
    "HTML": respond_with(f"<html><title>{SECRET}</title>", content_type="text/html"),
    "partial content": respond_with({"plaintext": SECRET}, 206),
    "a redirect": respond_with({"plaintext": SECRET}, 302, location="https://eigenpal.test/"),
    "300": respond_with({"plaintext": SECRET}, 300),
    "a text with 500": respond_with(SECRET, 500),
    "HTML with 502": respond_with(f"<title>{SECRET}</title>", 502, content_type="text/html"),
    "a list with 400": respond_with([SECRET], 400),
    "an object with 500": respond_with({"plaintext": SECRET, "error": {"plaintext": SECRET}}, 500),
    "beside an error": respond_with(
        {"error": "Half of it failed", "secrets": {"a": SECRET}, "issues": [SECRET[:0]]}, 500
    ),
    "in an issue": respond_with({"issues": [{"message": "wrong", "received": SECRET}]}, 400),
}

CALLS: dict[str, Callable[[Any], Any]] = {
    "decrypt": lambda client: client.source.decrypt_secrets(secrets=[]),
    "encrypt": lambda client: client.source.encrypt_secrets(secrets=[]),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("response", RESPONSES)
def test_no_error_shows_a_secret(
    make_client: MakeClient, response: str, call: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = make_client(Script(RESPONSES[response]), max_retries=1)
    try:
        result: Any = client.call(CALLS[call])
        # What cannot be decoded is an error when it is read.
        assert [getattr(result, name) for name in get_wire_names(get_model(result))]
    except EigenpalError as raised:
        error = raised
    else:
        # What encrypts has other fields, so some of these responses are right for it. A map may lose an entry.
        assert call == "encrypt" or response == "a number in a batch"
        assert "2718281828" not in caplog.text
        return
    shown = [caplog.text, "".join(traceback.format_exception(error))]
    for twin in (error, pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        shown += [str(twin), repr(twin), repr(twin.args), repr(vars(twin)), repr(twin.issues)]
    shown += [repr(value) for frame in iter_frames(error) for value in frame.f_locals.values()]
    for text in shown:
        assert SECRET[1:] not in text
        assert "2718281828" not in text
    assert "error.body" not in str(error)
    assert getattr(error, "body", None) is None
    assert error.__cause__ is None
    assert error.__context__ is None


def test_the_field_and_its_type_are_named(make_client: MakeClient, caplog: pytest.LogCaptureFixture) -> None:
    client = make_client(Script(respond_with({"plaintext": 2718281828, "secrets": {"TOKEN": 2718281828}})))
    result = client.call(CALLS["decrypt"])
    with pytest.raises(EigenpalResponseError) as caught:
        result.plaintext  # noqa: B018
    assert caught.value.field == "plaintext"
    assert "plaintext should be a string, but is a number. The server" in str(caught.value)
    assert "secrets.TOKEN should be a string, but is a number" in caplog.text


def test_the_description_of_an_error_is_kept(make_client: MakeClient) -> None:
    response = error_response(500, "The lockfile is broken", hint="Run sync.", secrets={"a": SECRET})
    with pytest.raises(EigenpalServerError, match="The lockfile is broken") as caught:
        make_client(Script(response)).call(CALLS["decrypt"])
    issue = {"field": "<root>", "message": "The lockfile is broken", "code": "some_code", "severity": "error"}
    assert caught.value.envelope == {"issues": [issue], "requestId": "req_1", "hint": "Run sync."}


def test_rich_does_not_show_secrets(make_client: MakeClient) -> None:
    console = pytest.importorskip("rich.console")
    found = make_client(Script(respond_with({"plaintext": SECRET, "secrets": {"a": SECRET}}))).call(CALLS["decrypt"])
    printed = io.StringIO()
    console.Console(file=printed).print(found, [found], {"found": found})
    assert "plaintext=***" in printed.getvalue()
    assert SECRET not in printed.getvalue()
    assert (found.plaintext, found.secrets) == (SECRET, {"a": SECRET})
