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
    return _Security(document, report).reduced()


class _Security:
    def __init__(self, document: Node, report: Report) -> None:
        self._document = document
        self._report = report
        self._schemes = mapping(mapping(document, "components"), "securitySchemes")
        self._used: dict[str, Node] = {}
        self._said = False

    def reduced(self) -> Node:
        """Return the document with one scheme each."""
        document = self._chosen(self._document)
        document = rewrite_operations(document, lambda operation, _path, _method: self._chosen(operation))
        if not self._said:
            self._report.note(
                "#/security",
                "nothing says how to authenticate; a client sends its key as a bearer token",
                remedy="update $ with `security: [{name: []}]`, or with `security: []` to send no key",
            )
        elif "security" not in document:
            document = document.having(security=[])
        if len(self._used) > 1:
            names = ", ".join(self._used)
            self._report.note(
                self._schemes.origin, f"operations differ in how they authenticate ({names}); a client has one key"
            )
        components = mapping(document, "components").without("securitySchemes")
        if self._used:
            components = components.having(securitySchemes=Node(self._used, self._schemes.origin))
        return document.having(components=components) if components or "components" in document else document

    def _chosen(self, holder: Node) -> Node:
        if "security" not in holder:
            return holder
        self._said = True
        place = holder.at("security")
        requirements = nodes(holder, "security")
        names: list[str] = []
        reasons: list[str] = []
        for index, requirement in enumerate(requirements):
            undefined = [name for name in requirement if name not in self._schemes]
            for name in undefined:
                self._undefined(below(place, index, name), name)
            if len(requirement) > 1:
                reasons.append(f"{' and '.join(requirement)} at once")
            elif requirement and not undefined:
                name = next(iter(requirement))
                if _lowered(self._schemes[name]):
                    names.append(name)
                else:
                    reasons.append(f"{name} ({_kind(self._schemes[name])})")
        if not names:
            if reasons and not any(not requirement for requirement in requirements):
                message = f"cannot authenticate with {' or '.join(reasons)}"
                self._report.refuse(place, message, kind="an unsupported way to authenticate", remedy=_REMEDY)
            return holder.having(security=[])
        if len(set(names)) > 1:
            others = ", ".join(names[1:])
            self._report.note(
                place, f"{names[0]} is used rather than {others}", kind="a choice of keys", remedy=_REMEDY
            )
        self._used[names[0]] = _lowered(self._schemes[names[0]]) or Node()
        return holder.having(security=[Node({names[0]: []}, below(place, 0))])

    def _undefined(self, place: str, name: str) -> None:
        near = difflib.get_close_matches(name, list(self._schemes), 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self._report.refuse(
            place,
            f"the security scheme {name} is not defined{hint}",
            kind="an undefined security scheme",
            remedy="update $ with `components: {securitySchemes: {the_name: {type: http, scheme: bearer}}}`",
        )


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
