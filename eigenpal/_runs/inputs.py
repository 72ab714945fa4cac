"""The input of a run, split into what travels as files and what travels as JSON.

Files are looked for among the top-level values, where each stands for one input of the workflow or agent, and in lists
of them. A file anywhere else would be lost on the way, so it is refused with the name of the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from eigenpal._uploads.files import is_file, make_file_part
from eigenpal_generated.runtime import FileInput


class Inputs(NamedTuple):
    """The input of a run in its two parts; the mapping they came from stays as it was."""

    values: dict[str, Any]
    files: dict[str, FileInput | list[FileInput]]


def split_inputs(given: object) -> Inputs:
    """Split the input of a run, after checking that every file in it can be sent."""
    if given is None:
        return Inputs({}, {})
    if not isinstance(given, Mapping):
        if _meant_as_file(given):
            raise TypeError("input is a file; say which input it is for: input={'document': ...}")
        raise TypeError(
            "input must be a mapping of names to values, such as {'document': Path('invoice.pdf')}, "
            f"not {type(given).__name__}"
        )
    inputs = Inputs({}, {})
    checked = _Checked()
    for name, value in cast("Mapping[object, object]", given).items():
        if not isinstance(name, str):
            raise TypeError(f"input has the key {name!r}: the names of inputs are str")
        _sort(inputs, checked, name, value)
    return inputs


class _Checked:
    """Checks that each file can be sent, and all of them together."""

    def __init__(self) -> None:
        self._read_once: dict[int, str] = {}

    def file(self, where: str, value: object) -> FileInput:
        file = cast("FileInput", value)
        if not make_file_part(where, file).replayable:
            first = self._read_once.setdefault(id(file), where)
            if first != where:
                raise ValueError(
                    f"{where} is the same handle as {first}, and can be read only once; read it into memory and give "
                    "{'content': ..., 'filename': ...} for each"
                )
        return file

    def files(self, where: str, values: list[object]) -> list[FileInput]:
        for index, value in enumerate(values):
            if not _meant_as_file(value):
                raise ValueError(
                    f"{where} mixes files and other values: {where}[{index}] is of type {type(value).__name__}; "
                    "give the files and the values as inputs of their own"
                )
        return [self.file(f"{where}[{index}]", value) for index, value in enumerate(values)]


def _sort(inputs: Inputs, checked: _Checked, name: str, value: object) -> None:
    where = f"input[{name!r}]"
    if _meant_as_file(value):
        inputs.files[name] = checked.file(where, value)
    elif _holds_files(value):
        inputs.files[name] = checked.files(where, cast("list[object]", value))
    else:
        try:
            place = _file_inside(value)
        except RecursionError:
            raise ValueError(f"{where} holds itself, or is nested too deep to be sent as JSON") from None
        if place is not None:
            raise ValueError(
                f"{where}{place} is a file inside another value; files are sent only as top-level values of input "
                "and in lists of them, so make it an input of its own: input={'document': ..., ...}"
            )
        inputs.values[name] = value
    if name in inputs.files and not name.strip():
        raise ValueError(f"{where} is a file under an empty name; use the name of the input it is for")


def _holds_files(value: object) -> bool:
    return isinstance(value, (list, tuple)) and any(map(_meant_as_file, cast("list[object]", value)))


def _file_inside(value: object) -> str | None:
    """Return the place, within a value, of a file in it; None where there is none."""
    entries: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
    elif isinstance(value, (list, tuple)):
        entries = enumerate(cast("list[object]", value))
    for key, entry in entries:
        if _meant_as_file(entry):
            return f"[{key!r}]"
        place = _file_inside(entry)
        if place is not None:
            return f"[{key!r}]{place}"
    return None


def _meant_as_file(value: object) -> bool:
    """Tell whether the caller meant a file, also where it is one that cannot be sent."""
    # Plain JSON values come first: nearly all are, and they need no further look.
    if value is None or isinstance(value, (str, int, float)):
        return False
    if is_file(value) or isinstance(value, (bytes, bytearray, memoryview)):
        return True
    # Bytes without a filename; `make_file_part` says what is missing.
    content = cast("Mapping[object, object]", value).get("content") if isinstance(value, Mapping) else None
    return isinstance(content, (bytes, bytearray, memoryview))
