"""The journal of a batch: the format of its lines, and what they say after the batch was interrupted, without I/O.

The first line names the target and the options. The others record what became of a key; the last one of a key counts:

- ``starting``: on the disk before the request is sent. If it is the last line, the run may have started.
- ``started``: the server has responded with the id of the run.
- ``not_started``: the server surely has not started the run.
- ``finished``: the result of the run was returned to the caller, who has come back for the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, cast

from eigenpal._runs.many.inputs import compute_fingerprint
from eigenpal._runs.start import StartOptions
from eigenpal._runs.targets import ResolvedTarget
from eigenpal_generated.encoding import dump_json, to_json

State = Literal["starting", "started", "not_started", "finished"]

_FORMAT = "eigenpal_journal"
_VERSION = 1
_MAX_TIME = 2e11
_STATES = ("starting", "started", "not_started", "finished")
_COMPARED = ("server", "target", "version", "overrides", "metadata", "files", "trigger")


class Entry(NamedTuple):
    """A line about a key."""

    key: str
    state: State
    attempt: int = 1
    run_id: str | None = None
    status: str | None = None
    """The final status of the run."""
    at: float | None = None
    """Seconds since 1970, on the clock of the server; None if it was not known."""

    def to_line(self) -> bytes:
        """Return the line, with its end."""
        # Put together by hand: a batch writes three lines a run, and encoding a dict takes twice as long.
        line = f'{{"key":{_encode(self.key)},"state":"{self.state}","attempt":{self.attempt}'
        if self.run_id is not None:
            line += f',"run":{_encode(self.run_id)}'
        if self.status is not None:
            line += f',"status":{_encode(self.status)}'
        if self.at is not None:
            line += f',"at":{round(self.at, 3)}'
        return f"{line}}}\n".encode()


class Header(NamedTuple):
    """The first line: what the journal is about."""

    token: str
    """What tells the keys of this batch from those of others."""
    facts: Mapping[str, Any]
    """The target and the options; a digest of those that may be long or confidential."""

    def to_line(self) -> bytes:
        """Return the line, with its end."""
        return _encode({_FORMAT: _VERSION, "batch": self.token, **self.facts}).encode() + b"\n"


_encode = json.JSONEncoder(separators=(",", ":")).encode


def make_header(server: str, target: ResolvedTarget, options: StartOptions) -> Header:
    """Return the first line of a new journal."""
    values: dict[str, object] = {
        "server": server,
        "target": target.name,
        "version": target.version,
        "trigger": options.trigger,
    }
    for name in ("overrides", "metadata", "files"):
        value: object = getattr(options, name)
        if value is not None:
            plain = json.loads(dump_json(to_json(value, name)))
            values[name] = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:24]
    return Header(os.urandom(6).hex(), {name: value for name, value in values.items() if value is not None})


class DamagedJournalError(ValueError):
    """A file is not a journal, or it was changed by something else."""


class Recovery:
    """What the lines of a journal say. It keeps two numbers for each key, and the keys that may have started.

    Args:
        lines: The lines, each with its end.

    Raises:
        DamagedJournalError: The file is not a journal, or a line in the middle cannot be read.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.header: Header | None = None
        self.size = 0
        """Number of bytes before a torn end."""
        self.is_complete = True
        """Whether the last line before it has an end. Editors may remove that; the line counts nevertheless."""
        self.unknown: dict[str, Entry] = {}
        """The starts of which the outcome is unknown, by key."""
        self.started: dict[str, Entry] = {}
        """The runs of which the result was not returned yet, by key."""
        self.offsets: dict[int, int] = {}
        """Where the last line of a key begins, by the fingerprint of the key."""
        torn: int | None = None
        for number, line in enumerate(lines, 1):
            if torn is not None:
                raise DamagedJournalError(f"line {torn} cannot be read")
            parsed = _parse(line)
            if number == 1:
                self.header = _parse_header(line, parsed)
                if self.header is None:
                    return
            else:
                entry = _parse_entry(parsed)
                if entry is None:
                    # A power cut may leave half a line, or a block of zeros, but nothing after it.
                    torn = number
                    continue
                self._add(entry)
            self.size += len(line)
            self.is_complete = line.endswith(b"\n")

    def _add(self, entry: Entry) -> None:
        self.offsets[compute_fingerprint(entry.key)] = self.size
        for state, entries in (("starting", self.unknown), ("started", self.started)):
            if entry.state == state:
                entries[entry.key] = entry
            else:
                entries.pop(entry.key, None)


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        parsed: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else None


def _parse_header(line: bytes, parsed: dict[str, Any] | None) -> Header | None:
    """Return the header; None if it is torn."""
    if parsed is None:
        start = b'{"' + _FORMAT.encode()
        if not line.endswith(b"\n") and (line.startswith(start) or start.startswith(line)):
            return None
        raise DamagedJournalError("it is not a journal of run_many")
    if _FORMAT not in parsed or not isinstance(parsed.get("batch"), str):
        raise DamagedJournalError("it is not a journal of run_many")
    if parsed[_FORMAT] != _VERSION:
        raise DamagedJournalError("it was written by a newer version of this package")
    return Header(parsed["batch"], {name: parsed[name] for name in _COMPARED if name in parsed})


def parse_entry(line: bytes) -> Entry | None:
    """Return the entry of a line; None if it cannot be read."""
    return _parse_entry(_parse(line))


def _parse_entry(parsed: dict[str, Any] | None) -> Entry | None:
    if parsed is None:
        return None
    key, state, attempt = parsed.get("key"), parsed.get("state"), parsed.get("attempt")
    run_id, status, at = parsed.get("run"), parsed.get("status"), parsed.get("at")
    is_valid = (
        isinstance(key, str)
        and state in _STATES
        and isinstance(attempt, int)
        and (run_id is None or isinstance(run_id, str))
        and (state != "started" or run_id is not None)
        and (at is None or (isinstance(at, (int, float)) and 0 <= at < _MAX_TIME))
    )
    return Entry(cast("str", key), cast("State", state), cast("int", attempt), run_id, status, at) if is_valid else None


def check_header(found: Header, given: Header, path: object) -> None:
    """Check that a journal is about the same runs.

    Raises:
        ValueError: It is about others.
    """
    differing = [name for name in _COMPARED if found.facts.get(name) != given.facts.get(name)]
    if not differing:
        return
    name = differing[0]
    shown = ""
    if name not in ("overrides", "metadata", "files"):
        shown = f" ({found.facts.get(name)!r} there, {given.facts.get(name)!r} here)"
    raise ValueError(
        f"the journal {str(path)!r} belongs to another call of run_many: {' and '.join(differing)} "
        f"differ{'s' if len(differing) == 1 else ''}{shown}; use another journal for it"
    )
