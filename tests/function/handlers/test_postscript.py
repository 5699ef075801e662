"""The way of a drawing: through the worker, the function that draws, and the worker's own decoders."""

import io
import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from PIL import Image

from function.bootstrap import clients
from function.contract.environment import Variable
from function.handlers import postscript, worker
from function.values.photo import Photo, State
from tests.function.conftest import RENDITIONS, Cloud, batch, forget, s3_event
from tests.support.eps_files import eps, needs_ghostscript, red_and_blue, with_dos_preview
from tests.support.pictures import distance

Invoke = Callable[..., dict[str, Any]]
NEAR = 30.0


def answered(payload: bytes, **more: str) -> dict[str, Any]:
    return {"Payload": io.BytesIO(payload), **more}


def by_the_handler(**called: Any) -> dict[str, Any]:
    """What Lambda does: the event goes to the handler as JSON, and its answer comes back."""
    assert called["FunctionName"] == "drawing"
    return answered(json.dumps(postscript.handle(json.loads(called["Payload"]), None)).encode())


@pytest.fixture
def drawing(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Invoke], None]]:
    """Says how the function that draws answers, in a stack that has one."""
    monkeypatch.setenv(Variable.POSTSCRIPT_FUNCTION, "drawing")
    forget()
    client = clients.client("lambda")
    yield lambda invoke: monkeypatch.setattr(client, "invoke", invoke)
    forget()


def handled(cloud: Cloud, key: str, content: bytes) -> list[str]:
    event = s3_event(f"originals/{key}", cloud.put(f"originals/{key}", content), "01")
    return [entry["itemIdentifier"] for entry in worker.handle(batch(event), None)["batchItemFailures"]]


def taken_in(cloud: Cloud, key: str, content: bytes) -> Photo:
    assert handled(cloud, key, content) == []
    photo = cloud.photo(key)
    assert photo
    return photo


@needs_ghostscript
@pytest.mark.parametrize("content", [red_and_blue(), with_dos_preview(red_and_blue())], ids=["EPS", "DOS"])
@pytest.mark.parametrize("key", ["a.eps", "a.jpg"])
def test_a_drawing_becomes_a_photo_whatever_its_name(
    cloud: Cloud, drawing: Callable[[Invoke], None], key: str, content: bytes
) -> None:
    drawing(by_the_handler)
    photo = taken_in(cloud, key, content)
    assert (photo.state, photo.reason, photo.format) == (State.READY, None, "eps")
    assert (photo.width, photo.height) == (80, 40)
    stored = cloud.s3.get_object(Bucket=RENDITIONS, Key=f"64/{key}.jpg")["Body"].read()
    shown = Image.open(io.BytesIO(stored)).convert("RGB")
    assert shown.size == (64, 32)
    for x, colour in ((8, (255, 0, 0)), (56, (0, 0, 255))):
        found: Any = shown.getpixel((x, 16))
        assert distance(found, colour) < NEAR


@needs_ghostscript
@pytest.mark.parametrize(
    ("content", "state", "says"),
    [
        (eps("undefinedthing"), State.FAILED, "has a fault"),
        (with_dos_preview(red_and_blue())[:60], State.FAILED, "has a fault"),
        (eps("", "%%Title: none"), State.UNSUPPORTED, "does not say where it draws"),
        (eps("", "%%BoundingBox: 0 0 1000000000 1000000000"), State.FAILED, "100000 points"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_to_do(
    cloud: Cloud, drawing: Callable[[Invoke], None], content: bytes, state: State, says: str
) -> None:
    drawing(by_the_handler)
    photo = taken_in(cloud, "a.eps", content)
    assert photo.state == state
    assert says in (photo.reason or "")
    assert "Export it as" in (photo.reason or "")


def test_a_drawing_that_is_too_large_is_not_sent(cloud: Cloud, drawing: Callable[[Invoke], None]) -> None:
    drawing(lambda **_: pytest.fail("it was sent"))
    photo = taken_in(cloud, "a.eps", eps("") + bytes(50 << 20))
    assert photo.state == State.UNSUPPORTED
    assert "up to 48 MB" in (photo.reason or "")


def test_a_drawing_that_ends_its_function_is_not_tried_again(cloud: Cloud, drawing: Callable[[Invoke], None]) -> None:
    drawing(lambda **_: answered(b'{"errorMessage": "Task timed out"}', FunctionError="Unhandled"))
    photo = taken_in(cloud, "a.eps", red_and_blue())
    assert photo.state == State.FAILED
    assert "ended the function" in (photo.reason or "")


@pytest.mark.parametrize("payload", [b"null", b"{}", json.dumps({"picture": "JSFQUw=="}).encode(), b'{"picture": ""}'])
def test_a_function_that_was_taken_over_harms_its_drawing_alone(
    cloud: Cloud, drawing: Callable[[Invoke], None], payload: bytes
) -> None:
    drawing(lambda **_: answered(payload))
    assert taken_in(cloud, "a.eps", red_and_blue()).state == State.FAILED


@pytest.mark.parametrize(
    "fault",
    [
        ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke"),
        ConnectTimeoutError(endpoint_url="https://lambda"),
    ],
)
def test_a_function_that_cannot_be_reached_is_tried_again(
    cloud: Cloud, drawing: Callable[[Invoke], None], fault: Exception
) -> None:
    def unreachable(**_: Any) -> dict[str, Any]:
        raise fault

    drawing(unreachable)
    assert handled(cloud, "a.eps", red_and_blue()) == ["0"]


def test_photos_are_none_of_its_business(cloud: Cloud, drawing: Callable[[Invoke], None]) -> None:
    drawing(lambda **_: pytest.fail("it was sent"))
    key = "originals/a.jpg"
    assert worker.handle(batch(s3_event(key, cloud.put(key), "01")), None) == {"batchItemFailures": []}
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.READY


@pytest.mark.parametrize("key", ["a.eps", "a.jpg"])
@pytest.mark.parametrize("content", [red_and_blue(), with_dos_preview(red_and_blue())], ids=["EPS", "DOS"])
def test_where_the_stack_does_not_ask_for_it_ghostscript_never_starts(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, key: str, content: bytes
) -> None:
    started: list[Any] = []
    start = subprocess.Popen.__init__

    def noting(self: Any, command: Any, *more: Any, **named: Any) -> None:
        started.append(command)
        start(self, command, *more, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", noting)
    monkeypatch.setattr(clients.client("lambda"), "invoke", lambda **_: pytest.fail("it was sent"))
    photo = taken_in(cloud, key, content)
    assert (photo.state, photo.format) == (State.UNSUPPORTED, None)
    assert "an EPS or PostScript file" in (photo.reason or "")
    assert not any("gs" in str(command[0]) for command in started)


@needs_ghostscript
def test_what_is_logged_of_a_drawing_is_not_what_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    event = {"postscript": "AAAA", "longest": 9}
    assert postscript.handle(event, None) == {"refusal": "broken"}
    assert "AAAA" not in capsys.readouterr().err
