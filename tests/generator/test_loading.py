"""Which files are valid specs, and the messages for those that are not."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.loading import load, read
from tests.generator.small_specs import TEXT, Node, expect_problems, make_response, make_spec, ref

SMALL = json.dumps(make_spec())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "openapi.yaml: must be an object at the top level"),
        ("just text", "openapi.yaml: must be an object at the top level"),
        ("[1, 2]", "openapi.yaml: must be an object at the top level"),
        ("null", "openapi.yaml: must be an object at the top level"),
        ("a:\n- [1", ":3 #: not YAML: did not find expected ',' or ']', column 1"),
        ("\tkey: value", ":1 #: not YAML: found character that cannot start any token, column 1"),
        ('{"a": 1\n"b": 2}', ":2 #: not YAML: did not find expected ',' or '}', column 4"),
        ("a: \x00", "openapi.yaml: not YAML: "),
        (b"\xff\xfe\x00", "openapi.yaml: is not UTF-8: invalid start byte at byte 0"),
        ("openapi: 3.1.0\nb: {c: 1, c: 2}", ":2 #/b/c: is defined twice"),
        ("openapi: 3.1.0\nb:\n  200: 1\n  '200': 2", ":4 #/b/200: is defined twice"),
        ('{"openapi": "3.1.0",\n "b": {"c": 1, "c": 2}}', ":2 #/b/c: is defined twice"),
        ("openapi: 3.1.0\nb: &loop\n  c: [*loop]", ":2 #/b/c/0: refers to itself through a YAML alias"),
        ("openapi: 3.1.0\nb: &loop\n  c: {<<: *loop}", ":2 #/b/c: refers to itself through a YAML alias"),
        ("openapi: 3.1.0\nb: {<<: [{c: 1}, text]}", "#/b: a merge key (<<) must hold a mapping, or a list of mappings"),
        ("openapi: 3.1.0\nb: *nothing", "#: not YAML: found undefined alias"),
        ("openapi: 3.1.0\n? {a: 1}\n: 1", ":2 #: a key must be text"),
        ("openapi: 3.1.0\nb: .nan", ":2 #/b: '.nan' is not a valid JSON number"),
        ("openapi: 3.1.0\nb: 1e999", ":2 #/b: '1e999' is not a valid JSON number"),
        ('{"openapi": "3.1.0", "b": -Infinity}', "#/b: '-Infinity' is not a valid JSON number"),
        ("openapi: 3.1.0\nb: !!binary aGk=", "#/b: 'aGk=' is tag:yaml.org,2002:binary, which is not a JSON type"),
        ("openapi: 3.1.0\nb: !!set {a}", ":2 #/b: tag:yaml.org,2002:set is not a JSON type"),
        ("openapi: 3.1.0\nb: !include other.yaml", ":2 #/b: 'other.yaml' is !include, which is not a JSON type"),
        ("openapi: 3.1.0\nb: !!python/name:os.system x", "python/name:os.system, which is not a JSON type"),
        ("openapi: 3.1.0\nb: !!int x", ":2 #/b: 'x' is not a valid int"),
        (f"openapi: 3.1.0\nb: {'9' * 5000}", f":2 #/b: '{'9' * 40}' is not a valid JSON number"),
        (f"openapi: 3.1.0\nb: {'c' * 20_000_000}", "openapi.yaml: is longer than 20,000,000 characters"),
        ('{"openapi": "3.1.0", "b": "\\ud800"}', "#/b: contains a lone surrogate, which is not a valid character"),
        ('openapi: 3.1.0\nb: "\\ud800"', "#: not YAML: "),
        ("[" * 100_000, "openapi.yaml: is nested more than 100 levels deep"),
        ("- " * 100_000, "openapi.yaml: is nested more than 100 levels deep"),
        ('{"openapi": "3.1.0", "b": ' + "[" * 150 + "]" * 150 + "}", ": is nested more than 100 levels deep"),
        (
            '{"openapi": "3.1.0", "b": ' + "[" * 900 + "]" * 900 + "}",
            "openapi.yaml: is nested more than 100 levels deep",
        ),
        ("swagger: '2.0'", ":1 #/swagger: Swagger 2 is not supported; convert the document to OpenAPI 3"),
        ("openapi: 3.1", ':1 #/openapi: must be text, not a number; write openapi: "3.1.0", with the quotes'),
        ("info: {}\nopenapi: 3.2.0", ":2 #/openapi: must be version 3.0 or 3.1 of OpenAPI, not '3.2.0'"),
        ("openapi: 3.10.0", "#/openapi: must be version 3.0 or 3.1 of OpenAPI, not '3.10.0'"),
        ("info: {}", '#: is not an OpenAPI document: it has no openapi: "3.1.0"'),
    ],
)
def test_a_file_that_is_not_a_spec(
    content: str | bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in expect_problems(content, tmp_path, capsys)[0]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        # Text, although older versions of YAML read something else.
        ("x: [on, No, y, 2026-03-01, 12:30]", ["on", "No", "y", "2026-03-01", "12:30"]),
        ("x: [0755, 1_000, 1.2.3, 0x, NaN, =]", ["0755", "1_000", "1.2.3", "0x", "NaN", "="]),
        ("x: {on: 1, no: 2, 200: 3, 2026-03-01: 4, ~: 5}", {"on": 1, "no": 2, "200": 3, "2026-03-01": 4, "~": 5}),
        # Numbers, booleans and null as in JSON.
        ("x: [1, -5, +5, 0x1F, 0o17]", [1, -5, 5, 31, 15]),
        ("x: [1.0, 1e3, 1E-3, .5, -2.]", [1.0, 1000.0, 0.001, 0.5, -2.0]),
        ("x: [true, False, null, ~, ]", [True, False, None, None]),
        ("x:", None),
        ("x: [!!str 5, '5', !!int '5', !!timestamp 2026-03-01]", ["5", "5", 5, "2026-03-01"]),
        # What must be true or false, or text, is.
        ("x: {required: yes, nullable: Off}", {"required": True, "nullable": False}),
        ("x: {x-eigenpal-method: no, x-other: no}", {"x-eigenpal-method": False, "x-other": "no"}),
        ("x: {required: [on, no]}", {"required": ["on", "no"]}),
        ("x: {type: boolean, default: no}", {"type": "boolean", "default": False}),
        ("x: {type: string, enum: [1.10, true, ~]}", {"type": "string", "enum": ["1.10", "true", None]}),
        ("x: {type: [string, 'null'], example: 01}", {"type": ["string", "null"], "example": "01"}),
        ("x: {type: [string, integer], example: 1}", {"type": ["string", "integer"], "example": 1}),
        ('{"x": {"type": "string", "default": 1}}', {"type": "string", "default": 1}),
        # Anchors and merge keys.
        ("a: &a {b: 1, c: 2}\nx: {<<: *a, c: 3}", {"b": 1, "c": 3}),
        ("x: {c: 3, <<: [{a: 1, b: 1}, {b: 2}]}", {"a": 1, "b": 1, "c": 3}),
        ("a: &a [1]\nx: [*a, *a]", [[1], [1]]),
        ("x: {'<<': 1}", {"<<": 1}),
        # JSON that is not YAML.
        ('{\t"x":"\\ud83d\\ude00\\/\x7f"\t}', "\U0001f600/\x7f"),
    ],
)
def test_what_has_one_sensible_reading_is_accepted(content: str, value: object, tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(content, encoding="utf-8")
    found = read(path).root["x"]
    assert (found, repr(found)) == (value, repr(value))  # 1 is not True


YAML = """\
openapi: 3.0.3
info: {title: 2026, version: 1.10}
paths:
  /runs:
    get:
      parameters: &shared
        - name: limit
          description: >-
            Long.
    post:
      parameters: *shared
