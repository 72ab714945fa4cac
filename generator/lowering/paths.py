"""Encodes paths, and declares their parameters."""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.lowering.walk import METHODS
from generator.naming import PATH_PARAMETER
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_REMEDY = "remove $.paths['/the/path'], and update $.paths with the operation under a path that can be sent"


def paths(document: Node, report: Report) -> Node:
    """Make every path one that can be sent as it is, once its parameters are put in."""
    written = mapping(document, "paths")
    found: dict[str, Node] = {}
    for path, item in written.items():
        if reason := _reason(path):
            report.refuse(item.origin, f"{path} {reason}", kind="a path that cannot be sent", remedy=_REMEDY)
            continue
        encoded = _encoded(path)
        if encoded in found:
            report.refuse(item.origin, f"{path} is another path again: {encoded}", kind="a path twice", remedy=_REMEDY)
        operations = {
            method: _with_parameters(item[method], path, report)
            for method in METHODS
            if isinstance(item.get(method), Node)
        }
        found[encoded] = item.having(**operations)
    return document.having(paths=Node(found, written.origin))


def _reason(path: str) -> str:
    """Return why a path cannot be sent; empty if it can."""
    literal = PATH_PARAMETER.sub("x", path)
    if not path.startswith("/") or path.startswith("//"):
        return "must begin with one slash"
    if "{}" in path or "{" in literal or "}" in literal or any("{" in name for name in PATH_PARAMETER.findall(path)):
        return "has a brace without a parameter"
    if "?" in literal or "#" in literal:
        return "has a query or a fragment; describe parameters in the query as such"
    if any(segment in (".", "..") for segment in literal.split("/")):
        return "has a segment of dots"
    return ""


def _encoded(path: str) -> str:
    parts = PATH_PARAMETER.split(path)
    return "".join(
        f"{{{part}}}" if index % 2 else quote(_STRAY_PERCENT.sub("%25", part), safe="/%:@!$&'()*+,;=~")
        for index, part in enumerate(parts)
    )


def _with_parameters(operation: Node, path: str, report: Report) -> Node:
    """Declare the parameters of a path that an operation lacks, and leave out those that the path lacks."""
    names = PATH_PARAMETER.findall(path)
    kept: list[Node] = []
    for node in nodes(operation, "parameters"):
        if node.get("in") != "path" or node.get("name") in names:
            kept.append(node)
        else:
            message = f"the path {path} has no {{{node.get('name')}}}; the parameter is left out"
            report.note(node.origin, message, kind="a path parameter that its path lacks")
    declared = [node.get("name") for node in kept if node.get("in") == "path"]
    for name in dict.fromkeys(names):
        if name not in declared:
            message = f"the path parameter {name} is not declared; it is taken as text"
            remedy = "update the operation with the parameter"
            report.note(operation.origin, message, kind="a path parameter that is not declared", remedy=remedy)
            schema = Node({"type": "string"}, operation.origin)
            kept.append(Node({"name": name, "in": "path", "required": True, "schema": schema}, operation.origin))
    return operation.having(parameters=kept) if kept else operation.without("parameters")
