"""Writes the pages of docs/reference/ that follow the code, and their entries in the navigation of mkdocs.yml.

The pages consist of directives, which mkdocstrings replaces with signatures and docstrings. With ``--check`` it writes
nothing, and fails if a page is out of date.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import AsyncEigenpalClient, EigenpalClient, EigenpalError, errors, testing, types  # noqa: E402
from eigenpal_generated import runtime  # noqa: E402

FOLDER = "docs/reference"
NOTE = "<!-- Written by tools/reference.py; do not edit. Run `make generate`. -->\n\n"
NAVIGATION = re.compile(r"(?<=# Begin of what tools/reference\.py writes\.\n).*?(?=^ *# End)", re.MULTILINE | re.DOTALL)
FIXTURES = ("eigenpal_server", "eigenpal_client", "async_eigenpal_client")
# The example is the only part of an asynchronous method's docstring that differs.
WITHOUT_EXAMPLE = ("description", "parameters", "returns", "yields", "raises")


class Resource(NamedTuple):
    """A node of the client tree."""

    place: str
    """Such as `client.runs`."""
    about: str
    sync: type[Any]
    asynchronous: type[Any]
    methods: list[str]
    attributes: list[str]

    @property
    def file(self) -> str:
        """The name of its page."""
        return re.sub(r"[._]", "-", self.place.removeprefix("client.")) + ".md"


class Page(NamedTuple):
    """A page of the reference."""

    file: str
    title: str
    text: str


def main() -> int:
    """Write the files, or check them.

    Returns:
        0 on success, 1 if a file is out of date.
    """
    files = render_files()
    written = {path for path in (ROOT / FOLDER).glob("*.md") if path.read_text(encoding="utf-8").startswith(NOTE)}
    obsolete = sorted(written - {ROOT / name for name in files})
    stale = [name for name, text in files.items() if not _has_content(ROOT / name, text)]
    if "--check" in sys.argv[1:]:
        for name in [*stale, *(path.relative_to(ROOT).as_posix() for path in obsolete)]:
            print(f"{name} is out of date with the code; run `make generate` to fix it.", file=sys.stderr)
        return 1 if stale or obsolete else 0
    for path in obsolete:
        path.unlink()
    for name in stale:
        (ROOT / name).write_text(files[name], encoding="utf-8")
    print(f"{len(stale)} of {len(files)} files of the reference written, {len(obsolete)} removed")
    return 0


def _has_content(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def render_files() -> dict[str, str]:
    """Format the pages and mkdocs.yml, by their paths."""
    resources = find_resources()
    groups = group_types(resources)
    models = [_render_all_types(groups), *(_render_types(name, names) for name, names in groups.items())]
    pages = [*map(_render_resource, resources), *models, _render_errors(), _render_testing()]
    entries = [(6 if page not in models else 10, f"- {page.title}: reference/{page.file}") for page in pages]
    entries.insert(len(resources), (6, "- Models:"))
    navigation = "".join(f"{' ' * indent}{entry}\n" for indent, entry in entries)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return {
        **{f"{FOLDER}/{page.file}": f"{NOTE}{page.text}" for page in [_render_overview(resources), *pages]},
        "mkdocs.yml": NAVIGATION.sub(lambda _: navigation, settings, count=1),
    }


def _render_directive(identifier: str, **options: object) -> str:
    lines = [
        f"      {name}: {str(value).lower() if isinstance(value, bool) else value}" for name, value in options.items()
    ]
    return "\n".join([f"::: {identifier}", *(["    options:", *lines] if lines else [])]) + "\n"


# --- methods ----------------------------------------------------------------------------------------------------------


def find_resources() -> list[Resource]:
    """Return the nodes of the client tree, the clients themselves first."""
    with EigenpalClient(api_key="unused") as client:
        return list(_walk(client, AsyncEigenpalClient(api_key="unused"), "client", ""))


def _walk(sync: Any, asynchronous: Any, place: str, about: str) -> Iterator[Resource]:
    members = {name: getattr(sync, name) for name in dir(sync) if not name.startswith("_")}
    methods = [name for name, member in members.items() if callable(member)]
    inner = [name for name, member in members.items() if isinstance(member, runtime.Resource)]
    attributes = [name for name in members if name not in (*methods, *inner)]
    kind: type[Any] = type(sync)
    yield Resource(place, about, kind, type(asynchronous), methods, attributes)
    for name in inner:
        text = inspect.getdoc(getattr(kind, name)) or ""
        yield from _walk(members[name], getattr(asynchronous, name), f"{place}.{name}", text)


def _render_overview(resources: list[Resource]) -> Page:
    lines = [
        "# Reference",
        "",
        "Every method of `EigenpalClient`. `AsyncEigenpalClient` has the same methods: await them, and use `async for` "
        "to iterate. What they take and return is on the page of [models](models.md), and what they raise on that of "
        "[errors](errors.md).",
    ]
    for resource in resources:
        lines += ["", f"## [`{resource.place}`]({resource.file})", ""]
        for name in resource.methods:
            summary = (inspect.getdoc(getattr(resource.sync, name)) or "").partition("\n")[0]
            link = f"[`{resource.place}.{name}`]({resource.file}#{resource.place}.{name})"
            lines.append(f"- {link}: {'*Deprecated.* ' if _is_deprecated(resource, name) else ''}{summary}")
    return Page("index.md", "Overview", "\n".join(lines) + "\n")


def _is_deprecated(resource: Resource, name: str) -> bool:
    return hasattr(getattr(resource.sync, name), "__deprecated__")


def _render_resource(resource: Resource) -> Page:
    parts: list[str] = []
    if resource.about:
        title = resource.place
        parts.append(f"# `{title}`\n\n{resource.about}\n")
    else:
        title = "The clients"
        parts.append(f"# {title}\n")
        for client in (EigenpalClient, AsyncEigenpalClient):
            # As written in the source: `httpx.Client`, not `Client`.
            options = {
                "annotations_path": "source",
                "members": False,
                "merge_init_into_class": True,
                "show_bases": False,
            }
            parts.append(_render_directive(f"eigenpal.{client.__name__}", **options))
    for name in [*resource.attributes, *resource.methods]:
        place = f"{resource.place}.{name}"
        parts.append(f"[](){{ #{place} }}\n")
        parts.append(_render_directive(_path(resource.sync, name), heading=place, toc_label=name))
        if name in resource.methods:
            parts.append(_render_async(resource, name))
    return Page(resource.file, title, "\n".join(parts))


def _render_async(resource: Resource, name: str) -> str:
    found = name if hasattr(resource.asynchronous, name) else f"a{name}"
    hidden = {f"show_docstring_{part}": False for part in WITHOUT_EXAMPLE}
    directive = _render_directive(_path(resource.asynchronous, found), heading_level=5, **hidden)
    return '??? example "With `AsyncEigenpalClient`"\n\n' + textwrap.indent(directive, "    ")


def _path(owner: type[Any], name: str) -> str:
    return f"{owner.__module__}.{owner.__qualname__}.{name}"


# --- types ------------------------------------------------------------------------------------------------------------


def group_types(resources: list[Resource]) -> dict[str, list[str]]:
    """Return the names in `eigenpal.types`, by the resource that takes or returns them; the last are of none."""
    left = dict.fromkeys(dir(types))
    groups: dict[str, list[str]] = {}
    for resource in [*resources[1:], resources[0]]:
        group = resource.place.split(".")[1] if resource.about else ""
        for name in resource.methods:
            method = getattr(resource.sync, name)
            for found in _find_types(str(inspect.signature(method)), left):
                groups.setdefault(group, []).append(found)
    groups[""] = [*groups.pop("", []), *left]
    return {group: sorted(names) for group, names in groups.items()}


def _find_types(annotations: str, left: dict[str, None]) -> Iterator[str]:
    """Yield the types in some annotations, and those they are made of, and remove them from what is left."""
    for name in re.findall(r"\w+", annotations):
        if name in left:
            del left[name]
            yield name
            yield from _find_types(_describe(name), left)


def _describe(name: str) -> str:
    found = getattr(types, name)
    return f"{inspect.get_annotations(found)} {found.__bases__}" if isinstance(found, type) else repr(found)


def _render_all_types(groups: dict[str, list[str]]) -> Page:
    places = {name: f"{_get_file(group)}#eigenpal.types.{name}" for group, names in groups.items() for name in names}
    text = (
        "# Models\n\n"
        "What the methods return, and types for `body=` and for annotations. Import them from `eigenpal.types`.\n\n"
        "A model is also a read-only mapping with the API's property names; `to_dict()` returns exactly what the "
        "server sent. Optional fields that the server did not send are None, and unknown enum values are returned "
        "unchanged. A [`Page`][eigenpal.types.Page] iterates its rows instead of the property names. What the API does "
        "not document is on the page of [open questions](../open-questions.md).\n\n"
    )
    text += "".join(f"- [`{name}`]({place})\n" for name, place in sorted(places.items()))
    return Page("models.md", "All models", text)


def _render_types(group: str, names: list[str]) -> Page:
    title = f"Models of {group}" if group else "Other types"
    return Page(_get_file(group), title, _render_members(f"# {title}\n", "eigenpal.types", names))


def _get_file(group: str) -> str:
    return f"models-{group or 'other'}.md"


# --- errors and the embedded server -----------------------------------------------------------------------------------


def _render_errors() -> Page:
    # The base class first; the others in the order of the module, too, are sorted.
    names = sorted(errors.__all__, key=lambda name: name != EigenpalError.__name__)
    text = _render_members("# Errors\n", "eigenpal.errors", names, has_intro=True, show_attribute_values=False)
    return Page("errors.md", "Errors", text)


def _render_testing() -> Page:
    title = "eigenpal.testing"
    text = _render_members(f"# `{title}`\n", title, testing.__all__, has_intro=True)
    fixtures = _render_members("", f"{title}.plugin", [*FIXTURES])
    return Page("testing.md", title, f"{text}{fixtures}")


def _render_members(heading: str, module: str, names: list[str], *, has_intro: bool = False, **options: object) -> str:
    parts = [heading]
    if has_intro:
        parts.append(_render_directive(module, members=False, show_root_heading=False, show_root_toc_entry=False))
    parts += [_render_directive(f"{module}.{name}", **options) for name in names]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
