"""Wires settings, adapters and services; the sole place that makes AWS clients, once per cold start."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore
from botocore.config import Config
from botocore.session import Session

from function import log, settings
from function.aws.dynamodb import DynamoDbIndex
from function.aws.lists import DynamoDbLists
from function.aws.s3 import S3Originals, S3Renditions
from function.aws.sqs import SqsTasks
from function.metered import MeteredAnnouncements, metered
from function.metrics import Figures
from function.service.browsing import Browsing
from function.service.writing import Writing

if TYPE_CHECKING:
    from function.aws.records import S3Records
    from function.sandbox import Sandbox
    from function.service.developing import Render
    from function.service.inbox import Inbox
    from function.service.intake import Intake
    from function.service.seeing import Seeing
    from function.service.stuck import Stuck
    from function.service.upkeep import Upkeep

# What the sandbox is asked to do. It alone imports the decoders: the handlers start without them.
RENDER, DESCRIBE = "function.imaging.render:render", "function.metadata:describe"

# The SDK would put its own name together twice for each call, and check what mypy has checked by the types of its
# calls: a quarter of what a call costs the processor.
QUICK = Config(user_agent=f"Safelight Botocore/{botocore.__version__}", parameter_validation=False)
# Checksums that S3 takes with every call are not known to every store: what needs one still gets it.
OTHER_STORES = Config(request_checksum_calculation="when_required", response_checksum_validation="when_required")
# What a photo is ready without is not waited for long. A drawing takes its time, and one that is broken does so each
# time: it is tried once.
OWN_WAYS = {
    "rekognition": Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}),
    "lambda": Config(read_timeout=60, retries={"total_max_attempts": 1}),
}


@cache
def worker_settings() -> settings.WorkerSettings:
    """The worker's settings."""
    log.configure()
    return settings.worker()


@cache
def api_settings() -> settings.ApiSettings:
    """The api's settings."""
    log.configure()
    return settings.api()


@cache
def figures() -> Figures:
    """The figures of the change in hand."""
    return Figures(settings.stack())


@cache
def intake() -> "Intake":
    """The library's way in."""
    from function.service.developing import Darkroom
    from function.service.intake import Intake
    from function.service.shelving import Shelving
    from function.service.sidecars import Sidecars

    known = worker_settings()
    originals = S3Originals(_client("s3"), known.originals_bucket)
    renditions = S3Renditions(_client("s3"), known.renditions_bucket)
    index = DynamoDbIndex(_client("dynamodb"), known.table)
    lists = DynamoDbLists(_client("dynamodb"), known.table)
    describe = figures().timing("MetadataTime", _sandboxed(DESCRIBE))
    darkroom = Darkroom(
        originals,
        known.originals_prefix,
        known.renditions,
        render=figures().timing("RenderTime", _render()),
        describe=describe,
    )
    sidecars = Sidecars(originals, known.originals_prefix, describe)
    return Intake(
        originals=originals,
        index=index,
        darkroom=darkroom,
        shelving=Shelving(renditions, index, lists, announcements(), records(), sidecars, seeing()),
        sidecars=sidecars,
    )


@cache
def seeing() -> "Seeing | None":
    """Whoever looks at photos, where the stack asks for labels."""
    sight, known = settings.sight(), worker_settings()
    if not sight:
        return None
    from function.aws.budget import DynamoDbBudget
    from function.aws.rekognition import RekognitionEyes
    from function.service.seeing import Seeing

    return Seeing(
        eyes=RekognitionEyes(_client("rekognition")),
        budget=DynamoDbBudget(_client("dynamodb"), known.table),
        renditions=S3Renditions(_client("s3"), known.renditions_bucket),
        render=_sandboxed(RENDER),
        monthly_images=sight.monthly_images,
        now=lambda: datetime.now(UTC),
        tell=lambda reason: log.event("photos have to wait for labels", level=logging.WARNING, reason=reason),
    )


@cache
def announcements() -> MeteredAnnouncements:
    """The topic, with its figures."""
    from function.aws.sns import SnsAnnouncements

    return MeteredAnnouncements(SnsAnnouncements(_client("sns"), worker_settings().topic_arn), figures())


