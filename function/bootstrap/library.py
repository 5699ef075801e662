"""What the api is made of: settings and adapters wired to its services, once per cold start."""

from functools import cache

from function import log
from function import settings as environment
from function.aws.dynamodb import DynamoDbIndex
from function.aws.lists import DynamoDbLists
from function.aws.s3 import S3Originals, S3Renditions
from function.aws.sqs import SqsTasks
from function.bootstrap.clients import client
from function.bootstrap.lasting import lasting
from function.service.browsing import Browsing
from function.service.writing import Writing


@cache
def settings() -> environment.ApiSettings:
    """The api's settings."""
    log.configure()
    return environment.api()


@cache
@lasting()
def browsing() -> Browsing:
    """The library as its owner looks at it."""
    known = settings()
    originals = S3Originals(client("s3"), known.originals_bucket)
    dynamodb = client("dynamodb")
    index, lists = DynamoDbIndex(dynamodb, known.table), DynamoDbLists(dynamodb, known.table)
    return Browsing(index, lists, originals, known.originals_prefix, SqsTasks(client("sqs"), known.queue_url))


@cache
def writing() -> Writing:
    """The library as its owner writes about it."""
    return Writing(browsing())


@cache
def signed_renditions() -> S3Renditions:
    """The renditions, for whose addresses the api signs."""
    known = settings()
    return S3Renditions(client("s3"), known.renditions_bucket, known.signed_url_seconds)
