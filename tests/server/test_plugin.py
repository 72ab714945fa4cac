from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

TEST_FILE = """
import httpx

def test_one(eigenpal_server):
    @eigenpal_server.workflow("greet")
    def greet(input, files):
        return {"text": "Hello " + input["name"]}
    headers = {"Authorization": "Bearer " + eigenpal_server.api_key}
    answer = httpx.post(
        eigenpal_server.url + "/api/v1/runs?wait_for_completion=60",
        json={"target": "workflows.greet", "input": {"name": "Ada"}},
        headers=headers,
    )
    assert answer.json()["output"] == {"text": "Hello Ada"}

def test_two(eigenpal_server):
    assert eigenpal_server.runs == []

def test_client(eigenpal_server, eigenpal_client):
    run = eigenpal_client.run_and_wait("workflows.echo", {"a": 1})
    assert run.output == {"a": 1}
    assert eigenpal_server.requests.operations == ["run", "runs.get"]

def test_code_that_finds_the_server_itself(eigenpal_server):
    from eigenpal import EigenpalClient
    with EigenpalClient() as client:
        assert client.run_and_wait("workflows.echo", {"a": 1}).output == {"a": 1}

def test_nothing_is_left_behind():
    import os
    assert "EIGENPAL_API_KEY" not in os.environ

def test_drift(eigenpal_server):
    eigenpal_server.app.violations.append("drift")
"""


FAILING_TESTS = """
def start(server, client):
    @server.workflow("wrong")
    def wrong(input):
        return {"total": input["amount"]}  # the line
    return client.run_and_wait("workflows.wrong", {}).execution.status

def test_expected(eigenpal_server, eigenpal_client):
    assert start(eigenpal_server, eigenpal_client) == "failed"

def test_failing(eigenpal_server, eigenpal_client):
    assert start(eigenpal_server, eigenpal_client) == "completed"
"""

ASYNC_TEST_FILE = """
import pytest

@pytest.mark.{mark}
async def test_client(async_eigenpal_client):
    run = await async_eigenpal_client.run_and_wait("workflows.echo", {{"a": 1}})
    assert run.output == {{"a": 1}}
"""


def run_pytest(
    tmp_path: Path, source: str, *options: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_user.py").write_text(source)
    if environment is None:
        # If the package is installed, its entry point loads the plugin already.
        environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        options = ("-p", "eigenpal.testing.plugin", *options)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *options, "."], cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environment
    )


def test_an_installed_package_brings_its_fixtures_by_itself(tmp_path: Path) -> None:
    # pytest finds installed plugins by these two files.
    declared = re.search(r"\[project\.entry-points\.pytest11\]\n(.*?)\n\n", PROJECT, re.DOTALL)
    assert declared is not None
    packages = tmp_path / "packages"
    described = packages / "eigenpal-0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: eigenpal\nVersion: 0\n")
    (described / "entry_points.txt").write_text(f"[pytest11]\n{declared[1]}\n".replace('"', ""))
    environment = {"PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)]), "PATH": ""}
    done = run_pytest(tmp_path, TEST_FILE, "-k", "client", environment=environment)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    listed = run_pytest(tmp_path, TEST_FILE, "--fixtures", environment=environment).stdout
    for fixture in ("eigenpal_server", "eigenpal_client", "async_eigenpal_client"):
        assert f"\n{fixture} -- " in listed


@pytest.mark.parametrize(("mark", "plugin"), [("asyncio", "pytest_asyncio.plugin"), ("anyio", "anyio.pytest_plugin")])
@pytest.mark.parametrize("ours_first", [True, False])
def test_the_asynchronous_fixture(tmp_path: Path, mark: str, plugin: str, ours_first: bool) -> None:
    pytest.importorskip(plugin.split(".")[0])
    plugins = ["eigenpal.testing.plugin", plugin] if ours_first else [plugin, "eigenpal.testing.plugin"]
    options = [*(word for item in plugins for word in ("-p", item)), "-W", "error"]
    if mark == "asyncio":
        # Some releases warn if it is not set.
        options += ["-o", "asyncio_default_fixture_loop_scope=function"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    source = ASYNC_TEST_FILE.format(mark=mark)
    done = run_pytest(tmp_path, source, *options, "-k", "not trio", environment=environment)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_fixtures(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, TEST_FILE, "-W", "error")
    assert "6 passed, 1 error" in done.stdout, done.stdout + done.stderr
    assert "ContractViolation: drift" in done.stdout


def test_a_failing_test_shows_the_traceback_of_a_function(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, FAILING_TESTS)
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    captured = done.stdout.partition("Captured log call")[2]
    assert "The function of workflows.wrong raised an error" in captured
    assert 'return {"total": input["amount"]}  # the line' in captured
    assert "KeyError: 'amount'" in captured


def test_an_unused_plugin_does_nothing(tmp_path: Path) -> None:
    # Counting modules instead of measuring time.
    source = (
        "import sys\n"
        "def test_modules():\n"
        "    ours = {one for one in sys.modules if one.startswith('eigenpal')}\n"
        "    assert ours == {'eigenpal', 'eigenpal._version', 'eigenpal.testing', 'eigenpal.testing.plugin'}, ours\n"
        "    assert not {'uvicorn', 'httpx', 'attrs', 'jsonschema_rs'} & set(sys.modules)\n"
    )
    done = run_pytest(tmp_path, source)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["eigenpal.testing", "eigenpal.testing.plugin"])
def test_importing_costs_nothing(module: str) -> None:
    heavy = "{'uvicorn', 'jsonschema_rs', 'cryptography', 'httpx', 'attrs', 'sqlite3', 'asyncio'}"
    code = (
        f"import sys, pytest; before = set(sys.modules); import {module}; "
        f"print(sorted({{one.split('.')[0] for one in set(sys.modules) - before}} & {heavy}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_server_does_without_the_client() -> None:
    code = (
        "import sys; from eigenpal.testing import EigenpalServer\n"
        "with EigenpalServer(): pass\n"
        "print(sorted(one for one in sys.modules if one.split('.')[0] in ('httpx', 'cryptography')"
        " or one.startswith(('eigenpal._transport', 'eigenpal._client', 'eigenpal_generated.'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys\n"
        "sys.modules['uvicorn'] = None\n"
        "import eigenpal.testing\n"
        "try: eigenpal.testing.EigenpalServer\n"
        "except ModuleNotFoundError as error: print(error)\n"
        "try: eigenpal.testing.Nothing\n"
        "except AttributeError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    first, second = done.stdout.splitlines()
    assert first == "eigenpal.testing needs uvicorn; install it with: pip install 'eigenpal[testing]'"
    assert second == "module 'eigenpal.testing' has no attribute 'Nothing'"
