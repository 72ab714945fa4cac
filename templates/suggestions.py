"""What to write instead of an attribute that does not exist. Loaded when one is missing."""

# The models and the tree are of the same package.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from eigenpal_generated.base_models import BaseModel
from eigenpal_generated.runtime import ROOTS, Resource
from eigenpal_generated.synonyms import OTHER_WORDS, WORDS_FOR_MORE, WORDS_FOR_ROWS

# The most that is suggested, how deep models are looked into, and how far away in the tree.
_MOST = 2
_DEPTH = 4
_FAR = 3
_FILLERS = frozenset({"a", "by", "completion", "for", "from", "is", "of", "the", "to"})


class _Place(NamedTuple):
    """Something that can be written, such as ``execution.status`` or ``client.runs.get``."""

    path: str
    distance: int
    """The number of steps from where the name was looked for."""

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


def describe_missing_field(model: BaseModel, name: str) -> str:
    """Return the message for a field that a model does not have."""
    message = f"{type(model).__name__!r} object has no attribute {name!r}"
    if name in model._data() and name not in model._get_model()._wire_names.values():
        return f"{message}; this version does not know it, but the server sent it: [{name!r}]"
    hint = _find_instead(model._get_model(), name)
    return f"{message}; {hint}" if hint else message


def describe_missing_member(resource: Resource, name: str) -> str:
    """Return the message for a method or resource that a part of the client tree does not have."""
    start = resource._place
    message = f"{type(resource).__name__!r} object has no attribute {name!r}"
    places = [place for place in _find_members(resource._root, start) if place.distance <= _FAR]
    # What is right here may have further words, such as `list_files` for `files`.
    near = [place for place in places if place.path.startswith(f"{start}.")]
    beside = [place for place in near if place.distance == 1]
    paths = _match(name, near) or _match(name, beside, whole=False) or _match(name, places) or _find_close(name, beside)
    return f"{message}; {_ask(paths)}" if paths else message


@lru_cache(maxsize=512)
def _find_instead(model: type[BaseModel], name: str) -> str:
    """Return what to write instead of a field; nothing if nothing is like it."""
    rows = getattr(model, "_rows_name", None)
    if rows and name in WORDS_FOR_ROWS:
        return f"iterate over the page for its rows, or read {rows!r}"
    if rows and name in WORDS_FOR_MORE:
        return "`iter`, beside the method that returned this page, goes over all pages"
    fields = list(_walk_fields(model, "", ()))
    if paths := _match(name, fields):
        return _ask(paths)
    if hint := _find_in_other_form(model, name):
        return hint
    start = f"client.{_get_words(model.__name__)[0]}s"
    if hint := _find_in_whole(model, start, name):
        return hint
    members = [place for place in _find_members("Tree", start) if place.path.startswith(f"{start}.")]
    paths = _match(name, members) or _match(name, fields, whole=False) or _find_close(name, fields)
    return _ask(paths) if paths else ""


def _ask(paths: list[str]) -> str:
    return f"did you mean {' or '.join([repr(path) for path in paths[:_MOST]])}?"


def _match(name: str, places: list[_Place], *, whole: bool = True) -> list[str]:
    """Return the paths whose words are those of a name; unless ``whole``, their last name may have further words."""
    said = [word for word in _get_words(name) if word not in _FILLERS]
    wanted = [{word, *_get_words(" ".join(OTHER_WORDS.get(word, ())))} for word in said]
    ranked: list[tuple[tuple[int, int, bool, bool], str]] = []
    for place in places:
        known, own = set(_get_words(place.path)), set(_get_words(place.name))
        further = len(own.difference(*wanted))
        if all(words & known for words in wanted) and any(words & own for words in wanted) and not (whole and further):
            has_synonyms = not known.issuperset(said)
            is_plural = place.name not in (name, *set().union(*wanted))
            ranked.append(((further, place.distance, has_synonyms, is_plural), place.path))
    ranked.sort()
    # Others are shown only if they fit as well.
    return list(dict.fromkeys(path for rank, path in ranked if rank == ranked[0][0]))


