"""What a run is started from: the spellings of a target, and the one spelling the wire knows.

On the wire a target is ``workflows.<slug or id>`` or ``agents.<slug or id>``, folders joined with dots, and the version
travels beside it. Everything here refuses what cannot be meant before anything is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypedDict, cast


class _TargetKind(TypedDict):
    type: Literal["workflow", "agent"]


class StructuredTarget(_TargetKind, total=False):
    """A target in parts, for example ``{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}``.

    Give ``slug`` or ``id``; the slug wins where both are there. ``version`` is a release tag or a Git ref.
    """

    slug: str
    id: str
    version: str | None


Target = str | StructuredTarget
"""A target as text, such as ``"workflows.extract-invoice@1.2.0"``, or in parts."""


class ResolvedTarget(NamedTuple):
    """A target as it is sent: ``name`` in the body, ``version`` in the query and only where it is not the latest."""

    name: str
    version: str | None


_ROOTS = {"workflow": "workflows", "agent": "agents"}
_OTHERS = {"workflow": "an agent", "agent": "a workflow"}
_EXAMPLES = (
    "'workflows.extract-invoice', 'agents.receipt-sorter@1.3.0' or "
    "{'type': 'workflow', 'slug': 'extract-invoice', 'version': '1.2.0'}"
)
_PARTS = ("type", "slug", "id", "version")


# The arguments below are `object`, because what reaches them at run time need not be what a type checker allows.


def resolve_target(target: object, version: object = None) -> ResolvedTarget:
    """Turn a `Target`, and the version given beside it, into what is sent."""
    if isinstance(target, str):
        return _from_text(target, version)
    if isinstance(target, Mapping):
        return _from_parts(cast("Mapping[object, object]", target), version)
    raise TypeError(f"target must be a str or a mapping, such as {_EXAMPLES}, not {type(target).__name__}")


def workflow_target(workflow_id: object, version: object = None) -> ResolvedTarget:
    """Turn the slug or id of a workflow, with or without its root and version, into what is sent."""
    if not isinstance(workflow_id, str):
        raise TypeError(f"workflow_id must be a str such as 'extract-invoice', not {type(workflow_id).__name__}")
    name, own_version = _split_version("workflow_id", workflow_id)
    return ResolvedTarget(_rooted("workflow_id", "workflow", name), _agreed_version(own_version, version))


def wire_version(version: object) -> str | None:
    """Return the version to send: None where it is missing or ``latest``, which is what the server takes by itself."""
    wanted = check_version(version)
    return None if wanted == "latest" else wanted


def check_version(version: object) -> str | None:
    """Return a version as it was given, unless it can be none."""
    if version is None:
        return None
    if not isinstance(version, str):
        raise TypeError(
            f"version must be a str, a release tag or a Git ref, not {type(version).__name__}; "
            f"write version={str(version)!r}"
        )
    wanted = version.strip().lstrip("@")
    if not wanted:
        raise ValueError("version is empty; leave it out, or pass None, for the latest version")
    if wanted != version:
        raise ValueError(f"version must not be {version!r}; write {wanted!r}")
    return version


def _from_text(target: str, version: object) -> ResolvedTarget:
    name, own_version = _split_version("target", target)
    return ResolvedTarget(_joined_with_dots("target", name), _agreed_version(own_version, version))


def _from_parts(parts: Mapping[object, object], version: object) -> ResolvedTarget:
    if "target" in parts:
        raise ValueError(
            "pass the target itself, and the other arguments of the run by their names: "
            "client.run('workflows.extract-invoice', input={...})"
        )
    kind = parts.get("type")
    if not isinstance(kind, str) or kind not in _ROOTS:
        found = "is missing" if "type" not in parts else f"is {kind!r}"
        raise ValueError(f"target['type'] {found}; write 'workflow' or 'agent', as in {_EXAMPLES}")
    unknown = [key for key in parts if key not in _PARTS]
    if unknown:
        listed = ", ".join(repr(key) for key in unknown)
        raise ValueError(f"target has {listed}, but a target in parts knows only type, slug, id and version")
    place = "slug" if parts.get("slug") is not None else "id"
    name = parts.get(place)
    if name is None:
        raise ValueError(f"target has neither 'slug' nor 'id'; name the {kind}, as in {_EXAMPLES}")
    if not isinstance(name, str):
        raise TypeError(f"target[{place!r}] must be a str, not {type(name).__name__}")
    argument = f"target[{place!r}]"
    name, misplaced = _split_version(argument, name)
    if misplaced is not None:
        raise ValueError(
            f"{argument} holds a version; write it on its own: "
            f"{{'type': {kind!r}, {place!r}: {name!r}, 'version': {misplaced!r}}}"
        )
    return ResolvedTarget(_rooted(argument, kind, name), _agreed_version(parts.get("version"), version))


def _split_version(argument: str, text: str) -> tuple[str, str | None]:
    _refuse_blank(argument, text)
    if text.count("@") > 1:
        raise ValueError(f"{argument} is {text!r}; it may hold one '@', between the name and the version")
    name, separator, version = text.partition("@")
    if not separator:
        return name, None
    if not name or not version:
        lacking = "name" if not name else "version"
        raise ValueError(
            f"{argument} is {text!r}, which has no {lacking}; write it like 'workflows.extract-invoice@1.2.0', "
            "or without '@' for the latest version"
        )
    if name != name.strip():
        raise ValueError(f"{argument} is {text!r}, with space before the '@'; write {f'{name.strip()}@{version}'!r}")
    return name, version


def _agreed_version(own_version: object, version: object) -> str | None:
    if own_version is not None and version is not None and own_version != version:
        raise ValueError(f"the target names version {own_version!r}, but version={version!r}; give one of them")
    return wire_version(own_version if version is None else version)


def _rooted(argument: str, kind: str, slug: str) -> str:
    """Put the root of its kind in front of a slug or id, unless it stands there already."""
    name = _joined_with_dots(argument, slug)
    root = _ROOTS[kind]
    if name.startswith(f"{root}."):
        return name
    if any(name.startswith(f"{other_root}.") for other_root in _ROOTS.values()):
        raise ValueError(
            f"{argument} is {slug!r}, which names {_OTHERS[kind]}, where the {kind} to run is asked for; "
            f"if it is the {kind} in a folder of that name, write '{root}.{name}'"
        )
    if kind == "agent" and "." in slug:
        raise ValueError(
            f"{argument} is {slug!r}, but the slug of an agent holds a dot only after its root; write 'agents.{name}'"
        )
    return f"{root}.{name}"


def _joined_with_dots(argument: str, name: str) -> str:
    joined = name.replace("/", ".")
    if "" in joined.split("."):
        wanted = ".".join(piece for piece in joined.split(".") if piece)
        complete = wanted not in ("", *_ROOTS.values())
        raise ValueError(
            f"{argument} is {name!r}, which has an empty part; "
            + (f"write {wanted!r}" if complete else "name the whole")
        )
    return joined


def _refuse_blank(argument: str, text: str) -> None:
    if not text.strip():
        raise ValueError(f"{argument} is empty; write it like 'workflows.extract-invoice'")
    if text != text.strip():
        raise ValueError(f"{argument} is {text!r}, with space around it; write {text.strip()!r}")
