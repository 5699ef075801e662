"""Caches the last listing of a bucket on the disk, so that memory does not grow with the bucket."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PAGE = 500
# Differs from every mark of a listing, so that a key with it counts as changed.
INVALID = ""


@dataclass(frozen=True)
class ListingCache:
    """Keys with their marks; a mark changes with the object. A round is one complete listing."""

    db: sqlite3.Connection

    def begin(self) -> int:
        """Return the number of a new round, above all earlier ones."""
        with closing(self.db.execute("SELECT coalesce(max(round), 0) + 1 FROM seen")) as found:
            number: int = found.fetchone()[0]
        return number

    def changed(self, marks: Mapping[str, str], number: int) -> dict[str, str]:
        """Return new and changed keys with their earlier marks (`INVALID` if new); add the others to this round."""
        with self.db:
            same = [(number, key, mark) for key, mark in marks.items()]
            self.db.executemany("UPDATE seen SET round = ? WHERE key = ? AND mark = ?", same)
        query = f"SELECT key, mark FROM seen WHERE key IN ({','.join('?' * len(marks))})"  # noqa: S608 - question marks
        before = dict(self.db.execute(query, tuple(marks)))
        return {key: before.get(key, INVALID) for key, mark in marks.items() if before.get(key) != mark}

    def add(self, key: str) -> None:
        """Add a key that exists and that a listing may not have shown yet."""
        with self.db:
            row = "INSERT OR IGNORE INTO seen SELECT ?, ?, coalesce(max(round), 0) FROM seen"
            self.db.execute(row, (key, INVALID))

    def contains(self, key: str) -> bool:
        """Tell whether the key is in the cache."""
        return self.db.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone() is not None

    def remember(self, marks: Mapping[str, str], number: int) -> None:
        """Store the marks of keys whose events were sent in this round."""
        with self.db:
            rows = [(key, mark, number) for key, mark in marks.items()]
            self.db.executemany("INSERT OR REPLACE INTO seen (key, mark, round) VALUES (?, ?, ?)", rows)

    def missing(self, number: int) -> Iterator[list[str]]:
        """Yield pages of keys that this round did not list. The caller forgets each page before it takes the next."""
        query = "SELECT key FROM seen WHERE round < ? LIMIT ?"
        while found := [key for (key,) in self.db.execute(query, (number, PAGE))]:
            yield found

    def forget(self, keys: Collection[str]) -> None:
        """Remove keys from the cache."""
        with self.db:
            self.db.executemany("DELETE FROM seen WHERE key = ?", [(key,) for key in keys])

    def invalidate(self) -> None:
        """Invalidate all marks, because sent events may be lost: the next round checks every key."""
        with self.db:
            self.db.execute("UPDATE seen SET mark = ?", (INVALID,))


def open_cache(path: Path) -> ListingCache:
    """Open the cache in this file, which is created if missing."""
    # One thread uses it; the thread that opens it only closes it.
    db = sqlite3.connect(path, check_same_thread=False)
    with db:
        db.execute("CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, mark TEXT NOT NULL, round INTEGER NOT NULL)")
        db.execute("CREATE INDEX IF NOT EXISTS rounds ON seen (round)")
    return ListingCache(db)