def _find_close(name: str, places: list[_Place]) -> list[str]:
    close = difflib.get_close_matches(name, {place.name for place in places}, 1, cutoff=0.7)
    return list(dict.fromkeys(place.path for place in places if place.name in close))


def _get_words(name: str) -> list[str]:
    """Return the words of a path or name, without the s of a plural."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return [word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"[a-z0-9]+", spaced)]


# --- fields -----------------------------------------------------------------------------------------------------------


def _walk_fields(model: type[BaseModel], path: str, around: tuple[type[BaseModel], ...]) -> Iterator[_Place]:
    """Yield the fields of a model and of all models in it."""
    if model in around or len(around) == _DEPTH:
        return
    hints = typing.get_type_hints(model)
    for name in model._wire_names:
        yield _Place(f"{path}{name}", len(around))
    for name in model._wire_names:
        is_rows = not path and name == getattr(model, "_rows_name", None)
        for inner, step in _find_models(hints[name]):
            place = "" if is_rows else f"{path}{name}"
            yield from _walk_fields(inner, f"{place}{step}.", (*around, model))


def _find_models(hint: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield the models in a type, and how one gets to them."""
    origin = typing.get_origin(hint)
    if origin is list:
        yield from ((model, f"[0]{step}") for model, step in _find_models(typing.get_args(hint)[0]))
    elif origin in (typing.Union, types.UnionType):
        for branch in typing.get_args(hint):
            yield from _find_models(branch)
    elif origin is None and isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint, ""


def _find_in_other_form(model: type[BaseModel], name: str) -> str:
    """Return which other model has a field, where one of several models can be."""
    for holder in _find_loaded(BaseModel):
        if "_wire_names" not in vars(holder):
            continue
        hints = typing.get_type_hints(holder)
        for field in holder._wire_names:
            forms = [form for form, _ in _find_models(hints[field])]
            if model in forms:
                for form in forms:
                    if name in form._wire_names:
                        return f"{form.__name__} has it: see {field!r} of {holder.__name__} for when it is one"
    return ""


def _find_in_whole(model: type[BaseModel], start: str, name: str) -> str:
    """Return which methods return the object with a field, where the model is a short form of it."""
    getter = _find_member(f"{start}.get")
    if "id" not in model._wire_names or getter is None:
        return ""
    whole = typing.get_type_hints(getter)["return"]
    if whole is model or not (isinstance(whole, type) and issubclass(whole, BaseModel)):
        return ""
    if not (paths := _match(name, list(_walk_fields(whole, "", ())))):
        return ""
    waiter = _find_member(f"{start}.wait")
    waits = waiter is not None and typing.get_type_hints(waiter).get("return") is whole
    methods = f"{start}.get(id) or {start}.wait(id)" if waits else f"{start}.get(id)"
    return f"{whole.__name__} has {paths[0]!r}: call {methods}"


def _find_loaded(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _find_loaded(inner)


# --- the client tree --------------------------------------------------------------------------------------------------


def _find_members(root: str, start: str) -> list[_Place]:
    """Return all methods and resources, except those that lead to ``start``."""
    make_root = ROOTS.get(root)
    members = _walk_members(make_root()) if make_root else ()
    return [_Place(path, _measure(start, path)) for path in members if not f"{start}.".startswith(f"{path}.")]


def _walk_members(resource: Resource) -> Iterator[str]:
    for name in dir(type(resource)):
        if not name.startswith("_"):
            yield f"{resource._place}.{name}"
            if isinstance(getattr(type(resource), name), property):
                inner = getattr(resource, name)
                if isinstance(inner, Resource):
                    yield from _walk_members(inner)


def _find_member(path: str) -> Any:
    """Return a method or resource of the client tree; None if there is none."""
    make_root = ROOTS.get("Tree")
    member: object = make_root() if make_root else None
    for name in path.split(".")[1:]:
        if not hasattr(type(member), name):
            return None
        member = getattr(member, name)
    return member


def _measure(start: str, end: str) -> int:
    """Return the number of steps in the tree from one place to another."""
    one, other = start.split("."), end.split(".")
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return len(one) + len(other) - 2 * shared
