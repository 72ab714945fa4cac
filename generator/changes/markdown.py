"""Writes text from a document as Markdown that means nothing else: no markup, no mention, no link."""

from __future__ import annotations

import re

from generator.text import visible

_BACKTICKS = re.compile(r"`+")
_MARKUP = re.compile(r"\S*(?:[@#<>\[\]|*~\\&]|\b_|_\b|://)\S*")


def code(text: object) -> str:
    """Write something as code, whatever it contains."""
    content = visible(str(text))
    longest = max(map(len, _BACKTICKS.findall(content)), default=0)
    fence, space = "`" * (longest + 1), " " * bool(longest)
    return f"{fence}{space}{content}{space}{fence}"


def plain(text: str) -> str:
    """Write a sentence, with the words that Markdown or GitHub would take for something else as code."""
    return _MARKUP.sub(lambda word: code(word[0]), visible(" ".join(text.replace("`", "'").split())))
