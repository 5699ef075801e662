"""What is spent in each month, in the index table: one item per month, which never counts beyond its budget."""

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
    """The pictures that Rekognition was asked about, by month."""

    client: "DynamoDBClient"
    table: str

    def reserve(self, month: str, limit: int) -> bool:
        """Count one more; False, and nothing counted, where that would be more than so many."""
        return self._add(month, 1, "attribute_not_exists(spent) OR spent < :bound", limit)

    def release(self, month: str) -> None:
        """Count one less: what was reserved was not used."""
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
