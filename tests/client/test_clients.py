"""Creating, changing, printing and closing the clients."""

from __future__ import annotations

import copy
import inspect
import io
import os
import pickle
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

import eigenpal
import eigenpal.types
from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError
from tests.support.either_client import EitherClient
from tests.support.examples import load_example, run_json, serve_run
from tests.support.faulty_server import FaultyServer, encode_json_response, respond
from tests.support.multipart import parse_multipart
from tests.support.script import BASE_URL

from .conftest import MakeClient

KEY = "sk_live_0123456789"


# --- the first example of the documentation ---------------------------------------------------------------------------

FIRST_EXAMPLE = """
import os
from pathlib import Path
from eigenpal import EigenpalClient
client = EigenpalClient(api_key=os.environ["EIGENPAL_API_KEY"])
# Run a workflow with a file input (multipart upload, no base64).
result = client.workflows.executions.run_and_wait(
"extract-invoice",
input={"contract": Path("contract.pdf")},
)
print(result["finished"], result["output"])
"""


def test_the_first_example_runs_unchanged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "contract.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EIGENPAL_API_KEY", KEY)
    monkeypatch.setenv("EIGENPAL_BASE_URL", BASE_URL)
    printed = io.StringIO()
    with respx.mock(base_url=BASE_URL) as server, redirect_stdout(printed):
        start = server.post("/api/v1/runs").mock(httpx.Response(201, json=load_example("RunAccepted")))
        poll = server.get(f"/api/v1/runs/{load_example('RunAccepted')['id']}").mock(
            httpx.Response(200, json=run_json("completed", id=load_example("RunAccepted")["id"]))
        )
        scope: dict[str, Any] = {}
        exec(FIRST_EXAMPLE, scope)
    assert printed.getvalue() == f"True {load_example('Run')['output']}\n"
    assert (start.call_count, poll.call_count) == (1, 1)
    request = start.calls.last.request
    assert parse_multipart(request.content, request.headers["content-type"]) == [
        ("target", None, None, b"workflows.extract-invoice"),
        ("input", None, None, b"{}"),
        ("files.contract", "contract.pdf", "application/pdf", b"%PDF-1.7"),
    ]
    assert request.headers["authorization"] == f"Bearer {KEY}"
    scope["client"].close()


# --- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
def test_options_are_keywords_with_the_documented_defaults(kind: type[Any]) -> None:
    parameters = dict(inspect.signature(kind).parameters)
    assert {name: parameter.default for name, parameter in parameters.items()} == {
        "api_key": None,
        "base_url": None,
        "timeout_seconds": 60.0,
        "verify_ssl": True,
        "max_retries": 3,
        "max_connections": 100,
        "default_headers": None,
        "http_client": None,
        "on_response": None,
    }
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
def test_options_default_to_environment_variables(kind: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EIGENPAL_BASE_URL", raising=False)
    monkeypatch.setenv("EIGENPAL_API_KEY", "")
    with pytest.raises(ValueError, match="no API key: pass api_key"):
        kind()
    monkeypatch.setenv("EIGENPAL_API_KEY", KEY)
    assert kind().base_url == "https://app.eigenpal.com"
    monkeypatch.setenv("EIGENPAL_BASE_URL", "https://own.example/eigenpal/")
    assert kind().base_url == "https://own.example/eigenpal"
    assert kind(base_url="https://other.example").base_url == "https://other.example"


@pytest.mark.parametrize(
    ("kind", "http_client"), [(EigenpalClient, httpx.Client), (AsyncEigenpalClient, httpx.AsyncClient)]
)
@pytest.mark.parametrize("verify", [False, ssl.create_default_context()])
def test_verify_ssl_with_an_http_client_is_refused(kind: type[Any], http_client: type[Any], verify: object) -> None:
    given = http_client()
    with pytest.raises(ValueError, match="verify_ssl cannot be combined with http_client"):
        kind(api_key=KEY, verify_ssl=verify, http_client=given)
    client = kind(api_key=KEY, http_client=given)
    with pytest.raises(ValueError, match="verify_ssl cannot be combined with http_client"):
        client.with_options(verify_ssl=verify)
    assert client.with_options(timeout_seconds=5).base_url == client.base_url


@pytest.mark.parametrize(
    ("kind", "http_client"), [(EigenpalClient, httpx.Client), (AsyncEigenpalClient, httpx.AsyncClient)]
)
def test_max_connections_with_an_http_client_is_refused(kind: type[Any], http_client: type[Any]) -> None:
    with pytest.raises(
        ValueError, match="max_connections cannot be combined with http_client, which has its own limits"
    ):
        kind(api_key=KEY, max_connections=10, http_client=http_client())


def test_repr_shows_no_key(make_client: MakeClient) -> None:
    client = make_client(serve_run(), api_key=KEY, default_headers={"X-Gateway": "hush"}).client
    shown = repr(client)
    name = type(client).__name__
    assert shown == f"{name}(base_url='https://eigenpal.test', timeout_seconds=60, max_retries=0)"
    parts: list[object] = [client, client.runs, client.workflows.executions, client.runs.artifacts]
    for part in parts:
        assert KEY not in repr(part)
        assert "hush" not in repr(vars(part))
        assert KEY not in repr(vars(part))


def test_clients_cannot_be_pickled_or_copied(make_client: MakeClient) -> None:
    client = make_client(serve_run()).client
    for move in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="create one in each process"):
            move(client)


