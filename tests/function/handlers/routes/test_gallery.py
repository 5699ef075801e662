"""The routes of the gallery's files: their types, their policy, and that nothing else is served."""

import base64

import pytest

from function.bootstrap import adapters
from function.contract.environment import Variable
from tests.function.conftest import SIGN_IN, Cloud
from tests.support.api_client import NO_CLAIMS, ask, body


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("main.js", "text/javascript; charset=utf-8"),
        ("style/base.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ],
)
def test_the_gallerys_files_have_fixed_types(cloud: Cloud, path: str, content_type: str) -> None:
    answer = ask("GET /gallery/{path+}", path=path)
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"] == content_type


def test_the_page_carries_a_strict_policy(cloud: Cloud) -> None:
    answer = ask("GET /")
    page = base64.b64decode(answer["body"]).decode()
    assert "<title>Safelight</title>" in page
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
        "main.js\0.css",
        "a" * 5000 + ".js",
    ],
)
def test_nothing_outside_of_the_gallery_is_served(cloud: Cloud, path: str) -> None:
    assert ask("GET /gallery/{path+}", path=path)["statusCode"] == 404


def test_the_gallery_is_told_where_to_sign_in(cloud: Cloud) -> None:
    assert body(ask("GET /gallery/{path+}", path="config.json")) == {"sign_in": SIGN_IN}


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
