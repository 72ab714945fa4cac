"""The input of a run, split into files and JSON values.

Files and lists of files are uploaded if they are top-level values of the input. A file anywhere else raises an error
that names its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from eigenpal._uploads.file_arguments import is_file, is_text_file, make_file_part
from eigenpal._uploads.files import FilePart
from eigenpal_generated.encoding import describe_type


class Inputs(NamedTuple):
    """The input of a run, split into values and files."""

    values: dict[str, Any]
    files: dict[str, FilePart | list[FilePart]]


def split_inputs(given: object) -> Inputs:
    """Split the input of a run without modifying it, and check every file in it.

    Raises:
        TypeError: The input is not a mapping, or a file is of a type that cannot be sent.
        ValueError: A file is inside another value, has no name, or is passed twice but can be read only once.
        OSError: A file does not exist or cannot be read.
    """
    if given is None:
        return Inputs({}, {})
    if not isinstance(given, Mapping):
        if _looks_like_file(given):
            raise TypeError("input is a file; pass it with the name of the input: input={'document': ...}")
        raise TypeError(
            "input must be a mapping of names to values, such as {'document': Path('invoice.pdf')}, "
            f"not {describe_type(given)}"
        )
    inputs = Inputs({}, {})
    # The paths of file handles that can be read only once, by id.
    read_once: dict[int, str] = {}
    for name, value in cast("Mapping[object, object]", given).items():
        if not isinstance(name, str):
            raise TypeError(f"input has the key {name!r}; input names must be str")
        where = f"input[{name!r}]"
        if _looks_like_file(value):
            inputs.files[name] = _make_part(where, value, read_once)
        elif _has_files(value):
            inputs.files[name] = _make_parts(where, cast("list[object]", value), read_once)
        else:
            _check_value(where, value)
            inputs.values[name] = value
        if name in inputs.files and not name.strip():
            raise ValueError(f"{where} is a file with an empty input name")
    return inputs


def _has_files(value: object) -> bool:
    return isinstance(value, (list, tuple)) and any(map(_looks_like_file, cast("list[object]", value)))


def _make_part(where: str, value: object, read_once: dict[int, str]) -> FilePart:
    part = make_file_part(where, cast("Any", value))
    if not part.replayable:
        first = read_once.setdefault(id(value), where)
        if first != where:
            raise ValueError(
                f"{where} is the same file handle as {first}, and can be read only once; read it into memory and pass "
                "{'content': ..., 'filename': ...} for each"
            )
    return part


def _make_parts(where: str, values: list[object], read_once: dict[int, str]) -> list[FilePart]:
    for index, value in enumerate(values):
        if not _looks_like_file(value):
            raise ValueError(
                f"{where} mixes files and other values ({where}[{index}] is of type {describe_type(value)}); "
                "pass the files and the values as separate inputs, and a file under a name as (filename, content)"
            )
    return [_make_part(f"{where}[{index}]", value, read_once) for index, value in enumerate(values)]


def _check_value(where: str, value: object) -> None:
    try:
        path = _find_file(value)
    except RecursionError:
        raise ValueError(f"{where} contains itself, or is nested too deeply to be sent as JSON") from None
    if path is not None:
        raise ValueError(
            f"{where}{path} is a file inside another value; files, or lists of files, must be top-level values of "
            "input: input={'document': ..., ...}. A file under another name is {'content': ..., 'filename': ...}"
        )


def _find_file(value: object) -> str | None:
    """Return the path of the first file inside a value, or None."""
    entries: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
    elif isinstance(value, (list, tuple)):
        entries = enumerate(cast("list[object]", value))
    for key, entry in entries:
        if is_file(entry):
            return f"[{key!r}]"
        path = _find_file(entry)
        if path is not None:
            return f"[{key!r}]{path}"
    return None


def _looks_like_file(value: object) -> bool:
    """Return whether a value is meant as a file, even if it cannot be sent.

    Inside other values, where a file cannot be, a mapping of texts is no file but JSON.
    """
    return is_file(value) or is_text_file(value)
