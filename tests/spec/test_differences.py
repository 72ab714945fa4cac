"""The comparison of spec and facts notices what it is there to notice."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import yaml

from tests.spec import test_openapi
from tests.spec.openapi_facts import (
    MULTIPART,
    Facts,
    Node,
    differences,
    load_facts,
    load_spec,
    load_yaml,
    operations,
    resolve,
)

Change = Callable[[Node], object]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts()


@pytest.fixture(scope="module")
def unchanged() -> Node:
    return load_spec()


@pytest.fixture
def spec(unchanged: Node) -> Node:
    return copy.deepcopy(unchanged)


def schema(spec: Node, name: str) -> Node:
    found: Node = spec["components"]["schemas"][name]
    return found


def field(spec: Node, name: str, wire_name: str) -> Node:
    found: Node = schema(spec, name)["properties"][wire_name]
    return found


def operation(spec: Node, wanted: str) -> Node:
    return next(operation for _, _, operation in operations(spec) if operation["operationId"] == wanted)


def parameter(spec: Node, wanted: str, name: str) -> Node:
    listed = [resolve(spec, entry) for entry in operation(spec, wanted)["parameters"]]
    return next(entry for entry in listed if entry["name"] == name)


def media(spec: Node, wanted: str, status: str) -> Node:
    found: Node = operation(spec, wanted)["responses"][status]["content"]["application/json"]
    return found


CHANGES: list[tuple[str, str, Change]] = [
    (
        "an operation is gone",
        "GET /api/v1/workflows: missing",
        lambda spec: spec["paths"].pop("/api/v1/workflows"),
    ),
    (
        "an operation too many",
        "POST /api/v1/agents/{agentId}: not in the facts",
        lambda spec: spec["paths"]["/api/v1/agents/{agentId}"].update(post=operation(spec, "agents.create")),
    ),
    (
        "another place in the tree",
        "runs.renamed",
        lambda spec: operation(spec, "runs.get").update(operationId="runs.renamed"),
    ),
    (
        "a second method is gone",
        "methods beside it",
        lambda spec: operation(spec, "runs.feedback.update").pop("x-eigenpal-also"),
    ),
    (
        "a deprecation is forgotten",
        "PUT /api/v1/agents/{agentId}/files / deprecated",
        lambda spec: operation(spec, "agents.putFile").pop("deprecated"),
    ),
    (
        "a current operation is deprecated",
        "GET /api/v1/runs / deprecated",
        lambda spec: operation(spec, "runs.list").update(deprecated=True),
    ),
    (
        "cancelling is no longer repeatable",
        "cancel / repeatable",
        lambda spec: operation(spec, "runs.cancel").pop("x-eigenpal-repeatable"),
    ),
    (
        "starting a run becomes repeatable",
        "POST /api/v1/runs / repeatable",
        lambda spec: operation(spec, "run").update({"x-eigenpal-repeatable": True}),
    ),
    (
        "pages are forgotten",
        "GET /api/v1/agents / pages: missing",
        lambda spec: operation(spec, "agents.list").pop("x-eigenpal-pages"),
    ),
    (
        "pages hold their rows elsewhere",
        "GET /api/v1/runs / pages",
        lambda spec: operation(spec, "runs.list")["x-eigenpal-pages"].update(items="data"),
    ),
    (
        "a parameter is gone",
        "GET /api/v1/runs / query",
        lambda spec: operation(spec, "runs.list")["parameters"].pop(),
    ),
    (
        "a parameter moved",
        "header version: not in the facts",
        lambda spec: parameter(spec, "run", "version").update({"in": "header"}),
    ),
    (
        "a parameter became required",
        "query limit / required",
        lambda spec: parameter(spec, "runs.list", "limit").update(required=True),
    ),
    (
        "a parameter became optional",
        "query packageRef / required",
        lambda spec: parameter(spec, "source.lockfile", "packageRef").pop("required"),
    ),
    (
        "a parameter has another type",
        "query includeArchived: 'boolean' in the facts, 'string' in the spec",
        lambda spec: parameter(spec, "agents.list", "includeArchived")["schema"].update(type="string"),
    ),
    (
        "a parameter is restricted",
        "query search / maxLength: not in the facts",
        lambda spec: parameter(spec, "agents.list", "search")["schema"].update(maxLength=5),
    ),
    (
        "a maximum is lowered",
        "query wait_for_completion / maximum: 600 in the facts, 60 in the spec",
        lambda spec: parameter(spec, "rerun", "wait_for_completion")["schema"].update(maximum=60),
    ),
    (
        "a default is forgotten",
        "query ref / default: missing",
        lambda spec: parameter(spec, "source.raw", "ref")["schema"].pop("default"),
    ),
    (
        "a list is sent as repeated keys",
        "query status / list: 'comma' in the facts, 'repeated' in the spec",
        lambda spec: parameter(spec, "runs.list", "status").update(explode=True),
    ),
    (
        "a list became a single value",
        "query ids / list: missing",
        lambda spec: parameter(spec, "runs.list", "ids").update(schema={"type": "string"}),
    ),
    (
        "slashes are encoded",
        "path path / slashes: missing",
        lambda spec: parameter(spec, "runs.artifacts.download", "path").pop("x-eigenpal-slashes"),
    ),
    (
        "a moment is plain text",
        "query createdAfter / moment: missing",
        lambda spec: parameter(spec, "runs.list", "createdAfter").pop("x-eigenpal-moment"),
    ),
    (
        "the read timeout no longer grows",
        "the server waits that many seconds: missing",
        lambda spec: parameter(spec, "run", "wait_for_completion").pop("x-eigenpal-server-wait"),
    ),
    (
        "null cannot be sent",
        "query folderId / null is sent as: missing",
        lambda spec: parameter(spec, "workflows.list", "folderId").pop("examples"),
    ),
    (
        "a header is gone",
        "POST /api/v1/runs / header X-Eigenpal-Trigger: missing",
        lambda spec: operation(spec, "run")["parameters"].pop(),
    ),
    (
        "an expandable section is gone",
        "query expand / values",
        lambda spec: schema(spec, "RunSection")["enum"].remove("debug"),
    ),
    (
        "a status is gone",
        "schema RunCancelExecution.status / values",
        lambda spec: schema(spec, "ExecutionStatus")["enum"].remove("rejected"),
    ),
    (
        "a status too many",
        "GET /api/v1/runs / query status / values",
        lambda spec: schema(spec, "ExecutionStatus")["enum"].append("paused"),
    ),
    (
        "a form of the body is gone",
        "POST /api/v1/runs / body multipart/form-data: missing",
        lambda spec: operation(spec, "run")["requestBody"]["content"].pop(MULTIPART),
    ),
    (
        "a body became optional",
        "POST /api/v1/agents / body application/json / required",
        lambda spec: operation(spec, "agents.create")["requestBody"].pop("required"),
    ),
    (
        "a body is a different one",
        "PATCH /api/v1/agents/{agentId} / body application/json",
        lambda spec: operation(spec, "agents.update")["requestBody"]["content"]["application/json"]["schema"].update(
            {"$ref": "#/components/schemas/CreateAgentBody"}
        ),
    ),
    (
        "the 409 is gone",
        "POST /api/v1/agents/{agentId}/files / answer 409 application/json: missing",
        lambda spec: operation(spec, "agents.uploadFiles")["responses"].pop("409"),
    ),
    (
        "a status of success is gone",
        "POST /api/v1/runs / answer 202 application/json: missing",
        lambda spec: operation(spec, "run")["responses"].pop("202"),
    ),
    (
        "an answer lost its schema",
        "GET /api/v1/runs/{id} / answer 200 application/json: 'ref:Run' in the facts, 'any' in the spec",
        lambda spec: media(spec, "runs.get", "200").update(schema={}),
    ),
    (
        "a free-form answer got a shape",
        "GET /api/v1/runs/{id}/feedback / answer 200 application/json",
        lambda spec: media(spec, "runs.feedback.get", "200").update(schema={"$ref": "#/components/schemas/RunFile"}),
    ),
    (
        "errors have another shape",
        "answer 404 application/json",
        lambda spec: spec["components"]["responses"]["NotFound"]["content"]["application/json"].update(
            schema={"$ref": "#/components/schemas/AgentFilesConflict"}
        ),
    ),
    (
        "an empty answer has content",
        "DELETE /api/v1/runs/{id}/files/{fileId} / answer 204: missing",
        lambda spec: operation(spec, "runs.files.delete")["responses"]["204"].update(
            content={"application/json": {"schema": {}}}
        ),
    ),
    (
        "a download is JSON",
        "GET /api/v1/runs/{id}/files-zip / answer 200 application/zip: missing",
        lambda spec: operation(spec, "runs.artifacts.downloadZip")["responses"]["200"].update(
            content={"application/json": {"schema": {}}}
        ),
    ),
    (
        "a schema too many",
        "schema RunJsonDifference: not in the facts",
        lambda spec: spec["components"]["schemas"].update(RunJsonDifference=copy.deepcopy(schema(spec, "RunFile"))),
    ),
    (
        "a property too many",
        "schema RunFile.path: not in the facts",
        lambda spec: schema(spec, "RunFile")["properties"].update(path={"type": "string"}),
    ),
    (
        "a required property is not described",
        "schema RunFile.path: not in the facts",
        lambda spec: schema(spec, "RunFile")["required"].append("path"),
    ),
    (
        "a type is widened",
        "schema RunArtifact.size: 'integer' in the facts, 'number' in the spec",
        lambda spec: field(spec, "RunArtifact", "size").update(type=["number", "null"]),
    ),
    (
        "a type is any",
        "schema RunTiming.createdAt",
        lambda spec: schema(spec, "RunTiming")["properties"].update(createdAt={}),
    ),
    (
        "a timestamp is plain text",
        "schema RunTiming.createdAt: 'datetime-string' in the facts, 'string' in the spec",
        lambda spec: field(spec, "RunTiming", "createdAt").pop("format"),
    ),
    (
        "a text has a format",
        "schema RunSourceGit.commitSha: 'string' in the facts, 'string as uuid' in the spec",
        lambda spec: field(spec, "RunSourceGit", "commitSha").update(format="uuid"),
    ),
    (
        "an enum became open",
        "schema RunCancellation.state / values: missing",
        lambda spec: schema(spec, "RunCancellation")["properties"].update(state={"type": "string"}),
    ),
    (
        "a constant varies",
        "schema EncryptedSecret.algorithm / always: missing",
        lambda spec: field(spec, "EncryptedSecret", "algorithm").pop("const"),
    ),
    (
        "null is allowed",
        "schema RunFeedback.body / nullable: False in the facts, True in the spec",
        lambda spec: field(spec, "RunFeedback", "body").update(type=["string", "null"]),
    ),
    (
        "the items of a list are of another type",
        "schema RunsListResponse.runs",
        lambda spec: field(spec, "RunsListResponse", "runs").update(items={"$ref": "#/components/schemas/Run"}),
    ),
    (
        "the items of a list are restricted",
        "schema AutomationSyncResponse.warnings / inside 0 / pattern",
        lambda spec: field(spec, "AutomationSyncResponse", "warnings")["items"].update(pattern="^a"),
    ),
    (
        "the values of a map are of another type",
        "schema SourceSecretsEncryptResponse.secrets",
        lambda spec: field(spec, "SourceSecretsEncryptResponse", "secrets").update(additionalProperties=True),
    ),
    (
        "a variant is gone",
        "schema RunExecution / of",
        lambda spec: schema(spec, "RunExecution")["anyOf"].pop(),
    ),
    (
        "a variant of a property is gone",
        "schema Run.execution",
        lambda spec: field(spec, "Run", "execution")["anyOf"].pop(),
    ),
    (
        "an alias points elsewhere",
        "schema RunRerunResponse / of",
        lambda spec: schema(spec, "RunRerunResponse").update({"$ref": "#/components/schemas/Run"}),
    ),
    (
        "an answer is closed to what it may grow",
        "schema RunUsage / other properties: 'unspecified' in the facts, 'refused' in the spec",
        lambda spec: schema(spec, "RunUsage").update(additionalProperties=False),
    ),
    (
        "a closed body is open",
        "schema CreateAgentBody / other properties: 'refused' in the facts, 'unspecified' in the spec",
        lambda spec: schema(spec, "CreateAgentBody").pop("additionalProperties"),
    ),
    (
        "a part is gone",
        "schema RunStartMultipartBody / part metadata: missing",
        lambda spec: schema(spec, "RunStartMultipartBody")["properties"].pop("metadata"),
    ),
    (
        "the files are gone",
        "schema RunStartMultipartBody / part files.<field>: missing",
        lambda spec: schema(spec, "RunStartMultipartBody").pop("additionalProperties"),
    ),
    (
        "the files have other names",
        "schema RunStartMultipartBody / part file-<field>: not in the facts",
        lambda spec: schema(spec, "RunStartMultipartBody").update({"x-eigenpal-part-prefix": "file-"}),
    ),
    (
        "a file part is text",
        "schema UploadRunFileBody / part file: 'binary' in the facts, 'text' in the spec",
        lambda spec: field(spec, "UploadRunFileBody", "file").pop("format"),
    ),
    (
        "a part is sent as JSON",
        "schema RunStartMultipartBody / part input",
        lambda spec: operation(spec, "run")["requestBody"]["content"][MULTIPART]["encoding"].pop("input"),
    ),
    (
        "a part became optional",
        "schema UploadExpectedFileBody / part file / required",
        lambda spec: schema(spec, "UploadExpectedFileBody").pop("required"),
    ),
]


@pytest.mark.parametrize(("expected", "change"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_of_the_spec_is_noticed(spec: Node, facts: Facts, expected: str, change: Change) -> None:
    change(spec)
    assert expected in "\n".join(differences(spec, facts))


def test_a_method_the_facts_cannot_know_is_refused(spec: Node, facts: Facts) -> None:
    spec["paths"]["/api/v1/runs"]["head"] = {}
    with pytest.raises(ValueError, match="'head'"):
        differences(spec, facts)


def test_a_schema_that_is_gone_is_refused(spec: Node, facts: Facts) -> None:
    del spec["components"]["schemas"]["RunDebug"]
    with pytest.raises(ValueError, match="#/components/schemas/RunDebug points nowhere"):
        differences(spec, facts)


def test_a_parameter_given_twice_is_refused(spec: Node, facts: Facts) -> None:
    operation(spec, "runs.list")["parameters"].append(parameter(spec, "runs.list", "ids"))
    with pytest.raises(ValueError, match="query ids / required: there twice"):
        differences(spec, facts)


def objects(spec: Node) -> Iterator[tuple[str, Node]]:
    for name, described in spec["components"]["schemas"].items():
        if "properties" in described:
            yield name, described


def test_no_property_can_be_lost_renamed_or_change_its_nature_unnoticed(spec: Node, facts: Facts) -> None:
    for name, described in objects(spec):
        properties: Node = described["properties"]
        required: list[str] = described.setdefault("required", [])
        for wire_name, before in list(properties.items()):
            place = f"schema {name}.{wire_name}"
            part = f"schema {name} / part {wire_name}"

            del properties[wire_name]
            assert any(line.startswith((place, part)) for line in differences(spec, facts)), f"{place} was dropped"
            after: Node = {"type": "string", "format": "binary"}
            if before.get("format") != "binary":
                properties[wire_name] = after
                assert any(line.startswith((place, part)) for line in differences(spec, facts)), f"{place} is {after}"
            properties[wire_name] = before

            listed = required.copy()
            required.remove(wire_name) if wire_name in required else required.append(wire_name)
            wanted = (f"{place} / required", f"{part} / required")
            assert any(line.startswith(wanted) for line in differences(spec, facts)), f"{place} is as needed as before"
            required[:] = listed
    assert differences(spec, facts) == []


def test_no_parameter_can_be_lost_or_change_its_nature_unnoticed(spec: Node, facts: Facts) -> None:
    for method, path, described in operations(spec):
        listed: list[Node] = described.get("parameters", [])
        for index, entry in enumerate(list(listed)):
            found = resolve(spec, entry)
            place = f"{method} {path} / {found['in']} {found['name']}"
            changed: list[list[Any]] = [
                [],
                [{**found, "required": not found.get("required", False)}],
                [{**found, "name": f"{found['name']}x"}],
                [{**found, "schema": {"type": "number"}}],
            ]
            for replacement in changed:
                listed[index : index + 1] = replacement
                assert any(line.startswith(place) for line in differences(spec, facts)), f"{place}: {replacement}"
                listed[index : index + len(replacement)] = [entry]
    assert differences(spec, facts) == []


def test_no_enum_value_can_be_lost_or_added_unnoticed(spec: Node, facts: Facts) -> None:
    for name, described in spec["components"]["schemas"].items():
        values: list[str] = described.get("enum", [])
        for value in values.copy():
            place = values.index(value)
            values.remove(value)
            assert differences(spec, facts), f"{name} lost {value}"
            values.insert(place, value)
        if values:
            values.append("surely-not")
            assert differences(spec, facts), f"{name} grew"
            values.pop()
    assert differences(spec, facts) == []


def test_no_answer_can_be_lost_or_added_unnoticed(spec: Node, facts: Facts) -> None:
    for method, path, described in operations(spec):
        answers: Node = described["responses"]
        for status in list(answers):
            before = answers.pop(status)
            place = f"{method} {path} / answer {status}"
            assert any(line.startswith(place) for line in differences(spec, facts)), place
            answers[status] = before
        answers["418"] = {"description": "I am a teapot."}
        assert any(line.startswith(f"{method} {path} / answer 418") for line in differences(spec, facts))
        del answers["418"]
    assert differences(spec, facts) == []


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(yaml.YAMLError, match="duplicate key 'type'"):
        load_yaml("size: {type: integer, minimum: 0, type: number}")


# --- every place of the spec, changed in every way that could hurt ----------------------------------------------------

Mutation = Callable[[], object]


def replaced(node: Node, key: str, value: object) -> Mutation:
    return lambda: node.update({key: value})


def removed(node: Node, key: str) -> Mutation:
    return lambda: node.pop(key)


def mutations_of_schema(node: Node) -> Iterator[tuple[str, Mutation]]:
    """Yield what can go wrong in one schema, that of a parameter included."""
    kind: Any = node.get("type")
    if isinstance(kind, str) and "enum" not in node and "properties" not in node:
        yield "allows null", replaced(node, "type", [kind, "null"])
        others = {"string": "integer", "integer": "number"}
        if not {"items", "additionalProperties", "const"} & node.keys():
            yield "has another type", replaced(node, "type", others.get(kind, "string"))
    elif isinstance(kind, list):
        yield "forbids null", replaced(node, "type", cast("list[str]", kind)[0])
    if {"type": "null"} in node.get("anyOf", []):
        yield "forbids null", replaced(node, "anyOf", [one for one in node["anyOf"] if one.get("type") != "null"])
    for bound in ("minimum", "maximum"):
        if bound in node:
            yield f"lost its {bound}", removed(node, bound)
            yield f"has another {bound}", replaced(node, bound, node[bound] + 1)
    if node.get("type") in ("integer", ["integer", "null"]) and "maximum" not in node:
        yield "got a maximum", replaced(node, "maximum", 7)
    for keyword in ("default", "const"):
        if keyword in node:
            yield f"lost its {keyword}", removed(node, keyword)
            yield f"has another {keyword}", replaced(node, keyword, "another")
    if kind == "string" and not {"default", "const", "enum"} & node.keys():
        yield "got a default", replaced(node, "default", "surprise")
        yield "got an enum", replaced(node, "enum", ["one", "two"])
    if "format" in node:
        yield "lost its format", removed(node, "format")
        yield "has another format", replaced(node, "format", "uuid")
    elif kind == "string" and "enum" not in node:
        yield "got a format", replaced(node, "format", "date-time")
    for wire_name in node.get("required", []):
        yield f"needs no {wire_name}", replaced(node, "required", [one for one in node["required"] if one != wire_name])
    for wire_name in node.get("properties", {}):
        if wire_name not in node.get("required", []):
            yield f"needs {wire_name}", replaced(node, "required", [*node.get("required", []), wire_name])
    if "x-eigenpal-variants" in node:
        yield "lost its variants", removed(node, "x-eigenpal-variants")
    if isinstance(node.get("additionalProperties"), bool):
        closed = not node["additionalProperties"]
        yield "says the opposite of other properties", replaced(node, "additionalProperties", closed)


def schema_nodes(node: object, place: str) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those inside it."""
    if isinstance(node, dict):
        found = cast("Node", node)
        yield place, found
        for wire_name, inner in found.get("properties", {}).items():
            yield from schema_nodes(inner, f"{place}.{wire_name}")
        for key in ("items", "additionalProperties"):
            yield from schema_nodes(found.get(key), f"{place} / {key}")
        for key in ("anyOf", "oneOf"):
            for number, branch in enumerate(found.get(key, [])):
                if branch.get("type") != "null":
                    yield from schema_nodes(branch, f"{place} / {key} {number}")


