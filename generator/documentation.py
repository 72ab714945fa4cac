"""The docstrings of the methods, in Google style."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

from generator import text
from generator.arguments import Argument, example_call, takes_files
from generator.facts import Described, Facts, Operation
from generator.naming import iterator_name
from generator.spelling import spelled

Docstrings = dict[bool, str]
"""A docstring for the sync method (False) and one for the async method (True)."""

_WIDTH = text.WIDTH - 8  # inside a class, inside a method
_DOWNLOAD = [
    (
        "to",
        "Path or binary file handle to write to. A path is replaced only once the download is complete. If it breaks "
        "off, what arrived is kept in `.NAME.part` if the server sent a strong ETag, and the next call continues it. "
        "By default the bytes are returned.",
    ),
    (
        "progress",
        "Called with the number of bytes received so far and the total, or None if the total is unknown. Requires "
        "`to`.",
    ),
]
_REFUSED = [
    ("TypeError", "An argument is missing or has the wrong type; no request was sent."),
    ("ValueError", "An argument is invalid; no request was sent."),
]
_UNREADABLE = [("OSError", "A file does not exist or cannot be read; no request was sent.")]


class Documentation:
    """Formats the docstrings of the methods."""

    def __init__(self, facts: Facts) -> None:
        self._methods = facts.methods

    def of_method(
        self,
        found: Operation,
        described: Described,
        *,
        call: str,
        hint: str,
        arguments: list[Argument],
        names: Mapping[str, str],
        returns: str,
        is_download: bool,
    ) -> Docstrings:
        """Format the docstrings of a method.

        Args:
            found: The operation.
            described: What has the summary and description of this method.
            call: The dotted path to the method, such as `client.runs.get`.
            hint: What distinguishes it from other methods of the operation.
            arguments: Its arguments.
            names: Python names by the names that the descriptions use.
            returns: The text of the section `Returns`, empty if the method returns None.
            is_download: Whether the response can be written to a file.
        """
        names = {**self._methods, **names}
        about = spelled(described.description, names)
        if found.deprecated and not about.startswith("Deprec"):
            about = f"Deprecated. {about}"
        about = f"{about}\n\n{hint}".strip()
        if found.pagination:
            place, _, name = call.rpartition(".")
            iterator = f"`{place}.{iterator_name(name)}`"
            about += f"\n\nIterating over the result yields the items of this page; {iterator} goes over all pages."
        elif found.rows:
            about += f"\n\nIterating over the result yields its `{found.rows}`."
        about = about.strip()
        entries = _entries(arguments, names) + (_DOWNLOAD if is_download else [])
        parts = [
            text.sentence(described.summary or call.rsplit(".", 1)[-1]),
            text.prose(about, _WIDTH),
            _section("Args", entries),
            _section("Returns", [("", spelled(returns, names))] if returns else []),
            _section("Raises", _raised(found, arguments, is_download=is_download)),
        ]
        return _docstrings(parts, lambda is_async: example_call(f"{'await ' if is_async else ''}{call}", arguments))

    def of_deprecation(self, found: Operation, described: Described, *, call: str, names: Mapping[str, str]) -> str:
        """Format what a deprecated method says when it is called, as a literal; empty if it is not deprecated."""
        if not found.deprecated:
            return ""
        about = spelled(described.description, {**self._methods, **names}).partition("\n\n")[0]
        return text.literal(f"{call} is deprecated{f': {about}' if about else ''}")

    def of_iterator(
        self, *, summary: str, method: str, call: str, arguments: list[Argument], names: Mapping[str, str]
    ) -> Docstrings:
        """Format the docstrings of the iterator of a paginated method."""
        parts = [
            f"{summary.rstrip('.')}, with automatic pagination.",
            text.prose(
                f"Takes the same filters as `{method}`. Pages are fetched while you iterate; every call begins at the "
                "first one.",
                _WIDTH,
            ),
            _section("Args", _entries(arguments, {**self._methods, **names})),
            "Yields:\n    One item at a time, from all pages.",
            _section(
                "Raises",
                [
                    (
                        "EigenpalError",
                        f"Fetching a page failed, as for `{method}`. Raised while you iterate, after the rows of the "
                        "pages before.",
                    ),
                    *(_REFUSED if arguments else []),
                ],
            ),
        ]
        given = example_call(call, arguments)
        return _docstrings(
            parts, lambda is_async: f"{'async ' if is_async else ''}for item in {given}:\n    print(item)"
        )


def _entries(arguments: list[Argument], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(found.name, spelled(found.documentation, names) or found.wire_place) for found in arguments]


def _raised(found: Operation, arguments: list[Argument], *, is_download: bool) -> list[tuple[str, str]]:
    statuses = found.failures
    listed = ", ".join(statuses[:-1]) + (" or " if len(statuses) > 1 else "") + "".join(statuses[-1:])
    refused = (
        f"The API returned an error{f' ({listed})' if listed else ''}, or the request failed or timed out. "
        "Most causes have a subclass, such as `EigenpalNotFoundError` for 404."
    )
    if not found.is_idempotent:
        refused += " If `outcome_unknown` is set, the server may have processed the request; it was not retried."
    return [
        ("EigenpalError", refused),
        *(_REFUSED if arguments else []),
        *(_UNREADABLE if takes_files(arguments) else []),
        *([("OSError", "`to` cannot be written.")] if is_download else []),
    ]


def _section(title: str, entries: list[tuple[str, str]]) -> str:
    return f"{title}:\n" + "\n".join(text.entry(name, about, _WIDTH) for name, about in entries) if entries else ""


def _docstrings(parts: list[str], example: Callable[[bool], str]) -> Docstrings:
    def format_example(is_async: bool) -> str:
        # Fenced, so that editors and the documentation site show it as code.
        code = f"```python\n{example(is_async)}\n```"
        return f"Examples:\n{textwrap.indent(code, '    ')}"

    return {is_async: text.docstring([*parts, format_example(is_async)], 8) for is_async in (False, True)}
