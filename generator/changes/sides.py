"""The two sides of a comparison: a document with the overlay beside it, or a git revision."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.facts import Facts
from generator.formatting import Files
from generator.lowering import lower
from generator.naming import PACKAGE
from generator.nodes import Node
from generator.problems import Problem, Report
from generator.reading import Reader
from generator.rendering import render_lowered
from generator.surface.reading import HAND_LAYER, read_surface
from generator.surface.values import Surface

ROOT = Path(__file__).parent.parent.parent
_DOCUMENT = Path("openapi", "openapi.yaml")
_VERSION = Path(HAND_LAYER, "_version.py")


class UnknownSideError(Exception):
    """What was named is neither a document nor a git revision that has one."""


@dataclass(frozen=True)
class Side:
    """A document, the package that is generated from it, and what a user sees of that."""

    name: str
    """As it was named on the command line."""
    reader: Reader
    facts: Facts
    files: Files
    """The Python files of the generated package."""
    surface: Surface
    version: str
    """The version of `eigenpal/` that belongs to it."""
    overlay_problems: tuple[Problem, ...]
    """Why the overlay does not fit; the rest is read without what it adds."""
    folder: Path

    def locate(self, place: str) -> str:
        """Return a place in the document as file, line and JSON pointer."""
        found = self.reader.locate(Problem(place, ""))
        return found.replace(f"{self.folder}/", f"{self.name}:") if place else ""


@contextmanager
def read_side(name: str, earlier: Side | None = None) -> Generator[Side]:
    """Read one side.

    Args:
        name: The path of a document, or a git revision.
        earlier: The other side, which helps to recognize operations that were renamed.

    Raises:
        UnknownSideError: It is neither.
        SpecError: The document cannot be used.
    """
    with tempfile.TemporaryDirectory() as created:
        folder = Path(created).resolve()
        if Path(name).is_file():
            yield _read(name, Path(name), folder, ROOT, earlier)
        else:
            _export(name, folder)
            yield _read(name, folder / _DOCUMENT, folder, folder, earlier)


def _read(name: str, document: Path, folder: Path, root: Path, earlier: Side | None) -> Side:
    reader = Reader(document)
    lowered, problems = _lower(reader, earlier)
    if not (folder / PACKAGE).exists():  # a revision has the package that its users have
        _write(render_lowered(lowered), folder / PACKAGE)
    return Side(
        name=name,
        reader=reader,
        facts=Facts(lowered),
        files={
            path.relative_to(folder / PACKAGE).as_posix(): path.read_text(encoding="utf-8")
            for path in (folder / PACKAGE).rglob("*.py")
        },
        surface=read_surface(folder, root),
        version=_read_version(root),
        overlay_problems=tuple(problems),
        folder=folder,
    )


def _lower(reader: Reader, earlier: Side | None) -> tuple[Node, list[Problem]]:
    """Return the lowered document, and why the overlay does not fit.

    An overlay that does not fit is no reason to say nothing: that is how a document looks from which something is gone.

    Raises:
        SpecError: The document itself cannot be used.
    """
    misfits: list[Problem] = []
    without: set[str] = set()
    while True:
        overlay, report = Report(), Report()
        lowered = lower(reader.read(overlay, earlier.facts.document if earlier else None, without), report)
        added = {reader.find_addition(problem.place) for problem in report.problems}
        if "" in added or added <= without:
            report.raise_problems()
            return lowered, [*overlay.problems, *misfits]
        misfits += report.problems
        without |= added


def _write(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _export(revision: str, folder: Path) -> None:
    """Write the packages and the documents of a git revision into a folder."""
    if revision.startswith("-") or _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        raise UnknownSideError(
            f"{revision or repr(revision)} is neither a file nor a git revision; name an OpenAPI document or a commit"
        )
    paths = [str(_DOCUMENT.parent), PACKAGE, HAND_LAYER]
    archive = _git("archive", revision, "--", *paths)
    if archive.returncode:
        raise UnknownSideError(f"the git revision {revision} lacks {', '.join(paths[:-1])} or {paths[-1]}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    if not (folder / _DOCUMENT).is_file():
        raise UnknownSideError(f"the git revision {revision} has no {_DOCUMENT}")


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603 - our own repository


def _read_version(root: Path) -> str:
    found = re.search(r'__version__ = "(.*)"', (root / _VERSION).read_text(encoding="utf-8"))
    return found[1] if found else ""
