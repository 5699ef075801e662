"""The lists of the index, in DynamoDB: a partition per term, sorted by its values and within these by time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from function.aws.dynamodb import codec
from function.aws.dynamodb.retry import backoff
from function.aws.errors import is_conditional_check_failed, translating_errors
from function.contract.table import LIST_PREFIX, PARTITION, SEPARATOR, SORT
from function.errors import ServiceUnavailableError
from function.index.keys import photo_id
from function.index.postings import Posting, normalized
from function.ports.index import PostingRange, Postings, TermValues, WriteResult
from function.values.photo import Photo

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import ConditionCheckTypeDef

# What one call takes, by DynamoDB's own limits; one place of a transaction is the photo's.
WRITTEN_AT_ONCE, REMOVED_AT_ONCE = 25, 99
# A query reads this many postings for the price of one, DynamoDB's unit of 4 KB: of values with short lists, several.
# After this many queries a page of values ends, which takes a fifth of a second on a laptop.
READ_AT_ONCE, FEW, QUERIES = 25, 2, 50
# How the value was written, where it is looked up in another spelling.
VALUE = "value"
# After every place.
LAST = "~"
# After every value.
HIGHEST = "\U0010ffff"


@dataclass(frozen=True)
class DynamoDbPostings:
    """The lists, by the key shape of `function.contract`."""

    client: "DynamoDBClient"
    table: str

    def add(self, postings: Sequence[Posting]) -> None:
        """Put these postings into their lists; those that are there stay."""
        for start in range(0, len(postings), WRITTEN_AT_ONCE):
            self._write([{"PutRequest": {"Item": item(posting)}} for posting in postings[start:][:WRITTEN_AT_ONCE]])

    def remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        """Remove the postings with these keys. CONFLICT, and none removed, where the photo has another revision."""
        for start in range(0, len(keys), REMOVED_AT_ONCE):
            if self._remove(photo, keys[start:][:REMOVED_AT_ONCE]) is WriteResult.CONFLICT:
                return WriteResult.CONFLICT
        return WriteResult.WRITTEN

    def query(self, span: PostingRange, *, after: str | None, limit: int) -> Postings:
        """The postings of one value between two places, newest first, by one query."""
        value = normalized(span.value)
        first, last = f"{value}{SEPARATOR}{span.first}", f"{value}{SEPARATOR}{span.last}"
        start = {"ExclusiveStartKey": _key(span.term, f"{value}{SEPARATOR}{after}")} if after else {}
        found = self._query(span.term, (first, last), limit, ScanIndexForward=False, **start)
        postings = tuple(map(_posting, found["Items"]))
        return Postings(postings, postings[-1].sort_key if postings and "LastEvaluatedKey" in found else None)

    def query_prefix(self, term: str, start: str, limit: int) -> tuple[Posting, ...]:
        """The postings of a term whose values begin so, by one query."""
        return tuple(map(_posting, self._query(term, (start, start + HIGHEST), limit)["Items"]))

    def distinct_values(self, term: str, *, after: str | None, limit: int) -> TermValues:
        """Return at most `limit` values of a term behind `after`, each once, by at most `QUERIES` queries.

        What else stands in the list of a value is skipped, so that a long list takes as little as a short one.
        """
        found: dict[str, str] = {}
        reached, read = after, READ_AT_ONCE
        for _ in range(QUERIES):
            first = SEPARATOR if reached is None else f"{normalized(reached)}{SEPARATOR}{LAST}"
            answer = self._query(term, (first, HIGHEST), read)
            before = len(found)
            for posting in map(_posting, answer["Items"]):
                found.setdefault(normalized(posting.value), posting.value)
            values = tuple(found.values())
            if len(values) > limit or (len(values) == limit and "LastEvaluatedKey" in answer):
                return TermValues(values[:limit], values[limit - 1])
            if "LastEvaluatedKey" not in answer:
                return TermValues(values, None)
            reached = values[-1]
            # Among long lists, of which one query reads no more than one, it reads what tells that they are.
            read = READ_AT_ONCE if len(found) > before + 1 else FEW
        return TermValues(values, reached)

    def _query(self, term: str, between: tuple[str, str], limit: int, **more: Any) -> Any:
        with translating_errors("DynamoDB"):
            return self.client.query(
                TableName=self.table,
                KeyConditionExpression=f"{PARTITION} = :list AND {SORT} BETWEEN :first AND :last",
                ExpressionAttributeValues={
                    ":list": {"S": LIST_PREFIX + term},
                    ":first": {"S": between[0]},
                    ":last": {"S": between[1]},
                },
                Limit=limit,
                **more,
            )

    def _write(self, requests: list[Any]) -> None:
        for _ in backoff():
            with translating_errors("DynamoDB"):
                answer = self.client.batch_write_item(RequestItems={self.table: requests})
            requests = answer["UnprocessedItems"].get(self.table, [])
            if not requests:
                return
        raise ServiceUnavailableError("DynamoDB: the postings were throttled")

    def _remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        check: ConditionCheckTypeDef = {
            "TableName": self.table,
            "Key": codec.key(photo_id(photo.key)),
            "ConditionExpression": "revision = :known",
            "ExpressionAttributeValues": {":known": {"N": str(photo.revision)}},
        }
        deletes: list[Any] = [{"Delete": {"TableName": self.table, "Key": _key(*_split_key(key))}} for key in keys]
        with translating_errors("DynamoDB"):
            try:
                self.client.transact_write_items(TransactItems=[{"ConditionCheck": check}, *deletes])
            except ClientError as error:
                if is_conditional_check_failed(error):
                    return WriteResult.CONFLICT
                raise
        return WriteResult.WRITTEN


def _split_key(key: str) -> tuple[str, str]:
    term, _, order = key.partition(SEPARATOR)
    return term, order


def _key(term: str, order: str) -> dict[str, Any]:
    return {PARTITION: {"S": LIST_PREFIX + term}, SORT: {"S": order}}


def item(posting: Posting) -> dict[str, Any]:
    """The posting as an item of the table: its key, and how its value was written where that tells more."""
    spelled = {} if posting.value == normalized(posting.value) else {VALUE: {"S": posting.value}}
    return {**_key(*_split_key(posting.key)), **spelled}


def _posting(item: Mapping[str, Any]) -> Posting:
    value, _, sort_key = item[SORT]["S"].partition(SEPARATOR)
    return Posting(item[PARTITION]["S"].removeprefix(LIST_PREFIX), item.get(VALUE, {}).get("S", value), sort_key)
