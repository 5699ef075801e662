"""Wires settings and adapters to the services of the api function, once per cold start."""

from functools import cache

from function.aws.s3.buckets import S3Renditions
from function.bootstrap import adapters
from function.bootstrap.cold_start import without_gc
from function.service.browse.photos import PhotoQueries
from function.service.edit.annotate import Annotator
from function.service.edit.reprocess import Reprocessing, TaskRequests
from function.service.edit.trash import Trash
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
    """The photos and lists of the library."""
    settings()  # all that is wrong with the environment is reported at once
    return PhotoQueries(adapters.index(), adapters.postings())


@cache
def annotator() -> Annotator:
    """The writer of annotations."""
    return Annotator(photo_queries(), adapters.index(), _tasks())


@cache
def trash() -> Trash:
    """The trash."""
    return Trash(photo_queries(), adapters.index(), adapters.originals(), settings().originals_prefix)


@cache
def reprocessing() -> Reprocessing:
    """The requests to process a photo again."""
    return Reprocessing(photo_queries(), _tasks())


@cache
@without_gc()
def renditions() -> S3Renditions:
    """The renditions, with signed URLs."""
    return adapters.renditions(settings().signed_url_seconds)


def _tasks() -> TaskRequests:
    return TaskRequests(adapters.tasks(settings().queue_url), settings().originals_prefix)
