"""The database: all of a request or nothing, in order, and the disk's errors as OSError."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from local.emulator.database import DELETE_ITEM, PUT_ITEM, PUT_MESSAGE, Database, key_bytes

ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/index"


def put(partition: str, sort: str, text: str = "{}") -> tuple[str, tuple[object, ...]]:
    return PUT_ITEM, (ARN, key_bytes(partition), key_bytes(sort), text)


def test_items_come_back_in_the_order_of_their_keys(tmp_path: Path) -> None:
    stored = Database(tmp_path / "db")
    keys = [("list#on", "a\x1fb"), ("list#on", "a"), ("list#city", "é"), ("list#city", "z"), ("p", "\ud800")]
    stored.write(put(*key, f'{{"n": {{"N": "{number}"}}}}') for number, key in enumerate(keys))
    stored.write([(DELETE_ITEM, (ARN, key_bytes("list#city"), key_bytes("z")))])
    found = [(partition, sort, item["n"]["N"]) for partition, sort, item in Database(tmp_path / "db").items(ARN)]
    expected = [("list#city", "é", "2"), ("list#on", "a", "1"), ("list#on", "a\x1fb", "0"), ("p", "\ud800", "4")]
    assert found == expected
    assert list(stored.items("another table")) == []


def test_of_a_request_that_fails_nothing_is_stored(tmp_path: Path) -> None:
    stored = Database(tmp_path / "db")
    stored.write([put("a", "1")])
    with pytest.raises(OSError, match="NOT NULL"):
        stored.write([put("b", "1"), (DELETE_ITEM, (ARN, b"a", b"1")), (PUT_MESSAGE, (ARN, "id", None))])
    assert [key[:2] for key in stored.items(ARN)] == [("a", "1")]
    stored.write([put("c", "1")])  # and the next one is


def test_what_was_written_outlives_a_kill(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from local.emulator.database import *;"
        "Database(Path(sys.argv[1])).write([(SET_COUNTER, ('sequencer', 7))]); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", script, tmp_path / "db"], check=False)
    assert ended.returncode == -9
    assert Database(tmp_path / "db").counter("sequencer") == 7


@pytest.mark.parametrize(("code", "number"), [(sqlite3.SQLITE_FULL, errno.ENOSPC), (sqlite3.SQLITE_IOERR, errno.EIO)])
def test_a_disk_that_fails_is_an_os_error(tmp_path: Path, code: int, number: int) -> None:
    class Failing:
        in_transaction = False

        def execute(self, *_: object) -> None:
            error = sqlite3.OperationalError("disk")
            error.sqlite_errorcode = code
            raise error

    stored = Database(tmp_path / "db")
    stored._connection = Failing()  # type: ignore[assignment]
    with pytest.raises(OSError, match="disk") as raised:
        stored.write([put("a", "1")])
    assert raised.value.errno == number
