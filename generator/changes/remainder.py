"""Finds differences of the code that no other entry tells, so that none goes unsaid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from generator.changes.code import Code, model_file, name_files
from generator.changes.entries import Entry, Section
from generator.changes.places import Places
from generator.changes.sides import Side
from generator.changes.texts import NO_LONGER_DEPRECATED
from generator.formatting import Files
from generator.naming import PACKAGE, class_name, decoder_name, iterator_name, module_name

_DERIVED = re.compile(r".*/__init__\.py")
"""Modules that only list others."""
_METHOD = re.compile(r"\.[a-z]")
_CALL = "builds its request or reads its response in another way"
_ALIAS = "lists its values in another order"
_MODEL = "is built or decoded in another way"


def find_remainder(
    old: Side, new: Side, after: Places, renamed: Mapping[str, str], told: Collection[Entry]
) -> Iterator[Entry]:
    """Find what differs in the code and is not told yet.

    Args:
        old: The earlier side.
        new: The present one.
        after: Where the present document describes what.
        renamed: The new names of calls and types by their old ones.
        told: What is told already.
    """
    before, now = Code(_rename(old.files, renamed)), Code(_rename(new.files, {}))
    # What is deprecated warns, so its code differs.
    telling = [entry for entry in told if entry.section is not Section.TEXTS or entry.text == NO_LONGER_DEPRECATED]
    subjects = {entry.name.partition("(")[0] for entry in telling}
    deprecated = [entry.name.removesuffix("()") for entry in telling if entry.section is Section.DEPRECATED]
    deprecated += [entry.name.removesuffix("()") for entry in telling if entry.text == NO_LONGER_DEPRECATED]
    # The iterator over the pages of a call warns with it.
    subjects |= {f"{place}.{iterator_name(call)}" for place, _, call in (name.rpartition(".") for name in deprecated)}
    subjects |= {".".join(name.split(".")[:2]) for name in subjects if name.startswith("types.")}
    named = _Names(after, new.surface.aliases)
    left = [module for module in before.differing(now) if module in old.files and module in new.files]
    reported = False
    for module in left:
        if _DERIVED.fullmatch(module):
            continue
        one, other = before.pieces(module), now.pieces(module)
        differing = {piece for piece in {*one, *other} if one.get(piece) != other.get(piece)}
        if module.startswith("resources/"):  # calls that came or went are told
            differing = {piece for piece in differing & one.keys() & other.keys() if _METHOD.search(piece)}
        elif "PAGINATION" not in one.keys() & other.keys():  # its iterator came or went
            differing.discard("PAGINATION")
        for names, text in {named.of(module, piece) for piece in differing}:
            if subjects.isdisjoint(names):
                reported = True
                place = named.places.get(names[0]) or f"{PACKAGE}/{module}"
                yield Entry(Section.BEHAVIOUR, names[0], text, "", "", place)
    if left and not reported and not subjects:
        yield Entry(Section.BEHAVIOUR, PACKAGE, f"has something in another order, in {name_files(left)}")


class _Names:
    """What a user calls what is defined in a module."""

    def __init__(self, after: Places, aliases: Collection[str]) -> None:
        self._calls: dict[str, list[str]] = {}
        self.places = {f"types.{name}": after.model(name) for name in after.models}
        """Where the document describes what has a name."""
        for name, found in {**after.endpoints, **after.hidden}.items():
            self._calls.setdefault(found.module, []).append(after.shown(name))
            self.places[after.shown(name)] = after.call(name)
        self._resources = {class_name(name.split(".")[1:-1]): name.rpartition(".")[0] for name in after.endpoints}
        self._aliases = {model_file(name) for name in after.models if name in aliases}
        self._models = {model_file(name): f"types.{name}" for name in after.models}

    def of(self, module: str, piece: str) -> tuple[tuple[str, ...], str]:
        """Return the names that tell about a piece of a module, and what to say if none does."""
        if module in self._models:
            name = self._models[module]
            return (name,), _ALIAS if module in self._aliases and name == f"types.{piece}" else _MODEL
        if module in self._calls:
            calls = self._calls[module]
            return (*calls[:1], *(name.partition("(")[0] for name in calls)), _CALL
        if module.startswith("resources/"):
            resource, _, method = piece.removeprefix("Async").partition("#")[0].partition(".")
            call = f"{self._resources.get(resource.removesuffix('_'), 'client')}.{method}"
            return (f"{call}()", call), _CALL
        if module == "__init__.py":  # told if it is the default server
            return (PACKAGE, "EigenpalClient"), f"has another {piece}"
        return (f"{PACKAGE}.{module.removesuffix('.py')}",), "works in another way"


def _rename(files: Files, renamed: Mapping[str, str]) -> Files:
    """Return files in which calls and types have their new names, and all decoders are imported in the same way."""
    types = {old: new for old, new in renamed.items() if "." not in old}
    words = {old: new for pair in types.items() for old, new in _words(*pair)}
    paths = {model_file(old): model_file(new) for old, new in types.items()}
    phrases = {"_models.decode_": "_decode_"}
    phrases |= {_endpoint(old): _endpoint(new) for old, new in renamed.items() if "." in old}
    found = re.compile("|".join([*map(re.escape, phrases), r"\w+"]))
    return {
        paths.get(name, name): found.sub(lambda match: phrases.get(match[0], words.get(match[0], match[0])), content)
        for name, content in files.items()
    }


def _endpoint(call: str) -> str:
    return f"_api.{call.removeprefix('client.')}."


def _words(old: str, new: str) -> Iterator[tuple[str, str]]:
    yield old, new
    for prefix in ("", "_"):
        yield f"{prefix}{decoder_name(old)}", f"{prefix}{decoder_name(new)}"
    yield f"_make_mutable_{module_name(old)}", f"_make_mutable_{module_name(new)}"
