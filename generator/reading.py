"""Reads the document as the rest of the generator sees it: loaded, and with the overlay applied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from generator.loading import Source, load, read
from generator.nodes import Node
from generator.overlay import Overlay
from generator.problems import Problem, Report


def read_document(spec: Path, overlay: Path | None = None) -> Node:
    """Return a document with its overlay applied; by default `overlay.yaml` beside it, if there is one.

    Raises:
        SpecError: One of the files cannot be loaded, or the overlay does not fit.
    """
    report = Report()
    document = Reader(spec, overlay).read(report)
    report.raise_problems()
    return document


class Reader:
    """Reads a document and its overlay, and knows the file and the line of every place."""

    def __init__(self, spec: Path, overlay: Path | None = None) -> None:
        """Take the paths.

        Args:
            spec: The OpenAPI document.
            overlay: The overlay; by default `overlay.yaml` beside the document, if there is one.
        """
        self.spec = spec
        beside = spec.with_name("overlay.yaml")
        self.overlay = overlay or beside
        self.has_overlay = overlay is not None or beside.exists()
        """Whether there is one."""
        self._sources: dict[str, Source] = {}
        self._moved: dict[str, str] = {}

    def read(
        self, report: Report, earlier: Mapping[str, Any] | None = None, without: Collection[str] = frozenset()
    ) -> Node:
        """Return the document with the overlay applied.

        Args:
            report: Takes what is wrong with the overlay.
            earlier: The document of an earlier time, which helps to recognize what was renamed.
            without: Places to which the overlay adds nothing, although it says so.

        Raises:
            SpecError: One of the files cannot be loaded.
        """
        source = self._sources[""] = load(self.spec)
        if not self.has_overlay:
            return source.root
        prefix = self.overlay.name
        self._sources[prefix] = read(self.overlay, f"{prefix}#")
        overlay = Overlay(self._sources[prefix].root, report, earlier or {}, without)
        document = overlay.apply(source.root)
        self._moved = overlay.moved
        return document

    def locate(self, problem: Problem) -> str:
        """Return the place of a problem as file, line and JSON pointer: ``openapi/openapi.yaml:12 #/info``."""
        place = self._follow(problem.place or "#")
        prefix, _, pointer = place.partition("#")
        source = self._sources.get(prefix)
        line = problem.line or (source.line(place) if source else 0)
        where = f":{line} #{pointer}" if line else f" #{pointer}" if pointer else ""
        return f"{shorten(self.overlay if prefix else self.spec)}{where}"

    def _follow(self, place: str) -> str:
        """Return the place in the overlay if it has put there what is at a place."""
        added = self.find_addition(place)
        return self._moved[added] + place.removeprefix(added) if added else place

    def find_addition(self, place: str) -> str:
        """Return the place that the overlay has filled, at a place or around it; empty if there is none."""
        while place and place not in self._moved:
            place = place.rpartition("/")[0]
        return place


def shorten(path: Path) -> Path:
    """Return a path relative to the working directory, if it is inside it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
