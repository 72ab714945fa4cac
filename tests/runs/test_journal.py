"""The journal of `run_many`: what its lines say after an interruption, and which files are refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from eigenpal._runs.many import journal_file as journal_module
from eigenpal._runs.many.actions import Pause
from eigenpal._runs.many.journal import DamagedJournalError, Entry, Header, Recovery, make_header, parse_entry
from eigenpal._runs.many.journal_file import JournalFile
from eigenpal._runs.start import StartOptions
from eigenpal._runs.targets import resolve_target
from eigenpal._thread_event import ThreadEvent
from eigenpal._transport.actions import RunInThread
from eigenpal.errors import EigenpalError

HEADER = Header("token", {"server": "https://eigenpal.test", "target": "workflows.x"})
STARTING = Entry("a", "starting", at=1.0)
STARTED = Entry("a", "started", run_id="run_1", at=2.0)
FINISHED = Entry("a", "finished", run_id="run_1", status="completed")
NOT_STARTED = Entry("a", "not_started")


def lines(*entries: Entry) -> list[bytes]:
    return [HEADER.to_line(), *(entry.to_line() for entry in entries)]


def open_journal(path: Path, header: Header = HEADER) -> JournalFile:
    return JournalFile(path, header, ThreadEvent)


def run(flow: Generator[Any, Any, None]) -> list[str]:
    """Carry out a flow that waits for nobody; return what it did."""
    done: list[str] = []
    value: Any = None
    while True:
        try:
            action = flow.send(value)
        except StopIteration:
            return done
        assert isinstance(action, RunInThread)
        value = action.function()
        done.append("sync")


@pytest.mark.parametrize(
    ("entries", "unknown", "started"),
    [
        ([STARTING], ["a"], []),
        ([STARTING, STARTED], [], ["a"]),
        ([STARTING, STARTED, FINISHED], [], []),
        ([STARTING, NOT_STARTED], [], []),
        ([STARTING, NOT_STARTED, STARTING], ["a"], []),
        ([STARTING, STARTED, FINISHED, Entry("a", "starting", 2)], ["a"], []),
        ([STARTING, Entry("b", "starting"), STARTED], ["b"], ["a"]),
    ],
)
def test_the_last_line_of_a_key_counts(entries: list[Entry], unknown: list[str], started: list[str]) -> None:
    recovery = Recovery(lines(*entries))
    assert (list(recovery.unknown), list(recovery.started)) == (unknown, started)
    assert recovery.header == HEADER


@pytest.mark.parametrize("text", ['"\\', "a\nb\r\x00\u2028", "ü 😀 \ud800", "{x}"])
def test_a_line_is_read_as_it_was_written(text: str) -> None:
    entry = Entry(text, "finished", 12, text, text, at=1_800_000_000.125)
    line = entry.to_line()
    assert parse_entry(line) == entry
    assert line.count(b"\n") == len(line.splitlines()) == 1
    assert line.isascii()


@pytest.mark.parametrize("end", [b'{"key":"b"', b"\0" * 512, b"\xff\xfe", b'{"key":"b","state":"starting"}', b"{}\n"])
def test_a_torn_end_is_cut_off(end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "j"
    whole = b"".join(lines(STARTING))
    path.write_bytes(whole + end)
    journal = open_journal(path)
    assert list(journal.unknown) == ["a"]
    journal.append(STARTED)
    journal.close()
    assert path.read_bytes() == whole + STARTED.to_line()


@pytest.mark.parametrize("entries", [[STARTING], [STARTING, STARTED], []])
def test_a_last_line_without_an_end_counts(entries: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "j"
    whole = b"".join(lines(*entries))
    path.write_bytes(whole.removesuffix(b"\n"))
    journal = open_journal(path)
    assert (journal.token, journal.take("a")) == ("token", entries[-1] if entries else None)
    journal.append(FINISHED)
    journal.close()
    assert path.read_bytes() == whole + FINISHED.to_line()


@pytest.mark.parametrize("end", range(1, len(HEADER.to_line()) - 1))
def test_a_torn_header_is_written_again(end: int) -> None:
    torn = HEADER.to_line()[:end]
    assert Recovery([torn]).header is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name,total\n1,2\n", "it is not a journal of run_many"),
        (b"some text without an end", "it is not a journal of run_many"),
        (b'{"id": 1}\n', "it is not a journal of run_many"),
        (HEADER.to_line().replace(b":1,", b":2,"), "it was written by a newer version of this package"),
        (b"".join([*lines(STARTING), b"oops\n", STARTED.to_line()]), "line 3 cannot be read"),
    ],
)
def test_other_files_are_left_alone(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        open_journal(path)
    assert path.read_bytes() == content
    with pytest.raises(DamagedJournalError):
        Recovery(content.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": "workflows.y"}, "target differs ('workflows.x' there, 'workflows.y' here)"),
        ({"version": "1.0.0"}, "version differs (None there, '1.0.0' here)"),
        ({"server": "https://other.test"}, "server differs"),
        ({"metadata": "abc"}, "metadata differs;"),
        ({"trigger": "cli", "files": "abc"}, "files and trigger differ"),
    ],
)
def test_the_journal_of_other_runs_is_refused(changes: dict[str, str], message: str, tmp_path: Path) -> None:
    open_journal(tmp_path / "j").close()
    with pytest.raises(ValueError, match="belongs to another call of run_many") as caught:
        open_journal(tmp_path / "j", Header("other", {**HEADER.facts, **changes}))
    assert message in str(caught.value)


def test_the_header_has_no_confidential_values() -> None:
    options = StartOptions(metadata={"secret": "hunter2"}, overrides={"steps": {"a": {"x": "hunter2"}}}, trigger="cli")
    header = make_header("https://eigenpal.test", resolve_target("agents.a@1.0.0"), options)
    assert b"hunter2" not in header.to_line()
    assert {**header.facts, "metadata": "", "overrides": ""} == {
        "server": "https://eigenpal.test",
        "target": "agents.a",
        "version": "1.0.0",
        "trigger": "cli",
        "metadata": "",
        "overrides": "",
    }
    reordered = options._replace(metadata={"secret": "hunter2"})
    assert make_header("https://eigenpal.test", resolve_target("agents.a@1.0.0"), reordered).facts == header.facts


def test_a_journal_in_use_is_refused(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "j")
    with pytest.raises(EigenpalError, match="is in use by another call of run_many"):
        open_journal(tmp_path / "j")
    journal.close()
    open_journal(tmp_path / "j").close()


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_journal_in_use_is_refused_by_its_other_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "j")
    monkeypatch.chdir(tmp_path)
    journal = open_journal(Path("j"))
    run(journal.append_durably(STARTING))
    journal.append(STARTED)
    with pytest.raises(EigenpalError, match="is in use by another call of run_many"):
        open_journal(tmp_path / "link")
    monkeypatch.chdir("/")
    assert list(journal.read_started()) == [STARTED]
    journal.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files on Windows")
def test_what_is_not_a_regular_file_is_refused(tmp_path: Path) -> None:
    """A pipe would be waited for, and some devices read for ever."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/full"), tmp_path):
        with pytest.raises(ValueError, match="is not a regular file"):
            open_journal(path)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_what_an_earlier_call_recorded(tmp_path: Path) -> None:
    path = tmp_path / "j"
    many = [Entry(f"key {number}", "finished", 1, f"run_{number}", "completed") for number in range(50)]
    path.write_bytes(b"".join(lines(*many, STARTING, STARTED, Entry("ü", "starting", at=None))))
    journal = open_journal(path)
    assert journal.take("key 7") == many[7]
    assert journal.take("key 7") is None
    assert journal.take("a") == STARTED
    assert journal.take("ü") == Entry("ü", "starting")
    assert journal.take("new") is None
    assert [entry.run_id for entry in journal.read_started()] == ["run_1"]
    assert journal.token == "token"
    journal.close()


