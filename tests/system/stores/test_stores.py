"""Tests the library with its buckets in other stores: real servers, with webhooks or listings."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from function.aws.s3.buckets import S3Originals
from function.contract.environment import Variable
from function.index.keys import photo_id
from local.emulator.clients import Aws
from local.samples import draw
from local.samples.dng import Dng, write_dng
from tests.conftest import awaited, fetch
from tests.local.emulator.test_clients import ran, required
from tests.system.stores.conftest import Shop


def jpeg(name: str = "sea", width: int = 640) -> bytes:
    file = io.BytesIO()
    Image.fromarray(draw(name, width, width * 3 // 4)).save(file, "JPEG")
    return file.getvalue()


def put(shop: Shop, key: str, content: bytes) -> None:
    shop.library.s3.put_object(Bucket=shop.library.originals_bucket, Key=key, Body=content)


def known(shop: Shop, key: str) -> Callable[[], dict[str, Any] | None]:
    def look() -> dict[str, Any] | None:
        answer = shop.client(f"/photos/{photo_id(key)}")
        return answer.json() if answer.status == 200 else None

    return look


def renditions(shop: Shop, key: str) -> list[str]:
    bucket = shop.library.environment[Variable.RENDITIONS_BUCKET]
    found = shop.library.s3.list_objects_v2(Bucket=bucket, Prefix=f"256/{key}")
    return [entry["Key"] for entry in found.get("Contents", ())]


def test_an_upload_becomes_a_photo_whose_addresses_the_store_gives(shop: Shop) -> None:
    put(shop, "originals/2026/a sea ü+.jpg", jpeg())
    photo = awaited(known(shop, "2026/a sea ü+.jpg"))
    assert (photo["state"], photo["width"]) == ("ready", 640)
    for rendition in photo["renditions"]:
        assert urlsplit(rendition["url"]).netloc == urlsplit(shop.library.s3.meta.endpoint_url).netloc
        answer = fetch(rendition["url"])
        assert (answer.status, len(answer.body)) == (200, rendition["bytes"])
        assert answer.headers["content-type"] == "image/jpeg"
        assert fetch(rendition["url"].split("?")[0]).status == 403
    policy = fetch(shop.library.emulator.gallery).headers["content-security-policy"]
    assert urlsplit(photo["renditions"][0]["url"]).netloc in policy


def test_a_raw_file_is_read_in_ranges(shop: Shop, tmp_path: Path) -> None:
    write_dng(tmp_path / "shot.dng", draw("dunes", 640, 480), Dng(taken=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)))
    put(shop, "originals/shot.dng", (tmp_path / "shot.dng").read_bytes())
    photo = awaited(known(shop, "shot.dng"))
    assert (photo["state"], photo["format"]) == ("ready", "raw")
    assert photo["taken"].startswith("2026-03-04T05:06:07")


def test_a_replaced_original_is_taken_in_again(shop: Shop) -> None:
    put(shop, "originals/twice.jpg", jpeg("sea", 320))
    awaited(known(shop, "twice.jpg"))
    put(shop, "originals/twice.jpg", jpeg("dunes", 400))
    awaited(lambda: (known(shop, "twice.jpg")() or {}).get("width") == 400)


def test_the_inbox_empties_into_the_day_of_the_photo(shop: Shop, album: dict[str, Path]) -> None:
    put(shop, "inbox/from a phone.jpg", album["2026/DSC_2107.jpg"].read_bytes())
    assert awaited(known(shop, "2026/02/03/from a phone.jpg"))["state"] == "ready"
    bucket = shop.library.originals_bucket
    awaited(lambda: not shop.library.s3.list_objects_v2(Bucket=bucket, Prefix="inbox/").get("KeyCount"))


def test_a_move_never_takes_the_place_of_another_file(shop: Shop) -> None:
    bucket = shop.library.originals_bucket
    for key, content in (("elsewhere/mine.jpg", b"mine"), ("elsewhere/yours.jpg", b"yours")):
        put(shop, key, content)
    originals = S3Originals(shop.library.s3, bucket, copies_on_condition=False)
    mine = originals.find("elsewhere/mine.jpg")
    assert mine
    assert originals.copy("elsewhere/mine.jpg", mine, "elsewhere/yours.jpg") is None
    assert shop.library.s3.get_object(Bucket=bucket, Key="elsewhere/yours.jpg")["Body"].read() == b"yours"
    assert originals.copy("elsewhere/mine.jpg", mine, "elsewhere/ours.jpg")
    assert shop.library.s3.get_object(Bucket=bucket, Key="elsewhere/ours.jpg")["Body"].read() == b"mine"


@pytest.mark.parametrize("by", ["store", "api"])
def test_a_deleted_original_takes_the_photo_out(shop: Shop, by: str) -> None:
    key = f"gone by {by}.jpg"
    put(shop, f"originals/{key}", jpeg())
    awaited(known(shop, key))
    if by == "api":
        assert shop.client(f"/photos/{photo_id(key)}", "DELETE").status == 204
    else:
        shop.library.s3.delete_object(Bucket=shop.library.originals_bucket, Key=f"originals/{key}")
    awaited(lambda: shop.client(f"/photos/{photo_id(key)}").status == 404)
    awaited(lambda: not renditions(shop, key))


def rclone(aws: Aws, bucket: str, folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    remote = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": aws.endpoint,
        "ACCESS_KEY_ID": aws.access_key,
        "SECRET_ACCESS_KEY": aws.secret_key,
        "REGION": aws.region,
    }
    command = (required("rclone"), "copy", str(folder), f"lib:{bucket}/originals/rclone")
    return command, {f"RCLONE_CONFIG_LIB_{name}": value for name, value in remote.items()}


def s3cmd(aws: Aws, bucket: str, folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    host = urlsplit(aws.endpoint).netloc
    options = ("--no-ssl", f"--host={host}", f"--host-bucket={host}", f"--region={aws.region}", "--config=/dev/null")
    keys = (f"--access_key={aws.access_key}", f"--secret_key={aws.secret_key}")
    return (required("s3cmd"), *options, *keys, "sync", f"{folder}/", f"s3://{bucket}/originals/s3cmd/"), {}


@pytest.mark.parametrize("uploader", [rclone, s3cmd])
def test_a_real_client_uploads_and_the_photo_appears(shop: Shop, tmp_path: Path, uploader: object) -> None:
    (tmp_path / "evening.jpg").write_bytes(jpeg())
    assert shop.library.store
    command, environment = uploader(shop.library.store.aws, shop.library.originals_bucket, tmp_path)  # type: ignore[operator]
    ran(command, environment)
    key = f"{uploader.__name__}/evening.jpg"  # type: ignore[attr-defined]
    assert awaited(known(shop, key))["state"] == "ready"