def mutations(spec: Node) -> Iterator[tuple[str, Node, Mutation]]:
    """Yield every change with what it says, and the part of the spec that it changes."""
    components = spec["components"]
    places = [found for name, node in components["schemas"].items() for found in schema_nodes(node, name)]
    for name, parameter in components["parameters"].items():
        places += schema_nodes(parameter["schema"], f"parameter {name}")
    for method, path, described in operations(spec):
        place = f"{method} {path}"
        for parameter in described.get("parameters", []):
            if "schema" in parameter:
                places += schema_nodes(parameter["schema"], f"{place} {parameter['name']}")
        for status, answer in described["responses"].items():
            for media_type in answer.get("content", {}):
                yield f"{place} {status} has no {media_type}", answer["content"], removed(answer["content"], media_type)
            headers: Node = answer.get("headers", {})
            for header in headers:
                yield f"{place} {status} lost {header}", headers, removed(headers, header)
        for extension in sorted(key for key in described if key.startswith("x-") and key != "x-eigenpal-method"):
            yield f"{place} lost {extension}", described, removed(described, extension)
        if "requestBody" in described:
            content: Node = described["requestBody"]["content"]
            for media_type in content:
                yield f"{place} takes no {media_type}", content, removed(content, media_type)
    for name, answer in components["responses"].items():
        for header in answer["headers"]:
            yield f"{name} lost {header}", answer["headers"], removed(answer["headers"], header)
    for place, node in places:
        for said, change in mutations_of_schema(node):
            yield f"{place} {said}", node, change
        properties: Node = node.get("properties", {})
        for wire_name in properties:
            yield f"{place} has no {wire_name}", properties, removed(properties, wire_name)


