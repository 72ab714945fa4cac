"""Converts wire names to Python names."""

from __future__ import annotations

import builtins
import keyword
import re

# Names that endpoint modules and methods of the tree use: an argument of the same name would hide them.
RESERVED_IN_PAGES = frozenset(
    [
        "cls",
        "file_parts",
        "float",
        "headers",
        "list",
        "models",
        "query",
        "request",
        "runtime",
        "self",
        "str",
        "text_parts",
        "tuple",
    ]
)
# Members of every model, and names that its decoder, annotations and decorators use.
RESERVED_IN_MODELS = frozenset(
    [
        "bool",
        "classmethod",
        "cls",
        "datetime",
        "dict",
        "float",
        "from_dict",
        "frozenset",
        "get",
        "int",
        "items",
        "keys",
        "list",
        "mro",
        "raw",
        "self",
        "str",
        "to_dict",
        "values",
    ]
)
# Names that generated modules import or define in addition to the models.
RESERVED_CLASSES = frozenset(
    [
        "Any",
        "AsyncTransport",
        "AsyncIterator",
        "Callable",
        "Transport",
        "ClassVar",
        "DownloadTarget",
        "False",
        "Iterator",
        "Literal",
        "Mapping",
        "Model",
        "None",
        "Progress",
        "Request",
        "Response",
        "Sequence",
        "TYPE_CHECKING",
        "Tree",
        "True",
        "TypeAlias",
        "UNSET",
        "Unset",
    ]
)
# Names that annotations and decorators of a resource class use: a member of the same name would hide them.
RESERVED_MEMBERS = frozenset(
    [
        "bool",
        "builtins",
        "bytes",
        "transport",
        "datetime",
        "dict",
        "float",
        "int",
        "models",
        "object",
        "overload",
        "property",
        "runtime",
        "str",
    ]
)

# Where a word begins within a camelCase name; digits belong to the preceding word.
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[\W_]+")

COMPONENT_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*")
PATH = re.compile(r"(/([A-Za-z0-9._~-]+|\{[A-Za-z][A-Za-z0-9_]*\}))+")
PATH_PARAMETER = re.compile(r"\{([^}]*)\}")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def snake_case(name: str) -> str:
    """Convert a name to snake_case: `contentBase64` becomes `content_base64`."""
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
    hides = hasattr(builtins, field) or field == "decoded"
    return f"{field}_" if hides else field


def module_name(component: str) -> str:
    """Return the module name of a model."""
    return python_name(component)


def decoder_name(component: str) -> str:
    """Return the name of the function that decodes a model or a union."""
    return f"decode_{module_name(component).rstrip('_')}"


def operation_steps(operation_id: str) -> list[str]:
    """Return the attribute names that lead to an operation's method."""
    return [python_name(step) for step in operation_id.split(".")]


def class_name(steps: list[str]) -> str:
    """Return the class name of a resource, made of its place in the tree."""
    return "".join(word.capitalize() for step in steps for word in step.split("_"))


def collision(other: str, name: str) -> str:
    """Return the problem that two arguments or properties have the same name, and how to fix it."""
    return f"collides with {other!r}: both would be {name} in Python; rename one with x-eigenpal-name"


_MEDIA_WORDS = {"x-www-form-urlencoded": "form", "octet-stream": "binary", "plain": "text", "form-data": "multipart"}


def media_word(media: str) -> str:
    """Return a word for a media type of a body, for the names of functions and methods that send it."""
    kind = media.partition("/")[2]
    return _MEDIA_WORDS.get(kind) or python_name(kind) or "other"


def iterator_name(method: str) -> str:
    """Return the name of the iterator for a paginated method."""
    return "iter" if method == "list" else f"iter_{method}"
