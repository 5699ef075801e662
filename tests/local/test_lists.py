"""Lists, copies and stacks, on the declared stack with its roles."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from function.index.keys import photo_id
from local.library.library import Library
from tests.conftest import Client, awaited

Put = Callable[[str, Path], None]


def keys(client: Client, query: str) -> list[str]:
    answer = client(f"/photos?{query}")
    assert answer.status == 200, answer.body
    return [photo["key"] for photo in answer.json()["photos"]]


def test_the_worker_posts_and_the_api_lists(client: Client, put: Put, album: dict[str, Path]) -> None:
    for key in ("lists/a.jpg", "lists/a.png", "lists/copy.jpg"):
        put(f"originals/{key}", album["2026/DSC_2107.jpg"])
    awaited(lambda: {"lists/a.jpg", "lists/a.png", "lists/copy.jpg"} <= set(keys(client, "city=troms%C3%B8")))
    photo: Any = client(f"/photos/{photo_id('lists/a.jpg')}").json()
    assert {"lists/a.png", "lists/copy.jpg"} <= {copy["key"] for copy in photo["duplicates"]}
    assert [other["key"] for other in photo["stack"]["others"]] == ["lists/a.png"]
    assert "Tromsø" in client("/facets/city").json()["values"]


def test_what_is_deleted_leaves_no_posting(client: Client, put: Put, opened: Library, album: dict[str, Path]) -> None:
    key = "lists/unwanted.jpg"
    put(f"originals/{key}", album["2026/DSC_2107.jpg"])
    awaited(lambda: key in keys(client, "city=Troms%C3%B8"))
    assert client(f"/photos/{photo_id(key)}", "DELETE").status == 204
    assert key not in keys(client, "city=Troms%C3%B8")

    def posted() -> list[Any]:
        pages = opened.aws.dynamodb.get_paginator("scan").paginate(TableName=opened.environment["TABLE"])
        return [item for page in pages for item in page["Items"] if item["sk"]["S"].endswith(photo_id(key))]

    awaited(lambda: not posted())


def test_what_an_owner_writes_is_told_listed_and_recorded(
    client: Client, put: Put, opened: Library, album: dict[str, Path]
) -> None:
    key = "lists/written.jpg"
    put(f"originals/{key}", album["2026/DSC_2107.jpg"])
    path = f"/photos/{photo_id(key)}"
    awaited(lambda: client(path).status == 200)
    answer = client(path, "PATCH", b'{"caption": "<b>Snow</b>", "favourite": true, "albums": ["North"]}')
    assert (answer.status, answer.json()["caption"]) == (200, "<b>Snow</b>")
    awaited(lambda: key in keys(client, "favourite=true") and key in keys(client, "album=north"))
    assert "North" in client("/facets/album").json()["values"]
    assert client(path, "PATCH", b'{"stars": 5}').status == 400

    def recorded() -> Any:
        found = opened.s3.get_object(Bucket=opened.environment["RENDITIONS_BUCKET"], Key=f"records/{key}.json")
        return json.loads(found["Body"].read())["words"]["M"].get("favourite")

    awaited(lambda: recorded() == {"BOOL": True})
