"""Storage for the state of a server: none, or an SQLite file."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eigenpal.testing._server.content import Content, content_from_chunks


class Storage:
    """Stores JSON objects by kind and key, and file contents by digest. This base class stores nothing."""

    is_persistent: bool = False

    def save(self, kind: str, key: str, document: Mapping[str, Any], contents: Iterable[Content] = ()) -> None:
        """Store an object and the contents it references."""

    def load_documents(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the objects of a kind, in the order they were first saved."""
        return iter(())

    def load_content(self, digest: str) -> Content:
        """Return the content with this digest.

        Raises:
            LookupError: There is none.
        """
        raise LookupError(digest)

    def load_secret(self, name: str) -> bytes:
        """Return 32 random bytes, which stay the same as long as the storage exists."""
        return secrets.token_bytes(32)

    def commit(self) -> None:
        """Commit what was saved."""

    def open(self) -> None:
        """Open the file again after `close`."""

    def close(self) -> None:
        """Close the file."""


_SCHEMA = """
create table if not exists documents (
    position integer primary key, kind text not null, key text not null, body text not null, unique (kind, key));
create table if not exists contents (
    digest text not null, piece integer not null, data blob not null, primary key (digest, piece)) without rowid;
create table if not exists secrets (name text primary key, value blob not null);
"""


_APPLICATION_ID = 0x4549474E


class SqliteStorage(Storage):
    """Stores everything in one SQLite file.

    Args:
        path: The file; it is created if it does not exist.

    Raises:
        ValueError: The file is not a state file, cannot be opened, or is used by another server.
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
        """Store an object and the contents it references."""
        with self._lock:
            if self._closed:
                # A handler was still running when the server stopped, or the clock was advanced afterwards.
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
        """Yield the objects of a kind, in the order they were first saved."""
        with self._reporting_damage():
            rows = self._database.execute("select body from documents where kind = ? order by position", (kind,))
            for (body,) in rows:
                yield json.loads(body)

    def load_content(self, digest: str) -> Content:
        """Return the content with this digest."""
        with self._reporting_damage():
            rows = self._database.execute("select data from contents where digest = ? order by piece", (digest,))
            return content_from_chunks(data for (data,) in rows)

    def load_secret(self, name: str) -> bytes:
        """Return 32 random bytes, which stay the same as long as the file exists."""
        with self._lock, self._reporting_damage():
            self._database.execute("insert or ignore into secrets values (?, ?)", (name, secrets.token_bytes(32)))
            self._database.commit()
            row: tuple[bytes] = self._database.execute("select value from secrets where name = ?", (name,)).fetchone()
            return row[0]

    def commit(self) -> None:
        """Commit what was saved."""
        with self._lock:
            if not self._closed:
                self._database.commit()

    def open(self) -> None:
        """Open the file again after `close`, and store what was saved in between.

        Raises:
            ValueError: Another server has changed the file since.
        """
        with self._lock:
            if not self._closed:
                return
            database = self._connect()
            row = database.execute("select value from secrets where name = 'session'").fetchone()
            if row != (self._session,):
                database.close()
                raise ValueError(f"another server has changed {self._path}; open it with a new EigenpalServer")
            self._database, self._closed = database, False
            pending, self._pending = self._pending, {}
            for (kind, key), (document, contents) in pending.items():
                self.save(kind, key, document, contents)

    def close(self) -> None:
        """Commit and close the file; what is saved later is stored by the next `open`."""
        with self._lock:
            if not self._closed:
                self._database.commit()
                self._database.close()
                self._closed = True

    def _new_session(self) -> bytes:
        """Record that this server was the last to use the file."""
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
        # The message of sqlite3 would be "unable to open database file".
        if self._path.is_dir():
            raise ValueError(f"{self._path} cannot be opened: it is a folder")
        if not self._path.parent.is_dir():
            raise ValueError(f"{self._path} cannot be opened: folder {self._path.parent} does not exist")
        try:
            database = sqlite3.connect(self._path, check_same_thread=False, isolation_level="DEFERRED", timeout=1)
        except sqlite3.OperationalError as error:
            raise ValueError(f"{self._path} cannot be opened: {error}") from None
        try:
            # Two servers on one file would overwrite each other. The operating system releases the lock of a process
            # that is killed.
            database.execute("pragma locking_mode=exclusive")
            (application,) = database.execute("pragma application_id").fetchone()
            (tables,) = database.execute("select count(*) from sqlite_master").fetchone()
            if tables and application != _APPLICATION_ID:
                raise sqlite3.DatabaseError("it belongs to another application")
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
