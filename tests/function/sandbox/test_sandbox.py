"""A decoder's crash, hang or hunger costs its photo alone; and it has nothing to steal."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from function.errors import BrokenImageError, TooLargeError
from function.sandbox.process import FaultError, Limits, Sandbox
from function.sandbox.tasks import Task
from function.values import State
from tests.function.sandbox.tasks import BETRAYALS, LENGTH

PHOTO = bytes(range(256)) * 400
RETURNS: dict[str, Any] = {
    "state": State,
    "environment": list[str],
    "loaded": list[str],
    "write": type(None),
    "part": bytes,
}


class Counted(io.BytesIO):
    """A file that remembers what was read of it."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.reads: list[tuple[int, int]] = []

    def read(self, size: int | None = -1, /) -> bytes:
        at = self.tell()
        found = super().read(size)
        self.reads.append((at, len(found)))
        return found


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(Limits(seconds=20, memory=512 << 20))
    yield made
    made.close()


def call(sandbox: Sandbox, task: str, *arguments: Any) -> Any:
    return sandbox.call(own(task), io.BytesIO(PHOTO), *arguments)


def own(task: str) -> Task[Any]:
    return Task(f"tests.function.sandbox.tasks:{task}", RETURNS.get(task, int))


def test_a_call_gives_what_the_function_returns(sandbox: Sandbox) -> None:
    assert call(sandbox, "length", 3) == len(PHOTO) * 3
    assert call(sandbox, "state") is State.READY


def test_calls_that_come_at_the_same_time_each_have_their_own_answer(sandbox: Sandbox) -> None:
    def length(times: int) -> int:
        found: int = call(sandbox, "length", times)
        return found

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(length, range(40))) == [len(PHOTO) * times for times in range(40)]


def test_only_what_is_asked_for_is_read(sandbox: Sandbox) -> None:
    photo = Counted(PHOTO)
    assert sandbox.call(own("part"), photo, 50_000, 100) == PHOTO[50_000:50_100]
    assert photo.reads == [(50_000, 16 << 10)]


@pytest.mark.parametrize(
    ("task", "said"), [("crash", "SIGSEGV"), ("leave", "exit code 3"), ("mistype", "gave an answer that is none")]
)
def test_what_ends_the_decoder_costs_that_photo_alone(sandbox: Sandbox, task: str, said: str) -> None:
    with pytest.raises(BrokenImageError, match=said):
        call(sandbox, task)
    assert call(sandbox, "length") == len(PHOTO)


@pytest.mark.parametrize("name", BETRAYALS)
def test_a_decoder_that_was_taken_over_says_nothing_that_counts(sandbox: Sandbox, name: str) -> None:
    photo = Counted(PHOTO)
    assert len(PHOTO) == LENGTH
    with pytest.raises(BrokenImageError, match="gave an answer that is none"):
        sandbox.call(own("betray"), photo, name)
    assert not photo.reads
    assert call(sandbox, "length") == len(PHOTO)


def test_a_reason_is_of_bounded_length(sandbox: Sandbox) -> None:
    with pytest.raises(TooLargeError, match=r"^a{500}$"):
        call(sandbox, "boast")


def test_what_does_not_end_is_ended() -> None:
    impatient = Sandbox(Limits(seconds=2))
    assert call(impatient, "length") == len(PHOTO)
    with pytest.raises(BrokenImageError, match="in time"):
        call(impatient, "hang")
    assert call(impatient, "length") == len(PHOTO)
    impatient.close()


def test_hunger_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(TooLargeError, match="memory"):
        call(sandbox, "hoard")


def test_what_is_wrong_with_the_photo_comes_through(sandbox: Sandbox) -> None:
    with pytest.raises(TooLargeError, match="too large"):
        call(sandbox, "refuse")


def test_a_mistake_of_ours_is_no_fault_of_the_photo(sandbox: Sandbox) -> None:
    with pytest.raises(FaultError, match="KeyError: 'a mistake'"):
        call(sandbox, "stumble")


def test_what_cannot_be_sent_is_no_fault_of_the_photo(sandbox: Sandbox) -> None:
    with pytest.raises(FaultError, match="cannot be sent"):
        call(sandbox, "length", io.BytesIO())
    assert call(sandbox, "length") == len(PHOTO)


def test_the_child_knows_no_credentials(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    sandbox.close()
    assert not [name for name in call(sandbox, "environment") if name.startswith("AWS")]


def test_times_keep_their_offset(sandbox: Sandbox) -> None:
    when = datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=-8)))
    found = sandbox.call(Task("tests.function.sandbox.tasks:echo", datetime), io.BytesIO(PHOTO), when)
    assert (found, found.utcoffset()) == (when, when.utcoffset())


def test_the_child_writes_no_file(sandbox: Sandbox) -> None:
    with pytest.raises(FaultError, match="No usable temporary directory"):
        call(sandbox, "write")


def test_a_failing_source_is_told_and_leaves_a_working_sandbox(sandbox: Sandbox) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError("the network is gone")

    with pytest.raises(Exception, match="the network is gone"):
        sandbox.call(own("length"), Failing(PHOTO))
    assert call(sandbox, "length") == len(PHOTO)


def test_what_is_preloaded_is_there_before_the_first_photo() -> None:
    made = Sandbox(preload=("colorsys:rgb_to_hsv",))
    assert "colorsys" in call(made, "loaded")
    made.close()