components:
  base: &base
    a: 1
  schemas:
    Thing: {<<: *base, b: 2}
"""
JSON = """\
{"openapi": "3.0.3",
 "info": {"title": "2026", "version": "1.10"},
 "paths": {
  "/runs": {
   "get": {
    "parameters": [
     {"name": "limit",
      "description": "{ [ \\" \\\\"
     }]}}}}
"""


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            YAML,
            {
                "#": 1,
                "#/info/version": 2,
                "#/paths/~1runs/get/parameters/0": 7,
                "#/paths/~1runs/get/parameters/0/description": 8,
                "#/paths/~1runs/get/parameters/0/schema/type": 7,
                "#/paths/~1runs/post": 10,
                "#/paths/~1runs/post/parameters/0/name": 7,
                "#/components/schemas/Thing/a": 14,
                "#/components/schemas/Thing/b": 16,
                "#/nothing": 1,
            },
        ),
        (
            JSON,
            {
                "#/info/version": 2,
                "#/paths/~1runs/get/parameters/0": 7,
                "#/paths/~1runs/get/parameters/0/description": 8,
                "#/paths/~1runs/get/parameters/0/schema/type": 7,
            },
        ),
    ],
)
def test_the_line_of_every_place_is_known(content: str, lines: dict[str, int], tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(content, encoding="utf-8")
    source = load(path)
    assert {place: source.line(place) for place in lines} == lines
    assert source.root["info"] == {"title": "2026", "version": "1.10"}
    assert source.root["paths"]["/runs"]["get"]["parameters"][0].origin == "#/paths/~1runs/get/parameters/0"


def test_large_documents_load_in_seconds(tmp_path: Path) -> None:
    properties = {f"field{n}": {"type": "string", "description": f"Field {n}."} for n in range(10)}
    schemas = {f"Schema{n}": {"type": "object", "properties": properties} for n in range(2500)}
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps({**make_spec(), "components": {"schemas": schemas}}), encoding="utf-8")
    started = time.process_time()
    assert len(load(path).lines) > 80_000
    assert time.process_time() - started < 5


def test_aliases_that_multiply(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["openapi: 3.1.0", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "YAML aliases add more than 300,000 values" in expect_problems("\n".join(lines), tmp_path, capsys)[0]


def test_a_long_chain_of_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas: Node = {f"S{n}": ref(f"S{n + 1}") for n in range(1200)}
    document = make_spec({"responses": make_response(ref("S0"))}, {**schemas, "S1200": TEXT})
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    code = main(["--spec", str(path), "--out", str(tmp_path / "out")])
    assert code in (0, 2)  # generated, or refused
    assert "bug" not in capsys.readouterr().err


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path):
        assert main(["--spec", str(path), "--out", str(tmp_path / "out")]) == 2
        assert f"  {path}: cannot be read: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [
        SMALL,
        json.dumps(make_spec(), indent="\t"),
        f"\ufeff{SMALL}",
        SMALL.replace('"', "'"),  # a YAML flow mapping, which begins like JSON
    ],
)
def test_json_is_accepted(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(content, encoding="utf-8")
    assert main(["--spec", str(path), "--out", str(tmp_path / "out")]) == 0, capsys.readouterr().err
    lowered = json.loads((tmp_path / "out" / "openapi.json").read_text(encoding="utf-8"))
    assert (lowered["info"], lowered["paths"]) == (make_spec()["info"], make_spec()["paths"])


def test_a_problem_cannot_control_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = json.dumps("\x1b[2J\n\u202e")
    (problem,) = expect_problems(f'{{"openapi": "3.1.0", {key}: 1, {key}: 2}}', tmp_path, capsys)
    assert problem.isprintable()
    assert "\\x1b[2J\\n\\u202e" in problem
