"""Remembers in the index table where each inbox file was moved to, so that its sidecar can follow it."""

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
    """The moves out of the inbox, one item per source key. A later move of the same key replaces it."""

    client: "DynamoDBClient"
    table: str

    def remember(self, source: str, target: str, kept: timedelta) -> None:
        """Store the target of a move made now, for at least the time `kept`."""
        now = datetime.now(UTC)
        attributes = {
            "target": {"S": target},
            "moved": {"S": now.isoformat()},
            EXPIRES: {"N": str(math.ceil((now + kept).timestamp()))},
        }
        with translating_errors("DynamoDB"):
            self.client.put_item(TableName=self.table, Item={**_key(source), **attributes})

    def find(self, source: str) -> Move | None:
        """Read the last move of this source. Returns None where none is stored."""
        with translating_errors("DynamoDB"):
            item = self.client.get_item(TableName=self.table, Key=_key(source), ConsistentRead=True).get("Item")
        return Move(item["target"]["S"], datetime.fromisoformat(item["moved"]["S"])) if item else None


def _key(source: str) -> dict[str, dict[str, str]]:
    return {PARTITION: {"S": f"moved#{photo_id(source)}"}, SORT: {"S": SORT_KEY}}
