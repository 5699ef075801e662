"""What the functions behind the queue are made of: settings and adapters wired to services, once per cold start.

What only some photos need is imported when the first of them comes.
"""

import logging
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from function.bootstrap import adapters, decoders
from function.bootstrap.clients import metrics
from function.bootstrap.cold_start import without_gc
from function.bootstrap.decoders import sandboxed
from function.contract.table import RECORDS_PREFIX
from function.sandbox.tasks import DESCRIBE, RENDER
from function.settings import settings as environment
from function.telemetry import log
from function.telemetry.instrument import MeteredAnnouncements
from function.values.events import EventKind

if TYPE_CHECKING:
    from function.service.analysis.labels import Labelling
    from function.service.inbox.failed import FailedInbox
    from function.service.inbox.inbox import Inbox
    from function.service.ingest.batch import Batch
    from function.service.ingest.develop import Render
    from function.service.ingest.dispatch import Action
    from function.service.ingest.give_up import GiveUp
    from function.service.ingest.intake import Ingest
    from function.service.maintenance import Maintenance

# A task that names a photo by its id has no prefix.
NO_PREFIX = ""


@cache
def settings() -> environment.WorkerSettings:
    """The worker's settings."""
    log.configure()
    return environment.worker()


@cache
def batch() -> "Batch":
    """The use case behind the queue."""
    from function.service.ingest.attempt import Attempts
    from function.service.ingest.batch import Batch
    from function.service.ingest.dispatch import Dispatcher

    decoders.sandbox()  # it starts while the first photo is fetched
    known = settings()
    attempts = Attempts(give_up(), metrics(), known.maximum_receives)
    return Batch(ingest(), Dispatcher(_actions()), attempts, metrics(), known.originals_prefix)


def _actions() -> "dict[tuple[str, EventKind], Action]":
    """The action for each prefix and kind of event. A task by id has no prefix."""
    originals, inbox_prefix = settings().originals_prefix, settings().inbox_prefix
    return {
        (originals, EventKind.CREATED): lambda original: ingest().created(original),
        (originals, EventKind.REMOVED): lambda original: ingest().removed(original),
        (originals, EventKind.REPROCESS): lambda original: maintenance().reprocess(original),
        (originals, EventKind.BACKFILL): lambda original: maintenance().backfill(original),
        (originals, EventKind.SETTLE): lambda original: maintenance().settle(original),
        (NO_PREFIX, EventKind.LABEL): lambda original: maintenance().label(original),
        (RECORDS_PREFIX, EventKind.REBUILD): lambda original: maintenance().rebuild(original),
        (inbox_prefix, EventKind.CREATED): lambda original: inbox().created(original),
        (inbox_prefix, EventKind.REMOVED): lambda original: failed_inbox().gone(original),
        (inbox_prefix, EventKind.REPROCESS): lambda original: failed_inbox().again(original),
        (inbox_prefix, EventKind.BACKFILL): lambda original: failed_inbox().again(original),
    }


@cache
def give_up() -> "GiveUp":
    """The places where a file can be marked as failed."""
    from function.service.ingest.give_up import GiveUp

    return GiveUp(
        settings().originals_prefix,
        settings().inbox_prefix,
        mark_original=lambda original, reason: ingest().given_up(original, reason),
        mark_inbox_file=lambda original, reason: failed_inbox().given_up(original, reason),
    )


@cache
@without_gc()
def ingest() -> "Ingest":
    """The library's way in."""
    from function.service.ingest.commit import Commit
    from function.service.ingest.develop import Darkroom
    from function.service.ingest.finalize import Finalizer
    from function.service.ingest.intake import Ingest
    from function.service.sidecars.sidecars import Sidecars

    known = settings()
    originals, index, records = adapters.originals(), adapters.index(), adapters.records()
    describe = sandboxed(DESCRIBE, partial(metrics().timing, "MetadataTime"))
    darkroom = Darkroom(
        originals,
        known.originals_prefix,
        known.renditions,
        render=_render(),
        describe=describe,
    )
    sidecars = Sidecars(originals, known.originals_prefix, describe)
    commit = Commit(adapters.renditions(), index, records, labelling())
    return Ingest(
        originals=originals,
        index=index,
        darkroom=darkroom,
        finalizer=Finalizer(commit, index, adapters.postings(), announcements(), records, sidecars, labelling()),
        sidecars=sidecars,
    )


@cache
def labelling() -> "Labelling | None":
    """Whoever looks at photos, where the stack asks for labels."""
    sight = environment.rekognition()
    if not sight:
        return None
    from function.service.analysis.labels import Labelling

    return Labelling(
        detector=adapters.label_detector(),
        budget=adapters.budget(),
        renditions=adapters.renditions(),
        render=sandboxed(RENDER),
        monthly_images=sight.monthly_images,
        now=lambda: datetime.now(UTC),
        tell=lambda reason: log.event("photos have to wait for labels", level=logging.WARNING, reason=reason),
    )


def announcements() -> MeteredAnnouncements:
    """The topic, with its metrics."""
    return adapters.announcements(settings().topic_arn)


@cache
def maintenance() -> "Maintenance":
    """What is done with photos without any event."""
    from function.service.maintenance import Maintenance

    return Maintenance(ingest(), adapters.records())


@cache
def inbox() -> "Inbox":
    """The inbox."""
    from function.service.inbox.inbox import Inbox

    known = settings()
    prefixes = known.inbox_prefix, known.originals_prefix
    return Inbox(adapters.originals(), adapters.moves(), *prefixes, known.inbox_pattern, sandboxed(DESCRIBE))


@cache
def failed_inbox() -> "FailedInbox":
    """What could not be moved out of the inbox."""
    from function.service.inbox.failed import FailedInbox

    return FailedInbox(
        index=adapters.index(),
        announcements=announcements(),
        originals=adapters.originals(),
        inbox_prefix=settings().inbox_prefix,
        move=lambda original: inbox().created(original),
    )


def _render() -> "Render":
    render = sandboxed(RENDER, partial(metrics().timing, "RenderTime"))
    function = settings().postscript_function
    if not function:
        return render
    from function.service.ingest.postscript import PostscriptRendering

    return PostscriptRendering(adapters.postscript_renderer(function), render).rendered
