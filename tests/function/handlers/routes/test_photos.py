"""The routes of photos: pages, one photo, the trash."""

import base64
from urllib.parse import urlsplit

import pytest

from function.contract.routes import ROUTES
from function.handlers import worker
from function.index.keys import photo_id
from tests.function.conftest import Cloud, batch, s3_event
from tests.support.api_client import ask, body, library, listed


def test_the_list_is_newest_first_by_cursor_to_the_end(cloud: Cloud) -> None:
    keys = library(cloud, 7)
    found, cursor = [], None
    for _ in range(4):
        page = body(ask("GET /photos", {"limit": "2", **({"cursor": cursor} if cursor else {})}))
        found += [photo["key"] for photo in page["photos"]]
        cursor = page["cursor"]
    assert cursor is None
    assert found == keys[::-1]


def test_the_list_ends_at_the_last_photo_of_the_last_full_page(cloud: Cloud) -> None:
    library(cloud, 2)
    page = body(ask("GET /photos", {"limit": "2"}))
    following = body(ask("GET /photos", {"limit": "2", "cursor": page["cursor"]})) if page["cursor"] else {"photos": []}
    assert following["photos"] == []


def test_a_range_of_days_includes_both(cloud: Cloud) -> None:
    keys = library(cloud, 5)
    assert listed({"from": "2026-01-02", "to": "2026-01-04"}) == keys[3:0:-1]
    assert listed({"from": "2026-01-05"}) == keys[4:]
    assert listed({"to": "2026-01-01"}) == keys[:1]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "1000"},
        {"limit": "many"},
        {"limit": "²"},
        {"cursor": "nonsense"},
        {"cursor": "!!!"},
        {"cursor": base64.urlsafe_b64encode(b"2026-01-01T00:00:00#x' OR 1=1").decode()},
        {"from": "yesterday"},
        {"to": "2026-02-30"},
        {"from": "2026-02-02", "to": "2026-02-01"},
        {"shelf": "secret"},
        {"shelf": "failed", "city": "Oslo"},
        {"on": "13-01"},
        {"on": "today"},
        {"rating": "6"},
        {"state": "ready"},
        {"city": "  "},
    ],
)
def test_a_parameter_that_is_not_taken_is_named(cloud: Cloud, query: dict[str, str]) -> None:
    answer = ask("GET /photos", query)
    assert answer["statusCode"] == 400
    assert f"{next(iter(query))} takes" in body(answer)["message"]


def test_a_cursor_outside_of_the_days_is_refused(cloud: Cloud) -> None:
    library(cloud, 3)
    cursor = body(ask("GET /photos", {"limit": "1"}))["cursor"]
    assert ask("GET /photos", {"cursor": cursor, "to": "2026-01-01"})["statusCode"] == 400


def test_a_photo_comes_with_all_that_is_known_of_it(cloud: Cloud) -> None:
    library(cloud, 1)
    photo = body(ask("GET /photos/{id}", id=photo_id("000.jpg")))
    assert {"id", "key", "state", "reason", "format", "bytes", "width", "height"} < set(photo)
    assert photo["uploaded"] == "2026-01-01T12:00:00+00:00"
    assert photo["bytes"] > 0
    assert "make" in photo["metadata"]
    assert [rendition["name"] for rendition in photo["renditions"]] == ["64", "32"]
    url = urlsplit(photo["renditions"][0]["url"])
    assert url.netloc == "renditions.s3.eu-west-1.amazonaws.com"
    assert "X-Amz-Signature" in url.query
    assert "X-Amz-Expires=900" in url.query


@pytest.mark.parametrize("route", [route.key for route in ROUTES if "/{id}" in route.key])
@pytest.mark.parametrize("identifier", ["nothing", "x" * 3000, "", "../a", "\0", "a" * 24])
def test_an_unknown_photo_is_not_found(cloud: Cloud, route: str, identifier: str) -> None:
    assert ask(route, content='{"favourite": true}', id=identifier)["statusCode"] == 404


@pytest.mark.parametrize("text", ["x" * 3000, "two  spaces", ""])
def test_a_cursor_that_no_page_gave_is_refused(cloud: Cloud, text: str) -> None:
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    assert ask("GET /facets/{facet}", {"cursor": cursor}, facet="city")["statusCode"] == 400


def test_a_deleted_photo_is_gone_at_once_and_its_original_is_in_the_trash(cloud: Cloud) -> None:
    library(cloud, 2)
    assert ask("DELETE /photos/{id}", id=photo_id("000.jpg"))["statusCode"] == 204
    assert listed() == ["001.jpg"]
    assert listed({"shelf": "deleted"}) == ["000.jpg"]
    assert ask("GET /photos/{id}", id=photo_id("000.jpg"))["statusCode"] == 404
    assert ask("DELETE /photos/{id}", id=photo_id("000.jpg"))["statusCode"] == 404
    versions = cloud.s3.list_object_versions(Bucket="originals", Prefix="originals/000.jpg")
    assert len(versions["Versions"]) == len(versions["DeleteMarkers"]) == 1


def test_the_failed_are_listed_with_their_reasons(cloud: Cloud) -> None:
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg", b"text"), "01")), None)
    (photo,) = body(ask("GET /photos", {"shelf": "failed"}))["photos"]
    assert photo["state"] == "unsupported"
    assert photo["reason"]
    assert photo["renditions"] == []
    assert listed() == []


def test_json_is_kept_by_nobody(cloud: Cloud) -> None:
    headers = ask("GET /photos")["headers"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
