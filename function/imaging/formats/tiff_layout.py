"""Reads from a TIFF's directory how the pixels of its page are stored: sides, samples, strips or tiles."""

from dataclasses import dataclass

from function.files.tiff import Directory
from function.files.tiff_tags import Tag

# Photometric interpretations; the last two are of a sensor: a mosaic of colours, and DNG's linear colours.
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, CMYK, YCBCR, CIELAB, ICCLAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
CFA, LINEAR_RAW = 32803, 34892
# Bits of the kind of page, and the older tag's number of it.
REDUCED, TRANSPARENCY, OLD_REDUCED = 1, 4, 2
PLANES, ASSOCIATED_ALPHA, UNASSOCIATED_ALPHA = 2, 1, 2
# The number of bands that are colours, by photometric interpretation.
COLOUR_BANDS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, MASK: 1, CMYK: 4, YCBCR: 3, CIELAB: 3, ICCLAB: 3}


@dataclass(frozen=True)
class Layout:
    """Describe how a page is stored: sides in pixels, `bits` of a sample, `chunk` the size of a strip or tile."""

    width: int
    height: int
    bits: int
    samples: int
    chunk: tuple[int, int]
    is_planar: bool
    is_tiled: bool

    @property
    def bands(self) -> int:
        """Return the samples that a chunk has of each pixel."""
        return 1 if self.is_planar else self.samples

    @property
    def row_bytes(self) -> int:
        """Return the bytes of a chunk's row."""
        return -(-self.chunk[0] * self.bands * self.bits // 8)

    @property
    def has_tiled_planes(self) -> bool:
        """Return whether each band has tiles of its own."""
        return self.is_planar and self.is_tiled and self.samples > 1

    @property
    def across(self) -> int:
        """Return the number of chunks that lie beside each other."""
        return -(-self.width // self.chunk[0])

    def rows(self, index: int) -> int:
        """Return the rows of a chunk, by its number from 0: the last strip has fewer."""
        if self.is_tiled:
            return self.chunk[1]
        down = -(-self.height // self.chunk[1])
        return min(self.chunk[1], self.height - index % down * self.chunk[1])


def layout(tags: Directory) -> Layout:
    """Read the layout of a page, with TIFF's defaults."""
    width, height = tags.number(Tag.WIDTH), tags.number(Tag.HEIGHT)
    is_tiled = Tag.TILES in tags
    rows = min(tags.number(Tag.ROWS_PER_STRIP, height), height)
    chunk = (tags.number(Tag.TILE_WIDTH), tags.number(Tag.TILE_HEIGHT)) if is_tiled else (width, rows)
    return Layout(
        width,
        height,
        bits=tags.number(Tag.BITS, 1),
        samples=tags.number(Tag.SAMPLES, 1),
        chunk=(max(1, chunk[0]), max(1, chunk[1])),
        is_planar=tags.number(Tag.PLANAR, 1) == PLANES,
        is_tiled=is_tiled,
    )


def named_share(tags: Directory) -> float:
    """Return the share of a page's strips or tiles that it names; 1 where it does not say how they lie."""
    if not tags.number(Tag.WIDTH) or not tags.number(Tag.HEIGHT) or Tag.JPEG_AT in tags or not tags.pixel_ranges():
        return 1.0
    found = layout(tags)
    needed = found.across * -(-found.height // found.chunk[1]) * (found.samples if found.is_planar else 1)
    return min(1.0, sum(1 for _, size in tags.pixel_ranges() if size) / needed)


def is_picture(tags: Directory) -> bool:
    """Return whether a directory describes an image."""
    return Tag.WIDTH in tags and any(tag in tags for tag in (Tag.STRIPS, Tag.TILES, Tag.JPEG_AT))


def is_full(tags: Directory) -> bool:
    """Return whether a directory is neither marked as a reduced version of another nor as its transparency."""
    return not tags.number(Tag.SUBFILE) & (REDUCED | TRANSPARENCY) and tags.number(Tag.OLD_SUBFILE) != OLD_REDUCED
