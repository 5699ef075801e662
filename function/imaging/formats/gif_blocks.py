"""Tells from a GIF's blocks whether its first frame is all there (GIF89a, 15 to 27): its loader hides what is not."""

from typing import Final

SCREEN_END, BLOCK_SIZES_AT, IMAGE_BYTES = 13, 10, 10
EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
# Behind a frame without a trailer, some programs write another GIF.
ANOTHER = b"GIF8"
HAS_TABLE, TABLE_SIZE = 0x80, 7
MOST_BLOCKS: Final = 1_000_000


def is_damaged(content: bytes) -> bool:
    """Check whether the first frame's blocks end too early or too late: something else than a block follows them."""
    at = SCREEN_END + _table_bytes(content, BLOCK_SIZES_AT)
    while content[at : at + 1] == bytes((EXTENSION,)):
        at = _behind_blocks(content, at + 2)
    if content[at : at + 1] != bytes((IMAGE,)):
        return True
    # The table of colours, and a byte for the size of codes.
    at = _behind_blocks(content, at + IMAGE_BYTES + _table_bytes(content, at + IMAGE_BYTES - 1) + 1)
    follows = content[at : at + len(ANOTHER)]
    return bool(follows) and follows[0] not in (EXTENSION, IMAGE, TRAILER) and follows != ANOTHER


def _table_bytes(content: bytes, at: int) -> int:
    """The bytes of the table of colours that the flags at a place announce."""
    flags = content[at] if at < len(content) else 0
    return 3 << (flags & TABLE_SIZE) + 1 if flags & HAS_TABLE else 0


def _behind_blocks(content: bytes, at: int) -> int:
    """The place behind a chain of blocks, each of which begins with its size, up to one of no bytes."""
    for _ in range(MOST_BLOCKS):
        if at >= len(content):
            break
        size = content[at]
        at += 1 + size
        if not size:
            break
    return at