def test_starts_that_wait_together_share_a_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j"
    synced: list[bytes] = []

    def sync(_: int) -> None:
        synced.append(path.read_bytes())

    monkeypatch.setattr(journal_module, "_sync", sync)
    journal = open_journal(path)
    synced.clear()
    flows = [journal.append_durably(Entry(name, "starting")) for name in "abc"]
    first = next(flows[0])
    assert isinstance(first, RunInThread)
    waits = [next(flow) for flow in flows[1:]]
    assert all(isinstance(wait, Pause) and not wait.event.is_set() for wait in waits)
    first.function()
    with pytest.raises(StopIteration):
        flows[0].send(None)
    second = flows[1].send(None)
    assert isinstance(second, RunInThread)
    second.function()
    with pytest.raises(StopIteration):
        flows[1].send(None)
    with pytest.raises(StopIteration):
        flows[2].send(None)
    assert [content.count(b"starting") for content in synced] == [1, 3]
    assert run(journal.append_durably(Entry("d", "starting"))) == ["sync"]
    journal.close()


def test_a_journal_is_not_closed_while_a_thread_writes_it(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "j")
    flow = journal.append_durably(STARTING)
    write = next(flow)
    assert isinstance(write, RunInThread)
    journal.close()
    with pytest.raises(EigenpalError, match="is in use"):
        open_journal(tmp_path / "j")
    write.function()
    with pytest.raises(StopIteration):
        flow.send(None)
    following = open_journal(tmp_path / "j")
    assert list(following.unknown) == ["a"]
    following.close()


