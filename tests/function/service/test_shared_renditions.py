"""A photo that is no larger than several sizes of the recipe is stored once for all of them."""

import io
import json
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from PIL import Image

from function.handlers import worker
from function.index.keys import photo_id
from function.values.photo import Photo
from tests.function.conftest import ORIGINALS, Cloud, batch, forget, s3_event
from tests.support.api_client import ask, body
from tests.support.faults import inject_fault, killed_before
from tests.support.pictures import encoded, quarters

KEY = "originals/a.jpg"
SIZES = ({"size": 2048, "quality": 82}, {"size": 1024}, {"size": 512}, {"size": 32})
LARGE, SMALL = "2048/a.jpg.jpg", "32/a.jpg.jpg"


def recipe(*sizes: dict[str, Any]) -> Any:
    forget()
    return mock.patch.dict("os.environ", {"RENDITIONS": json.dumps(sizes)})


def taken_in(cloud: Cloud, sequencer: str = "01", width: int = 96) -> Photo:
    content = encoded(Image.fromarray(quarters(width, width * 2 // 3)), "JPEG").getvalue()
    worker.handle(batch(s3_event(KEY, cloud.put(KEY, content), sequencer)), None)
    return known(cloud)


def known(cloud: Cloud) -> Photo:
    found = cloud.photo("a.jpg")
    assert found
    return found


def keys(photo: Photo) -> dict[str, str]:
    return {rendition.name: rendition.key for rendition in photo.renditions}


def test_one_object_serves_for_all_sizes_that_the_photo_is_no_larger_than(cloud: Cloud) -> None:
    with recipe(*SIZES):
        photo = taken_in(cloud)
        assert keys(photo) == {"2048": LARGE, "1024": LARGE, "512": LARGE, "32": SMALL}
        assert set(cloud.renditions()) == {LARGE, SMALL}
        shown = body(ask("GET /photos/{id}", id=photo_id("a.jpg")))["renditions"]
    assert [urlsplit(one["url"]).path.lstrip("/") for one in shown[:3]] == [LARGE] * 3
    assert [(one["name"], one["width"]) for one in shown] == [("2048", 96), ("1024", 96), ("512", 96), ("32", 32)]


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        # Of a smaller size alone: the larger one serves as before.
        ((SIZES[0], SIZES[1], {"size": 512, "quality": 60}, SIZES[3]), []),
        # One more size that the photo is no larger than, and one that it is larger than.
        ((*SIZES, {"size": 700}), []),
        ((*SIZES, {"size": 48}), ["48/a.jpg.jpg"]),
        # Of the larger one: all that it serves for is as new as it.
        (({"size": 2048, "quality": 50}, *SIZES[1:]), [LARGE]),
        (({"size": 2048, "quality": 82, "format": "webp"}, *SIZES[1:]), ["2048/a.jpg.webp", "1024/a.jpg.jpg"]),
        # Without the larger one, the next one has to be made.
        (SIZES[1:], ["1024/a.jpg.jpg"]),
    ],
)
def test_a_changed_recipe_makes_stale_what_it_changes(cloud: Cloud, changed: Any, written: list[str]) -> None:
    with recipe(*SIZES):
        taken_in(cloud)
    with recipe(*changed):
        with inject_fault(None, killed_before) as calls:
            worker.handle(batch({"task": "backfill", "keys": [KEY]}), None)
        photo = known(cloud)
    assert calls.count("PutObject") == len(written) + 1  # and the record
    assert set(written) <= set(cloud.renditions()) == set(keys(photo).values())
    assert {rendition.name for rendition in photo.renditions} == {str(size["size"]) for size in changed}
    for rendition in photo.renditions:
        content = cloud.s3.get_object(Bucket="renditions", Key=rendition.key)["Body"].read()
        assert len(content) == rendition.bytes
        assert Image.open(io.BytesIO(content)).size == (rendition.width, rendition.height)


def test_a_version_of_another_size_takes_its_own_renditions(cloud: Cloud) -> None:
    with recipe(*SIZES):
        taken_in(cloud, "01", width=960)
        assert set(cloud.renditions()) == {LARGE, "512/a.jpg.jpg", SMALL}
        taken_in(cloud, "02")
        assert set(cloud.renditions()) == {LARGE, SMALL}
        taken_in(cloud, "03", width=3000)
        assert set(cloud.renditions()) == {f"{size['size']}/a.jpg.jpg" for size in SIZES}


def test_a_deleted_photo_leaves_none_behind(cloud: Cloud) -> None:
    with recipe(*SIZES):
        taken_in(cloud)
        cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
        worker.handle(batch(s3_event(KEY, None, "02", name="ObjectRemoved:DeleteMarkerCreated")), None)
        assert not cloud.renditions()
