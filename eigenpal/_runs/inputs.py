"""The input of a run, split into files and JSON values.

Top-level values of the input that are files, and lists of files, are uploaded. A file anywhere else could not be sent,
so it is refused with a message that names its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from eigenpal._uploads.files import FilePart, is_file, make_file_part


class Inputs(NamedTuple):
    """The input of a run, split into values and files."""

    values: dict[str, Any]
    files: dict[str, FilePart | list[FilePart]]


def split_inputs(given: object) -> Inputs:
    """Split the input of a run without modifying it, and check every file in it.

    Raises:
        TypeError: The input is not a mapping, or a file is of a type that cannot be sent.
        ValueError: A file is in a place where it cannot be sent, has no name, or cannot be read again.
        OSError: A file does not exist or cannot be read.
    """
    if given is None:
        return Inputs({}, {})
    if not isinstance(given, Mapping):
        if _looks_like_file(given):
            raise TypeError("input is a file; name the input that it is for: input={'document': ...}")
        raise TypeError(
            "input must be a mapping of names to values, such as {'document': Path('invoice.pdf')}, "
            f"not {type(given).__name__}"
        )
    inputs = Inputs({}, {})
    # The handles that can be read only once, with the places where they were found.
    read_once: dict[int, str] = {}
    for name, value in cast("Mapping[object, object]", given).items():
        if not isinstance(name, str):
            raise TypeError(f"input has the key {name!r}; the names of inputs must be str")
        where = f"input[{name!r}]"
        if _looks_like_file(value):
            inputs.files[name] = _make_part(where, value, read_once)
        elif _has_files(value):
            inputs.files[name] = _make_parts(where, cast("list[object]", value), read_once)
        else:
            _check_value(where, value)
            inputs.values[name] = value
        if name in inputs.files and not name.strip():
            raise ValueError(f"{where} is a file with an empty name; use the name of the input that it is for")
    return inputs


def _has_files(value: object) -> bool:
    return isinstance(value, (list, tuple)) and any(map(_looks_like_file, cast("list[object]", value)))


def _make_part(where: str, value: object, read_once: dict[int, str]) -> FilePart:
    part = make_file_part(where, cast("Any", value))
    if not part.replayable:
        first = read_once.setdefault(id(value), where)
        if first != where:
            raise ValueError(
                f"{where} is the same handle as {first}, and can be read only once; read it into memory and pass "
                "{'content': ..., 'filename': ...} for each"
            )
    return part


def _make_parts(where: str, values: list[object], read_once: dict[int, str]) -> list[FilePart]:
    for index, value in enumerate(values):
        if not _looks_like_file(value):
            raise ValueError(
                f"{where} mixes files and other values: {where}[{index}] is of type {type(value).__name__}; "
                "pass the files and the values as separate inputs"
            )
    return [_make_part(f"{where}[{index}]", value, read_once) for index, value in enumerate(values)]


def _check_value(where: str, value: object) -> None:
    try:
        place = _find_file(value)
    except RecursionError:
        raise ValueError(f"{where} contains itself, or is nested too deeply to be sent as JSON") from None
    if place is not None:
        raise ValueError(
            f"{where}{place} is a file inside another value; files are sent only as top-level values of input "
            "and in lists of them, so make it an input of its own: input={'document': ..., ...}"
        )


def _find_file(value: object) -> str | None:
    """Return the place of a file inside a value; None if there is none."""
    entries: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
    elif isinstance(value, (list, tuple)):
        entries = enumerate(cast("list[object]", value))
    for key, entry in entries:
        if _looks_like_file(entry):
            return f"[{key!r}]"
        place = _find_file(entry)
        if place is not None:
            return f"[{key!r}]{place}"
    return None


def _looks_like_file(value: object) -> bool:
    """Return whether a value is meant as a file, even if it is one that cannot be sent."""
    # Plain JSON values first: nearly all are, and need no further check.
    if value is None or isinstance(value, (str, int, float)):
        return False
    if is_file(value) or isinstance(value, (bytes, bytearray, memoryview)):
        return True
    # Bytes without a filename, for which `make_file_part` has a message.
    content = cast("Mapping[object, object]", value).get("content") if isinstance(value, Mapping) else None
    return isinstance(content, (bytes, bytearray, memoryview))
