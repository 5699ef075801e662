"""What the functions behind the queue are made of: settings and adapters wired to services, once per cold start.

What only some photos need is imported when the first of them comes.
"""

import logging
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from function import log
from function import settings as environment
from function.aws.dynamodb import DynamoDbIndex
from function.aws.lists import DynamoDbLists
from function.aws.s3 import S3Originals, S3Renditions
from function.bootstrap.clients import client, figures
from function.bootstrap.decoders import sandboxed
from function.bootstrap.lasting import lasting
from function.metered import MeteredAnnouncements
from function.sandbox.tasks import DESCRIBE, RENDER

if TYPE_CHECKING:
    from function.aws.records import S3Records
    from function.service.developing import Render
    from function.service.inbox import Inbox
    from function.service.intake import Intake
    from function.service.seeing import Seeing
    from function.service.stuck import Stuck
    from function.service.upkeep import Upkeep


@cache
def settings() -> environment.WorkerSettings:
    """The worker's settings."""
    log.configure()
    return environment.worker()


@cache
@lasting()
def intake() -> "Intake":
    """The library's way in."""
    from function.service.developing import Darkroom
    from function.service.intake import Intake
    from function.service.shelving import Shelving
    from function.service.sidecars import Sidecars

    known = settings()
    originals = S3Originals(client("s3"), known.originals_bucket)
    renditions = S3Renditions(client("s3"), known.renditions_bucket)
    index = DynamoDbIndex(client("dynamodb"), known.table)
    lists = DynamoDbLists(client("dynamodb"), known.table)
    describe = sandboxed(DESCRIBE, partial(figures().timing, "MetadataTime"))
    darkroom = Darkroom(
        originals,
        known.originals_prefix,
        known.renditions,
        render=_render(),
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
    sight, known = environment.sight(), settings()
    if not sight:
        return None
    from function.aws.budget import DynamoDbBudget
    from function.aws.rekognition import RekognitionEyes
    from function.service.seeing import Seeing

    return Seeing(
        eyes=RekognitionEyes(client("rekognition")),
        budget=DynamoDbBudget(client("dynamodb"), known.table),
        renditions=S3Renditions(client("s3"), known.renditions_bucket),
        render=sandboxed(RENDER),
        monthly_images=sight.monthly_images,
        now=lambda: datetime.now(UTC),
        tell=lambda reason: log.event("photos have to wait for labels", level=logging.WARNING, reason=reason),
    )


@cache
def announcements() -> MeteredAnnouncements:
    """The topic, with its figures."""
    from function.aws.sns import SnsAnnouncements

    return MeteredAnnouncements(SnsAnnouncements(client("sns"), settings().topic_arn), figures())


@cache
def upkeep() -> "Upkeep":
    """What is done with photos without any event."""
    from function.service.upkeep import Upkeep

    return Upkeep(intake(), records())


@cache
def records() -> "S3Records":
    """What is known of each photo, beside its renditions."""
    from function.aws.records import S3Records

    return S3Records(client("s3"), settings().renditions_bucket)


@cache
def inbox() -> "Inbox":
    """The inbox."""
    from function.aws.moves import DynamoDbMoves
    from function.service.inbox import Inbox

    known = settings()
    originals = S3Originals(client("s3"), known.originals_bucket, copies_on_condition=not environment.store())
    moves = DynamoDbMoves(client("dynamodb"), known.table)
    prefixes = known.inbox_prefix, known.originals_prefix
    return Inbox(originals, moves, *prefixes, known.inbox_pattern, sandboxed(DESCRIBE))


@cache
def stuck() -> "Stuck":
    """What could not be moved out of the inbox."""
    from function.service.stuck import Stuck

    known = settings()
    return Stuck(
        index=DynamoDbIndex(client("dynamodb"), known.table),
        announcements=announcements(),
        originals=S3Originals(client("s3"), known.originals_bucket),
        inbox_prefix=known.inbox_prefix,
        move=lambda original: inbox().created(original),
    )


def _render() -> "Render":
    render = sandboxed(RENDER, partial(figures().timing, "RenderTime"))
    function = settings().postscript_function
    if not function:
        return render
    from function.aws.drawings import LambdaDrawings
    from function.service.drawing import Studio

    return Studio(LambdaDrawings(client("lambda"), function), render).rendered
