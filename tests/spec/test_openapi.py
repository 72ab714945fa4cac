"""The spec is a valid document, and describes well everything that tests/contract has facts on.

`document` is the whole of it, and `spec` the part that has facts: a document that has grown is not refused because its
new parts lack an example or are worded differently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from generator.loading import load
from tests.spec.facts import (
    OVERLAY,
    RECEIVED,
    SPEC,
    Node,
    component_name,
    iter_operations,
    iter_parameters,
    keep_known,
    load_document,
    resolve,
)
from tests.support.contract import FOLDER, OPERATIONS, SCHEMAS

EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_datetime(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None


@pytest.fixture(scope="module")
def document() -> Node:
    return load_document()


@pytest.fixture(scope="module")
def spec(document: Node) -> Node:
    return keep_known(document)


def schemas(spec: Node) -> dict[str, Node]:
    found: dict[str, Node] = spec["components"]["schemas"]
    return found


def find_errors(spec: Node, schema: Node, value: object) -> list[str]:
    """Return what a JSON Schema validator finds wrong with a value."""
    validator: Any = Draft202012Validator({**schema, "components": spec["components"]}, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def make_reference(name: str) -> Node:
    return {"$ref": f"#/components/schemas/{name}"}


def iter_nodes(node: object, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield every object of the document that is not part of an example."""
    if isinstance(node, dict):
        entries = cast("Node", node)
        yield place, entries
        for key, inner in entries.items():
            if key not in {"example", "examples"} or place.endswith("/properties"):
                yield from iter_nodes(inner, f"{place}/{key.replace('/', '~1')}")
    elif isinstance(node, list):
        for index, inner in enumerate(cast("list[object]", node)):
            yield from iter_nodes(inner, f"{place}/{index}")


# --- validity ---------------------------------------------------------------------------------------------------------


def test_it_is_a_valid_openapi_document(document: Node) -> None:
    for described in (document, load(SPEC).root):
        validate(described)
        assert described["openapi"].startswith("3.1.")


def test_what_is_ours_stands_in_the_overlay() -> None:
    assert "x-eigenpal-" not in SPEC.read_text(encoding="utf-8")


def test_the_two_older_operations_are_deprecated_and_have_no_method(spec: Node) -> None:
    older = [operation for _, _, operation in iter_operations(spec) if operation["tags"] == ["legacy"]]
    assert len(older) == 2
    assert all(operation["deprecated"] and operation["x-eigenpal-method"] is False for operation in older)


def test_every_schema_of_the_facts_is_used(document: Node) -> None:
    used = {node["$ref"] for _, node in iter_nodes(document) if "$ref" in node}
    assert [name for name in {*schemas(document)} & SCHEMAS.keys() if f"#/components/schemas/{name}" not in used] == []


