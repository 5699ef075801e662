"""Implements the ports of originals and renditions by S3."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from function.aws.errors import is_beyond_end, is_not_found, is_precondition_failed, translating_errors
from function.aws.presigning import presign
from function.aws.s3 import copies
from function.aws.s3.copies import Copy
from function.aws.s3.ranges import FIRST_BYTES, FIRST_RAW_BYTES, RangeFile
from function.errors import ObjectNotFoundError
from function.files.formats import is_likely_raw
from function.ports.objects import ObjectInfo, OriginalFile

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# Renditions change only when their original is replaced, so browsers may cache them.
CACHE_CONTROL = "private, max-age=86400"


@dataclass(frozen=True)
class S3Originals:
    """The originals bucket, in S3 or another store."""

    client: "S3Client"
    bucket: str
    # Some stores check the condition of an upload, and ignore the condition of a copy.
    copies_on_condition: bool = True

    def find(self, key: str, version_id: str | None = None) -> ObjectInfo | None:
        """Look up one object by HEAD. Returns None where there is none."""
        with translating_errors("S3"):
            try:
                head = self.client.head_object(
                    Bucket=self.bucket, Key=key, ChecksumMode="ENABLED", **_version(version_id)
                )
            except ClientError as error:
                if is_not_found(error):
                    return None
                raise
        return ObjectInfo(
            version_id=head.get("VersionId"),
            bytes=head["ContentLength"],
            etag=head["ETag"],
            uploaded=head["LastModified"].astimezone(UTC),
            checksum=head.get("ChecksumCRC64NVME"),
        )

    def list_objects(self, prefix: str, limit: int = 1000) -> dict[str, ObjectInfo]:
        """List the first `limit` objects, at most 1,000, whose keys start with `prefix`, by one request."""
        with translating_errors("S3"):
            answer = self.client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, MaxKeys=limit)
        return {
            entry["Key"]: ObjectInfo(None, entry["Size"], entry["ETag"], entry["LastModified"].astimezone(UTC))
            for entry in answer.get("Contents", ())
        }

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        """Open one version; only the ranges that are read are fetched. Raises ObjectNotFoundError, also from reads."""
        first_bytes = FIRST_BYTES if whole and not is_likely_raw(key) else FIRST_RAW_BYTES
        fetch = _Ranges(self.client, {"Bucket": self.bucket, "Key": key, **_version(version_id)})
        file = RangeFile(fetch, first_bytes)
        file.etag = fetch.target.get("IfMatch")
        return cast("OriginalFile", file)

    def copy(self, source: str, stored: ObjectInfo, target: str, *, over: bool = False) -> ObjectInfo | None:
        """Copy one version to another key of the bucket. Returns None where the target exists, unless `over` is true.

        Raises ObjectNotFoundError where the source does not exist.
        """
        version: Any = {"Key": source, **_version(stored.version_id)}
        made = Copy(self.client, self.bucket, version, target, {} if over else {"IfNoneMatch": "*"})
        with translating_errors("S3"):
            try:
                if not (over or self.copies_on_condition):
                    version_id = self._upload(version, target)
                else:
                    version_id = made.at_once() if stored.bytes <= copies.LARGEST_COPY else made.by_parts(stored.bytes)
            except ClientError as error:
                if is_precondition_failed(error):
                    return None
                if is_not_found(error):
                    raise ObjectNotFoundError(source) from error
                raise
        return self.find(target, version_id)

    def _upload(self, version: Any, target: str) -> str | None:
        found = self.client.get_object(Bucket=self.bucket, **version)
        with tempfile.TemporaryFile() as file:
            shutil.copyfileobj(found["Body"], file)
            file.seek(0)
            headers: Any = {"ContentType": found["ContentType"], "Metadata": found["Metadata"]}
            made = self.client.put_object(Bucket=self.bucket, Key=target, Body=file, IfNoneMatch="*", **headers)
            return made.get("VersionId")

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Delete an object into the trash (a delete marker), or one version of it permanently."""
        with translating_errors("S3"):
            self.client.delete_object(Bucket=self.bucket, Key=key, **_version(version_id))


@dataclass
class _Ranges:
    """Fetches ranges of one object by GET, on condition that its ETag stays that of the first response."""

    client: "S3Client"
    target: dict[str, Any]

    def __call__(self, at: int, size: int) -> tuple[bytes, int]:
        with translating_errors("S3"):
            try:
                found = self.client.get_object(**self.target, Range=f"bytes={at}-{at + size - 1}")
                self.target["IfMatch"] = found["ETag"]
                content = found["Body"].read()
            except ClientError as error:
                if is_beyond_end(error):
                    return b"", 0
                if is_not_found(error) or is_precondition_failed(error):
                    raise ObjectNotFoundError(self.target["Key"]) from error
                raise
        content_range: str | None = found.get("ContentRange")
        if not content_range:
            return content[at : at + size], len(content)  # a store may answer with the whole object
        return content, int(content_range.rpartition("/")[2])


@dataclass(frozen=True)
class S3Renditions:
    """The renditions bucket, in S3 or another store."""

    client: "S3Client"
    bucket: str
    signed_url_seconds: int = 0

    def read(self, key: str) -> bytes:
        """Read the bytes of a rendition."""
        with translating_errors("S3"):
            return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def put(self, key: str, content: bytes, content_type: str, recipe: str) -> None:
        """Store a rendition, with the id of the recipe that made it as metadata."""
        with translating_errors("S3"):
            self.client.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=content,
                ContentType=content_type,
                CacheControl=CACHE_CONTROL,
                Metadata={"recipe": recipe},
            )

    def delete(self, key: str) -> None:
        """Delete a rendition. A key without one is ignored."""
        with translating_errors("S3"):
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def sign(self, key: str) -> str:
        """Presign a GET URL of the rendition, valid for `signed_url_seconds`."""
        return presign(self.client, self.bucket, key, self.signed_url_seconds)


def _version(version_id: str | None) -> Any:
    return {"VersionId": version_id} if version_id else {}
