"""Derives a photo's postings: one small item for each value by which the photo can be found."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from function.contract.table import SEPARATOR, UNLABELLED, WAITING
from function.index.keys import photo_id
from function.index.shelves import FAILED, LIBRARY, shelf, sort_key
from function.values.description import Metadata, Precision
from function.values.photo import Photo, State

# DynamoDB limits sort keys to 1024 bytes. MOST_VALUES is also the limit of keywords that are read from a file.
LONGEST_BYTES, MOST_VALUES = 512, 200
# Near-duplicates are found by the four 16-bit blocks of the perceptual hash: where two hashes differ in at most three
# bits, at least one block is equal (pigeonhole).
PHASH_BLOCKS, PHASH_BLOCK_DIGITS = 4, 4
# The only value of the facet `favourite`.
FAVOURITE = "true"

FacetReader = Callable[[Photo], Iterable[str | None]]


@dataclass(frozen=True)
class Posting:
    """One photo under one value of a term. `value` keeps its spelling; `sort_key` is the photo's, a time and its id."""

    term: str
    value: str
    sort_key: str

    @property
    def photo(self) -> str:
        """The photo's id."""
        return self.sort_key.rpartition("#")[2]

    @property
    def key(self) -> str:
        """The posting's unique key: term, normalized value and sort key."""
        return SEPARATOR.join((self.term, normalized(self.value), self.sort_key))


def camera(metadata: Metadata) -> str | None:
    """Join make and model, without repeating the make. Returns None where both are missing."""
    make, model = metadata.make, metadata.model
    if not (make and model):
        return make or model
    return model if model.casefold().startswith(make.casefold().partition(" ")[0]) else f"{make} {model}"


def _day_of_the_year(photo: Photo) -> Iterable[str]:
    """Return the capture day as MM-DD, or nothing where only the year or the month is known."""
    if not photo.taken or photo.taken_precision in (Precision.YEAR, Precision.MONTH):
        return ()
    return [f"{photo.taken:%m-%d}"]


def _rating(photo: Photo) -> Iterable[str]:
    return [str(photo.metadata.rating)] if photo.metadata.rating else ()


def _state(photo: Photo) -> Iterable[str]:
    # Nearly all photos are ready: a posting of that would cost one write per photo and select nothing.
    return [photo.state] if photo.state != State.READY else ()


def _labels(photo: Photo) -> Iterable[str]:
    # Labels before their parents, because values above MOST_VALUES are dropped.
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


def phash_rotations(photo: Photo) -> tuple[str, ...]:
    """Rotate the photo's perceptual hash so that each block comes first once, after the block's number."""
    phash = photo.phash or ""
    starts = range(0, len(phash), PHASH_BLOCK_DIGITS)
    return tuple(f"{at // PHASH_BLOCK_DIGITS}{phash[at:]}{phash[:at]}" for at in starts)


# The facets by which the owner filters photos: name, and the reader of a photo's values.
FACETS: Mapping[str, FacetReader] = {
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
# The relations between photos: identical bytes, the same shot (a stack), near-duplicates.
BYTES, STACK, PHASH = "bytes", "stack", "look"
RELATIONS: Mapping[str, FacetReader] = {BYTES: _bytes, STACK: _stack, PHASH: phash_rotations}
# Photos that wait for labels. The list is processed and not offered as a facet.
TO_BE_LABELLED: Mapping[str, FacetReader] = {UNLABELLED: lambda photo: [WAITING] if photo.unlabelled else ()}
# The terms of each shelf. A failed file, such as the video of a live photo, belongs to a stack too.
POSTINGS_BY_SHELF: Mapping[str, Mapping[str, FacetReader]] = {
    LIBRARY: {**FACETS, **RELATIONS, **TO_BE_LABELLED},
    FAILED: {STACK: RELATIONS[STACK]},
}


def postings(photo: Photo) -> tuple[Posting, ...]:
    """Return all postings of the photo."""
    posted = POSTINGS_BY_SHELF.get(shelf(photo), {})
    return tuple(Posting(term, value, sort_key(photo)) for term, of in posted.items() for value in _values(of, photo))


def facets(photo: Photo) -> dict[str, list[str]]:
    """Return the photo's values of each facet, without facets of no value."""
    found = {term: list(_values(of, photo)) for term, of in FACETS.items()}
    return {term: values for term, values in found.items() if values}


def keys(photo: Photo) -> frozenset[str]:
    """Return the keys of the photo's postings."""
    return frozenset(posting.key for posting in postings(photo))


def stale(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """Return the keys of postings to remove when `after` replaces `before`, with those left over from earlier."""
    if not before:
        return ()
    return tuple(sorted(({*before.stale_postings} | keys(before)) - keys(after)))


def still_valid(found: Iterable[Posting], photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """Return the photos of these postings, in their order. A photo that has lost the posting is left out."""
    by_id = {photo_id(photo.key): photo for photo in photos}
    pairs = ((posting, by_id.get(posting.photo)) for posting in found)
    return tuple(photo for posting, photo in pairs if photo and posting.key in keys(photo))


def normalized(value: str) -> str:
    """Normalize a value for look-up and sorting: case-folded, Unicode NFC, at most LONGEST_BYTES."""
    return _truncate(unicodedata.normalize("NFC", value.casefold()))


def cleaned(written: str) -> str:
    """Clean a value for posting: runs of white space become one space; at most LONGEST_BYTES."""
    return _truncate(" ".join(written.split()))


def _values(of: FacetReader, photo: Photo) -> Iterable[str]:
    found = [cleaned(value) for value in of(photo) if value]
    # The first spelling of a value is kept.
    distinct = {normalized(value): value for value in reversed(found) if value}
    return list(reversed(distinct.values()))[:MOST_VALUES]


def _truncate(text: str) -> str:
    return text.encode()[:LONGEST_BYTES].decode(errors="ignore")
