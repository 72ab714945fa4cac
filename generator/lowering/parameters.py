"""Says for each parameter how it is sent: its location, its schema, and the style of lists and objects."""

from __future__ import annotations

from generator.lowering.media import JSON, is_json, without_parameters as plain
from generator.lowering.shapes import resolved, shape_of, without_null
from generator.lowering.walk import rewrite_operations
from generator.naming import HEADER_NAME
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_DELIMITED = ("spaceDelimited", "pipeDelimited")
# What OpenAPI ignores as parameters, because it says them elsewhere, and what every request has by itself.
_IGNORED = ("accept", "content-type", "authorization")
_OF_THE_TRANSPORT = ("content-length", "host", "connection", "transfer-encoding")
_REMEDY = "remove the parameter: target its operation's parameters[?@.name=='x']"
_OF_PATHS = (
    "remove the operation, or update parameters[?@.name=='x'] of it with a `style` and a `schema` that can be sent"
)
_CONTENT = f"{_REMEDY}; or describe it with `content` if it is sent as JSON"


def parameters(document: Node, report: Report) -> Node:
    """Normalise every parameter."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        found: dict[tuple[str, str], Node] = {}
        for node in nodes(operation, "parameters"):
            lowered = _Parameter(document, node, report).lowered()
            if lowered is None:
                continue
            key = (str(lowered["in"]), str(lowered["name"]))
            if found.setdefault(key, lowered) is not lowered and found[key] != lowered:
                message = f"a second parameter {key[1]} in the {key[0]}, which differs"
                report.refuse(node.origin, message, kind="a parameter twice", remedy="remove both, and update one")
        operation = operation.without("parameters")
        return operation.having(parameters=list(found.values())) if found else operation

    return rewrite_operations(document, rewrite)


class _Parameter:
    def __init__(self, document: Node, node: Node, report: Report) -> None:
        self._document = document
        self._node = node
        self._report = report
        self._where = str(node.get("in"))
        self._name = str(node.get("name", ""))

    def lowered(self) -> Node | None:
        """Return the parameter as it is sent; None if it is not."""
        if not self._name or self._where not in _STYLES:
            what = f"in {self._where!r}" if self._name else "without a name"
            return self._refused(f"a parameter {what}; it must be in path, query, header or cookie")
        if self._where == "header" and self._name.lower() in (*_IGNORED, *_OF_THE_TRANSPORT):
            message = f"the header {self._name} is no parameter: the client sets it"
            self._report.note(self._node.origin, message, kind="a header that the client sets by itself")
            return None
        if self._where in ("header", "cookie") and not HEADER_NAME.fullmatch(self._name):
            return self._refused(f"{self._name!r} is no name of a {self._where}")
        node = self._node.having(required=self._where == "path" or self._node.get("required") is True)
        if "content" in node and "schema" in node:
            return self._refused("a parameter with both a schema and content")
        if "content" in node:
            return self._with_content(node)
        if "schema" not in node:
            self._note("has no schema; it is taken as text", "a parameter without a schema")
            node = node.having(schema=Node({"type": "string"}, node.origin))
        return self._styled(node.having(schema=_without_null(mapping(node, "schema"))))

    def _with_content(self, node: Node) -> Node | None:
        node = node.without("style", "explode")
        media, value = next(iter(mapping(node, "content").items()), ("", Node()))
        if is_json(plain(media)):
            value = Node({"schema": mapping(value, "schema")}, value.origin)
            return node.having(content=Node({JSON: value}, node.origin))
        self._note(f"is sent as the text that is given ({media or 'of no type'})", "a parameter of a type of its own")
        return node.without("content").having(schema=Node({"type": "string"}, node.origin))

    # --- styles -------------------------------------------------------------------------------------------------------

    def _styled(self, node: Node) -> Node | None:
        """Return the parameter with its style, unless that is the default of its location."""
        schema = mapping(node, "schema")
        default = _STYLES[self._where]
        style = str(node.get("style", default))
        explode = bool(node.get("explode", style == "form"))
        node = node.without("style", "explode")
        shape = self._shape(schema)
        if shape == "scalar" and style not in ("label", "matrix"):
            return node
        if style != default and {style, default} == {"form", "simple"}:
            about = f"has the style {style}, which is not for the {self._where}; it is sent as {default}"
            self._note(about, "a style of another location")
            style, explode = default, False
        if style in _DELIMITED and explode and shape == "list":
            style = "form"
        if style == "deepObject":
            explode = True
        usable = style == default or (self._where == "query" and style in (*_DELIMITED, "deepObject"))
        if not usable:
            return self._refused(f"the style {style} in the {self._where} is not supported")
        if shape == "union" and style != "deepObject" and not (style == "form" and explode):
            branches = nodes(schema, "anyOf")
            lists = [branch for branch in branches if self._shape(branch) == "list"]
            if len(lists) != 1 or any(self._shape(branch) not in ("scalar", "list") for branch in branches):
                return self._refused("a union of lists or objects", _CONTENT)
            # A text that stands for a list is a list of one.
            schema, shape = Node({**lists[0], **schema.without("anyOf")}, schema.origin), "list"
        reason = self._unfit(schema, shape, style, explode)
        if reason and style != "deepObject":
            return self._refused(reason, _CONTENT)
        if reason:
            self._note(
                f"is {reason}: it is written with brackets, a[b][c]=", "a deepObject with lists or objects inside"
            )
        node = node.having(schema=schema)
        if (style, explode) == (default, default == "form"):
            return node
        return node.having(style=style, explode=explode)

    def _unfit(self, schema: Node, shape: str, style: str, explode: bool) -> str:
        """Return why a list or an object cannot be sent in this style; empty if it can."""
        schema = resolved(self._document, schema)
        if shape == "list":
            return "" if self._shape(mapping(schema, "items")) in ("scalar", "any") else "a list of lists or objects"
        if shape != "object":
            return ""
        if style in _DELIMITED:
            return f"an object in the style {style}"
        takes_lists = style == "form" and explode
        for inner in (*mapping(schema, "properties").values(), mapping(schema, "additionalProperties")):
            kind = self._shape(inner)
            is_flat = kind == "list" and not self._unfit(inner, kind, style, explode)
            if kind not in ("scalar", "any") and not (takes_lists and is_flat):
                return "an object that holds " + ("objects" if takes_lists else "lists or objects")
        return ""

    def _shape(self, schema: Node) -> str:
        return shape_of(self._document, schema)

    # --- messages -----------------------------------------------------------------------------------------------------

    def _refused(self, message: str, remedy: str = _REMEDY) -> Node | None:
        about = f"the parameter {self._name}: {message}" if self._name else message
        remedy = _OF_PATHS if self._where == "path" else remedy
        self._report.refuse(self._node.origin, about, kind=message, remedy=remedy)
        return None

    def _note(self, message: str, kind: str) -> None:
        self._report.note(self._node.origin, f"the {self._where} parameter {self._name} {message}", kind=kind)


def _without_null(schema: Node) -> Node:
    schema = without_null(schema)
    return schema.having(items=without_null(mapping(schema, "items"))) if "items" in schema else schema
