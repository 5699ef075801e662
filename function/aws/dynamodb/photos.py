"""Reads and writes the photos of the index table in DynamoDB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from function.aws.dynamodb import codec
from function.aws.dynamodb.retry import backoff
from function.aws.errors import is_cancelled, is_conditional_check_failed, translating_errors
from function.contract.table import SHELF, SHELF_ORDER, SHELVES
from function.errors import ServiceUnavailableError
from function.index.shelves import sort_key
from function.ports.index import Page, WriteResult
from function.values.photo import Photo

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

BATCH = 100


@dataclass(frozen=True)
class DynamoDbIndex:
    """The photos of the table, with the key shape of `function.contract.table`."""

    client: "DynamoDBClient"
    table: str

    def get(self, identifier: str) -> Photo | None:
        """Read the photo with this id, consistently. Returns None where there is none."""
        with translating_errors("DynamoDB"):
            found = self.client.get_item(TableName=self.table, Key=codec.key(identifier), ConsistentRead=True)
        return codec.from_item(found["Item"]) if "Item" in found else None

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """Read the photos with these ids, in no order. Ids without a photo are left out."""
        return [
            photo for start in range(0, len(identifiers), BATCH) for photo in self._batch(identifiers[start:][:BATCH])
        ]

    def put(self, photo: Photo) -> WriteResult:
        """Write the photo over the revision before its own. Returns CONFLICT where the table holds another one."""
        with translating_errors("DynamoDB"):
            try:
                self.client.put_item(**self._put(photo))
            except ClientError as error:
                if is_conditional_check_failed(error):
                    return WriteResult.CONFLICT
                raise
        return WriteResult.WRITTEN

    def put_all(self, photos: Sequence[Photo]) -> WriteResult:
        """Write up to 100 photos in one transaction, each as `put` does. Returns CONFLICT where none was written."""
        with translating_errors("DynamoDB"):
            try:
                self.client.transact_write_items(TransactItems=[{"Put": self._put(photo)} for photo in photos])
            except ClientError as error:
                if is_cancelled(error):
                    return WriteResult.CONFLICT
                raise
        return WriteResult.WRITTEN

    def shelf(self, name: str, *, first: str, last: str, after: str | None, limit: int) -> Page:
        """Query photos of a shelf, newest first, with sort keys from `first` to `last`, both included, by one call."""
        start = {"ExclusiveStartKey": _start(name, after)} if after else {}
        with translating_errors("DynamoDB"):
            found = self.client.query(
                TableName=self.table,
                IndexName=SHELVES,
                KeyConditionExpression=f"{SHELF} = :shelf AND {SHELF_ORDER} BETWEEN :first AND :last",
                ExpressionAttributeValues={":shelf": {"S": name}, ":first": {"S": first}, ":last": {"S": last}},
                ScanIndexForward=False,
                Limit=limit,
                **start,  # type: ignore[arg-type]
            )
        photos = tuple(codec.from_item(item) for item in found["Items"])
        return Page(photos, sort_key(photos[-1]) if photos and "LastEvaluatedKey" in found else None)

    def _put(self, photo: Photo) -> Any:
        return {"TableName": self.table, "Item": codec.to_item(photo), **_over(photo.revision - 1)}

    def _batch(self, identifiers: Sequence[str]) -> Iterator[Photo]:
        wanted: dict[str, Any] = {self.table: {"Keys": [codec.key(identifier) for identifier in identifiers]}}
        for _ in backoff():
            with translating_errors("DynamoDB"):
                found = self.client.batch_get_item(RequestItems=wanted)
            yield from (codec.from_item(item) for item in found["Responses"].get(self.table, ()))
            wanted = dict(found["UnprocessedKeys"])
            if not wanted:
                return
        raise ServiceUnavailableError("DynamoDB: reading photos was throttled")


def _start(shelf: str, after: str) -> dict[str, dict[str, str]]:
    # The sort key ends with the photo's id, which gives the key of the item.
    identifier = after.rpartition("#")[2]
    return {**codec.key(identifier), SHELF: {"S": shelf}, SHELF_ORDER: {"S": after}}


def _over(revision: int) -> Any:
    if not revision:
        return {"ConditionExpression": "attribute_not_exists(revision)"}
    return {
        "ConditionExpression": "revision = :before",
        "ExpressionAttributeValues": {":before": {"N": str(revision)}},
    }
