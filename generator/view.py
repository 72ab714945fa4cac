"""The parser's view: the lowered document in a form in which openapi-python-client carries all of it.

The parser renames what it parses, and drops or changes what it knows no class for. So in the view everything has a
key: schemas ``s0``, their properties ``f0``, operations ``o0``, parameters ``p0``, bodies ``b0`` and answers 1000. The
keys lead back to the document. What is neither a model nor an enum is in a box: a model whose fields are its branches.
Texts are left out, which makes parsing several times faster.
"""

from __future__ import annotations

from generator.facts import SCHEMAS, Facts, Operation
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import below

FIRST_STATUS = 1000
Json = dict[str, object]


class View:
    """The view of a document."""

    def __init__(self, facts: Facts) -> None:
        self.places: dict[str, str] = {}
        """The origin of what has a key, by that key."""
        self._facts = facts
        self._names = {name: f"S{index}" for index, name in enumerate(facts.schemas)}
        self._titles = 0
        schemas = {key: self._named(name, key) for name, key in self._names.items()}
        self.document: Json = {
            "openapi": "3.1.0",
            "info": {"title": "view", "version": "1"},
            "paths": dict(self._path(f"o{index}", found) for index, found in enumerate(facts.operations)),
            "components": {"schemas": schemas},
        }

    def key(self, name: str) -> str:
        """Return the key of a named schema."""
        return self._names[name]

    def _named(self, name: str, key: str) -> Json:
        schema = self._facts.schemas[name]
        self.places[key] = schema.origin
        kind = self._facts.kinds[name]
        if kind == "enum":
            return {"type": schema.node["type"], "enum": schema.node["enum"]}
        if kind == "model":
            return self._model(schema.node, key)
        return _box(self._branches(schema.node) if kind == "union" else [self._schema(schema.node)])

    def _model(self, node: Node, key: str) -> Json:
        fields: Json = {}
        required: list[str] = []
        for index, (name, schema) in enumerate(mapping(node, "properties").items()):
            field = f"f{index}"
            self.places[f"{key}.{field}"] = below(mapping(node, "properties").origin, name)
            fields[field] = self._schema(schema)
            required += [field] if name in sequence(node, "required") else []
        return {"type": "object", "properties": fields, "required": required}

    def _branches(self, node: Node) -> list[Json]:
        return [self._schema(branch) for branch in nodes(node, "anyOf") if branch.get("type") != "null"]

    def _schema(self, node: Node) -> Json:
        if "$ref" in node:
            return {"$ref": SCHEMAS + self._names[str(node["$ref"]).removeprefix(SCHEMAS)]}
        if "x-eigenpal-variants" in node:
            union = {**_box(self._branches(node)), "title": self._title("Union")}
            return {"anyOf": [union, {"type": "null"}]} if _has_null(node) else union
        if "anyOf" in node:
            return {"anyOf": [*self._branches(node), *([{"type": "null"}] if _has_null(node) else [])]}
        if "const" in node:
            return {"const": node["const"]}
        result: Json = {key: node[key] for key in ("type", "format") if key in node}
        if node.get("type") == "array":
            result["items"] = self._schema(mapping(node, "items"))
        if node.get("type") == "object":
            result["title"] = self._title("Object")  # a class of its own, so that no two are taken for one
            if isinstance(node.get("additionalProperties"), Node):
                result["additionalProperties"] = self._schema(node["additionalProperties"])
        return result

    def _title(self, word: str) -> str:
        self._titles += 1
        return f"{word}{self._titles}"

    def _path(self, key: str, found: Operation) -> tuple[str, Json]:
        self.places[key] = found.origin
        parameters: list[Json] = []
        for index, parameter in enumerate(found.parameters):
            self.places[f"{key}.p{index}"] = parameter.origin
            # All in the query, where openapi-python-client takes every type; where they go is not for it to say.
            where = {"name": f"p{index}", "in": "query", "required": parameter.node["required"]}
            parameters.append({**where, "schema": self._schema(parameter.schema.node)})
        operation: Json = {"operationId": key, "parameters": parameters}
        if found.bodies:
            content: Json = {}
            for index, body in enumerate(found.bodies):
                content[f"application/b{index}+json"] = {"schema": self._schema(body.schema.node)}
            required = mapping(found.node, "requestBody").get("required") is True
            operation["requestBody"] = {"required": required, "content": content}
        answers: Json = {}
        for index, answer in enumerate(found.answers):
            content = {"content": {"application/json": {"schema": self._schema(answer.schema.node)}}}
            answers[str(FIRST_STATUS + index)] = {"description": "", **(content if answer.media else {})}
        operation["responses"] = answers
        return f"/{key}", {found.method: operation}


def _box(branches: list[Json]) -> Json:
    fields = {f"b{index}": branch for index, branch in enumerate(branches)}
    return {"type": "object", "properties": fields, "required": list(fields)}


def _has_null(node: Node) -> bool:
    return any(branch.get("type") == "null" for branch in nodes(node, "anyOf"))
