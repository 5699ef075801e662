"""Finds runs of zeros within packed pixels, as broken cards and copies leave them: decoders smooth them over."""

# Packed numbers have no such run of zero bytes: of arithmetic coders; of JPEG 2000, where bytes may stand for empty
# packets; and of WebP's prefix codes, which may be short where a picture is of one colour.
ARITHMETIC, PACKETS, PREFIX_CODES = 256, 1024, 8192
DAMAGED = "A part of the photo's pixels is damaged. The rest is shown; upload it again from where it came."


def has_gap(content: bytes, run: int, start: int = 0, end: int | None = None) -> bool:
    """Return whether there is such a run between two offsets."""
    return content.find(bytes(run), start, len(content) if end is None else end) >= 0
