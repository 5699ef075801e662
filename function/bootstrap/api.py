"""Wires settings and adapters to the services of the api function, once per cold start."""

from functools import cache

from function.aws.dynamodb.photos import DynamoDbIndex
from function.aws.dynamodb.postings import DynamoDbPostings
from function.aws.s3.buckets import S3Originals, S3Renditions
from function.aws.sqs import SqsTasks
from function.bootstrap.clients import client
from function.bootstrap.cold_start import without_gc
from function.service.browse.photos import PhotoQueries
from function.service.edit.annotate import Annotator
from function.settings import settings as environment
from function.telemetry import log


@cache
def settings() -> environment.ApiSettings:
    """The api's settings."""
    log.configure()
    return environment.api()


@cache
@without_gc()
def photo_queries() -> PhotoQueries:
    """The library as its owner looks at it."""
    known = settings()
    originals = S3Originals(client("s3"), known.originals_bucket)
    dynamodb = client("dynamodb")
    index, lists = DynamoDbIndex(dynamodb, known.table), DynamoDbPostings(dynamodb, known.table)
    return PhotoQueries(index, lists, originals, known.originals_prefix, SqsTasks(client("sqs"), known.queue_url))


@cache
def annotator() -> Annotator:
    """The library as its owner writes about it."""
    return Annotator(photo_queries())


@cache
def signed_renditions() -> S3Renditions:
    """The renditions, for whose addresses the api signs."""
    known = settings()
    return S3Renditions(client("s3"), known.renditions_bucket, known.signed_url_seconds)
