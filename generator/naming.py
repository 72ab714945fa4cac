"""Converts wire names to Python names."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

PACKAGE = "eigenpal_generated"
OWN = "\N{PHOENICIAN LETTER ALF}"
"""Ends the names that a generated module defines itself while it is put together (imports.py). No document has it."""

PAGE_SIZE = "page_size"
"""What iterators call the number of rows on a page."""

# Arguments that every method has, and those of downloads.
RESERVED_IN_PAGES = frozenset(["self"])
RESERVED_IN_DOWNLOADS = RESERVED_IN_PAGES | {"progress", "to"}
# Members of every model, and the first argument of its constructor.
RESERVED_IN_MODELS = frozenset(["from_dict", "get", "items", "keys", "mro", "self", "to_dict", "values"])
# What a variable of a model's decoder must not be called: other variables, and imports whose attributes are used.
_NOT_LOCAL = frozenset(["builtins", "cls", "datetime", "decoded", "models", "overload", "raw", "runtime"])

# Where a word begins within a camelCase name; digits belong to the preceding word.
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[\W_]+")
# A fixed Unicode version, so that the output does not depend on the Python that runs the generator.
_CATEGORY = unicodedata.ucd_3_2_0.category

COMPONENT_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*")
PATH_PARAMETER = re.compile(r"\{([^}]*)\}")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def snake_case(name: str) -> str:
    """Convert a name to snake_case: `contentBase64` becomes `content_base64`."""
    if not name.isascii():
        name = "".join(letter if _CATEGORY(letter)[0] in "LN" else "_" for letter in name)
    return _SEPARATORS.sub("_", _WORD.sub("_", name)).strip("_").lower()


def python_name(name: str, reserved: frozenset[str] = frozenset()) -> str:
    """Convert a wire name to snake_case; Python keywords and reserved names get a trailing underscore.

    Returns an empty string if the name cannot become a Python name.
    """
    spelled = snake_case(name).strip("_")
    if not spelled.isidentifier() or not spelled.isascii():
        return ""
    return f"{spelled}_" if keyword.iskeyword(spelled) or spelled in reserved else spelled


def local_name(field: str) -> str:
    """Return the name of a decoder's variable for a field; it must not hide a function that the decoder calls."""
    return f"{field}_" if hasattr(builtins, field) or field in _NOT_LOCAL else field


def module_name(component: str) -> str:
    """Return the module name of a model. Decoders, which are functions of the same package, begin with ``decode_``."""
    name = python_name(component)
    return f"{name}_" if name.startswith("decode_") else name


def decoder_name(component: str) -> str:
    """Return the name of the function that decodes a model or a union."""
    return f"decode_{module_name(component).rstrip('_')}"


def operation_steps(operation_id: str) -> list[str]:
    """Return the attribute names that lead to an operation's method."""
    return [python_name(step) for step in operation_id.split(".")]


def class_name(steps: list[str]) -> str:
    """Return the class name of a resource, made of its place in the tree."""
    name = "".join(word.capitalize() for step in steps for word in step.split("_"))
    # The root of the tree, and the asynchronous classes.
    return f"{name}_" if name == "Tree" or name.startswith("Async") else name


_MEDIA_WORDS = {"x-www-form-urlencoded": "form", "octet-stream": "binary", "plain": "text", "form-data": "multipart"}


def media_words(media: list[str]) -> list[str]:
    """Return a word for each media type of a body, for the names of functions and methods that send it."""
    words: list[str] = []
    for name in media:
        kind = name.partition("/")[2]
        short = _MEDIA_WORDS.get(kind) or python_name(kind) or "other"
        words.append(short if short not in words else python_name(name) or f"{short}_{len(words)}")
    return words


def iterator_name(method: str) -> str:
    """Return the name of the iterator for a paginated method."""
    return "iter" if method == "list" else f"iter_{method}"
