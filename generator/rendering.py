"""Renders the generated package from the templates, and formats it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import text, tree
from generator.arguments import Argument, signature
from generator.facts import Facts
from generator.formatting import Files, formatted
from generator.imports import TEMPLATES, with_imports
from generator.lowering import lower
from generator.models import ModelPage, Models
from generator.naming import OWN, PACKAGE
from generator.nodes import Node, with_origins
from generator.operations import Operation, Operations
from generator.parsing import Parsed
from generator.problems import Report
from generator.visitor import Types

HEADER = "# Generated from openapi/openapi.yaml by `make generate`; do not edit."

_DOWNLOAD_TO = Argument("to", "DownloadTarget | None", "None", "", "")
_DOWNLOAD_TO_REQUIRED = Argument("to", "DownloadTarget", "", "", "")
_DOWNLOAD_PROGRESS = Argument("progress", "Progress | None", "None", "", "")


def render(document: Mapping[str, Any], report: Report | None = None) -> Files:
    """Generate every file of the package from a loaded document.

    Args:
        document: The document, with the overlay applied.
        report: Notes are added to it.

    Raises:
        SpecError: The document cannot be used.
    """
    return render_lowered(_lowered(document, report or Report()))


def render_lowered(lowered: Node) -> Files:
    """Generate every file of the package from a lowered document.

    Raises:
        SpecError: The document cannot be used.
    """
    files = formatted(_draft(lowered), PACKAGE)
    files["openapi.json"] = json.dumps(lowered, ensure_ascii=True, indent=1) + "\n"
    files["py.typed"] = ""
    return files


def draft(document: Mapping[str, Any]) -> Files:
    """Generate every module of the package, not yet formatted.

    Raises:
        SpecError: The document cannot be used.
    """
    return _draft(_lowered(document, Report()))


def _lowered(document: Mapping[str, Any], report: Report) -> Node:
    lowered = lower(document if isinstance(document, Node) else with_origins(document), report)
    report.raise_problems()
    return lowered


def _draft(document: Node) -> Files:
    facts = Facts(document)
    parsed = Parsed(facts)
    types = Types(facts, parsed)
    models = Models(facts, parsed, types)
    operations = Operations(facts, parsed, types, models).all()
    renderer = _Renderer()
    files = renderer.models(models.pages())
    files |= renderer.pages([page for page, _ in operations])
    files |= renderer.resources(tree.build(facts, [method for _, methods in operations for method in methods]))
    files |= renderer.package(facts)
    return files


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - this writes Python, not HTML; text is escaped by generator.text
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    shared: dict[str, Any] = {
        "header": HEADER,
        "package": PACKAGE,
        "signature": signature,
        "download_to": _DOWNLOAD_TO,
        "download_to_required": _DOWNLOAD_TO_REQUIRED,
        "download_progress": _DOWNLOAD_PROGRESS,
    }
    cast("dict[str, Any]", environment.globals).update(shared)
    environment.filters |= {"literal": text.literal, "own": _mark_own}
    return environment


def _mark_own(name: str) -> str:
    return name + OWN


class _Renderer:
    def _print(self, template: str, **values: Any) -> str:
        return _environment().get_template(f"{template}.jinja").render(**values)

    def _with_imports(self, template: str, **values: Any) -> str:
        return with_imports(self._print(template, **values))

    def models(self, pages: list[ModelPage]) -> Files:
        """Render the models."""
        files = {f"models/{page.module}.py": self._model(page) for page in pages}
        files["models/__init__.py"] = self._print("models_init.py", pages=pages)
        files["models/__init__.pyi"] = self._print("models_init.pyi", pages=pages)
        return files

    def _model(self, page: ModelPage) -> str:
        about = f"The {'model' if page.kind == 'model' else 'type'} `{page.name}`."
        return self._with_imports(
            "model.py",
            page=page,
            module_documentation=text.docstring([about], 0),
        )

    def pages(self, operations: list[Operation]) -> Files:
        """Render the endpoint modules, and the packages they are in."""
        about = "The operations, one module each: pure functions that build requests and parse responses."
        files: Files = {}
        members: dict[tuple[str, ...], list[str]] = {}
        for operation in operations:
            for length, step in enumerate(operation.steps):
                inside = members.setdefault(tuple(operation.steps[:length]), [])
                if step not in inside:
                    inside.append(step)
            place = f"`{'.'.join(operation.steps)}`: {operation.method} {operation.path}"
            files[f"{'/'.join(['api', *operation.steps])}.py"] = self._with_imports(
                "endpoint.py", operation=operation, documentation=text.docstring([operation.summary, place], 0)
            )
        for steps, names in members.items():
            said = f"The operations under `{'.'.join(steps)}`, loaded on first use." if steps else about
            files |= self._lazy_package(["api", *steps], said, names)
        return files

    def _lazy_package(self, steps: list[str], about: str, names: Iterable[str]) -> Files:
        values = {"documentation": text.docstring([about], 0), "names": sorted(names), "place": ".".join(steps)}
        return {
            "/".join([*steps, f"__init__.{ending}"]): self._print(f"lazy_init.{ending}", **values)
            for ending in ("py", "pyi")
        }

    def _package(self, about: str, constants: Iterable[tuple[str, str]] = ()) -> str:
        return self._print("package_init.py", documentation=text.docstring([about], 0), constants=list(constants))

    def resources(self, root: tree.Resource) -> Files:
        """Render the client tree."""
        about = "The client tree, one module per top-level resource, loaded on first use."
        files = self._lazy_package(["resources"], about, [resource.module for resource in root.children])
        for resource in root.children:
            resources = resource.all()
            files[f"resources/{resource.module}.py"] = self._with_imports(
                "resource.py", module=resource.module, resources=resources
            )
        files["resources/tree.py"] = self._with_imports("tree.py", root=root)
        return files

    def package(self, facts: Facts) -> Files:
        """Render the package itself, and the modules that are the same for every API."""
        constants = [("DEFAULT_SERVER", text.literal(facts.server))] if facts.server is not None else []
        about = "Typed Python code for the Eigenpal API: requests, models and the client tree. `eigenpal` builds on it."
        shared = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.py"))}
        files = {name: f"{HEADER}\n{code}" for name, code in shared.items()}
        return {"__init__.py": self._package(about, constants), **files}
