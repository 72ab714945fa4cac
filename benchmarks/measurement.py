"""Measures two alternatives in turns, so that other load on the machine affects both equally."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parent.parent


_ROW = "{:<56} {:>9} {:>9} {:>10}   {:<9} {}"
HEADINGS = _ROW.format("", "ours", "theirs", "measured", "budget", "kept")


@dataclass(frozen=True)
class Result:
    """A budget and its measured value."""

    name: str
    ours: str
    theirs: str
    value: float
    budget: float | None
    """None for a value that is only shown."""
    at_least: bool = False
    unit: str = "x"

    @property
    def is_kept(self) -> bool:
        """Whether the measured value is within the budget."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.at_least else self.value <= self.budget

    def __str__(self) -> str:
        budget = "-" if self.budget is None else f"{'>=' if self.at_least else '<='} {self.budget:g}"
        kept = "-" if self.budget is None else "yes" if self.is_kept else "NO"
        return _ROW.format(self.name, self.ours, self.theirs, f"{self.value:.3g} {self.unit}", budget, kept)


def make_reader(model: Any) -> Callable[[Any], object]:
    """Return a function that reads every field of a model such as ``model``, by attribute access."""
    read: Callable[[Any], object] = eval(f"lambda model: ({', '.join(_list_fields(model, 'model'))},)")
    return read


def _list_fields(model: Any, path: str) -> Iterator[str]:
    for field in model.__attrs_attrs__:
        inner, value = f"{path}.{field.name}", getattr(model, field.name)
        if hasattr(value, "__attrs_attrs__"):
            yield from _list_fields(value, inner)
        elif isinstance(value, list) and hasattr(row := next(iter(cast("list[Any]", value)), None), "__attrs_attrs__"):
            yield f"[({', '.join(_list_fields(row, 'row'))},) for row in {inner}]"
        elif field.init:  # skips the field in which stock models keep unknown properties
            yield inner


def find_best_times(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the best time of each in seconds, measured in turns.

    An action should take no more than a few milliseconds, so that some runs are not interrupted.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for measured, action in zip(times, (ours, theirs), strict=True):
            began = time.perf_counter()
            action()
            measured.append(time.perf_counter() - began)
    return min(times[0]), min(times[1])


def get_peak_memory() -> int:
    """Return the most memory that this process has had, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, getrusage starts at the peak of the parent process
        return int(status.read_text(encoding="utf-8").split("VmHWM:")[1].split()[0]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def run_program(program: str, *arguments: str) -> str:
    """Run a program in its own process and return its output."""
    # Use compiled bytecode, as installed packages do: the first run of each program writes it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(ROOT / ".cache" / "bytecode")
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"a measured program failed:\n{done.stderr}")
    return done.stdout.strip()


def format_ms(seconds: float) -> str:
    """Format a time for the table."""
    return f"{seconds * 1000:.3g} ms"
