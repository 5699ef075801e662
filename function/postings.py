"""By what a photo is found: its postings, one small item per term, which follow from the photo alone."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from function.contract import SEPARATOR, UNLABELLED, WAITING
from function.keys import photo_id
from function.shelves import FAILED, LIBRARY, place, shelf
from function.values import Metadata, Photo, Precision, State

# DynamoDB takes sort keys of up to 1024 bytes. No more keywords are read of a photo than it has values of a term.
LONGEST_BYTES, MOST_VALUES = 512, 200
# A likeness is looked up by the quarters of its 64 bits: of two that differ in fewer bits than it has quarters, at
# least one quarter is the same.
QUARTERS, QUARTER_DIGITS = 4, 4
# The one value of the term favourite.
FAVOURITE = "true"

Values = Callable[[Photo], Iterable[str | None]]


@dataclass(frozen=True)
class Posting:
    """One photo in one list: `value` as it was written, `place` the photo's in the order of time, with its id."""

    term: str
    value: str
    place: str

    @property
    def photo(self) -> str:
        """The photo's id."""
        return self.place.rpartition("#")[2]

    @property
    def key(self) -> str:
        """What tells this posting from all others: its term, its value without upper case, its place."""
        return SEPARATOR.join((self.term, folded(self.value), self.place))


def camera(metadata: Metadata) -> str | None:
    """Make and model, without saying the make twice."""
    make, model = metadata.make, metadata.model
    if not (make and model):
        return make or model
    return model if model.casefold().startswith(make.casefold().partition(" ")[0]) else f"{make} {model}"


def _day_of_the_year(photo: Photo) -> Iterable[str]:
    """The day as MM-DD; none of a photo of which only the year or the month is known."""
    if not photo.taken or photo.taken_precision in (Precision.YEAR, Precision.MONTH):
        return ()
    return [f"{photo.taken:%m-%d}"]


def _rating(photo: Photo) -> Iterable[str]:
    return [str(photo.metadata.rating)] if photo.metadata.rating else ()


def _state(photo: Photo) -> Iterable[str]:
    # That a photo is ready is true of nearly all: it would be one more write for each, and a list of everything.
    return [photo.state] if photo.state != State.READY else ()


def _labels(photo: Photo) -> Iterable[str]:
    # First what is seen itself: of more than there is room for, what it is a kind of is left out.
    labels = photo.labels or ()
    return [*(label.name for label in labels), *(parent for label in labels for parent in label.parents)]


def _favourite(photo: Photo) -> Iterable[str]:
    return [FAVOURITE] if photo.words.favourite else ()


def _bytes(photo: Photo) -> Iterable[str]:
    return [f"{photo.bytes}-{photo.etag}"] if photo.etag else ()


def _stack(photo: Photo) -> Iterable[str]:
    folder, slash, name = photo.key.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    return [photo_id(folder + slash + (stem if dot else name).casefold())]


def looks(photo: Photo) -> tuple[str, ...]:
    """The photo's likeness, turned so that each quarter comes first once, with that quarter's number."""
    likeness = photo.phash or ""
    starts = range(0, len(likeness), QUARTER_DIGITS)
    return tuple(f"{at // QUARTER_DIGITS}{likeness[at:]}{likeness[:at]}" for at in starts)


# By what the owner lists photos: a term's name, and the values that a photo has of it.
TERMS: Mapping[str, Values] = {
    "on": _day_of_the_year,
    "camera": lambda photo: [camera(photo.metadata)],
    "lens": lambda photo: [photo.metadata.lens],
    "country": lambda photo: [photo.metadata.country],
    "region": lambda photo: [photo.metadata.region],
    "city": lambda photo: [photo.metadata.city],
    "keyword": lambda photo: photo.metadata.keywords,
    "favourite": _favourite,
    "album": lambda photo: photo.words.albums,
    "rating": _rating,
    "label": _labels,
    "format": lambda photo: [photo.format],
    "state": _state,
}
# By what photos belong to each other: the same bytes, the same shot, nearly the same picture.
BYTES, STACK, LOOK = "bytes", "stack", "look"
KIN: Mapping[str, Values] = {BYTES: _bytes, STACK: _stack, LOOK: looks}
# Shown photos that are yet to be labelled, a list that is worked off and not offered.
TO_BE_LABELLED: Mapping[str, Values] = {UNLABELLED: lambda photo: [WAITING] if photo.unlabelled else ()}
# What a photo is found by on each shelf. A file that cannot be shown, as the motion of a live photo, is of a shot too.
POSTED: Mapping[str, Mapping[str, Values]] = {LIBRARY: {**TERMS, **KIN, **TO_BE_LABELLED}, FAILED: {STACK: KIN[STACK]}}


def postings(photo: Photo) -> tuple[Posting, ...]:
    """All the postings that the photo has now."""
    posted = POSTED.get(shelf(photo), {})
    return tuple(Posting(term, value, place(photo)) for term, of in posted.items() for value in _values(of, photo))


def terms(photo: Photo) -> dict[str, list[str]]:
    """The lists for its owner that the photo stands in: the values of each term that it has any of."""
    found = {term: list(_values(of, photo)) for term, of in TERMS.items()}
    return {term: values for term, values in found.items() if values}


def keys(photo: Photo) -> frozenset[str]:
    """The keys of the photo's postings."""
    return frozenset(posting.key for posting in postings(photo))


def stale(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """The keys of postings that go when the one photo takes the place of the other, and that were left to go."""
    if not before:
        return ()
    return tuple(sorted(({*before.stale_postings} | keys(before)) - keys(after)))


def standing(found: Iterable[Posting], photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """The photos that the postings point to, in their order; not those of which a posting is true no more."""
    known = {photo_id(photo.key): photo for photo in photos}
    pairs = ((posting, known.get(posting.photo)) for posting in found)
    return tuple(photo for posting, photo in pairs if photo and posting.key in keys(photo))


def folded(value: str) -> str:
    """The value as it is looked up and sorted: upper and lower case are one, and accents are written one way."""
    return _bounded(unicodedata.normalize("NFC", value.casefold()))


def cleaned(written: str) -> str:
    """The value as it is posted: without line breaks and the like, of bounded length."""
    return _bounded(" ".join(written.split()))


def _values(of: Values, photo: Photo) -> Iterable[str]:
    found = [cleaned(value) for value in of(photo) if value]
    # The first spelling of a value counts.
    distinct = {folded(value): value for value in reversed(found) if value}
    return list(reversed(distinct.values()))[:MOST_VALUES]


def _bounded(text: str) -> str:
    return text.encode()[:LONGEST_BYTES].decode(errors="ignore")
