"""The client tree: how it is shown, and where a name that does not exist leads."""

from __future__ import annotations

import gc
import inspect
import linecache
import sys
import warnings
import weakref
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError
from eigenpal_generated import runtime
from tests.support.script import Script, error_response

from .conftest import MakeClient

CLIENTS = [EigenpalClient, AsyncEigenpalClient]
KEY = "a-key-that-is-never-shown"


@pytest.fixture(params=CLIENTS, ids=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Any:
    return request.param(api_key=KEY)


def find(client: Any, place: str) -> Any:
    found = client
    for name in place.split(".")[1:]:
        found = getattr(found, name)
    return found


@pytest.mark.parametrize(
    ("place", "name", "hint"),
    [
        ("client", "files", "'client.runs.files'"),
        ("client", "executions", "'client.workflows.executions'"),
        ("client", "workflow", "'client.workflows'"),
        ("client", "create_run", "'client.run'"),
        ("client", "get_run", "'client.runs.get'"),
        ("client", "wait_for_completion", "'client.runs.wait'"),
        ("client", "base_uri", "'client.base_url'"),
        ("client.runs", "create", "'client.run'"),
        ("client.runs", "start", "'client.run'"),
        ("client.runs", "run", "'client.run'"),
        ("client.runs", "retrieve", "'client.runs.get'"),
        ("client.runs", "stop", "'client.runs.cancel'"),
        ("client.runs", "all", "'client.runs.iter' or 'client.runs.list'"),
        ("client.runs", "cancle", "'client.runs.cancel'"),
        ("client.runs", "run_and_wait", "'client.run_and_wait'"),
        ("client.runs.artifacts", "get", "'client.runs.artifacts.download'"),
        ("client.workflows", "run", "'client.run'"),
        ("client.workflows.executions", "run", "'client.workflows.executions.run_and_wait'"),
        ("client.agents", "files", "'client.agents.list_files' or 'client.agents.put_file'"),
        ("client.agents", "wait", "'client.runs.wait'"),
    ],
)
def test_a_name_leads_to_the_method(client: Any, place: str, name: str, hint: str) -> None:
    found = find(client, place)
    with pytest.raises(AttributeError) as caught:
        getattr(found, name)
    assert str(caught.value) == f"{type(found).__name__!r} object has no attribute {name!r}; did you mean {hint}?"
    assert not hasattr(found, name)
    for suggested in hint.split("'")[1::2]:
        assert find(client, suggested) is not None


def test_other_names_are_usual_errors(client: Any) -> None:
    for found in (client, client.runs):
        for name in ("xyzzy", "_run", "__array__"):
            with pytest.raises(AttributeError) as caught:
                getattr(found, name)
            assert str(caught.value) == f"{type(found).__name__!r} object has no attribute {name!r}"


@pytest.mark.parametrize("kind", CLIENTS)
def test_an_error_inside_a_property_stays_what_it_is(kind: type[Any]) -> None:
    class Unfinished(kind):  # type: ignore[misc]
        def __init__(self) -> None:
            pass

    with pytest.raises(AttributeError, match="no attribute '_resource_agents'"):
        Unfinished().agents  # noqa: B018


def test_a_part_of_the_tree_shows_its_place_and_members(client: Any) -> None:
    name = type(client.runs.feedback).__name__
    assert repr(client.runs.feedback) == f"<{name} client.runs.feedback: clear, get, resolve, update>"
    for found in (client, client.runs, client.workflows.executions):
        assert KEY not in repr(found)
        assert KEY not in repr(inspect.getmembers(found))


def test_a_failed_look_keeps_nothing_alive() -> None:
    client = EigenpalClient(api_key=KEY)
    assert not hasattr(client.runs, "retrieve")
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None


# --- deprecated methods -----------------------------------------------------------------------------------------------

DEPRECATED: dict[str, dict[str, Any]] = {
    "put_file": {"path": "a.md", "content": "x"},
    "upload_files": {"files": []},
}


@pytest.mark.parametrize("name", DEPRECATED)
def test_a_deprecated_method_warns_at_the_line_of_the_caller(make_client: MakeClient, name: str) -> None:
    client = make_client(Script(error_response(409)))

    def call(client: Any) -> Any:
        return getattr(client.agents, name)("agent", **DEPRECATED[name])  # here

    with (
        pytest.warns(DeprecationWarning, match=name) as caught,
        pytest.raises(EigenpalError, match="Something is wrong"),
    ):
        client.call(call)
    message = str(caught[0].message)
    assert message == getattr(client.client.agents, name).__deprecated__
    assert message.startswith(f"client.agents.{name} is deprecated: Fails with status 409")
    assert "# here" in linecache.getline(caught[0].filename, caught[0].lineno)


def test_only_what_is_deprecated_is_marked(client: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        marked = [name for name in dir(client.agents) if hasattr(getattr(client.agents, name), "__deprecated__")]
    assert marked == [*DEPRECATED]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="functions cannot be marked as asynchronous")
def test_a_deprecated_method_is_still_known_as_asynchronous() -> None:
    for kind in CLIENTS:
        is_async = inspect.iscoroutinefunction(kind(api_key=KEY).agents.put_file)  # pyright: ignore[reportDeprecated]
        assert is_async == (kind is AsyncEigenpalClient)


def test_a_deprecated_method_does_what_it_did() -> None:
    @runtime.deprecated("old")
    def add(one: int, *, other: int) -> int:
        return one + other

    with pytest.warns(DeprecationWarning, match=r"^old$"):
        assert add(1, other=2) == 3  # pyright: ignore[reportDeprecated]
