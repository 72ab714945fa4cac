"""The synchronous modules are written from the asynchronous ones, and `make check` notices when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import unasync

ROOT = Path(__file__).parents[2]


def test_the_written_modules_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["unasync.py", "--check"])
    assert unasync.main() == 0


def test_a_written_module_names_its_source() -> None:
    for source, written in unasync.FILES.items():
        first_line = (ROOT / written).read_text(encoding="utf-8").partition("\n")[0]
        assert first_line == f"# Written from {source} by tools/unasync.py; do not edit. Run `make generate`."


def test_a_stale_module_fails_the_check_and_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in [*unasync.FILES, *unasync.FILES.values(), "pyproject.toml"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    monkeypatch.setattr(unasync, "ROOT", tmp_path)
    runs = tmp_path / "eigenpal/_resources/sync_runs.py"
    runs.write_text("# edited by hand\n", encoding="utf-8")
    (tmp_path / "eigenpal/_client.py").unlink()
    monkeypatch.setattr("sys.argv", ["unasync.py", "--check"])
    assert unasync.main() == 1
    errors = capsys.readouterr().err
    assert "eigenpal/_resources/sync_runs.py is out of date" in errors
    assert "eigenpal/_client.py is out of date" in errors
    assert "run `make generate`" in errors
    assert runs.read_text(encoding="utf-8") == "# edited by hand\n"
    monkeypatch.setattr("sys.argv", ["unasync.py"])
    assert unasync.main() == 0
    assert runs.read_bytes() == (ROOT / "eigenpal/_resources/sync_runs.py").read_bytes()
    assert (tmp_path / "eigenpal/_client.py").read_bytes() == (ROOT / "eigenpal/_client.py").read_bytes()


def test_names_docstrings_and_keywords_are_converted() -> None:
    source = '''"""Waits for an ``async with``."""

from eigenpal._callbacks import make_async_callback


class AsyncClient(AsyncTree):
    """Close with `aclose`: ``await client.aclose()``."""

    async def __aenter__(self) -> AsyncStream:
        async with self.stream() as stream:
            return [await chunk.read() async for chunk in async_for_each(stream)]

    async def aclose(self) -> None:
        await self.transport.sleep(1)
'''
    _, _, converted = unasync.convert(source, "x.py").partition("\n")
    assert (
        converted
        == '''"""Waits for an ``with``."""

from eigenpal._callbacks import make_sync_callback


class Client(Tree):
    """Close with `close`: ``client.close()``."""

    def __enter__(self) -> Stream:
        with self.stream() as stream:
            return [chunk.read() for chunk in sync_for_each(stream)]

    def close(self) -> None:
        self.transport.sleep(1)
'''
    )


@pytest.mark.parametrize("line", ["# Runs under trio.", "from asyncio import sleep", "x = 'is awaited'"])
def test_a_word_without_a_rule_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"x\.py:2: there is no rule in tools/unasync\.py for"):
        unasync.convert(f"y = 1\n{line}\n", "x.py")


def test_a_rule_for_a_phrase_that_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(unasync.PHRASES, "no file contains this", "")
    with pytest.raises(ValueError, match="a phrase that no file contains: 'no file contains this'"):
        unasync.main()
