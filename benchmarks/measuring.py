"""Measures two ways of doing the same in turns, so that whatever else the machine does disturbs both alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, cast

ROOT = Path(__file__).parent.parent


_ROW = "{:<52} {:>9} {:>9} {:>10}   {:<9} {}"
HEADINGS = _ROW.format("", "ours", "theirs", "measured", "budget", "kept")


@dataclass(frozen=True)
class Result:
    """A budget and what was measured of it."""

    name: str
    ours: str
    theirs: str
    value: float
    budget: float
    at_least: bool = False
    unit: str = "x"

    @property
    def kept(self) -> bool:
        """Whether the budget holds."""
        return self.value >= self.budget if self.at_least else self.value <= self.budget

    def __str__(self) -> str:
        budget = f"{'>=' if self.at_least else '<='} {self.budget:g}"
        kept = "yes" if self.kept else "NO"
        return _ROW.format(self.name, self.ours, self.theirs, f"{self.value:.3g} {self.unit}", budget, kept)


def reader(model: Any) -> Callable[[Any], object]:
    """Return a function that reads every field that ``model`` has, as code that names each of them does."""
    read: Callable[[Any], object] = eval(f"lambda model: ({', '.join(_fields(model, 'model'))},)")
    return read


def _fields(model: Any, path: str) -> Iterator[str]:
    for field in model.__attrs_attrs__:
        inner, value = f"{path}.{field.name}", getattr(model, field.name)
        if hasattr(value, "__attrs_attrs__"):
            yield from _fields(value, inner)
        elif isinstance(value, list) and hasattr(row := next(iter(cast("list[Any]", value)), None), "__attrs_attrs__"):
            yield f"[({', '.join(_fields(row, 'row'))},) for row in {inner}]"
        elif field.init:  # all but what stock models keep of unknown fields
            yield inner


def best_of(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the best time of each, in seconds, measured in turns.

    An action should last no more than some milliseconds, so that now and then one is not interrupted.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, action in zip(times, (ours, theirs), strict=True):
            began = time.perf_counter()
            action()
            kept.append(time.perf_counter() - began)
    return min(times[0]), min(times[1])


def processes(ours: str, theirs: str, rounds: int, *arguments: str) -> tuple[float, float]:
    """Return the median of the seconds that two programs print, run in turns in processes of their own."""
    times: tuple[list[float], list[float]] = ([], [])
    for program in (ours, theirs):
        output_of(program, *arguments)
    for _ in range(rounds):
        for kept, program in zip(times, (ours, theirs), strict=True):
            kept.append(float(output_of(program, *arguments)))
    return median(times[0]), median(times[1])


def output_of(program: str, *arguments: str) -> str:
    """Run a program in a process of its own and return what it printed."""
    # As installed packages are: compiled. A first run of each program writes what the later ones read.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(ROOT / ".cache" / "bytecode")
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"a measured program failed:\n{done.stderr}")
    return done.stdout.strip()


def milliseconds(seconds: float) -> str:
    """Write a time for the table."""
    return f"{seconds * 1000:.3g} ms"
