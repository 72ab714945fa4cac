from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from importlib import resources
from pathlib import Path

import httpx
import pytest

from eigenpal import EigenpalClient
from eigenpal.errors import EigenpalError
from eigenpal.testing.__main__ import main

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def run_server_process(*options: str, folder: Path = ROOT) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    command = [sys.executable, "-m", "eigenpal.testing", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    printed = ""
    try:
        while "curl" not in printed:
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            printed += line
        yield process, printed
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_how_to_use_it_and_stops_cleanly(number: int) -> None:
    with run_server_process("--key", "my-key") as (process, printed):
        url = re.search(r"EIGENPAL_BASE_URL=(\S+)", printed)
        assert url is not None
        assert "EIGENPAL_API_KEY=my-key" in printed
        headers = {"Authorization": "Bearer my-key"}
        assert httpx.get(f"{url[1]}/api/v1/workflows", headers=headers).status_code == 200
        process.send_signal(number)
        rest, errors = process.communicate(timeout=60)
        assert (process.returncode, rest, errors) == (0, "Stopped.\n", "")


def test_it_lists_the_operations_that_it_does_not_implement(tmp_path: Path) -> None:
    document = json.loads(resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8"))
    operation = {"operationId": "moons.list", "responses": {"204": {"description": "No moons."}}}
    document["paths"]["/api/v1/moons"] = {"get": operation}
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    app = "from pathlib import Path; from eigenpal.testing import EigenpalServer\n"
    app += "server = EigenpalServer(specification=Path('openapi.json'))\n"
    (tmp_path / "newer_api.py").write_text(app, encoding="utf-8")
    with run_server_process("--app", "newer_api:server", folder=tmp_path) as (_, printed):
        listed = re.search(r"^Not implemented, answered from the API document: (.*)$", printed, re.MULTILINE)
        assert listed is not None
        assert "moons.list" in listed[1].split(", ")


def test_state_is_kept(tmp_path: Path) -> None:
    state = str(tmp_path / "state.sqlite")
    headers = {"Authorization": "Bearer ep_test_key"}
    for count in (1, 2):
        with run_server_process("--state", state) as (process, printed):
            url = re.search(r"http://\S+", printed)
            assert url is not None
            base = url[0].rstrip(";") + "/api/v1/runs"
            query = {"wait_for_completion": 60}
            httpx.post(base, json={"target": "workflows.echo"}, headers=headers, params=query).raise_for_status()
            assert len(httpx.get(base, headers=headers).json()["runs"]) == count
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_was_confirmed_survives_a_killed_process(tmp_path: Path) -> None:
    state = str(tmp_path / "state.sqlite")
    ids: list[str] = []
    for count in range(3):
        with run_server_process("--state", state) as (process, printed), make_client(printed) as client:
            assert [run.id for run in client.runs.iter(page_size=1)] == list(reversed(ids))
            assert [agent.slug for agent in client.agents.iter()] == [f"agent-{number}" for number in range(count)]
            client.agents.create(name="A", slug=f"agent-{count}")
            run = client.run_and_wait("workflows.echo", {"n": count}, poll_interval_seconds=0.01)
            client.runs.expected.upload(run.id, {"content": b"x" * count, "filename": "a.bin"})
            client.run("workflows.echo", {"n": "just started"})
            ids = [value.id for value in client.runs.iter()][::-1]
            assert len(ids) == 2 * count + 2
            process.send_signal(signal.SIGKILL)
            process.wait(60)
    with run_server_process("--state", state) as (_, printed), make_client(printed) as client:
        assert [client.runs.expected.download(item, "a.bin") for item in ids[::2]] == [b"", b"x", b"xx"]


def make_client(printed: str) -> EigenpalClient:
    url, key = (re.search(rf"export EIGENPAL_{name}=(\S+)", printed) for name in ("BASE_URL", "API_KEY"))
    assert url is not None
    assert key is not None
    return EigenpalClient(base_url=url[1], api_key=key[1])


def test_two_servers_do_not_share_a_state(tmp_path: Path) -> None:
    state = str(tmp_path / "state.sqlite")
    with run_server_process("--state", state) as (_, printed), make_client(printed) as client:
        command = [sys.executable, "-m", "eigenpal.testing", "--port", "0", "--state", state]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert (second.returncode, second.stdout) == (2, "")
        assert "is used by another server" in second.stderr
        assert client.run_and_wait("workflows.echo", {}, poll_interval_seconds=0.01).finished


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        (["--port", "70000"], "port must be between 0 and 65535, not 70000"),
        (["--port", "0", "--run-seconds", "-1"], "run_seconds must be between 0 and"),
        (["--port", "0", "--run-seconds", "inf"], "run_seconds must be between 0 and"),
        (["--port", "0", "--key", ""], "api_key must be printable"),
        (["--port", "0", "--host", ""], "host must not be empty"),
        (["--port", "0", "--state", "/no/such/folder/state"], "cannot be opened"),
    ],
)
def test_invalid_options(
    options: list[str], printed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", ignore_signal)
    assert main(options) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    assert printed in errors
    assert errors.count("\n") == 1


FILE = """
from eigenpal.testing import EigenpalServer

server = EigenpalServer(api_key="my-key")
number = 5

@server.workflow("double")
def double(input):
    return {"n": input["n"] * 2}
"""


def test_workflows_of_any_file_are_served(tmp_path: Path) -> None:
    (tmp_path / "my_workflows.py").write_text(FILE)
    with (
        run_server_process("--app", "my_workflows:server", folder=tmp_path) as (_, printed),
        make_client(printed) as client,
    ):
        assert client.run_and_wait("workflows.double", {"n": 4}, poll_interval_seconds=0.01).output == {"n": 8}
        assert [workflow.name for workflow in client.workflows.iter()] == ["echo", "double"]


def test_the_workflow_of_the_examples_is_served() -> None:
    with run_server_process("--app", "examples.invoices:server") as (_, printed), make_client(printed) as client:
        run = client.run_and_wait(
            "workflows.extract-invoice", {"invoice": ROOT / "examples" / "invoice.pdf"}, poll_interval_seconds=0.01
        )
        assert run.output is not None
        assert run.output["invoiceNumber"] == "2026-0415"


@pytest.mark.parametrize(
    ("app", "printed"),
    [
        ("my_workflows", "--app must be MODULE:NAME, such as my_workflows:server, not 'my_workflows'"),
        (":server", "--app must be MODULE:NAME"),
        (
            "nowhere.at_all:server",
            "--app nowhere.at_all:server: No module named 'nowhere'; modules are also searched for in",
        ),
        ("my_workflows:missing", "--app my_workflows:missing: module 'my_workflows' has no attribute 'missing'"),
        ("my_workflows:number", "--app my_workflows:number: expected an EigenpalServer, got int"),
        ("./my_workflows.py:server", "--app must be MODULE:NAME"),
        ("my_workflows:running", "--app my_workflows:running: the server is already running at http://"),
        ("needs_more:server", "--app needs_more:server: No module named 'not_installed'"),
    ],
)
def test_an_app_that_cannot_be_loaded(app: str, printed: str, tmp_path: Path) -> None:
    (tmp_path / "my_workflows.py").write_text(f"{FILE}\nrunning = EigenpalServer().start()\n")
    (tmp_path / "needs_more.py").write_text("import not_installed\n")
    command = [sys.executable, "-P", "-m", "eigenpal.testing", "--app", app]
    done = subprocess.run(
        command if sys.version_info >= (3, 11) else [item for item in command if item != "-P"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(printed)
    assert done.stderr.count("\n") == 1


def test_an_app_brings_its_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--app", "my_workflows:server", "--key", "k"])
    assert "--key, --state, --run-seconds and --no-idempotency cannot be combined with" in capsys.readouterr().err


def test_idempotency_can_be_turned_off() -> None:
    with run_server_process("--no-idempotency") as (_, printed), make_client(printed) as client:
        first, second = (client.run("workflows.echo", {}, idempotency_key="k").id for _ in range(2))
        assert first != second


def ignore_signal(number: int, handler: object) -> None:
    """Keep the signal handlers of the tests."""


def test_a_missing_extra_is_named_without_a_traceback() -> None:
    code = "import sys, runpy; sys.modules['uvicorn'] = None; runpy.run_module('eigenpal.testing', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "eigenpal.testing needs uvicorn; install it with: pip install 'eigenpal[testing]'\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_it_stops_while_a_client_waits_for_a_response() -> None:
    with run_server_process("--run-seconds", "3600") as (process, printed), make_client(printed) as client:
        waiting = threading.Thread(target=wait_in_vain, args=(client,))
        waiting.start()
        while not client.runs.list().runs:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        waiting.join(60)
        assert not waiting.is_alive()


def wait_in_vain(client: EigenpalClient) -> None:
    # The server responds that the run is not finished, or has closed the connection already.
    with contextlib.suppress(EigenpalError):
        assert not client.run("workflows.echo", wait_for_completion=600).finished


def test_a_port_in_use() -> None:
    with run_server_process() as (_, printed):
        port = re.search(r"127\.0\.0\.1:(\d+)", printed)
        assert port is not None
        command = [sys.executable, "-m", "eigenpal.testing", "--port", port[1]]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert second.returncode == 2
        assert "cannot serve on 127.0.0.1" in second.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_further_signals_change_nothing() -> None:
    with run_server_process() as (process, _):
        for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
            process.send_signal(number)
        rest, errors = process.communicate(timeout=60)
        assert (process.returncode, rest, errors) == (0, "Stopped.\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="shells and signals")
@pytest.mark.parametrize("redirected", [">&-", "<&- >&- 2>&-", ">/dev/full", "| true"])
def test_it_serves_without_a_readable_output(tmp_path: Path, redirected: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    errors = tmp_path / "errors"
    script = f"echo $$; exec {shlex.quote(sys.executable)} -m eigenpal.testing --port {port} 2>{errors} {redirected}"
    if "|" in redirected:
        script = f"mkfifo {tmp_path}/pipe; true <{tmp_path}/pipe & {script.replace('| true', f'>{tmp_path}/pipe')}"
    process = subprocess.Popen(
        ["sh", "-c", script], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    try:
        with EigenpalClient(base_url=f"http://127.0.0.1:{port}", api_key="ep_test_key", max_retries=0) as client:
            deadline = time.monotonic() + 60
            while True:
                try:
                    assert client.runs.list().runs == []
                    break
                except EigenpalError:
                    assert process.poll() is None, errors.read_text()
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert errors.read_text() == ""
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_unfinished_runs_continue_in_the_next_process(tmp_path: Path, number: int) -> None:
    state = str(tmp_path / "state.sqlite")
    with (
        run_server_process("--state", state, "--run-seconds", "3600") as (process, printed),
        make_client(printed) as client,
    ):
        run = client.run("workflows.echo", {"a": 1})
        assert client.runs.get(run.id).execution.status == "running"
        process.send_signal(number)
        process.wait(60)
    with run_server_process("--state", state) as (_, printed), make_client(printed) as client:
        finished = client.runs.wait(run.id, poll_interval_seconds=0.01)
        assert finished.output == {"a": 1}
