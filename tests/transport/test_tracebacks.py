"""The traceback of an error shows the call, and not how it was carried out."""

from __future__ import annotations

import traceback
from pathlib import Path

import httpx
import pytest

import eigenpal
import eigenpal_generated
from eigenpal.errors import EigenpalConnectionError, EigenpalError, EigenpalNotFoundError, EigenpalResponseError
from tests.support.either_client import EitherClient
from tests.support.event_loop import Kind
from tests.support.script import RequestHandler, Script, error_response, ok

PACKAGES = [Path(package.__path__[0]) for package in (eigenpal, eigenpal_generated)]


def get_run(kind: Kind, handler: RequestHandler) -> BaseException:
    """Call `runs.get` with a client and return what it raises."""
    try:
        EitherClient(kind, handler).call(lambda client: client.runs.get("run_1"))
    except (EigenpalError, ZeroDivisionError) as error:
        return error
    pytest.fail("nothing was raised")


def list_own_frames(error: BaseException) -> list[str]:
    """Return the names of our functions in a traceback, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.name for frame in frames if any(Path(frame.filename).is_relative_to(root) for root in PACKAGES)]


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (error_response(404), EigenpalNotFoundError),
        (httpx.ConnectError("refused"), EigenpalConnectionError),
        (httpx.Response(200, html="<html>"), EigenpalResponseError),
        (httpx.Response(200, json={"id": 7}), EigenpalResponseError),
    ],
)
def test_an_error_shows_at_most_four_frames_of_ours(
    kind: Kind, response: httpx.Response | Exception, expected: type[EigenpalError]
) -> None:
    error = get_run(kind, Script(response))
    assert type(error) is expected
    frames = list_own_frames(error)
    assert frames[:2] == ["get", "call"]
    assert len(frames) <= 4, frames
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_bug_of_ours_shows_its_line(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("eigenpal._transport.request_flow.decode_response", fail)
    error = get_run(kind, Script(ok()))
    assert type(error) is ZeroDivisionError
    assert list_own_frames(error)[-1] == "execute"
