"""Copies objects inside S3: by one call, or by a multipart copy above 5 GB."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# S3's limits: the largest object of a single copy, in bytes, and the number of parts.
LARGEST_COPY, MOST_PARTS = 5 << 30, 10_000
# Parts are copied in parallel, because each one takes long.
PART_BYTES, PARTS_AT_ONCE = 256 << 20, 8
# Headers that a single copy keeps, and a multipart copy has to set.
COPIED_HEADERS = (
    *("CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType"),
    *("Metadata", "WebsiteRedirectLocation"),
)


@dataclass(frozen=True)
class Copy:
    """A copy of one version of an object to another key, under a condition such as `IfNoneMatch`."""

    client: "S3Client"
    bucket: str
    source: dict[str, str]
    key: str
    condition: dict[str, str]

    def at_once(self) -> str | None:
        """Copy by one call. Returns the version id of the copy."""
        target: Any = {"Bucket": self.bucket, "Key": self.key, **self.condition}
        return self.client.copy_object(**target, CopySource=self._copy_source()).get("VersionId")

    def by_parts(self, size: int) -> str | None:
        """Copy `size` bytes in parts. Returns the version id of the copy. A failed upload is aborted."""
        target: Any = {"Bucket": self.bucket, "Key": self.key}
        head = self.client.head_object(Bucket=self.bucket, **self.source)  # type: ignore[arg-type]
        headers: Any = {name: head[name] for name in COPIED_HEADERS if name in head}  # type: ignore[literal-required]
        # A checksum of the full object equals the source's, however that was uploaded; one of its parts does not.
        checksum: Any = {"ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "FULL_OBJECT"}
        upload: Any = target | {
            "UploadId": self.client.create_multipart_upload(**target, **headers, **checksum)["UploadId"]
        }
        try:
            with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
                parts = list(pool.map(lambda part: self._part(upload, *part), enumerate(ranges(size), 1)))
            finished = self.client.complete_multipart_upload(
                **upload | self.condition, MultipartUpload={"Parts": parts}
            )
        except BaseException:
            self.client.abort_multipart_upload(**upload)
            raise
        return finished.get("VersionId")

    def _part(self, upload: Any, number: int, span: str) -> Any:
        copied: Any = {"CopySource": self._copy_source(), "CopySourceRange": span}
        made = self.client.upload_part_copy(**upload, PartNumber=number, **copied)["CopyPartResult"]
        checksum = {name: value for name, value in made.items() if name == "ChecksumCRC64NVME"}
        return {"PartNumber": number, "ETag": made["ETag"], **checksum}

    def _copy_source(self) -> Any:
        return {"Bucket": self.bucket, **self.source}


def ranges(size: int) -> Iterator[str]:
    """Yield the ranges of an object of `size` bytes, as HTTP writes them: at most MOST_PARTS."""
    step = max(PART_BYTES, -(-size // MOST_PARTS))
    return (f"bytes={start}-{min(start + step, size) - 1}" for start in range(0, size, step))
