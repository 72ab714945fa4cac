"""Leaves at most one server, with an absolute URL; the path of a relative one is put in front of all paths."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from generator.lowering.walk import METHODS, rewrite_path_items
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_VARIABLE = re.compile(r"\{([^}]*)\}")
_REMEDY = "remove $.servers, then update $ with `servers: [{url: https://...}]`"


def servers(document: Node, report: Report) -> Node:
    """Reduce the servers of a document to one."""
    listed = nodes(document, "servers")
    url = _url(listed[0], report) if listed else ""
    if len(listed) > 1:
        report.note(listed[1].origin, f"only the first of {len(listed)} servers is the default: {url}", remedy=_REMEDY)
    document = rewrite_path_items(document, lambda _, item: _without_own(item, url, report)).without("servers")
    if not urlsplit(url).scheme:
        prefix = urljoin("/", url).rstrip("/")
        about = "there is no server; a client must be given a base URL"
        if listed:
            about = f"the server {listed[0].get('url')!r} is relative; a client must be given what it is relative to"
        report.note("#/servers", about, remedy=_REMEDY)
        paths = mapping(document, "paths")
        return document.having(paths=Node({prefix + path: item for path, item in paths.items()}, paths.origin))
    return document.having(servers=[listed[0].without("variables").having(url=url)])


def _url(server: Node, report: Report) -> str:
    """Return the URL of a server, with the defaults of its variables."""
    written, place = str(server.get("url", "")), server.at("url")
    variables = mapping(server, "variables")

    def default(found: re.Match[str]) -> str:
        return str(mapping(variables, found[1]).get("default", found[0]))

    url = _VARIABLE.sub(default, written).rstrip("/")
    try:
        parts = urlsplit(url)
        # Without a slash in front, what looks like a host was meant as one.
        is_relative = not parts.scheme and (url[:1] in "/." or "." not in url.partition("/")[0])
        is_usable = parts.scheme in ("http", "https") if parts.netloc else is_relative
        is_usable = is_usable and not (parts.query or parts.fragment or _VARIABLE.search(url))
    except ValueError:
        is_usable = False
    if not is_usable:
        report.refuse(place, f"{written!r} is no URL of a server", kind="an unusable server", remedy=_REMEDY)
        return "https://invalid"
    if _VARIABLE.search(written):
        report.note(place, f"the variables of the server have their defaults: {url}", remedy=_REMEDY)
    return url


def _without_own(item: Node, url: str, report: Report) -> Node:
    """Remove the servers of a path and its operations; others than that of the document would be lost."""
    for holder in (item, *(mapping(item, method) for method in METHODS)):
        own = nodes(holder, "servers")
        if own and _url(own[0], report) != url:
            report.refuse(
                own[0].origin,
                f"another server than that of the document: {own[0].get('url')}",
                kind="a path or an operation with a server of its own",
                remedy="remove the operation, or its `servers` if those of the document serve it too",
            )
    operations = {method: item[method].without("servers") for method in METHODS if method in item}
    return item.without("servers").having(**operations)
