"""The index, in DynamoDB."""

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
from function.ports.index import Page
from function.values.photo import Photo

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

BATCH = 100


@dataclass(frozen=True)
class DynamoDbIndex:
    """The table, by the key shape of `function.contract`."""

    client: "DynamoDBClient"
    table: str

    def get(self, identifier: str) -> Photo | None:
        """The photo with this id, or None."""
        with translating_errors("DynamoDB"):
            found = self.client.get_item(TableName=self.table, Key=codec.key(identifier), ConsistentRead=True)
        return codec.from_item(found["Item"]) if "Item" in found else None

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """The photos with these ids, as far as there are any, in no order."""
        return [
            photo for start in range(0, len(identifiers), BATCH) for photo in self._batch(identifiers[start:][:BATCH])
        ]

    def put(self, photo: Photo) -> bool:
        """Write the photo over the revision before; False where that is another one by now."""
        with translating_errors("DynamoDB"):
            try:
                self.client.put_item(**self._put(photo))
            except ClientError as error:
                if is_conditional_check_failed(error):
                    return False
                raise
        return True

    def put_all(self, photos: Sequence[Photo]) -> bool:
        """Write up to a hundred photos, each over its revision before; False, and nothing written, where one cannot."""
        with translating_errors("DynamoDB"):
            try:
                self.client.transact_write_items(TransactItems=[{"Put": self._put(photo)} for photo in photos])
            except ClientError as error:
                if is_cancelled(error):
                    return False
                raise
        return True

    def shelf(self, name: str, *, first: str, last: str, after: str | None, limit: int) -> Page:
        """The photos of a shelf between two places in its order, newest first, by one query."""
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
        raise ServiceUnavailableError("DynamoDB: the look at photos was throttled")


def _start(shelf: str, after: str) -> dict[str, dict[str, str]]:
    # A place ends with the photo's id, so the whole key of the item follows from it.
    identifier = after.rpartition("#")[2]
    return {**codec.key(identifier), SHELF: {"S": shelf}, SHELF_ORDER: {"S": after}}


def _over(revision: int) -> Any:
    if not revision:
        return {"ConditionExpression": "attribute_not_exists(revision)"}
    return {
        "ConditionExpression": "revision = :before",
        "ExpressionAttributeValues": {":before": {"N": str(revision)}},
    }
