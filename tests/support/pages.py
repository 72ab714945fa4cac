"""Runs the Python and shell blocks of a page of the documentation, in order, and compares what they print.

- Blocks share names, a folder with sample files, and an embedded server that the environment variables refer to.
- A `text` block right after code is what the code prints. `...` in it stands for any text.
- A block that begins with a comment such as ``# my_app.py`` is a file of that name; there may be several in one block.
  It is written to the folder, and something after it has to use it.
- A block with test functions is run by pytest, in a folder of its own with the files before it.
- Of shell blocks, ``pip install`` and ``make`` are only checked for names that exist. Servers run until the page ends.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    # Their blocks are those of the docstrings, or no code.
    if not re.match(r"docs/(reference|models)|CHANGELOG", path.relative_to(ROOT).as_posix())
)

NOT_RUN = {
    "CONTRIBUTING.md": {".venv/bin/python -m pytest": "runs tests within tests"},
    "docs/how-to/changing-the-api.md": {
        "gh api": "needs GitHub",
        "python -m generator.changes": "takes half a minute; tests/generator/changes run it",
    },
    "docs/how-to/integrations.md": {
        "pyinstaller app.py": "takes a minute; tests/integrations/test_frozen_application.py runs it"
    },
}
"""Commands that are not run, and why."""

_INTEGRATION_PAGES = {
    "docs/how-to/django-celery.md",
    "docs/how-to/fastapi.md",
    "docs/how-to/integrations.md",
    "docs/how-to/pandas.md",
}
"""Pages that only ``make test-integrations`` runs, because they are about other packages."""
_INTEGRATION_CODE = re.compile(r"^(?:import|from) (?:fastapi|flask|opentelemetry|pandas|time_machine)\b", re.MULTILINE)
"""Code that only ``make test-integrations`` runs, on any page."""

PORT = "8787"
"""The port of the embedded server on the pages, which is replaced by a free one."""
_FILE_NAME = re.compile(r"^# (\w+\.py)\n", re.MULTILINE)
_SERVE = "python -m eigenpal.testing"


class Block(NamedTuple):
    language: str
    code: str
    output: str | None
    line: int

    @property
    def is_test(self) -> bool:
        """Whether pytest runs the block."""
        return self.language == "python" and re.search(r"^(async )?def test_", self.code, re.MULTILINE) is not None


def read_blocks(page: str) -> list[Block]:
    """Read the blocks of code of a page, each with the output that follows it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    fences = list(re.finditer(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL))
    blocks: list[Block] = []
    end = -1
    for fence in fences:
        code, line = textwrap.dedent(fence[3]), text.count("\n", 0, fence.start()) + 1
        if fence[2] == "text" and blocks and not text[end : fence.start()].strip():
            blocks[-1] = blocks[-1]._replace(output=code)
        else:
            blocks.append(Block(fence[2], code, None, line))
        end = fence.end()
    return blocks


def split_files(code: str) -> dict[str, str]:
    """Return the files that a block consists of, by name; a block that does not begin with a name has none."""
    if not _FILE_NAME.match(code):
        return {}
    parts = _FILE_NAME.split(code)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


