"""The docstrings of the methods, in Google's style: what an editor shows."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

from generator import text
from generator.arguments import Argument, example_call
from generator.document import Node
from generator.spec import Placed, mapping
from generator.spelling import method_names, spelled

Docstrings = dict[bool, str]
"""For the synchronous and the asynchronous twin."""

_WIDTH = text.WIDTH - 8  # inside a class, inside a method
_DOWNLOAD = [
    (
        "to",
        "Where to write what is received: a path, replaced only once everything has arrived, or a handle "
        "opened in binary mode. Left out, the bytes are returned.",
    ),
    (
        "progress",
        "Called with the number of bytes received and their total, None where that is unknown. Only together with "
        "`to`.",
    ),
]
_REFUSED = [
    ("TypeError", "An argument is missing or of the wrong type; nothing was sent."),
    ("ValueError", "An argument has a value that cannot be sent; nothing was sent."),
]


class Documentation:
    """Writes the docstrings of a spec's methods."""

    def __init__(self, document: Node) -> None:
        self._methods = method_names(document)

    def of_method(
        self,
        found: Placed,
        described: Node,
        *,
        call: str,
        arguments: list[Argument],
        names: Mapping[str, str],
        returns: str,
        is_download: bool,
    ) -> Docstrings:
        """Write the docstrings of a method.

        Args:
            found: The operation.
            described: What holds the texts of this method.
            call: The way to the method from a client.
            arguments: Its arguments.
            names: What a caller calls that which the texts name as on the wire.
            returns: What it returns, empty for nothing.
            is_download: Whether the answer can go into a file.
        """
        names = {**self._methods, **names}
        about = spelled(str(described.get("description", "")), names)
        if found.node.get("deprecated") is True and not about.startswith("Deprec"):
            about = f"Deprecated. {about}"
        entries = _entries(arguments, names) + (_DOWNLOAD if is_download else [])
        parts = [
            text.sentence(str(described.get("summary") or call.rsplit(".", 1)[-1])),
            text.prose(about, _WIDTH),
            _section("Args", entries),
            _section("Returns", [("", spelled(returns, names))] if returns else []),
            _section("Raises", _raised(found, arguments, is_download=is_download)),
        ]
        return _docstrings(parts, lambda is_async: example_call(f"{'await ' if is_async else ''}{call}", arguments))

    def of_iterator(
        self, *, summary: str, method: str, call: str, arguments: list[Argument], names: Mapping[str, str], row: str
    ) -> Docstrings:
        """Write the docstrings of the iterator beside a paginated method."""
        limit = any(argument.name == "limit" for argument in arguments)
        parts = [
            f"{summary.rstrip('.').removesuffix(' page by page')}, all pages one after the other.",
            text.prose(
                f"Takes the filters of `{method}`; a page is fetched when its first row is asked for"
                + (", and `limit` is the size of a page, not of the whole." if limit else "."),
                _WIDTH,
            ),
            _section("Args", _entries(arguments, {**self._methods, **names})),
            f"Yields:\n    {row.removeprefix('models.')}: One row after the other.",
            _section(
                "Raises",
                [
                    ("EigenpalError", f"As `{method}`, for any of the pages, while they are iterated over."),
                    *(_REFUSED if arguments else []),
                ],
            ),
        ]
        given = example_call(call, arguments)
        return _docstrings(parts, lambda is_async: f"{'async ' if is_async else ''}for row in {given}:\n    print(row)")


def _entries(arguments: list[Argument], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(argument.name, spelled(argument.documentation, names) or argument.name) for argument in arguments]


def _raised(found: Placed, arguments: list[Argument], *, is_download: bool) -> list[tuple[str, str]]:
    statuses = [status for status in sorted(mapping(found.node, "responses")) if not status.startswith("2")]
    listed = ", ".join(statuses[:-1]) + (" or " if len(statuses) > 1 else "") + "".join(statuses[-1:])
    refused = (
        f"The API refused the call{f' ({listed})' if listed else ''}, or gave no proper answer in time. Its subclass "
        "tells which, such as `EigenpalNotFoundError` for 404."
    )
    if found.method == "post" and found.node.get("x-eigenpal-repeatable") is not True:
        refused += " With `outcome_unknown` set, the call may have been carried out; it was not sent again."
    takes_files = any("FileInput" in argument.annotation for argument in arguments)
    return [
        ("EigenpalError", refused),
        *(_REFUSED if arguments else []),
        *([("OSError", "The file does not exist or cannot be read; nothing was sent.")] if takes_files else []),
        *([("OSError", "What `to` names cannot be written.")] if is_download else []),
    ]


def _section(title: str, entries: list[tuple[str, str]]) -> str:
    return f"{title}:\n" + "\n".join(text.entry(name, about, _WIDTH) for name, about in entries) if entries else ""


def _docstrings(parts: list[str], example: Callable[[bool], str]) -> Docstrings:
    return {
        is_async: text.docstring([*parts, f"Example::\n\n{textwrap.indent(example(is_async), '    ')}"], 8)
        for is_async in (False, True)
    }
