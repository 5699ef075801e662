"""What the last listing of a bucket showed, on the disk: the memory that it takes does not grow with the bucket."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PAGE = 500
# No listing shows this mark, so that what bears it is looked at again.
DOUBTED = ""


@dataclass(frozen=True)
class Seen:
    """Keys, each with its mark, which is whatever changes with the object. A round is one listing from end to end."""

    db: sqlite3.Connection

    def begin(self) -> int:
        """The number of a new round, which is above all those before."""
        with closing(self.db.execute("SELECT coalesce(max(round), 0) + 1 FROM seen")) as found:
            number: int = found.fetchone()[0]
        return number

    def unlike(self, marks: Mapping[str, str], number: int) -> dict[str, str]:
        """Which of these keys are new or bear another mark, with the mark before; the others were there this round."""
        with self.db:
            same = [(number, key, mark) for key, mark in marks.items()]
            self.db.executemany("UPDATE seen SET round = ? WHERE key = ? AND mark = ?", same)
        asked = f"SELECT key, mark FROM seen WHERE key IN ({','.join('?' * len(marks))})"  # noqa: S608 - question marks
        before = dict(self.db.execute(asked, tuple(marks)))
        return {key: before.get(key, DOUBTED) for key, mark in marks.items() if before.get(key) != mark}

    def expect(self, key: str) -> None:
        """Something lies there that a listing may not have shown yet."""
        with self.db:
            row = "INSERT OR IGNORE INTO seen SELECT ?, ?, coalesce(max(round), 0) FROM seen"
            self.db.execute(row, (key, DOUBTED))

    def expects(self, key: str) -> bool:
        """Whether something lay there at the last look."""
        return self.db.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone() is not None

    def note(self, marks: Mapping[str, str], number: int) -> None:
        """Keep that these were told of in this round."""
        with self.db:
            rows = [(key, mark, number) for key, mark in marks.items()]
            self.db.executemany("INSERT OR REPLACE INTO seen (key, mark, round) VALUES (?, ?, ?)", rows)

    def gone(self, number: int) -> Iterator[list[str]]:
        """Pages of keys that this round did not show; whoever gets one forgets it before the next."""
        asked = "SELECT key FROM seen WHERE round < ? LIMIT ?"
        while found := [key for (key,) in self.db.execute(asked, (number, PAGE))]:
            yield found

    def forget(self, keys: Collection[str]) -> None:
        """These were told of as removed."""
        with self.db:
            self.db.executemany("DELETE FROM seen WHERE key = ?", [(key,) for key in keys])

    def doubt(self) -> None:
        """Look at everything again: what was told may be lost."""
        with self.db:
            self.db.execute("UPDATE seen SET mark = ?", (DOUBTED,))


def opened(path: Path) -> Seen:
    """What is kept in this file, made where there is none."""
    # One thread lists; the one that opens it only closes it.
    db = sqlite3.connect(path, check_same_thread=False)
    with db:
        db.execute("CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, mark TEXT NOT NULL, round INTEGER NOT NULL)")
        db.execute("CREATE INDEX IF NOT EXISTS rounds ON seen (round)")
    return Seen(db)
