"""Finds the photos that belong to one: copies of its bytes, near-duplicates, files of the same shot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from function.contract.table import SEPARATOR
from function.index import postings
from function.index.keys import photo_id
from function.index.postings import BYTES, PHASH, PHASH_BLOCK_DIGITS, PHASH_BLOCKS, STACK, Posting, normalized
from function.ports.index import Index, PostingStore
from function.service.sidecars.pairing import stem
from function.values.photo import Photo

# Of two likenesses of 64 bits, at most so many differ in what is called nearly the same picture: as many as are
# certain to leave one quarter the same.
NEAR_BITS = PHASH_BLOCKS - 1
# So many postings are compared for each quarter, and so many photos shown of each kind.
MOST_COMPARED, MOST_SHOWN = 200, 50
# What stands for a shot where there are more files of it; what is not named here comes between the two.
COVERS_FIRST, COVERS_LAST = ("jpeg", "heif"), ("raw", None)

# How systems and programs end, or begin, the name of a copy.
COPIED = re.compile(
    r"(?:[ _]?\(\d+\)|[-_~]\d{1,2}|[ _-]+(?:copy|kopie|copie|copia|kopia|cópia|копия|コピー|副本)(?: ?\(?\d+\)?)?)$"
    r"|^(?:copy of|kopie von|copie de|copia di|copia de|cópia de|копия) ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Related:
    """Other photos that belong to one; `near` with the number of bits, of 64, in which their likenesses differ.

    `stack` are the other files of the same shot, and `cover` is the id of the one of them all that is shown. What is a
    duplicate, or of the same shot, is not told again as nearly the same.
    """

    duplicates: tuple[Photo, ...]
    near: tuple[tuple[Photo, int], ...]
    stack: tuple[Photo, ...]
    cover: str


def find_related(photo: Photo, index: Index, store: PostingStore) -> Related:
    """The kin of a photo, by a few queries of bounded size."""
    own = postings.postings(photo)
    alike = _alike(own, store)
    found = {term: _same(term, own, store) for term in (BYTES, STACK)}
    identifiers = dict.fromkeys(one.photo for one in (*found[BYTES], *found[STACK], *alike))
    identifiers.pop(photo_id(photo.key), None)
    others = index.get_many(list(identifiers))
    duplicates, near, stack = (postings.still_valid(some, others) for some in (found[BYTES], alike, found[STACK]))
    told = {other.key for other in (*duplicates, *stack)}
    return Related(
        duplicates=duplicates,
        near=tuple((other, _bits(photo.phash, other.phash)) for other in near if other.key not in told),
        stack=stack,
        cover=photo_id(min((photo, *stack), key=as_cover).key),
    )


def _same(term: str, own: Iterable[Posting], store: PostingStore) -> tuple[Posting, ...]:
    values = [posting.value for posting in own if posting.term == term]
    return tuple(
        found for value in values for found in store.query_prefix(term, normalized(value) + SEPARATOR, MOST_SHOWN)
    )


def _alike(own: Iterable[Posting], store: PostingStore) -> tuple[Posting, ...]:
    """The postings of likenesses that differ in a few bits; nearest first."""
    nearest: dict[str, tuple[int, Posting]] = {}
    for posting in (one for one in own if one.term == PHASH):
        for found in store.query_prefix(PHASH, posting.value[: 1 + PHASH_BLOCK_DIGITS], MOST_COMPARED):
            nearest[found.photo] = _bits(found.value[1:], posting.value[1:]), found
    ordered = sorted(nearest.values(), key=lambda pair: (pair[0], pair[1].sort_key))
    return tuple(found for bits, found in ordered if bits <= NEAR_BITS)[:MOST_SHOWN]


def _bits(one: str | None, other: str | None) -> int:
    return (int(one or "0", 16) ^ int(other or "0", 16)).bit_count()


def as_first(photo: Photo) -> tuple[bool, int, str]:
    """The order in which files of the same bytes come to be the first, and the others copies of it.

    `IMG_1 (1).JPG`, `IMG_1-2.JPG` and `IMG_1 copy.JPG` come after `IMG_1.JPG`, though they sort before it.
    """
    name = stem(photo.key).rpartition("/")[2]
    return bool(COPIED.search(name)), len(name), photo.key


def as_cover(photo: Photo) -> tuple[int, str]:
    """The order in which the files of a shot come to stand for it: the first one does."""
    if photo.format in COVERS_FIRST:
        return COVERS_FIRST.index(photo.format) - len(COVERS_FIRST), photo.key
    return (COVERS_LAST.index(photo.format) + 1 if photo.format in COVERS_LAST else 0), photo.key
