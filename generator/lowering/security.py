"""Leaves at most one way to authenticate at the document and at each operation."""

from __future__ import annotations

import difflib

from generator.lowering.walk import rewrite_operations
from generator.naming import HEADER_NAME
from generator.nodes import Node, mapping, nodes
from generator.problems import Report, below

_REMEDY = "remove `security` there, then update its object with one supported scheme: `security: [{name: []}]`"


def security(document: Node, report: Report) -> Node:
    """Choose one security scheme where there are several, and keep those that are used."""
    components = mapping(document, "components")
    schemes = mapping(components, "securitySchemes")
    chosen: list[str] = []

    def rewrite(holder: Node, *_: str) -> Node:
        if "security" not in holder:
            return holder
        chosen.append(name := _choose(holder, schemes, report))
        return holder.having(security=[Node({name: []}, below(holder.at("security"), 0))] if name else [])

    document = rewrite_operations(rewrite(document), rewrite)
    if not chosen:
        report.note(
            "#/security",
            "nothing says how to authenticate; a client sends its key as a bearer token",
            remedy="update $ with `security: [{name: []}]`, or with `security: []` to send no key",
        )
    elif "security" not in document:
        document = document.having(security=[])
    used = {name: _lowered(schemes[name]) for name in chosen if name}
    if len(used) > 1:
        message = f"operations differ in how they authenticate ({', '.join(used)}); a client has one key"
        report.note(schemes.origin, message)
    components = components.without("securitySchemes")
    if used:
        components = components.having(securitySchemes=Node(used, schemes.origin))
    return document.having(components=components) if components or "components" in document else document


def _choose(holder: Node, schemes: Node, report: Report) -> str:
    """Return the name of the first scheme that is supported; empty if there is none."""
    place, requirements = holder.at("security"), nodes(holder, "security")
    names: list[str] = []
    reasons: list[str] = []
    for index, requirement in enumerate(requirements):
        undefined = [name for name in requirement if name not in schemes]
        for name in undefined:
            near = difflib.get_close_matches(name, list(schemes), 1)
            message = f"the security scheme {name} is not defined{f'; did you mean {near[0]}?' if near else ''}"
            remedy = "update $ with `components: {securitySchemes: {the_name: {type: http, scheme: bearer}}}`"
            report.refuse(below(place, index, name), message, kind="an undefined security scheme", remedy=remedy)
        if len(requirement) > 1:
            reasons.append(f"{' and '.join(requirement)} at once")
        elif requirement and not undefined:
            name = next(iter(requirement))
            if _lowered(schemes[name]):
                names.append(name)
            else:
                reasons.append(f"{name} ({_kind(schemes[name])})")
    if not names and reasons and all(requirements):
        message = f"cannot authenticate with {' or '.join(reasons)}"
        report.refuse(place, message, kind="an unsupported way to authenticate", remedy=_REMEDY)
    if len(set(names)) > 1:
        message = f"{names[0]} is used rather than {', '.join(names[1:])}"
        report.note(place, message, kind="a choice of keys", remedy=_REMEDY)
    return names[0] if names else ""


def _kind(scheme: Node) -> str:
    return " ".join(str(scheme[key]) for key in ("type", "scheme", "in") if key in scheme)


def _lowered(scheme: Node) -> Node | None:
    """Return a scheme as bearer, basic or apiKey; None if it is another."""
    kind, http = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    if kind in ("oauth2", "openIdConnect"):  # the key of a client is then an access token
        return scheme.having(type="http", scheme="bearer")
    if kind == "http" and http in ("bearer", "basic"):
        return scheme.having(scheme=http)
    name, where = str(scheme.get("name", "")), scheme.get("in")
    is_named = name if where == "query" else HEADER_NAME.fullmatch(name)
    return scheme if kind == "apiKey" and where in ("header", "query", "cookie") and is_named else None
