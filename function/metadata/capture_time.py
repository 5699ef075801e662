"""When a photo was taken: by what is written in it, else by its name, its folder, its upload."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from function.metadata import filenames
from function.metadata.dates import GPS, MODIFIED
from function.metadata.zones import on_the_clock_of
from function.values.description import Confidence, Metadata, Taken

EXIF, NAME, FOLDER, UPLOADED = "exif", "name", "folder", "uploaded"
Step = Callable[[Metadata, str, datetime], tuple[datetime | None, str]]

# From where the time comes to how far it is to be trusted.
CONFIDENCE = {
    EXIF: Confidence.HIGH,
    "exif digitized": Confidence.MEDIUM,
    GPS: Confidence.HIGH,
    "xmp": Confidence.HIGH,
    "xmp created": Confidence.MEDIUM,
    "iptc": Confidence.MEDIUM,
    NAME: Confidence.MEDIUM,
    FOLDER: Confidence.LOW,
    MODIFIED: Confidence.LOW,
    UPLOADED: Confidence.LOW,
}
# What tells UTC wherever it is.
IN_UTC = {GPS, NAME}


def _inside(written: Metadata, *_: object) -> tuple[datetime | None, str]:
    source = written.taken_source or EXIF
    return (None if source == MODIFIED else written.taken), source


def _named(_: Metadata, key: str, __: datetime) -> tuple[datetime | None, str]:
    return filenames.named(key), NAME


def _in_folder(_: Metadata, key: str, uploaded: datetime) -> tuple[datetime | None, str]:
    return filenames.in_folder(key, uploaded), FOLDER


def _modified(written: Metadata, *_: object) -> tuple[datetime | None, str]:
    return written.taken, MODIFIED


# In the order of whom to believe.
STEPS: tuple[Step, ...] = (_inside, _named, _in_folder, _modified)


def taken(written: Metadata, key: str, uploaded: datetime) -> Taken:
    """When the photo with this key was taken, on the clock of where that was; at last the time of its upload."""
    found = (step(written, key, uploaded) for step in STEPS)
    when, source = next(((when, source) for when, source in found if when), (uploaded, UPLOADED))
    told = Taken(when, source, CONFIDENCE[source])
    if written.latitude is None or written.longitude is None or not _needs_a_zone(told):
        return told
    return replace(told, when=on_the_clock_of(when, written.latitude, written.longitude))


def trust(source: str) -> int:
    """How much a source is to be trusted beside others: the more, the higher."""
    return -list(Confidence).index(CONFIDENCE[source])


def _needs_a_zone(told: Taken) -> bool:
    if told.source == FOLDER:
        return False
    return told.when.tzinfo is None or (told.source in IN_UTC and told.when.tzinfo == UTC)
