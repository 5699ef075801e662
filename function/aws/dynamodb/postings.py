"""Reads and writes postings in DynamoDB: a partition per term, sorted by value, then by time."""

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

# DynamoDB's limits of one call. One item of a transaction of 100 is the condition on the photo.
WRITTEN_AT_ONCE, REMOVED_AT_ONCE = 25, 99
# A query reads READ_AT_ONCE postings for the price of one, DynamoDB's unit of 4 KB: several values with short lists.
# A page of values ends after QUERIES queries, which take 0.2 seconds on a laptop.
READ_AT_ONCE, FEW, QUERIES = 25, 2, 50
# The attribute of the value's own spelling, where that differs from the normalized one.
VALUE = "value"
# Sorts behind every sort key of a photo.
LAST = "~"
# Sorts behind every value.
HIGHEST = "\U0010ffff"


@dataclass(frozen=True)
class DynamoDbPostings:
    """The postings of the table, with the key shape of `function.contract.table`."""

    client: "DynamoDBClient"
    table: str

    def add(self, postings: Sequence[Posting]) -> None:
        """Write these postings. Those that exist are written again unchanged."""
        for start in range(0, len(postings), WRITTEN_AT_ONCE):
            self._write([{"PutRequest": {"Item": item(posting)}} for posting in postings[start:][:WRITTEN_AT_ONCE]])

    def remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        """Remove the postings with these keys, on condition that the table holds this revision of the photo.

        Returns CONFLICT where it holds another one.
        """
        for start in range(0, len(keys), REMOVED_AT_ONCE):
            if self._remove(photo, keys[start:][:REMOVED_AT_ONCE]) is WriteResult.CONFLICT:
                return WriteResult.CONFLICT
        return WriteResult.WRITTEN

    def query(self, span: PostingRange, *, after: str | None, limit: int) -> Postings:
        """Query the postings of a range, newest first, by one call."""
        value = normalized(span.value)
        first, last = f"{value}{SEPARATOR}{span.first}", f"{value}{SEPARATOR}{span.last}"
        start = {"ExclusiveStartKey": _key(span.term, f"{value}{SEPARATOR}{after}")} if after else {}
        found = self._query(span.term, (first, last), limit, ScanIndexForward=False, **start)
        postings = tuple(map(_posting, found["Items"]))
        return Postings(postings, postings[-1].sort_key if postings and "LastEvaluatedKey" in found else None)

    def query_prefix(self, term: str, start: str, limit: int) -> tuple[Posting, ...]:
        """Query the postings of a term whose normalized values start with `start`, by one call."""
        return tuple(map(_posting, self._query(term, (start, start + HIGHEST), limit)["Items"]))

    def distinct_values(self, term: str, *, after: str | None, limit: int) -> TermValues:
        """Query at most `limit` values of a term that sort behind `after`, each once, by at most QUERIES calls.

        After the first postings of a value its others are skipped, so that long lists cost no more than short ones.
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
            # Where a query has found one value at most, lists are long: the next query reads only FEW postings.
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
    """Encode a posting as an item: its key, and the value's own spelling where that differs."""
    spelled = {} if posting.value == normalized(posting.value) else {VALUE: {"S": posting.value}}
    return {**_key(*_split_key(posting.key)), **spelled}


def _posting(item: Mapping[str, Any]) -> Posting:
    value, _, sort_key = item[SORT]["S"].partition(SEPARATOR)
    return Posting(item[PARTITION]["S"].removeprefix(LIST_PREFIX), item.get(VALUE, {}).get("S", value), sort_key)
