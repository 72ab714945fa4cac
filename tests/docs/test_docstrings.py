"""The examples in the docstrings run unchanged, with both clients, and pass a type checker."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import itertools
import json
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError
from eigenpal.testing import EigenpalServer

ROOT = Path(__file__).parent.parent.parent
CLIENTS: list[type[Any]] = [EigenpalClient, AsyncEigenpalClient]

REFUSED = {"agents.put_file": 409, "agents.upload_files": 409, "source.decrypt_secrets": 400}
"""Calls that the server refuses: agent files are in Git, and it cannot decrypt what another server encrypted."""
BEFORE_START = {"runs.files.upload", "runs.files.delete"}
"""Methods that need a run that has not started."""
WITHOUT_EXAMPLE = {"close", "aclose"}


class Example(NamedTuple):
    client: type[Any]
    method: str
    code: str

    def __str__(self) -> str:
        return f"{self.client.__name__}.{self.method}"


def iter_methods(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    for name in dir(value):
        if not name.startswith("_"):
            member: Any = getattr(value, name)
            if callable(member):
                yield place + name, member
            elif type(member).__module__.startswith("eigenpal"):
                yield from iter_methods(member, f"{place}{name}.")


def extract_example(method: Any) -> str:
    found = re.search(
        r"^Examples:\n    ```python\n(.*?)^    ```$", inspect.getdoc(method) or "", re.MULTILINE | re.DOTALL
    )
    return textwrap.dedent(found[1]) if found else ""


DOCSTRING_EXAMPLES = [
    Example(client, place, extract_example(method))
    for client in CLIENTS
    for place, method in iter_methods(client(api_key="key"))
    if place not in WITHOUT_EXAMPLE
]


def test_every_method_has_an_example_that_calls_it() -> None:
    assert len(DOCSTRING_EXAMPLES) > 120
    for example in DOCSTRING_EXAMPLES:
        assert f"client.{example.method}(" in example.code, example


# --- they run ---------------------------------------------------------------------------------------------------------


class ExampleServer:
    """An embedded server that creates what an example refers to, with new ids each time."""

    def __init__(self, server: EigenpalServer) -> None:
        self.server = server
        self.client = server.client()
        self._numbers = itertools.count()

        @server.workflow("extract-invoice", steps=["read", "render"], versions=["2.4.0", "2.4.1"])
        def extract(input: Any, files: Any, context: Any) -> dict[str, Any]:
            context.step("read", {"pages": 2})
            context.step("render", {"file": "summary.pdf"})
            context.artifact("render/summary.pdf", b"%PDF-1.7")
            context.artifact("lines.csv", "text,amount\n")
            return {"total": 1289.4}

        @server.agent("receipt-sorter", versions=["1.2.0", "1.3.0"])
        def sort(input: Any, files: Any, context: Any) -> dict[str, Any]:
            context.artifact("trips-2026-03-20.json", "[]")
            return {"trips": 2}

        server.write_source("workflows/extract-invoice/workflow.yaml", "name: extract-invoice\n")

    def create_resource(self, kind: str, method: str) -> str:
        """Create what an id of this kind refers to in an example, and return the new id."""
        makers = {"run_w": self._workflow_run, "run_a": self._agent_run, "eml_": self._alias, "wf_": self._workflow}
        return makers[kind](method)

    def _workflow_run(self, method: str) -> str:
        if method in BEFORE_START:
            return self.server.add_run("workflows.extract-invoice", status="created").id
        return self.client.run("workflows.extract-invoice", {"contract": Path("contract.pdf")}).id

    def _agent_run(self, method: str) -> str:
        run = self.client.run_and_wait("agents.receipt-sorter")
        if method != "runs.expected.copy_output":
            self.client.runs.expected.upload(run.id, {"content": b"[]", "filename": "trips.json"})
        return run.id

    def _alias(self, _method: str) -> str:
        alias: Any = self.client.agents.email_triggers.create_alias(
            "receipt-sorter", alias=f"receipts-{next(self._numbers)}"
        )
        return str(alias.email["id"])

    def _workflow(self, _method: str) -> str:
        return self.client.workflows.list(name="extract-invoice").data[0].id


@pytest.fixture(scope="module", params=CLIENTS, ids=[client.__name__ for client in CLIENTS])
def example_server(request: pytest.FixtureRequest) -> Iterator[ExampleServer]:
    with EigenpalServer() as server:
        yield ExampleServer(server)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a folder with the files that the examples upload."""
    monkeypatch.chdir(tmp_path)
    for name in ("invoice.pdf", "contract.pdf", "document.pdf"):
        shutil.copy(ROOT / "examples" / "invoice.pdf", name)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("receipt.txt", "Taxi")
    Path("receipts.zip").write_bytes(archive.getvalue())


def run_code(code: str, client: Any) -> None:
    """Run the code of an example, in an event loop if it awaits."""
    compiled = compile(code, "example", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(compiled, {"client": client, "Path": Path})
    if inspect.iscoroutine(result):
        asyncio.run(_close_after(client, result))


async def _close_after(client: AsyncEigenpalClient, work: Any) -> None:
    async with client:
        await work


def prepare_example(example_server: ExampleServer, example: Example) -> Callable[[], None]:
    code = re.sub(
        r"(?<=\")(run_w|run_a|eml_|wf_)[0-9a-z]+(?=\")",
        lambda found: example_server.create_resource(found[1], example.method),
        example.code,
    )
    if "fil_1" in code:
        identifier = re.findall(r'"(run_\w+)"', code)[0]
        stored = example_server.client.runs.files.upload(identifier, Path("invoice.pdf"))
        code = code.replace("fil_1", str(stored["id"]))
    client = example.client(api_key=example_server.server.api_key, base_url=example_server.server.url, max_retries=0)
    return lambda: run_code(code, client)


@pytest.mark.usefixtures("folder")
@pytest.mark.filterwarnings("ignore:client.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("example_server", "example"),
    [(example.client, example) for example in DOCSTRING_EXAMPLES],
    ids=map(str, DOCSTRING_EXAMPLES),
    indirect=["example_server"],
)
def test_an_example_runs(example_server: ExampleServer, example: Example) -> None:
    play = prepare_example(example_server, example)
    count = len(example_server.server.requests)
    if example.method in REFUSED:
        with pytest.raises(EigenpalError) as caught:
            play()
        assert caught.value.status == REFUSED[example.method]
    else:
        play()
    assert len(example_server.server.requests) > count or example.method == "with_options"


# --- they pass a type checker -----------------------------------------------------------------------------------------


def test_a_type_checker_finds_nothing_in_the_examples(tmp_path: Path) -> None:
    lines = ["from pathlib import Path", "from eigenpal import AsyncEigenpalClient, EigenpalClient"]
    for number, example in enumerate(DOCSTRING_EXAMPLES):
        word = "async def" if example.client is AsyncEigenpalClient else "def"
        lines += [
            f"{word} example_{number}(client: {example.client.__name__}) -> None:",
            textwrap.indent(example.code, "    "),
        ]
    (tmp_path / "examples.py").write_text("\n".join(lines), encoding="utf-8")
    settings = {"typeCheckingMode": "standard", "extraPaths": [str(ROOT)], "pythonVersion": "3.10"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == 1
    assert [entry["message"] for entry in report["generalDiagnostics"]] == []
