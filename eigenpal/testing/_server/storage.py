"""Where the state of a server is kept: nowhere, or in an SQLite file that outlives it."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from eigenpal.testing._server.content import Content, content_from_chunks


class Storage(Protocol):
    """Keeps documents by kind and key, and the contents of files by digest."""

    is_persistent: bool

    def save(self, kind: str, key: str, document: Mapping[str, Any], contents: Iterable[Content] = ()) -> None:
        """Keep a document and the contents it names."""
        ...

    def load_documents(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the documents of a kind, in the order they were first saved."""
        ...

    def load_contents(self, document: Mapping[str, Any]) -> Mapping[str, Content]:
        """Return the contents a document names."""
        ...

    def load_secret(self, name: str) -> bytes:
        """Return 32 random bytes, the same as long as the state lives."""
        ...

    def commit(self) -> None:
        """Make what was saved last."""
        ...

    def open(self) -> None:
        """Take the file up again after a close."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class MemoryStorage:
    """Keeps nothing: what a server knows goes with it."""

    is_persistent = False

    def save(self, kind: str, key: str, document: Mapping[str, Any], contents: Iterable[Content] = ()) -> None:
        """Do nothing."""

    def load_documents(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield nothing."""
        return iter(())

    def load_contents(self, document: Mapping[str, Any]) -> Mapping[str, Content]:
        """Return nothing."""
        return {}

    def load_secret(self, name: str) -> bytes:
        """Return 32 random bytes."""
        return secrets.token_bytes(32)

    def commit(self) -> None:
        """Do nothing."""

    def open(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


_SCHEMA = """
create table if not exists documents (
    position integer primary key, kind text not null, key text not null, body text not null, unique (kind, key));
create table if not exists contents (
    digest text not null, piece integer not null, data blob not null, primary key (digest, piece)) without rowid;
create table if not exists secrets (name text primary key, value blob not null);
"""


_APPLICATION_ID = 0x4549474E


class SqliteStorage:
    """Keeps everything in one SQLite file.

    Args:
        path: The file; made if it is not there.

    Raises:
        ValueError: The file is something else, cannot be opened, or is used by another server.
    """

    is_persistent = True

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._path = path
        self._closed = False
        self._pending: dict[tuple[str, str], tuple[Mapping[str, Any], list[Content]]] = {}
        self._database = self._connect()
        try:
            with self._reporting_damage():
                rows = self._database.execute("select distinct digest from contents")
                self._saved_digests: set[str] = {digest for (digest,) in rows}
            self._session = self._new_session()
        except BaseException:
            self._database.close()
            raise

    def __str__(self) -> str:
        return str(self._path)

    def save(self, kind: str, key: str, document: Mapping[str, Any], contents: Iterable[Content] = ()) -> None:
        """Keep a document and the contents it names."""
        with self._lock:
            if self._closed:
                # From a function that was still at work when its server stopped, or a clock that was turned after.
                self._pending[kind, key] = (document, list(contents))
                return
            for content in contents:
                if content.sha256 not in self._saved_digests:
                    chunks = enumerate(content.iter_chunks())
                    rows = ((content.sha256, number, chunk) for number, chunk in chunks)
                    self._database.executemany("insert or ignore into contents values (?, ?, ?)", rows)
                    self._saved_digests.add(content.sha256)
            self._database.execute(
                "insert into documents (kind, key, body) values (?, ?, ?) "
                "on conflict (kind, key) do update set body = excluded.body",
                (kind, key, json.dumps(document, separators=(",", ":"))),
            )

    def load_documents(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the documents of a kind, in the order they were first saved."""
        with self._reporting_damage():
            rows = self._database.execute("select body from documents where kind = ? order by position", (kind,))
            for (body,) in rows:
                yield json.loads(body)

    def load_contents(self, document: Mapping[str, Any]) -> Mapping[str, Content]:
        """Return the contents a document names."""
        digests = {
            one["content"] for name in ("input_files", "artifacts", "expected_files") for one in document.get(name, ())
        }
        with self._reporting_damage():
            return {digest: content_from_chunks(self._iter_chunks(digest)) for digest in digests}

    def _iter_chunks(self, digest: str) -> Iterator[bytes]:
        query = "select data from contents where digest = ? order by piece"
        for (data,) in self._database.execute(query, (digest,)):
            yield data

    def load_secret(self, name: str) -> bytes:
        """Return 32 random bytes, the same as long as the file lives."""
        with self._lock, self._reporting_damage():
            self._database.execute("insert or ignore into secrets values (?, ?)", (name, secrets.token_bytes(32)))
            self._database.commit()
            row: tuple[bytes] = self._database.execute("select value from secrets where name = ?", (name,)).fetchone()
            return row[0]

    def commit(self) -> None:
        """Make what was saved last."""
        with self._lock:
            if not self._closed:
                self._database.commit()

    def open(self) -> None:
        """Take the file up again after a close, with what was saved in between.

        Raises:
            ValueError: Another server has used it since, so that what this one knows is no longer true.
        """
        with self._lock:
            if not self._closed:
                return
            database = self._connect()
            row = database.execute("select value from secrets where name = 'session'").fetchone()
            if row != (self._session,):
                database.close()
                raise ValueError(f"{self._path} is not as this server left it; take it up with a new EigenpalServer")
            self._database, self._closed = database, False
            pending, self._pending = self._pending, {}
            for (kind, key), (document, contents) in pending.items():
                self.save(kind, key, document, contents)

    def close(self) -> None:
        """Commit and let go of the file; what is saved later is kept for the next `open`."""
        with self._lock:
            if not self._closed:
                self._database.commit()
                self._database.close()
                self._closed = True

    def _new_session(self) -> bytes:
        """Mark the file as used by this server last."""
        with self._lock:
            session = secrets.token_bytes(16)
            self._database.execute("insert or replace into secrets values ('session', ?)", (session,))
            self._database.commit()
            return session

    @contextmanager
    def _reporting_damage(self) -> Generator[None, None, None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{self._path} is damaged: {error}") from None

    def _connect(self) -> sqlite3.Connection:
        # In words that say more than those of sqlite3.
        if self._path.is_dir():
            raise ValueError(f"{self._path} cannot be opened: it is a folder")
        if not self._path.parent.is_dir():
            raise ValueError(f"{self._path} cannot be opened: there is no folder {self._path.parent}")
        try:
            database = sqlite3.connect(self._path, check_same_thread=False, isolation_level="DEFERRED", timeout=1)
        except sqlite3.OperationalError as error:
            raise ValueError(f"{self._path} cannot be opened: {error}") from None
        try:
            # Two servers on one file would overwrite what the other one has written. The system takes the lock back
            # from a process that was killed.
            database.execute("pragma locking_mode=exclusive")
            (application,) = database.execute("pragma application_id").fetchone()
            (tables,) = database.execute("select count(*) from sqlite_master").fetchone()
            if tables and application != _APPLICATION_ID:
                raise sqlite3.DatabaseError("it is a database of something else")
            database.execute("pragma journal_mode=wal")
            database.execute("pragma synchronous=normal")
            database.execute(f"pragma application_id={_APPLICATION_ID}")
            database.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            database.close()
            if "locked" in str(error):
                raise ValueError(f"{self._path} is used by another server") from None
            if "readonly" in str(error):
                raise ValueError(f"{self._path} cannot be written: {error}") from None
            raise ValueError(f"{self._path} is not a state file of this server: {error}") from None
        return database
