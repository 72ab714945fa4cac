"""Reads the public surface of both packages with griffe, which parses them and runs nothing."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import griffe

from generator.naming import PACKAGE
from generator.surface.values import Call, Model, Parameter, Surface

HAND_LAYER = "eigenpal"
_PUBLIC_MODULES = ("errors", "types", "testing")
_FIXTURES = "testing.plugin"
_PREFIXES = re.compile(
    r"\b(?:_?(?:models|runtime|builtins)|eigenpal(?:\.types)?|testing|_(?:resources|runs|transport))\."
)


def read_surface(*folders: Path) -> Surface:
    """Read the packages in some folders; `eigenpal/` may be missing.

    Args:
        folders: Where the packages are; the first that has a package counts.
    """
    reader = _Reader(folders)
    surface = Surface()
    for call in reader.client():
        surface.calls.setdefault(call.name, call)
    for name, written in reader.types():
        if isinstance(written, Model):
            surface.models[name] = written
        else:
            surface.aliases[name] = written
    for found in reader.hand_layer():
        if isinstance(found, Call):
            surface.calls[found.name] = found
        elif isinstance(found, Model):
            surface.models[found.name] = found
        elif isinstance(found, str):
            surface.others.append(found)
        else:
            surface.aliases[found[0]] = found[1]
    surface.requests.update((call.name, call) for call in reader.requests())
    return surface


class _Reader:
    def __init__(self, folders: Sequence[Path]) -> None:
        logging.getLogger("griffe").setLevel(logging.CRITICAL)  # it logs names of other packages, which are not loaded
        loader = griffe.GriffeLoader(search_paths=list(folders), allow_inspection=False)
        self._generated = loader.load(PACKAGE, try_relative_path=False)
        has_hand_layer = any((folder / HAND_LAYER / "__init__.py").exists() for folder in folders)
        self._hand_layer = loader.load(HAND_LAYER, try_relative_path=False) if has_hand_layer else None
        loader.resolve_aliases(external=False, implicit=True)

    # --- the client tree ----------------------------------------------------------------------------------------------

    def client(self) -> Iterator[Call]:
        """Yield the calls of both clients; what only the asynchronous one has is named ``async_client``."""
        if self._hand_layer is None:
            yield from self._calls(_target(self._generated["resources.tree.Tree"]), "client")
            return
        calls = list(self._calls(_target(self._hand_layer["_client.EigenpalClient"]), "client"))
        yield from calls
        names = {call.name for call in calls}
        for call in self._calls(_target(self._hand_layer["_async_client.AsyncEigenpalClient"]), "client"):
            if call.name not in names:
                yield replace(call, name=f"async_{call.name}")

    def _calls(self, place: griffe.Object | None, name: str) -> Iterator[Call]:
        for member, reached in place.all_members.items() if place else ():
            found = None if member.startswith("_") else _target(reached)
            if isinstance(found, griffe.Function):
                yield _read_call(f"{name}.{member}", found)
            elif isinstance(found, griffe.Attribute):  # a property
                yield from self._calls(self._resource(found), f"{name}.{member}")

    def _resource(self, found: griffe.Attribute) -> griffe.Object | None:
        """Return the class that a property of the tree returns; None for other properties."""
        path = found.annotation.canonical_path if isinstance(found.annotation, griffe.Expr) else ""
        package, _, inner = path.partition(".")
        root = {PACKAGE: self._generated, HAND_LAYER: self._hand_layer}.get(package)
        try:
            return _target(root[inner]) if root is not None and inner else None
        except KeyError:
            return None

    # --- types and requests -------------------------------------------------------------------------------------------

    def types(self) -> Iterator[tuple[str, Model | str]]:
        """Yield the models and the other types."""
        for module in _modules(self._generated["models"]):
            for name, found in module.members.items():
                if isinstance(found, griffe.Class):
                    yield name, Model(name, tuple(_read_fields(found)), _docstring(found), tuple(_read_page(found)))
                elif isinstance(found, griffe.Attribute) and not name.startswith(("_", "decode_")):
                    yield name, clean(found.value).strip("'\"")

    def requests(self) -> Iterator[Call]:
        """Yield the functions that build requests, which return what is decoded from the response."""
        for module in _modules(self._generated["api"]):
            decoder = module.members.get("parse")
            returns = clean(decoder.returns) if isinstance(decoder, griffe.Function) else ""
            for name, found in module.members.items():
                if isinstance(found, griffe.Function) and re.fullmatch(r"request(_\w+)?", name):
                    place = module.path.removeprefix(f"{PACKAGE}.api.")
                    yield replace(_read_call(".".join([place, *name.split("_", 1)[1:]]), found), returns=returns)

    # --- the rest of the hand layer -----------------------------------------------------------------------------------

    def hand_layer(self) -> Iterator[Call | Model | str | tuple[str, str]]:
        """Yield what `eigenpal/` has besides the client tree and the models; types as their name and what they are."""
        if self._hand_layer is None:
            return
        yield from (f"{HAND_LAYER}.{name}" for name in _public_names(self._hand_layer))
        for client in ("_client.EigenpalClient", "_async_client.AsyncEigenpalClient"):
            place = self._hand_layer[client]
            yield _read_call(f"{HAND_LAYER}.{client.partition('.')[2]}", place["__init__"])  # the rest is the tree
            for name, found in place.members.items():
                if isinstance(found, griffe.Attribute) and not name.startswith("_") and not self._resource(found):
                    yield f"client.{name}: {clean(found.annotation)}"
        for module in _PUBLIC_MODULES:
            place = self._hand_layer[module]
            for name in _public_names(place):
                found = _target(place.members[name])
                if found is not None and not found.path.startswith(f"{PACKAGE}.models."):
                    yield from self._member(module, name, found)
        for name, found in self._hand_layer[_FIXTURES].members.items():
            if isinstance(found, griffe.Function) and not name.startswith(("_", "pytest_")):
                yield f"fixture {name}: {clean(found.returns).partition('[')[2].removesuffix(']')}"

    def _member(self, module: str, name: str, found: griffe.Object) -> Iterator[Call | Model | str | tuple[str, str]]:
        is_type = module == "types"
        written = f"types.{name}" if is_type else f"{HAND_LAYER}.{module}.{name}"
        if isinstance(found, griffe.Class):
            yield from self._class(written, found)
        elif isinstance(found, griffe.Function):
            yield _read_call(written, found)
        elif is_type and isinstance(found, griffe.Attribute):
            yield name, clean(found.value).strip("'\"")
        else:
            yield written

    def _class(self, name: str, found: griffe.Class) -> Iterator[Call | Model]:
        """Yield a class with all that it has from bases without a public name."""
        fields: dict[str, Parameter] = {}
        mro = found.mro()
        told = {base.path for public in filter(self._is_public, mro) for base in [public, *public.mro()]}
        inner = [found, *(base for base in mro if base.path not in told)]
        for member, value in {
            name: value for owner in reversed(inner) for name, value in owner.members.items()
        }.items():
            if isinstance(value, griffe.Function) and (member == "__init__" or not member.startswith("_")):
                yield _read_call(name if member == "__init__" else f"{name}.{member}", value)
            elif isinstance(value, griffe.Attribute) and not member.startswith("_"):
                fields[member] = Parameter(member, clean(value.annotation or "Any"))
        public = tuple(base for base in map(clean, found.bases) if base not in {owner.name for owner in inner})
        yield Model(name.removeprefix("types."), tuple(fields.values()), bases=public)

    def _is_public(self, found: griffe.Class) -> bool:
        places = [self._hand_layer[module] for module in _PUBLIC_MODULES] if self._hand_layer else []
        return any(found.name in _public_names(place) for place in places)


def _public_names(module: griffe.Object | griffe.Alias) -> list[str]:
    names = [str(name) for name in module.exports or () if isinstance(name, str)] or list(module.members)
    return [name for name in names if not name.startswith("_") or name == "__version__"]


def _target(found: griffe.Object | griffe.Alias | None) -> griffe.Object | None:
    """Return what a name stands for; None if that is in another package."""
    if not isinstance(found, griffe.Alias):
        return found
    try:
        return found.final_target
    except griffe.AliasResolutionError:
        return None


def _modules(module: griffe.Object | griffe.Alias) -> Iterator[griffe.Module]:
    for inner in module.members.values():
        if isinstance(inner, griffe.Module):  # and no alias of one: those lead in circles
            yield inner
            yield from _modules(inner)


def _read_call(name: str, found: griffe.Function) -> Call:
    needed = {one.name for one in (found.overloads or [found])[0].parameters if one.default is None}
    parameters = [
        Parameter(
            one.name,
            clean(one.annotation),
            "" if one.default is None else clean(one.default),
            one.kind in (griffe.ParameterKind.positional_or_keyword, griffe.ParameterKind.positional_only),
            one.name in needed and clean(one.default) == "UNSET",
        )
        for one in found.parameters
        if one.name not in ("self", "cls")
    ]
    by_hand = found.path.startswith(f"{HAND_LAYER}.")
    return Call(name, tuple(parameters), clean(found.returns), _docstring(found), by_hand)


def _read_fields(found: griffe.Class) -> Iterator[Parameter]:
    for name, member in found.members.items():
        if isinstance(member, griffe.Attribute) and not name.startswith("_"):
            yield Parameter(name, clean(member.annotation), "" if member.value is None else clean(member.value))


def _read_page(found: griffe.Class) -> Iterator[str]:
    """Yield what a model is if it is a page: its base has the type of the rows, in quotes."""
    for base in found.bases:
        if isinstance(base, griffe.ExprSubscript):
            yield f"Page[{clean(ast.literal_eval(str(base.slice)))}]"


def _docstring(found: griffe.Object) -> str:
    return found.docstring.value if found.docstring else ""


def clean(expression: object) -> str:
    """Format an expression as a user would write it, without the names of our modules."""
    return _PREFIXES.sub("", str(expression))
