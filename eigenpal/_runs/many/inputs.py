"""The inputs of a batch: their forms, their keys, and the digest that is the default key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias, cast

from eigenpal._runs.inputs import Inputs, split_inputs
from eigenpal._runs.many.results import quote_key
from eigenpal._uploads.file_arguments import find_handle, is_file
from eigenpal._uploads.files import FilePart
from eigenpal._uploads.upload_errors import FileReadError
from eigenpal_generated.encoding import describe_type, dump_json, to_json

InputOfBatch: TypeAlias = Mapping[str, Any] | tuple[str, Mapping[str, Any]]
BatchInputs: TypeAlias = Iterable[InputOfBatch] | Mapping[str, Mapping[str, Any]]
AsyncBatchInputs: TypeAlias = BatchInputs | AsyncIterable[InputOfBatch]

_EXAMPLE = "{'document': Path('invoice.pdf')}"
_MAX_MARKED_KEY = 200


class BatchInput(NamedTuple):
    """One input of a batch."""

    position: int
    key: str | None
    """The key that the user has given."""
    values: Mapping[str, Any]


def list_inputs(inputs: object) -> object:
    """Return an iterable of inputs, or of pairs of key and input. What is in memory is checked before anything is sent.

    Raises:
        TypeError: It is one input, cannot be iterated over, or has an item that is no input.
        ValueError: A key is empty.
    """
    if isinstance(inputs, Mapping):
        for key, value in cast("Mapping[object, object]", inputs).items():
            if not isinstance(key, str):
                raise TypeError(f"inputs has the key {key!r}; the keys of inputs must be str")
            if not key.strip():
                raise ValueError("inputs has an empty key")
            if _is_input(value):
                continue
            raise TypeError(
                f"inputs is a mapping, whose values must be inputs such as {_EXAMPLE}, but inputs[{quote_key(key)}] is "
                f"{_describe(value)}; for one input, pass a list with it"
            )
        return cast("Mapping[object, object]", inputs).items()
    is_iterable = hasattr(inputs, "__iter__") or hasattr(inputs, "__aiter__")
    if isinstance(inputs, (str, bytes)) or is_file(inputs) or not is_iterable:
        raise TypeError(f"inputs must be an iterable of inputs such as {_EXAMPLE}, not {describe_type(inputs)}")
    if isinstance(inputs, (list, tuple)):
        for index, given in enumerate(cast("list[object]", inputs)):
            _split_pair(index, given)
    return cast("object", inputs)


def parse_input(index: int, given: object) -> BatchInput:
    """Return an item of the iterable of inputs.

    Raises:
        TypeError: It is neither an input nor a pair of key and input.
        ValueError: The key is empty.
    """
    key, values = _split_pair(index, given)
    # A copy, because an iterable may yield the same mapping again, with other values, before this input is started.
    return BatchInput(index, key, dict(values))


def _split_pair(index: int, given: object) -> tuple[str | None, Mapping[str, Any]]:
    key: object = None
    where, values = f"inputs[{index}]", given
    if isinstance(given, tuple):
        pair = cast("tuple[object, ...]", given)
        if len(pair) != 2 or not isinstance(pair[0], str):
            raise TypeError(f"{where} is a tuple, which must be a pair of key and input: ('invoice 1', {_EXAMPLE})")
        key, values = pair
        where = f"inputs[{index}][1]"
        if not cast("str", key).strip():
            raise ValueError(f"the key of inputs[{index}] is empty")
    if not _is_input(values):
        raise TypeError(f"{where} is {_describe(values)}; an input is a mapping of names to values, such as {_EXAMPLE}")
    return cast("str | None", key), cast("Mapping[str, Any]", values)


def _is_input(value: object) -> bool:
    return isinstance(value, Mapping) and not is_file(cast("object", value))


def _describe(value: object) -> str:
    return "a file" if is_file(value) else f"of type {describe_type(value)}"


# --- keys -------------------------------------------------------------------------------------------------------------


class Prepared(NamedTuple):
    """An input whose files were checked."""

    values: Mapping[str, Any]
    digest: str | None
    """None if it was not asked for."""


def prepare(values: Mapping[str, Any], *, needs_digest: bool) -> Prepared:
    """Check the files of an input, and compute its digest if it is needed.

    Raises:
        TypeError: A value cannot be sent.
        ValueError: A value cannot be sent, or a file can be read only once.
        OSError: A file does not exist or cannot be read.
    """
    inputs = split_inputs(values)
    kept = {**inputs.values, **inputs.files}
    return Prepared(kept, compute_digest(inputs) if needs_digest else None)


class HandleRegistry:
    """The file handles of the inputs in progress. Inputs that read one at the same time would each get parts of it."""

    def __init__(self) -> None:
        self._used: dict[int, int] = {}
        """The position of the input that uses a handle, by the id of the handle."""

    def add(self, given: BatchInput) -> None:
        """Note which handles an input uses.

        Raises:
            ValueError: Another input uses one of them.
        """
        for name, value in given.values.items():
            is_list = isinstance(value, (list, tuple)) and not is_file(cast("object", value))
            for file in cast("list[object]", value if is_list else [value]):
                handle = find_handle(file)
                if handle is not None and self._used.setdefault(id(handle), given.position) != given.position:
                    raise ValueError(
                        f"input[{name!r}] is a file handle that another input uses at the same time; pass a "
                        "pathlib.Path, or {'content': bytes, 'filename': ...}"
                    )

    def remove(self, given: BatchInput) -> None:
        """Forget an input that is no longer in progress."""
        for handle in [handle for handle, position in self._used.items() if position == given.position]:
            del self._used[handle]


def compute_digest(inputs: Inputs) -> str:
    """Return a digest of the values, and of the names, types and bytes of the files.

    Raises:
        TypeError: A value cannot be sent.
        ValueError: A value cannot be sent, or a file can be read only once.
        OSError: A file cannot be read.
    """
    # Parsed again, because equal inputs may have their names in different orders.
    plain = json.loads(dump_json(to_json(inputs.values, "input")))
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True).encode())
    for name, part in sorted(_list_parts(inputs), key=lambda pair: pair[0]):
        content = hashlib.sha256()
        part.prepare()
        if not part.replayable:
            raise ValueError(
                f"the file of input[{name!r}] can be read only once, so its digest cannot be the key; "
                "pass a pair of your own key and the input"
            )
        try:
            for chunk in part.chunks():
                content.update(chunk)
        except FileReadError as error:
            raise OSError(str(error)) from None
        finally:
            part.rewind()
        digest.update(json.dumps([name, part.filename, part.content_type, content.hexdigest()]).encode())
    return digest.hexdigest()[:24]


def _list_parts(inputs: Inputs) -> list[tuple[str, FilePart]]:
    return [
        (name, part) for name, value in inputs.files.items() for part in (value if isinstance(value, list) else [value])
    ]


def compute_fingerprint(key: str) -> int:
    """Return a number for a key, which takes less memory. Two of a million keys share one with a chance of 1e-6."""
    return int.from_bytes(hashlib.sha256(key.encode(errors="surrogatepass")).digest()[:8], "big") >> 4


class KeyRegistry:
    """The keys of a batch. It remembers a number for each."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._repeats: dict[int, int] = {}

    def add_given(self, key: str) -> str:
        """Return a key of the user.

        Raises:
            ValueError: Another input has it.
        """
        fingerprint = compute_fingerprint(key)
        if fingerprint in self._seen:
            raise ValueError(f"two inputs have the key {quote_key(key)}")
        self._seen.add(fingerprint)
        return key

    def add_digest(self, digest: str) -> str:
        """Return the key for a digest: of equal inputs, all but the first have a number."""
        fingerprint = compute_fingerprint(digest)
        if fingerprint not in self._seen:
            self._seen.add(fingerprint)
            return digest
        number = self._repeats[fingerprint] = self._repeats.get(fingerprint, 1) + 1
        return f"{digest}#{number}"


def make_mark(token: str, key: str, attempt: int) -> str:
    """Return the idempotency key of a start.

    Args:
        token: What tells this batch from others, which may have the same inputs.
        key: The key of the input.
        attempt: The number of the run, because a server that honors the key would return the failed run again.
    """
    is_plain = key.isascii() and key.isprintable() and key == key.strip() and len(key) <= _MAX_MARKED_KEY
    name = key if is_plain else hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:32]
    return f"{token}.{attempt}/{name}"
