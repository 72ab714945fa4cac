"""The pages of the reference are up to date, and have every method, model and error exactly once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import griffe
import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient, errors, testing, types
from eigenpal_generated.runtime import Resource
from tests.support.contract import SCHEMAS
from tools import readme_tree, reference, types_stub
from tools.forward_references import ForwardReferences

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "reference"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
DIRECTIVES = Counter(found for text in PAGES.values() for found in re.findall(r"^ *::: (\S+)$", text, re.MULTILINE))


# --- they are up to date ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", [reference, readme_tree, types_stub])
def test_what_is_written_is_up_to_date(tool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["tool", "--check"])
    assert tool.main() == 0


def test_a_new_resource_gets_a_page_and_one_that_is_gone_loses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs" / "reference").mkdir(parents=True)
    begin, end = "      # Begin of what tools/reference.py writes.\n", "      # End of it.\n"
    (tmp_path / "mkdocs.yml").write_text(f"nav:\n{begin}{end}", encoding="utf-8")
    by_hand, gone = (tmp_path / "docs" / "reference" / name for name in ("environment.md", "gone.md"))
    by_hand.write_text("# Environment variables\n", encoding="utf-8")
    gone.write_text(f"{reference.NOTE}# `client.gone`\n", encoding="utf-8")
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["reference.py", "--check"])
    assert reference.main() == 1
    said = capsys.readouterr().err
    assert "docs/reference/client-runs.md is out of date" in said
    assert "docs/reference/gone.md is out of date" in said
    assert "make generate" in said
    assert gone.exists()
    monkeypatch.setattr("sys.argv", ["reference.py"])
    assert reference.main() == 0
    assert not gone.exists()
    assert {path.name for path in gone.parent.iterdir()} == PAGES.keys()
    assert "      - client.runs: reference/client-runs.md\n" in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")


# --- they are complete ------------------------------------------------------------------------------------------------


def find_members(value: Any, place: str = "client") -> Iterator[tuple[str, str]]:
    """Yield the place and the directive of each public member of a client."""
    owner = cast("type[Any]", type(value))
    for name in dir(value):
        if not name.startswith("_"):
            member = getattr(value, name)
            if isinstance(member, Resource):
                yield from find_members(member, f"{place}.{name}")
            else:
                yield f"{place}.{name}", f"{owner.__module__}.{owner.__qualname__}.{name}"


def test_every_method_of_both_clients_is_on_a_page_once() -> None:
    found = [*find_members(EigenpalClient(api_key="key")), *find_members(AsyncEigenpalClient(api_key="key"))]
    assert len(found) > 120
    for place, directive in found:
        # An attribute is the same for both.
        assert DIRECTIVES[directive] == (place != "client.base_url" or "Async" not in directive), directive
    for place in {place for place, _ in found} - {"client.aclose"}:
        pages = [name for name, text in PAGES.items() if f"\n## `{place}` {{ #{place} " in text]
        assert len(pages) == 1, place
        assert f"]({pages[0]}#{place})" in PAGES["index.md"] or place == "client.base_url"


def test_every_type_and_every_error_is_on_a_page_once() -> None:
    names = [
        *("eigenpal.EigenpalClient", "eigenpal.AsyncEigenpalClient"),
        *(f"eigenpal.types.{name}" for name in dir(types) if name not in errors.__all__),
        *(f"eigenpal.errors.{name}" for name in errors.__all__),
        *(f"eigenpal.testing.{name}" for name in testing.__all__),
        *(f"eigenpal.testing.plugin.{name}" for name in reference.FIXTURES),
    ]
    assert {name: DIRECTIVES[name] for name in names} == dict.fromkeys(names, 1)


def test_a_type_is_with_the_resource_that_it_belongs_to() -> None:
    assert "::: eigenpal.types.Run\n" in PAGES["models-client-runs.md"]
    assert "::: eigenpal.types.RunTiming\n" in PAGES["models-client-runs.md"]
    assert "::: eigenpal.types.AgentStats\n" in PAGES["models-client-agents.md"]
    assert "::: eigenpal.types.Page\n" in PAGES["models-others.md"]
    assert "[`RunTiming`](models-client-runs.md#eigenpal.types.RunTiming)" in PAGES["models.md"]


def test_every_environment_variable_is_described() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "eigenpal").rglob("*.py")]
    known = r'"((?:EIGENPAL|NO|SSL)_[A-Z_]+|[A-Z]+_CA_BUNDLE|SSLKEYLOGFILE)"'
    names = {name for source in sources for name in re.findall(known, source)}
    assert len(names) > 7
    described = {*re.findall(r"`([A-Z_]+)`(?=.*\n: )", PAGES["environment.md"])}
    assert described >= names
    assert described - names == {"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"}  # in the sources as schemes


# --- griffe, which reads the code for the site, finds and understands it ----------------------------------------------


@pytest.fixture(scope="module")
def loaded() -> griffe.ModulesCollection:
    loader = griffe.GriffeLoader(search_paths=[ROOT], allow_inspection=False)
    for package in ("eigenpal_generated", "eigenpal"):
        loader.load(package, try_relative_path=False)
    loader.resolve_aliases(external=False, implicit=True)
    return loader.modules_collection


def test_every_directive_names_something_with_a_docstring(loaded: griffe.ModulesCollection) -> None:
    for directive in DIRECTIVES:
        docstring = loaded[directive].docstring
        assert docstring is not None, directive
        assert docstring.value, directive


def test_the_parts_of_a_docstring_are_those_of_the_signature(
    loaded: griffe.ModulesCollection, caplog: pytest.LogCaptureFixture
) -> None:
    functions = [found for name in DIRECTIVES if (found := loaded[name]).is_function]
    assert len(functions) > 120
    for function in functions:
        sections = {section.kind.value: section for section in function.docstring.parse("google")}
        documented = [one.name for one in sections["parameters"].value] if "parameters" in sections else []
        taken = [one.name for one in function.parameters if one.name != "self"]
        if not function.path.startswith("eigenpal.testing."):  # whose fixtures take what pytest gives them
            assert sorted(documented) == sorted(taken), function.path
            assert "examples" in sections or function.name in ("close", "aclose"), function.path
        assert not re.search("Unset", f"{[one.annotation for one in function.parameters]}"), function.path
    assert caplog.text == ""


def test_every_field_is_described(loaded: griffe.ModulesCollection) -> None:
    # The fields that there are facts about; `make gaps` lists the others.
    known = {(name, fact["python"]) for name, facts in SCHEMAS.items() for fact in facts.get("fields", [])}
    seen = 0
    for name in dir(types):
        for field, found in loaded["eigenpal.types"][name].members.items():
            if (name, field) in known:
                assert found.docstring is not None, (name, field)
                assert found.docstring.value.endswith("."), (name, field)
                seen += 1
    assert seen > 350


def test_every_attribute_of_an_error_is_described(loaded: griffe.ModulesCollection) -> None:
    run: Any = types.RunAccepted.from_dict({"id": "run_1", "type": "workflow", "finished": False})
    common = {*vars(errors.EigenpalError("text")), "issues"}
    for name in errors.__all__:
        kind: Any = getattr(errors, name)
        if not issubclass(kind, errors.EigenpalError):
            continue
        error: Exception = kind(run, "text") if kind is errors.EigenpalRunFailedError else kind("text")
        attributes = common if kind is errors.EigenpalError else vars(error).keys() - common
        members = loaded[f"eigenpal.errors.{name}"].members.items()
        described = {member for member, found in members if found.is_attribute and found.docstring}
        assert described == attributes, name


def test_quoted_types_are_shown_as_types() -> None:
    code = (
        "from __future__ import annotations\n"
        "from typing import Literal\n"
        'class Rows(Page["_models.Row"]): ...\n'
        'Response: TypeAlias = "_models.Row | _models.Rows | str"\n'
        'Kind: TypeAlias = Literal["a", "b"]\n'
    )
    with griffe.temporary_visited_module(code, extensions=griffe.load_extensions(ForwardReferences)) as module:
        assert [str(base) for base in module.classes["Rows"].bases] == ["Page[_models.Row]"]
        assert str(module.attributes["Response"].value) == "Row | Rows | str"
        assert str(module.attributes["Kind"].value) == "Literal['a', 'b']"


def test_modules_of_ours_are_left_out_of_annotations() -> None:
    code = (
        "import eigenpal\n"
        "from eigenpal import _transport\n"
        "def run(target: eigenpal.types.Target, done: Callable[[models.Run | None], object],\n"
        "        verify: bool | _transport.ssl.SSLContext): ...\n"
    )
    with griffe.temporary_visited_module(code, extensions=griffe.load_extensions(ForwardReferences)) as module:
        target, done, verify = module.functions["run"].parameters
        assert str(target.annotation) == "Target"
        assert str(done.annotation) == "Callable[[Run | None], object]"
        assert str(verify.annotation) == "bool | ssl.SSLContext"
        assert isinstance(target.annotation, griffe.Expr)
        assert target.annotation.canonical_path == "eigenpal.types.Target"
