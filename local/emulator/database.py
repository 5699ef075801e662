"""Stores the embedded AWS's items and messages in SQLite, before each request is answered.

One row per DynamoDB item and per SQS message, as JSON. The write-ahead log makes each request's changes one
transaction that outlives a kill at any moment; nothing is left to write when the process stops.
"""

import contextlib
import errno
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from local.emulator import trouble

FILE = "library.db"
WAIT_SECONDS = 10
# Rows per call of the JSON parser: a call for each row would take half of a large library's start.
PARSED_AT_ONCE = 512
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS items (
  arn TEXT, partition BLOB, sort BLOB, item TEXT NOT NULL, PRIMARY KEY (arn, partition, sort)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
  number INTEGER PRIMARY KEY, arn TEXT NOT NULL, id TEXT NOT NULL, message TEXT NOT NULL, UNIQUE (arn, id)
);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
PUT_ITEM = "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)"
GET_ITEMS = "SELECT partition, sort, item FROM items WHERE arn = ? ORDER BY partition, sort"
DELETE_ITEM = "DELETE FROM items WHERE arn = ? AND partition = ? AND sort = ?"
DELETE_ITEMS = "DELETE FROM items WHERE arn = ?"
PUT_MESSAGE = "INSERT OR REPLACE INTO messages (arn, id, message) VALUES (?, ?, ?)"
DELETE_MESSAGE = "DELETE FROM messages WHERE arn = ? AND id = ?"
SET_COUNTER = "INSERT OR REPLACE INTO counters VALUES (?, ?)"

Statement = tuple[str, tuple[Any, ...]]
Item = dict[str, Any]


class Database:
    """Items, messages and counters in one file. Every method raises OSError if the disk fails."""

    def __init__(self, path: Path) -> None:
        """Open the file, created if missing."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        with _disk_errors():
            self._connection.executescript(SCHEMA)

    def write(self, statements: Iterable[Statement]) -> None:
        """Execute all statements as one transaction."""
        with self._lock, _disk_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in statements:
                    self._connection.execute(statement, values)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def items(self, arn: str) -> Iterator[tuple[str, str, Item]]:
        """Yield partition key, sort key and item of each item of a table, by key."""
        with self._lock, _disk_errors():
            rows = self._connection.execute(GET_ITEMS, (arn,))
        while page := self._next(rows):
            items = json.loads(f"[{','.join(row[2] for row in page)}]")
            for row, item in zip(page, items, strict=True):
                yield key_text(row[0]), key_text(row[1]), item

    def messages(self, arn: str) -> list[dict[str, Any]]:
        """Return the messages of a queue in the order of sending."""
        rows = self._read("SELECT message FROM messages WHERE arn = ? ORDER BY number", arn)
        return [json.loads(text) for (text,) in rows]

    def counter(self, name: str) -> int:
        """Return the counter's value; 0 for a new counter."""
        rows = self._read("SELECT value FROM counters WHERE name = ?", name)
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        """Close the file, with its log merged if the disk permits."""
        self._connection.close()

    def _next(self, rows: sqlite3.Cursor) -> list[tuple[bytes, bytes, str]]:
        with self._lock, _disk_errors():
            return rows.fetchmany(PARSED_AT_ONCE)

    def _read(self, query: str, *values: Any) -> Sequence[tuple[Any, ...]]:
        with self._lock, _disk_errors():
            return self._connection.execute(query, values).fetchall()


@lru_cache
def shared() -> Database:
    """Return the process's one database, in MiniStack's state folder."""
    return Database(Path(os.environ["STATE_DIR"]) / FILE)


def key_bytes(key: object) -> bytes:
    """Encode a key so that rows sort as DynamoDB sorts; lone surrogates, which JSON can carry, included."""
    return str(key).encode("utf-8", "surrogatepass")


def key_text(key: bytes) -> str:
    """Decode what `key_bytes` encoded."""
    return key.decode("utf-8", "surrogatepass")


@contextlib.contextmanager
def _disk_errors() -> Iterator[None]:
    """Raise SQLite's errors as OSError, so that all failures of the disk have one type."""
    try:
        yield
    except sqlite3.Error as error:
        trouble.note()
        is_full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error)) from error