# What the comparison leaves to other tests.
OTHERS: list[Change] = [
    test_openapi.test_every_answer_carries_its_request_id,
    test_openapi.test_answers_that_ask_to_wait_say_how_long,
    test_openapi.test_what_must_stay_secret_is_marked,
    test_openapi.test_what_starts_a_run_is_marked,
    test_openapi.test_every_union_of_objects_says_how_to_tell_them_apart,
]


def is_noticed(spec: Node, facts: Facts) -> bool:
    try:
        if differences(spec, facts):
            return True
        for check in OTHERS:
            check(spec)
    except (AssertionError, KeyError, ValueError):
        return True
    return False


def test_a_change_that_hurts_nothing_is_not_noticed(spec: Node, facts: Facts) -> None:
    for node in (operation(spec, "runs.list"), schema(spec, "Run"), parameter(spec, "runs.list", "limit")):
        node["description"] = "Other words."
    assert not is_noticed(spec, facts)


SHARES = 8


@pytest.mark.parametrize("share", range(SHARES))
def test_no_change_anywhere_goes_unnoticed(spec: Node, facts: Facts, share: int) -> None:
    unnoticed: list[str] = []
    found = list(mutations(spec))
    assert len(found) > 2000
    for said, node, change in found[share::SHARES]:
        before = dict(node)
        change()
        if not is_noticed(spec, facts):
            unnoticed.append(said)
        node.clear()
        node.update(before)
    assert unnoticed == []
    assert not is_noticed(spec, facts)
