"""Makes the adapters: each once per cold start, shared by all services of a function.

An adapter that only some requests or photos need is imported when the first of them comes.
"""

from functools import cache
from typing import TYPE_CHECKING

from function.aws.dynamodb.photos import DynamoDbIndex
from function.aws.dynamodb.postings import DynamoDbPostings
from function.aws.s3.buckets import S3Originals, S3Renditions
from function.bootstrap.clients import client, metrics
from function.settings import settings as environment
from function.telemetry.instrument import MeteredAnnouncements

if TYPE_CHECKING:
    from function.aws.dynamodb.budget import DynamoDbBudget
    from function.aws.dynamodb.moves import DynamoDbMoves
    from function.aws.lambda_ import LambdaPostscriptRenderer
    from function.aws.rekognition import RekognitionLabels
    from function.aws.s3.records import S3Records
    from function.aws.sqs import SqsTasks


@cache
def library() -> environment.LibrarySettings:
    """Read the names of the library's buckets and table, once."""
    return environment.library()


@cache
def originals() -> S3Originals:
    """Return the originals bucket. Stores other than S3 ignore the condition of a copy."""
    return S3Originals(client("s3"), library().originals_bucket, copies_on_condition=not environment.store())


@cache
def renditions(signed_url_seconds: int = 0) -> S3Renditions:
    """Return the renditions bucket. Its presigned URLs are valid for `signed_url_seconds`."""
    return S3Renditions(client("s3"), library().renditions_bucket, signed_url_seconds)


@cache
def records() -> "S3Records":
    """Return the records beside the renditions."""
    from function.aws.s3.records import S3Records

    return S3Records(client("s3"), library().renditions_bucket)


@cache
def index() -> DynamoDbIndex:
    """Return the photos of the index table."""
    return DynamoDbIndex(client("dynamodb"), library().table)


@cache
def postings() -> DynamoDbPostings:
    """Return the postings of the index table."""
    return DynamoDbPostings(client("dynamodb"), library().table)


@cache
def moves() -> "DynamoDbMoves":
    """Return the moves out of the inbox, in the index table."""
    from function.aws.dynamodb.moves import DynamoDbMoves

    return DynamoDbMoves(client("dynamodb"), library().table)


@cache
def budget() -> "DynamoDbBudget":
    """Return the monthly budget of Rekognition, in the index table."""
    from function.aws.dynamodb.budget import DynamoDbBudget

    return DynamoDbBudget(client("dynamodb"), library().table)


@cache
def label_detector() -> "RekognitionLabels":
    """Return the detector of labels, Rekognition."""
    from function.aws.rekognition import RekognitionLabels

    return RekognitionLabels(client("rekognition"))


@cache
def postscript_renderer(function: str) -> "LambdaPostscriptRenderer":
    """Return the renderer of PostScript, which calls this function."""
    from function.aws.lambda_ import LambdaPostscriptRenderer

    return LambdaPostscriptRenderer(client("lambda"), function)


@cache
def tasks(queue_url: str) -> "SqsTasks":
    """Return the worker's queue."""
    from function.aws.sqs import SqsTasks

    return SqsTasks(client("sqs"), queue_url)


@cache
def announcements(topic_arn: str) -> MeteredAnnouncements:
    """Return the topic, with its metrics."""
    from function.aws.sns import SnsAnnouncements

    return MeteredAnnouncements(SnsAnnouncements(client("sns"), topic_arn), metrics())