@cache
def upkeep() -> "Upkeep":
    """What is done with photos without any event."""
    from function.service.upkeep import Upkeep

    return Upkeep(intake(), records())


@cache
def records() -> "S3Records":
    """What is known of each photo, beside its renditions."""
    from function.aws.records import S3Records

    return S3Records(_client("s3"), worker_settings().renditions_bucket)


@cache
def inbox() -> "Inbox":
    """The inbox."""
    from function.aws.moves import DynamoDbMoves
    from function.service.inbox import Inbox

    known = worker_settings()
    originals = S3Originals(_client("s3"), known.originals_bucket, copies_on_condition=not settings.store())
    moves = DynamoDbMoves(_client("dynamodb"), known.table)
    prefixes = known.inbox_prefix, known.originals_prefix
    return Inbox(originals, moves, *prefixes, known.inbox_pattern, _sandboxed(DESCRIBE))


@cache
def stuck() -> "Stuck":
    """What could not be moved out of the inbox."""
    from function.service.stuck import Stuck

    known = worker_settings()
    return Stuck(
        index=DynamoDbIndex(_client("dynamodb"), known.table),
        announcements=announcements(),
        originals=S3Originals(_client("s3"), known.originals_bucket),
        inbox_prefix=known.inbox_prefix,
        move=lambda original: inbox().created(original),
    )


@cache
def browsing() -> Browsing:
    """The library as its owner looks at it."""
    known = api_settings()
    originals = S3Originals(_client("s3"), known.originals_bucket)
    client = _client("dynamodb")
    index, lists = DynamoDbIndex(client, known.table), DynamoDbLists(client, known.table)
    return Browsing(index, lists, originals, known.originals_prefix, SqsTasks(_client("sqs"), known.queue_url))


@cache
def writing() -> Writing:
    """The library as its owner writes about it."""
    return Writing(browsing())


@cache
def signed_renditions() -> S3Renditions:
    """The renditions, for whose addresses the api signs."""
    known = api_settings()
    return S3Renditions(_client("s3"), known.renditions_bucket, known.signed_url_seconds)


@cache
def sandbox() -> "Sandbox":
    """The process that the decoders run in."""
    from function.sandbox import Limits, Sandbox

    made = Sandbox(Limits(memory=worker_settings().decoder_memory), preload=(RENDER, DESCRIBE))
    # It loads the decoders while the first photo is on its way.
    made.start()
    return made


def _render() -> "Render":
    render = _sandboxed(RENDER)
    function = worker_settings().postscript_function
    if not function:
        return render
    from function.aws.drawings import LambdaDrawings
    from function.service.drawing import Studio

    return Studio(LambdaDrawings(_client("lambda"), function), render).rendered


def _sandboxed(task: str) -> Callable[..., Any]:
    return lambda *arguments: sandbox().call(task, *arguments)


@cache
def _client(service: str) -> Any:
    store = settings.store() if service == "s3" else None
    # An endpoint of one's own has one host for all buckets.
    addressing = "path" if store or settings.has_own_endpoint() else "virtual"
    s3: Any = {"addressing_style": addressing, "us_east_1_regional_endpoint": "regional"}
    if settings.has_own_endpoint() and not store:
        # Over TLS the SDK trusts an object's checksum by itself; on the way to the embedded AWS nobody could alter it.
        s3["payload_signing_enabled"] = False
    config = QUICK.merge(
        Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 5},
            signature_version="s3v4" if service == "s3" else None,
            s3=s3,
        )
    )
    if store:
        config = config.merge(OTHER_STORES)
    config = config.merge(OWN_WAYS.get(service, Config()))
    client = _session().create_client(service, config=config, **_place(store))
    return metered(client, figures)


@cache
def _session() -> Session:
    # What boto3 puts around it, for files and for whole resources, is not used here, and takes a tenth of a cold start.
    return Session()


def _place(store: settings.Store | None) -> dict[str, Any]:
    """Where a client finds its service, and by which keys; what is not said is what the SDK finds by itself."""
    if not store:
        return {}
    return {
        "endpoint_url": store.endpoint,
        "region_name": store.region,
        "aws_access_key_id": store.access_key,
        "aws_secret_access_key": store.secret_key,
    }
