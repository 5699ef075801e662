"""Addresses that are signed by the page are those that the SDK signs one by one."""

import time
from datetime import UTC, datetime
from typing import Any

import boto3
import botocore.auth
import pytest
from botocore.config import Config

from function.aws import presigning
from function.aws.presigning import presign

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KEYS = (
    *(
        "512/2006/10/04/IMG_00001.NEF.jpg",
        "a b+c%2B.jpg",
        "Ärger.jpg",
        "A\u0308rger.jpg",
        "📷 'quoted' \"twice\" [x].jpg",
    ),
    *("~!@#$%^&*()_=;:,?", "//", "../up", "a//b", ".", "sample", "k" * 1024, "\x1f\x7f"),
)
PLACES: dict[str, dict[str, Any]] = {
    "aws": {"region_name": "eu-west-1", "config": Config(signature_version="s3v4")},
    "aws, by path": {
        "region_name": "us-east-1",
        "config": Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    },
    "a role": {
        "region_name": "eu-west-1",
        "config": Config(signature_version="s3v4"),
        "aws_session_token": "to/k+en==",
    },
    "a port": {
        "region_name": "us-east-1",
        "endpoint_url": "http://localhost:9000",
        "config": Config(signature_version="s3v4"),
    },
    "the default port": {
        "region_name": "x",
        "endpoint_url": "http://store:80",
        "config": Config(signature_version="s3v4"),
    },
    "the older algorithm": {"region_name": "us-east-1", "config": Config(signature_version="s3")},
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that stands still, for the SDK too."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: NOW.replace(tzinfo=None))
    monkeypatch.setattr(time, "time", NOW.timestamp)
    presigning._template.cache_clear()


def client(**place: Any) -> Any:
    return boto3.client("s3", **{"aws_access_key_id": "AKIA", "aws_secret_access_key": "s/e+cret", **place})


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bucket", ["renditions", "with.dots"])
def test_an_address_is_the_one_that_the_sdk_signs(place: str, bucket: str) -> None:
    made = client(**PLACES[place])
    for key in KEYS:
        expected = made.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=900)
        assert presign(made, bucket, key, 900) == expected


@pytest.mark.usefixtures("clock")
def test_the_sdk_signs_once_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    made, signed = client(**PLACES["aws"]), []
    by_sdk = presigning._by_sdk

    def counting(*given: Any) -> str:
        signed.append(given)
        return by_sdk(*given)

    monkeypatch.setattr(presigning, "_by_sdk", counting)
    assert len({presign(made, "renditions", str(number), 900) for number in range(100)}) == 100
    assert len(signed) == 1
    monkeypatch.setattr(time, "time", lambda: NOW.timestamp() + 1)
    presign(made, "renditions", "next", 900)
    assert len(signed) == 2