def test_nothing_is_written_after_a_line_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j"
    journal = open_journal(path)
    monkeypatch.setattr(journal_module, "_sync", _raise_disk_full)
    with pytest.raises(OSError, match="disk is full"):
        run(_throwing(journal.append_durably(STARTING)))
    with pytest.raises(OSError, match="disk is full"):
        journal.append(STARTED)
    journal.close()
    assert b"run_1" not in path.read_bytes()


def _raise_disk_full(_: int) -> None:
    raise OSError("disk is full")


def _throwing(flow: Generator[Any, Any, None]) -> Generator[Any, Any, None]:
    """Carry out a flow, and throw what its actions raise into it, as drivers do."""
    action = next(flow)
    try:
        action.function()
    except OSError as error:
        try:
            flow.throw(error)
        except StopIteration:
            return
    yield action


def _append_line(path: Path) -> None:
    with path.open("ab") as file:
        file.write(FINISHED.to_line())


def _save_as_editors_do(path: Path) -> None:
    copy = path.with_name("k")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


MEDDLERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "removed": (Path.unlink, "was removed or replaced by another program"),
    "renamed": (lambda path: path.rename(path.with_name("k")), "was removed or replaced"),
    "saved by an editor": (_save_as_editors_do, "was removed or replaced"),
    "emptied": (lambda path: path.write_bytes(b""), "was changed by another program"),
    "written by another process": (_append_line, "was changed by another program"),
}


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be removed on Windows")
@pytest.mark.parametrize("is_durable", [False, True])
@pytest.mark.parametrize("how", MEDDLERS)
def test_a_journal_that_others_change_is_noticed(how: str, is_durable: bool, tmp_path: Path) -> None:
    """The runs in it would be started again."""
    path = tmp_path / "j"
    journal = open_journal(path)
    run(journal.append_durably(STARTING))
    journal.append(STARTED)
    meddle, message = MEDDLERS[how]
    meddle(path)
    with pytest.raises(OSError, match=message):
        run(_throwing(journal.append_durably(STARTING))) if is_durable else journal.append(FINISHED)
    assert journal.is_lost
    journal.close()


def test_a_folder_that_is_missing_is_not_created(tmp_path: Path) -> None:
    """Its storage may not be mounted; a journal somewhere else would start all runs again."""
    with pytest.raises(FileNotFoundError, match=r"the folder of the journal .* does not exist"):
        open_journal(tmp_path / "storage" / "j")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_not_a_journal_in_use() -> None:
    if not Path("/proc").is_dir():
        pytest.skip("there is no such folder here")
    with pytest.raises(OSError, match="/proc/journal"):
        open_journal(Path("/proc/journal"))


def test_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "filelock", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'eigenpal\[batch\]'"):
        open_journal(tmp_path / "j")
    assert list(tmp_path.iterdir()) == []
