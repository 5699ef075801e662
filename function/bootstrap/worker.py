"""Wires settings and adapters to the services of the functions behind the queue, once per cold start.

Modules that only some photos need are imported when the first of these comes.
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
    """Read the worker's settings, once."""
    log.configure()
    return environment.worker()


@cache
def batch() -> "Batch":
    """Return the use case that processes batches of the queue."""
    from function.service.ingest.attempt import Attempts
    from function.service.ingest.batch import Batch
    from function.service.ingest.dispatch import Dispatcher

    decoders.sandbox()  # it starts while the first photo is fetched
    worker_settings = settings()
    attempts = Attempts(give_up(), metrics(), worker_settings.maximum_receives)
    return Batch(ingest(), Dispatcher(_actions()), attempts, metrics(), worker_settings.originals_prefix)


def _actions() -> "dict[tuple[str, EventKind], Action]":
    """Return the action for each prefix and kind of event. A task by id has no prefix."""
    originals, inbox_prefix = settings().originals_prefix, settings().inbox_prefix
    return {
        (originals, EventKind.CREATED): lambda original: ingest().on_created(original),
        (originals, EventKind.REMOVED): lambda original: ingest().on_removed(original),
        (originals, EventKind.REPROCESS): lambda original: maintenance().reprocess(original),
        (originals, EventKind.BACKFILL): lambda original: maintenance().backfill(original),
        (originals, EventKind.SETTLE): lambda original: maintenance().settle(original),
        (NO_PREFIX, EventKind.LABEL): lambda original: maintenance().label(original),
        (RECORDS_PREFIX, EventKind.REBUILD): lambda original: maintenance().rebuild(original),
        (inbox_prefix, EventKind.CREATED): lambda original: inbox().on_created(original),
        (inbox_prefix, EventKind.REMOVED): lambda original: failed_inbox().clear(original),
        (inbox_prefix, EventKind.REPROCESS): lambda original: failed_inbox().retry(original),
        (inbox_prefix, EventKind.BACKFILL): lambda original: failed_inbox().retry(original),
    }


@cache
def give_up() -> "GiveUp":
    """Return the use case that marks files as failed."""
    from function.service.ingest.give_up import GiveUp

    return GiveUp(
        settings().originals_prefix,
        settings().inbox_prefix,
        mark_original=lambda original, reason: ingest().mark_failed(original, reason),
        mark_inbox_file=lambda original, reason: failed_inbox().mark_failed(original, reason),
    )


@cache
@without_gc()
def ingest() -> "Ingest":
    """Return the use case that takes originals into the library."""
    from function.service.ingest.commit import Commit
    from function.service.ingest.develop import Darkroom
    from function.service.ingest.finalize import Finalizer
    from function.service.ingest.intake import Ingest
    from function.service.sidecars.sidecars import Sidecars

    worker_settings = settings()
    originals, index, records = adapters.originals(), adapters.index(), adapters.records()
    describe = sandboxed(DESCRIBE, partial(metrics().timing, "MetadataTime"))
    darkroom = Darkroom(
        originals,
        worker_settings.originals_prefix,
        worker_settings.renditions,
        render=_render(),
        describe=describe,
    )
    sidecars = Sidecars(originals, worker_settings.originals_prefix, describe)
    commit = Commit(adapters.renditions(), index, records, labelling())
    return Ingest(
        originals=originals,
        index=index,
        darkroom=darkroom,
        finalizer=Finalizer(commit, adapters.postings(), announcements(), sidecars),
        sidecars=sidecars,
    )


@cache
def labelling() -> "Labelling | None":
    """Return the use case that labels photos, or None where the stack has no labels."""
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
        warn=lambda reason: log.event("photos have to wait for labels", level=logging.WARNING, reason=reason),
    )


def announcements() -> MeteredAnnouncements:
    """Return the topic, with its metrics."""
    return adapters.announcements(settings().topic_arn)


@cache
def maintenance() -> "Maintenance":
    """Return the use cases of the worker's tasks."""
    from function.service.maintenance import Maintenance

    return Maintenance(ingest(), adapters.records())


@cache
def inbox() -> "Inbox":
    """Return the use case that moves inbox files."""
    from function.service.inbox.inbox import Inbox

    worker_settings = settings()
    prefixes = worker_settings.inbox_prefix, worker_settings.originals_prefix
    return Inbox(adapters.originals(), adapters.moves(), *prefixes, worker_settings.inbox_pattern, sandboxed(DESCRIBE))


@cache
def failed_inbox() -> "FailedInbox":
    """Return the use case of inbox files that could not be moved."""
    from function.service.inbox.failed import FailedInbox

    return FailedInbox(
        index=adapters.index(),
        announcements=announcements(),
        originals=adapters.originals(),
        inbox_prefix=settings().inbox_prefix,
        move=lambda original: inbox().on_created(original),
    )


def _render() -> "Render":
    render = sandboxed(RENDER, partial(metrics().timing, "RenderTime"))
    function = settings().postscript_function
    if not function:
        return render
    from function.service.ingest.postscript import PostscriptRendering

    return PostscriptRendering(adapters.postscript_renderer(function), render).render_or_draw
