"""Finds runs of zeros or ones within packed pixels, as broken cards and copies leave them: decoders hide them."""

# Packed numbers have no such run of bytes 0 or 255: of arithmetic coders; of JPEG 2000, where bytes may stand for empty
# packets; and of WebP's prefix codes, which may be short where a picture is of one colour.
ARITHMETIC, PACKETS, PREFIX_CODES = 256, 1024, 8192
DAMAGED = "A part of the photo's pixels is damaged. The rest is shown; upload the file again."


def has_gap(content: bytes, run: int, start: int = 0, end: int | None = None) -> bool:
    """Return whether there is such a run between two offsets."""
    stop = len(content) if end is None else end
    return any(content.find(byte * run, start, stop) >= 0 for byte in (b"\x00", b"\xff"))
