"""The declared stack, running on this machine: its doors, its roles, and the way of a photo through it."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError

from function.contract.environment import Variable
from function.contract.routes import ROUTES
from function.index.keys import photo_id
from local.library.library import Library
from tests.conftest import Answer, Client, awaited, fetch

Put = Callable[[str, Path], None]


def known(client: Client, key: str) -> Callable[[], dict[str, Any] | None]:
    def look() -> dict[str, Any] | None:
        answer = client(f"/photos/{photo_id(key)}")
        return answer.json() if answer.status == 200 else None

    return look


def stored(opened: Library, bucket: str, prefix: str) -> list[str]:
    found = opened.aws.s3.list_objects_v2(Bucket=opened.environment[bucket], Prefix=prefix)
    return [entry["Key"] for entry in found.get("Contents", ())]


def test_an_upload_becomes_a_photo_with_renditions_that_its_addresses_give(
    opened: Library, client: Client, put: Put, album: dict[str, Path]
) -> None:
    put("originals/2025/IMG_0415.jpg", album["2025/IMG_0415.jpg"])
    photo = awaited(known(client, "2025/IMG_0415.jpg"))
    assert photo["state"] == "ready"
    assert (photo["width"], photo["height"]) == (1200, 1600)
    assert photo["taken"] == "2025-07-14T11:40:05+02:00"
    assert photo["metadata"]["latitude"] == pytest.approx(46.415)
    sizes = {r["name"]: (r["width"], r["height"]) for r in photo["renditions"]}
    assert sizes == {"2048": (1200, 1600), "1024": (768, 1024), "512": (384, 512), "256": (192, 256)}
    for rendition in photo["renditions"]:
        answer = fetch(rendition["url"])
        assert answer.status == 200
        assert answer.headers["content-type"] == "image/jpeg"
        assert len(answer.body) == rendition["bytes"]
    assert stored(opened, Variable.RENDITIONS_BUCKET, "512/2025/IMG_0415") == ["512/2025/IMG_0415.jpg.jpg"]


def test_a_message_that_is_worked_off_leaves_the_queue(opened: Library, put: Put, album: dict[str, Path]) -> None:
    """Had the worker lacked any permission, its message would be hidden until the next try."""
    put("originals/last.jpg", album["2026/evening.jpg"])
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def drained() -> bool:
        found = opened.aws.client("sqs").get_queue_attributes(QueueUrl=opened.queue_url, AttributeNames=counts)
        return set(found["Attributes"].values()) == {"0"}

    awaited(drained)


def test_a_signed_address_gives_nothing_else(client: Client, put: Put, album: dict[str, Path]) -> None:
    put("originals/2025/IMG_0433.jpg", album["2025/IMG_0433.jpg"])
    photo = awaited(known(client, "2025/IMG_0433.jpg"))
    url = photo["renditions"][0]["url"]
    assert fetch(url.replace("/2048/", "/1024/")).status == 403
    assert fetch(url.split("?")[0]).status == 403


def test_the_list_is_newest_first_and_paged(client: Client, put: Put, album: dict[str, Path]) -> None:
    keys = ["2025/IMG_0412.jpg", "2026/evening.jpg", "2026/city.webp"]
    for key in keys:
        put(f"originals/{key}", album[key])
    for key in keys:
        awaited(known(client, key))
    first = client("/photos?limit=2").json()
    assert len(first["photos"]) == 2
    second = client(f"/photos?limit=2&cursor={first['cursor']}").json()
    found = [*first["photos"], *second["photos"]]
    moments = [(photo["taken"] or photo["uploaded"])[:19] for photo in found]
    assert moments == sorted(moments, reverse=True)
    ranged = client("/photos?from=2026-03-08&to=2026-03-08").json()["photos"]
    assert {"2026/evening.jpg", "2026/city.webp"} <= {photo["key"] for photo in ranged}
    assert {photo["taken"][:10] for photo in ranged} == {"2026-03-08"}


def test_what_is_no_photo_is_shown_with_its_reason(opened: Library, client: Client) -> None:
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key="originals/notes.jpg", Body=b"milk, bread")
    photo = awaited(known(client, "notes.jpg"))
    assert photo["state"] == "unsupported"
    assert "text file" in photo["reason"]
    assert "notes.jpg" in {photo["key"] for photo in client("/photos?shelf=failed").json()["photos"]}
    assert "notes.jpg" not in {photo["key"] for photo in client("/photos").json()["photos"]}


@pytest.mark.parametrize("name", ["a b+c%2B.jpg", "Ärger.jpg", "A\u0308rger.jpg", "📷 'quoted' \"twice\" [x].jpg"])
def test_an_awkward_key_stays_exactly_that_key(
    opened: Library, client: Client, put: Put, album: dict[str, Path], name: str
) -> None:
    put(f"originals/{name}", album["2026/evening.jpg"])
    photo = awaited(known(client, name))
    assert photo["key"] == name
    assert fetch(photo["renditions"][-1]["url"]).status == 200


def test_delete_takes_the_photo_out_and_keeps_its_original_in_the_trash(
    opened: Library, client: Client, put: Put, album: dict[str, Path]
) -> None:
    key = "gone/lights.png"
    put(f"originals/{key}", album["2026/lights.png"])
    awaited(known(client, key))
    assert client(f"/photos/{photo_id(key)}", "DELETE").status == 204
    assert client(f"/photos/{photo_id(key)}").status == 404
    assert key not in {photo["key"] for photo in client("/photos?limit=200").json()["photos"]}
    awaited(lambda: not stored(opened, Variable.RENDITIONS_BUCKET, f"256/{key}"))
    versions = opened.aws.s3.list_object_versions(Bucket=opened.originals_bucket, Prefix=f"originals/{key}")
    assert len(versions["Versions"]) == 1
    assert len(versions["DeleteMarkers"]) == 1


def test_an_upload_after_the_delete_brings_the_photo_back(
    opened: Library, client: Client, put: Put, album: dict[str, Path]
) -> None:
    key = "back/city.webp"
    put(f"originals/{key}", album["2026/city.webp"])
    awaited(known(client, key))
    opened.aws.s3.delete_object(Bucket=opened.originals_bucket, Key=f"originals/{key}")
    awaited(lambda: client(f"/photos/{photo_id(key)}").status == 404)
    put(f"originals/{key}", album["2026/city.webp"])
    assert awaited(known(client, key))["state"] == "ready"


def test_the_inbox_empties_into_the_day_of_the_photo(
    opened: Library, client: Client, put: Put, album: dict[str, Path]
) -> None:
    put("inbox/from a phone.jpg", album["2026/DSC_2107.jpg"])
    assert awaited(known(client, "2026/02/03/from a phone.jpg"))["state"] == "ready"
    awaited(lambda: not stored(opened, Variable.ORIGINALS_BUCKET, "inbox/from a phone.jpg"))
    versions = opened.aws.s3.list_object_versions(Bucket=opened.originals_bucket, Prefix="inbox/from a phone.jpg")
    assert not versions.get("Versions")


@pytest.mark.parametrize("route", [route.key for route in ROUTES if not route.public])
@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Bearer a.b.c"])
def test_every_route_but_the_gallerys_files_asks_for_a_token(opened: Library, route: str, token: str | None) -> None:
    method, path = re.sub(r"{\w+}", "any", route).split(" ")
    headers = {"Authorization": token} if token else {}
    assert fetch(opened.emulator.gallery.rstrip("/") + path, method, headers=headers).status == 401


def test_a_token_of_another_client_is_refused(opened: Library, client: Client) -> None:
    head, body, signature = client.token.split(".")
    forged = Client(opened, f"{head}.{body[:-2]}AA.{signature}")
    assert client("/photos").status == 200
    assert forged("/photos").status == 401


def test_the_gallerys_files_come_with_strict_headers(opened: Library) -> None:
    page = fetch(opened.emulator.gallery).body.decode()
    for path in ("", "gallery/index.html", *re.findall(r'"/(gallery/[^"]+)"', page)):
        _check_headers(opened, fetch(opened.emulator.gallery + path))


def _check_headers(opened: Library, answer: Answer) -> None:
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    images = next(part for part in policy.split("; ") if part.startswith("img-src"))
    assert urlsplit(opened.aws.endpoint).netloc in images


def test_text_is_compressed_on_the_wire_for_clients_that_accept_it(
    opened: Library, client: Client, put: Put, album: dict[str, Path]
) -> None:
    put("originals/wire.jpg", album["2026/evening.jpg"])
    awaited(known(client, "wire.jpg"))
    headers = {"Authorization": f"Bearer {client.token}", "Accept-Encoding": "gzip"}
    for path in ("", "photos"):
        address = f"{opened.emulator.gallery}{path}"
        packed = fetch(address, headers=headers)
        plain = fetch(address, headers={**headers, "Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert len(packed.body) < len(plain.body)
        assert gzip.decompress(packed.body)[:20] == plain.body[:20]


@pytest.mark.parametrize(
    "path", ["gallery/../function/settings/settings.py", "gallery/%2e%2e/Makefile", "gallery/none.js"]
)
def test_nothing_but_the_gallerys_files_is_served(opened: Library, path: str) -> None:
    assert fetch(opened.emulator.gallery + path).status in (400, 401, 404)


def test_a_bucket_refuses_plain_http(client: Client, put: Put, album: dict[str, Path]) -> None:
    put("originals/tls.jpg", album["2026/evening.jpg"])
    url = awaited(known(client, "tls.jpg"))["renditions"][0]["url"]
    assert fetch(url).status == 200
    refused = fetch(url, headers={"X-Forwarded-Proto": "http"})
    assert refused.status == 403
    assert b"AccessDenied" in refused.body


def test_a_stranger_has_no_way_in(opened: Library) -> None:
    stranger = boto3.client(
        "s3",
        endpoint_url=opened.aws.endpoint,
        region_name=opened.aws.region,
        aws_access_key_id="AKIASTRANGERSTRANGER",
        aws_secret_access_key="guessed",
    )
    with pytest.raises(ClientError, match=r"InvalidAccessKeyId|AccessDenied|SignatureDoesNotMatch|security token"):
        stranger.list_objects_v2(Bucket=opened.originals_bucket)
