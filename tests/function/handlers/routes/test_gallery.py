"""The routes of the gallery's files: their types, their policy, and that nothing else is served."""

import base64
import gzip
import re
from collections.abc import Callable

import pytest

from function.bootstrap import adapters
from function.contract.environment import Variable
from function.index import postings
from tests.function.conftest import SIGN_IN, Cloud
from tests.support.api_client import NO_CLAIMS, ask, body


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
        "../function/settings/settings.py",
        "..",
        "",
        "nothing.js",
        "style",
        "/etc/passwd",
        "index.html\0.css",
        "main.ts",
        "../package.json",
        "index.html.br",
        "a" * 5000 + ".js",
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


def test_where_the_sdk_has_an_endpoint_of_its_own_the_gallery_signs_in_there(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    told = body(ask("GET /gallery/{path+}", path="config.json"))["sign_in"]
    assert told["endpoint"] == "http://127.0.0.1:4566/"


def policy() -> dict[str, str]:
    header = ask("GET /", claims=NO_CLAIMS)["headers"]["content-security-policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


def test_the_policy_needs_no_client_of_s3(cloud: Cloud) -> None:
    assert policy()["img-src"] == "'self' https://renditions.s3.eu-west-1.amazonaws.com data: blob:"
    assert not adapters.renditions.cache_info().currsize


@pytest.mark.parametrize(
    ("endpoints", "origin"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, "http://127.0.0.1:4566"),
        ({Variable.S3_ENDPOINT: "https://nas.example:9000/"}, "https://nas.example:9000"),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566", Variable.S3_ENDPOINT: "https://nas.example:9000"},
            "https://nas.example:9000",
        ),
    ],
)
def test_pictures_come_from_the_store_that_has_them(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, endpoints: dict[str, str], origin: str
) -> None:
    for name, value in endpoints.items():
        monkeypatch.setenv(name, value)
    assert policy()["img-src"] == f"'self' {origin} data: blob:"
