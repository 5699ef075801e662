"""Makes small pictures, and for each key a sequence of uploads and deletes before its first event is processed."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from local.samples import SCENES, draw

WIDTH, HEIGHT, QUALITIES = 240, 160, (60, 75, 90)
NO_PHOTO = b"milk, bread and a stamp"

# Functions from a choice of pictures to the versions of one key in turn; None is a delete.
Story = Callable[[Callable[[], bytes]], tuple[bytes | None, ...]]


def put_once(picture: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (picture(),)


def replaced(picture: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (picture(), picture())


def deleted(picture: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (picture(), None)


def brought_back(picture: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (picture(), None, picture())


def replaced_by_text(picture: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (picture(), NO_PHOTO)


def text(_: Callable[[], bytes]) -> tuple[bytes | None, ...]:
    return (NO_PHOTO,)


# The percentage of keys with each sequence.
STORIES: dict[Story, int] = {put_once: 76, replaced: 10, deleted: 5, brought_back: 4, replaced_by_text: 3, text: 2}


@dataclass(frozen=True)
class Key:
    """A key below the originals prefix, and the versions that are uploaded to it in turn."""

    name: str
    puts: tuple[bytes | None, ...]


def pictures() -> list[bytes]:
    """Draw a few dozen pictures of a few kilobytes."""
    return [_encode(scene, quality) for scene in sorted(SCENES) for quality in QUALITIES]


def keys(count: int, drawn: list[bytes], chosen: random.Random) -> Iterator[Key]:
    """Yield `count` keys, each with its sequence of versions."""
    stories = chosen.choices(list(STORIES), list(STORIES.values()), k=count)
    for number, story in enumerate(stories):
        yield Key(f"{number % 50:02}/IMG_{number:05}.jpg", story(lambda: chosen.choice(drawn)))


def _encode(scene: str, quality: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(draw(scene, WIDTH, HEIGHT)).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
