"""Where to what lay in the inbox was moved, in the index table: what follows it finds it there."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from function.aws.errors import translating_errors
from function.contract.table import EXPIRES, PARTITION, SORT
from function.index.keys import photo_id
from function.ports.index import Move

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

SORT_KEY = "moved"


@dataclass(frozen=True)
class DynamoDbMoves:
    """The moves out of the inbox: one item for each name, which a later move of the same name replaces."""

    client: "DynamoDBClient"
    table: str

    def remember(self, source: str, target: str, kept: timedelta) -> None:
        """Keep where the source went, and that it went now, for at least this long."""
        now = datetime.now(UTC)
        attributes = {
            "target": {"S": target},
            "moved": {"S": now.isoformat()},
            EXPIRES: {"N": str(math.ceil((now + kept).timestamp()))},
        }
        with translating_errors("DynamoDB"):
            self.client.put_item(TableName=self.table, Item={**_key(source), **attributes})

    def find(self, source: str) -> Move | None:
        """Where the source went last, or None."""
        with translating_errors("DynamoDB"):
            item = self.client.get_item(TableName=self.table, Key=_key(source), ConsistentRead=True).get("Item")
        return Move(item["target"]["S"], datetime.fromisoformat(item["moved"]["S"])) if item else None


def _key(source: str) -> dict[str, dict[str, str]]:
    return {PARTITION: {"S": f"moved#{photo_id(source)}"}, SORT: {"S": SORT_KEY}}
