"""Identifies a file's format by its first bytes, and never by its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from function.files.formats import AVIF, FORMATS, HEIF, UNKNOWN, Format
from function.files.signatures import Structure

# ISO base media files (HEIF, AVIF, CR3, MP4) name their brands in their first box: the major one, then the compatible.
# These say how the boxes are built, and nothing of the codec.
STRUCTURAL_BRANDS = (b"mif1", b"mif2", b"mif3", b"msf1", b"miaf", b"MiPr", b"1pic")
# The handler of a file whose first box of facts describes pictures: its kind is behind a version and four zeros.
PICTURES = re.compile(rb"hdlr.{8}pict", re.DOTALL)
# The kind of items by which a file of structural brands alone tells that it is AVIF.
AVIF_ITEM = b"av01"
BRANDS = {brand.code: (row, brand.structure) for row in FORMATS for brand in row.brands}


@dataclass(frozen=True)
class Identity:
    """Hold a file's row in the table of formats, and the structure of this very file."""

    format: Format
    structure: Structure


def identify(head: bytes) -> Identity:
    """Identify a file by its first bytes: the more there are, up to some kilobytes, the surer. Never raises."""
    return _by_brand(head) or _by_signature(head) or _by_test(head)


def _by_brand(head: bytes) -> Identity | None:
    """Return the format whose brand comes first; None for other files, and for brands that are in no row."""
    if head[4:8] != b"ftyp":
        return None
    major, *others = _brands(head)
    is_picture = major in STRUCTURAL_BRANDS or PICTURES.search(head)
    # A video may name a picture's brand among the compatible ones.
    for brand in (major, *others) if is_picture else (major,):
        if brand in BRANDS:
            return _identity(*BRANDS[brand])
    return _identity(AVIF if AVIF_ITEM in head else HEIF) if is_picture else None


def _brands(head: bytes) -> Iterator[bytes]:
    yield head[8:12]
    end = max(int.from_bytes(head[:4]), 16)
    for at in range(16, min(end, len(head)), 4):
        yield head[at : min(at + 4, end)]


def _by_signature(head: bytes) -> Identity | None:
    fitting = (_identity(row, one.structure) for row in FORMATS for one in row.signatures if one.fits(head))
    return next(fitting, None)


def _by_test(head: bytes) -> Identity:
    return _identity(next((row for row in FORMATS if row.test and row.test(head)), UNKNOWN))


def _identity(row: Format, structure: Structure | None = None) -> Identity:
    return Identity(row, structure or row.structure)
