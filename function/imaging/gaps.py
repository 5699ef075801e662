"""Finds runs of zeros within packed pixels, as cards and copies that failed leave them: decoders smooth them over."""

# Packed numbers have no such run of zero bytes: of arithmetic coders; of JPEG 2000, where bytes may stand for empty
# packets; and of WebP's prefix codes, which may be short where a picture is of one colour.
ARITHMETIC, PACKETS, PREFIX_CODES = 256, 1024, 8192
DAMAGED = "A part of the photo's pixels is damaged. The rest is shown; upload the file again."


def has_gap(content: bytes, run: int, start: int = 0, end: int | None = None) -> bool:
    """Whether there is such a run between two places."""
    return content.find(bytes(run), start, len(content) if end is None else end) >= 0
