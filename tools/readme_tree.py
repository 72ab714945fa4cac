"""Writes the tree of the client in README.md from the docstrings.

With ``--check`` it writes nothing, and fails if the tree is out of date.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import EigenpalClient  # noqa: E402

TREE = re.compile(r"(?<=^```text\nclient\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COLUMN = 38
WIDTH = 62


def main() -> int:
    """Write the tree, or check it.

    Returns:
        0 on success, 1 if the tree is out of date.
    """
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8")
    written = TREE.sub(lambda _: render_tree(), readme, count=1)
    if "--check" in sys.argv[1:] and written != readme:
        print("The tree in README.md is out of date; run `make generate` to fix it.", file=sys.stderr)
        return 1
    if written != readme:
        path.write_text(written, encoding="utf-8")
    return 0


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
            yield f"{begun + ', '.join(lines[name]):<{COLUMN - 2}}  {_shorten_summary(getattr(kind, name))}"
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
    if len(sentence) <= WIDTH:
        return sentence
    clauses = re.split(r"[,;:][^,;:]*$", sentence[:WIDTH])
    return clauses[0] if len(clauses) > 1 else textwrap.shorten(sentence, WIDTH, placeholder="...")


if __name__ == "__main__":
    sys.exit(main())
