"""Stores each photo's record as JSON in the renditions bucket: `records/2006/10/04/IMG_00001.NEF.json`."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from function.aws.dynamodb import codec
from function.aws.errors import is_not_found, is_precondition_failed, translating_errors
from function.contract.table import RECORDS_PREFIX
from function.values.photo import Photo

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


@dataclass(frozen=True)
class S3Records:
    """The records, each the photo's item of the index in DynamoDB's JSON."""

    client: "S3Client"
    bucket: str

    def save(self, photo: Photo) -> None:
        """Write the photo's record over any earlier one. Raises ServiceUnavailableError."""
        with translating_errors("S3"):
            self._put(photo)

    def add(self, photo: Photo) -> bool:
        """Write the photo's record unless it has one. Returns False where it has."""
        with translating_errors("S3"):
            try:
                self._put(photo, IfNoneMatch="*")
            except ClientError as error:
                if is_precondition_failed(error):
                    return False
                raise
        return True

    def load(self, key: str) -> Photo | None:
        """Read the record of the photo with this key. Returns None where there is none."""
        with translating_errors("S3"):
            try:
                found = self.client.get_object(Bucket=self.bucket, Key=_key(key))
                return codec.from_item(json.loads(found["Body"].read()))
            except ClientError as error:
                if is_not_found(error):
                    return None
                raise

    def _put(self, photo: Photo, **condition: Any) -> None:
        content = json.dumps(codec.to_item(photo), ensure_ascii=False).encode()
        kind = "application/json"
        self.client.put_object(Bucket=self.bucket, Key=_key(photo.key), Body=content, ContentType=kind, **condition)


def _key(key: str) -> str:
    return f"{RECORDS_PREFIX}{key}.json"
