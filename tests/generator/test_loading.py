"""Which files are valid specs, and the messages for those that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.__main__ import main
from tests.generator.small_specs import TEXT, Node, expect_problems, make_object, make_response, make_spec, ref

SMALL = json.dumps(make_spec())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "#: not an OpenAPI document: the top level must be an object"),
        ("just text", "#: not an OpenAPI document"),
        ("[1, 2]", "#: not an OpenAPI document"),
        ("null", "#: not an OpenAPI document"),
        ("a: [1", "#: not YAML: "),
        ("\tkey: value", "#: not YAML: found character '\\t'"),
        ("a: \x00", "#: not YAML: "),
        (b"\xff\xfe\x00", "is not UTF-8: invalid start byte at byte 0"),
        ("openapi: 3.1.0\nb: {c: 1, c: 2}", "#/b/c: is defined twice (line 2)"),
        ('{"openapi": "3.1.0", "b": {"c": 1, "c": 2}}', "#/b/c: is defined twice"),
        ("openapi: 3.1.0\nb: &loop\n  c: [*loop]", "#/b/c/0: refers to itself through a YAML alias (line 2)"),
        ("openapi: 3.1.0\nb: *nothing", "#: not YAML: found undefined alias 'nothing' (line 2, column 4)"),
        ("openapi: 3.1.0\nyes: 1", "#: the key 'yes' is not text; put it in quotes (line 2)"),
        ("openapi: 3.1.0\nb: on", "#/b: YAML does not read 'on' as text; put it in quotes (line 2)"),
        ("openapi: 3.1.0\nb: 10:30", "#/b: YAML does not read '10:30' as text; put it in quotes (line 2)"),
        ("openapi: 3.1.0\n? {a: 1}\n: 1", "#: a key must be text (line 2)"),
        ("openapi: 3.1.0\nb: .nan", "#/b: '.nan' is not a valid JSON number (line 2)"),
        ('{"openapi": "3.1.0", "b": -Infinity}', "#/b: -inf is not a valid JSON number"),
        (
            "openapi: 3.1.0\nb: !!binary aGk=",
            "#/b: 'aGk=' is tag:yaml.org,2002:binary, which is not a JSON type (line 2)",
        ),
        ("openapi: 3.1.0\nb: !!set {a}", "#/b: tag:yaml.org,2002:set is not a JSON type (line 2)"),
        ("openapi: 3.1.0\nb: !!python/name:os.system x", "python/name:os.system, which is not a JSON type"),
        ("openapi: 3.1.0\nb: {<<: {c: 1}}", "#/b: YAML merge keys (<<) are not supported; write the keys out (line 2)"),
        ("openapi: 3.1.0\ninfo: {title: T, version: 1.10}\npaths: {}", "#/info/version: must be text, in quotes"),
        (f"openapi: 3.1.0\nb: {'c' * 5_000_000}", "#: is longer than 5,000,000 characters"),
        ("openapi: 3.1.0\nb: !!int x", "#/b: 'x' is not a valid int (line 2)"),
        (
            f"openapi: 3.1.0\nb: {'9' * 5000}",
            "#/b: '9999999999999999999999999999999999999999' is not a valid int (line 2)",
        ),
        ('{"openapi": "3.1.0", "b": "\\ud800"}', "#/b: contains a lone surrogate, which is not a valid character"),
        ('openapi: 3.1.0\nb: "\\ud800"', "#/b: contains a lone surrogate, which is not a valid character"),
        ("[" * 100_000, "#: is nested more than 100 levels deep"),
        ('{"openapi": "3.1.0", "b": ' + "[" * 500 + "]" * 500 + "}", ": is nested more than 100 levels deep"),
        ("openapi: 3.1.0\nb: " + "[" * 200 + "]" * 200, ": is nested more than 100 levels deep (line 2)"),
        ("swagger: '2.0'", "#/swagger: must be OpenAPI 3.1, not Swagger '2.0'"),
        ("openapi: 3.0.3", "#/openapi: must be a 3.1 version, not '3.0.3'"),
        ("openapi: 3.1", "#/openapi: must be a 3.1 version, not 3.1"),
        ("openapi: 3.10.0", "#/openapi: must be a 3.1 version, not '3.10.0'"),
        ("info: {}", "#/openapi: must be a 3.1 version, not None"),
    ],
)
def test_a_file_that_is_not_a_spec(
    content: str | bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in expect_problems(content, tmp_path, capsys)[0]


def test_aliases_that_multiply(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["openapi: 3.1.0", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "aliases may multiply them" in expect_problems("\n".join(lines), tmp_path, capsys)[0]


def test_a_chain_of_schemas_that_is_too_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas: Node = {f"S{n}": ref(f"S{n + 1}") for n in range(1200)}
    document = make_spec({"responses": make_response(ref("S0"))}, {**schemas, "S1200": TEXT})
    (problem,) = expect_problems(json.dumps(document), tmp_path, capsys)
    assert problem.startswith("  #/components/schemas: refer to each other in a chain that is too long")


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path):
        assert main(["--spec", str(path), "--out", str(tmp_path / "out")]) == 2
        assert f"#: cannot read {path}: " in capsys.readouterr().err
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
    assert json.loads((tmp_path / "out" / "openapi.json").read_text(encoding="utf-8")) == make_spec()


def test_a_problem_cannot_control_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = make_spec(schemas={"Whole": make_object(**{"\x1b[2J\n\u202e": TEXT})})
    (problem,) = expect_problems(json.dumps(document), tmp_path, capsys)
    assert problem.isprintable()
    assert "\\x1b[2J\\n\\u202e" in problem
