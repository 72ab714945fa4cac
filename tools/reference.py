"""Generates docs/reference.md, docs/models.md and the tree in README.md from the docstrings of client and models.

With ``--check`` it writes nothing, and fails if a file is out of date.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import EigenpalClient, errors  # noqa: E402

GENERATED = (ROOT / "eigenpal_generated" / "models").glob("*.py")
SOURCES = [
    *(path for path in GENERATED if path.stem != "__init__"),
    ROOT / "eigenpal" / "_runs" / "comparison_report.py",
    ROOT / "eigenpal" / "_response_info.py",
    ROOT / "eigenpal" / "_runs" / "many" / "results.py",
]
SECTIONS = ("Args", "Returns", "Yields", "Raises", "Example")
TREE = re.compile(r"(?<=^```text\nclient\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
TREE_COLUMN = 38
TREE_WIDTH = 62
NOTE = "<!-- Written by `make reference` from the docstrings; do not edit. -->\n\n"


def main() -> int:
    """Generate the files, or check them.

    Returns:
        0 on success, 1 if a file is out of date.
    """
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = {
        "docs/reference.md": render_reference(),
        "docs/models.md": render_models(),
        "README.md": TREE.sub(lambda _: render_tree(), readme, count=1),
    }
    stale = [name for name, text in pages.items() if not _has_content(ROOT / name, text)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"{name} is out of date with the docstrings; run `make reference` to fix it.", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(pages[name], encoding="utf-8")
    print(f"{len(stale)} of {len(pages)} files written")
    return 0


def _has_content(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


# --- methods ----------------------------------------------------------------------------------------------------------


def render_reference() -> str:
    """Format the page of methods and errors."""
    with EigenpalClient(api_key="unused") as client:
        methods = list(_find_methods(client, "client"))
    links = _Links("models.md", [name for name, _ in _find_definitions()])
    parts = [
        f"{NOTE}# Reference\n",
        "Every method of `EigenpalClient`. `AsyncEigenpalClient` has the same methods: await them, and use `async for` "
        "to iterate. Return types are in [models.md](models.md), exceptions under [Errors](#errors). What the API does "
        "not document is in [open-questions.md](open-questions.md).\n",
    ]
    parts += [f"- {_render_link(place)}: {_summarize(method)}" for place, method in methods]
    parts += ["\n".join(["", *_render_method(place, method, links)]) for place, method in methods]
    parts.append("\n## Errors\n")
    for name in errors.__all__:
        kind = getattr(errors, name)
        definition = cast("ast.ClassDef", ast.parse(inspect.getsource(kind)).body[0])
        about = [f"### `{name}`", _convert_docstring(inspect.getdoc(kind) or ""), _render_fields(definition, links)]
        parts.append("\n\n".join(filter(None, about)) + "\n")
    return "\n".join(parts).rstrip() + "\n"


def _find_methods(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    members = [(name, getattr(value, name)) for name in dir(value) if not name.startswith("_")]
    for name, member in members:
        if callable(member):
            yield f"{place}.{name}", member
    for name, member in members:
        if not callable(member) and type(member).__module__.startswith("eigenpal"):
            yield from _find_methods(member, f"{place}.{name}")


def _summarize(method: Any) -> str:
    about = inspect.getdoc(method) or ""
    return ("*Deprecated.* " if "\nDeprecated. " in about else "") + _convert_prose(about.partition("\n")[0])


def _render_method(place: str, method: Any, links: _Links) -> list[str]:
    signature = inspect.signature(method)
    parameters = list(signature.parameters.values())
    returns = _clean_type(signature.return_annotation)
    lines = [_render_parameter(parameter) for parameter in parameters]
    star = next((index for index, found in enumerate(parameters) if found.kind is found.KEYWORD_ONLY), None)
    if star is not None:
        lines.insert(star, "*")
    written = f"{place}({', '.join(lines)}) -> {returns}"
    if len(written) > 110:
        written = f"{place}(\n" + "".join(f"    {line},\n" for line in lines) + f") -> {returns}"
    text = _convert_docstring(inspect.getdoc(method) or "", links.render_type(returns))
    return [f"## `{place}`\n", f"```python\n{written}\n```\n", f"{text}\n"]


def _render_parameter(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.name}: {_clean_type(parameter.annotation)}{default}"


def _clean_type(annotation: object) -> str:
    return re.sub(r"\b(models|runtime|builtins)\.", "", str(annotation)).strip("'")


def _render_link(heading: str, page: str = "") -> str:
    return f"[`{heading}`]({page}#{re.sub(r'[^a-z0-9_-]', '', heading.lower())})"


class _Links:
    """Links from type names to the headings of a page."""

    def __init__(self, page: str, names: list[str]) -> None:
        self._page = page
        self._names = re.compile(rf"\b({'|'.join(sorted(names))})\b")

    def render_type(self, written: str) -> str:
        """Format a type as code, with links to the types it names."""
        parts = self._names.split(written)
        return "".join(
            _render_link(part, self._page) if index % 2 else f"`{part}`" for index, part in enumerate(parts) if part
        )


def _convert_docstring(docstring: str, returns: str = "") -> str:
    """Convert a docstring to Markdown: sections become bold headings with lists, examples become code."""
    parts = re.split(rf"^({'|'.join(SECTIONS)})::?\n", docstring, flags=re.MULTILINE)
    text = [_convert_prose(parts[0])]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        inner = textwrap.dedent(body).strip("\n")
        if title == "Example":
            text.append(f"```python\n{inner.strip()}\n```")
        elif title in ("Returns", "Yields"):
            what = inner.partition(": ")[2] if title == "Yields" else inner
            text.append(f"**{title}** {returns}: {_convert_prose(what)}")
        else:
            text.append(f"**{'Arguments' if title == 'Args' else title}**\n\n{_convert_entries(inner)}")
    return "\n\n".join(part for part in text if part)


def _convert_prose(text: str) -> str:
    """Convert reStructuredText code spans and blocks to Markdown."""
    text = re.sub(r"``([^`]+)``", r"`\1`", text.strip())
    blocks = re.sub(r"::\n\n((?:    .*\n?|\n)+)", lambda found: f":\n\n```python\n{_dedent(found[1])}\n```\n\n", text)
    return blocks.strip()


def _dedent(block: str) -> str:
    return textwrap.dedent(block).strip("\n")


def _convert_entries(body: str) -> str:
    lines: list[str] = []
    in_list = False
    for line in body.splitlines():
        stripped = line.strip()
        if line.startswith("    - "):
            lines.append(f"  {stripped}")
            in_list = True
        elif line.startswith("      ") and in_list:
            lines.append(f"    {stripped}")
        elif line.startswith("    "):
            # Without the empty line, it would continue the last item.
            lines += [*([""] if in_list else []), f"  {stripped}"]
            in_list = False
        else:
            in_list = False
            name, _, about = line.partition(":")
            lines.append(f"- `{name}`:{about}")
    return _convert_prose("\n".join(lines))


# --- the tree ---------------------------------------------------------------------------------------------------------


def render_tree() -> str:
    """Format the tree of the README: one line per method, with variants such as `iter` beside their method."""
    with EigenpalClient(api_key="unused") as client:
        return "".join(f"{line}\n" for line in _render_branches(client, ""))


def _render_branches(value: object, indent: str) -> Iterator[str]:
    kind = type(value)
    # In the order of definition, generated methods first; hand-written ones follow them.
    names = [name for base in reversed(kind.__mro__) for name in vars(base) if not name.startswith("_")]
    methods = [name for name in reversed(dict.fromkeys(reversed(names))) if callable(getattr(value, name))]
    resources = [name for name in dict.fromkeys(names) if type(getattr(value, name)).__module__.startswith("eigenpal")]
    lines: dict[str, list[str]] = {name: [name] for name in methods if _find_counterpart(name, methods) == name}
    for name in methods:
        if name not in lines:
            lines[_find_counterpart(name, methods)].append(name)
    for name in [*lines, *resources]:
        is_last = name == [*lines, *resources][-1]
        begun = f"{indent}{'└' if is_last else '├'}── "
        if name in lines:
            yield f"{begun + ', '.join(lines[name]):<{TREE_COLUMN - 2}}  {_shorten_summary(getattr(kind, name))}"
        else:
            yield f"{begun}{name}"
            yield from _render_branches(getattr(value, name), indent + ("    " if is_last else "│   "))


def _find_counterpart(name: str, names: list[str]) -> str:
    """Return the method that another is a variant of: `list` for `iter`, `download` for `stream`."""
    others = (name.replace("iter", "list", 1), name.removeprefix("iter_"), name.replace("stream", "download", 1))
    return next((other for other in others if other != name and other in names), name)


def _shorten_summary(method: object) -> str:
    """Return the first sentence of a docstring; a long one is cut at a comma, or else between words."""
    docstring = inspect.getdoc(method) or ""
    if "\n\nDeprecated." in docstring:
        return "deprecated"
    sentence = docstring.partition("\n")[0].rstrip(".")
    if len(sentence) <= TREE_WIDTH:
        return sentence
    clauses = re.split(r"[,;:][^,;:]*$", sentence[:TREE_WIDTH])
    return clauses[0] if len(clauses) > 1 else textwrap.shorten(sentence, TREE_WIDTH, placeholder="...")


# --- models -----------------------------------------------------------------------------------------------------------


def render_models() -> str:
    """Format the page of the models."""
    parts = [
        f"{NOTE}# Models\n",
        "Return types of the methods, and types for `body=`. Import them from `eigenpal.types`. A model is also a "
        "read-only mapping with the API's property names; `to_dict()` returns exactly what the server sent. Optional "
        "fields that the server did not send are None, and unknown enum values are returned unchanged. A `Page` "
        "iterates its rows instead of the property names. What the API does not document is in "
        "[open-questions.md](open-questions.md).\n",
    ]
    found = _find_definitions()
    links = _Links("", [name for name, _ in found])
    parts.append(", ".join(_render_link(name) for name, _ in found) + "\n")
    parts += [_render_definition(name, node, after, links) for name, (node, after) in found]
    return "\n".join(parts).rstrip() + "\n"


def _find_definitions() -> list[tuple[str, tuple[ast.stmt, ast.stmt | None]]]:
    """Return the models by name, each with the statement after it, which is the docstring of an alias."""
    found: dict[str, tuple[ast.stmt, ast.stmt | None]] = {}
    for path in SOURCES:
        module = ast.parse(path.read_text(encoding="utf-8"))
        body = [inner for node in module.body for inner in (node.body if isinstance(node, ast.If) else [node])]
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name] = node, after
            elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
                found[ast.unparse(node.target)] = node, after
    return sorted(found.items())


def _render_definition(name: str, node: ast.stmt, after: ast.stmt | None, links: _Links) -> str:
    if isinstance(node, ast.ClassDef):
        about = _convert_prose(ast.get_docstring(node) or "") + _describe_rows(node, links)
        return f"## `{name}`\n\n{about}\n\n{_render_fields(node, links)}\n"
    assert isinstance(node, ast.AnnAssign)
    assert node.value is not None
    return (
        f"## `{name}`\n\n{links.render_type(_format_annotation(node.value))}\n\n{_convert_prose(_read_text(after))}\n"
    )


def _describe_rows(model: ast.ClassDef, links: _Links) -> str:
    """Say what the rows of a page are, whose base has their type in quotes."""
    match model.bases:
        case [ast.Subscript(slice=ast.Constant(value=str(row)))]:
            rows = _format_annotation(ast.parse(row, mode="eval").body)
            return f" A `Page`, which iterates its rows: {links.render_type(rows)}."
        case _:
            return ""


def _format_annotation(annotation: ast.expr) -> str:
    return _clean_type(ast.unparse(annotation)).replace("_models.", "")


def _render_fields(model: ast.ClassDef, links: _Links) -> str:
    lines: list[str] = []
    for node, after in zip(model.body, [*model.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and not ast.unparse(node.target).startswith("_"):
            lines.append(_render_field(ast.unparse(node.target), node.annotation, _read_text(after), links))
        elif isinstance(node, ast.FunctionDef) and "property" in map(ast.unparse, node.decorator_list) and node.returns:
            lines.append(_render_field(node.name, node.returns, ast.get_docstring(node) or "", links))
    return "\n".join(["| Field | Type | Meaning |", "|---|---|---|", *lines]) if lines else ""


def _render_field(name: str, annotation: ast.expr, about: str, links: _Links) -> str:
    cells = (f"`{name}`", links.render_type(_format_annotation(annotation)), " ".join(_convert_prose(about).split()))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _read_text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""


if __name__ == "__main__":
    sys.exit(main())
