"""What holds for all tests."""

from __future__ import annotations

import os
import pkgutil
from importlib import import_module
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

import eigenpal
import eigenpal_generated
from eigenpal import _clock
from eigenpal.testing._server import run_executor

# Their packages are only in the environment of `make test-integrations`.
collect_ignore = [] if find_spec("flask") else ["integrations"]

# No test fails because the machine is slow, and none leaves a trace for another. In CI, the same examples every time.
settings.register_profile(
    "eigenpal",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("eigenpal")

# Our modules load when they are first used, in some tests by several threads at once. pytest parses each into a syntax
# tree then; two threads that do so while Hypothesis watches the garbage collector end in a SystemError of Python 3.11.
for package in (eigenpal, eigenpal_generated):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith(".__main__"):
            import_module(found.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Count what is missing about the API's document after a run of all tests."""
    if config.args_source is config.ArgsSource.TESTPATHS and not config.option.collectonly:
        # Needs the generator, which tests of the wheel lack.
        from tests.spec.gaps import find_gaps, format_gaps

        terminalreporter.section("what the document and the tests leave out; `make gaps` lists all of it")
        for line in format_gaps(find_gaps()):
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def patient_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reads of the embedded server wait for handlers, however busy the machine is."""
    monkeypatch.setattr(run_executor, "REFRESH_TIMEOUT_SECONDS", 60.0)


@pytest.fixture(autouse=True)
def own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo at the end what the test has skipped of the clock for deadlines."""
    monkeypatch.setattr(_clock, "skipped_seconds", 0.0)
