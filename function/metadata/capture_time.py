"""Decides when a photo was taken: by the dates in the file, else by its name, its folder or its last change."""

from collections.abc import Callable
from datetime import datetime

from function.metadata import dates, filenames
from function.metadata.moments import KNOWN_PARTS, Moment, completed
from function.metadata.zones import on_the_clock_of
from function.values.description import Confidence, Metadata, Precision, Taken

UPLOAD = "upload"
Step = Callable[[Metadata, str, datetime], Moment | None]

# From the source of a date to how far it is to be trusted.
CONFIDENCE = {
    dates.ORIGINAL: Confidence.HIGH,
    dates.XMP: Confidence.HIGH,
    dates.IPTC: Confidence.MEDIUM,
    dates.DIGITIZED: Confidence.MEDIUM,
    dates.XMP_CREATED: Confidence.MEDIUM,
    dates.GPS: Confidence.MEDIUM,
    dates.PNG: Confidence.MEDIUM,
    dates.QUICKTIME: Confidence.MEDIUM,
    filenames.NAME: Confidence.MEDIUM,
    filenames.FOLDER: Confidence.LOW,
    dates.MODIFIED: Confidence.LOW,
    UPLOAD: Confidence.LOW,
}


def _inside(written: Metadata, *_: object) -> Moment | None:
    return None if written.taken_source == dates.MODIFIED else moment_of(written)


def _named(_: Metadata, key: str, __: datetime) -> Moment | None:
    return filenames.named(key)


def _in_folder(_: Metadata, key: str, uploaded: datetime) -> Moment | None:
    return filenames.in_folder(key, uploaded)


def _modified(written: Metadata, *_: object) -> Moment | None:
    return moment_of(written) if written.taken_source == dates.MODIFIED else None


# The most trusted first.
STEPS: tuple[Step, ...] = (_inside, _named, _in_folder, _modified)


def taken(written: Metadata, key: str, uploaded: datetime) -> Taken:
    """The moment of the photo with this key, on the clock of its place; the time of the upload where none is known.

    Less trusted dates only add what the most trusted one lacks and agrees with: the time of a day, an offset.
    """
    best: Moment | None = None
    for step in STEPS:
        if best and best.precision == Precision.SECOND:
            break  # names can add nothing: those in UTC are of a download
        other = step(written, key, uploaded)
        if not best:
            best = other
        elif other and other.source != dates.MODIFIED and not _is_padding(other, best):
            best = completed(best, other)
    if not best:
        return Taken(uploaded, UPLOAD, CONFIDENCE[UPLOAD], is_known=False)
    return Taken(_at_its_place(best, written), best.source, CONFIDENCE[best.source], best.precision)


def _is_padding(folder: Moment, best: Moment) -> bool:
    """Check whether a folder is of the first day of a year or a month: the inbox puts partial dates there."""
    return folder.source == filenames.FOLDER and folder.when.date() == best.when.date()


def moment_of(written: Metadata) -> Moment | None:
    """The date that metadata holds, as a moment."""
    if not written.taken:
        return None
    source = written.taken_source or dates.ORIGINAL
    return Moment(written.taken, source, written.taken_precision or Precision.SECOND, source in dates.UTC_SOURCES)


def trust(source: str) -> int:
    """Return the rank of a source's trust: a higher one is trusted more."""
    return -list(Confidence).index(CONFIDENCE[source])


def _at_its_place(moment: Moment, written: Metadata) -> datetime:
    """The moment's time with the offset of the place's zone, where it has a time of day and no offset of its own."""
    if written.latitude is None or written.longitude is None or KNOWN_PARTS[moment.precision] <= _DAY:
        return moment.when
    if moment.when.tzinfo and not moment.is_utc:
        return moment.when
    return on_the_clock_of(moment.when, written.latitude, written.longitude)


_DAY = KNOWN_PARTS[Precision.DAY]