def test_with_options(make_client: MakeClient) -> None:
    client = make_client(serve_run(), default_headers={"X-Team": "a", "X-Kept": "1"})
    original = client.client
    changed = original.with_options(
        api_key="key_2", timeout_seconds=5, max_retries=2, default_headers={"X-Team": "b"}, base_url="https://two.test"
    )
    assert type(changed) is type(original)
    assert repr(changed).endswith("(base_url='https://two.test', timeout_seconds=5, max_retries=2)")
    client.call(lambda _: changed.runs.get("run_1"))
    client.call(lambda _: original.runs.get("run_1"))
    first, second = client.requests
    assert (first.headers["authorization"], first.headers["x-team"], first.headers["x-kept"]) == (
        "Bearer key_2",
        "b",
        "1",
    )
    assert first.url == "https://two.test/api/v1/runs/run_1"
    assert first.extensions["timeout"]["read"] == 5
    assert (second.headers["authorization"], second.headers["x-team"]) == ("Bearer key_1", "a")
    assert second.extensions["timeout"]["read"] == 60
    assert changed.runs is not original.runs
    with pytest.raises(ValueError, match="timeout_seconds must be more than 0"):
        original.with_options(timeout_seconds=0)
    with pytest.raises(TypeError, match="retries"):
        original.with_options(retries=5)


class TeamClient(EigenpalClient):
    """A subclass of an application."""

    def __init__(self, team: str, **options: Any) -> None:
        super().__init__(**options)
        self.team = team


def test_with_options_keeps_the_attributes_of_subclasses() -> None:
    client = TeamClient("billing", api_key=KEY)
    changed = client.with_options(max_retries=0)
    assert isinstance(changed, TeamClient)
    assert changed.team == "billing"


