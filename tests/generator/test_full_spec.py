"""Code generated from every construct passes the same checks as the rest of the repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.rendering import render
from tests.generator.full_spec import make_full_spec
from tests.generator.small_specs import PACKAGE, TEXT, Node, make_response, nullable, ref, write_files

ROOT = Path(__file__).parents[2]

USER = """
from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from eigenpal_generated import models
from eigenpal_generated.resources.tree import AsyncTree, Tree


def use(tree: Tree, file: Path, when: datetime) -> None:
    page: models.Page = tree.things.list(search="a", colour="red", colours=["red"], created_after=when, from_="x")
    total: int = page.total
    for thing in tree.things.iter(page_size=5):
        made_at: datetime | None = thing.made_at
        mixed: str | int | list[str] | models.Part | None = thing.mixed
        print(made_at, mixed, total, thing["anything"], thing.maybe)
    either: models.Thing | models.Part = tree.things.create(name="a", anything=None, state=None, internal="x")
    tree.things.create(body=models.CreateBody(name="a", anything=1))
    tree.things.create(body={"name": "a", "anything": 1})
    tree.things.upload(name="a", files={"contract": file, "pages": [file]}, settings={"note": None})
    tree.things.finish(name="a", anything={})
    data: bytes = tree.things.parts.download("t", "a/b")
    count: int = tree.things.parts.download("t", "a/b", to=file, progress=print)
    tree.things.parts.delete("t", "a")
    table: bytes = tree.things.export("t", 3)
    tree.things.attach("t", 3, [file, {"content": b"", "filename": "a"}], note="x")
    tree.things.list(share=0.5, level=2, x_attempt=1)
    anything: Any = tree.things.parts.put("t", "a", file)
    rows: list[dict[str, models.Either]] = tree.ping()
    part: models.Part = next(tree.things.parts.iter_list_all())
    first: models.Thing = next(tree.iter())
    saved: int = tree.save(to=file)
    print(either, data, table, count, anything, rows, part, first, saved)


async def use_async(tree: AsyncTree, file: Path) -> None:
    page: models.Page = await tree.things.list()
    async for thing in tree.things.iter():
        print(thing.name)
    data: bytes = await tree.things.parts.download("t", "a")
    count: int = await tree.things.parts.download("t", "a", to=file)
    print(page, data, count)
"""

WRONG = [
    'tree.things.list(colour="blue")',
    'tree.things.list(colours=["red", "blue"])',
    "tree.things.list(limit='5')",
    "tree.things.list(serach='a')",
    "tree.things.list(level=4)",
    "tree.things.export('t', '3')",
    "tree.things.attach('t', 3, file)",
    "tree.things.create()",
    "tree.things.create(name='a')",
    "tree.things.create(name='a', anything=1, body={})",
    "tree.things.finish(name='a', anything=1, state='open')",
    "tree.things.parts.download('t', 'a', progress=print)",
    "tree.things.list().totl",
    "tree.hidden()",
    "models.Thng",
    "models.Part(path='a').path.foo",
]


LITERALS: list[Node] = [
    ref("Colour"),
    nullable(ref("Level")),
    {"const": 'a "quoted" one'},
    {"type": "array", "items": nullable(ref("Colour"))},
    {"type": "object", "additionalProperties": {"type": "array", "items": {"enum": ["a", 1, True]}}},
    {"anyOf": [ref("Colour"), TEXT, {"type": "array", "items": {"const": True}}]},
    ref("Colours"),
]
"""Responses that are known values, or hold some."""


def make_spec() -> Node:
    document = make_full_spec()
    document["components"]["schemas"]["Colours"] = {
        "type": "array",
        "items": {"anyOf": [ref("Colour"), ref("Colours")]},
    }
    for index, schema in enumerate(LITERALS):
        operation = {"operationId": f"cast.get{index}", "responses": make_response(schema)}
        document["paths"][f"/literals/{index}"] = {"get": operation}
    return document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full_spec")
    write_files(render(make_spec()), folder / PACKAGE)
    folder.joinpath("user.py").write_text(USER, encoding="utf-8")
    head = "from eigenpal_generated import models\nfrom eigenpal_generated.resources.tree import Tree\n\n\n"
    head += "def use(tree: Tree) -> None:\n"
    folder.joinpath("wrong.py").write_text(head + "\n".join(f"    {line}" for line in WRONG), encoding="utf-8")
    folder.joinpath("pyrightconfig.json").write_text(
        json.dumps(
            {
                "typeCheckingMode": "strict",
                "pythonVersion": "3.10",
                "reportDeprecated": False,
                "include": [PACKAGE, "user.py"],
            }
        ),
        encoding="utf-8",
    )
    return folder


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(  # our own tools, on generated files
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_linter_and_formatter_find_nothing(folder: Path) -> None:
    config = f"--config={ROOT / 'pyproject.toml'}"
    assert _run(folder, "ruff", "format", "--no-cache", "--check", config, PACKAGE) == ""
    # Ignored rules are configured by path, so the folder needs the same name as in the repository.
    assert (
        _run(
            folder,
            "ruff",
            "check",
            "--no-cache",
            config,
            "--config=lint.isort.known-first-party=['eigenpal_generated']",
            PACKAGE,
        )
        == ""
    )


def test_mypy_finds_nothing_but_wrong_use(folder: Path) -> None:
    strict = ["mypy", "--strict", "--python-version=3.10", "--cache-dir=.cache", "--no-error-summary"]
    strict.append("--no-warn-redundant-casts")
    assert _run(folder, *strict, PACKAGE, "user.py") == ""
    found = {int(line.split(":")[1]) for line in _run(folder, *strict, "wrong.py").splitlines() if "error:" in line}
    assert found == set(range(6, 6 + len(WRONG)))


def test_pyright_finds_nothing(folder: Path) -> None:
    assert _run(folder, "pyright", f"--pythonpath={sys.executable}") == ""
