"""Text of the spec as Python literals and docstrings. The text is untrusted and never becomes code."""

from __future__ import annotations

import re
import textwrap
import unicodedata

WIDTH = 120

# A fixed Unicode version, so that the output does not depend on the Python that runs the generator.
_CATEGORY = unicodedata.ucd_3_2_0.category
_SOFT_HYPHEN = "\u00ad"  # a visible dash in that version

# Quotation marks that would end a docstring: inside it, and at its end.
_ENDING = re.compile(r'"{3,}')
_ENDING_AT_THE_END = re.compile(r'"{3,}|"+$')

_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)]) ")
_FENCES = ("```", "~~~")


def literal(value: str) -> str:
    """Format a string literal. Unusual characters are escaped."""
    body = "".join(_safe(character, quote='"') for character in value)
    return f'"{body}"'


def value(value: str | int) -> str:
    """Format a string, a boolean or an integer as a literal."""
    return literal(value) if isinstance(value, str) else repr(value)


def docstring(paragraphs: list[str], indent: int) -> str:
    """Format a docstring, indented and quoted."""
    lines = "\n\n".join(part for part in paragraphs if part).split("\n")
    pad = " " * indent
    if len(lines) == 1:
        only = _escaped(lines[0], _ENDING_AT_THE_END)
        if len(only) + indent + 6 <= WIDTH:
            return f'"""{only}"""'
    lines = [_escaped(line, _ENDING) for line in lines]
    rest = "".join(f"\n{pad}{line}" if line else "\n" for line in lines[1:])
    return f'"""{lines[0]}{rest}\n{pad}"""'


def visible(value: str) -> str:
    """Escape control characters, invisible characters and line breaks."""
    return "".join(_safe(character, quote=None) if character != "\\" else character for character in value)


def prose(text: str, width: int) -> str:
    """Wrap Markdown: fill paragraphs and list items, and keep the lines of code and tables."""
    result = ""
    after_item = False
    for block in _blocks(text):
        item = _ITEM.match(block)
        filled = block if _is_laid_out(block) else _filled(block, width, "", " " * len(item[0]) if item else "")
        result += ("" if not result else "\n" if item and after_item else "\n\n") + filled
        after_item = item is not None
    return result


def sentence(text: str) -> str:
    """End a summary with a full stop."""
    return ended(" ".join(text.split()))


def ended(text: str) -> str:
    """End a text with a full stop, so that another sentence can follow; code and tables stay as they are."""
    text = text.rstrip()
    return text if not text or text.endswith((".", "!", "?", ":", *_FENCES, "|")) else f"{text}."


def entry(name: str, text: str, width: int) -> str:
    """Format an entry of an ``Args:`` section, or without a name the text of another section.

    List items, code and tables keep their lines, with an empty line around them, as Markdown needs it. Paragraphs are
    joined.

    Pyright's language server, which most editors use, shows an indented list of `-` or `*` as code, joins items that
    follow each other, and joins a line that ends with a colon to the argument before. All of this is avoided under a
    name; tests/editor/test_hovers.py shows the result.
    """
    blocks: list[str] = [f"{name}:"] if name else []
    for block in _blocks(text):
        if blocks and _is_text(blocks[-1]) and _is_text(block):
            blocks[-1] += f" {block}"
        else:
            blocks.append(block)
    if name:
        blocks = [re.sub(r"^[-*] ", "+ ", block) for block in blocks]
        if len(blocks) > 1 and blocks[0] != f"{name}:":
            blocks[0] = re.sub(r":$", ".", blocks[0])
    later = "        " if name else "    "
    result, before = "", ""
    for block in blocks:
        item = _ITEM.match(block)
        is_close = before == f"{name}:" or (item and not name and _ITEM.match(before))
        result += "" if not before else "\n" if is_close else "\n\n"
        if _is_laid_out(block):
            result += textwrap.indent(block, later)
        else:
            hanging = " " * len(item[0]) if item else ""
            result += _filled(block, width, later if before else "    ", later + hanging)
        before = block
    return result


def _is_text(block: str) -> bool:
    return not _ITEM.match(block) and not _is_laid_out(block)


def _filled(text: str, width: int, first: str, later: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        width=max(width, 40),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _blocks(text: str) -> list[str]:
    """Split Markdown into paragraphs and items, each joined to one line, and unchanged code and tables."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.strip().splitlines():
        stripped = line.strip()
        if fence:
            blocks[-1].append(line.rstrip())
            if stripped == fence:
                fence = ""
                blocks.append([])
        elif stripped[:3] in _FENCES:
            fence = stripped[:3]
            blocks.append([stripped])
        elif not stripped:
            blocks.append([])
        elif _ITEM.match(stripped) or (stripped.startswith("|") and not "".join(blocks[-1]).startswith("|")):
            blocks.append([stripped])
        else:
            blocks[-1].append(stripped)
    return [
        "\n".join(block) if _is_laid_out(block[0]) else " ".join(" ".join(block).split()) for block in blocks if block
    ]


def _is_laid_out(block: str) -> bool:
    return block.startswith((*_FENCES, "|"))


def _escaped(line: str, ending: re.Pattern[str]) -> str:
    safe = "".join(_safe(character, quote=None) for character in line.rstrip())
    return ending.sub(lambda found: '\\"' * len(found[0]), safe)


def _safe(character: str, quote: str | None) -> str:
    if character == "\\":
        return "\\\\"
    if character == quote:
        return f"\\{character}"
    # Control, format (such as bidirectional overrides), surrogate, private, unassigned and separator characters.
    if character != " " and (_CATEGORY(character)[0] in "CZ" or character == _SOFT_HYPHEN):
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character
