"""A copy within the bucket, whole or in parts, takes all along and leaves nothing half done."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from botocore.exceptions import ClientError

from function.aws.s3 import copies
from function.aws.s3.buckets import S3Originals
from function.errors import ObjectNotFoundError, ServiceUnavailableError
from function.ports.objects import ObjectInfo
from tests.function.conftest import ORIGINALS, Cloud

CONTENT = bytes(range(256)) * 10
SOURCE, TARGET = "inbox/a.nef", "originals/a.nef"


@pytest.fixture(params=["at once", "in parts"])
def originals(cloud: Cloud, request: pytest.FixtureRequest) -> Iterator[S3Originals]:
    """The bucket, with both ways to copy: what takes parts in S3 is made small here."""
    large = request.param == "in parts"
    cloud.s3.put_object(
        Bucket=ORIGINALS, Key=SOURCE, Body=CONTENT, ContentType="image/x-nikon-nef", Metadata={"mtime": "7"}
    )
    with (
        mock.patch.object(copies, "LARGEST_COPY", 1000 if large else 1 << 20),
        mock.patch.object(copies, "PART_BYTES", 1000),
        mock.patch("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1),
    ):
        yield S3Originals(cloud.s3, ORIGINALS)


def found(originals: S3Originals) -> ObjectInfo:
    stored = originals.find(SOURCE)
    assert stored
    return stored


def test_a_copy_has_the_same_bytes_and_all_that_its_uploader_said_of_it(cloud: Cloud, originals: S3Originals) -> None:
    copied = originals.copy(SOURCE, found(originals), TARGET)
    assert copied
    assert copied.bytes == len(CONTENT)
    there = cloud.s3.get_object(Bucket=ORIGINALS, Key=TARGET)
    assert there["Body"].read() == CONTENT
    assert (there["ContentType"], there["Metadata"]) == ("image/x-nikon-nef", {"mtime": "7"})
    assert ("-3" in copied.etag) == (len(CONTENT) > copies.LARGEST_COPY)


def test_the_version_that_was_asked_for_is_copied(cloud: Cloud, originals: S3Originals) -> None:
    stored = found(originals)
    cloud.put(SOURCE, b"another")
    assert originals.copy(SOURCE, stored, TARGET)
    assert cloud.s3.get_object(Bucket=ORIGINALS, Key=TARGET)["Body"].read() == CONTENT


def test_what_is_gone_is_said_to_be_gone(cloud: Cloud, originals: S3Originals) -> None:
    stored = found(originals)
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=SOURCE, VersionId=stored.version_id)
    with pytest.raises(ObjectNotFoundError):
        originals.copy(SOURCE, stored, TARGET)


# The emulators copy at once over whatever lies there, so what S3 is asked for has to do.
@pytest.mark.parametrize("over", [True, False])
@pytest.mark.parametrize("originals", ["at once"], indirect=True)
def test_s3_is_asked_to_leave_what_lies_there(cloud: Cloud, originals: S3Originals, *, over: bool) -> None:
    def refuse(params: dict[str, Any], **_: Any) -> None:
        if params["headers"].get("If-None-Match") == "*":
            raise ClientError({"Error": {"Code": "PreconditionFailed"}}, "CopyObject")

    cloud.s3.meta.events.register("before-call.s3.CopyObject", refuse)
    try:
        assert bool(originals.copy(SOURCE, found(originals), TARGET, over=over)) == over
    finally:
        cloud.s3.meta.events.unregister("before-call.s3.CopyObject", refuse)


@pytest.mark.parametrize("originals", ["in parts"], indirect=True)
def test_what_lies_there_stays_unless_it_is_to_go(cloud: Cloud, originals: S3Originals) -> None:
    cloud.put(TARGET, b"another")
    assert originals.copy(SOURCE, found(originals), TARGET) is None
    assert cloud.s3.get_object(Bucket=ORIGINALS, Key=TARGET)["Body"].read() == b"another"
    assert not cloud.s3.list_multipart_uploads(Bucket=ORIGINALS).get("Uploads")
    assert originals.copy(SOURCE, found(originals), TARGET, over=True)
    assert cloud.s3.get_object(Bucket=ORIGINALS, Key=TARGET)["Body"].read() == CONTENT


@pytest.mark.parametrize("originals", ["in parts"], indirect=True)
@pytest.mark.parametrize("operation", ["UploadPartCopy", "CompleteMultipartUpload"])
def test_parts_of_a_copy_that_fails_are_given_up(cloud: Cloud, operation: str, originals: S3Originals) -> None:
    def fail(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "SlowDown"}}, operation)

    cloud.s3.meta.events.register(f"before-call.s3.{operation}", fail)
    try:
        with pytest.raises(ServiceUnavailableError):
            originals.copy(SOURCE, found(originals), TARGET)
    finally:
        cloud.s3.meta.events.unregister(f"before-call.s3.{operation}", fail)
    assert not cloud.s3.list_multipart_uploads(Bucket=ORIGINALS).get("Uploads")
    assert originals.find(TARGET) is None


@pytest.mark.parametrize("size", [1, 5 << 30, (5 << 30) + 1, 5 << 40, 50 * 10**12])
def test_parts_are_as_many_and_as_large_as_s3_takes(size: int) -> None:
    spans = [tuple(map(int, span.removeprefix("bytes=").split("-"))) for span in copies.ranges(size)]
    lengths = [end - start + 1 for start, end in spans]
    assert sum(lengths) == size
    assert len(spans) <= 10_000
    assert max(lengths) <= 5 << 30
    assert all(length >= 5 << 20 for length in lengths[:-1])
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))