def test_servers_version_and_security(spec: Node) -> None:
    assert [server["url"] for server in spec["servers"]] == ["https://app.eigenpal.com"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", spec["info"]["version"])
    (scheme,) = (name for entry in spec["security"] for name in entry)
    described = spec["components"]["securitySchemes"][scheme]
    assert (described["type"], described["scheme"]) == ("http", "bearer")


def test_every_response_has_a_request_id_header(spec: Node) -> None:
    for method, path, operation in iter_operations(spec):
        for status, answer in operation["responses"].items():
            assert "x-request-id" in resolve(spec, answer)["headers"], f"{method} {path} {status}"


def test_every_retryable_error_has_a_retry_after_header(spec: Node) -> None:
    for method, path, operation in iter_operations(spec):
        for status in ("429", "500"):
            assert "Retry-After" in resolve(spec, operation["responses"][status])["headers"], f"{method} {path}"


def test_operations_that_start_a_run_are_marked(spec: Node) -> None:
    starts = {"RunStartResponse", "RunRerunResponse", "LegacyRunStartResponse"}
    for _, _, operation in iter_operations(spec):
        answers = [answer.get("content", {}).get("application/json") for answer in operation["responses"].values()]
        names = {component_name(answer["schema"].get("$ref", "")) for answer in answers if answer}
        assert operation.get("x-eigenpal-starts-run", False) == bool(names & starts), operation["operationId"]


def test_secrets_are_marked(spec: Node) -> None:
    for name, schema in schemas(spec).items():
        for wire_name, node in schema.get("properties", {}).items():
            if re.search("plaintext|password|token$", wire_name, re.IGNORECASE) and node.get("type") == "string":
                assert node.get("format") == "password", f"{name}.{wire_name}"
    batch = schemas(spec)["SourceSecretsDecryptResponse"]["properties"]["secrets"]
    assert batch["additionalProperties"]["format"] == "password"


# --- examples ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_a_recorded_example_matches_its_schema(document: Node, path: Path) -> None:
    name = path.stem.partition(".")[0]
    if name not in schemas(document):
        known = SCHEMAS[name]
        assert known.keys() & {"client_side", "hint", "legacy"}, f"{name} is sent, but not described"
        return
    assert find_errors(document, make_reference(name), json.loads(path.read_text(encoding="utf-8"))) == []


def test_every_schema_has_examples(spec: Node) -> None:
    for name, schema in schemas(spec).items():
        assert schema.get("examples"), name


def test_every_example_of_a_schema_matches_it(document: Node) -> None:
    for name, schema in schemas(document).items():
        for example in schema.get("examples", []):
            assert find_errors(document, make_reference(name), example) == [], name


def test_every_example_of_a_body_parameter_or_header_matches_its_schema(document: Node) -> None:
    seen = 0
    for place, node in iter_nodes(document):
        if "schema" not in node:
            continue
        examples = [example["value"] for example in node.get("examples", {}).values()]
        for example in [*examples, *([node["example"]] if "example" in node else [])]:
            assert find_errors(document, node["schema"], example) == [], place
            seen += 1
    assert seen > 40


def test_every_path_parameter_has_an_example(spec: Node) -> None:
    for method, path, operation in iter_operations(spec):
        for parameter in iter_parameters(spec, operation):
            assert parameter["in"] != "path" or "example" in parameter, f"{method} {path} {parameter['name']}"


def test_special_values_are_among_the_examples(spec: Node) -> None:
    for row in OPERATIONS:
        operation = spec["paths"][row["path"]][row["method"].lower()]
        for known in row["query_params"]:
            if "special_values" in known:
                (told,) = (entry for entry in iter_parameters(spec, operation) if entry["name"] == known["name"])
                shown = {example["value"] for example in told["examples"].values()}
                assert shown >= {*known["special_values"]}, f"{row['path']} {known['name']}"


@pytest.mark.parametrize(
    ("schema", "broken"),
    [
        ("Run", {"id": "run_1", "type": "workflow", "finished": False}),
        ("RunStartResponse", {"id": "run_1", "type": "workflow", "finished": True}),
        ("RunStartResponse", {"id": "run_1", "type": "block", "finished": False}),
        ("RunAccepted", {"id": "run_1", "type": "workflow", "finished": True}),
        ("CreateAgentBody", {"name": "a", "slug": "a", "colour": "red"}),
        ("CreateAgentBody", {"name": "a"}),
        ("RunStartBody", {"input": {}}),
        ("RunStartBody", {"target": "workflows.a", "files": {"contract": "file_1"}}),
        ("RunStartBody", {"target": "workflows.a", "overrides": {"steps": {"read": 1}}}),
        ("RunFeedbackRequest", {"rating": "good"}),
        ("RunsListResponse", {"runs": []}),
        ("RunTiming", {"createdAt": "yesterday", "startedAt": None, "completedAt": None, "durationMs": None}),
        ("SourceLockfileResponse", {"lockfileVersion": 2}),
        ("ApiErrorEnvelope", {"error": "no"}),
    ],
)
def test_an_invalid_value_is_rejected(document: Node, schema: str, broken: object) -> None:
    assert find_errors(document, make_reference(schema), broken) != []


def test_responses_may_have_unknown_properties(document: Node, spec: Node) -> None:
    def with_more(schema: Node, value: Any) -> Any:
        schema = resolve(spec, schema)
        if "x-eigenpal-variants" in schema:
            return with_more(make_reference(select_variant(schema["x-eigenpal-variants"], value)), value)
        if "properties" in schema and isinstance(value, dict):
            known: Node = schema["properties"]
            told = {key: with_more(known.get(key, {}), inner) for key, inner in cast("Node", value).items()}
            return {**told, "newProperty": [1]}
        if isinstance(value, list):
            return [with_more(schema.get("items", {}), inner) for inner in cast("list[object]", value)]
        return value

    for name in sorted(RECEIVED & {*schemas(spec)}):
        for example in schemas(spec)[name]["examples"]:
            assert find_errors(document, make_reference(name), with_more(make_reference(name), example)) == [], name


# --- telling the variants of a union apart ----------------------------------------------------------------------------


def select_variant(variants: list[Node], value: Node) -> str:
    for variant in variants[:-1]:
        if any(key in value for key in variant.get("holds", ())):
            return str(variant["schema"])
        if any(key in value and value[key] == wanted for key, wanted in variant.get("equals", {}).items()):
            return str(variant["schema"])
    return str(variants[-1]["schema"])


def test_a_property_that_selects_a_variant_is_in_no_later_one(spec: Node) -> None:
    def properties(name: str) -> set[str]:
        schema = resolve(spec, schemas(spec)[name])
        if "properties" in schema:
            return {*schema["properties"]}
        return {wire_name for branch in schema["anyOf"] for wire_name in properties(component_name(branch["$ref"]))}

    for place, node in iter_nodes(spec):
        variants = node.get("x-eigenpal-variants", [])
        for number, variant in enumerate(variants):
            for other in variants[number + 1 :]:
                assert not {*variant.get("holds", ())} & properties(other["schema"]), place


def test_every_example_selects_the_variant_it_matches(document: Node, spec: Node) -> None:
    def check(schema: Node, value: Any) -> None:
        schema = resolve(spec, schema)
        if "x-eigenpal-variants" in schema:
            name = select_variant(schema["x-eigenpal-variants"], value)
            assert find_errors(document, make_reference(name), value) == [], name
            told.add(name)
            check(make_reference(name), value)
        for wire_name, inner in schema.get("properties", {}).items():
            if isinstance(value, dict) and wire_name in value:
                check(inner, value[wire_name])

    told: set[str] = set()
    for name, schema in schemas(spec).items():
        for example in schema["examples"]:
            check(make_reference(name), example)
    for path in EXAMPLES:
        name = path.stem.partition(".")[0]
        if name in schemas(spec):
            check(make_reference(name), json.loads(path.read_text(encoding="utf-8")))
    wanted = {variant["schema"] for _, node in iter_nodes(spec) for variant in node.get("x-eigenpal-variants", [])}
    assert told == wanted


# --- texts ------------------------------------------------------------------------------------------------------------


def test_every_operation_has_a_summary_and_a_description(spec: Node) -> None:
    for _, _, operation in iter_operations(spec):
        for told in [operation, *operation.get("x-eigenpal-also", [])]:
            name = told.get("operationId") or told["operation"]
            assert re.fullmatch(r"[A-Z][^\n]{8,78}[^.\s]", told["summary"]), f"{name}: {told['summary']}"
            assert re.search(r"[^\s][.]\Z", told["description"]), f"{name}: {told['description']}"
            assert told["summary"].split()[0].rstrip("s") == told["summary"].split()[0], f"{name} is not an imperative"


def test_no_two_methods_have_the_same_summary(spec: Node) -> None:
    told = [entry["summary"] for _, _, row in iter_operations(spec) for entry in [row, *row.get("x-eigenpal-also", [])]]
    assert sorted(told) == sorted({*told})


def test_everything_a_caller_meets_is_described(spec: Node) -> None:
    for place, node in iter_nodes(spec):
        described = place.endswith("/requestBody") or re.search(
            r"/(components/schemas|properties|tags|servers|headers|parameters|responses)/[^/]+\Z", place
        )
        if "x-eigenpal-part-prefix" in node:
            assert node["additionalProperties"]["description"].endswith("."), place
        only_refers = "$ref" in node and not re.search(r"/(properties|components/schemas)/[^/]+\Z", place)
        if described and not only_refers and not place.endswith("/components/responses"):
            text = node.get("description", "")
            assert re.search(r"[.]\Z", text), f"{place}: {text!r} should be a sentence"


def test_free_form_responses_are_described(spec: Node) -> None:
    for method, path, operation in iter_operations(spec):
        for answer in operation["responses"].values():
            for media in resolve(spec, answer).get("content", {}).values():
                assert "$ref" in media["schema"] or media["schema"]["description"], f"{method} {path}"


def test_known_keys_of_free_form_responses_are_described(spec: Node) -> None:
    for row in OPERATIONS:
        if "shape_hint" in row:
            answer = next(iter(spec["paths"][row["path"]][row["method"].lower()]["responses"].values()))
            schema = answer["content"]["application/json"]["schema"]
            assert schema["additionalProperties"] is True
            for known in SCHEMAS[row["shape_hint"]["schema_ref"]]["fields"]:
                assert f"`{known['wire']}`" in schema["description"], f"{row['path']}: {known['wire']}"


def test_every_value_of_an_enum_is_explained(spec: Node) -> None:
    known = {*re.findall(r"[\w-]+", json.dumps([OPERATIONS, SCHEMAS]))}
    for name, schema in schemas(spec).items():
        for value in known & {*schema.get("enum", [])}:
            assert re.search(rf"^- `{value}`: [^\n]+[.]$", schema["description"], re.MULTILINE), f"{name}: {value}"


def iter_all_parameters(spec: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield every parameter of every operation with its place and its schema."""
    for method, path, operation in iter_operations(spec):
        for parameter in iter_parameters(spec, operation):
            yield f"{method} {path} {parameter['name']}", parameter, resolve(spec, parameter["schema"])


def iter_properties(spec: Node) -> Iterator[tuple[str, Node]]:
    for name, schema in schemas(spec).items():
        for wire_name, described in schema.get("properties", {}).items():
            yield f"{name}.{wire_name}", described


def test_defaults_and_limits_of_parameters_are_described(spec: Node) -> None:
    seen = 0
    for place, parameter, schema in iter_all_parameters(spec):
        for told in (schema.get("default"), schema.get("maximum")):
            if told is not None:
                assert re.search(rf"\b{told}\b", parameter["description"]), f"{place}: {told}"
                seen += 1
        if "default" in schema:
            assert "Defaults to " in parameter["description"], place
    assert seen > 10


def test_units_and_time_zones_are_described(spec: Node) -> None:
    units = {"durationMs": "in milliseconds", "avgDurationMs": "in milliseconds", "size": "in bytes"}
    seen = set[str]()
    for place, described in iter_properties(spec):
        name = place.partition(".")[2]
        if name in units:
            assert units[name] in described["description"], place
            seen.add(name)
        if described.get("format") == "date-time":
            assert "in UTC" in described["description"], place
    assert seen == {*units}
    for place, parameter, schema in iter_all_parameters(spec):
        if schema["type"] == "integer":
            assert parameter["description"].startswith(("Seconds ", "Number ", "Maximum number ")), place


def test_the_meaning_of_null_is_described(spec: Node) -> None:
    seen = 0
    for place, described in iter_properties(spec):
        branches: list[Node] = described.get("anyOf", [])
        if "null" in described.get("type", []) or {"type": "null"} in branches:
            assert re.search(r"\bnull\b", described["description"], re.IGNORECASE), place
            seen += 1
    assert seen > 50


def test_operations_named_in_descriptions_exist(document: Node, spec: Node) -> None:
    tags = {operation["tags"][0] for _, _, operation in iter_operations(spec)}
    named = {"runs.compare"}  # of the client alone
    for _, _, operation in iter_operations(document):
        named.add(operation["operationId"])
        named |= {entry["operation"] for entry in operation.get("x-eigenpal-also", [])}
    seen = 0
    for place, node in iter_nodes(spec):
        text = node.get("description")
        for name in re.findall(r"`(\w+\.[\w.]+)`", text) if isinstance(text, str) else []:
            if name.partition(".")[0] in tags:
                assert name in named, f"{place}: {name}"
                seen += 1
    assert seen > 15


def test_side_effects_and_conflicts_are_described(spec: Node) -> None:
    for _, _, operation in iter_operations(spec):
        name, about = operation["operationId"], operation["description"]
        if operation.get("x-eigenpal-starts-run") and not operation.get("deprecated"):
            assert "Each call starts a new run." in about, name
        if "409" in operation["responses"]:
            assert "409" in about, name
            assert "no longer supported" in operation["summary"], name
        if operation.get("deprecated"):
            assert re.search(r"\buse\b|\bpush\b", about), f"{name} should say what to do instead"


def test_descriptions_state_only_what_is_known(spec: Node) -> None:
    hedge = re.compile(
        r"not (specified|documented|known)|undocumented|unspecified|likely|probably|presumably", re.IGNORECASE
    )
    for place, node in iter_nodes(spec):
        for key in ("summary", "description"):
            if isinstance(node.get(key), str):
                assert not hedge.search(node[key]), f"{place}: {node[key]!r} belongs in docs/open-questions.md"


def test_a_parameter_has_one_example_or_several(spec: Node) -> None:
    for place, node in iter_nodes(spec):
        assert "in" not in node or not {"example", "examples"} <= node.keys(), place


def test_descriptions_use_light_markdown_only(spec: Node) -> None:
    for place, node in iter_nodes(spec):
        text = node.get("description")
        if isinstance(text, str):
            assert text == text.strip(), place
            assert text.count("`") % 2 == 0, place
            assert not re.search(r"</?\w+>|^#|^\s*\* |\]\(|\t", re.sub(r"`[^`]*`", "", text), re.MULTILINE), place


# --- form -------------------------------------------------------------------------------------------------------------


def test_components_are_in_alphabetical_order(spec: Node) -> None:
    for kind, entries in spec["components"].items():
        assert list(entries) == sorted(entries), kind


def test_operations_are_grouped_by_resource(spec: Node) -> None:
    tags = [operation["tags"][0] for _, _, operation in iter_operations(spec)]
    groups = [tag for index, tag in enumerate(tags) if index == 0 or tags[index - 1] != tag]
    names = [tag["name"] for tag in spec["tags"]]
    assert groups == [name for name in names if "." not in name]
    # The others describe the groups within a resource, and stand right after it.
    inner = {operation["operationId"].rpartition(".")[0] for _, _, operation in iter_operations(spec)} - {"", *groups}
    assert sorted(name for name in names if "." in name) == sorted(inner)
    assert [name.split(".")[0] for name in names] == sorted((name.split(".")[0] for name in names), key=groups.index)


def test_every_extension_is_documented_at_the_top(spec: Node) -> None:
    head = OVERLAY.read_text(encoding="utf-8").partition("\noverlay:")[0]
    used = {key for _, node in iter_nodes(spec) for key in node if key.startswith("x-") and key != "x-request-id"}
    assert sorted(used) == sorted({*re.findall(r"^#   (x-eigenpal-[a-z-]+)", head, re.MULTILINE)})


def test_lines_of_the_overlay_are_of_a_readable_length() -> None:
    for number, line in enumerate(OVERLAY.read_text(encoding="utf-8").splitlines(), 1):
        assert len(line) <= 120, number
        assert line == line.rstrip(), number
        assert "\t" not in line, number
