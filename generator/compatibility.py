"""Checks that what is about to be generated fits the hand layer: what it needs is there, and its names are free."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator import naming
from generator.formatting import Files
from generator.hand_layer import HOOK, Addition, Need, names_defined, scan
from generator.problems import Report, pointer
from generator.renames import Renames, operation_names


def check_hand_layer(
    folder: Path, files: Files, document: Mapping[str, Any], earlier: Mapping[str, Any], report: Report
) -> None:
    """Check that files that are about to be written fit the hand layer.

    Args:
        folder: The code of the hand layer.
        files: The files that are about to be written, among them the lowered document.
        document: The document as the overlay sees it, in which operations have the names of the API.
        earlier: The lowered document of the package that the hand layer was written for.
        report: Takes what does not fit.
    """
    layer = scan(folder)
    check = _Check(files, document, earlier, report)
    check.needs(layer.needs)
    check.additions(layer.additions, {need.name for need in layer.needs})


class _Check:
    def __init__(self, files: Files, document: Mapping[str, Any], earlier: Mapping[str, Any], report: Report) -> None:
        self._generated = _definitions(files)
        self._renames = Renames(earlier, document)
        self._report = report
        self._names = {(method, path): name for name, method, path in reversed([*operation_names(document)])}
        self._known: dict[str, str] = {}
        """Operations of both documents by their place in Python: their names."""
        self._endpoints: dict[str, tuple[str, str]] = {}
        """Operations that are about to be written by their place in Python."""
        self._resources = {"Tree": ""}
        for source in (earlier, json.loads(files["openapi.json"])):
            for name, method, path in operation_names(source):
                steps = naming.operation_steps(name)
                self._known[".".join(steps)] = name
                if source is not earlier:
                    self._endpoints[".".join(steps)] = (method, path)
                for length in range(1, len(steps)):
                    self._resources[naming.class_name(steps[:length])] = ".".join(steps[:length])

    # --- what is needed -----------------------------------------------------------------------------------------------

    def needs(self, needs: list[Need]) -> None:
        """Check that everything is there."""
        missing: dict[str, Need] = {}
        arguments: dict[tuple[str, str], Need] = {}
        for need in sorted(needs):
            found, place = self._generated.get(need.name), self._place(need.name)
            if found is None:
                missing.setdefault(place or need.name, need)
            elif isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for argument in need.arguments:
                    if argument not in _accepted(found):
                        arguments.setdefault((place, argument), need)
        for place, need in missing.items():
            if not any(other.startswith(f"{place}.") for other in missing):  # the operations of a resource say it all
                self._refuse(place, need)
        for (place, argument), need in arguments.items():
            self._report.refuse(
                self._pointer(place),
                f"{place}({argument}=) is passed by {need.where}",
                kind="an argument that eigenpal/ passes and that is missing",
                remedy="name the parameter with x-eigenpal-name, or change eigenpal/, which uses it",
            )

    def _place(self, name: str) -> str:
        """Return the place in the client tree of something generated; empty if it has none."""
        kind, *steps = name.split(".")
        if kind == "api":  # perhaps a function of the operation
            around = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
            return next((place for place in around if place in self._known), ".".join(steps))
        if kind == "resources" and len(steps) > 1:
            resource = self._resources.get(steps[1].removeprefix("Async"), steps[0])
            return ".".join(filter(None, [resource, *(step.removeprefix(HOOK) for step in steps[2:])]))
        return ".".join(steps) if kind == "resources" else ""

    def _refuse(self, place: str, need: Need) -> None:
        kind, _, inner = need.name.rpartition(".")
        if place in self._known:
            name, is_there = self._known[place], place in self._endpoints
            lost = f"{body} body" if (body := inner.removeprefix("request_")) != inner else inner
            reason = f"it has no {lost} any more" if is_there else self._renames.explain(name)
            remedy = "" if is_there else self._renames.remedy(name)
            added = f"update {name} with it" if is_there else f"add {name}"
            self._report.refuse(
                self._pointer(place),
                f"{place} is needed by {need.where}: {reason}",
                kind="an operation that eigenpal/ needs and that is missing",
                remedy=remedy or f"{added} if the API still has it, or change eigenpal/, which uses it",
            )
            return
        inside = [name for known, name in self._known.items() if known.startswith(f"{place}.")]
        close = get_close_matches(inner, self._inside(kind), n=3, cutoff=0.7)
        if place in self._resources.values() and inside:
            where, what = pointer("paths"), place
            found = f": {'; '.join(self._renames.explain(name) for name in inside[:2])}"
        else:
            where = {"models": pointer("components", "schemas"), "": pointer("servers")}.get(kind, "#")
            what, found = need.name, f"; there is {', '.join(close)}" if close else ""
        self._report.refuse(
            where,
            f"{what} is needed by {need.where}{found}",
            kind="something that eigenpal/ needs and that is missing",
            remedy="add it if the API still has it, or change eigenpal/, which uses it",
        )

    # --- names that must be free --------------------------------------------------------------------------------------

    def additions(self, additions: list[Addition], needs: set[str]) -> None:
        """Check that no operation or resource has a name that the hand layer adds, unless it builds on it."""
        taken: set[str] = set()
        for addition in sorted(additions):
            place = self._place(f"{addition.base}.{addition.name}")
            builds_on_it = f"api.{place}" in needs or f"{addition.base}.{HOOK}{addition.name}" in needs
            if not builds_on_it and place not in taken and f"{addition.base}.{addition.name}" in self._generated:
                taken.add(place)
                inside = (known for known in self._endpoints if f"{known}.".startswith(f"{place}."))
                name = self._names.get(self._endpoints.get(next(inside, ""), ("", "")), place)
                self._report.refuse(
                    self._pointer(place),
                    f"{place} is also a name of {addition.where}, which would hide it",
                    kind="an operation with a name that eigenpal/ uses itself",
                    remedy=f"give it another place: {{target: \"$.paths.*[?@.operationId=='{name}']\", "
                    f"update: {{x-eigenpal-method: another.place}}}}",
                )

    def _inside(self, name: str) -> list[str]:
        split = (found.rpartition(".") for found in self._generated)
        return [inner for around, _, inner in split if around == name]

    def _pointer(self, place: str) -> str:
        """Return where an operation is described, or the first one of a resource; also under its new name."""
        known = [endpoint for name, endpoint in self._endpoints.items() if f"{name}.".startswith(f"{place}.")]
        method, path = known[0] if known else self._renames.endpoint(self._known.get(place, ""))
        return pointer("paths", path, method) if path else pointer("paths")


def _accepted(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def _definitions(files: Files) -> dict[str, ast.AST]:
    """Return the modules that are about to be written, their names and those of their classes' members."""
    found: dict[str, ast.AST] = {}
    for path, content in files.items():
        if path.endswith((".py", ".pyi")):
            place = path.partition(".")[0].removesuffix("__init__").strip("/").replace("/", ".")
            found[place] = module = ast.parse(content)
            classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
            bodies = {place: module.body, **{f"{place}.{node.name}": node.body for node in classes}}
            for around, body in bodies.items():
                for node in body:
                    found |= {f"{around}.{name}".strip("."): node for name in names_defined(node)}
    return found
