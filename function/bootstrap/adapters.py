"""The adapters: each is made once per cold start, and shared by all services of a function.

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
    """Where the library lies."""
    return environment.library()


@cache
def originals() -> S3Originals:
    """The originals bucket. Stores other than S3 ignore the condition of a copy."""
    return S3Originals(client("s3"), library().originals_bucket, copies_on_condition=not environment.store())


@cache
def renditions(signed_url_seconds: int = 0) -> S3Renditions:
    """The renditions bucket; its signed URLs are valid for as many seconds."""
    return S3Renditions(client("s3"), library().renditions_bucket, signed_url_seconds)


@cache
def records() -> "S3Records":
    """The records beside the renditions."""
    from function.aws.s3.records import S3Records

    return S3Records(client("s3"), library().renditions_bucket)


@cache
def index() -> DynamoDbIndex:
    """The photos of the index table."""
    return DynamoDbIndex(client("dynamodb"), library().table)


@cache
def postings() -> DynamoDbPostings:
    """The postings of the index table."""
    return DynamoDbPostings(client("dynamodb"), library().table)


@cache
def moves() -> "DynamoDbMoves":
    """The moves out of the inbox, in the index table."""
    from function.aws.dynamodb.moves import DynamoDbMoves

    return DynamoDbMoves(client("dynamodb"), library().table)


@cache
def budget() -> "DynamoDbBudget":
    """The monthly budget of Rekognition, in the index table."""
    from function.aws.dynamodb.budget import DynamoDbBudget

    return DynamoDbBudget(client("dynamodb"), library().table)


@cache
def label_detector() -> "RekognitionLabels":
    """Rekognition."""
    from function.aws.rekognition import RekognitionLabels

    return RekognitionLabels(client("rekognition"))


@cache
def postscript_renderer(function: str) -> "LambdaPostscriptRenderer":
    """The function that draws PostScript."""
    from function.aws.lambda_ import LambdaPostscriptRenderer

    return LambdaPostscriptRenderer(client("lambda"), function)


@cache
def tasks(queue_url: str) -> "SqsTasks":
    """The worker's queue."""
    from function.aws.sqs import SqsTasks

    return SqsTasks(client("sqs"), queue_url)


@cache
def announcements(topic_arn: str) -> MeteredAnnouncements:
    """The topic, with its metrics."""
    from function.aws.sns import SnsAnnouncements

    return MeteredAnnouncements(SnsAnnouncements(client("sns"), topic_arn), metrics())