def test_a_closed_client_sends_nothing(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    runs = client.client.runs
    client.call(lambda c: c.aclose() if client.is_async else c.close())
    with pytest.raises(EigenpalError, match="this client is closed"):
        client.call(lambda _: runs.get("run_1"))
    with pytest.raises(EigenpalError, match="this client is closed"):
        client.call(lambda c: c.run("workflows.x"))
    assert client.sent == []


def test_leaving_the_context_closes_the_client() -> None:
    with EigenpalClient(api_key=KEY) as client:
        assert isinstance(client, EigenpalClient)
    with pytest.raises(EigenpalError, match="closed"):
        client.runs.get("run_1")

    async def block(client: Any) -> Any:
        async with client as same:
            assert same is client
        with pytest.raises(EigenpalError, match="closed"):
            await client.runs.get("run_1")

    EitherClient("async", serve_run()).call(block)


# --- both clients have the same methods -------------------------------------------------------------------------------


def find_methods(client: object, place: str = "client") -> Iterator[tuple[str, Any]]:
    """Yield the public methods of a client, with their names in its tree."""
    for name in dir(client):
        if name.startswith("_"):
            continue
        member = getattr(client, name)
        if inspect.ismethod(member):
            yield f"{place}.{name}", member
        elif type(member).__module__.startswith(("eigenpal.", "eigenpal_generated.")):
            yield from find_methods(member, f"{place}.{name}")


def test_both_clients_have_the_same_methods() -> None:
    one = dict(find_methods(EigenpalClient(api_key=KEY)))
    other = dict(find_methods(AsyncEigenpalClient(api_key=KEY)))
    assert one.keys() - other.keys() == {"client.close"}
    assert other.keys() - one.keys() == {"client.aclose"}
    for place in one.keys() & other.keys():
        parameters = inspect.signature(one[place]).parameters
        twins = inspect.signature(other[place]).parameters
        assert list(parameters) == list(twins), place
        for name in parameters:
            assert (parameters[name].default, parameters[name].kind) == (twins[name].default, twins[name].kind), place


def test_every_method_is_documented() -> None:
    for client in (EigenpalClient(api_key=KEY), AsyncEigenpalClient(api_key=KEY)):
        for place, method in find_methods(client):
            text = inspect.getdoc(method)
            assert text is not None, place
            parameters = inspect.signature(method).parameters
            assert all(f"\n    {name}:" in text for name in parameters), place


# --- names ------------------------------------------------------------------------------------------------------------


def modules_loaded_by(code: str) -> set[str]:
    script = f"import sys; before = set(sys.modules); {code}; print(*sorted(set(sys.modules) - before))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    return set(result.stdout.split())


def test_importing_the_package_loads_nothing_else() -> None:
    assert modules_loaded_by("import eigenpal") == {"eigenpal", "eigenpal._version"}


def test_importing_the_clients_loads_no_http_library() -> None:
    loaded = modules_loaded_by("from eigenpal import EigenpalClient, AsyncEigenpalClient, EigenpalError")
    assert not {name.partition(".")[0] for name in loaded} & {"httpx", "attr", "attrs", "anyio", "asyncio", "ssl"}


def test_a_client_loads_no_models_until_there_is_one_to_decode() -> None:
    loaded = modules_loaded_by("from eigenpal import EigenpalClient; EigenpalClient(api_key='k').runs.wait")
    assert not {name for name in loaded if name.startswith("attr")}
    assert not {name for name in loaded if name.startswith("eigenpal_generated.models.")}


def test_a_first_call_loads_only_what_it_needs() -> None:
    run = encode_json_response(load_example("Run"))
    with FaultyServer(respond(run)) as server:
        client = f"EigenpalClient(api_key='k', base_url={server.url!r})"
        loaded = modules_loaded_by(f"from eigenpal import EigenpalClient; {client}.runs.get('run_w01')")
    ours = {name for name in loaded if name.startswith("eigenpal")}
    unneeded = ("_downloads", "_resources.saved_artifacts", "_runs.polling", "_runs.start", "_uploads.files", "testing")
    assert not {name for name in ours if name.startswith(tuple(f"eigenpal.{part}" for part in unneeded))}
    assert "dateutil" not in loaded
    # Each takes about 0.2 ms, and the time from the start of a process to its first response is a budget.
    assert len(ours) <= 68, sorted(ours)


def test_names_are_listed_and_load() -> None:
    modules: list[Any] = [eigenpal, eigenpal.types]
    for module in modules:
        for name in module.__all__:
            assert name in dir(module)
            assert getattr(module, name) is not None
    assert eigenpal.errors.EigenpalError is eigenpal.EigenpalError
    assert eigenpal.types.Run is eigenpal.types.Run


@pytest.mark.parametrize("module", ["eigenpal", "eigenpal.types"])
def test_importing_a_misspelt_name(module: str) -> None:
    with pytest.raises(ImportError, match="cannot import name 'EigenpalClint'"):
        exec(f"from {module} import EigenpalClint")


def test_everything_can_be_imported_at_once() -> None:
    scope: dict[str, Any] = {}
    exec("from eigenpal import *; from eigenpal.types import *", scope)
    assert {"EigenpalClient", "EigenpalTimeoutError", "Run", "Target", "__version__"} <= scope.keys()


def names_in_stub(stub: Path) -> set[str]:
    return set(re.findall(r"\w+ as (\w+)", stub.read_text(encoding="utf-8")))


def test_stubs_match_the_modules() -> None:
    package = Path(eigenpal.__file__).parent
    assert names_in_stub(package / "__init__.pyi") == {*eigenpal.__all__, "errors", "types"}
    assert names_in_stub(package / "types.pyi") == {*dir(eigenpal.types)}
