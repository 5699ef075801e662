"""Counts analysed pictures by month in the index table: one item per month, never above its budget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from function.aws.errors import is_conditional_check_failed, translating_errors
from function.contract.table import BUDGET_PREFIX, PARTITION, SORT

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

SORT_KEY = "rekognition"


@dataclass(frozen=True)
class DynamoDbBudget:
    """The number of pictures sent to Rekognition in each month, written as `2026-01`."""

    client: "DynamoDBClient"
    table: str

    def reserve(self, month: str, limit: int) -> bool:
        """Count one picture. Returns False and counts nothing where the month has reached `limit`."""
        return self._add(month, 1, "attribute_not_exists(spent) OR spent < :bound", limit)

    def release(self, month: str) -> None:
        """Take back one reserved picture that was not analysed."""
        self._add(month, -1, "spent > :bound", 0)

    def _add(self, month: str, amount: int, condition: str, bound: int) -> bool:
        values: dict[str, Any] = {":amount": {"N": str(amount)}, ":bound": {"N": str(bound)}}
        with translating_errors("DynamoDB"):
            try:
                self.client.update_item(
                    TableName=self.table,
                    Key={PARTITION: {"S": BUDGET_PREFIX + month}, SORT: {"S": SORT_KEY}},
                    UpdateExpression="ADD spent :amount",
                    ConditionExpression=condition,
                    ExpressionAttributeValues=values,
                )
            except ClientError as error:
                if is_conditional_check_failed(error):
                    return False
                raise
        return True
