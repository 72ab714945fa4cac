"""Names of the wire in Python's spelling."""

from __future__ import annotations

import builtins
import keyword
import re

# What a page under api/ and the methods of the tree use themselves: an argument of one of these names would hide it.
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
# Members of every model, the names its decoder uses, and those of the annotations and decorators around its fields.
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
# Names the generated modules import or define themselves, beside the models.
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
# What the annotations and decorators need in the very class that would have a member of this name.
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

# Where a word begins inside a name in camelCase; digits belong to the word in front of them.
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[\W_]+")

COMPONENT_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*")
PATH = re.compile(r"(/([A-Za-z0-9._~-]+|\{[A-Za-z][A-Za-z0-9_]*\}))+")
PATH_PARAMETER = re.compile(r"\{([^}]*)\}")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def snake_case(name: str) -> str:
    """Spell a name in snake_case: `contentBase64` is `content_base64`."""
    return _SEPARATORS.sub("_", _WORD.sub("_", name)).strip("_").lower()


def python_name(name: str, reserved: frozenset[str] = frozenset()) -> str:
    """Spell a wire name in snake_case; Python's keywords and the page's own names get a trailing underscore.

    Returns an empty string where nothing of the name can stand in Python.
    """
    spelled = snake_case(name).strip("_")
    if not spelled.isidentifier() or not spelled.isascii():
        return ""
    return f"{spelled}_" if keyword.iskeyword(spelled) or spelled in reserved else spelled


def local_name(field: str) -> str:
    """Name the variable of a decoder that holds a field; it must hide no function the decoder calls."""
    hides = hasattr(builtins, field) or field == "decoded"
    return f"{field}_" if hides else field


def module_name(component: str) -> str:
    """Name the module of a model."""
    return python_name(component)


def decoder_name(component: str) -> str:
    """Name the function that decodes a union."""
    return f"decode_{module_name(component).rstrip('_')}"


def operation_steps(operation_id: str) -> list[str]:
    """Spell an operationId as the attribute names that lead to the method."""
    return [python_name(step) for step in operation_id.split(".")]


def class_name(steps: list[str]) -> str:
    """Name the class of a resource by its place in the tree."""
    return "".join(word.capitalize() for step in steps for word in step.split("_"))


def collision(other: str, name: str) -> str:
    """Return the problem that two arguments or properties have the same name, and how to fix it."""
    return f"collides with {other!r}: both would be {name} in Python; x-eigenpal-name can give one another name"


def iterator_name(method: str) -> str:
    """Name the iterator beside a paginated method."""
    return "iter" if method == "list" else f"iter_{method}"
