"""Lists what the API's document leaves out and the tests leave untested.

A document that has grown fails no test for being new: what is missing about its new parts is counted at the end of
`make test`, and listed in full by `make gaps`. What tests/contract has facts on is held to more, by tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import cast

from eigenpal import EigenpalClient
from eigenpal.testing._server.endpoints import ENDPOINTS
from tests.server.blocking_client import list_methods
from tests.server.test_client_scenarios import PLAYED
from tests.spec.facts import Node, compare, iter_operations, iter_parameters, load_document, resolve

WIDTH = 120


def find_gaps() -> dict[str, list[str]]:
    """Return the names of everything that is missing, by what is missing; a kind without a gap has an empty list."""
    text = resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    document = cast("Node", json.loads(text))
    with EigenpalClient(api_key="key") as client:
        methods = set(list_methods(client))
    served = {operation["operationId"] for _, _, operation in iter_operations(document)}
    return {
        "methods without a scenario in tests/server/scenarios": sorted(methods - PLAYED),
        "operations that eigenpal.testing does not implement": sorted(served - ENDPOINTS.keys()),
        "places in openapi.yaml without facts in tests/contract": compare(load_document())[1],
        **find_gaps_of_document(document),
    }


def find_gaps_of_document(document: Node) -> dict[str, list[str]]:
    """Return what a document, lowered as in eigenpal_generated/openapi.json, does not describe or show."""
    operations = {operation["operationId"]: operation for _, _, operation in iter_operations(document)}
    schemas = document["components"]["schemas"]
    parameters = [
        (f"{name} {parameter['name']}", parameter, resolve(document, parameter.get("schema", {})))
        for name, operation in operations.items()
        for parameter in iter_parameters(document, operation)
    ]
    fields = [
        (f"{name}.{wire_name}", field, resolve(document, field))
        for name, schema in schemas.items()
        for wire_name, field in schema.get("properties", {}).items()
    ]

    def lacks(key: str, *nodes: Node) -> bool:
        return not any(node.get(key) for node in nodes)

    return {
        "operations without a summary or a description": [
            name for name, found in operations.items() if lacks("summary", found) or lacks("description", found)
        ],
        "parameters without a description": [name for name, *nodes in parameters if lacks("description", *nodes)],
        "schemas without a description": [name for name, schema in schemas.items() if lacks("description", schema)],
        "fields without a description": [name for name, *nodes in fields if lacks("description", *nodes)],
        "bodies and responses without an example": [
            f"{name} {place}"
            for name, operation in operations.items()
            for place, media in _iter_media(operation)
            if "application/json" in place and not _has_example(media, resolve(document, media.get("schema", {})))
        ],
        "required parameters without an example": [
            name
            for name, *nodes in parameters
            if nodes[0].get("required") and lacks("enum", *nodes) and not _has_example(*nodes)
        ],
        "fields that look secret without `format: password`": [
            name
            for name, *nodes in fields
            if re.search("plaintext|password", name.partition(".")[2], re.IGNORECASE)
            and nodes[1].get("type") == "string"
            and nodes[1].get("format") != "password"
        ],
    }


def _iter_media(operation: Node) -> Iterator[tuple[str, Node]]:
    for media_type, media in operation.get("requestBody", {}).get("content", {}).items():
        yield f"body {media_type}", media
    for status, response in operation["responses"].items():
        for media_type, media in response.get("content", {}).items() if status.startswith("2") else ():
            yield f"{status} {media_type}", media


def _has_example(*nodes: Node) -> bool:
    return any("example" in node or node.get("examples") for node in nodes)


def format_gaps(gaps: Mapping[str, list[str]]) -> Iterator[str]:
    """Format a line for each kind: how many there are, and the first of them."""
    for kind, names in gaps.items():
        line = f"{len(names):6}  {kind}"
        for index, name in enumerate(names):
            line += f"{', ' if index else ': '}{name}"
            if len(line) + len(", ") + len("".join(names[index + 1 : index + 2])) + len(", ...") > WIDTH:
                line += ", ..." if names[index + 1 :] else ""
                break
        yield line


def main() -> None:
    """Print every gap."""
    for kind, names in find_gaps().items():
        print(f"{len(names)} {kind}", *(f"  {name}" for name in names), sep="\n")


if __name__ == "__main__":
    main()
