"""The tags of TIFF 6.0 and its supplements, and the values of them, that tell how a page is drawn."""

from dataclasses import dataclass

from function.tiff import STRIPS, TILES, Directory

SUBFILE, OLD_SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 254, 255, 256, 257, 258, 259, 262
ORIENTATION, SAMPLES, ROWS_PER_STRIP, PLANAR, PREDICTOR, COLOUR_MAP = 274, 277, 278, 284, 317, 320
TILE_WIDTH, TILE_HEIGHT, EXTRA_SAMPLES, SAMPLE_FORMAT, OLD_JPEG = 322, 323, 338, 339, 513
PROFILE = 34675

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, CMYK, YCBCR, CIELAB, ICCLAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
# Bits of the kind of page, and the older tag's number of it.
REDUCED, TRANSPARENCY, OLD_REDUCED = 1, 4, 2
PLANES, ASSOCIATED_ALPHA, UNASSOCIATED_ALPHA = 2, 1, 2
# How many bands of each photometric interpretation are colours.
COLOUR_BANDS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, MASK: 1, CMYK: 4, YCBCR: 3, CIELAB: 3, ICCLAB: 3}


@dataclass(frozen=True)
class Layout:
    """How the pixels of a page are stored; sides in pixels, `bits` of a sample, `chunk` the size of a strip or tile."""

    width: int
    height: int
    bits: int
    samples: int
    chunk: tuple[int, int]
    is_planar: bool
    is_tiled: bool

    @property
    def bands(self) -> int:
        """The samples that a chunk has of each pixel."""
        return 1 if self.is_planar else self.samples

    @property
    def row_bytes(self) -> int:
        """The bytes of a chunk's row."""
        return -(-self.chunk[0] * self.bands * self.bits // 8)

    @property
    def has_tiled_planes(self) -> bool:
        """Whether each band has tiles of its own."""
        return self.is_planar and self.is_tiled and self.samples > 1

    @property
    def across(self) -> int:
        """How many chunks lie beside each other."""
        return -(-self.width // self.chunk[0])

    def rows(self, index: int) -> int:
        """The rows of a chunk, by its number from 0: of the last strip fewer."""
        if self.is_tiled:
            return self.chunk[1]
        down = -(-self.height // self.chunk[1])
        return min(self.chunk[1], self.height - index % down * self.chunk[1])


def layout(tags: Directory) -> Layout:
    """The layout of a page, with TIFF's defaults."""
    width, height = tags.number(WIDTH), tags.number(HEIGHT)
    is_tiled = TILES in tags
    rows = min(tags.number(ROWS_PER_STRIP, height), height)
    chunk = (tags.number(TILE_WIDTH), tags.number(TILE_HEIGHT)) if is_tiled else (width, rows)
    return Layout(
        width,
        height,
        bits=tags.number(BITS, 1),
        samples=tags.number(SAMPLES, 1),
        chunk=(max(1, chunk[0]), max(1, chunk[1])),
        is_planar=tags.number(PLANAR, 1) == PLANES,
        is_tiled=is_tiled,
    )


def named_share(tags: Directory) -> float:
    """The share of a page's strips or tiles that it names; 1 where it does not say how they lie."""
    if not tags.number(WIDTH) or not tags.number(HEIGHT) or OLD_JPEG in tags or not tags.pixel_ranges():
        return 1.0
    found = layout(tags)
    needed = found.across * -(-found.height // found.chunk[1]) * (found.samples if found.is_planar else 1)
    return min(1.0, sum(1 for _, size in tags.pixel_ranges() if size) / needed)


def is_picture(tags: Directory) -> bool:
    """Whether a directory describes an image."""
    return WIDTH in tags and any(tag in tags for tag in (STRIPS, TILES, OLD_JPEG))


def is_full(tags: Directory) -> bool:
    """Whether a directory is neither marked as a reduced version of another nor as its transparency."""
    return not tags.number(SUBFILE) & (REDUCED | TRANSPARENCY) and tags.number(OLD_SUBFILE) != OLD_REDUCED
