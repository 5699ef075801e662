"""The compression of answers: which are compressed, for which clients, and that nothing is lost."""

import base64
import gzip
import json
import os
from typing import Any

import pytest

from function.handlers.http.encoding import SMALLEST_BYTES, accepts, compressed
from tests.function.conftest import Cloud
from tests.support.api_client import ask, library

Response = dict[str, Any]
GZIP = {"accept-encoding": "gzip, deflate, br"}


def answer(body: str, content_type: str = "application/json") -> Response:
    return {"statusCode": 200, "headers": {"content-type": content_type}, "body": body}


def unpacked(response: Response) -> bytes:
    assert response["headers"]["content-encoding"] == "gzip"
    return gzip.decompress(base64.b64decode(response["body"]))


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1.0, gzip; q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=nonsense", False),
        ("x-gzip-2", False),
    ],
)
def test_the_header_says_whether_gzip_is_accepted(header: str, accepted: bool) -> None:
    assert accepts(header, "gzip") is accepted


def test_a_long_text_is_compressed_and_says_so() -> None:
    body = json.dumps(["Tromsø"] * 500, ensure_ascii=False)
    response = compressed(answer(body), GZIP)
    assert response["isBase64Encoded"] is True
    assert unpacked(response).decode() == body
    assert response["headers"]["vary"] == "accept-encoding"
    assert len(response["body"]) < len(body) / 10


@pytest.mark.parametrize(
    ("response", "headers"),
    [
        (answer("x" * (SMALLEST_BYTES - 1)), GZIP),
        (answer("x" * 5000), {}),
        (answer("x" * 5000), {"accept-encoding": "gzip;q=0"}),
        (answer("x" * 5000, "image/png"), GZIP),
        ({"statusCode": 204, "headers": {}}, GZIP),
    ],
)
def test_other_answers_go_as_they_are(response: Response, headers: dict[str, str]) -> None:
    sent = compressed(response, headers)
    assert sent.get("body") == response.get("body")
    assert "content-encoding" not in sent.get("headers", {})


def test_a_file_of_bytes_is_compressed_from_its_bytes() -> None:
    content = b"h1 { color: red }\n" * 200 + os.urandom(50).hex().encode()
    packed = {**answer(base64.b64encode(content).decode(), "text/css; charset=utf-8"), "isBase64Encoded": True}
    assert unpacked(compressed(packed, GZIP)) == content


def test_lists_and_pages_are_compressed(cloud: Cloud) -> None:
    library(cloud, 2)
    listing = ask("GET /photos", headers=GZIP)
    assert len(json.loads(unpacked(listing))["photos"]) == 2
    assert b"<title>" in unpacked(ask("GET /", headers={"accept-encoding": "gzip"}))


def test_an_unchanged_list_is_not_sent_again_and_a_changed_one_is(cloud: Cloud) -> None:
    library(cloud, 2)
    etag = ask("GET /photos")["headers"]["etag"]
    again = ask("GET /photos", headers={"if-none-match": etag})
    assert again["statusCode"] == 304
    assert "body" not in again
    assert ask("GET /photos", {"limit": "1"}, headers={"if-none-match": etag})["statusCode"] == 200
    library(cloud, 3)
    assert ask("GET /photos", headers={"if-none-match": etag})["statusCode"] == 200
