"""``python -m generator``: writing, checking, and the same output everywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import ROOT, main
from tests.generator.full_spec import make_full_spec
from tests.generator.small_specs import Node, make_object, make_response, make_spec, ref

SPEC = ROOT / "openapi" / "openapi.yaml"
GENERATED = ROOT / "eigenpal_generated"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a small spec."""
    return write_spec(
        tmp_path, make_spec({"responses": make_response(ref("Thing"))}, {"Thing": make_object(a={"type": "string"})})
    )


def write_spec(folder: Path, document: Node) -> Path:
    path = folder / "openapi.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(path: Path, out: Path, *options: str) -> int:
    return main(["--spec", str(path), "--out", str(out), *options])


def read_files(folder: Path) -> dict[str, bytes]:
    return {
        item.relative_to(folder).as_posix(): item.read_bytes()
        for item in sorted(folder.rglob("*"))
        if item.is_file() and "__pycache__" not in item.parts
    }


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_second_run_writes_nothing(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run(path, out) == 0
    assert capsys.readouterr().err == f"out/: {len(read_files(out))} files, {len(read_files(out))} written or removed\n"
    before = {name: (out / name).stat().st_mtime_ns for name in read_files(out)}
    assert run(path, out) == 0
    assert capsys.readouterr().err == "out/: up to date\n"
    assert {name: (out / name).stat().st_mtime_ns for name in read_files(out)} == before
    assert run(path, out, "--check") == 0
    assert capsys.readouterr().out == f"out/ is up to date with openapi.yaml ({len(before)} files)\n"


def test_files_that_are_no_longer_generated_are_removed(path: Path, tmp_path: Path) -> None:
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    assert run(path, out) == run(path, fresh) == 0
    grown = write_spec(tmp_path, make_full_spec())
    assert run(grown, out) == 0
    assert (out / "api" / "things" / "parts" / "download.py").exists()
    (out / "api" / "things" / "parts" / "__pycache__").mkdir()
    (out / "api" / "things" / "parts" / "__pycache__" / "download.cpython-311.pyc").write_bytes(b"")
    (out / "empty" / "inner").mkdir(parents=True)
    write_spec(
        tmp_path, make_spec({"responses": make_response(ref("Thing"))}, {"Thing": make_object(a={"type": "string"})})
    )
    assert run(path, out) == 0
    assert read_files(out) == read_files(fresh)
    assert sorted(item.relative_to(out) for item in out.rglob("*")) == sorted(
        item.relative_to(fresh) for item in fresh.rglob("*")
    )


def test_files_changed_by_hand_are_written_again(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(path, out) == 0
    before = read_files(out)
    (out / "runtime.py").write_text("# broken", encoding="utf-8")
    (out / "models" / "thing.py").unlink()
    (out / "models" / "stray.py").write_text("", encoding="utf-8")
    (out / "api" / "things" / "get.py").unlink()
    (out / "api" / "things" / "get.py").mkdir()
    (out / "py.typed").unlink()
    (out / "py.typed").symlink_to(tmp_path / "nowhere")
    assert run(path, out, "--check") == 1
    assert run(path, out) == 0
    assert read_files(out) == before
    assert not (out / "py.typed").is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_with_other_content_is_not_changed(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "home"
    (out / "photos").mkdir(parents=True)
    (out / "photos" / "one.jpg").write_bytes(b"one")
    (out / "__init__.py").write_text("# mine", encoding="utf-8")
    assert run(path, out) == 2
    assert "writing would delete its files, such as photos/one.jpg; choose another folder" in capsys.readouterr().err
    assert read_files(out) == {"photos/one.jpg": b"one", "__init__.py": b"# mine"}


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_file_in_place_of_the_folder_is_not_changed(
    options: list[str], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.write_text("mine", encoding="utf-8")
    assert run(path, out, *options) == 2
    assert capsys.readouterr().err == f"{out} is not a folder; choose another\n"
    assert out.read_text(encoding="utf-8") == "mine"


def test_an_output_that_cannot_be_written(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for out in (tmp_path / "file" / "out", tmp_path / "link"):
        assert run(path, out) == 2
        assert capsys.readouterr().err.startswith(f"cannot read or write {out}: ")


def test_an_interrupted_run_leaves_every_file_complete(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    assert run(path, out) == 0
    before = read_files(out)
    write_spec(tmp_path, make_full_spec())
    assert run(path, fresh) == 0
    after = read_files(fresh)
    write_bytes = Path.write_bytes

    def interrupted(self: Path, data: bytes) -> int:
        if "runtime" in self.name or "tree" in self.name:
            write_bytes(self, data[:100])
            raise KeyboardInterrupt
        return write_bytes(self, data)

    (out / "runtime.py").write_text("# old", encoding="utf-8")
    before["runtime.py"] = b"# old"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(path, out)
    found = read_files(out)
    assert all(content in (before.get(name), after.get(name)) for name, content in found.items())
    assert found != after
    assert run(path, out, "--check") == 1
    assert run(path, out) == 0
    assert read_files(out) == after


# --- checking ---------------------------------------------------------------------------------------------------------


def test_check_shows_what_differs_and_how_to_fix_it(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(path, out) == 0
    thing = out / "models" / "thing.py"
    thing.write_text(
        thing.read_text(encoding="utf-8").replace("A thing.", "A thing, by hand: ü\x1b."), encoding="utf-8"
    )
    (out / "api" / "things" / "get.py").unlink()
    (out / "stray.py").write_text("import os", encoding="utf-8")
    (out / "py.typed").write_bytes(b"\xff")
    before = read_files(out)
    capsys.readouterr()
    assert run(path, out, "--check") == 1
    output = capsys.readouterr()
    assert read_files(out) == before  # nothing is written
    assert '-    """A thing, by hand: ü' in output.out
    assert '+    """A thing."""' in output.out
    assert "--- (missing)\n+++ out/api/things/get.py\n" in output.out
    assert "--- out/stray.py\n+++ (not generated)\n" in output.out
    assert "--- out/py.typed\n" in output.out
    command = f"python -m generator --spec {path} --out {out}"
    assert output.err == f"\nout/ is out of date with openapi.yaml; run `{command}` to fix it.\n"
    assert run(path, out) == 0
    assert run(path, out, "--check") == 0


@pytest.mark.parametrize(
    ("name", "content"), [("py.typed", None), ("new.py", b""), ("models/deep/er.txt", b""), (".hidden", b"x")]
)
def test_check_finds_every_stray_and_missing_file(
    name: str, content: bytes | None, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(path, out) == 0
    if content is None:
        (out / name).unlink()
    else:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(content)
    capsys.readouterr()
    assert run(path, out, "--check") == 1
    assert f"out/{name}" in capsys.readouterr().out


def test_check_of_a_missing_folder(path: Path, tmp_path: Path) -> None:
    assert run(path, tmp_path / "nothing", "--check") == 1
    assert not (tmp_path / "nothing").exists()


def test_check_suggests_make_in_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openapi").mkdir()
    write_spec(tmp_path / "openapi", make_spec())
    monkeypatch.setattr("generator.__main__.ROOT", tmp_path)
    assert main(["--check"]) == 1
    assert "run `make generate` to fix it" in capsys.readouterr().err


# --- reproducible output ----------------------------------------------------------------------------------------------

RUN_GENERATOR = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
import generator.__main__

sys.exit(generator.__main__.main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"PYTHONHASHSEED": "1"}, []),
        ({"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, []),
        ({"PYTHONHASHSEED": "3", "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii", "TZ": "Asia/Tokyo"}, ["-O"]),
    ],
)
def test_the_output_does_not_depend_on_folder_locale_or_hash_seed(
    environment: dict[str, str], options: list[str], tmp_path: Path
) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pyproject.toml").write_text("[tool.ruff]\nline-length = 20\n", encoding="utf-8")
    done = subprocess.run(  # our own command
        [sys.executable, *options, "-c", RUN_GENERATOR, str(ROOT), "--spec", str(SPEC), "--out", str(out)],
        cwd=elsewhere,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert re.fullmatch(rb"(note: .*\n)*out/: (\d+) files, \2 written or removed\r?\n", done.stderr)
    assert read_files(out) == read_files(GENERATED)


def test_characters_that_the_terminal_cannot_show_are_escaped(tmp_path: Path) -> None:
    document = make_spec()
    document["servers"] = [{"url": "https://ü.test"}]
    write_spec(tmp_path, document)
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "generator", "--spec", "openapi.yaml", "--out", "out", "--check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b'+DEFAULT_SERVER = "https://\\xfc.test"' in done.stdout


def test_the_committed_package_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out
