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
from typing import Any, NamedTuple, cast

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import AsyncEigenpalClient, EigenpalClient, EigenpalError, errors, testing, types  # noqa: E402
from eigenpal_generated import base_models, runtime  # noqa: E402

FOLDER = "docs/reference"
NOTE = "<!-- Written by tools/reference.py; do not edit. Run `make generate`. -->\n\n"
# A search for "retry" leads to the pages on retries, before fields of that name.
LESS_RELEVANT = "---\nsearch:\n  boost: 0.3\n---\n\n"
NAVIGATION = re.compile(r"(?<=# Begin of what tools/reference\.py writes\.\n).*?(?=^ *# End)", re.MULTILINE | re.DOTALL)
OTHERS = "others"
# What is the same for every API.
GENERAL = (base_models.__name__, runtime.__name__)
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
        return _get_file(self.place)


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
    written = {path for path in (ROOT / FOLDER).glob("*.md") if NOTE in path.read_text(encoding="utf-8")}
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
        **{f"{FOLDER}/{page.file}": page.text for page in [_render_overview(resources), *pages]},
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
    kind = cast("type[Any]", type(sync))
    yield Resource(place, about, kind, type(asynchronous), methods, attributes)
    for name in inner:
        text = inspect.getdoc(getattr(kind, name)) or ""
        yield from _walk(members[name], getattr(asynchronous, name), f"{place}.{name}", text)


def _render_overview(resources: list[Resource]) -> Page:
    lines = [
        f"{NOTE}# Reference",
        "",
        "Every method of `EigenpalClient`. `AsyncEigenpalClient` has the same methods: await them, and use `async for` "
        "to iterate. What they take and return is on the page of [models](models.md), and what they raise on that of "
        "[errors](errors.md).",
        "",
        "An argument whose default is `UNSET` is left out of the request unless you pass it; None is sent as null.",
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
    parts = [NOTE.strip() + "\n"]
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
        # This heading is for readers, links and the table of contents, wherever the method is defined. That of the
        # directive, which the stylesheet hides, is for the search, which takes the text up to the next heading.
        parts.append(f'## `{place}` {{ #{place} data-toc-label="{name}" data-search-exclude }}\n')
        parts.append(_render_directive(_path(resource.sync, name), heading=place, heading_level=5))
        if name in resource.methods:
            parts.append(_render_async(resource, name))
    return Page(resource.file, title, "\n".join(parts))


def _render_async(resource: Resource, name: str) -> str:
    found = name if hasattr(resource.asynchronous, name) else f"a{name}"
    hidden = {f"show_docstring_{part}": False for part in WITHOUT_EXAMPLE}
    directive = _render_directive(
        _path(resource.asynchronous, found), heading=f"{resource.place}.{found} (async)", heading_level=5, **hidden
    )
    return '??? example "With `AsyncEigenpalClient`"\n\n' + textwrap.indent(directive, "    ")


def _path(owner: type[Any], name: str) -> str:
    return f"{owner.__module__}.{owner.__qualname__}.{name}"


# --- types ------------------------------------------------------------------------------------------------------------


def group_types(resources: list[Resource]) -> dict[str, list[str]]:
    """Return the names in `eigenpal.types`, by the resource that takes or returns them; others under `OTHERS`."""
    modules: dict[str, str] = vars(types)["_MODULES"]
    general = [name for name, module in modules.items() if module in GENERAL]
    left = dict.fromkeys(name for name in dir(types) if name not in (*general, *errors.__all__))
    groups: dict[str, list[str]] = {}
    # The clients come last: what they take and return belongs to a resource as well.
    for resource in [*resources[1:], resources[0]]:
        group = ".".join(resource.place.split(".")[:2])
        for name in resource.methods:
            signature = inspect.signature(getattr(resource.sync, name))
            groups.setdefault(group, []).extend(_take_types(str(signature), left))
    groups[OTHERS] = [*left, *general]
    return {group: sorted(names) for group, names in groups.items() if names}


def _take_types(annotations: str, left: dict[str, None]) -> Iterator[str]:
    """Yield the types in some annotations, and those they are made of, and remove them from what is left."""
    for name in re.findall(r"\w+", annotations):
        if name in left:
            del left[name]
            yield name
            yield from _take_types(_describe(name), left)


def _describe(name: str) -> str:
    found = getattr(types, name)
    return f"{inspect.get_annotations(found)} {found.__bases__}" if isinstance(found, type) else repr(found)


def _render_all_types(groups: dict[str, list[str]]) -> Page:
    places = {
        name: f"{_get_file(f'models.{group}')}#eigenpal.types.{name}"
        for group, names in groups.items()
        for name in names
    }
    text = (
        f"{LESS_RELEVANT}{NOTE}# Models\n\n"
        "What the methods return, and types for `body=` and for annotations. Import them from `eigenpal.types`.\n\n"
        "A model is also a read-only mapping with the API's property names; `to_dict()` returns exactly what the "
        "server sent. Optional fields that the server did not send are None, and unknown enum values are returned "
        "unchanged. A [`Page`][eigenpal.types.Page] iterates its rows instead of the property names. What the API does "
        "not document is on the page of [open questions](../open-questions.md).\n\n"
    )
    places |= {name: f"errors.md#eigenpal.errors.{name}" for name in dir(types) if name in errors.__all__}
    text += "".join(f"- [`{name}`]({place})\n" for name, place in sorted(places.items()))
    return Page("models.md", "All models", text)


def _render_types(group: str, names: list[str]) -> Page:
    title = "Other types" if group == OTHERS else f"Models of {group}"
    parts = [f"{LESS_RELEVANT}{NOTE}# {title}\n"]
    for name in names:
        found = getattr(types, name)
        options: dict[str, object] = {}
        if not isinstance(found, type):
            options["show_attribute_values"] = True  # all there is to show of an alias
        elif found.__module__ in GENERAL:
            options["inherited_members"] = True  # on the page of the base class only
        parts.append(_render_directive(f"{types.__name__}.{name}", **options))
    return Page(_get_file(f"models.{group}"), title, "\n".join(parts))


def _get_file(place: str) -> str:
    return f"{re.sub('[._]', '-', place)}.md"


# --- errors and the embedded server -----------------------------------------------------------------------------------


def _render_errors() -> Page:
    # The base class first; the others in the order of the module, too, are sorted.
    names = sorted(errors.__all__, key=lambda name: name != EigenpalError.__name__)
    parts = [f"{NOTE}# Errors\n", _render_introduction(errors.__name__)]
    return Page(
        "errors.md", "Errors", "\n".join([*parts, *(_render_directive(f"eigenpal.errors.{name}") for name in names)])
    )


def _render_testing() -> Page:
    title = testing.__name__
    parts = [f"{LESS_RELEVANT}{NOTE}# `{title}`\n", _render_introduction(title)]
    for name in testing.__all__:
        options = {"inherited_members": True, "merge_init_into_class": True, "show_bases": False}
        parts.append(_render_directive(f"{title}.{name}", **options))
    parts += [_render_directive(f"{title}.plugin.{name}") for name in FIXTURES]
    return Page("testing.md", title, "\n".join(parts))


def _render_introduction(module: str) -> str:
    return _render_directive(module, members=False, show_root_heading=False, show_root_toc_entry=False)


if __name__ == "__main__":
    sys.exit(main())
