"""Writes docs/reference.md and docs/models.md from the docstrings of the client and its models.

With ``--check`` it writes nothing, and fails if the pages are not what they would be.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import EigenpalClient, errors  # noqa: E402

DOCS = ROOT / "docs"
GENERATED = (ROOT / "eigenpal_generated" / "models").glob("*.py")
SOURCES = [*(path for path in GENERATED if path.stem != "__init__"), ROOT / "eigenpal" / "_comparison_report.py"]
SECTIONS = ("Args", "Returns", "Yields", "Raises", "Attributes", "Example")
NOTE = "<!-- Written by `make reference` from the docstrings; do not edit. -->\n\n"


def main() -> int:
    """Write the pages, or check them.

    Returns:
        0 done, 1 a page is not what it should be.
    """
    pages = {"reference.md": reference(), "models.md": models()}
    stale = [name for name, text in pages.items() if not _is(DOCS / name, text)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is not what the docstrings say; `make reference` mends it.", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(pages[name], encoding="utf-8")
    print(f"{len(stale)} of {len(pages)} pages written")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


# --- methods ----------------------------------------------------------------------------------------------------------


def reference() -> str:
    """Write the page of the methods and of the errors."""
    with EigenpalClient(api_key="unused") as client:
        methods = list(_methods(client, "client"))
    parts = [
        f"{NOTE}# Reference\n",
        "Every method of `EigenpalClient`. Those of `AsyncEigenpalClient` take and return the same; they are awaited, "
        "and what iterates does so with `async for`. What they return is in [models.md](models.md).\n",
    ]
    parts += [f"- [`{place}`](#{_anchor(place)})" for place, _ in methods]
    parts += ["\n".join(["", *_method(place, method)]) for place, method in methods]
    parts.append("\n## Errors\n")
    for name in errors.__all__:
        parts.append(f"### `{name}`\n\n{_markdown(inspect.getdoc(getattr(errors, name)) or '')}\n")
    return "\n".join(parts).rstrip() + "\n"


def _methods(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    members = [(name, getattr(value, name)) for name in dir(value) if not name.startswith("_")]
    for name, member in members:
        if callable(member):
            yield f"{place}.{name}", member
    for name, member in members:
        if not callable(member) and type(member).__module__.startswith("eigenpal"):
            yield from _methods(member, f"{place}.{name}")


def _method(place: str, method: Any) -> list[str]:
    signature = inspect.signature(method)
    parameters = list(signature.parameters.values())
    returns = _type(signature.return_annotation)
    lines = [_parameter(parameter) for parameter in parameters]
    star = next((index for index, found in enumerate(parameters) if found.kind is found.KEYWORD_ONLY), None)
    if star is not None:
        lines.insert(star, "*")
    written = f"{place}({', '.join(lines)}) -> {returns}"
    if len(written) > 110:
        written = f"{place}(\n" + "".join(f"    {line},\n" for line in lines) + f") -> {returns}"
    text = _markdown(inspect.getdoc(method) or "")
    return [f"## `{place}`\n", f"```python\n{written}\n```\n", f"{text}\n"]


def _parameter(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.name}: {_type(parameter.annotation)}{default}"


def _type(annotation: object) -> str:
    return re.sub(r"\b(models|runtime|builtins)\.", "", str(annotation)).strip("'")


def _anchor(place: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "", place.lower())


def _markdown(docstring: str) -> str:
    """Turn a docstring into Markdown: sections become headings in bold, their entries lists, examples code."""
    parts = re.split(rf"^({'|'.join(SECTIONS)}):\n", docstring, flags=re.MULTILINE)
    text = [_prose(parts[0])]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        inner = textwrap.dedent(body).strip("\n")
        if title == "Example":
            text.append(f"```python\n{inner.strip()}\n```")
        elif title in ("Returns", "Yields"):
            text.append(f"**{title}** {_prose(inner)}")
        else:
            text.append(f"**{'Arguments' if title == 'Args' else title}**\n\n{_entries(inner)}")
    return "\n\n".join(part for part in text if part)


def _prose(text: str) -> str:
    """Name code as Markdown does, and leave indented blocks as code."""
    text = re.sub(r"``([^`]+)``", r"`\1`", text.strip())
    blocks = re.sub(r"::\n\n((?:    .*\n?|\n)+)", lambda found: f":\n\n```python\n{_code(found[1])}\n```\n\n", text)
    return blocks.strip()


def _code(block: str) -> str:
    return textwrap.dedent(block).strip("\n")


def _entries(body: str) -> str:
    lines: list[str] = []
    for line in body.splitlines():
        if line.startswith("        "):  # the item of a list within an entry, or one of its lines
            lines.append(f"  {line.strip()}" if line.strip().startswith("- ") else f"    {line.strip()}")
        elif line.startswith("    "):
            stripped = line.strip()
            lines.append(f"  {stripped}")
        else:
            name, _, about = line.partition(":")
            lines.append(f"- `{name}`:{about}")
    return _prose("\n".join(lines))


# --- models -----------------------------------------------------------------------------------------------------------


def models() -> str:
    """Write the page of the models."""
    parts = [
        f"{NOTE}# Models\n",
        "What methods return, and what they take as `body=`. Import them from `eigenpal.types`. A model is also a "
        "read-only mapping by the names of the wire; `to_dict()` returns exactly what the server sent.\n",
    ]
    found = [inner for path in SOURCES for inner in _definitions(ast.parse(path.read_text(encoding="utf-8")))]
    parts += sorted(found)
    return "\n".join(parts).rstrip() + "\n"


def _definitions(module: ast.Module) -> Iterator[str]:
    body = [inner for node in module.body for inner in (node.body if isinstance(node, ast.If) else [node])]
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.ClassDef):
            yield f"## `{node.name}`\n\n{_prose(ast.get_docstring(node) or '')}\n\n{_fields(node)}\n"
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias" and node.value is not None:
            written = _type(ast.unparse(node.value)).replace("_models.", "")
            yield f"## `{ast.unparse(node.target)}`\n\n`{written}`\n\n{_prose(_text(after))}\n"


def _fields(model: ast.ClassDef) -> str:
    lines = ["| Field | Type | |", "|---|---|---|"]
    for node, after in zip(model.body, [*model.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and not ast.unparse(node.target).startswith("_"):
            kind = ast.unparse(node.annotation).replace("_models.", "").replace("|", "\\|")
            about = " ".join(_text(after).split()).replace("|", "\\|")
            lines.append(f"| `{ast.unparse(node.target)}` | `{kind}` | {about} |")
    return "\n".join(lines)


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""


if __name__ == "__main__":
    sys.exit(main())
