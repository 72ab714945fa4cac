"""Imports go one way: from the client to the generated package; neither imports the generator."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "eigenpal_generated"
SHARED = ("encoding", "decoding", "base_models", "runtime")
"""The modules that are the same for every API; each may import those before it."""


def find_imports(path: Path) -> Iterator[str]:
    """Yield the full names of everything a module imports, also inside functions and for type checking."""
    module = path.relative_to(ROOT).with_suffix("")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(module.parts[: len(module.parts) - node.level]) + "." if node.level else ""
            yield from (f"{package}{node.module or ''}.{alias.name}" for alias in node.names)


def find_modules(folder: str) -> list[Path]:
    found = [path for path in sorted((ROOT / folder).rglob("*.py*")) if path.suffix in (".py", ".pyi")]
    assert found
    return found


def find_our_imports(path: Path) -> set[str]:
    names = ("openapi", "generator", "templates", "eigenpal_generated", "eigenpal", "tests", "examples", "benchmarks")
    return {name for name in find_imports(path) if name.partition(".")[0] in names}


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("generator", {"generator"}),
        ("eigenpal_generated", {"eigenpal_generated"}),
        ("eigenpal", {"eigenpal", "eigenpal_generated"}),
    ],
)
def test_packages_import_only_what_they_build_on(folder: str, allowed: set[str]) -> None:
    for path in find_modules(folder):
        assert {name.partition(".")[0] for name in find_our_imports(path)} <= allowed, path


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("models", (*SHARED[:3], "models")),
        ("api", (*SHARED, "models", "api")),
        ("resources", (*SHARED, "models", "api", "resources")),
    ],
)
def test_generated_modules_import_only_lower_layers(folder: str, allowed: tuple[str, ...]) -> None:
    for path in find_modules(f"eigenpal_generated/{folder}"):
        for name in find_our_imports(path):
            assert name.startswith(tuple(f"eigenpal_generated.{layer}" for layer in allowed)), f"{path} imports {name}"


def test_endpoints_import_no_other_endpoint() -> None:
    for path in find_modules("eigenpal_generated/api"):
        if path.stem != "__init__":
            assert not any(name.startswith("eigenpal_generated.api") for name in find_our_imports(path)), path


@pytest.mark.parametrize("module", [*SHARED, "synonyms"])
def test_modules_for_every_api_import_only_lower_ones(module: str) -> None:
    lower = {*SHARED[: SHARED.index(module)], "synonyms"} if module in SHARED else set[str]()
    for name in find_our_imports(GENERATED / f"{module}.py"):
        assert name.split(".")[1] in lower, name


def test_generated_code_does_no_input_or_output() -> None:
    forbidden = ("httpx", "socket", "ssl", "urllib.request", "http", "asyncio", "subprocess", "tempfile", "io")
    for path in find_modules("eigenpal_generated"):
        for name in find_imports(path):
            assert not name.startswith(tuple(f"{module}." for module in forbidden)), f"{path} imports {name}"
            assert name not in forbidden, f"{path} imports {name}"


def test_openapi_python_client_is_used_where_its_parse_is_read() -> None:
    users = {
        path.name
        for path in find_modules("generator")
        if any(name.startswith("openapi_python_client") for name in find_imports(path))
    }
    assert users == {"parsing.py", "visitor.py"}


def test_what_ships_needs_no_dependency_of_the_generator() -> None:
    for folder in ("eigenpal", "eigenpal_generated"):
        for path in find_modules(folder):
            for name in find_imports(path):
                assert name.partition(".")[0] not in ("openapi_python_client", "jinja2", "yaml", "pydantic"), path


def test_templates_contain_no_logic() -> None:
    """Only loops and ifs: everything else is computed in Python, where it is typed and tested."""
    for path in sorted((ROOT / "templates").glob("*.jinja")):
        content = path.read_text(encoding="utf-8")
        for word in ("| replace", "| map(", "namespace(", "{% do ", "| regex", "{% filter"):
            assert word not in content, f"{path.name} has {word}"