class PageRun:
    """A page whose blocks are run."""

    def __init__(self, page: str, folder: Path, server: EigenpalServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.page = page
        self.folder = folder
        self.server = server
        self.names: dict[str, Any] = {"__name__": "page"}
        self.printed = ""
        """All that the page printed so far."""
        self.shell_commands: list[str] = []
        """The commands that were run, checked or left out so far."""
        self._monkeypatch = monkeypatch
        self._unused_files: set[str] = set()
        self._processes: list[_Server] = []
        self._port = str(_find_free_port())

    def set_variable(self, name: str, value: str) -> None:
        """Set an environment variable until the page ends."""
        self._monkeypatch.setenv(name, value)

    def run(self, block: Block) -> None:
        """Run a block, and compare what it prints."""
        place = f"{self.page}:{block.line}"
        code = block.code.replace(PORT, self._port)
        if block.is_test:
            self._use(code)
            return
        if block.language == "python":
            printed = self._run_python(code, place)
        elif block.language == "sh":
            printed = "".join(self._run_command(command, place) for command in split_commands(code))
        else:
            assert block.language in ("text", "yaml", "toml"), f"{place}: {block.language!r} is not run"
            return
        self.printed += printed
        if block.output is not None:
            if not printed and self._processes:
                # What a grown API lacks in the server is no part of the page.
                printed = re.sub(r"Not implemented, answered .*\n\n", "", self._processes[-1].printed)
            assert matches(block.output, printed.replace(self._port, PORT)), f"{place} prints:\n{printed}"

    def check_files(self) -> None:
        """Check that every file of the page was used."""
        assert not self._unused_files, f"{self.page}: {self._unused_files} are not used"

    def stop(self) -> None:
        """Stop what was started."""
        for process in self._processes:
            process.stop()

    def load(self, name: str) -> ModuleType:
        """Import a file of the page."""
        self._use(name)
        return importlib.import_module(name)

    # --- Python ---

    def _run_python(self, code: str, place: str) -> str:
        for name, text in split_files(code).items():
            (self.folder / name).write_text(text, encoding="utf-8")
            self._use(text)
            self._unused_files.add(Path(name).stem)
        if split_files(code):
            return ""
        self._use(code)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, place, "exec", dont_inherit=True), self.names)
        return printed.getvalue()

    def _use(self, text: str) -> None:
        self._unused_files = {name for name in self._unused_files if not re.search(rf"\b{name}\b", text)}

    # --- shell ---

    def _run_command(self, command: str, place: str) -> str:
        self.shell_commands.append(command)
        self._use(command)
        if any(command.startswith(start) for start in NOT_RUN.get(self.page, ())):
            return ""
        if command.startswith("export "):
            for name, _, value in (part.partition("=") for part in shlex.split(command)[1:]):
                assert name.startswith("EIGENPAL_"), f"{place}: {name}"
                if value != "...":
                    self.set_variable(name, value)
            return ""
        if command.startswith("pip install "):
            check_requirements(shlex.split(command)[2:])
            return ""
        if command.startswith("make "):
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            for target in (word for word in shlex.split(command)[1:] if "=" not in word):
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{place}: make {target}"
            return ""
        environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "100",
        }
        environment.pop("PYTEST_CURRENT_TEST", None)
        if command.startswith(_SERVE):
            self._processes.append(_Server(command, self.folder, environment))
            return ""
        if command.startswith("curl ") and shutil.which("curl") is None:
            pytest.skip("needs curl")
        assert re.match(r"python |curl ", command), f"{place}: {command!r} is not run; see NOT_RUN"
        done = subprocess.run(
            ["sh", "-ec", command],
            cwd=self.folder,
            env={**environment, "PYTHONWARNINGS": "error"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{place}: {command}\n{done.stdout}{done.stderr}"
        return done.stdout


class _Server:
    """An embedded server in a process of its own."""

    def __init__(self, command: str, folder: Path, environment: dict[str, str]) -> None:
        self._command = command
        self._process = subprocess.Popen(
            shlex.split(command),
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            executable=shutil.which(shlex.split(command)[0], path=environment["PATH"]),
        )
        self._lines: list[str] = []
        self._is_ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        is_ready = self._is_ready.wait(120) and self._process.poll() is None
        if not is_ready:
            self._process.kill()
        assert is_ready, f"{command} printed:\n{self.printed}"

    @property
    def printed(self) -> str:
        return "".join(self._lines)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(60)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join(60)
            assert self._process.stdout is not None
            self._process.stdout.close()
        assert code in (0, 130, -signal.SIGINT), f"{self._command} ended with {code}:\n{self.printed}"

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line)
            if "curl" in line:  # the last line that it prints
                self._is_ready.set()
        self._is_ready.set()


def split_commands(code: str) -> list[str]:
    """Split a shell block into commands: a comment ends with its line, a backslash continues it."""
    joined = re.sub(r"\\\n\s*", "", code)
    return [command for line in joined.splitlines() if (command := re.sub(r"(^|\s)# .*|(^|\s)#$", "", line).strip())]


def check_requirements(words: list[str]) -> None:
    """Check that extras exist, and that other packages are those that this project is tested with."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = re.findall(
        r"^([\w-]+) = \[", project.partition("[project.optional-dependencies]")[2].partition("\n[")[0], re.M
    )
    for word in words:
        found = re.fullmatch(r"(?P<name>[\w-]+|\.)(\[(?P<extras>[\w,-]+)\])?", word)
        assert found is not None, word
        if found["name"] in ("eigenpal", "."):
            assert {*(found["extras"] or "").split(",")} - {""} <= {*extras}, f"{word}; there is {extras}"
        else:
            assert re.search(rf'"{found["name"]}(\[\w+\])?[=>]', project), word


def matches(expected: str, printed: str) -> bool:
    """Return whether a text is the expected one, where `...` stands for any text; only ids of runs must be equal."""
    pattern = re.escape(_normalize(expected)).replace(r"\.\.\.", ".*?")
    return re.fullmatch(pattern, _normalize(printed), re.DOTALL) is not None


def _normalize(text: str) -> str:
    text = re.sub(r" +$", "", text.strip(), flags=re.MULTILINE)
    return re.sub(r"\b(req|wf|eml|agt|fil)_[0-9a-f]{2,}\b", r"\1_ID", text)


def run_tests(block: Block, page: str, folder: Path) -> None:
    """Run a block with tests as its reader would, beside the files of the page, and check that each of them passes."""
    files = split_files(block.code) or {"test_page.py": block.code}
    before = [split_files(other.code) for other in read_blocks(page) if other.line < block.line and not other.is_test]
    for name, text in [pair for one in [*before, files] for pair in one.items()]:
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for name in ("EIGENPAL_API_KEY", "EIGENPAL_BASE_URL"):
        environment.pop(name, None)
    options = ["-p", "eigenpal.testing.plugin", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "."],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    count = sum(len(re.findall(r"^(?:async )?def test_", text, re.MULTILINE)) for text in files.values())
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{count} passed" in done.stdout, done.stdout


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def open_page(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[PageRun]:
    """Provide what a reader has: an account, an API key in the environment, and a few documents in the folder."""
    for name in ("invoice.pdf", "contract.pdf"):
        shutil.copy(ROOT / "examples" / "invoice.pdf", folder / name)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    before = {*sys.modules}
    with add_invoice_workflow(EigenpalServer()) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        run = PageRun(page, folder, server, monkeypatch)
        try:
            yield run
        finally:
            run.stop()
            for name in {*sys.modules} - before:
                if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
                    del sys.modules[name]


def find_setup(package: str, page: str) -> ModuleType | None:
    """Import what a page needs and what has to be checked about it, which is in a module of its name."""
    name = f"{package}.{Path(page).stem.lower().replace('-', '_')}"
    return importlib.import_module(name) if importlib.util.find_spec(name) is not None else None


def select_blocks(*, integrations: bool) -> dict[str, list[Block]]:
    """Return the blocks that are run with, or without, other packages; with them, whole pages, but no test twice."""
    selected: dict[str, list[Block]] = {}
    for page in PAGES:
        blocks = read_blocks(page)
        others = [block for block in blocks if _INTEGRATION_CODE.search(block.code)]
        if page in _INTEGRATION_PAGES:
            selected[page] = blocks if integrations else []
        elif integrations:
            selected[page] = [block for block in blocks if others and (block in others or not block.is_test)]
        else:
            selected[page] = [block for block in blocks if block not in others]
    return selected


def has_code(blocks: list[Block]) -> bool:
    """Return whether there is something to run, beside tests."""
    return any(block.language in ("python", "sh") and not block.is_test for block in blocks)


def run_blocks(
    page: str, blocks: list[Block], folder: Path, monkeypatch: pytest.MonkeyPatch, setup: ModuleType | None
) -> None:
    """Run blocks of a page.

    Args:
        page: The page, such as ``docs/tutorial.md``.
        blocks: What to run.
        folder: An empty folder.
        monkeypatch: Takes back what the page changes.
        setup: May have ``prepare(run)``, which is called before the first block, and ``check(run)``, which is called
            after the last.
    """
    prepare, check = getattr(setup, "prepare", None), getattr(setup, "check", None)
    with open_page(page, folder, monkeypatch) as run:
        if prepare is not None:
            prepare(run)
        for block in blocks:
            run.run(block)
        if check is not None:
            check(run)
        run.check_files()
