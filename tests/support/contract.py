"""The facts of the wire in `tests/contract`, as operations with sample values for everything they document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, cast

from .examples import EXAMPLES

FOLDER = Path(__file__).parent.parent / "contract"
Facts = dict[str, Any]


def _name_iterator(path: str) -> str:
    place, _, name = path.rpartition(".")
    return f"{place}.{'iter' if name == 'list' else f'iter_{name}'}"


OPERATIONS = cast("list[Facts]", json.loads((FOLDER / "operations.json").read_text(encoding="utf-8")))
SCHEMAS = cast("dict[str, Facts]", json.loads((FOLDER / "schemas.json").read_text(encoding="utf-8")))

METHODS = frozenset(
    name
    for row in OPERATIONS
    for path in [row["sdk_path"], *row.get("also_sdk_paths", [])]
    for name in [path, *([_name_iterator(path)] if row["paginated"] else [])]
)
"""The methods of the client that there are facts about, with the iterators of those that are paginated."""

AWKWARD = "a/b c?#%2F.é"
"""A path value with all kinds of characters that must be percent-encoded."""
AWKWARD_ENCODED = "a%2Fb%20c%3F%23%252F.%C3%A9"


@dataclass
class Sample:
    """A call of a method with every documented argument, and what must be on the wire."""

    sdk_path: str
    operation: Facts
    body: Facts | None
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])
    path: str = ""
    query: dict[str, str] = field(default_factory=dict[str, str])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    json: Any = None
    parts: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of a multipart body: text, decoded JSON, or (file name, content)."""

    def __str__(self) -> str:
        media = "" if self.body is None else f"-{self.body['content_type'].rsplit('/', 1)[1]}"
        return f"{self.sdk_path}{media}"

    @property
    def method(self) -> str:
        return str(self.operation["method"])

    def find_method(self, client: object) -> Any:
        """Return the method of a client, or of one of its resources."""
        return attrgetter(self.sdk_path)(client)


def iter_samples() -> Iterator[Sample]:
    """Yield a call with every documented argument for every method of the tree that has its own endpoint."""
    for operation in OPERATIONS:
        if operation["legacy"]:
            continue
        bodies: list[Facts | None] = list(operation["request_bodies"]) or [None]
        names = [operation["sdk_path"], *operation.get("also_sdk_paths", [])]
        for body in bodies:
            multipart = body is not None and body["content_type"].startswith("multipart/")
            # `run` decides by the input; of the other pairs the second name is the multipart one.
            name = names[-1] if multipart and len(bodies) > 1 else names[0]
            yield _build_sample(name, operation, body)


def _build_sample(name: str, operation: Facts, body: Facts | None) -> Sample:
    sample = Sample(name, operation, body)
    path = str(operation["path"])
    for parameter in operation["path_params"]:
        sample.arguments[parameter["python"]] = AWKWARD
        encoded = AWKWARD_ENCODED.replace("%2F", "/", 1) if parameter.get("slashes") == "kept" else AWKWARD_ENCODED
        path = path.replace("{" + parameter["name"] + "}", encoded)
    sample.path = path
    for parameter in operation["query_params"]:
        if parameter.get("legacy"):
            continue
        value, text = _build_query_value(parameter)
        sample.arguments[parameter["python"]] = value
        sample.query[parameter["name"]] = text
    for header in operation["headers"]:
        sample.arguments["trigger"] = header["enum"][0]
        sample.headers[header["name"]] = header["enum"][0]
    if body is not None:
        facts = SCHEMAS[body["schema_ref"]]
        if facts["kind"] == "multipart":
            _fill_parts(sample, facts)
        else:
            sample.json = build_example(body["schema_ref"])
            if body["schema_ref"] == "RunStartBody":
                sample.json["target"] = "workflows.extract-invoice"
            for fact in facts["fields"]:
                sample.arguments[fact["python"]] = sample.json[fact["wire"]]
    return sample


def _build_query_value(parameter: Facts) -> tuple[Any, str]:
    if parameter.get("list_style", "").startswith("comma"):
        tokens = [str(token) for token in parameter.get("tokens", ["one", "two"])][:2]
        return tokens, ",".join(tokens)
    if parameter["type"] == "integer":
        return 7, "7"
    if parameter["type"] == "boolean":
        return True, "true"
    values = parameter.get("enum") or parameter.get("known_values") or ["a b&c=d/é"]
    return values[0], values[0]


def _fill_parts(sample: Sample, facts: Facts) -> None:
    for part in facts["parts"]:
        name: str = part["part"]
        if part.get("pattern"):
            content = b"%PDF-1.7 \x00\xff"
            file = {"content": content, "filename": "contract.pdf", "mime_type": "application/pdf"}
            sample.arguments.setdefault("input", {})["contract"] = file
            sample.parts[name.replace("<field>", "contract")] = ("contract.pdf", content)
        elif part["encoding"] == "binary":
            sample.arguments[name] = {"content": b"\x00\x01", "filename": "data.bin"}
            sample.parts[name] = ("data.bin", b"\x00\x01")
        elif part["encoding"] == "json-text":
            value = build_example(part["schema_ref"]) if "schema_ref" in part else {"language": "en", "pages": [1, 2]}
            sample.arguments[name] = dict(value)
            sample.parts[name] = value
        else:
            value = "workflows.extract-invoice" if name == "target" else "text é"
            sample.arguments[name] = value
            sample.parts[name] = value


def build_example(name: str) -> Any:
    """Build a value of a schema with every documented field."""
    facts = SCHEMAS[name]
    if facts["kind"] == "enum":
        return facts["values"][0]
    return {fact["wire"]: _build_value(fact["type"], fact) for fact in facts["fields"]}


def _build_value(kind: str, fact: Facts) -> Any:
    if "enum" in fact:
        return fact["enum"][0]
    if "const" in fact:
        return fact["const"]
    if kind.startswith("ref:"):
        return build_example(kind[4:])
    if nested := re.fullmatch(r"(array|map|union)[<\[](.*)[>\]]", kind):
        outer, inner = nested.groups()
        if outer == "union":
            return _build_value(inner.split(", ")[0], {})
        value = _build_value(inner, {})
        return [value] if outer == "array" else {"key": value}
    return {
        "string": "text é",
        "boolean": True,
        "integer": 3,
        "number": 1.5,
        "object": {"key": {"nested": [1, None]}},
        "any": {"any": [1, "two", None]},
        "datetime-string": "2026-03-20T09:00:00.000Z",
    }[kind]


def get_success(operation: Facts) -> tuple[int, Any]:
    """Return status and body of a documented success: parsed JSON, bytes, or None if there is no body."""
    if not operation["responses"]:
        return 200, {"undocumented": True}
    status, answer = next(iter(operation["responses"].items()))
    if answer.get("body") == "empty":
        return int(status), None
    if answer.get("body") == "binary":
        return int(status), b"\x00\x01\x02"
    if "schema_ref" not in answer:
        return int(status), {"free": ["form", {"key": None}]}
    name: str = answer["schema_ref"]
    return int(status), json.loads(min(EXAMPLES.glob(f"{name}.*")).read_text(encoding="utf-8"))
