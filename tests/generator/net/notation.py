"""The notation of the data files: YAML that holds JSON, with a tag for every value that JSON has no type for.

``!datetime "2026-01-02T03:04:05+00:00"`` is a datetime, ``!bytes "a\\x00"`` are bytes, one a character, and
``!Run {id: run_1}`` is a model with its attributes. As an argument, there are more: see `recorder`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml

WIDTH = 118
# The file, its list of calls, and each call are written on several lines even where they are short.
_ALWAYS_BLOCKS = 3


class Tagged(NamedTuple):
    """A value with a tag."""

    tag: str
    value: Any


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as in the base class

    def construct_tagged(self, tag: str, node: Any) -> Tagged:
        if isinstance(node, yaml.MappingNode):
            return Tagged(tag, self.construct_mapping(node, deep=True))
        if isinstance(node, yaml.SequenceNode):
            return Tagged(tag, self.construct_sequence(node, deep=True))
        return Tagged(tag, self.construct_scalar(node))


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent(self, data: Any) -> None:
        node: Any = cast("Any", self).represent_data(data)
        _lay_out(node)
        self.serialize(node)

    def represent_text(self, value: str) -> Any:
        return cast("Any", self).represent_scalar(
            "tag:yaml.org,2002:str", value, style='"' if {"'", "\n"} & {*value} else None
        )

    def represent_tagged(self, value: Tagged) -> Any:
        represent: Any = self
        tag, content = f"!{value.tag}", value.value
        if isinstance(content, dict):
            return represent.represent_mapping(tag, content)
        if isinstance(content, list):
            return represent.represent_sequence(tag, content)
        return represent.represent_scalar(tag, str(content), style='"')


def _set_up(loader: Any, dumper: Any) -> None:
    # Only what is no text in JSON either: a date is text, and so are yes and no.
    for kind, pattern, first in (
        ("null", r"null", "n"),
        ("bool", r"true|false", "tf"),
        ("int", r"-?(0|[1-9]\d*)", "-0123456789"),
        ("float", r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", "-0123456789"),
    ):
        loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), list(first))
    loader.add_multi_constructor("!", loader.construct_tagged)
    dumper.add_representer(Tagged, dumper.represent_tagged)
    dumper.add_representer(str, dumper.represent_text)


_set_up(_Loader, _Dumper)


def _lay_out(node: Any, depth: int = 0, indent: int = 0, before: int = 0) -> None:
    """Put collections on one line where they fit, after ``before`` characters that stand there already."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = depth >= _ALWAYS_BLOCKS and indent + before + _measure(node) <= WIDTH
        for row in cast("list[Any]", node.value):
            key, value = row if isinstance(node, yaml.MappingNode) else (None, row)
            _lay_out(value, depth + 1, indent + 2, 0 if key is None else _measure(key))


def _measure(node: Any) -> int:
    length, content = len(node.tag) + 1 if node.tag.startswith("!") else 0, node.value
    if isinstance(node, yaml.MappingNode):
        return length + sum(_measure(key) + _measure(value) + 4 for key, value in content)
    if isinstance(node, yaml.SequenceNode):
        return length + sum(_measure(row) + 2 for row in content) + 2
    return length + len(content) + (0 if re.fullmatch(r"[\w./-]+", content) else 2)


def load(path: Path) -> Any:
    """Load a data file."""
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)


def dump(value: Any, *, sort_keys: bool = False) -> str:
    """Format the content of a data file."""
    text = str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=sort_keys, width=10_000))
    return re.sub(r"(?m)^- ", "\n- ", text)
