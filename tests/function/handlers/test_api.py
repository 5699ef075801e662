"""The api: its operations, its pages, and what it says when something is wrong."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from function.contract.routes import ROUTES
from function.errors import ServiceUnavailableError
from function.handlers import api, worker
from function.handlers.http.response import history, source_code
from function.index import postings
from function.index.keys import photo_id
from function.values.history import HistoryEntry
from function.values.photo import Photo, State
from tests.function.conftest import SIGN_IN, Cloud, batch, s3_event


def ask(route: str, query: dict[str, str] | None = None, headers: dict[str, str] | None = None, **path: str) -> Any:
    event = {"version": "2.0", "routeKey": route, "headers": headers or {}, "pathParameters": path}
    return api.handle({**event, **({"queryStringParameters": query} if query else {})}, None)


def body(answer: dict[str, Any]) -> Any:
    return json.loads(answer["body"])


def library(cloud: Cloud, count: int) -> list[str]:
    keys = [f"{number:03}.jpg" for number in range(count)]
    for number, key in enumerate(keys):
        event = s3_event(f"originals/{key}", cloud.put(f"originals/{key}"), "01")
        event["Records"][0]["eventTime"] = f"2026-01-{number + 1:02}T12:00:00.000Z"
        worker.handle(batch(event), None)
    return keys


def listed(query: dict[str, str] | None = None) -> list[str]:
    return [photo["key"] for photo in body(ask("GET /photos", query))["photos"]]


def test_there_is_an_operation_for_every_route_and_no_other() -> None:
    assert set(api.OPERATIONS) == {route.key for route in ROUTES}


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


@pytest.mark.parametrize("route", [route.key for route in ROUTES if "/{id}" in route.key and "PATCH" not in route.key])
@pytest.mark.parametrize("identifier", ["nothing", "x" * 3000, "", "../a", "\0", "a" * 24])
def test_an_unknown_photo_is_not_found(cloud: Cloud, route: str, identifier: str) -> None:
    assert ask(route, id=identifier)["statusCode"] == 404


@pytest.mark.parametrize("text", ["x" * 3000, "two  spaces", ""])
def test_a_cursor_that_no_page_gave_is_refused(cloud: Cloud, text: str) -> None:
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    assert ask("GET /terms/{term}", {"cursor": cursor}, term="city")["statusCode"] == 400


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


def page() -> str:
    return base64.b64decode(ask("GET /")["body"]).decode()


def assets() -> list[str]:
    """The paths that the page loads, below the gallery."""
    return re.findall(r'"/gallery/([^"]+)"', page())


def test_the_page_takes_two_files_with_fixed_types_that_browsers_keep(cloud: Cloud) -> None:
    found = [ask("GET /gallery/{path+}", path=path) for path in assets()]
    assert {answer["statusCode"] for answer in found} == {200}
    types = ["text/css; charset=utf-8", "text/javascript; charset=utf-8"]
    assert [answer["headers"]["content-type"] for answer in found] == types
    assert {answer["headers"]["cache-control"] for answer in found} == {"public, max-age=31536000, immutable"}
    assert ask("GET /")["headers"]["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [("gzip, br", "br", None), ("gzip", "gzip", gzip.decompress), ("br;q=0, gzip", "gzip", gzip.decompress)],
)
def test_the_files_come_as_they_were_compressed_by_the_build(
    cloud: Cloud, accepted: str, coding: str, unpack: Callable[[bytes], bytes] | None
) -> None:
    for path in assets():
        plain = base64.b64decode(ask("GET /gallery/{path+}", path=path)["body"])
        answer = ask("GET /gallery/{path+}", headers={"accept-encoding": accepted}, path=path)
        packed = base64.b64decode(answer["body"])
        assert answer["headers"]["content-encoding"] == coding
        assert len(packed) < len(plain) / 2
        assert unpack is None or unpack(packed) == plain


def test_the_page_carries_a_strict_policy(cloud: Cloud) -> None:
    answer = ask("GET /")
    assert "<title>Safelight</title>" in page()
    policy = dict(part.split(" ", 1) for part in answer["headers"]["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "https://renditions.s3.eu-west-1.amazonaws.com" in policy["img-src"]
    assert policy["connect-src"] == "'self' https://cognito-idp.eu-west-1.amazonaws.com"
    assert policy["frame-ancestors"] == "'none'"


def test_a_file_that_has_not_changed_is_not_sent_again(cloud: Cloud) -> None:
    etag = ask("GET /")["headers"]["etag"]
    again = ask("GET /", headers={"if-none-match": etag})
    assert again["statusCode"] == 304
    assert "body" not in again
    assert ask("GET /", headers={"if-none-match": '"other"'})["statusCode"] == 200


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../function/settings/settings.py",
            "..",
            "",
            "nothing.js",
            "style",
            "/etc/passwd",
            "index.html\0.css",
            "main.ts",
        ),
        *("a" * 5000 + ".js", "../package.json", "index.html.br"),
    ],
)
def test_nothing_outside_of_the_gallery_is_served(cloud: Cloud, path: str) -> None:
    assert ask("GET /gallery/{path+}", path=path)["statusCode"] == 404


def test_the_gallery_is_told_where_to_sign_in(cloud: Cloud) -> None:
    assert body(ask("GET /gallery/{path+}", path="config.json"))["sign_in"] == SIGN_IN


def test_the_gallery_is_told_the_facets_and_the_limits(cloud: Cloud) -> None:
    config = body(ask("GET /gallery/{path+}", path="config.json"))
    assert config["facets"] == list(postings.FACETS)
    assert config["limits"] == {"page": 200, "caption": 5000, "album": 100}


@pytest.mark.parametrize(("source", "code"), [("exif digitized", "exif.digitized"), ("gps", "gps"), (None, None)])
def test_the_source_of_a_date_is_a_code(source: str | None, code: str | None) -> None:
    entries = (
        HistoryEntry(datetime.now(UTC), "dated", f"by {source}"),
        HistoryEntry(datetime.now(UTC), "failed", "by chance"),
    )
    photo = Photo(key="a.jpg", state=State.READY, sequencer="01", taken_source=source, ledger=entries[source is None :])
    assert source_code(photo.taken_source) == code
    assert [entry["detail"] for entry in history(photo)] == [*([code] if code else []), "by chance"]


def test_where_the_sdk_has_an_endpoint_of_its_own_the_gallery_signs_in_there(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    told = body(ask("GET /gallery/{path+}", path="config.json"))["sign_in"]
    assert told["endpoint"] == "http://127.0.0.1:4566/"


@pytest.mark.parametrize(
    ("fault", "status"), [(ServiceUnavailableError("DynamoDB: Throttled"), 503), (ZeroDivisionError(), 500)]
)
def test_a_fault_shows_nobody_what_is_inside(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def fail(_: Any) -> Any:
        raise fault

    monkeypatch.setitem(api.OPERATIONS, "GET /photos", fail)
    answer = ask("GET /photos")
    assert answer["statusCode"] == status
    assert all(word not in answer["body"] for word in ("Traceback", "Throttled", "ZeroDivision", "DynamoDB"))


@pytest.mark.parametrize("caption", [b"\xff\xfe", b"caf\xe9", b"\xed\xa0\x80", b"\xc3"])
def test_a_body_that_is_not_utf_8_is_refused_however_the_gateway_hands_it_on(cloud: Cloud, caption: bytes) -> None:
    (key,) = library(cloud, 1)
    sent = b'{"caption": "' + caption + b'"}'
    event = {"routeKey": "PATCH /photos/{id}", "pathParameters": {"id": photo_id(key)}}
    encoded = {"body": base64.b64encode(sent).decode(), "isBase64Encoded": True}
    for handed in (encoded, {"body": sent.decode(errors="replace"), "isBase64Encoded": False}):
        answer = api.handle({**event, **handed}, None)
        assert (answer["statusCode"], "UTF-8" in body(answer)["message"]) == (400, True)
    good = {"body": base64.b64encode(b'{"caption": "caf\xc3\xa9"}').decode(), "isBase64Encoded": True}
    assert body(api.handle({**event, **good}, None))["caption"] == "caf\u00e9"
