"""Resolves the target of a run: the workflow or agent to run, and its version.

The API expects ``workflows.<slug or id>`` or ``agents.<slug or id>``, with folders separated by dots, and the version
as a separate parameter. Users may write targets in several ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypedDict, cast


class _TargetKind(TypedDict):
    type: Literal["workflow", "agent"]


class StructuredTarget(_TargetKind, total=False):
    """A target as a mapping: ``{"type": "workflow", "slug": "finance/extract-invoice", "version": "1.2.0"}``.

    Pass ``slug`` or ``id``; with both, ``slug`` is used. ``version`` is a release tag or a Git ref.
    """

    slug: str
    id: str
    version: str | None


Target = str | StructuredTarget
"""A target as text, such as ``"workflows.extract-invoice@1.2.0"``, or as a mapping."""


class ResolvedTarget(NamedTuple):
    """A target as it is sent: ``name`` in the body, and ``version`` in the query unless it is None, the latest."""

    name: str
    version: str | None


_ROOTS = {"workflow": "workflows", "agent": "agents"}
_WITH_ARTICLE = {"workflow": "a workflow", "agent": "an agent"}
_EXAMPLES = (
    "'workflows.extract-invoice', 'agents.receipt-sorter@1.3.0' or "
    "{'type': 'workflow', 'slug': 'extract-invoice', 'version': '1.2.0'}"
)
_KEYS = ("type", "slug", "id", "version")


# Arguments are `object`, because callers may not use a type checker.


def resolve_target(target: object, version: object = None) -> ResolvedTarget:
    """Resolve a target and a version passed separately."""
    if isinstance(target, str):
        return _resolve_text(target, version)
    if isinstance(target, Mapping):
        return _resolve_mapping(cast("Mapping[object, object]", target), version)
    raise TypeError(f"target must be a str or a mapping, such as {_EXAMPLES}, not {type(target).__name__}")


def resolve_workflow_target(workflow_id: object, version: object = None) -> ResolvedTarget:
    """Resolve the slug or id of a workflow, with or without the `workflows.` prefix and a version."""
    if not isinstance(workflow_id, str):
        raise TypeError(f"workflow_id must be a str such as 'extract-invoice', not {type(workflow_id).__name__}")
    name, own_version = _split_version("workflow_id", workflow_id)
    return ResolvedTarget(_add_root("workflow_id", "workflow", name), _choose_version(own_version, version))


def normalize_version(version: object) -> str | None:
    """Return the version to send: None for ``latest``, which is the server's default."""
    checked = check_version(version)
    return None if checked == "latest" else checked


def check_version(version: object) -> str | None:
    """Return a version unchanged if it is valid."""
    if version is None:
        return None
    if not isinstance(version, str):
        raise TypeError(
            f"version must be a str (a release tag or a Git ref), not {type(version).__name__}; "
            f"write version={str(version)!r}"
        )
    cleaned = version.strip().lstrip("@")
    if not cleaned:
        raise ValueError("version is empty; omit it for the latest version")
    if cleaned != version:
        raise ValueError(f"version is {version!r}; write {cleaned!r}")
    return version


def _resolve_text(target: str, version: object) -> ResolvedTarget:
    name, own_version = _split_version("target", target)
    return ResolvedTarget(_join_with_dots("target", name), _choose_version(own_version, version))


def _resolve_mapping(target: Mapping[object, object], version: object) -> ResolvedTarget:
    if "target" in target:
        raise ValueError(
            "target has the key 'target'; pass its value as target, and other values as keyword arguments: "
            "client.run('workflows.extract-invoice', input={...})"
        )
    kind = target.get("type")
    if not isinstance(kind, str) or kind not in _ROOTS:
        found = "is missing" if "type" not in target else f"is {kind!r}"
        raise ValueError(f"target['type'] {found}; write 'workflow' or 'agent', as in {_EXAMPLES}")
    unknown = [name for name in target if name not in _KEYS]
    if unknown:
        listed = ", ".join(repr(name) for name in unknown)
        raise ValueError(f"target has unknown keys: {listed}; allowed keys are type, slug, id and version")
    key = "slug" if target.get("slug") is not None else "id"
    name = target.get(key)
    if name is None:
        raise ValueError(f"target has neither 'slug' nor 'id' for the {kind}; pass one, as in {_EXAMPLES}")
    if not isinstance(name, str):
        raise TypeError(f"target[{key!r}] must be a str, not {type(name).__name__}")
    argument = f"target[{key!r}]"
    name, misplaced = _split_version(argument, name)
    if misplaced is not None:
        raise ValueError(
            f"{argument} contains a version; pass it separately: "
            f"{{'type': {kind!r}, {key!r}: {name!r}, 'version': {misplaced!r}}}"
        )
    return ResolvedTarget(_add_root(argument, kind, name), _choose_version(target.get("version"), version))


def _split_version(argument: str, text: str) -> tuple[str, str | None]:
    _check_not_blank(argument, text)
    if text.count("@") > 1:
        raise ValueError(f"{argument} is {text!r}; use a single '@' between the name and the version")
    name, separator, version = text.partition("@")
    if not separator:
        return name, None
    if not name or not version:
        missing = "name" if not name else "version"
        raise ValueError(
            f"{argument} is {text!r}, which has no {missing}; write it like 'workflows.extract-invoice@1.2.0', "
            "or without '@' for the latest version"
        )
    if name != name.strip():
        raise ValueError(f"{argument} is {text!r}, with a space before the '@'; write {f'{name.strip()}@{version}'!r}")
    return name, version


def _choose_version(own_version: object, version: object) -> str | None:
    if own_version is not None and version is not None and own_version != version:
        raise ValueError(
            f"the target has version {own_version!r}, but version={version!r} is passed too; pass only one of them"
        )
    return normalize_version(own_version if version is None else version)


def _add_root(argument: str, kind: str, slug: str) -> str:
    """Add the prefix of its kind to a slug or id, if it is missing."""
    name = _join_with_dots(argument, slug)
    root = _ROOTS[kind]
    if name.startswith(f"{root}."):
        return name
    for other, other_root in _ROOTS.items():
        if name.startswith(f"{other_root}."):
            raise ValueError(
                f"{argument} is {slug!r}, which is {_WITH_ARTICLE[other]}, not {_WITH_ARTICLE[kind]}; "
                f"for the {kind} in a folder of that name, write '{root}.{name}'"
            )
    if kind == "agent" and "." in slug:
        raise ValueError(f"{argument} is {slug!r}, but the slug of an agent cannot contain dots; write 'agents.{name}'")
    return f"{root}.{name}"


def _join_with_dots(argument: str, name: str) -> str:
    joined = name.replace("/", ".")
    if "" in joined.split("."):
        cleaned = ".".join(piece for piece in joined.split(".") if piece)
        is_complete = cleaned not in ("", *_ROOTS.values())
        raise ValueError(
            f"{argument} is {name!r}, which has an empty part; "
            + (f"write {cleaned!r}" if is_complete else "pass the complete name")
        )
    return joined


def _check_not_blank(argument: str, text: str) -> None:
    if not text.strip():
        raise ValueError(f"{argument} is empty; write it like 'workflows.extract-invoice'")
    if text != text.strip():
        raise ValueError(f"{argument} is {text!r}, with spaces around it; write {text.strip()!r}")
