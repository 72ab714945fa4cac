"""The docstrings of the methods, in Google's style: what an editor shows."""

from __future__ import annotations

from collections.abc import Callable

from generator import text
from generator.arguments import Argument, example_call
from generator.document import Node
from generator.spec import Placed, mapping

Docstrings = dict[bool, str]
"""For the synchronous and the asynchronous twin."""

_WIDTH = text.WIDTH - 8  # inside a class, inside a method
_DOWNLOAD = [
    (
        "to",
        "Where to write what is received: a path, replaced only once everything has arrived, or a handle "
        "opened in binary mode. Without it, the bytes are returned.",
    ),
    ("progress", "Called with the number of bytes received and their total, None where that is unknown."),
]


class Documentation:
    """Writes the docstrings of a spec's methods."""

    def __init__(self, document: Node) -> None:
        self.document = document

    def of_method(
        self,
        found: Placed,
        described: Node,
        *,
        call: str,
        arguments: list[Argument],
        returns: str,
        is_download: bool,
    ) -> Docstrings:
        """Write the docstrings of a method.

        Args:
            found: The operation.
            described: What holds the texts of this method.
            call: The way to the method from a client.
            arguments: Its arguments.
            returns: What it returns, empty for nothing.
            is_download: Whether the answer can go into a file.
        """
        about = str(described.get("description", ""))
        deprecated = found.node.get("deprecated") is True and not about.startswith("Deprec")
        entries = [(argument.name, argument.documentation or argument.name) for argument in arguments]
        entries += _DOWNLOAD if is_download else []
        parts = [
            text.sentence(str(described.get("summary") or call.rsplit(".", 1)[-1])),
            "Deprecated." if deprecated else "",
            text.prose(about, _WIDTH),
            _section("Args", entries),
            _section("Returns", [("", returns)] if returns else []),
            _section("Raises", _raised(found)),
        ]
        return _docstrings(parts, lambda is_async: f"{'await ' if is_async else ''}{call}({example_call(arguments)})")

    def of_iterator(self, *, summary: str, method: str, call: str, arguments: list[Argument], row: str) -> Docstrings:
        """Write the docstrings of the iterator beside a paginated method."""
        limit = any(argument.name == "limit" for argument in arguments)
        parts = [
            f"{summary.rstrip('.')}, all pages one after the other.",
            text.prose(
                f"Takes the filters of `{method}`; a page is fetched when its first row is asked for"
                + (", and `limit` is the size of a page." if limit else "."),
                _WIDTH,
            ),
            _section("Args", [(argument.name, argument.documentation or argument.name) for argument in arguments]),
            f"Yields:\n    {row.removeprefix('models.')}: One row after the other.",
            _section("Raises", [("EigenpalError", f"As `{method}`, for any of the pages.")]),
        ]
        given = example_call(arguments)
        return _docstrings(
            parts,
            lambda is_async: f"{'async ' if is_async else ''}for row in {call}({given}):\n        print(row)",
        )


def _raised(found: Placed) -> list[tuple[str, str]]:
    statuses = [status for status in sorted(mapping(found.node, "responses")) if not status.startswith("2")]
    listed = ", ".join(statuses[:-1]) + (" or " if len(statuses) > 1 else "") + "".join(statuses[-1:])
    return [
        ("EigenpalError", f"The API refused the call{f' ({listed})' if listed else ''}; the subclass tells why."),
        ("ValueError", "An argument cannot be sent as it is."),
    ]


def _section(title: str, entries: list[tuple[str, str]]) -> str:
    return f"{title}:\n" + "\n".join(text.entry(name, about, _WIDTH) for name, about in entries) if entries else ""


def _docstrings(parts: list[str], example: Callable[[bool], str]) -> Docstrings:
    return {is_async: text.docstring([*parts, f"Example:\n    {example(is_async)}"], 8) for is_async in (False, True)}
